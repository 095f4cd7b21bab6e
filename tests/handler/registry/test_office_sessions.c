/* An office's manager sees and ends the sessions of the people who work there, and of nobody else (S-04: a lost telephone). */
#include "people.h"

static struct session_opened nurse, manager, elsewhere;

static void people (void)
{
    act_as_operator ();
    must (put_person (2, "管理 二子", "カンリ フタコ", NULL), "person");
    must (put_membership (2, 1, ROLE_SERVICE_MANAGER), "membership");
    must (put_account (2, "manager", PASSWORD), "account");
    must (put_person (3, "隣 三郎", "トナリ サブロウ", NULL), "person");
    must (put_membership (3, 2, ROLE_DOCTOR), "membership");
    must (put_account (3, "doctor", PASSWORD), "account");
    nurse = log_in ("nurse.sato");
    manager = log_in ("manager");
    elsewhere = log_in ("doctor");
}

static int list (struct office_session_list_answer *answer)
{
    return harness_call (harness, "office_session_list", &(struct office_session_list) { 0 }, answer, &err);
}

static int end (const char *session_id)
{
    return harness_call (harness, "session_end", &(struct session_end) { session_id }, NULL, &err);
}

static void listing (void)
{
    struct office_session_list_answer answer;

    act_with (manager.session_token);
    is_number (list (&answer), 0, "S-04: a manager sees where the office's people are logged in");
    is_number ((int64_t) answer.sessions.count, 2, "…the nurse and the manager, not the doctor of another office");
    is (answer.sessions.items[0].name, "管理 二子", "…by name");
    ok (answer.sessions.items[0].current && !answer.sessions.items[1].current, "…the own one is marked");
    ok (strcmp (answer.sessions.items[1].session_id, nurse.session_id) == 0 && answer.sessions.items[1].here, "…the nurse's acts for this office");
    act_with (nurse.session_token);
    is_number (list (&answer), -1, "nobody else sees it");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…for want of the role");
    act_with (elsewhere.session_token);
    is_number (list (&answer), -1, "…not a doctor of another office either");
}

static void refusals (void)
{
    act_with (nurse.session_token);
    is_number (end (manager.session_id), -1, "a nurse ends no colleague's session");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…and is told what an unknown one would say");
    act_with (manager.session_token);
    is_number (end (elsewhere.session_id), -1, "S-04: a manager ends no session of another office");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…");
    is_number (end ("0190a3b4-0000-7000-8000-0000000000ff"), -1, "an unknown session");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…looks the same");
    act (PERSON (4), OFFICE (3), "012025", ROLE_ADMINISTRATOR);
    is_number (end (nurse.session_id), -1, "an administrator of another office ends none here");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…and is told the same");
    ok (actor_column (elsewhere.session_token, "person_id") && actor_column (nurse.session_token, "person_id"), "all of them go on");
    is_number (harness_events (harness, &account_changed_message), 0, "…and nobody was told anything");
}

static void ending (void)
{
    struct account_changed event;
    struct office_session_list_answer answer;

    act_with (manager.session_token);
    is_number (end (nurse.session_id), 0, "S-04: a manager ends the session on the lost telephone");
    is_number (harness_bells (harness, "session"), 1, "…the gateway hears of it at once");
    ok (actor_column (nurse.session_token, "person_id") == NULL, "…its token is worth nothing any more");
    is_number (harness_number (harness, "select count(*) from login_log where event = 'ended' and reason = 'manager'"
                                        " and person_id = '%s' and by_person = '%s'", PERSON (1), PERSON (2)), 1,
               "…the log says whose and who did it");
    ok (harness_last_event (harness, &account_changed_message, &event) == 0 && event.change == ACCOUNT_CHANGE_SESSION_ENDED
            && strcmp (event.person_id, PERSON (1)) == 0 && strcmp (event.by, PERSON (2)) == 0,
        "…and the nurse will hear of it");
    is_number (end (nurse.session_id), 0, "ending it again is no error");
    is_number (harness_bells (harness, "session"), 0, "…and rings nothing");
    is_number (harness_events (harness, &account_changed_message), 1, "…and tells nobody twice");
    list (&answer);
    is_number ((int64_t) answer.sessions.count, 1, "it is not listed any more");
    is_number (end (manager.session_id), 0, "one's own session ends as before");
    is_number (harness_number (harness, "select count(*) from login_log where event = 'ended' and reason = 'revoked' and by_person is null"),
               1, "…without a manager in the log");
}

/* Works here and in another office: whichever office the session acts for now, it may act for this one at any moment. */
static void two_offices (void)
{
    struct office_session_list_answer answer;
    struct membership_end leave = { PERSON (1), OFFICE (1) };

    act_as_operator ();
    must (put_membership (1, 2, ROLE_VISITING_NURSE), "second office");
    nurse = log_in ("nurse.sato");
    manager = log_in ("manager");
    harness_sql (harness, "update session set office_id = '%s' where session_id = '%s'", OFFICE (2), nurse.session_id);
    act_with (manager.session_token);
    list (&answer);
    ok (answer.sessions.count == 2 && !answer.sessions.items[1].here, "who also works elsewhere is listed, and where is not told");
    act_as_operator ();
    must (harness_call (harness, "membership_end", &leave, NULL, &err), "leave");
    act_with (manager.session_token);
    list (&answer);
    is_number ((int64_t) answer.sessions.count, 1, "S-05: who has left the office is not listed");
    is_number (end (nurse.session_id), -1, "S-05: …and the session is none of this manager's business any more");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…");
    ok (actor_column (nurse.session_token, "person_id") != NULL, "…it goes on in the other office");
}

int main (void)
{
    open_region ();
    people ();
    listing ();
    refusals ();
    ending ();
    two_offices ();
    close_region ();
    return done ();
}
