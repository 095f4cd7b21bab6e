/* hearing_listener.h - the inside of a hearing thread: hearing.c (life), hearing_pull.c (what is asked for), hearing_batch.c
 * (transactions), hearing_fill.c (snapshots). */
#ifndef RUNTIME_HEARING_LISTENER_H
#define RUNTIME_HEARING_LISTENER_H

#include <unistd.h>
#include "bus_client.h"
#include "hearing.h"
#include "hearing_apply.h"
#include "ids.h"

enum {
    BEHIND_MAX = 4096,                  /* bells kept; one too many is left to the sweep */
    KNOWN_MAX = 4096,                   /* versions remembered, so that the sweep need not ask the database again */
    RESTING_MAX = 64,
    WANTED_MAX = 64,
    ATTEMPTS_MAX = 5,
    CAREFUL_EVENTS = 128,               /* tried one by one after an unclean stop */
    TICK_US = 1000000, CALL_MS = 1500
};

struct mark { char subject[UUID_TEXT]; int64_t version; };
struct rung { struct mark mark; struct bytes event; };      /* event: malloc; empty when the bell carried none */

struct listener {
    struct runtime *runtime;
    const char *source, *database, *run_dir;
    char lease[64];
    pthread_t thread;
    bool running;
    int wake;                           /* eventfd: stop */
    atomic_bool stopping;

    struct db *db;
    struct bus_client *client;
    struct batch batch;
    struct arena arena;                 /* of one step */
    int64_t fence, now;                 /* fence 0: somebody else holds the lease */
    int64_t last_fence;                 /* the one held last: coming back under it, nobody was there meanwhile */
    int64_t renewed;                    /* monotonic */
    struct hearing_cursor cursor;
    int careful;
    int64_t next_tick;                  /* monotonic */
    bool sweep_due;

    struct rung behind[BEHIND_MAX];     /* ring */
    size_t behind_first, behind_count;
    struct mark known[KNOWN_MAX];       /* by hash; a later subject takes the place of an earlier one */
    struct mark resting[RESTING_MAX];   /* failed a moment ago: version is when to look again, monotonic µs */
    size_t resting_count;

    pthread_mutex_t told_lock;
    char told[96];
    bool told_ready;
};

struct wanted { char subject[UUID_TEXT]; int64_t version, after, reached; };

/* hearing_batch.c.  All return -1 when the step must be given up: connection or lease lost.  *err says why. */
int listener_apply (struct listener *listener, struct hearing_item *items, size_t count, const char *also, struct error *err);
int listener_begin (struct listener *listener, struct error *err);          /* transaction under the lease; sets now */
int listener_commit (struct listener *listener, struct error *err);
void listener_give_up (struct listener *listener);                          /* rolls back */
bool listener_is_lost (const struct listener *listener, const struct error *err);
bool listener_is_resting (const struct listener *listener, const char *subject);

/* hearing_pull.c */
void listener_rung (void *arg, const char *service, const struct doorbell *bell);
void listener_forget_rung (struct listener *listener);
int listener_pull_behind (struct listener *listener, struct error *err);
int listener_pull_due (struct listener *listener, struct error *err);
int listener_sweep (struct listener *listener, struct error *err);          /* one page */
void listener_know (struct listener *listener, const char *subject, int64_t version);
int64_t listener_known (const struct listener *listener, const char *subject);      /* 0: not remembered */

/* hearing_fill.c: one page; cursor.filled when there is nothing more to fill. */
int listener_fill (struct listener *listener, struct error *err);

void listener_tell (struct listener *listener, bool ready, const char *fmt, ...) __attribute__ ((format (printf, 3, 4)));

#endif
