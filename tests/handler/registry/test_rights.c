/* Rights follow the place: what a change of roles, a replaced account or another municipality means for who is logged in (S-05, S-07, S-09,
 * S-20), and that a refusal leaves nothing and tells nothing. */
#include "people.h"

static const int64_t minute = 60 * 1000000LL;
static struct arena arena;

/* ---- S-07: the idle lock follows the roles --------------------------------------------------------------------------------------------- */

static int64_t idle_of (const char *session_id)
{
    return harness_number (harness, "select coalesce (idle_seconds, -1) from session where session_id = '%s'", session_id);
}

static void roles_change_the_lock (void)
{
    struct session_opened desk, elsewhere, ended;

    act_as_operator ();
    must (put_person (2, "指令 次郎", "シレイ ジロウ", NULL), "person");
    must (put_membership (2, 2, ROLE_DISPATCH_DESK), "membership");
    must (put_membership (2, 1, ROLE_LAST_RESORT), "membership");
    must (put_account (2, "desk", PASSWORD), "account");
    ended = log_in ("desk");
    desk = log_in ("desk");
    elsewhere = log_in ("desk");
    harness_sql (harness, "insert into terminal (municipality, terminal_id, office_id, name, token_sha256, invited_by, invited_at, registered_by,"
                          " registered_at) select '011002', o, o, '指令台', sha256 (o::text::bytea), '%s', guard.now (), '%s', guard.now ()"
                          " from unnest (array['%s', '%s']::uuid[]) o", PERSON (2), PERSON (2), OFFICE (1), OFFICE (2));
    harness_sql (harness, "update session set office_id = '%s', terminal_id = '%s', idle_seconds = null where session_id in ('%s', '%s')", OFFICE (2),
                 OFFICE (2), desk.session_id, ended.session_id);
    harness_sql (harness, "update session set office_id = '%s', terminal_id = '%s', idle_seconds = null where session_id = '%s'", OFFICE (1), OFFICE (1),
                 elsewhere.session_id);
    harness_sql (harness, "update session set ended_at = guard.now (), ended_why = 'logout' where session_id = '%s'", ended.session_id);
    is_number (idle_of (desk.session_id), -1, "S-07: a dispatch desk's session at its terminal does not lock");
    act_as_operator ();
    is_number (put_membership (2, 2, ROLE_VISITING_NURSE), 0, "the desk becomes a nurse");
    is_number (idle_of (desk.session_id), 15 * 60, "S-07: …and the session that is open locks from now on");
    is_number (idle_of (elsewhere.session_id), -1, "…not the one in another office, where the role is as it was");
    is_number (idle_of (ended.session_id), -1, "…nor one that has ended");
    harness_clock (harness, 16 * minute);
    is (actor_column (desk.session_token, "locked"), "true", "S-07: left alone it is locked after a quarter of an hour");
    is (actor_column (elsewhere.session_token, "locked"), "false", "…the other one is not");
    harness_clock (harness, 0);
    act_as_operator ();
    is_number (put_membership (2, 2, ROLE_DISPATCH_DESK), 0, "and back");
    is_number (idle_of (desk.session_id), -1, "…the session stays open again");
    is (actor_column (desk.session_token, "array_to_string (roles, ',')"), "dispatch_desk", "S-05: roles count from the next request on");
    harness_sql (harness, "delete from session");
}

/* Somebody who left and comes back: what was opened before is not open again. */
static void coming_back (void)
{
    struct session_opened session = log_in ("nurse.sato");
    struct membership_end end = { PERSON (1), OFFICE (1) };

    act_as_operator ();
    must (harness_call (harness, "membership_end", &end, NULL, &err), "end");
    ok (actor_column (session.session_token, "person_id") == NULL, "S-05: who leaves is logged out");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, fresh_code (), &session), -1, "S-05: …and cannot log in without an office");
    is_number (log_lines ("reason = 'no office'"), 1, "…for that reason, which only the log says");
    ok (err.key == ERROR_LOGIN_WRONG && err.param_count == 0, "…the answer is as ever");
    harness_sql (harness, "truncate login_throttle");
    act_as_operator ();
    must (put_membership (1, 1, ROLE_VISITING_NURSE), "back");
    ok (actor_column (session.session_token ? session.session_token : "", "person_id") == NULL, "who comes back is not logged in by that");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, fresh_code (), &session), 0, "…but may log in");
    is_number (harness_number (harness, "select (ended_at is null)::int from membership where person_id = '%s'", PERSON (1)), 1, "one row, open again");
}

