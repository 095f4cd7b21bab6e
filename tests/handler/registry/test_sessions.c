/* Sessions: who a token is, idle lock, offices, ending (S-04, S-05, S-07). */
#include "people.h"
#include "session_rules.h"

static const int64_t minute = 60 * 1000000LL;

static void tokens (void)
{
    struct session_opened session = log_in ("nurse.sato");

    is (actor_column (session.session_token, "municipality"), "011002", "session_actor names the office's municipality");
    is (actor_column (session.session_token, "array_to_string (roles, ',')"), "visiting_nurse", "…and the roles");
    is (actor_column (session.session_token, "strength"), "totp", "…and how it was opened");
    ok (actor_column ("A forged token", "person_id") == NULL, "a forged token is nobody");
    ok (actor_column ("", "person_id") == NULL, "no token is nobody");
    ok (harness_text (harness, "select person_id::text from session_actor (null)") == NULL, "NULL is nobody");
    is_number (harness_number (harness, "select (split_part (context, '|', 5) = '011002')::int from session_actor (sha256 ('%s'))",
                               session.session_token), 1,
               "the context opens the own municipality only");
    is_number (harness_number (harness, "with c as (select guard.enter (context)::text as set from session_actor (sha256"
                                        " ('%s')))"
                                        " select (set <> '' and guard.person () = '%s')::int from c", session.session_token, PERSON (1)), 1,
               "…and is signed: the database believes it");
    is_number (harness_number (harness, "with c as (select guard.enter (replace (context, '011002', '012025'))::text as"
                                        " set"
                                        "             from session_actor (sha256 ('%s')))"
                                        " select (set <> '' and guard.person () is null)::int from c", session.session_token), 1,
               "…a changed one is worth nothing");
}

static void agreements (void)
{
    struct session_opened session = log_in ("nurse.sato");
    struct agreement_put put = { .agreement_id = AGREEMENT, .giving = "012025", .receiving = "011002", .from = "2020-01-01" };

    act_as_operator ();
    must (harness_call (harness, "agreement_put", &put, NULL, &err), "agreement");
    is (actor_column (session.session_token, "split_part (context, '|', 5)"), "011002,012025",
        "an agreement in force opens the giving municipality");
    put.from = "2020-01-01", put.to = "2020-12-31";
    must (harness_call (harness, "agreement_put", &put, NULL, &err), "agreement");
    is (actor_column (session.session_token, "split_part (context, '|', 5)"), "011002", "…not after its last day");
    put = (struct agreement_put) { .agreement_id = "0190a3b4-0000-7000-8000-00000000c002", .giving = "011002", .receiving = "012025",
                                   .from = "2020-01-01" };
    must (harness_call (harness, "agreement_put", &put, NULL, &err), "agreement");
    is (actor_column (session.session_token, "split_part (context, '|', 5)"), "011002", "…and never the other way round");
}

static void lifetime (void)
{
    struct session_opened session = log_in ("nurse.sato");

    harness_clock (harness, 14 * minute);
    is (actor_column (session.session_token, "locked"), "false", "S-07: after 14 minutes a session is open, and this was a use");
    harness_clock (harness, 28 * minute);
    is (actor_column (session.session_token, "locked"), "false", "…so it is open 14 minutes later");
    harness_clock (harness, 44 * minute);
    is (actor_column (session.session_token, "locked"), "true", "S-07: after 15 minutes without use it is locked");
    is_number (harness_number (harness, "select count(*) from sessions_open (array['%s']::uuid[])", session.session_id), 0,
               "…its streams close");
    ok (actor_column (session.session_token, "context") == NULL, "…without a context: nothing of anybody can be read");
    is (actor_column (session.session_token, "strength"), "locked", "…and says so");
    harness_clock (harness, 45 * minute);
    is (actor_column (session.session_token, "locked"), "true", "asking does not unlock it");
    harness_sql (harness, "update session set seen_at = guard.now () where session_id = '%s'", session.session_id);
    harness_clock (harness, 12 * 60 * minute + minute);
    ok (actor_column (session.session_token, "person_id") == NULL, "S-07: after 12 hours it has ended, used or not");
    harness_clock (harness, 0);
}

static void seen_seldom (void)
{
    struct session_opened session = log_in ("nurse.sato");
    int64_t before = harness_number (harness, "select guard.to_us (seen_at) from session where session_id = '%s'", session.session_id);

    actor_column (session.session_token, "person_id");
    is_number (harness_number (harness, "select guard.to_us (seen_at) from session where session_id = '%s'", session.session_id), before,
               "using a session again within a minute writes nothing");
    harness_clock (harness, 2 * minute);
    actor_column (session.session_token, "person_id");
    ok (harness_number (harness, "select guard.to_us (seen_at) from session where session_id = '%s'", session.session_id) > before,
        "…later it does");
    harness_clock (harness, 0);
}

