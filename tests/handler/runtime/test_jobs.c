/* Recurring work: what a run that fails, is cut off or comes too late leaves behind; leases and fences of two processes. */
#include "probe.h"
#include "clock.h"
#include "job.h"
#include "job_store.h"

enum { NOTE, BREAK };
static const struct db_statement statements[] = {
    [NOTE] = { "j_note", "insert into done (run, fence) values ((select coalesce (max (run), 0) + 1 from done), $1::bigint)" },
    [BREAK] = { "j_break", "select 1 / ($1::int - $1::int)" },
};

static struct error err;
static enum { FINE, FAILS, FAILS_LATE, ANNOUNCES, ASKS_AGAIN, IS_CUT, IS_OVERTAKEN } mood;
static struct harness *harness;
static int64_t last_now;

static int run_job (void *self, struct job_run *run, struct error *error)
{
    struct db_args args = { 0 };
    struct sheet_updated event = { .patient_id = NURSE, .version = 1, .section = 1, .by = NURSE };

    (void) self;
    last_now = run->now;
    db_number (&args, run->fence);
    if (db_queue (run->db, &statements[NOTE], &args, error) < 0)
        return -1;
    if (mood == ANNOUNCES || mood == FAILS) {
        if (job_announce (run, &sheet_updated_message, &event, "011002", error) < 0)
            return -1;
        ring_after_commit (run->batch, "feed", NURSE, 1);
    }
    if (mood == FAILS)
        return fail (error, ERROR_BUG, NULL, "the job failed");
    if (mood == FAILS_LATE) {
        args = (struct db_args) { 0 };
        db_number (&args, 1);
        return db_queue (run->db, &statements[BREAK], &args, error);
    }
    if (mood == IS_CUT)
        harness_sql (harness, "select pg_terminate_backend (pid, 5000) from pg_stat_activity where usename = 'renkei_probe_engine' and "
                              "datname = current_database ()");
    *run->again = mood == ASKS_AGAIN;
    return 0;
}

static const struct job job = { "tick", 100, run_job };

/* One process: its own name, connection and hold. */
struct process { struct runtime runtime; struct batch batch; struct lease_hold hold; struct harness *harness; bool ran, again; };

static void process_open (struct process *process, const char *name)
{
    *process = (struct process) { .harness = harness_open (&probe, NULL) };
    process->runtime = *harness_engine (process->harness)->runtime;
    snprintf (process->runtime.name, sizeof process->runtime.name, "%s", name);
    process->batch = (struct batch) { .runtime = &process->runtime, .db = harness_engine (process->harness)->db };
    if (db_prepare (process->batch.db, statements, 2, &err) < 0)
        printf ("Bail out! %s\n", err.detail);
}

static void process_close (struct process *process)
{
    batch_close (&process->batch);
    harness_close (&process->harness);
}

static int run_once (struct process *process)
{
    err = (struct error) { 0 };
    process->ran = process->again = true;
    return job_run_once (&process->batch, &job, NULL, &process->hold, &process->ran, &process->again, &err);
}

static int64_t runs (void)
{
    return harness_number (harness, "select count(*) from done");
}

static void expire (void)
{
    harness_sql (harness, "update lease set expires = guard.real_now () - interval '1 second'");
}

static void a_run_is_whole_or_nothing (struct process *one)
{
    mood = FINE;
    is_number (run_once (one), 0, "a run");
    ok (one->ran && !one->again && runs () == 1, "...is done and committed");
    ok (last_now > 1700000000ll * SECOND_US, "...at the decision time");
    mood = FAILS;
    is_number (run_once (one), -1, "a run that fails");
    ok (!one->again && strcmp (err.detail, "the job failed") == 0, "...says why");
    is_number (runs (), 1, "...leaves nothing");
    is_number (harness_events (harness, &sheet_updated_message), 0, "...announces nothing");
    mood = FAILS_LATE;
    is_number (run_once (one), -1, "so does one whose last statement fails at the commit");
    is_number (runs (), 1, "...which leaves nothing either");
    mood = ANNOUNCES;
    is_number (run_once (one), 0, "the next run goes on with the same lease");
    is_number (harness_events (harness, &sheet_updated_message), 1, "...and announces once");
    is_number (harness_number (harness, "select count(*) from event_log where actor is null and municipality = '011002'"), 1,
               "...in nobody's name");
    mood = ASKS_AGAIN;
    run_once (one);
    ok (one->again, "a run may ask for the next at once");
    is_number (one->hold.fence, 1, "one holder, one fence");
}

