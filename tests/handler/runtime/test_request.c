/* One request in one transaction: what is kept, what is refused, who sees what. */
#include "probe.h"
#include "clock.h"

static void test_write_and_read (struct harness *harness)
{
    char id[37];
    struct events_of query = { .subject = probe_id (id, 1) };
    struct event_page page = { 0 };
    struct error err;

    is_number (probe_note (harness, 1, "first", &err), 0, "a nurse writes a note");
    is_number (harness_number (harness, "select count(*) from note where municipality = '011002'"), 1, "it stands in her municipality");
    is_number (harness_call (harness, "events_of", &query, &page, &err), 0, "she reads it");
    is_number (harness_number (harness, "select count(*) from ledger where person = '" NURSE "' and subjects = array['%s'::uuid]"
               " and message = 'events_of' and ground = 'test'", id), 1, "the read stands in the ledger");
}

static void test_refusals (struct harness *harness)
{
    struct error err;

    is_number (probe_note (harness, 2, "refuse", &err), -1, "a refusal is a refusal");
    is_number (err.key, ERROR_ALREADY_ENDED, "with its key");
    is_number (probe_note (harness, 2, "late refuse", &err), -1, "a refusal after a write");
    is_number (harness_number (harness, "select count(*) from note where text like '%%refuse'"), 0, "refused commands leave nothing");
    is_number (probe_note (harness, 2, "sql error", &err), -1, "a database error is a refusal");
    is_number (err.key, ERROR_MALFORMED, "as malformed");
    is (err.sqlstate, "22012", "and the SQLSTATE is known");
    ok (!strstr (err.detail, "division"), "the detail quotes no message that could hold a value");
    is_number (probe_note (harness, 2, "late error", &err), -1, "a queued statement that fails is a refusal too");
    is_number (err.key, ERROR_MALFORMED, "with the same key");
    is_number (probe_note (harness, 1, "first again", &err), -1, "an id that is taken is refused");
    is_number (err.key, ERROR_ALREADY_THERE, "as already there");
    is_number (probe_note (harness, 3, "after all that", &err), 0, "the connection goes on afterwards");
}

static void test_context (struct harness *harness)
{
    struct harness_actor actor = probe_nurse;
    struct error err;

    actor.expires_in_us = -1;
    harness_as (harness, &actor);
    is_number (probe_note (harness, 10, "expired", &err), -1, "an expired context is refused (S-20)");
    is_number (err.key, ERROR_LOG_IN_FIRST, "as log_in_first");
    is_number (harness_sees (harness, "select count(*) from note"), 0, "and sees no row");
    actor = probe_nurse;
    actor.municipality = "011003";
    harness_as (harness, &actor);
    is_number (harness_sees (harness, "select count(*) from note"), 0, "another municipality sees no row");
    harness_as (harness, NULL);
    is_number (harness_sees (harness, "select count(*) from note"), 0, "without a context no row is seen");
    is_number (probe_note (harness, 11, "nobody", &err), -1, "nobody may not write");
    is_number (err.key, ERROR_LOG_IN_FIRST, "nobody is told to log in");
    harness_as (harness, &probe_nurse);
    ok (harness_sees (harness, "select count(*) from note") > 0, "the nurse sees her notes");
    is_number (harness_sees (harness, "select count (guard.municipalities ()) from (select set_config ('renkei.context',"
               " replace (current_setting ('renkei.context'), '|011002|', '|011003|'), true) offset 0) s"), 0,
               "a changed context is worth nothing (S-20)");
}

static void test_mark (struct harness *harness)
{
    const char *context = harness_text (harness, "select guard.sign ('v1|%s|%s|011002|011002|care|' || guard.to_us (guard.now () + interval"
                                                 " '1 minute'))", probe_nurse.person, probe_nurse.office);

    harness_sql (harness, "begin");
    harness_sql (harness, "select guard.enter ('%s')", context);
    is_number (harness_number (harness, "select count (guard.municipalities ())"), 1, "S-20: a context that was entered is in force");
    harness_sql (harness, "commit");
    harness_sql (harness, "begin");
    is_number (harness_number (harness, "select count (guard.municipalities ()) from (select set_config ('renkei.context', '%s', true)"
                                        " offset 0) s", context), 0, "S-20: ...not in a later transaction that only sets it");
    is_number (harness_number (harness, "select guard.enter ('%s')::int", context), 1, "S-20: ...it is entered again");
    harness_sql (harness, "commit");
}

static void test_roles (struct harness *harness)
{
    struct harness_actor actor = probe_nurse;
    struct error err;

    actor.roles = ROLE_BIT (ROLE_HELPER);
    harness_as (harness, &actor);
    is_number (probe_note (harness, 12, "helper", &err), -1, "another role is refused");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "as not_for_role");
    actor = probe_nurse;
    actor.principal = "svc:sharing";
    harness_as (harness, &actor);
    is_number (probe_note (harness, 12, "forged", &err), -1, "a service may not send a person's command");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "as not_for_role");
    harness_as (harness, &probe_nurse);
}

static void test_idempotency (struct harness *harness)
{
    int runs = probe_runs;
    struct error err;

    harness_key (harness, "key-1");
    is_number (probe_note (harness, 20, "once", &err), 0, "a command with a key");
    harness_key (harness, "key-1");
    is_number (probe_note (harness, 20, "once", &err), 0, "comes a second time and gets its answer");
    ok (harness_replayed (harness), "the kept one");
    is_number (probe_runs - runs, 1, "the handler ran once");
    harness_key (harness, "key-1");
    is_number (probe_note (harness, 20, "other", &err), -1, "the same key with another body is refused");
    is_number (err.key, ERROR_KEY_REUSED, "as key_reused");
    harness_key (harness, "key-2");
    is_number (probe_note (harness, 21, "refuse", &err), -1, "a refusal is not kept");
    harness_key (harness, "key-2");
    is_number (probe_note (harness, 21, "now it goes", &err), 0, "so the key may be used again");
}

static void test_events (struct harness *harness)
{
    struct sheet_updated event = { 0 };
    struct error err;
    char id[37];

    is_number (probe_note (harness, 30, "announce", &err), 0, "a command announces");
    is_number (harness_events (harness, &sheet_updated_message), 1, "the event stands in the log");
    is_number (harness_last_event (harness, &sheet_updated_message, &event), 0, "and can be read");
    is (event.patient_id, probe_id (id, 30), "about its subject");
    is_number (harness_number (harness, "select version from subject where id = '%s'", id), 1, "whose version is 1");
    is_number (harness_bells (harness, "event"), 1, "the doorbell rang once");
    probe_note (harness, 31, "ring", &err);
    is_number (harness_bells (harness, "feed"), 1, "a handler's own bell rings after commit");
}

int main (void)
{
    struct harness *harness = probe_open ();

    test_write_and_read (harness);
    test_refusals (harness);
    test_context (harness);
    test_mark (harness);
    test_roles (harness);
    test_idempotency (harness);
    test_events (harness);
    harness_close (&harness);
    return done ();
}