/* ---- S-09: a replaced account keeps nothing of the old one -------------------------------------------------------------------------------- */

static void add_passkey (const char *person_id, int number)
{
    harness_sql (harness, "insert into passkey (credential_id, person_id, algorithm, public_key, sign_count, label)"
                          " values (decode ('%02x', 'hex'), '%s', -7, '\\x01', 0, 'device')", number, person_id);
}

static void replacing (void)
{
    struct session_opened old, session;
    int64_t told = harness_events (harness, &authenticators_changed_message);

    harness_sql (harness, "delete from session");
    old = log_in ("nurse.sato");
    add_passkey (PERSON (1), 1);
    add_passkey (PERSON (1), 2);
    add_passkey (PERSON (2), 3);
    act_as_operator ();
    is_number (put_account (1, "nurse.sato", PASSWORD), 0, "the same account again");
    is_number (harness_number (harness, "select count(*) from passkey"), 3, "…takes no passkey away");
    ok (actor_column (old.session_token, "person_id") != NULL, "…and ends no session");
    is_number (put_account (1, "nurse.sato", "weak"), -1, "a weak password is refused");
    is_number (harness_number (harness, "select count(*) from passkey"), 3, "…and takes nothing away either");
    is_number (harness_events (harness, &authenticators_changed_message), told, "…and nothing is told");
    is_number (put_account (1, "sato.hanako", "another long passphrase"), 0, "the region replaces a lost account");
    is_number (harness_number (harness, "select count(*) from passkey where person_id = '%s'", PERSON (1)), 0,
               "S-09: …the passkeys of the lost device are factors no more");
    is_number (harness_number (harness, "select count(*) from passkey"), 1, "…nobody else's");
    is (authenticators_told (), "person 1: 1", "practice 02: …and it is told that one authenticator is left");
    ok (actor_column (old.session_token, "person_id") == NULL, "S-09: …its sessions have ended");
    is_number (harness_bells (harness, "session"), 1, "…and their streams hear of it");
    is_number (give_code (start_login ("nurse.sato", PASSWORD).ticket, fresh_code (), &session), -1, "the old name and password open nothing");
    is_number (give_code (start_login ("sato.hanako", "another long passphrase").ticket, fresh_code (), &session), 0, "…the new ones do");
    harness_sql (harness, "truncate login_throttle, totp_use");
    act_as_operator ();
    must (put_account (1, "nurse.sato", PASSWORD), "as before");
}