static void a_cut_run_is_done_again (struct process *one)
{
    int64_t before = runs ();

    mood = IS_CUT;
    is_number (run_once (one), -1, "a run whose connection is cut fails");
    ok (err.connection_lost || err.key == ERROR_OUTCOME_UNKNOWN, "...as lost");
    is_number (runs (), before, "...and leaves nothing");
    mood = FINE;
    is_number (run_once (one), 0, "the next opens a new connection by itself");
    is_number (runs (), before + 1, "...and is done");
}

static void leases (struct process *one, struct process *two)
{
    int64_t before;

    mood = FINE;
    run_once (one);
    before = runs ();
    is_number (run_once (two), 0, "another process asks");
    ok (!two->ran && !two->again && runs () == before, "...and does nothing while the lease is the first's");
    expire ();
    is_number (run_once (two), 0, "when it has run out");
    ok (two->ran && two->hold.fence == 2, "...it takes the lease, with the next fence");
    is_number (run_once (one), 0, "the first, which slept, tries with its old fence");
    ok (!one->ran && one->hold.fence == 0, "...is not let in and knows it");
    run_once (one);
    ok (!one->ran, "...nor the second time");
    is_number (harness_number (harness, "select fence from done order by run desc limit 1"), 2, "the last effect carries the new fence");
    expire ();
    run_once (two);
    ok (two->hold.fence == 2 || !two->ran, "who lost it to nobody may take it again");
    two->hold = (struct lease_hold) { 0 };
    run_once (two);
    ok (two->ran && two->hold.fence == 2, "...with the same fence: nobody was there between");
}

/* The holder's transaction lasts longer than its lease: the next holder waits, so that two never work at once. */
static void a_slow_holder_is_not_overtaken (struct process *one, struct process *two)
{
    struct process *holder = two, *next = one;
    int64_t now;
    bool held;

    ok (db_begin (holder->batch.db, &err) == 0
        && lease_check (holder->batch.db, "job:tick", holder->runtime.name, holder->hold.fence, &held, &now, &err) == 0 && held && now > 0,
        "a run has begun under the lease");
    expire ();
    next->hold = (struct lease_hold) { 0 };
    is_number (run_once (next), 0, "its time runs out and another takes the lease");
    ok (!next->ran, "...but does not run while that transaction is open");
    db_rollback (holder->batch.db);
    next->hold = (struct lease_hold) { 0 };
    run_once (next);
    ok (next->ran && next->hold.fence == 3, "when it has ended the other runs");
    is_number (lease_check (holder->batch.db, "job:tick", holder->runtime.name, 2, &held, &now, &err), 0, "the slow one looks again");
    ok (!held && now == 0, "...and holds nothing");
}

static void the_database_clock_rules (struct process *one)
{
    harness_clock (harness, 30ll * 86400 * SECOND_US);
    mood = FINE;
    one->hold = (struct lease_hold) { 0 };
    is_number (run_once (one), 0, "decision time a month ahead");
    ok (one->ran, "...ends no lease: leases follow the real clock");
    ok (last_now > clock_real_us () + 29ll * 86400 * SECOND_US, "...but is the time the job decides by");
    harness_clock (harness, 0);
}

int main (void)
{
    struct process one, two;

    harness = probe_open ();
    harness_sql (harness, "create table done (run bigint primary key, fence bigint); grant all on done to renkei_probe_engine");
    process_open (&one, "first");
    process_open (&two, "second");
    a_run_is_whole_or_nothing (&one);
    a_cut_run_is_done_again (&one);
    db_reopen (two.batch.db, &err);         /* it was cut too */
    leases (&one, &two);
    a_slow_holder_is_not_overtaken (&one, &two);
    the_database_clock_rules (&one);
    process_close (&one);
    process_close (&two);
    harness_close (&harness);
    return done ();
}
