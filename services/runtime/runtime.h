/* runtime.h - the inside of a running service: what its threads share.  For the files of this library and for the test harness only.
 *
 * Threads and what they own:
 *   bus      the sockets, the routing of requests, replies and doorbells (bus.c)
 *   workers  commands with a person's context, by hash (key); one more for urgent ones (worker.c)
 *   readers  queries with a person's context
 *   engines  requests without a context (anyone, services, operator) and the runtime's own messages; connection of the engine role
 *   jobs     one thread a job (job.c); hearing (hearing.c)
 * Nothing but struct runtime, the queues and the outbox is shared; sockets never cross threads.
 */
#ifndef RUNTIME_RUNTIME_H
#define RUNTIME_RUNTIME_H

#include <pthread.h>
#include <stdatomic.h>
#include "service.h"

struct bus_client;
struct hearing_thread;
struct job_thread;
struct options;
struct outbox;
struct queue;

struct runtime {
    const struct service *service;
    void *self;
    const struct options *options;
    char name[64];                      /* of this process: "notify:PID:random", holder of leases */
    struct outbox *outbox;              /* to the bus thread; NULL in tests */
    struct job_thread *jobs;
    size_t job_count;
    struct hearing_thread *hearing;
    atomic_bool stopping, mesh_is_sound;
    int64_t started_us;
    /* What leaves the thread: the service's own (service.c), or a test's. */
    void (*ring) (struct runtime *runtime, const struct doorbell *bell);
    void (*send_direct) (struct runtime *runtime, const struct event_envelope *event);         /* may be NULL */
    void (*poke) (struct runtime *runtime, const char *job);                                    /* may be NULL */
    int (*ask) (struct request *request, const char *service, const struct message_type *query, const void *message,
                const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err);
    void *test;
    /* Messages every service takes beside its own (runtime_routes.c); none in tests. */
    const struct route *common_routes;
    size_t common_route_count;
    const struct db_statement *const *common_statements;        /* NULL-terminated; of those messages */
};

/* ---- one request, from the bus to the reply ----------------------------------------------------------------------------------------- */

struct task {
    struct task *next;
    struct arena arena;                 /* header, message, answer: lives until the reply is sent */
    struct arena work;                  /* the handler's; emptied when it runs again */
    const struct route *route;          /* NULL: refused before it reached a handler */
    const struct request_header *header;
    struct actor actor;
    const void *message;
    struct bytes body;                  /* its msgpack: for the fingerprint */
    struct bytes sender, correlation;   /* routing frames */
    int64_t arrived_us;                 /* monotonic */

    const char *kept_as;                /* actor of the idempotency row; NULL: not kept */
    unsigned char fingerprint[32];
    struct bytes kept_fingerprint, kept_answer;
    int64_t now;
    int tries;

    bool done, ok, replayed, wrote;
    bool alone;                         /* shares its transaction with nobody (crew.c says who, and why) */
    bool lost;                          /* refused because the database is away; nothing was written */
    struct error err;
    void *answer, *conflict;            /* structs; the conflict is NULL when the route has none */
    struct bytes answer_bytes;          /* answer or conflict record */
};

struct task *task_new (void);
void task_done (struct task **task);
/* Header and body of a request; fails a task that may not be run (task->err), which then only wants its reply. */
void task_read (struct task *task, const struct runtime *runtime, const char *principal, struct bytes header, struct bytes body);
void task_fail (struct task *task, const struct error *err);
struct bytes task_reply_header (struct task *task);
bool task_needs_engine (const struct task *task, const struct runtime *runtime);       /* no person's context: engine connection */
bool task_is_aside (const struct task *task, const struct runtime *runtime);           /* connection of the service's own third role */
uint64_t task_shard (const struct task *task);          /* hash of its key field */

/* Among the service's own, then the common ones. */
const struct route *route_find (const struct runtime *runtime, const char *message);
bool route_is_common (const struct runtime *runtime, const struct route *route);
void runtime_use_common_routes (struct runtime *runtime);

/* ---- one transaction ---------------------------------------------------------------------------------------------------------------- */

struct batch_bell { struct batch_bell *next; struct doorbell bell; };
struct batch_ending { struct batch_ending *next; void (*work) (struct batch *batch, void *arg); void *arg; };
struct batch_poke { struct batch_poke *next; const char *job; };
struct batch_event {
    struct batch_event *next;
    const struct message_type *type;
    struct event_envelope envelope;
    int64_t version;                    /* known after the statement has come back */
};

struct batch {
    struct runtime *runtime;
    struct db *db;
    struct arena arena;                 /* of what waits for the commit */
    struct batch_ending *endings;
    struct batch_bell *bells;
    struct batch_poke *pokes;
    struct batch_event *events, *last_event;
    struct bus_client **client;         /* of this thread, opened at first use */
};

/* What was collected is done (rings, pokes, direct events) or forgotten; the batch is then empty and can be used again. */
void batch_committed (struct batch *batch);
void batch_dropped (struct batch *batch);
void batch_close (struct batch *batch);

/* One event into the log; person and trace may be NULL. */
int batch_announce (struct batch *batch, struct arena *arena, const struct message_type *type, const void *event, const char *municipality,
                    const char *person, const char *trace, int64_t now, struct error *err);

extern const struct db_statement batch_statements[];        /* ended by a row without name */

/* Runs tasks in as few transactions as it can (execute.c); afterwards every task is done.  db is reopened when it was lost. */
enum { BATCH_MAX = 64 };
void execute (struct batch *batch, struct task *tasks);
/* Those that the database will not answer: remembered senders and lost connections (away.c). */
void execute_away (struct batch *batch, struct task *tasks);
void execute_denials (struct batch *batch, struct task *tasks);     /* refusals of rights, in a transaction of their own */

/* ---- jobs --------------------------------------------------------------------------------------------------------------------------- */

void job_poke (struct runtime *runtime, const char *job);

int ask_bus (struct request *request, const char *service, const struct message_type *query, const void *message,
             const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err);

/* Every statement list of the service and of the runtime; at start a list that does not fit the schema fails. */
int runtime_prepare (struct runtime *runtime, struct db *db, struct error *err);

#endif
