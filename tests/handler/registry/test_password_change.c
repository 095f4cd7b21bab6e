/* A person changes their own password: the present one is asked, the rules hold, every other session ends, the person hears of it (S-03, S-04). */
#include "people.h"
#include "runtime.h"

#define OTHER "seven red lanterns at night"
#define THIRD "another quiet river in spring"

static int change (const char *from, const char *to)
{
    const struct password_change message = { from, to };

    return harness_call (harness, "password_change", &message, NULL, &err);
}

static bool logs_in (const char *password)
{
    struct session_opened session = { 0 };

    return give_code (start_login ("nurse.sato", password).ticket, fresh_code (), &session) == 0;
}

static const char *hash (void)
{
    return harness_text (harness, "select password_hash from account where login = 'nurse.sato'");
}

static void refusals (const struct session_opened *session)
{
    const char *before = hash ();

    act_with (session->session_token);
    is_number (change (OTHER, THIRD), -1, "a wrong present password changes nothing");
    is_number (err.key, ERROR_PASSWORD_WRONG, "…and says so");
    is (err.fields[0].pointer, "/password", "…at its field");
    is_number (log_lines ("event = 'refused' and reason = 'password_change' and person_id is not null"), 1, "…and stands in the log");
    is_number (change (PASSWORD, "short one"), -1, "S-03: a short new one is refused");
    is_number (err.key, ERROR_PASSWORD_WEAK, "…by the rules of every password");
    is (err.fields[0].pointer, "/new_password", "…at its field");
    is_number (change (PASSWORD, "nurse.sato1234"), -1, "S-03: …one made of the login, too");
    is_number (change (PASSWORD, PASSWORD), -1, "the present one again is none");
    is_number (err.key, ERROR_PASSWORD_SAME, "…and is told so");
    is (hash (), before, "none of these touched the account");
    is_number (harness_events (harness, &account_changed_message), 0, "…and nobody was told anything");
    harness_as (harness, NULL);
    is_number (change (PASSWORD, OTHER), -1, "nobody without a session changes a password");
}

static void changed (const struct session_opened *here, const struct session_opened *there)
{
    struct login_start_answer begun = start_login ("nurse.sato", PASSWORD);
    struct session_opened session = { 0 };
    struct account_changed event;

    act_with (here->session_token);
    is_number (change (PASSWORD, OTHER), 0, "S-03: with the present password it is changed");
    is_number (harness_bells (harness, "session"), 1, "S-04: …the other session ends and the gateway hears of it at once");
    ok (actor_column (there->session_token, "person_id") == NULL, "…its token is worth nothing any more");
    ok (actor_column (here->session_token, "person_id") != NULL, "…this one goes on");
    is (harness_text (harness, "select ended_why from session where session_id = '%s'", there->session_id), "password", "…for that reason");
    is_number (log_lines ("event = 'password_changed' and by_person is null"), 1, "…it stands in the log");
    is_number (harness_events (harness, &account_changed_message), 1, "…and the person will hear of it");
    ok (harness_last_event (harness, &account_changed_message, &event) == 0 && event.change == ACCOUNT_CHANGE_PASSWORD_CHANGED
            && strcmp (event.person_id, PERSON (1)) == 0 && !event.by,
        "…by an event that says no more than that");
    is_number (give_code (begun.ticket, fresh_code (), &session), -1, "a log-in begun with the old password ends nowhere");
    ok (!logs_in (PASSWORD), "the old password opens nothing");
    ok (logs_in (OTHER), "the new one does");
}

static void repeated (const struct session_opened *here)
{
    int64_t sessions = harness_number (harness, "select count(*) from session where ended_at is null");

    act_with (here->session_token);
    is_number (change (PASSWORD, OTHER), 0, "sent again after a lost answer it is no error");
    is_number (harness_number (harness, "select count(*) from session where ended_at is null"), sessions, "…and ends no session");
    is_number (harness_events (harness, &account_changed_message), 1, "…and tells nobody twice");
    is_number (harness_number (harness, "select count(*) from idempotency where command = 'password_change'"), 0,
               "nothing of a password is kept with the key, not even a digest");
}

/* The page sent it twice, and both came into one transaction. */
static void twice_at_once (const struct session_opened *here)
{
    const struct password_change message = { OTHER, THIRD };
    int64_t told = harness_events (harness, &account_changed_message);
    struct task *tasks[2];

    act_with (here->session_token);
    for (int i = 0; i < 2; i++) {
        harness_key (harness, "one-change");
        tasks[i] = harness_task (harness, "password_change", &message);
    }
    tasks[0]->next = tasks[1];
    execute (harness_engine (harness), tasks[0]);
    ok (tasks[0]->ok && tasks[1]->ok, "sent twice with one key both are answered");
    is_number (harness_events (harness, &account_changed_message) - told, 1, "…the password changes once, and is told once");
    task_done (&tasks[0]);
    task_done (&tasks[1]);
    harness_sql (harness, "truncate login_throttle");
    is_number (change (THIRD, OTHER), 0, "…and the new one holds");
}

static void throttled (const struct session_opened *here)
{
    harness_sql (harness, "truncate login_throttle");
    act_with (here->session_token);
    for (int i = 0; i < 5; i++)
        change ("not the right one at all", THIRD);
    is_number (change (OTHER, THIRD), -1, "S-08: after five wrong ones even the right one has to wait");
    is_number (err.key, ERROR_LOGIN_BLOCKED, "…and is told for how long");
    ok (!logs_in (OTHER), "…log-in by that name waits, too: somebody at a forgotten screen guesses no longer");
    harness_sql (harness, "truncate login_throttle");
    act_with (here->session_token);
    is_number (change (OTHER, THIRD), 0, "afterwards it works");
    is_number (harness_number (harness, "select attempts from login_throttle where scope = 'login'"), 0, "…and the count starts anew");
}

static void locked (const struct session_opened *here)
{
    harness_clock (harness, 20 * 60 * 1000000LL);
    act_with (here->session_token);
    is_number (change (THIRD, OTHER), -1, "S-07: a locked session changes no password");
    harness_clock (harness, 0);
}

int main (void)
{
    struct session_opened here, there;

    open_region ();
    there = log_in ("nurse.sato");
    here = log_in ("nurse.sato");
    refusals (&here);
    changed (&here, &there);
    repeated (&here);
    twice_at_once (&here);
    throttled (&here);
    locked (&here);
    close_region ();
    return done ();
}
