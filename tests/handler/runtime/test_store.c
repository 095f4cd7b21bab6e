/* What the shared schema holds by itself: migrations, context, clock, ledger, partitions, leases, subjects. */
#include "probe.h"
#include <pthread.h>
#include "batch_store.h"
#include "clock.h"
#include "db_internal.h"
#include "job.h"
#include "job_store.h"

static bool fails (struct harness *harness, const char *role, const char *sql)
{
    char command[2000];

    (void) harness;
    snprintf (command, sizeof command, "psql -q -X -v ON_ERROR_STOP=1 \"$RENKEI_TEST_DATABASE user=%s\" -c \"%s\" >/dev/null 2>&1", role, sql);
    return system (command) != 0;
}

static void test_migrations (struct harness *harness)
{
    const char *migrate = "$MIGRATE --database=\"$RENKEI_TEST_SUPERUSER\" --source=services --service=probe";
    char command[600];
    int64_t before = harness_number (harness, "select count(*) from guard.migration");

    snprintf (command, sizeof command, "test -z \"$(%s)\"", migrate);
    ok (system (command) == 0, "a second migration has nothing to do");
    is_number (harness_number (harness, "select count(*) from guard.migration"), before, "and writes nothing down");
    harness_sql (harness, "update guard.migration set digest = 'x' where scope = 'probe' and file = 'runtime/0001_runtime.sql'");
    snprintf (command, sizeof command, "%s >/dev/null 2>&1", migrate);
    ok (system (command) != 0, "an applied file that has changed stops the migration");
    harness_sql (harness, "delete from guard.migration where scope = 'probe' and digest = 'x'");
    ok (system (command) != 0, "a file that does not apply fails as a whole");
    is_number (harness_number (harness, "select count(*) from guard.migration where scope = 'probe' and file = 'runtime/0001_runtime.sql'"), 0,
               "and is not written down");
    harness_sql (harness, "insert into guard.migration (scope, file, digest) select 'probe', file, digest from guard.migration"
                          " where scope = 'registry' and file = 'runtime/0001_runtime.sql'");
}

static void test_rights (struct harness *harness)
{
    ok (fails (harness, "renkei_probe", "select * from guard.context_key"), "the service role cannot read the key of contexts");
    ok (fails (harness, "renkei_probe", "select guard.sign ('v1|||||care|9')"), "nor sign one");
    ok (fails (harness, "renkei_probe_engine", "select guard.sign ('v1|||||care|9')"), "nor can the engine role");
    ok (fails (harness, "renkei_probe", "select * from event_log"), "the command role cannot read the event log");
    ok (fails (harness, "renkei_probe", "truncate note"), "nor empty a table");
    ok (fails (harness, "renkei_probe", "set role renkei_migrate"), "nor become the owner");
    ok (fails (harness, "renkei_probe", "create table x (a int)"), "nor make tables");
    ok (fails (harness, "renkei_probe", "select * from registry.subject"), "nor read another service's schema");
    ok (!fails (harness, "renkei_probe", "select guard.now ()"), "it may ask what time it is");
}

static void test_clock (struct harness *harness)
{
    int64_t real = harness_number (harness, "select guard.to_us (guard.real_now ())"), now;

    harness_clock (harness, 3600ll * SECOND_US);
    now = harness_now (harness);
    ok (now - real >= 3600ll * SECOND_US && now - real < 3610ll * SECOND_US, "in test mode decision time is an hour ahead when told so");
    harness_sql (harness, "select guard.set_clock (0, 1000)");
    real = harness_now (harness);
    usleep (20000);
    ok (harness_now (harness) - real >= 15 * SECOND_US, "and runs a thousand times as fast when told so");
    harness_clock (harness, 0);
    harness_sql (harness, "update guard.mode set mode = 'live'");
    ok (fails (harness, "renkei_probe_engine", "select guard.set_clock (1, 1)"), "outside test mode nobody sets it");
    harness_sql (harness, "update guard.mode set mode = 'test'");
    is_number (harness_number (harness, "select guard.to_us (guard.to_time (1764000000123457))"), 1764000000123457, "no microsecond is lost on the way");
}

