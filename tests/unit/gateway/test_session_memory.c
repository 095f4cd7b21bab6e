/* Who was behind a token is remembered while the database is away (docs/decisions/0006), for so long and no longer.
 *
 * The module itself, with a database and a clock of this test.
 */
#include <poll.h>
#include <stdatomic.h>
#define clock_monotonic_us pretended_clock
#define db_open pretended_open
#define db_reopen pretended_reopen
#define db_is_open pretended_is_open
#define db_close pretended_close
#define session_store_prepare pretended_prepare
#define session_store_find pretended_find
#define session_store_open pretended_sessions_open
#include "../../../services/gateway/session.c"
#include "messages.h"
#include "tap.h"

static _Atomic int64_t now = 1000LL * 3600 * SECOND_US;
static atomic_bool away, locked, unknown;
static const int64_t minute = 60LL * SECOND_US;

int64_t pretended_clock (void)
{
    return now;
}

struct db *pretended_open (const char *conninfo, struct error *err)
{
    if (away)
        fail (err, ERROR_TRY_LATER, NULL, "away");
    return away ? NULL : (struct db *) conninfo;
}

int pretended_reopen (struct db *db, struct error *err)
{
    (void) db;
    return away ? fail (err, ERROR_TRY_LATER, NULL, "away") : 0;
}

bool pretended_is_open (const struct db *db)
{
    return db && !away;
}

void pretended_close (struct db **db)
{
    *db = NULL;
}

int pretended_prepare (struct db *db, struct error *err)
{
    (void) db;
    (void) err;
    return 0;
}

static void fill (struct session *session)
{
    static int roles[] = { ROLE_VISITING_NURSE, ROLE_HELPER };

    session->known = !unknown;
    session->locked = locked;
    session->roles = 3;
    session->role_list = (struct enum_list) { roles, 2 };
    session->person_id = arena_text (&session->arena, "0190a3b4-0000-7000-8000-00000000a001");
    session->session_id = arena_text (&session->arena, "0190a3b4-0000-7000-8000-00000000d001");
    session->office_id = arena_text (&session->arena, "0190a3b4-0000-7000-8000-00000000b001");
    session->municipality = arena_text (&session->arena, "011002");
    session->context = locked ? NULL : arena_text (&session->arena, "v1|signed");
}

int pretended_find (struct db *db, struct text_list hex, struct session **ret, struct error *err)
{
    (void) db;
    (void) err;
    for (size_t i = 0; i < hex.count; i++)
        fill (ret[i] = session_new ());
    return 0;
}

int pretended_sessions_open (struct db *db, struct text_list ids, struct arena *arena, struct text_list *ret, struct error *err)
{
    (void) db;
    (void) ids;
    (void) arena;
    (void) err;
    *ret = (struct text_list) { 0 };
    return 0;
}

/* ---- the loop's side ---------------------------------------------------------------------------------------------------------------- */

static struct { bool told, there; } heard;

static void on_found (void *arg, struct session *session)
{
    (void) arg;
    heard.told = true;
    heard.there = session != NULL;
}

/* As a request does: true when the session was found. */
static bool look_up (struct sessions *sessions, const unsigned char *hash)
{
    struct pollfd fd = { .fd = sessions_fd (sessions), .events = POLLIN };

    heard.told = heard.there = false;
    if (sessions_find (sessions, hash, on_found, NULL))
        return true;
    while (!heard.told && poll (&fd, 1, 5000) == 1)
        sessions_work (sessions);
    return heard.there;
}

/* A session verified, some time, then the database goes away and somebody asks. */
static struct sessions *after (int64_t pause, const unsigned char *hash)
{
    struct sessions *sessions = sessions_open ("pretended");

    away = false;
    look_up (sessions, hash);
    for (int64_t until = now + pause; now < until; now += minute / 2)
        sessions_tidy (sessions);
    away = true;
    look_up (sessions, hash);
    return sessions;
}

static bool is_remembered (int64_t pause, const unsigned char *hash)
{
    struct sessions *sessions = after (pause, hash);
    bool remembered = sessions_remembered (sessions, hash) != NULL;

    sessions_close (&sessions);
    return remembered;
}

static void test_short_while (const unsigned char *hash)
{
    struct sessions *sessions = sessions_open ("pretended");
    struct session *session;

    ok (look_up (sessions, hash), "a session is found");
    ok (sessions_remembered (sessions, hash) == NULL, "while the database is there nothing is taken from memory");
    now += 2 * minute;
    sessions_tidy (sessions);
    away = true;
    ok (!look_up (sessions, hash), "when it is away the question is not answered");
    session = sessions_remembered (sessions, hash);
    ok (session && strcmp (session->person_id, "0190a3b4-0000-7000-8000-00000000a001") == 0 && strcmp (session->municipality, "011002") == 0
            && session->role_list.count == 2 && session->role_list.items[1] == ROLE_HELPER && session->roles == 3,
        "...but it is remembered who that was");
    ok (session && session->context == NULL, "...without the signed context");
    now += 11LL * 60 * minute;
    sessions_tidy (sessions);
    look_up (sessions, hash);
    ok (sessions_remembered (sessions, hash) != NULL, "...for as long as the outage lasts");
    now += 70 * minute;
    ok (sessions_remembered (sessions, hash) == NULL, "...but not beyond the longest life of a session");
    sessions_tidy (sessions);
    away = false;
    ok (look_up (sessions, hash), "when it is back the session is found again");
    ok (sessions_remembered (sessions, hash) == NULL, "...and nothing is taken from memory any more");
    sessions_close (&sessions);
}

static void test_limits (const unsigned char *hash)
{
    unsigned char other[TOKEN_HASH_BYTES] = { 9 };
    struct sessions *sessions;

    ok (is_remembered (14 * minute, hash), "looked up 14 minutes before: remembered");
    ok (!is_remembered (16 * minute, hash), "looked up 16 minutes before: it would be locked by now");
    locked = true;
    ok (!is_remembered (0, hash), "a locked session is not remembered");
    locked = false;
    unknown = true;
    ok (!is_remembered (0, hash), "a token nobody has is not remembered");
    unknown = false;
    sessions = after (0, hash);
    ok (sessions_remembered (sessions, other) == NULL, "a token that was never looked up is nobody");
    sessions_close (&sessions);
}

static void test_ended (const unsigned char *hash)
{
    struct sessions *sessions = sessions_open ("pretended");

    away = false;
    look_up (sessions, hash);
    sessions_forget (sessions, "0190a3b4-0000-7000-8000-00000000d001");
    away = true;
    look_up (sessions, hash);
    ok (sessions_remembered (sessions, hash) == NULL, "S-04: a session that was ended before is not remembered");
    look_up (sessions, hash);
    ok (sessions_remembered (sessions, hash) == NULL, "...however often it is asked for");
    sessions_close (&sessions);
    sessions = after (2 * minute, hash);
    sessions_forget (sessions, "0190a3b4-0000-7000-8000-00000000d001");
    ok (sessions_remembered (sessions, hash) == NULL, "S-04: ...nor one whose end is heard of later");
    sessions_close (&sessions);
}

int main (void)
{
    unsigned char hash[TOKEN_HASH_BYTES] = { 1, 2, 3 };

    test_short_while (hash);
    test_limits (hash);
    test_ended (hash);
    return done ();
}
