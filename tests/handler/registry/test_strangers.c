/* What a stranger can do at the door: which messages yield a session, and that a name somebody has cannot be told from one nobody has
 * (S-01, S-02, S-08).  Work is compared, not time: processor time of this thread, rows left, look-ups made – so no busy machine matters. */
#include "people.h"
#include "sample.h"

#define PERSON_1 "0190a3b4-0000-7000-8000-00000000a001"
#define OFFICE_1 "0190a3b4-0000-7000-8000-00000000b001"
#define WRONG "wrong horse battery staple"

static struct arena arena;

static bool has_flag (const struct message_type *type, unsigned flag)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].flags & flag)
            return true;
    return false;
}

/* ---- S-01 ---------------------------------------------------------------------------------------------------------------------------- */

static void doors (void)
{
    const char *anyone = "", *cookies = "", *lasting = "";

    for (size_t i = 0; i < registry_service.route_count; i++) {
        const struct route *route = &registry_service.routes[i];

        if (route->anyone)
            anyone = arena_print (&arena, "%s %s", anyone, route->message->name);
        if (route->answer && has_flag (route->answer, IS_LASTING))
            lasting = arena_print (&arena, "%s %s", lasting, route->message->name);
        else if (route->answer && has_flag (route->answer, IS_COOKIE))
            cookies = arena_print (&arena, "%s %s", cookies, route->message->name);
    }
    is (anyone, " fhir_metadata fhir_read fhir_search letter_answer letter_open login_passkey login_passkey_start login_start login_totp"
        " open_data proof_answer proof_open public_desks public_facility public_facility_search public_region",
        "S-01: these are all the messages a stranger may send: to log in, by a letter's link, and what residents may read");
    is (cookies, " login_passkey login_totp logout", "S-01: …and these all that set or take the cookie: each opens by a second factor");
    is (lasting, " terminal_register", "S-01: …the terminal's cookie, which opens nothing, is set by this one alone");
}

/* Every message of registry, as far as a stranger, a locked session and a person of no role get. */
static void everything_else_is_shut (void)
{
    static const struct harness_actor locked = { .person = PERSON_1, .office = OFFICE_1, .municipality = "011002",
                                                 .roles = (1ull << ROLE_PARTNER) - 1, .strength = SESSION_STRENGTH_LOCKED },
                                      plain = { .person = PERSON_1, .office = OFFICE_1, .municipality = "011002" };
    const char *open_to_strangers = "", *open_to_locked = "", *open_to_nothing = "";

    for (size_t i = 0; i < registry_service.route_count; i++) {
        const struct route *route = &registry_service.routes[i];
        const void *message = sample_message (route->message, false, &arena);

        if (route->anyone || route->service)
            continue;
        harness_as (harness, NULL);
        if (harness_call (harness, route->message->name, message, NULL, &err) == 0 || err.key != ERROR_LOG_IN_FIRST)
            open_to_strangers = arena_print (&arena, "%s %s", open_to_strangers, route->message->name);
        harness_as (harness, &locked);
        if (!(route->message->flags & IS_LOCKED_TOO)
            && (harness_call (harness, route->message->name, message, NULL, &err) == 0 || err.key != ERROR_LOG_IN_FIRST))
            open_to_locked = arena_print (&arena, "%s %s", open_to_locked, route->message->name);
        harness_as (harness, &plain);
        if (harness_call (harness, route->message->name, message, NULL, &err) == 0 || err.key != ERROR_NOT_FOR_ROLE)
            open_to_nothing = arena_print (&arena, "%s %s", open_to_nothing, route->message->name);
    }
    is (open_to_strangers, "", "every other message sends a stranger to log in");
    is (open_to_locked, "", "S-07: …and a locked session, but for asking, unlocking and leaving");
    is (open_to_nothing, "", "…and somebody without a role does nothing");
}

