/* The second time: the same key from others, at once, after a cut, after its time, and without the right to ask any more. */
#include <pthread.h>
#include "probe.h"
#include "clock.h"
#include "runtime.h"

#define OTHER "018f3a00-0000-7000-8000-000000000009"

static struct error err;

static int keyed (struct harness *harness, const char *key, int number, const char *text)
{
    harness_key (harness, key);
    return probe_note (harness, number, text, &err);
}

static int64_t notes (struct harness *harness, int number)
{
    char id[37];

    return harness_number (harness, "select count(*) from note where id = '%s'", probe_id (id, number));
}

static int64_t kept (struct harness *harness, const char *key)
{
    return harness_number (harness, "select count(*) from idempotency where key = '%s'", key);
}

static void a_key_is_one_persons (struct harness *harness)
{
    struct harness_actor other = probe_nurse;

    other.person = OTHER;
    is_number (keyed (harness, "same", 1, "hers"), 0, "a nurse's command");
    harness_as (harness, &other);
    is_number (keyed (harness, "same", 2, "another body"), 0, "another nurse's command with the same key is another command");
    ok (!harness_replayed (harness), "...and runs");
    is_number (keyed (harness, "same", 2, "another body"), 0, "the second time");
    ok (harness_replayed (harness), "...she gets her own answer");
    harness_as (harness, &probe_nurse);
    is_number (keyed (harness, "same", 1, "hers"), 0, "and the first hers");
    ok (harness_replayed (harness), "...which was kept");
    is_number (kept (harness, "same"), 2, "two answers are kept under one key");
    is_number (
        harness_number (harness,
                        "select count(*) from note where id in (select subject::uuid from (values ('018f3a00-0000-7000-9000-000000000001'),"
                        " ('018f3a00-0000-7000-9000-000000000002')) v (subject))"),
        2, "...and two notes written");
}

static void only_what_was_done_is_kept (struct harness *harness)
{
    static const char *const failing[] = { "refuse", "late refuse", "sql error", "late error", "denied" };

    for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
        is_number (keyed (harness, failing[i], 10 + (int) i, failing[i]), -1, failing[i]);
        is_number (kept (harness, failing[i]), 0, "...is not kept");
        is_number (keyed (harness, failing[i], 10 + (int) i, "fine"), 0, "...so that its key serves the corrected command");
        is_number (notes (harness, 10 + (int) i), 1, "...which is done once");
    }
}

static void who_may_not_ask_gets_no_kept_answer (struct harness *harness)
{
    struct harness_actor actor = probe_nurse;

    keyed (harness, "secret", 20, "text");
    actor.expires_in_us = -1;
    harness_as (harness, &actor);
    is_number (keyed (harness, "secret", 20, "text"), -1, "with a context that has expired the kept answer is not given (S-20)");
    is_number (err.key, ERROR_LOG_IN_FIRST, "...the person has to log in first");
    is_number (keyed (harness, "secret", 20, "other"), -1, "...nor is it told that the key was used");
    is_number (err.key, ERROR_LOG_IN_FIRST, "...with another body");
    actor = probe_nurse;
    actor.roles = ROLE_BIT (ROLE_HELPER);
    harness_as (harness, &actor);
    is_number (keyed (harness, "secret", 20, "text"), -1, "nor to who has lost the role since");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "...who is told so");
    harness_as (harness, &probe_nurse);
    is_number (keyed (harness, "secret", 20, "text"), 0, "who may ask gets it");
    ok (harness_replayed (harness), "...as it was kept");
}

static void after_its_time_it_is_a_new_command (struct harness *harness)
{
    keyed (harness, "old", 30, "text");
    harness_sql (harness, "update idempotency set recorded_at = recorded_at - interval '71 hours' where key = 'old'");
    harness_sql (harness, "select retain ()");
    is_number (keyed (harness, "old", 30, "text"), 0, "after 71 hours the answer is there");
    ok (harness_replayed (harness), "...as it was kept");
    harness_sql (harness, "update idempotency set recorded_at = recorded_at - interval '2 hours' where key = 'old'");
    harness_sql (harness, "select retain ()");
    is_number (keyed (harness, "old", 30, "text"), -1, "after 73 the command runs anew");
    is_number (err.key, ERROR_ALREADY_THERE, "...and meets what it had written");
    is_number (notes (harness, 30), 1, "...once");
}

