/* Log-in: two factors, nothing told to strangers, everything written down (S-01, S-03, S-08). */
#include "people.h"

static void both_factors (void)
{
    struct login_start_answer start = start_login ("nurse.SATO", PASSWORD);
    struct session_opened session = { 0 };
    const char *code = fresh_code ();

    ok (start.ticket && strlen (start.ticket) == 43 && strlen (start.challenge) == 43,
        "a ticket and a challenge of 256 bits; the name in any case of letters");
    is_number (harness_number (harness, "select count(*) from session"), 0, "S-01: the password alone opens no session");
    is_number (give_code (start.ticket, code, &session), 0, "S-01: password and code open one");
    is (session.name, "佐藤 花子", "…and say whose");
    is_number (session.idle_minutes, 15, "S-07: …and when it locks");
    is_number (harness_number (harness, "select count(*) from session where token_sha256 = sha256 ('%s')", session.session_token), 1,
               "only the token's SHA-256 is kept");
    is (actor_column (session.session_token, "person_id"), PERSON (1), "session_actor knows the token");
    is_number (log_lines ("event = 'opened' and reason = 'totp' and person_id is not null"), 1, "the log has a line");
    is_number (harness_number (harness, "select count(*) from login_throttle where attempts > 0"), 0,
               "a complete log-in takes its attempt back");
    is_number (give_code (start.ticket, fresh_code (), &session), -1, "the ticket does not work twice");
    is_number (err.key, ERROR_LOGIN_WRONG, "…and the answer says only that log-in failed");
}

static void a_code_once (void)
{
    struct session_opened session = { 0 };
    const char *code = fresh_code ();

    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, code, &session), 0, "a code works");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, code, &session), -1,
               "the same code again is refused, with a new ticket and the right password");
    is_number (log_lines ("reason = 'code used before'"), 1, "…once in the log, with its reason");
}

static void unknown_and_wrong (void)
{
    struct login_start_answer wrong = start_login ("nurse.sato", "wrong horse battery staple"), nobody;
    struct session_opened session;
    struct error first;

    ok (wrong.ticket != NULL, "S-08: a wrong password gets a ticket");
    nobody = start_login ("nobody.at.all", "wrong horse battery staple");
    ok (nobody.ticket != NULL, "S-08: …and so does a name nobody has");
    ok (strlen (wrong.ticket) == strlen (nobody.ticket) && wrong.credentials.count == 0 && nobody.credentials.count == 0,
        "…of the same shape");
    is_number (give_code (wrong.ticket, fresh_code (), &session), -1, "S-08: the right code does not help a wrong password");
    first = err;
    is_number (give_code (nobody.ticket, fresh_code (), &session), -1, "S-08: nor a name nobody has");
    ok (err.key == first.key && err.param_count == first.param_count && err.field_count == first.field_count, "…with the same words");
    is_number (log_lines ("event = 'refused' and reason = 'password'"), 2, "the log knows the reasons");
    is_number (log_lines ("event = 'refused' and reason = 'name'"), 1, "…of both");
    is_number (harness_number (harness, "select count(*) from login_log l where l::text ilike '%%nobody.at.all%%'"), 0,
               "…but not the name as typed");
    harness_sql (harness, "truncate login_throttle");
}