static void desks (void)
{
    struct session_opened session, elsewhere;
    unsigned char digest[32];

    act_as_operator ();
    must (put_person (2, "指令 次郎", "シレイ ジロウ", NULL), "person");
    must (put_membership (2, 2, ROLE_DISPATCH_DESK), "membership");
    must (put_account (2, "desk", PASSWORD), "account");
    elsewhere = log_in ("desk");
    harness_sql (harness, "insert into terminal (municipality, terminal_id, office_id, name, token_sha256, invited_by, invited_at, registered_by,"
                          " registered_at) values ('011002', '%s', '%s', '指令台', sha256 ('desk'), '%s', guard.now (), '%s', guard.now ())", OFFICE (2),
                 OFFICE (2), PERSON (2), PERSON (2));
    token_digest ("desk", digest);
    harness_terminal (harness, (struct bytes) { digest, sizeof digest });
    session = log_in ("desk");
    harness_terminal (harness, (struct bytes) { NULL, 0 });
    is_number (session.idle_minutes, 12 * 60, "S-07: a desk without patients at its terminal is open for the shift");
    is_number (elsewhere.idle_minutes, 15, "…at another device it locks");
    harness_clock (harness, 11 * 60 * minute);
    is (actor_column (session.session_token, "locked"), "false", "…also after eleven idle hours");
    is (actor_column (elsewhere.session_token, "locked"), "true", "…the other device is locked by then");
    is_number (harness_number (harness, "select count(*) from sessions_open (array['%s']::uuid[])", elsewhere.session_id), 0, "…with its streams");
    is_number (harness_number (harness, "select count(*) from sessions_open (array['%s']::uuid[])", session.session_id), 1,
               "…and its streams stay open");
    harness_clock (harness, 0);
}

static void locked_sessions (void)
{
    struct session_opened session = log_in ("nurse.sato");
    struct session_now now = { 0 };
    struct session_now_answer answer;
    struct session_list list = { 0 };
    struct session_unlock_start start = { 0 };
    struct login_start_answer ticket;
    struct session_unlock unlock = { 0 };

    harness_clock (harness, 20 * minute);
    ok (act_with (session.session_token), "a locked session is still somebody's");
    is_number (harness_call (harness, "session_now", &now, &answer, &err), 0, "S-07: it may ask who it is");
    is_number (answer.strength, SESSION_STRENGTH_LOCKED, "…and learns that it is locked");
    is_number (answer.memberships.count, 0, "…and no more");
    is_number (harness_call (harness, "session_list", &list, NULL, &err), -1, "S-07: everything else is refused");
    is_number (err.key, ERROR_LOG_IN_FIRST, "…for want of a context");
    must (harness_call (harness, "session_unlock_start", &start, &ticket, &err), "unlock start");
    unlock.ticket = ticket.ticket;
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "unlocking needs a factor");
    unlock.code = "000000";
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "…the right one");
    is_number (err.key, ERROR_LOGIN_WRONG, "…and says no more than log-in does");
    unlock.code = fresh_code ();
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), 0, "the right code unlocks it");
    is (actor_column (session.session_token, "locked"), "false", "…and it is open again");
    is_number (log_lines ("event = 'unlocked'"), 1, "…and stands in the log");
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "the same ticket and code do not work twice");
    harness_clock (harness, 0);
}

static void foreign_ticket (void)
{
    struct session_opened mine = log_in ("nurse.sato"), other = log_in ("desk");
    struct session_unlock_start start = { 0 };
    struct login_start_answer ticket;
    struct session_unlock unlock = { 0 };

    harness_clock (harness, 20 * minute);
    act_with (other.session_token);
    must (harness_call (harness, "session_unlock_start", &start, &ticket, &err), "unlock start");
    act_with (mine.session_token);
    unlock = (struct session_unlock) { ticket.ticket, fresh_code (), NULL };
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "a ticket unlocks the session it was made for only");
    is (actor_column (mine.session_token, "locked"), "true", "…the other one stays locked");
    harness_clock (harness, 0);
    harness_sql (harness, "truncate login_throttle");
    is_number (give_code (ticket.ticket, fresh_code (), &other), -1, "…and opens no new one");
    harness_sql (harness, "truncate login_throttle");
}