static void logins (void)
{
    static const struct { const char *login; enum error_key key; const char *name; } table[] = {
        { "", ERROR_TEXT_EMPTY, "an empty login" }, { "a b", ERROR_FIELD_WRONG_TYPE, "one with a blank" }, { "a\tb", ERROR_FIELD_WRONG_TYPE, "…a tab" },
        { "ｎｕｒｓｅ", ERROR_FIELD_WRONG_TYPE, "…letters that another keyboard writes otherwise" }, { "看護師", ERROR_FIELD_WRONG_TYPE, "…kanji" },
        { "nurse\x7f", ERROR_FIELD_WRONG_TYPE, "…a control character" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        act_as_operator ();
        ok (put_account (2, table[i].login, PASSWORD) < 0 && err.key == table[i].key && strcmp (err.fields[0].pointer, "/login") == 0, table[i].name);
    }
    is (harness_text (harness, "select login from account where person_id = '%s'", PERSON (2)), "desk", "the account is as it was");
}

/* ---- S-20: another municipality ----------------------------------------------------------------------------------------------------------- */

/* What the tables hold; equal before and after what was refused. */
static const char *state (void)
{
    return harness_text (harness, "select md5 (string_agg (r::text, '|' order by r::text)) from ("
                                  " select t::text as r from municipality t union all select t::text from agreement t union all select t::text from person t"
                                  " union all select t::text from office t union all select t::text from membership t union all select t::text from account t"
                                  " union all select t::text from subject t union all select t::text from event_log t) all_rows (r)");
}

/* Refused, with nothing changed; the refusal as text, so that two can be compared. */
static const char *refusal_of (const char *message, const void *in, const char *name)
{
    const char *before = state (), *after;
    int status = harness_call (harness, message, in, NULL, &err);

    after = state ();
    ok (status < 0 && strcmp (before, after) == 0, name);
    return arena_print (&arena, "%s %d %d", status < 0 ? error_name_of (&err) : "done", err.param_count, err.field_count);
}

static void neighbours (void)
{
    static const int nurse[] = { ROLE_VISITING_NURSE };
    static const char nobody[] = "0190a3b4-0000-7000-8000-00000000ffff";
    struct person_put person = { PERSON (1), "乗っ取り", "ノットリ", NULL, NULL };
    struct office_put office = { .office_id = OFFICE (1), .municipality = "011002", .name = "乗っ取り" };
    struct membership_put join = { PERSON (1), OFFICE (1), { nurse, 1 } };
    struct membership_end leave = { PERSON (1), OFFICE (1) };
    struct account_put account = { .person_id = PERSON (1), .login = "stolen", .password = PASSWORD, .totp_secret = SECRET_32 };
    struct session_end end = { log_in ("nurse.sato").session_id };
    const char *known;

    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    refusal_of ("office_put", &office, "S-20: an officer next door changes no office here");
    office.municipality = "012025";
    refusal_of ("office_put", &office, "S-20: …nor takes it over by saying it is his");
    refusal_of ("membership_put", &join, "S-20: …lets nobody work here");
    refusal_of ("person_put", &person, "S-20: …renames nobody who works here");
    known = refusal_of ("account_put", &account, "S-20: …gives nobody here another account");
    account.person_id = nobody;
    is (refusal_of ("account_put", &account, "…nor somebody there is not"), known, "…and both are refused alike");
    known = refusal_of ("membership_end", &leave, "S-20: …ends nobody's work here");
    leave.person_id = nobody;
    is (refusal_of ("membership_end", &leave, "…nor that of somebody there is not"), known, "…and both are refused alike");
    known = refusal_of ("session_end", &end, "S-20: …ends no session of anybody here");
    end.session_id = nobody;
    is (refusal_of ("session_end", &end, "…nor one there is not"), known, "…and both are refused alike");
    is_number (harness_sees (harness, "select count(*) from membership where municipality <> '012025'"), 0,
               "S-20: at database level, without any where, only the own municipality's memberships are there");
    is_number (harness_sees (harness, "select count(*) from import where municipality <> '012025'") +
               harness_sees (harness, "select count(*) from upload where municipality <> '012025'"), 0, "…and imports and files");
}

/* A context nobody signed opens nothing, whatever it says. */
static void forged_contexts (void)
{
    static const char *const contexts[] = {
        "", "v1", "v1|a|b|c|d|e|f|g", "v1|" "0190a3b4-0000-7000-8000-00000000a001|0190a3b4-0000-7000-8000-00000000b001|011002|011002,012025|care|9999999999999999|00",
    };
    struct session_opened session = log_in ("nurse.sato");

    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++)
        is_number (harness_number (harness, "with c as materialized (select set_config ('renkei.context', '%s', true) as set)"
                                            " select (guard.person () is null and guard.office () is null and coalesce (cardinality (guard.municipalities ()), 0) = 0)::int"
                                            " from c where set is not null", contexts[i]), 1, "S-20: a context nobody signed is none");
    is_number (harness_number (harness, "with c as materialized (select set_config ('renkei.context', context || ',012025', true) as set"
                                        " from session_actor (sha256 ('%s'))) select (guard.person () is null)::int from c where set is not null",
                               session.session_token), 1, "S-20: nor is one with something behind its signature");
    harness_clock (harness, 6 * minute);
    is_number (harness_number (harness, "with s as materialized (select context from session_actor (sha256 ('%s')))"
                                        " select (guard.to_us (guard.now ()) < split_part (context, '|', 7)::bigint)::int from s", session.session_token),
               1, "a context is made anew for each request and good for five minutes");
    harness_clock (harness, 0);
}

