/* act.h - what a transition of an alert needs, whether a command, the engine or an event of another service makes it. */
#ifndef NOTIFY_ACT_H
#define NOTIFY_ACT_H

#include "feed_store.h"
#include "notify.h"

struct act {
    struct notify *self;
    struct db *db;
    struct arena *arena;
    struct batch *batch;
    int64_t now;
    struct request *request;                /* one of the three */
    struct job_run *run;
    struct hearing *hearing;
    const char *person_id;                  /* who acts; NULL: the engine, or the fire service */
    const char *called_alert;               /* whoever was called to it in this transaction */
    struct text_list called;
};

static inline struct act act_of_request (struct notify *self, struct request *request)
{
    return (struct act) { .self = self, .db = request->db, .arena = request->arena, .batch = request->batch, .now = request->now,
                          .request = request, .person_id = request->actor->person_id };
}

static inline struct act act_of_run (struct notify *self, struct job_run *run)
{
    return (struct act) { .self = self, .db = run->db, .arena = run->arena, .batch = run->batch, .now = run->now, .run = run };
}

static inline struct act act_of_hearing (struct notify *self, struct hearing *hearing)
{
    return (struct act) { .self = self, .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch, .now = hearing->now,
                          .hearing = hearing };
}

static inline int act_announce (const struct act *act, const struct message_type *type, const void *event, const char *municipality,
                                struct error *err)
{
    if (act->request)
        return announce (act->request, type, event, municipality, err);
    return act->hearing ? hearing_announce (act->hearing, type, event, municipality, err)
                        : job_announce (act->run, type, event, municipality, err);
}

static inline struct feed_writer act_feed (const struct act *act)
{
    return (struct feed_writer) { .db = act->db, .arena = act->arena, .batch = act->batch };
}

#endif
