/* Refusals as people read them: status, language, words with their values. */
#include "problem.h"
#include "tap.h"

static void the_better_liked_language_wins (void)
{
    static const struct { const char *line; enum language wanted;
    } cases[] = {
        { NULL, JAPANESE },
        { "", JAPANESE },
        { "ja", JAPANESE },
        { "en", ENGLISH },
        { "en-US,en;q=0.9", ENGLISH },
        { "ja,en-US;q=0.9,en;q=0.8", JAPANESE },
        { "en;q=0.8, ja;q=0.9", JAPANESE },
        { "ja;q=0.5,en;q=0.7", ENGLISH },
        { "fr", JAPANESE },
        { "*", JAPANESE },
        { "en;q=0, ja;q=0", JAPANESE },
        { "en;q=2", JAPANESE },
        { "en;q=x", JAPANESE },
        { ",,,;q=", JAPANESE },
        { "EN", ENGLISH },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_number (language_of (cases[i].line), cases[i].wanted, cases[i].line ? cases[i].line : "no header");
}

static int status_of (enum error_key key, bool has_if_match)
{
    ARENA (arena);
    struct error err;
    struct reply_header refusal;

    fail (&err, key, NULL, "x");
    refusal = refusal_of (&arena, &err);
    return problem_status (&refusal, has_if_match);
}

static void kinds_become_statuses (void)
{
    is_number (status_of (ERROR_FIELD_MISSING, false), 400, "invalid is 400");
    is_number (status_of (ERROR_TOO_LARGE, false), 413, "too large is 413");
    is_number (status_of (ERROR_LOG_IN_FIRST, false), 401, "unauthenticated is 401");
    is_number (status_of (ERROR_NOT_FOR_ROLE, false), 403, "forbidden is 403");
    is_number (status_of (ERROR_NOT_FOR_YOU, false), 404, "not found, or not for you, is 404");
    is_number (status_of (ERROR_MOVED_ON, false), 409, "a conflict is 409");
    is_number (status_of (ERROR_MOVED_ON, true), 412, "...412 when a version was named");
    is_number (status_of (ERROR_ALREADY_ENDED, true), 409, "another conflict stays 409");
    is_number (status_of (ERROR_VERSION_MISSING, true), 428, "a missing version is 428");
    is_number (status_of (ERROR_KEY_REUSED, false), 422, "a key used for something else is 422");
    is_number (status_of (ERROR_STILL_RUNNING, false), 409, "still running is 409");
    is_number (status_of (ERROR_LOGIN_BLOCKED, false), 429, "too many is 429");
    is_number (status_of (ERROR_TRY_LATER, false), 503, "unavailable is 503");
    is_number (status_of (ERROR_OUTCOME_UNKNOWN, false), 504, "unknown is 504");
    is_number (status_of (ERROR_BUG, false), 500, "internal is 500");
}

static void every_error_has_a_status (void)
{
    int without = 0;

    for (int key = 1; key < error_table_count; key++)
        without += key != ERROR_BUG && status_of ((enum error_key) key, false) == 500;
    is_number (without, 0, "no error but a bug is a 500");
}

static void words_are_filled_in (void)
{
    ARENA (arena);
    struct error err;
    struct reply_header refusal;
    const char *text;

    fail (&err, ERROR_LOGIN_BLOCKED, NULL, "x");
    fail_param (&err, "minutes", "%d", 15);
    refusal = refusal_of (&arena, &err);
    text = (const char *) problem_render (&arena, &refusal, 429, JAPANESE, "t1", NULL).data;
    ok (strstr (text, "\"title\":\"認証の失敗が続いたため、15分後にもう一度お試しください。\""), "Japanese words with their value");
    ok (strstr (text, "\"type\":\"https://renkei.invalid/problems/login_blocked\""), "the type names the key");
    is_number (problem_retry_after (&refusal), 900, "the value says when to try again");
    text = (const char *) problem_render (&arena, &refusal, 429, ENGLISH, "t1", NULL).data;
    ok (strstr (text, "try again in 15 minutes"), "English words with their value");
    fail (&err, ERROR_BUG, NULL, "secret detail");
    refusal = refusal_of (&arena, &err);
    text = (const char *) problem_render (&arena, &refusal, 500, JAPANESE, "abc123", NULL).data;
    ok (strstr (text, "abc123 を伝えて") && !strstr (text, "secret"), "a bug tells its number, never its detail");
}

static void fields_and_conflict_come_along (void)
{
    ARENA (arena);
    struct error err;
    struct reply_header refusal;
    const char *text;

    fail (&err, ERROR_FIELD_TOO_LONG, "/entries/0/text", "x");
    fail_param (&err, "most", "%d", 2000);
    fail_field (&err, ERROR_FIELD_MISSING, "/b\"c");
    refusal = refusal_of (&arena, &err);
    text = (const char *) problem_render (&arena, &refusal, 400, ENGLISH, "t", "{\"a\":1}").data;
    ok (strstr (text, "{\"pointer\":\"/entries/0/text\",\"key\":\"field_too_long\",\"title\":\"Too long (at most 2000 bytes).\"}"),
        "a wrong field with its words");
    ok (strstr (text, "{\"pointer\":\"/b\\\"c\",\"key\":\"field_missing\""), "the next one, escaped");
    ok (strstr (text, "\"conflict\":{\"a\":1}"), "the conflict record");
}

static void a_newer_service_is_understood (void)
{
    ARENA (arena);
    struct reply_header refusal = { .kind = ERROR_KIND_CONFLICT, .key = "invented_tomorrow" };
    const char *text = (const char *) problem_render (&arena, &refusal, 409, ENGLISH, "t", NULL).data;

    is_number (problem_status (&refusal, false), 409, "an unknown key keeps the status of its kind");
    ok (strstr (text, "problems/invented_tomorrow"), "...and its name");
    refusal.kind = 0;
    is_number (problem_status (&refusal, false), 500, "no kind at all is a bug");
}

int main (void)
{
    the_better_liked_language_wins ();
    kinds_become_statuses ();
    every_error_has_a_status ();
    words_are_filled_in ();
    fields_and_conflict_come_along ();
    a_newer_service_is_understood ();
    return done ();
}
