/* The workers of a service behind their queues: who gets what, in which order, what finds no room, and that every request is answered once.
 */
#include <poll.h>
#include "probe.h"
#include "clock.h"
#include "crew.h"
#include "log.h"
#include "options.h"
#include "outbox.h"
#include "queue.h"

static const struct option table[] = {
    { "database", OPTION_TEXT, NULL, 0, 0, "Database." },
    { "engine-database", OPTION_TEXT, NULL, 0, 0, "Database of the engine." },
    { "workers", OPTION_NUMBER, "3", 1, 16, "Workers." },
    { "readers", OPTION_NUMBER, "2", 1, 8, "Readers." },
    { NULL, OPTION_TEXT, NULL, 0, 0, NULL },
};

static struct harness *harness;
static struct runtime runtime;
static struct crew *crew;
static struct error err;

static void open_crew (void)
{
    static const struct option *const tables[] = { table, NULL };
    ARENA (arena);
    char *argv[] = { "probe", arena_print (&arena, "--database=%s user=renkei_probe", getenv ("RENKEI_TEST_DATABASE")),
                     arena_print (&arena, "--engine-database=%s user=renkei_probe_engine", getenv ("RENKEI_TEST_DATABASE")), NULL };

    runtime = *harness_engine (harness)->runtime;
    runtime.options = options_read ("probe", tables, 3, argv, &err);
    runtime.outbox = outbox_open ();
    crew = crew_open (&runtime, &err);
    if (!crew)
        printf ("Bail out! %s\n", err.detail);
}

static void close_crew (void)
{
    crew_free (&crew);
    outbox_free (&runtime.outbox);
    options_done ((struct options **) (uintptr_t) &runtime.options);
}

static struct task *note_task (int number, const char *text)
{
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, number), .reason = text };

    return harness_task (harness, "quarantine_release", &note);
}

/* Waits for `wanted` replies and hands each to `see`; the number of those that came within ten seconds. */
static int replies (int wanted, void (*see) (const struct task *task))
{
    int64_t until = clock_monotonic_us () + 10 * SECOND_US;
    int got = 0;

    while (got < wanted && clock_monotonic_us () < until) {
        struct pollfd waiting = { outbox_fd (runtime.outbox), POLLIN, 0 };

        poll (&waiting, 1, 100);
        for (struct outgoing *one = outbox_take (runtime.outbox), *next; one; one = next) {
            next = one->next;
            if (one->kind == OUTGOING_REPLY) {
                got++;
                see (one->task);
            }
            outgoing_free (one);
        }
    }
    return got;
}

static int fine, refused_later, denied, unreadable;

static void tell_outcomes (const struct task *task)
{
    fine += task->ok;
    refused_later += task->err.key == ERROR_TRY_LATER;
    denied += task->err.key == ERROR_NOT_FOR_ROLE;
    unreadable += !task->route;
}

static void forget (void)
{
    fine = refused_later = denied = unreadable = 0;
}

/* ---- order ------------------------------------------------------------------------------------------------------------------------- */

static void one_subject_in_its_order (void)
{
    enum { SUBJECTS = 60 };
    int wrong = 0;

    forget ();
    for (int i = 0; i < 3 * SUBJECTS; i++) {
        struct task *task = note_task (1000 + i % SUBJECTS, i < SUBJECTS ? "first" : "later");

        crew_give (crew, task);
    }
    is_number (replies (3 * SUBJECTS, tell_outcomes), 3 * SUBJECTS, "every request gets one reply");
    is_number (fine, SUBJECTS, "of three about one subject one is done");
    for (int i = 0; i < SUBJECTS; i++) {
        char id[37];

        wrong += strcmp (harness_text (harness, "select text from note where id = '%s'", probe_id (id, 1000 + i)), "first") != 0;
    }
    is_number (wrong, 0, "...the one that came first, whichever worker it was");
}

static int place, slow_place, quick_place;

static void tell_places (const struct task *task)
{
    const struct quarantine_release *note = task->message;

    place++;
    if (task->route && !(task->route->message->flags & IS_QUERY))
        *(strcmp (note->reason, "slow") == 0 ? &slow_place : &quick_place) = place;
}

static void a_slow_subject_holds_only_its_own_worker (void)
{
    struct task *slow = note_task (2000, "slow"), *quick;
    int number = 2001;

    place = slow_place = quick_place = 0;
    while ((quick = note_task (number, "quick")) && task_shard (quick) % 3 == task_shard (slow) % 3) {
        task_done (&quick);
        number++;
    }
    crew_give (crew, slow);
    crew_give (crew, quick);
    is_number (replies (2, tell_places), 2, "a slow command and a quick one about another subject");
    ok (quick_place < slow_place, "...the quick one is answered first");
}

static void queries_do_not_wait_for_commands (void)
{
    char id[37];
    struct events_of query = { .subject = probe_id (id, 2000) };

    place = slow_place = quick_place = 0;
    for (int i = 0; i < 6; i++)
        crew_give (crew, note_task (2100 + i, "slow"));
    for (int i = 0; i < 4; i++)
        crew_give (crew, harness_task (harness, "events_of", &query));
    is_number (replies (10, tell_places), 10, "six slow commands and four queries");
    is_number (slow_place, 10, "...the last answered is a command: readers are their own");
}

static int sheets_seen, read_before_a_sheet;