static void test_ledger (struct harness *harness)
{
    char id[37];
    struct events_of query = { .subject = probe_id (id, 1) };
    struct event_page page;
    struct error err;

    probe_note (harness, 1, "seen", &err);
    for (int i = 0; i < 5; i++)
        harness_call (harness, "events_of", &query, &page, &err);
    is_number (harness_number (harness, "select count(*) from ledger"), 5, "five reads are five rows of the ledger");
    ok (fails (harness, "renkei_probe", "update ledger set items = ''"), "the service cannot change the ledger");
    ok (fails (harness, "renkei_probe", "delete from ledger"), "nor delete from it");
    ok (fails (harness, "postgres", "set search_path = probe; delete from ledger"), "not even a superuser in passing");
    is_number (harness_number (harness, "select seal_ledger ()"), 5, "the sealer seals five rows");
    is_number (harness_number (harness, "select seal_ledger ()"), 0, "and has nothing to do the second time");
    harness_call (harness, "events_of", &query, &page, &err);
    is_number (harness_number (harness, "select seal_ledger ()"), 1, "a new row gets the next seal");
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "the chain holds");
    harness_sql (harness, "set session_replication_role = replica");
    harness_sql (harness, "update ledger set person = null where seq = (select min (seq) from ledger)");
    harness_sql (harness, "set session_replication_role = origin");
    is_number (harness_number (harness, "select verify_ledger ()"), 1, "a changed row breaks the seal that covers it");
    is_number (harness_sees (harness, "select count(*) from ledger_of ('%s', null, 10)", id), 6, "who saw a record can be read");
    harness_as (harness, NULL);
    is_number (harness_sees (harness, "select count(*) from ledger_of ('%s', null, 10)", id), 0, "but not by nobody");
    harness_as (harness, &probe_nurse);
}

static void test_partitions (struct harness *harness)
{
    struct error err;

    probe_note (harness, 2, "announce", &err);
    is_number (harness_number (harness, "select count(*) from pg_inherits where inhparent = 'event_log'::regclass"), 5,
               "this month, three more and the rest have a partition");
    is_number (harness_number (harness, "select count(*) from event_log_rest"), 0, "and the rest is empty");
    harness_sql (harness, "set role renkei_migrate; select make_partition ('event_log', '2020-01-01'), make_partition ('event_log', '2020-02-01'); reset role");
    harness_sql (harness, "insert into event_log (subject, version, id, incarnation, type, at, payload, recorded_at)"
                          " values ('%s', 1, gen_random_uuid (), 1, 'old', now (), '', '2020-01-15')", NURSE);
    harness_sql (harness, "insert into subscriber values ('svc:slow', 1, '1', 0)");
    harness_sql (harness, "select retain ()");
    ok (harness_text (harness, "select to_regclass ('event_log_2020_01')") != NULL, "an old partition stays while a subscriber is behind it");
    ok (harness_text (harness, "select to_regclass ('event_log_2020_02')") == NULL, "an empty old one goes");
    harness_sql (harness, "update subscriber set xid = (select max (xid::text::bigint) from event_log)::text::xid8, seq = 1000000");
    harness_sql (harness, "select retain ()");
    ok (harness_text (harness, "select to_regclass ('event_log_2020_01')") == NULL, "it goes when every subscriber has passed");
    is_number (harness_events (harness, &sheet_updated_message), 1, "this month's events stay");
    harness_sql (harness, "insert into idempotency (actor, command, key, fingerprint, answer, recorded_at)"
                          " values ('a', 'c', 'old', '', '', now () - interval '4 days'), ('a', 'c', 'young', '', '', now () - interval '47 hours')");
    harness_sql (harness, "select retain ()");
    is_number (harness_number (harness, "select count(*) from idempotency where key = 'old'"), 0, "kept answers go after three days");
    is_number (harness_number (harness, "select count(*) from idempotency where key = 'young'"), 1, "and stay for 48 hours at least");
}

/* A month that began while nobody made its partition. */
static void test_rest (struct harness *harness)
{
    harness_sql (harness, "insert into event_log (subject, version, id, incarnation, type, at, payload, recorded_at)"
                          " values ('%s', 9, gen_random_uuid (), 1, 'far', now (), '', date_trunc ('month', now ()) + interval '4 months 1 day')", NURSE);
    is_number (harness_number (harness, "select count(*) from event_log_rest where type = 'far'"), 1, "what no partition fits goes to the rest");
    harness_sql (harness, "set role renkei_migrate; select make_partition ('event_log',"
                          " (date_trunc ('month', now ()) + interval '4 months')::date); reset role");
    is_number (harness_number (harness, "select count(*) from event_log where type = 'far'"), 1, "and stays there, readable, when its month comes too late");
    harness_sql (harness, "delete from event_log where type = 'far'");
}

static void test_incarnation (struct harness *harness)
{
    struct db *db = harness_batch (harness)->db;
    struct error err = { 0 };
    int64_t first = harness_number (harness, "select max (number) from guard.incarnation");

    ok (first >= 1 && db_incarnation (db) == first, "a connection knows the incarnation");
    harness_sql (harness, "update guard.incarnation set system_identifier = 7");
    is_number (db_reopen (db, &err), 0, "a connection to a database that was another cluster");
    is_number (db_incarnation (db), first + 1, "raises the incarnation");
    db_reopen (db, &err);
    is_number (db_incarnation (db), first + 1, "once");
    is_number (harness_number (harness, "select guard.raise_incarnation ()"), first + 2, "the operator's tool can raise it too");
    db_reopen (db, &err);
    probe_note (harness, 77, "announce", &err);
    is_number (harness_number (harness, "select count(*) from event_log where incarnation = %lld", (long long) first + 2), 1,
               "events after that carry the new one");
}