static void halves (void)
{
    struct session_opened session;
    struct passkey_assertion none = { "AAAA", "AAAA", "AAAA", "AAAA", NULL };
    struct login_passkey passkey = { start_login ("nurse.sato", PASSWORD).ticket, &none };
    int64_t before = harness_number (harness, "select count(*) from session");

    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, PASSWORD, &session), -1, "S-01: two passwords are one factor");
    is_number (give_code (start_login ("nurse.sato", fresh_code ()).ticket, fresh_code (), &session), -1, "S-01: so are two codes");
    is_number (give_code (start_login ("nurse.sato", "").ticket, fresh_code (), &session), -1, "S-01: …no password and a code");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, "", &session), -1, "S-01: …a password and no code");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, "１２３４５６", &session), -1, "S-02: digits are ASCII");
    harness_as (harness, NULL);
    is_number (harness_call (harness, "login_passkey", &passkey, &session, &err), -1, "S-02: a passkey nobody has registered opens nothing");
    is_number (err.key, ERROR_LOGIN_WRONG, "…in the same words");
    is_number (harness_number (harness, "select count(*) from session"), before, "S-01: none of it opened a session");
    harness_sql (harness, "truncate login_throttle");
}

/* A ticket of one kind is worth nothing where another is wanted. */
static void foreign_tickets (void)
{
    struct session_opened session = log_in ("nurse.sato"), other;
    struct session_unlock_start unlock_start = { 0 };
    struct passkey_register_start register_start = { 0 };
    struct passkey_register_start_answer registering;
    struct login_start_answer unlocking;
    struct session_unlock unlock = { 0 };
    int64_t before = harness_number (harness, "select count(*) from session");

    act_with (session.session_token);
    must (harness_call (harness, "passkey_register_start", &register_start, &registering, &err), "register start");
    must (harness_call (harness, "session_unlock_start", &unlock_start, &unlocking, &err), "unlock start");
    is_number (give_code (unlocking.ticket, fresh_code (), &other), -1, "a ticket for unlocking opens no session");
    is_number (give_code (registering.ticket, fresh_code (), &other), -1, "…nor does one for registering a passkey");
    harness_clock (harness, 20 * 60 * 1000000LL);
    act_with (session.session_token);
    unlock = (struct session_unlock) { start_login ("nurse.sato", PASSWORD).ticket, fresh_code (), NULL };
    act_with (session.session_token);
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "…and one for log-in unlocks none");
    unlock.assertion = &(struct passkey_assertion) { "AAAA", "AAAA", "AAAA", "AAAA", NULL };
    is_number (harness_call (harness, "session_unlock", &unlock, NULL, &err), -1, "two second factors at once are refused");
    is_number (err.key, ERROR_FIELD_MISSING, "…as a form that is not filled in right");
    harness_clock (harness, 0);
    is_number (harness_number (harness, "select count(*) from session"), before, "no session came of it");
    harness_sql (harness, "truncate login_throttle");
}

/* ---- S-08 ---------------------------------------------------------------------------------------------------------------------------- */