static void tell_sheets (const struct task *task)
{
    bool sheet = task->ok && task->route->answer == &file_answer_message;

    sheets_seen += sheet;
    read_before_a_sheet += !sheet && sheets_seen == 0;
}

static void nobody_waits_for_the_printer (void)
{
    char id[37];
    struct events_of query = { .subject = probe_id (id, 1000) };
    struct incident_sheet sheet = { .lookup_id = id };

    for (int i = 0; i < 4; i++)
        crew_give (crew, harness_task (harness, "incident_sheet", &sheet));
    for (int i = 0; i < 4; i++)
        crew_give (crew, harness_task (harness, "events_of", &query));
    is_number (replies (8, tell_sheets), 8, "four sheets to be printed, more than there are readers, and four queries behind them");
    is_number (read_before_a_sheet, 4, "...every query is answered before the first sheet is printed");
    is_number (sheets_seen, 4, "...and every sheet is printed");
}

/* ---- refusals ---------------------------------------------------------------------------------------------------------------------- */

static void what_was_refused_before_is_answered_and_written_down (void)
{
    struct harness_actor helper = probe_nurse;
    int64_t before = harness_number (harness, "select count(*) from denial");
    struct task *strange = task_new ();

    forget ();
    helper.roles = ROLE_BIT (ROLE_HELPER);
    harness_as (harness, &helper);
    crew_give (crew, note_task (3000, "denied by role"));
    harness_as (harness, &probe_nurse);
    task_read (strange, &runtime, "svc:odd", (struct bytes) { (const unsigned char *) "\xc1", 1 }, (struct bytes) { NULL, 0 });
    crew_give (crew, strange);
    is_number (replies (2, tell_outcomes), 2, "a request of the wrong role and one nobody can read");
    ok (denied == 1 && unreadable == 1 && fine == 0, "...are answered, and not run");
    is_number (harness_number (harness, "select count(*) from denial") - before, 1, "the refused right is written down");
    is_number (harness_number (harness, "select count(*) from denial where reason = 'not_for_role' and person = '" NURSE
                                        "' and message = 'quarantine_release'"
                                        " and office = '" STATION "'"),
               1, "...with who, where and what");
}

static void what_waits_past_its_deadline_is_not_begun (void)
{
    struct task *slow = note_task (4000, "slow"), *late = note_task (4000, "late");
    struct request_header *header = arena_alloc (&late->arena, sizeof *header);

    forget ();
    *header = *late->header;
    header->has_deadline = true;
    header->deadline = clock_real_us () + 100000;
    late->header = header;
    crew_give (crew, slow);
    usleep (20000);
    crew_give (crew, late);
    is_number (replies (2, tell_outcomes), 2, "a command behind a slow one, whose deadline passes meanwhile");
    ok (fine == 1 && refused_later == 1, "...is told to try later");
}

static void what_finds_no_room_is_told_at_once (void)
{
    struct crew *busy = crew;
    int more = 40;

    forget ();
    crew = crew_open (&runtime, &err);              /* not started: nothing is taken out */
    for (int i = 0; i < QUEUE_MAX + more; i++)
        crew_give (crew, note_task (5000, "one subject"));
    is_number (crew_waiting (crew), QUEUE_MAX, "as many as a queue holds wait");
    is_number (replies (more, tell_outcomes), more, "the rest is answered at once");
    is_number (refused_later, more, "...with try later");
    crew_give (crew, note_task (5001, "another subject"));
    crew_free (&crew);                              /* with all that wait */
    crew = busy;
}

static void at_the_end_everybody_is_answered (void)
{
    int count = 30;

    forget ();
    for (int i = 0; i < count; i++)
        crew_give (crew, note_task (6000 + i, i < 3 ? "slow" : "before the end"));
    crew_close (crew);
    is_number (crew_waiting (crew), 0, "closing waits until nothing waits");
    is_number (replies (count, tell_outcomes), count, "what had come is answered");
    is_number (fine, count, "...as done");
    is_number (harness_number (harness, "select count(*) from note where id between '018f3a00-0000-7000-9000-000000006000' and"
                               " '018f3a00-0000-7000-9000-000000006999'"), count, "...and is");
    crew_give (crew, note_task (6999, "too late"));
    is_number (replies (1, tell_outcomes), 1, "what comes behind the end is answered too");
    is_number (refused_later, 1, "...with try later");
}

static void a_schema_that_does_not_fit_stops_the_start (void)
{
    struct crew *none;

    harness_sql (harness, "alter table note rename column text to words");
    none = crew_open (&runtime, &err);
    ok (!none && strstr (err.detail, "probe_add"), "a table that lacks a column stops the start, naming the statement");
    ok (err.key == ERROR_BUG, "...for good: waiting would not help");
    harness_sql (harness, "alter table note rename column words to text");
}

int main (void)
{
    log_open ("probe", LOG_LEVEL_ERROR);
    harness = probe_open ();
    open_crew ();
    if (crew_start (crew, &err) < 0)
        printf ("Bail out! %s\n", err.detail);
    one_subject_in_its_order ();
    a_slow_subject_holds_only_its_own_worker ();
    queries_do_not_wait_for_commands ();
    nobody_waits_for_the_printer ();
    what_was_refused_before_is_answered_and_written_down ();
    what_waits_past_its_deadline_is_not_begun ();
    what_finds_no_room_is_told_at_once ();
    at_the_end_everybody_is_answered ();
    a_schema_that_does_not_fit_stops_the_start ();
    close_crew ();
    harness_close (&harness);
    return done ();
}
