/* service.h - what every service is made of: routes, hearings, jobs; and what every handler is given.
 *
 * A process has one bus thread (owns all sockets), `workers` command threads and one urgent one (each with its own database connection
 * under the service's row-level security role), one reader thread for queries beside the workers, one hearing thread and one job thread
 * (their connections use the engine role).  Handlers are straight-line: lock → decide → store → announce.  They never begin or commit: several commands of a
 * worker may share one transaction; the answer leaves after COMMIT.  A handler that returns -1 must not have written; if it has, the whole
 * batch is rolled back and re-run one by one.
 */
#ifndef RUNTIME_SERVICE_H
#define RUNTIME_SERVICE_H

#include <stdbool.h>
#include <stdint.h>
#include "codec.h"
#include "db.h"
#include "error.h"
#include "messages.h"

struct actor {
    const char *person_id;              /* NULL for nobody (from anyone) and for services */
    const char *session_id, *office_id, *municipality;
    uint64_t roles;                     /* bit ROLE_X - 1 */
    int strength;                       /* enum session_strength */
    const char *principal;              /* authenticated peer on the bus: "gateway", "svc:notify", "operator" */
};

static inline bool actor_is (const struct actor *actor, enum role role)
{
    return actor->roles >> (role - 1) & 1;
}

struct request {
    struct db *db;                      /* in a transaction whose context is the actor's */
    struct arena *arena;                /* memory of this request; the answer may point into it */
    const struct actor *actor;
    const struct request_header *header;
    int64_t now;                        /* decision time, µs since 1970 UTC: database clock, plus the offset of test mode */
    struct batch *batch;                /* the runtime's */
    void *conflict;                     /* zeroed struct of the route's conflict message (NULL: none), filled by a handler that refuses so */
};

typedef int (*handler) (void *service, struct request *request, const void *message, void *answer, struct error *err);

struct route {
    const struct message_type *message, *answer;
    const struct message_type *conflict;        /* NULL when there is none */
    uint64_t roles;                             /* who may send it */
    bool anyone, service;                       /* from anyone; from service */
    handler handle;
};

/* An event of another service that this one hears.  Called in a transaction of the hearing connection, in order per subject, exactly once;
 * may be called again after a rollback.  replay is true while a projection is rebuilt: external effects must not happen then. */
struct hearing {
    struct db *db;
    struct arena *arena;
    const struct event_envelope *event;
    int64_t now;
    bool replay;
    struct batch *batch;
};
typedef int (*hear) (void *service, struct hearing *hearing, const void *event, struct error *err);
struct heard { const char *from; const struct message_type *event; hear handle; };

/* A recurring piece of work: runs in its own transaction on the job connection of the process that holds the lease of that name (5 s,
 * fenced, database clock); runs at once when poked by job_poke (). */
struct job_run { struct db *db; struct arena *arena; int64_t now; int64_t fence; struct batch *batch; bool *again; };
struct job { const char *name; int period_ms; int (*run) (void *service, struct job_run *run, struct error *err); };

/* Pages of the present state for new subscribers; rows become events of `event`. */
struct snapshot_row { const char *subject; int64_t version; const char *municipality; const void *event; const char *next; };
struct snapshot { const struct message_type *event;
                  int (*page) (void *service, struct request *request, const char *after, int64_t limit,
                               struct snapshot_row *rows, size_t *ret_count, struct error *err); };

/* What can be said of a message declared `away` while the database is away: an answer out of the process's memory, marked as old, or a
 * refusal with words of its own.  request->db is NULL and request->now 0; nothing may be promised.  Several threads at once. */
struct away { const struct message_type *message; handler answer; };

/* Messages that run on connections of a role of their own, renkei_SERVICE_NAME, opened from the service's option "NAME-database": for what
 * leaves the region under a fence of its own in the database. */
struct aside { const char *name; const struct message_type *const *messages; /* NULL-terminated */ };

struct service {
    const char *name;
    const struct route *routes;       size_t route_count;
    const struct heard *heard;        size_t heard_count;
    const struct job *jobs;           size_t job_count;
    const struct snapshot *snapshots; size_t snapshot_count;
    const struct db_statement *const *statements;   /* NULL-terminated list of tables, each ended by a row without name */
    const struct option *options;                   /* own settings, ended by a row without name; see options.h */
    /* After the configuration is read and before anything serves; also after stop of everything. Either may be NULL. */
    int (*start) (void *self, struct error *err);
    void (*stop) (void *self);
    const struct away *away;                        /* ended by a row without message; NULL: nothing */
    const struct aside *aside;                      /* NULL: none */
};

/* Runs until SIGTERM or SIGINT, then stops gracefully.  Returns the exit status. */
int service_run (const struct service *service, void *self, int argc, char **argv);

/* Announce: writes the event into the log in this transaction, under the next version of its subject (which this locks), and rings the
 * doorbell after commit.  An urgent event also goes straight to who hears it.  municipality may be NULL. */
int announce (struct request *request, const struct message_type *type, const void *event, const char *municipality, struct error *err);
int hearing_announce (struct hearing *hearing, const struct message_type *type, const void *event, const char *municipality,
                      struct error *err);
int job_announce (struct job_run *run, const struct message_type *type, const void *event, const char *municipality, struct error *err);

/* Locks the subject's row for this transaction and returns its version (0 when new). */
int subject_lock (struct db *db, struct arena *arena, const char *subject, int64_t *ret_version, struct error *err);

/* Ring after commit (dropped on rollback): topic "feed" or "session", a uuid, a position. */
void ring_after_commit (struct batch *batch, const char *topic, const char *subject, int64_t position);
/* The same, carrying what the hearer would fetch (doorbell.type); it is left out when it is larger than a bell holds.  data lives in the
 * batch. */
void ring_after_commit_with (struct batch *batch, const char *topic, const char *subject, int64_t position, struct bytes data);
/* After commit, before the bells ring: for what is known then only (db_queue_rows).  arg lives in the batch. */
void do_after_commit (struct batch *batch, void (*work) (struct batch *batch, void *arg), void *arg);
/* What lives until the bells have rung. */
struct arena *batch_arena (struct batch *batch);
/* Run the named job at once after commit. */
void poke_after_commit (struct batch *batch, const char *job);

/* One row of the disclosure ledger, in this transaction: this answer showed `items` of these subjects on this ground.  Called by every
 * handler that answers with somebody's record. */
int disclose (struct request *request, struct text_list subjects, const char *items, const char *ground, struct error *err);

/* Ask another service (queries only), on behalf of the request's actor, with what is left of the deadline (at most timeout_ms). */
int ask (struct request *request, const char *service, const struct message_type *query, const void *message,
         const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err);

#endif