static int64_t processor_us (void)
{
    struct timespec now;

    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int64_t work_of (const char *login)
{
    int64_t begun = processor_us ();

    start_login (login, WRONG);
    return processor_us () - begun;
}

static int compare (const void *a, const void *b)
{
    return (*(const int64_t *) a > *(const int64_t *) b) - (*(const int64_t *) a < *(const int64_t *) b);
}

static void same_work (void)
{
    enum { TIMES = 15 };
    int64_t known[TIMES], nobody[TIMES], hash = processor_us ();
    bool right;

    password_hash_verify (self.gate, NULL, WRONG, &right, &err);
    hash = processor_us () - hash;
    for (int i = 0; i < TIMES; i++) {
        known[i] = work_of ("nurse.sato");
        nobody[i] = work_of ("nobody.at.all");
        harness_sql (harness, "truncate login_throttle");
    }
    qsort (known, TIMES, sizeof *known, compare);
    qsort (nobody, TIMES, sizeof *nobody, compare);
    note ("median work: known %lld us, nobody %lld us, a hash %lld us", (long long) known[TIMES / 2], (long long) nobody[TIMES / 2], (long long) hash);
    ok (known[TIMES / 2] * 2 > hash && nobody[TIMES / 2] * 2 > hash, "S-08: a password is hashed for a name nobody has, too");
    ok (known[TIMES / 2] < nobody[TIMES / 2] * 3 / 2 && nobody[TIMES / 2] < known[TIMES / 2] * 3 / 2,
        "S-08: the first step costs as much for a name somebody has as for one nobody has");
}

/* Everything the two steps of one attempt leave behind, without what says who. */
static const char *traces_of (const char *login)
{
    struct login_start_answer start;
    struct session_opened session;
    const char *first;

    harness_sql (harness, "truncate login_throttle, login_ticket, login_log");
    start = start_login (login, WRONG);
    first = arena_print (&arena, "%zu %zu %zu", start.ticket ? strlen (start.ticket) : 0, strlen (start.challenge), start.credentials.count);
    give_code (start.ticket, fresh_code (), &session);
    return arena_print (&arena, "%s / %s %d %d %s / %s", first, error_name_of (&err), err.param_count, err.field_count,
                        harness_text (harness, "select string_agg (concat_ws (',', kind, tries, password_right, challenge is null, used_at is null), ';')"
                                               " from login_ticket"),
                        harness_text (harness, "select (select string_agg (concat_ws (',', scope, attempts, blocked_until is null), ';' order by scope)"
                                               " from login_throttle) || (select string_agg (concat_ws (',', event, login_key is null), ';' order by seq)"
                                               " from login_log)"));
}

static void same_traces (void)
{
    is (traces_of ("nurse.sato"), traces_of ("nobody.at.all"), "S-08: both steps answer and leave the same, whoever's the name is");
    harness_sql (harness, "truncate login_throttle, login_log");
}

/* Without the right to read accounts a step that looks one up fails loudly: so it is seen that both look. */
static void same_look_ups (void)
{
    const char *known = start_login ("nurse.sato", WRONG).ticket, *nobody = start_login ("nobody.at.all", WRONG).ticket;
    struct session_opened session;

    harness_sql (harness, "revoke select on account from renkei_registry_engine");
    ok (give_code (known, "123456", &session) < 0 && err.key != ERROR_LOGIN_WRONG, "S-08: the second step looks a known name's account up");
    ok (give_code (nobody, "123456", &session) < 0 && err.key != ERROR_LOGIN_WRONG, "S-08: …and does so for a name nobody has");
    ok (!start_login ("nobody.at.all", WRONG).ticket && err.key != ERROR_LOGIN_WRONG, "S-08: …as the first step does");
    harness_sql (harness, "grant select on account to renkei_registry_engine");
    harness_sql (harness, "truncate login_throttle");
}

/* Blocked is answered alike, too, and the block says nothing of the password. */
static void same_blocks (void)
{
    static const struct { const char *login, *password; } who[] = { { "nurse.sato", WRONG }, { "nurse.sato", PASSWORD }, { "nobody.at.all", WRONG } };
    int64_t begun[3] = { 0 };

    for (size_t i = 0; i < 3; i++) {
        harness_sql (harness, "truncate login_throttle");
        while (begun[i] < 20 && start_login (who[i].login, who[i].password).ticket)
            begun[i]++;
        is_number (err.key, ERROR_LOGIN_BLOCKED, "S-08: after some attempts a name must wait");
    }
    ok (begun[0] == 5 && begun[1] == 5 && begun[2] == 5, "S-08: …after as many, be it right, wrong or nobody's");
    harness_sql (harness, "truncate login_throttle");
}

/* Wrong codes count against the name; the right one at last takes all of it back. */
static void second_factors_count (void)
{
    const char *ticket = start_login ("nurse.sato", PASSWORD).ticket;
    struct session_opened session;

    for (int i = 0; i < 3; i++)
        give_code (ticket, "000000", &session);
    is_number (harness_number (harness, "select attempts from login_throttle where scope = 'login'"), 4, "S-08: a wrong code counts like an attempt");
    is_number (give_code (ticket, fresh_code (), &session), 0, "the right one opens the session");
    is_number (harness_number (harness, "select attempts from login_throttle where scope = 'login'"), 0, "…and takes all of them back");
    ticket = start_login ("nurse.sato", PASSWORD).ticket;
    for (int i = 0; i < 4; i++)
        give_code (ticket, "000000", &session);
    ok (!start_login ("nurse.sato", PASSWORD).ticket && err.key == ERROR_LOGIN_BLOCKED, "S-08: four wrong codes and the next attempt waits");
    is_number (harness_number (harness, "select count(*) from login_log where event = 'refused' and reason = 'code' and person_id is not null"), 7,
               "every one of them stands in the log");
    harness_sql (harness, "truncate login_throttle");
}

int main (void)
{
    open_region ();
    doors ();
    everything_else_is_shut ();
    halves ();
    foreign_tickets ();
    same_work ();
    same_traces ();
    same_look_ups ();
    same_blocks ();
    harness_sql (harness, "truncate login_log");
    second_factors_count ();
    close_region ();
    arena_done (&arena);
    return done ();
}