/* ---- jobs and leases ---------------------------------------------------------------------------------------------------------------- */

static int job_runs;

static int count_run (void *self, struct job_run *run, struct error *err)
{
    (void) self;
    (void) run;
    (void) err;
    job_runs++;
    return 0;
}

static void test_leases (struct harness *harness)
{
    static const struct job job = { "tick", 100, count_run };
    struct runtime first = *harness_engine (harness)->runtime, second = first;
    struct batch one = { .runtime = &first, .db = harness_engine (harness)->db }, two = { .runtime = &second, .db = one.db };
    struct lease_hold held = { 0 }, other = { 0 };
    struct error err = { 0 };
    bool ran, again;

    snprintf (first.name, sizeof first.name, "first");
    snprintf (second.name, sizeof second.name, "second");
    is_number (job_run_once (&one, &job, NULL, &held, &ran, &again, &err), 0, "a process takes the lease of a job");
    ok (ran && held.fence == 1, "and runs it under fence 1");
    job_run_once (&two, &job, NULL, &other, &ran, &again, &err);
    ok (!ran, "another process does not run it meanwhile");
    harness_sql (harness, "update lease set expires = clock_timestamp () - interval '1 second' where name = 'job:tick'");
    other = (struct lease_hold) { 0 };
    job_run_once (&two, &job, NULL, &other, &ran, &again, &err);
    ok (ran && other.fence == 2, "when the lease has run out the other takes it under fence 2");
    job_runs = 0;
    job_run_once (&one, &job, NULL, &held, &ran, &again, &err);
    ok (!ran && job_runs == 0, "the first, waking up with its old fence, does nothing");
    is_number (held.fence, 0, "and knows that it holds nothing");
    batch_close (&one);
    batch_close (&two);
}

/* ---- subjects under many writers ---------------------------------------------------------------------------------------------------- */

enum { THREADS = 8, ROUNDS = 60, SUBJECTS = 5 };

static int announce_one (struct batch *batch, int number, struct error *err)
{
    char id[37];
    struct sheet_updated event = { .patient_id = probe_id (id, 500 + number), .version = 1, .section = 1, .by = NURSE };
    int64_t version;

    if (db_begin (batch->db, err) < 0
        || subject_lock (batch->db, &batch->arena, id, &version, err) < 0
        || batch_announce (batch, &batch->arena, &sheet_updated_message, &event, "011002", NULL, NULL, 1, err) < 0
        || batch_announce (batch, &batch->arena, &sheet_updated_message, &event, "011002", NULL, NULL, 1, err) < 0)
        return -1;
    return db_commit (batch->db, err);
}

static void *announce_many (void *arg)
{
    struct harness *harness = harness_open (&probe, NULL);
    struct batch *batch = harness_engine (harness);
    unsigned seed = (unsigned) (uintptr_t) arg;
    intptr_t failed = 0;

    for (int i = 0; i < ROUNDS; i++) {
        struct error err = { 0 };

        if (announce_one (batch, (int) (rand_r (&seed) % SUBJECTS), &err) < 0) {
            failed++;
            db_rollback (batch->db);
        }
        batch_dropped (batch);
    }
    harness_close (&harness);
    return (void *) failed;
}

static void test_subjects (struct harness *harness)
{
    pthread_t threads[THREADS];
    intptr_t failed = 0;

    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create (&threads[i], NULL, announce_many, (void *) (i + 1));
    for (int i = 0; i < THREADS; i++) {
        void *one;

        pthread_join (threads[i], &one);
        failed += (intptr_t) one;
    }
    is_number (failed, 0, "eight writers on five subjects: nobody fails");
    is_number (harness_number (harness, "select sum (version) from subject where id in (select subject from event_log where type like '%%sheet_updated%%')"
               " and id::text like '%%05__'"), 2 * THREADS * ROUNDS, "every event raised its subject");
    is_number (harness_number (harness, "select count(*) from (select subject, max (version) - count (distinct version) as gap, count (*) - max (version) as twice"
               " from event_log where subject::text like '%%05__' group by subject) s where gap <> 0 or twice <> 0"), 0,
               "the versions of each subject are 1, 2, 3 … without gap (I4)");
}

int main (void)
{
    struct harness *harness = probe_open ();

    test_migrations (harness);
    test_rights (harness);
    test_clock (harness);
    test_ledger (harness);
    test_partitions (harness);
    test_rest (harness);
    test_incarnation (harness);
    test_leases (harness);
    test_subjects (harness);
    harness_close (&harness);
    return done ();
}