/* What only who runs the region may do, as everybody else. */
static void region_only (void)
{
    static const enum role others[] = { ROLE_VISITING_NURSE, ROLE_DOCTOR, ROLE_CARE_MANAGER, ROLE_MUNICIPAL_OFFICER, ROLE_SERVICE_MANAGER };
    static const int operator[] = { ROLE_OPERATOR }, prefecture[] = { ROLE_PREFECTURE };
    struct municipality_put municipality = { .code = "011002", .prefecture = "北海道", .name = "別名" };
    struct agreement_put agreement = { .agreement_id = AGREEMENT, .giving = "012025", .receiving = "011002", .from = "2026-04-01" };
    struct membership_put grant = { PERSON (1), OFFICE (1), { operator, 1 } };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        act (PERSON (1), OFFICE (1), "011002", others[i]);
        refusal_of ("municipality_put", &municipality, arena_print (&arena, "%s changes no municipality", enum_name (&role_type, (int) others[i])));
        refusal_of ("agreement_put", &agreement, "…and makes no agreement");
        refusal_of ("membership_put", &grant, "…and makes nobody operator");
    }
    act (PERSON (1), OFFICE (1), "011002", ROLE_MUNICIPAL_OFFICER);
    grant.roles = (struct enum_list) { prefecture, 1 };
    refusal_of ("membership_put", &grant, "the prefecture's role is the region's to give, too");
}

/* The region must not be left to nobody: the first operator's file counts only while there is no account. */
static void the_last_one_stays (void)
{
    static const int nurse[] = { ROLE_VISITING_NURSE };
    const char *operator = harness_text (harness, "select person_id from account where login = 'operator'"),
               *office = harness_text (harness, "select office_id from office where municipality = '000000'");
    struct membership_end leave = { operator, office };
    struct membership_put less = { operator, office, { nurse, 1 } };
    struct membership_put second = { PERSON (2), office, { (const int[]) { ROLE_ADMINISTRATOR }, 1 } };

    act_as_operator ();
    is (refusal_of ("membership_end", &leave, "the last who runs the region cannot leave"), "not_for_role 0 0", "…and is told so");
    refusal_of ("membership_put", &less, "…nor become something else");
    must (put_person (4, "田中 四郎", "タナカ シロウ", NULL), "person");
    second.person_id = PERSON (4);
    must (harness_call (harness, "membership_put", &second, NULL, &err), "an administrator without an account");
    refusal_of ("membership_end", &leave, "a second one who cannot log in does not count");
    second.person_id = PERSON (2);
    must (harness_call (harness, "membership_put", &second, NULL, &err), "an administrator with an account");
    is_number (harness_call (harness, "membership_end", &leave, NULL, &err), 0, "with a second one the first may go");
    act (PERSON (2), office, "000000", ROLE_ADMINISTRATOR);
    leave.person_id = PERSON (2);
    refusal_of ("membership_end", &leave, "…and then the second is the last");
}

int main (void)
{
    open_region ();
    roles_change_the_lock ();
    coming_back ();
    replacing ();
    logins ();
    neighbours ();
    forged_contexts ();
    region_only ();
    the_last_one_stays ();
    close_region ();
    arena_done (&arena);
    return done ();
}
