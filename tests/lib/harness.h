/* harness.h - runs one handler, hearing or job of a service against the test database, exactly as the dispatcher would.
 *
 * Run the test under tests/lib/with-postgres.  Every call is one transaction: committed when the handler succeeds, rolled back when it
 * refuses; role check, idempotency, ledger and events happen as in the service.  There is no bus: ask () fails with try_later unless the
 * test answers by harness_answer ().  What the harness itself cannot do ends the test ("Bail out!").
 *
 *     struct harness *harness = harness_open (&service, &self);
 *     harness_as (harness, &(struct harness_actor) { .person = NURSE, .office = STATION, .municipality = "011002",
 *                                                    .roles = ROLE_BIT (ROLE_HELPER) });
 *     is_number (harness_call (harness, "sheet", &query, &answer, &err), 0, "a member reads the sheet");
 *     is_number (harness_number (harness, "select count(*) from ledger"), 1, "and it stands in the ledger");
 *     harness_close (&harness);
 *
 * Memory: answers live until harness_close.  Threads: a harness belongs to one thread.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "service.h"

struct harness;

#define ROLE_BIT(role) (1ull << ((role) - 1))

struct harness_actor {
    const char *person, *office, *municipality;     /* person NULL: nobody (anyone), on the engine connection */
    const char *municipalities;                     /* "011002,011003"; NULL: only municipality */
    uint64_t roles;
    int strength;                                   /* 0: a one-time code; locked: as in life there is no context then */
    const char *session, *purpose;                  /* NULL: made up; "care" */
    const char *principal;                          /* NULL: "gateway" */
    int64_t expires_in_us;                          /* 0: ten minutes */
    bool remembered;                                /* by the gateway only, because the database is away: no context then */
};

/* service: routes, heard, jobs and statements are used, start () is not called; name chooses schema and roles. */
struct harness *harness_open (const struct service *service, void *self);
void harness_close (struct harness **harness);

/* NULL: nobody.  Stays until changed; the context is signed anew for every call. */
void harness_as (struct harness *harness, const struct harness_actor *actor);
void harness_key (struct harness *harness, const char *key);        /* idempotency key of the next call only; standard: a new one each */
void harness_terminal (struct harness *harness, struct bytes sha256);   /* of the token in the device's cookie; stays; empty: none */
void harness_source (struct harness *harness, const char *source);  /* network source of nobody; stays */

/* 0, or -1 with *err as the gateway would be told.  answer: the answer's struct, filled; may be NULL. */
int harness_call (struct harness *harness, const char *message, const void *in, void *answer, struct error *err);
bool harness_replayed (const struct harness *harness);              /* the last call was answered from the kept answer */
const void *harness_conflict (const struct harness *harness);       /* conflict record of the last refused call; NULL when none */

/* An event of another service arrives, in order, for the first time. */
int harness_hear (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                  int64_t version, const char *municipality, struct error *err);
int harness_replay (struct harness *harness, const char *from, const struct message_type *type, const void *event, const char *subject,
                    int64_t version, const char *municipality, struct error *err);                     /* the same while rebuilding */
int harness_job (struct harness *harness, const char *job, struct error *err);                        /* one run */

/* What ask () of another service answers in this test: message name → answer struct (kept by reference); NULL answer: try_later. */
void harness_answer (struct harness *harness, const char *query, const void *answer);

/* As superuser, search_path = the service's schema, guard. */
void harness_sql (struct harness *harness, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
/* First column of the first row; 0 or NULL when that is NULL or not there. */
int64_t harness_number (struct harness *harness, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
const char *harness_text (struct harness *harness, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));
/* As the service's own role with the actor's context: what this person could see at database level. */
int64_t harness_sees (struct harness *harness, const char *fmt, ...) __attribute__ ((format (printf, 2, 3)));

int64_t harness_now (struct harness *harness);                      /* decision time, µs */
void harness_clock (struct harness *harness, int64_t offset_us);    /* decision time = real time + offset */
void harness_empty (struct harness *harness, const char *tables);   /* truncate "a, b" cascade (ledger included) */

/* Events in the log: how many of this type, and the last one decoded (-1 when there is none). */
int64_t harness_events (struct harness *harness, const struct message_type *type);
int harness_last_event (struct harness *harness, const struct message_type *type, void *ret);
int harness_bells (const struct harness *harness, const char *topic);          /* rung by the last call */

/* For the runtime's own tests: a request of the present actor that has not run yet (the caller's, task_done ()), and what runs it. */
struct task;
struct batch;
struct task *harness_task (struct harness *harness, const char *message, const void *in);
struct batch *harness_batch (struct harness *harness);
struct batch *harness_engine (struct harness *harness);
struct batch *harness_aside (struct harness *harness);       /* of the service's third role */

#endif
