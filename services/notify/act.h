/* act.h - what a transition of an alert needs, whether a command or the engine makes it. */
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
    struct request *request;                /* one of the two */
    struct job_run *run;
    const char *person_id;                  /* who acts; NULL: the engine */
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

static inline int act_announce (const struct act *act, const struct message_type *type, const void *event, const char *municipality,
                                struct error *err)
{
    return act->request ? announce (act->request, type, event, municipality, err) : job_announce (act->run, type, event, municipality, err);
}

static inline struct feed_writer act_feed (const struct act *act)
{
    return (struct feed_writer) { .db = act->db, .arena = act->arena, .batch = act->batch };
}

#endif