static void tickets (void)
{
    struct login_start_answer start = start_login ("nurse.sato", PASSWORD);
    struct session_opened session;

    for (int i = 0; i < 5; i++)
        is_number (give_code (start.ticket, "000000", &session), -1, "a wrong code is refused");
    is_number (give_code (start.ticket, fresh_code (), &session), -1, "after five wrong codes the right one is, too");
    is_number (err.key, ERROR_LOGIN_WRONG, "…with the same words");
    harness_sql (harness, "truncate login_throttle");
    start = start_login ("nurse.sato", PASSWORD);
    harness_clock (harness, 301 * 1000000LL);
    is_number (give_code (start.ticket, fresh_code (), &session), -1, "a ticket is good for five minutes");
    harness_clock (harness, 0);
    is_number (give_code ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", fresh_code (), &session), -1, "a made-up ticket is refused");
    harness_sql (harness, "truncate login_throttle");
}

static void throttling (void)
{
    struct session_opened session;

    for (int i = 0; i < 5; i++)
        ok (start_login ("victim", "wrong horse battery staple").ticket != NULL, "S-08: five attempts may begin");
    ok (start_login ("victim", "wrong horse battery staple").ticket == NULL && err.key == ERROR_LOGIN_BLOCKED, "S-08: the sixth must wait");
    is (err.params[0].value, "1", "…a minute");
    is_number (log_lines ("event = 'blocked' and reason = 'login'"), 1, "…and stands in the log");
    ok (start_login ("nurse.sato", PASSWORD).ticket != NULL, "another name is not held up");
    harness_clock (harness, 61 * 1000000LL);
    ok (start_login ("victim", "wrong horse battery staple").ticket != NULL, "after a minute one more may begin");
    ok (start_login ("victim", "wrong horse battery staple").ticket == NULL, "…and the next waits");
    is (err.params[0].value, "2", "…twice as long");
    harness_clock (harness, 0);
    harness_sql (harness, "truncate login_throttle");
    for (int i = 0; i < 4; i++)
        start_login ("nurse.sato", "wrong horse battery staple");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, fresh_code (), &session), 0,
               "four slips of the finger do not stop the fifth, right attempt");
    is_number (harness_number (harness, "select max (attempts) from login_throttle where scope = 'login'"), 0,
               "…after which counting begins anew");
    harness_sql (harness, "truncate login_throttle");
}

static void by_source (void)
{
    self.source_failures = 3;
    harness_source (harness, "192.0.2.7");
    start_login ("a.one", "wrong horse battery staple");
    start_login ("b.two", "wrong horse battery staple");
    start_login ("c.three", "wrong horse battery staple");
    ok (start_login ("d.four", "wrong horse battery staple").ticket == NULL && err.key == ERROR_LOGIN_BLOCKED,
        "S-08: many names from one source must wait as well");
    harness_source (harness, "192.0.2.8");
    ok (start_login ("d.four", "wrong horse battery staple").ticket != NULL, "…another source need not");
    self.source_failures = 1000;
    harness_sql (harness, "truncate login_throttle");
}

static void bootstrap (void)
{
    is_number (harness_number (harness, "select count(*) from account where login = 'operator'"), 1,
               "the first operator came from the file");
    must (first_operator_make (&self, "/nonexistent", &err), "second time");
    ok (1, "the file is not even read when there is an account");
    is_number (harness_number (harness, "select count(*) from event_log where type like '%%membership%%' and municipality = '000000'"), 0,
               "nothing was announced about the operator");
    is (actor_column (log_in ("operator").session_token, "array_to_string (roles, ',')"), "administrator,operator",
        "the operator can log in");
}

static void secrets_stay (void)
{
    is_number (harness_number (harness, "select count(*) from account where totp_sealed::text like '%%3132333435363738%%'"), 0,
               "one-time-code secrets are sealed at rest");
    is_number (harness_number (harness, "select has_column_privilege ('renkei_registry', 'account', 'password_hash', 'select')::int"), 0,
               "the command role cannot read a password hash");
    is_number (harness_number (harness, "select has_column_privilege ('renkei_registry', 'account', 'totp_sealed', 'select')::int"), 0,
               "…nor a sealed secret");
    is_number (harness_number (harness, "select has_column_privilege ('renkei_registry', 'session', 'token_sha256', 'select')::int"), 0,
               "…nor a token's digest");
    is_number (harness_number (harness, "select has_table_privilege ('renkei_registry_engine', 'login_log', 'update')::int"
                                        "     + has_table_privilege ('renkei_registry_engine', 'login_log', 'delete')::int"), 0,
                                                                     "the log-in log only grows");
    is_number (harness_number (harness, "select count(*) from information_schema.role_table_grants where grantee = 'renkei_gateway'"), 0,
               "the gateway has no table at all");
}

int main (void)
{
    open_region ();
    bootstrap ();
    harness_sql (harness, "truncate session, login_log");
    both_factors ();
    a_code_once ();
    unknown_and_wrong ();
    tickets ();
    throttling ();
    by_source ();
    secrets_stay ();
    close_region ();
    return done ();
}
