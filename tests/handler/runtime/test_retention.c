/* How long things are kept: what retain () deletes and drops, what it must not, and how it behaves beside others; and the rights on
 * uploads. */
#include <pthread.h>
#include "probe.h"

#define LETTERS "018f3a00-0000-7000-8000-0000000000aa"

static int64_t retain (struct harness *harness)
{
    return harness_number (harness, "select retain ()");
}

static int64_t count (struct harness *harness, const char *table)
{
    return harness_number (harness, "select count(*) from %s", table);
}

static bool fails (const char *role, const char *sql)
{
    char command[900];

    snprintf (command, sizeof command, "psql -q -X -v ON_ERROR_STOP=1 \"$RENKEI_TEST_DATABASE user=%s\" -c \"%s\" >/dev/null 2>&1", role,
              sql);
    return system (command) != 0;
}

/* ---- rows -------------------------------------------------------------------------------------------------------------------------- */

/* One row each just inside and just outside of its time. */
static void every_table_by_its_own_time (struct harness *harness)
{
    static const struct { const char *table, *columns, *values; } rows[] = {
        { "idempotency", "actor, command, key, fingerprint", "'a', 'c', gen_random_uuid ()::text, ''" },
        { "inbox", "event_id, source", "gen_random_uuid (), 'sharing'" },
        { "hearing_attempt", "event_id, source, attempts, subject, version", "gen_random_uuid (), 'sharing', 1, gen_random_uuid (), 1" },
        { "denial", "principal, message, reason", "'gateway', 'sheet', 'not_for_you'" },
        { "upload", "id, municipality, person, name, size", "gen_random_uuid (), '011002', gen_random_uuid (), 'a.csv', 3" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[120];

        harness_sql (harness, "delete from %s", rows[i].table);
        for (int late = 0; late < 2; late++)
            harness_sql (
                harness,
                "insert into %s (%s, recorded_at) select %s, now () - keep %s interval '1 minute' from retention where table_name = '%s'",
                rows[i].table, rows[i].columns, rows[i].values, late ? "-" : "+", rows[i].table);
        ok (retain (harness) >= 1, "something is past its time");
        snprintf (name, sizeof name, "...of %s the row that is, and no other", rows[i].table);
        is_number (count (harness, rows[i].table), 1, name);
        is_number (harness_number (harness,
                                   "select count(*) from %s t, retention r where r.table_name = '%s' and t.recorded_at > now () - r.keep",
                                   rows[i].table, rows[i].table),
                   1, "...the younger one stays");
        harness_sql (harness, "delete from %s", rows[i].table);
    }
    is_number (retain (harness), 0, "the second time there is nothing to do");
}

static void a_great_many_rows_go_in_steps (struct harness *harness)
{
    harness_sql (harness,
                 "insert into denial (principal, message, reason, recorded_at) select 'gateway', 'm', 'r', now () - interval '401 days'"
                 " from generate_series (1, 12000)");
    is_number (retain (harness), 5000, "five thousand rows a call, so that no transaction grows long");
    is_number (count (harness, "denial"), 7000, "...the rest waits");
    is_number (retain (harness), 5000, "the next five thousand");
    is_number (retain (harness), 2000, "the last");
    is_number (retain (harness), 0, "and no more");
}

static void an_upload_goes_with_its_parts (struct harness *harness)
{
    harness_sql (harness,
                 "insert into upload values ('" LETTERS "', '011002', '" NURSE "', 'a', 3, null, null, now () - interval '8 days')");
    harness_sql (harness, "insert into upload_part values ('011002', '" LETTERS "', 0, 'abc')");
    retain (harness);
    is_number (count (harness, "upload") + count (harness, "upload_part"), 0, "a file nobody asked for in a week goes with its parts");
}

/* '-infinity' says "at once", not "very old". */
static void a_mark_of_a_released_event_stays (struct harness *harness)
{
    harness_sql (harness, "insert into hearing_attempt (event_id, source, attempts, subject, version, recorded_at)"
                          " values ('" LETTERS "', 'sharing', 0, '" LETTERS "', 1, '-infinity')");
    retain (harness);
    is_number (count (harness, "hearing_attempt"), 1,
               "an event an operator has released is still to be tried, however long its sender is away");
    harness_sql (harness, "delete from hearing_attempt");
}

static void what_is_declared_is_checked (struct harness *harness)
{
    ok (fails ("postgres", "insert into probe.retention values ('note', false, '1 day', false)"), "nothing is kept for less than two days");
    ok (fails ("renkei_probe_engine", "delete from retention"), "a service does not shorten what is kept");
    ok (fails ("renkei_probe", "select retain ()"), "who answers people does not delete");
    ok (!fails ("renkei_probe_engine", "select retain ()"), "the engine does");
    harness_sql (harness,
                 "create table own (text text, recorded_at timestamptz not null default now ()); alter table own owner to renkei_migrate;"
                 " insert into retention values ('own', false, '10 days', false); insert into own values ('old', now () - interval '11 "
                 "days'), ('new', now ())");
    retain (harness);
    is (harness_text (harness, "select string_agg (text, ' ') from own"), "new", "a service's own table is kept by its own row");
    harness_sql (harness, "update retention set keep = null where table_name = 'own'; update own set recorded_at = '2001-01-01'");
    retain (harness);
    is_number (count (harness, "own"), 1, "without a time it is kept for ever");
    harness_sql (harness, "delete from retention where table_name = 'own'; drop table own");
}

/* ---- partitions -------------------------------------------------------------------------------------------------------------------- */

static void months (struct harness *harness)
{
    harness_sql (harness,
                 "set role renkei_migrate; select make_partition ('ledger', '2019-05-01'), make_partition ('event_log', '2019-05-01'),"
                 " make_partition ('event_log', (date_trunc ('month', now ()) - interval '1 month')::date); reset role");
    is_number (harness_number (harness, "select make_partition ('event_log', '2019-05-01')::int"), 0,
               "a month that has its partition needs none");
    retain (harness);
    ok (harness_text (harness, "select to_regclass ('ledger_2019_05')") != NULL, "the ledger's months are never dropped");
    ok (harness_text (harness, "select to_regclass ('event_log_2019_05')") == NULL, "those of the event log are");
    ok (harness_text (harness, "select to_regclass ('event_log_' || to_char (now () - interval '1 month', 'YYYY_MM'))") != NULL,
        "a month stays until its last day is thirty days ago");
    ok (harness_text (harness, "select to_regclass ('event_log_rest')") != NULL, "what no month fits is kept");
    is_number (harness_number (harness, "select count(*) from pg_class c join pg_inherits i on i.inhrelid = c.oid where i.inhparent in"
                               " ('event_log'::regclass, 'ledger'::regclass) and c.relowner <> 'renkei_migrate'::regrole"), 0,
               "every partition belongs to the owner of its table");
    is_number (
        harness_number (harness,
                        "select count(*) from pg_class c join pg_inherits i on i.inhrelid = c.oid cross join unnest (array['renkei_probe',"
                        " 'renkei_probe_engine']) r where i.inhparent in ('event_log'::regclass, 'ledger'::regclass)"
                        " and has_table_privilege (r, c.oid, 'select, insert, update, delete')"),
        0, "and nobody has a right on one: rows are met by their table only, under its policies");
}

static void a_subscriber_that_never_came_holds_nothing_up (struct harness *harness)
{
    harness_sql (harness, "set role renkei_migrate; select make_partition ('event_log', '2019-07-01'); reset role");
    harness_sql (harness, "insert into event_log (subject, version, id, incarnation, type, at, payload, recorded_at)"
                          " values ('" LETTERS "', 1, gen_random_uuid (), 1, 'old', now (), '', '2019-07-02')");
    harness_sql (harness, "insert into subscriber values ('svc:ahead', 99, '1', 0), ('svc:behind', 1, '1', 0)");
    retain (harness);
    ok (harness_text (harness, "select to_regclass ('event_log_2019_07')") != NULL, "of two subscribers the one behind holds a month");
    harness_sql (harness, "delete from subscriber where name = 'svc:behind'");
    retain (harness);
    ok (harness_text (harness, "select to_regclass ('event_log_2019_07')") == NULL, "...until it is taken off the list");
    harness_sql (harness, "delete from subscriber");
}

/* Somebody reads the log in a transaction that stays open. */
static void a_reader_is_not_waited_for (struct harness *harness)
{
    harness_sql (harness, "set role renkei_migrate; select make_partition ('event_log', '2019-08-01'); reset role");
    run_shell ("(echo 'begin; select * from probe.event_log; select pg_sleep (6); commit;' | psql -q \"$RENKEI_TEST_SUPERUSER\" "
               ">/dev/null) & sleep 0.7");
    ok (fails ("renkei_probe_engine", "select retain ()"), "dropping a month gives up after two seconds instead of blocking every writer");
    ok (harness_text (harness, "select to_regclass ('event_log_2019_08')") != NULL, "...and leaves it for the next hour");
    run_shell ("psql -q \"$RENKEI_TEST_SUPERUSER\" -c \"select pg_terminate_backend (pid, 5000) from pg_stat_activity where query like "
               "'%pg_sleep (6)%'"
               " and pid <> pg_backend_pid ()\" >/dev/null");
    retain (harness);
    ok (harness_text (harness, "select to_regclass ('event_log_2019_08')") == NULL, "which drops it");
}

static void *retain_many (void *arg)
{
    struct harness *own = harness_open (&probe, NULL);

    (void) arg;
    for (int i = 0; i < 10; i++)
        retain (own);
    harness_close (&own);
    return NULL;
}

static void many_at_once (struct harness *harness)
{
    pthread_t threads[3];

    harness_sql (harness,
                 "insert into denial (principal, message, reason, recorded_at) select 'gateway', 'm', 'r', now () - interval '401 days'"
                 " from generate_series (1, 8000)");
    for (int i = 0; i < 3; i++)
        pthread_create (&threads[i], NULL, retain_many, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join (threads[i], NULL);
    is_number (count (harness, "denial"), 0, "three at once delete everything, and none of them fails");
}

/* ---- uploads: whose rows they are --------------------------------------------------------------------------------------------------- */

static void uploads_are_the_municipalitys (struct harness *harness)
{
    struct harness_actor other = probe_nurse;

    harness_sql (harness,
                 "insert into upload (id, municipality, person, name, size) values ('" LETTERS "', '011002', '" NURSE "', 'a', 3)");
    harness_sql (harness, "insert into upload_part values ('011002', '" LETTERS "', 0, 'abc')");
    is_number (harness_sees (harness, "select count(*) from upload join upload_part on upload_id = id"), 1,
               "a file on its way is seen in its municipality");
    other.municipality = "011003";
    other.municipalities = "011002,011003";
    harness_as (harness, &other);
    is_number (harness_sees (harness, "select count(*) from upload") + harness_sees (harness, "select count(*) from upload_part"), 0,
               "in another it is not, also when an agreement opens the first: uploads are the own office's");
    is_number (harness_sees (harness, "with w as (update upload set name = 'stolen' returning 1) select count(*) from w"), 0,
               "...nor changed");
    is_number (harness_sees (harness, "with w as (delete from upload_part returning 1) select count(*) from w"), 0, "...nor deleted");
    harness_as (harness, NULL);
    is_number (harness_sees (harness, "select count(*) from upload"), 0, "without a context nothing is seen");
    harness_as (harness, &probe_nurse);
    ok (fails ("postgres", "insert into probe.upload_part values ('011002', '" LETTERS "', 3, '')"), "an empty part is none");
    ok (fails ("postgres", "insert into probe.upload_part values ('011003', '" LETTERS "', 3, 'x')"),
        "nor is one of another municipality's file");
    ok (fails ("postgres", "insert into probe.upload_part select '011002', '" LETTERS "', 3, decode (repeat ('00', 262145), 'hex')"),
        "a part over 256 KiB is refused");
    ok (fails ("postgres", "insert into probe.upload (id, municipality, person, name, size) values (gen_random_uuid (), '011002', '" NURSE
                           "', 'a', 67108865)"),
        "so is a file over 64 MiB");
}

int main (void)
{
    struct harness *harness = probe_open ();

    retain (harness);
    every_table_by_its_own_time (harness);
    a_great_many_rows_go_in_steps (harness);
    an_upload_goes_with_its_parts (harness);
    a_mark_of_a_released_event_stays (harness);
    what_is_declared_is_checked (harness);
    months (harness);
    a_subscriber_that_never_came_holds_nothing_up (harness);
    a_reader_is_not_waited_for (harness);
    many_at_once (harness);
    uploads_are_the_municipalitys (harness);
    harness_close (&harness);
    return done ();
}
