/* Many commands in one transaction: a spoilt one costs its neighbours little, and each is done exactly once. */
#include "probe.h"
#include "runtime.h"

static int next_number = 1;

struct many { struct task *tasks[BATCH_MAX]; int first, count; };

static void make (struct harness *harness, struct many *many, int count, int special, const char *text)
{
    many->first = next_number;
    many->count = count;
    for (int i = 0; i < count; i++) {
        char id[37];
        struct quarantine_release note = { .event_id = probe_id (id, next_number++), .reason = i == special ? text : "plain" };

        many->tasks[i] = harness_task (harness, "quarantine_release", &note);
        if (i > 0)
            many->tasks[i - 1]->next = many->tasks[i];
    }
}

static void end (struct many *many)
{
    for (int i = 0; i < many->count; i++)
        task_done (&many->tasks[i]);
}

static int answered (const struct many *many)
{
    int count = 0;

    for (int i = 0; i < many->count; i++)
        count += many->tasks[i]->done && many->tasks[i]->ok;
    return count;
}

static int most_tries (const struct many *many)
{
    int most = 0;

    for (int i = 0; i < many->count; i++)
        if (many->tasks[i]->tries > most)
            most = many->tasks[i]->tries;
    return most;
}

static int64_t stored (struct harness *harness, const struct many *many)
{
    char from[37], to[37];

    return harness_number (harness, "select count(*) from note where id between '%s' and '%s'", probe_id (from, many->first),
                           probe_id (to, many->first + many->count - 1));
}

static void test_poison (struct harness *harness, const char *text, enum error_key key, int most)
{
    int wrong = 0, tries = 0;
    char name[120];

    for (int position = 0; position < BATCH_MAX; position++) {
        struct many many;

        make (harness, &many, BATCH_MAX, position, text);
        execute (harness_batch (harness), many.tasks[0]);
        wrong += answered (&many) != BATCH_MAX - 1 || stored (harness, &many) != BATCH_MAX - 1
                 || many.tasks[position]->ok || many.tasks[position]->err.key != key;
        if (most_tries (&many) > tries)
            tries = most_tries (&many);
        end (&many);
    }
    snprintf (name, sizeof name, "\"%s\" at each of 64 places: the other 63 are done once, it is refused", text);
    is_number (wrong, 0, name);
    snprintf (name, sizeof name, "\"%s\": nobody needs more than %d transactions", text, most);
    ok (tries <= most, name);
    note ("most tries: %d", tries);
}

static void test_several_poisons (struct harness *harness)
{
    struct many many;

    make (harness, &many, BATCH_MAX, -1, NULL);
    for (int i = 0; i < BATCH_MAX; i += 8) {
        char id[37];
        struct quarantine_release note = { .event_id = probe_id (id, many.first + i), .reason = i % 16 ? "late error" : "late refuse" };

        task_done (&many.tasks[i]);
        many.tasks[i] = harness_task (harness, "quarantine_release", &note);
    }
    for (int i = 0; i + 1 < BATCH_MAX; i++)
        many.tasks[i]->next = many.tasks[i + 1];
    execute (harness_batch (harness), many.tasks[0]);
    is_number (answered (&many), BATCH_MAX - 8, "with eight spoilt ones the other 56 are done");
    is_number (stored (harness, &many), BATCH_MAX - 8, "and stand in the database once");
    end (&many);
}

static void test_same_key (struct harness *harness)
{
    struct many many = { .count = 3 };
    int runs = probe_runs;

    many.first = next_number;
    for (int i = 0; i < 3; i++) {
        char id[37];
        struct quarantine_release note = { .event_id = probe_id (id, next_number), .reason = i == 2 ? "other" : "twin" };

        harness_key (harness, "twin-key");
        many.tasks[i] = harness_task (harness, "quarantine_release", &note);
        if (i > 0)
            many.tasks[i - 1]->next = many.tasks[i];
    }
    next_number++;
    execute (harness_batch (harness), many.tasks[0]);
    ok (many.tasks[0]->ok && !many.tasks[0]->replayed, "of three with one key the first is done");
    ok (many.tasks[1]->ok && many.tasks[1]->replayed, "the second gets its answer");
    is_number (many.tasks[2]->err.key, ERROR_KEY_REUSED, "the third, with another body, is refused");
    is_number (probe_runs - runs, 1, "the handler ran once");
    end (&many);
}

static void test_bells_of_refused (struct harness *harness)
{
    struct many many;

    make (harness, &many, 4, 2, "announce");
    execute (harness_batch (harness), many.tasks[0]);
    is_number (answered (&many), 4, "an announcing command among others");
    is_number (harness_bells (harness, "event"), 1, "rings once");
    end (&many);
}