/* ---- cuts -------------------------------------------------------------------------------------------------------------------------- */

static void cut_connection (struct harness *harness)
{
    harness_sql (
        harness,
        "select pg_terminate_backend (pid, 5000) from pg_stat_activity where usename = 'renkei_probe' and datname = current_database ()");
}

static void a_cut_connection_costs_a_try (struct harness *harness)
{
    int runs = probe_runs;

    cut_connection (harness);
    is_number (keyed (harness, "cut", 40, "text"), 0, "a command whose connection was cut before is done on a new one");
    ok (!harness_replayed (harness), "...now");
    is_number (probe_runs - runs, 1, "...by one run: the cut was seen before a handler was called");
    cut_connection (harness);
    is_number (keyed (harness, "cut", 40, "text"), 0, "its repetition after another cut");
    ok (harness_replayed (harness), "...gets the kept answer");
    is_number (notes (harness, 40), 1, "...and it is written once");
}

static void many_after_a_cut (struct harness *harness)
{
    struct task *tasks[20];
    int done_once = 0;

    for (int i = 0; i < 20; i++) {
        char id[37];
        struct quarantine_release note = { .event_id = probe_id (id, 100 + i), .reason = "many" };

        tasks[i] = harness_task (harness, "quarantine_release", &note);
        if (i > 0)
            tasks[i - 1]->next = tasks[i];
    }
    cut_connection (harness);
    execute (harness_batch (harness), tasks[0]);
    for (int i = 0; i < 20; i++) {
        done_once += tasks[i]->ok && notes (harness, 100 + i) == 1;
        task_done (&tasks[i]);
    }
    is_number (done_once, 20, "twenty commands that waited while the connection was cut are each done once");
}

/* ---- at once ----------------------------------------------------------------------------------------------------------------------- */

enum { TWINS = 4 };

struct twin { struct harness *harness; struct task *task; pthread_barrier_t *gate; };

static void *send_twin (void *arg)
{
    struct twin *twin = arg;

    pthread_barrier_wait (twin->gate);
    execute (harness_batch (twin->harness), twin->task);
    return NULL;
}

static void twins (struct harness *harness)
{
    struct quarantine_release note = { .event_id = "018f3a00-0000-7000-9000-000000000050", .reason = "slow" };
    struct twin all[TWINS];
    pthread_t threads[TWINS];
    pthread_barrier_t gate;
    int answered = 0, replayed = 0;

    pthread_barrier_init (&gate, NULL, TWINS);
    for (int i = 0; i < TWINS; i++) {
        all[i] = (struct twin) { .harness = harness_open (&probe, NULL), .gate = &gate };
        harness_as (all[i].harness, &probe_nurse);
        harness_key (all[i].harness, "twins");
        all[i].task = harness_task (all[i].harness, "quarantine_release", &note);
    }
    for (int i = 0; i < TWINS; i++)
        pthread_create (&threads[i], NULL, send_twin, &all[i]);
    for (int i = 0; i < TWINS; i++) {
        pthread_join (threads[i], NULL);
        answered += all[i].task->ok;
        replayed += all[i].task->replayed;
        task_done (&all[i].task);
        harness_close (&all[i].harness);
    }
    pthread_barrier_destroy (&gate);
    is_number (answered, TWINS, "four of the same at once, in four places: all are answered");
    is_number (replayed, TWINS - 1, "...three with the answer of the fourth");
    is_number (notes (harness, 50), 1, "...and it is written once");
    is_number (kept (harness, "twins"), 1, "...and kept once");
    is_number (keyed (harness, "twins", 50, "another body"), -1, "one with another body");
    is_number (err.key, ERROR_KEY_REUSED, "...is refused");
}

int main (void)
{
    struct harness *harness = probe_open ();

    a_key_is_one_persons (harness);
    only_what_was_done_is_kept (harness);
    who_may_not_ask_gets_no_kept_answer (harness);
    after_its_time_it_is_a_new_command (harness);
    a_cut_connection_costs_a_try (harness);
    many_after_a_cut (harness);
    twins (harness);
    harness_close (&harness);
    return done ();
}