static void ending (void)
{
    struct session_opened one, two;
    struct session_list list = { 0 };
    struct session_list_answer answer;
    struct session_end end = { 0 };
    struct logout logout = { 0 };
    struct session_closed closed;

    harness_sql (harness, "delete from session");
    one = log_in ("nurse.sato");
    two = log_in ("nurse.sato");
    act_with (two.session_token);
    must (harness_call (harness, "session_list", &list, &answer, &err), "list");
    is_number (answer.sessions.count, 2, "S-04: a second log-in sees the first");
    is_number (answer.sessions.items[0].current + 2 * answer.sessions.items[1].current, 1, "…newest first, and which one asks");
    end.session_id = one.session_id;
    is_number (harness_call (harness, "session_end", &end, NULL, &err), 0, "S-04: it can be ended from here");
    is_number (harness_bells (harness, "session"), 1, "…and the gateway hears of it at once");
    ok (actor_column (one.session_token, "person_id") == NULL, "…its token is worth nothing any more");
    is_number (harness_call (harness, "session_end", &end, NULL, &err), 0, "ending it again is no error");
    is_number (harness_bells (harness, "session"), 0, "…and rings nothing");
    is_number (harness_call (harness, "logout", &logout, &closed, &err), 0, "logging out");
    is (closed.session_token, "", "…empties the cookie");
    is_number (harness_bells (harness, "session"), 1, "…and rings");
    ok (actor_column (two.session_token, "person_id") == NULL, "…the session has ended");
    one = log_in ("desk");
    two = log_in ("nurse.sato");
    act_with (two.session_token);
    end.session_id = one.session_id;
    is_number (harness_call (harness, "session_end", &end, NULL, &err), -1, "somebody else's session cannot be ended");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…and looks as if it were not there");
    ok (actor_column (one.session_token, "person_id") != NULL, "…and goes on");
}

static void leaving (void)
{
    struct session_opened session, elsewhere;
    struct membership_end end = { PERSON (1), OFFICE (1) };
    struct membership_changed event;

    harness_sql (harness, "delete from session");
    session = log_in ("nurse.sato");
    act_as_operator ();
    must (put_membership (1, 2, ROLE_VISITING_NURSE), "second office");
    harness_sql (harness, "update session set started_at = started_at - interval '1 hour'");
    elsewhere = log_in ("nurse.sato");
    harness_sql (harness, "update session set office_id = '%s' where session_id = '%s'", OFFICE (2), elsewhere.session_id);
    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (harness_call (harness, "membership_end", &end, NULL, &err), 0, "S-05: a person leaves an office");
    is_number (harness_bells (harness, "session"), 1, "S-05: …the session there ends and the gateway hears of it");
    ok (actor_column (session.session_token, "person_id") == NULL, "S-05: …its token is worth nothing any more");
    ok (actor_column (elsewhere.session_token, "person_id") != NULL, "…the session in the other office goes on");
    ok (harness_last_event (harness, &membership_changed_message, &event) == 0 || event.roles.count == 0, "…and the event has no roles");
    is_number (harness_call (harness, "membership_end", &end, NULL, &err), 0, "leaving again is no error");
    is_number (harness_bells (harness, "session") + harness_bells (harness, "event"), 0, "…and tells nobody");
    harness_sql (harness, "update session set ended_at = null, ended_why = null where session_id = '%s'", session.session_id);
    ok (actor_column (session.session_token, "person_id") == NULL,
        "S-05: even a session that was not ended is nobody without the membership");
    is_number (harness_number (harness, "select count(*) from login_log where reason = 'left'"), 1, "the log says why");
}

static void choosing (void)
{
    struct session_opened session;
    struct office_choose choose = { .office_id = OFFICE (3) };
    struct session_now now = { 0 };
    struct session_now_answer answer;

    act_as_operator ();
    must (put_membership (1, 3, ROLE_VISITING_NURSE), "third office");
    session = log_in ("nurse.sato");
    act_with (session.session_token);
    must (harness_call (harness, "session_now", &now, &answer, &err), "now");
    is_number (answer.memberships.count, 2, "one sees all one's own offices, also in another municipality");
    is (answer.region, "みほん地域", "…and the region's name");
    is_number (harness_call (harness, "office_choose", &choose, NULL, &err), 0, "one may act for another of one's offices");
    is (actor_column (session.session_token, "municipality"), "012025", "…with that office's context");
    act_with (session.session_token);
    must (harness_call (harness, "session_now", &now, &answer, &err), "now");
    is (answer.municipality_name, "隣町", "…and the page says so");
    choose.office_id = OFFICE (1);
    is_number (harness_call (harness, "office_choose", &choose, NULL, &err), -1, "not for an office one has left");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…which looks as if it were not there");
}

int main (void)
{
    open_region ();
    tokens ();
    agreements ();
    lifetime ();
    seen_seldom ();
    desks ();
    locked_sessions ();
    foreign_ticket ();
    ending ();
    leaving ();
    choosing ();
    close_region ();
    return done ();
}
