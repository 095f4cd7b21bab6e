/* Passkeys: registered in a session, used once a challenge, only by their owner (S-02). */
#include "people.h"

#include "authenticator.h"

static struct arena arena;
static struct authenticator authenticator;

static int register_with (const char *ticket, const char *challenge)
{
    struct authenticator_answer made = authenticator_create (&authenticator, challenge, &arena);
    struct passkey_register put = { ticket, made.client_data, made.attestation, "みほんの端末" };

    return harness_call (harness, "passkey_register", &put, NULL, &err);
}

static void registering (void)
{
    struct passkey_register_start start = { 0 };
    struct passkey_register_start_answer answer, again;
    struct session_opened session = log_in ("nurse.sato");
    int64_t told = harness_events (harness, &authenticators_changed_message);

    act_with (session.session_token);
    must (harness_call (harness, "passkey_register_start", &start, &answer, &err), "start");
    is (answer.login, "nurse.sato", "the browser is told the login");
    is (answer.relying_party, "localhost", "…and the host the passkey belongs to");
    must (harness_call (harness, "passkey_register_start", &start, &again, &err), "start again");
    is_number (register_with (answer.ticket, again.challenge), -1, "a challenge belongs to its ticket");
    is_number (harness_events (harness, &authenticators_changed_message), told, "...and nothing is told of what was refused");
    is_number (register_with (again.ticket, again.challenge), 0, "S-02: a passkey is registered");
    is (authenticators_told (), "person 1: 2", "practice 02: it is told that there are two authenticators now");
    is_number (register_with (again.ticket, again.challenge), -1, "…once a ticket");
    must (harness_call (harness, "passkey_register_start", &start, &answer, &err), "start");
    is_number (register_with (answer.ticket, answer.challenge), -1, "the same credential a second time is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "…as already there");
    is_number (harness_number (harness, "select count(*) from passkey"), 1, "one passkey is kept");
    is_number (log_lines ("event = 'passkey_added'"), 1, "…and in the log");
    is_number (harness_events (harness, &authenticators_changed_message), told + 1, "…and told once");
}

static int log_in_with (const char *ticket, const char *challenge, struct session_opened *session)
{
    struct authenticator_answer made;
    struct passkey_assertion assertion;
    struct login_passkey login = { ticket, &assertion };

    made = authenticator_get (&authenticator, challenge, &arena);
    assertion = (struct passkey_assertion) { made.credential_id, made.client_data, made.authenticator_data, made.signature, NULL };
    harness_as (harness, NULL);
    return harness_call (harness, "login_passkey", &login, session, &err);
}

static void logging_in (void)
{
    struct login_start_answer start = start_login ("nurse.sato", PASSWORD), wrong;
    struct session_opened session;

    is_number (start.credentials.count, 0, "S-08: log-in names no credential: that would tell who exists");
    authenticator.count = 1;
    is_number (log_in_with (start.ticket, start.challenge, &session), 0, "S-02: password and passkey open a session");
    is (actor_column (session.session_token, "strength"), "passkey", "…and it says so");
    is_number (log_in_with (start.ticket, start.challenge, &session), -1, "a challenge is used once");
    start = start_login ("nurse.sato", PASSWORD);
    is_number (log_in_with (start.ticket, start.challenge, &session), -1, "a signature counter that stands still is refused");
    authenticator.count = 2;
    wrong = start_login ("nurse.sato", "wrong horse battery staple");
    is_number (log_in_with (wrong.ticket, wrong.challenge, &session), -1, "S-01: the passkey does not help a wrong password");
    wrong = start_login ("desk", PASSWORD);
    is_number (log_in_with (wrong.ticket, wrong.challenge, &session), -1, "somebody else's passkey is refused");
    start = start_login ("nurse.sato", PASSWORD);
    authenticator.count = 3;
    authenticator.flags = 1;
    is_number (log_in_with (start.ticket, start.challenge, &session), -1, "without user verification it is refused");
    authenticator.flags = 5;
    is_number (log_in_with (start.ticket, start.challenge, &session), 0, "…the same ticket is good for another try");
    is_number (harness_number (harness, "select sign_count from passkey"), 3, "the counter is kept");
    harness_sql (harness, "truncate login_throttle");
}

/* A shared tablet, a change of shift: nobody types a name or a password. */
static void alone (void)
{
    struct login_passkey_start message = { 0 };
    struct login_start_answer start;
    struct session_opened session;
    struct login_totp code = { 0 };

    harness_as (harness, NULL);
    must (harness_call (harness, "login_passkey_start", &message, &start, &err), "start");
    is_number (start.credentials.count, 0, "a log-in by passkey alone names no credential");
    authenticator.count = 8;
    is_number (log_in_with (start.ticket, start.challenge, &session), 0, "a passkey alone opens a session of its owner");
    is (session.person_id, PERSON (1), "…whom it names");
    is (actor_column (session.session_token, "strength"), "passkey", "…and it says so");
    is_number (log_in_with (start.ticket, start.challenge, &session), -1, "…once a ticket");
    harness_as (harness, NULL);
    must (harness_call (harness, "login_passkey_start", &message, &start, &err), "start");
    code.ticket = start.ticket;
    code.code = "123456";
    is_number (harness_call (harness, "login_totp", &code, &session, &err), -1, "a one-time code does not stand for the password");
    is_number (err.key, ERROR_LOGIN_WRONG, "…in the usual words");
    authenticator.credential_id[0] ^= 1;
    authenticator.count++;
    is_number (log_in_with (start.ticket, start.challenge, &session), -1, "a passkey nobody has registered opens nothing");
    is_number (err.key, ERROR_LOGIN_WRONG, "…and is told the same");
    authenticator.credential_id[0] ^= 1;
}

static void unlocking (void)
{
    struct session_opened session = log_in ("nurse.sato");
    struct session_unlock_start start = { 0 };
    struct login_start_answer answer;
    struct authenticator_answer made;
    struct passkey_assertion assertion;
    struct session_unlock unlock = { 0 };

    harness_clock (harness, 20 * 60 * 1000000LL);
    act_with (session.session_token);
    must (harness_call (harness, "session_unlock_start", &start, &answer, &err), "start");
    is_number (answer.credentials.count, 1, "one's own credentials are named when unlocking");
    authenticator.count = 4;
    made = authenticator_get (&authenticator, answer.challenge, &arena);
    assertion = (struct passkey_assertion) { made.credential_id, made.client_data, made.authenticator_data, made.signature, NULL };
    unlock = (struct session_unlock) { answer.ticket, NULL, &assertion };
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), 0, "S-07: a passkey unlocks a session");
    is (actor_column (session.session_token, "locked"), "false", "…and it is open again");
    harness_clock (harness, 0);
}

int main (void)
{
    open_region ();
    act_as_operator ();
    must (put_person (2, "指令 次郎", "シレイ ジロウ", NULL), "person");
    must (put_membership (2, 2, ROLE_DISPATCH_DESK), "membership");
    must (put_account (2, "desk", PASSWORD), "account");
    is (authenticators_told (), "person 2: 1", "practice 02: of a new account it is told that there is one authenticator");
    authenticator = authenticator_new (AUTHENTICATOR_ES256, 42);
    registering ();
    logging_in ();
    unlocking ();
    alone ();
    authenticator_done (&authenticator);
    arena_done (&arena);
    close_region ();
    return done ();
}