/* The server ends the connection while the batch is open. */
static void test_lost_connection (struct harness *harness)
{
    struct many many;
    struct error err = { 0 };

    harness_sql (harness, "select pg_terminate_backend (pid) from pg_stat_activity where usename = 'renkei_probe' and datname = current_database ()");
    make (harness, &many, 8, -1, NULL);
    execute (harness_batch (harness), many.tasks[0]);
    is_number (answered (&many), 8, "after the server ended the connection the commands are done on a new one");
    is_number (stored (harness, &many), 8, "once");
    end (&many);
    is_number (probe_note (harness, next_number++, "afterwards", &err), 0, "and the next one too");
}

/* The server dies while it commits: nobody may be told "failed", and the same key tells later. */
static void test_unknown (struct harness *harness)
{
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, next_number++), .reason = "slow commit" };
    struct task *task;
    struct error err = { 0 };

    harness_sql (harness, "create function slow () returns trigger language plpgsql as 'begin perform pg_sleep (1); return null; end';"
                 " create constraint trigger slow after insert on note deferrable initially deferred for each row"
                 " when (new.text = 'slow commit') execute function slow ()");
    harness_key (harness, "unknown-key");
    task = harness_task (harness, "quarantine_release", &note);
    run_shell ("(sleep 0.4; psql -q \"$RENKEI_TEST_SUPERUSER\" -c \"select pg_terminate_backend (pid) from pg_stat_activity"
               " where usename = 'renkei_probe' and datname = current_database () and state = 'active'\") >/dev/null 2>&1 &");
    execute (harness_batch (harness), task);
    is_number (task->err.key, ERROR_OUTCOME_UNKNOWN, "a connection lost in COMMIT leaves the outcome unknown (I13)");
    task_done (&task);
    harness_sql (harness, "drop trigger slow on note; drop function slow");
    harness_key (harness, "unknown-key");
    is_number (harness_call (harness, "quarantine_release", &note, NULL, &err), 0, "the same command with the same key resolves it");
    is_number (harness_number (harness, "select count(*) from note where id = '%s'", id), 1, "to exactly one effect");
}

static void *call_slow (void *arg)
{
    struct harness *harness = harness_open (&probe, NULL);
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, 900000), .reason = "slow" };
    struct error err = { 0 };
    intptr_t outcome;

    (void) arg;
    harness_as (harness, &probe_nurse);
    harness_key (harness, "two-places");
    outcome = harness_call (harness, "quarantine_release", &note, NULL, &err) < 0 ? 100 : harness_replayed (harness) ? 10 : 1;
    harness_close (&harness);
    return (void *) outcome;
}

static void test_two_places (struct harness *harness)
{
    pthread_t threads[2];
    intptr_t sum = 0;

    for (int i = 0; i < 2; i++)
        pthread_create (&threads[i], NULL, call_slow, NULL);
    for (int i = 0; i < 2; i++) {
        void *one;

        pthread_join (threads[i], &one);
        sum += (intptr_t) one;
    }
    is_number (sum, 11, "one command sent to two places at once: one does it, the other gets its answer");
    is_number (harness_number (harness, "select count(*) from note where text = 'slow'"), 1, "it is done once");
}

/* Whoever the context says it is, the others' stay apart. */
static void test_contexts_do_not_mix (struct harness *harness)
{
    struct harness_actor other = probe_nurse;
    struct many many = { .count = 6 };

    other.municipality = "011003";
    many.first = next_number;
    for (int i = 0; i < 6; i++) {
        char id[37];
        struct quarantine_release note = { .event_id = probe_id (id, next_number++), .reason = "whose" };

        harness_as (harness, i % 2 ? &other : &probe_nurse);
        many.tasks[i] = harness_task (harness, "quarantine_release", &note);
        if (i > 0)
            many.tasks[i - 1]->next = many.tasks[i];
    }
    harness_as (harness, &probe_nurse);
    execute (harness_batch (harness), many.tasks[0]);
    is_number (answered (&many), 6, "commands of two municipalities share a transaction");
    is_number (harness_number (harness, "select count(*) from note where text = 'whose' and municipality ="
               " case right (id::text, 1)::int %% 2 when %d then '011002' else '011003' end", many.first % 2), 6,
               "and each writes into its own (S-20)");
    end (&many);
}

int main (void)
{
    struct harness *harness = probe_open ();

    test_poison (harness, "refuse", ERROR_ALREADY_ENDED, 1);
    test_poison (harness, "late refuse", ERROR_ALREADY_ENDED, 2);
    test_poison (harness, "sql error", ERROR_MALFORMED, 2);
    test_poison (harness, "late error", ERROR_MALFORMED, 2);
    test_several_poisons (harness);
    test_same_key (harness);
    test_bells_of_refused (harness);
    test_contexts_do_not_mix (harness);
    test_lost_connection (harness);
    test_unknown (harness);
    test_two_places (harness);
    harness_close (&harness);
    return done ();
}
