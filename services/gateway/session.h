/* session.h - who sends a request: the cookie's token, looked up in the database and remembered for at most one second.
 *
 * One thread of its own has the only database connection (role renkei_gateway: EXECUTE on two functions), so that the loop never waits;
 * tokens that arrive together are asked together.  All other calls belong to the loop's thread.  The token itself is never kept: only its
 * SHA-256. Threads: as said.  Limits: 1 s, 20,000 remembered sessions, 64 tokens in one question.
 * For the time the database is away, who was behind a token is remembered for longer (sessions_remembered), without the signed context.
 */
#ifndef GATEWAY_SESSION_H
#define GATEWAY_SESSION_H

#include "arena.h"
#include "codec.h"
#include "error.h"

enum { TOKEN_HASH_BYTES = 32, SESSION_AGE_US = 1000000,
       REMEMBERED_MINUTES = 15,             /* before the database went away: the idle lock's time */
       REMEMBERED_HOURS = 12 };             /* from the last look-up: the longest life of a session */

struct session {                            /* never changes once found */
    int references;
    bool known, locked;                     /* known false: no such session */
    uint64_t roles;                         /* bit ROLE_X - 1 */
    struct enum_list role_list;
    int strength;                           /* enum session_strength */
    const char *person_id, *session_id, *office_id, *municipality;
    const char *context;                    /* signed; NULL while locked */
    struct arena arena;
};

struct session *session_new (void);
struct session *session_hold (struct session *session);
void session_drop (struct session **session);       /* NULL is fine */

void token_hash (const char *token, unsigned char ret[TOKEN_HASH_BYTES]);

struct sessions;

/* NULL session: the database is away.  Borrowed: session_hold keeps it. */
typedef void (*session_found) (void *arg, struct session *session);
/* Of the ids asked for, those still open; NULL when the database is away. */
typedef void (*sessions_checked) (void *arg, const struct text_list *open);

/* Connects in its own thread, again and again until the database is there. */
struct sessions *sessions_open (const char *conninfo);
void sessions_close (struct sessions **sessions);   /* everybody who waits hears of a database that is away */

/* The session when it is remembered; else NULL, and found () is called later from sessions_work (). */
struct session *sessions_find (struct sessions *sessions, const unsigned char hash[TOKEN_HASH_BYTES], session_found found, void *arg);
/* Only after found () was told that the database is away: the session when it was looked up, open and unlocked, at most
 * REMEMBERED_MINUTES before that, and is not older than REMEMBERED_HOURS; else NULL.  Its context must not be used. */
struct session *sessions_remembered (struct sessions *sessions, const unsigned char hash[TOKEN_HASH_BYTES]);
/* What is remembered of it is not true any more; also an answer under way is asked again. */
void sessions_forget (struct sessions *sessions, const char *session_id);

/* Which are still open?  One question at a time: false when one is under way.  ids are copied. */
bool sessions_check (struct sessions *sessions, struct text_list ids, sessions_checked checked, void *arg);

int sessions_fd (const struct sessions *sessions);  /* readable: sessions_work () has something to do */
void sessions_work (struct sessions *sessions);
void sessions_tidy (struct sessions *sessions);     /* about once a second */
bool sessions_are_there (const struct sessions *sessions);      /* the last question was answered */

#endif
