/* probe.h - a tiny service for the tests of the dispatcher: notes, one row each, under row-level security.
 *
 * Command quarantine_release stands for "write a note": event_id is its id, reason its text.  Some texts do something else:
 *   "refuse"        fails before it writes        "late refuse"   fails after it wrote
 *   "sql error"     breaks a constraint           "late error"    queues a statement that fails later
 *   "denied"        not_for_you                   "announce"      also writes an event
 *   "ring"          rings and pokes               "slow"          takes 300 ms
 * Query events_of stands for "read a note" and discloses it.
 */
#ifndef PROBE_H
#define PROBE_H

#include <unistd.h>
#include "harness.h"
#include "tap.h"

#define NURSE   "018f3a00-0000-7000-8000-000000000001"
#define STATION "018f3a00-0000-7000-8000-000000000002"

enum { ADD, READ, FAIL };
static const struct db_statement probe_statements[] = {
    [ADD] = { "probe_add", "insert into note (id, municipality, text) values ($1::uuid, guard.municipality (), $2)" },
    [READ] = { "probe_read", "select text from note where id = $1::uuid" },
    [FAIL] = { "probe_fail", "select 1 / ($1::int - $1::int)" },
    { NULL, NULL },
};
static const struct db_statement *const probe_lists[] = { probe_statements, NULL };

static inline int probe_add (struct request *request, const struct quarantine_release *note, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, note->event_id);
    db_text (&args, note->reason);
    return db_queue (request->db, &probe_statements[ADD], &args, err);
}

static inline int probe_fail (struct request *request, bool at_once, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, 1);
    return at_once ? db_run (request->db, &probe_statements[FAIL], &args, &rows, err)
                   : db_queue (request->db, &probe_statements[FAIL], &args, err);
}

static inline int probe_announce (struct request *request, const struct quarantine_release *note, struct error *err)
{
    struct sheet_updated event = { .patient_id = note->event_id, .version = 1, .section = 1, .by = NURSE };

    return announce (request, &sheet_updated_message, &event, request->actor->municipality, err);
}

static int probe_runs;                  /* how often the command's handler was called */

static inline int probe_write (void *self, struct request *request, const void *message, void *answer, struct error *err)
{
    const struct quarantine_release *note = message;
    struct done *reply = answer;

    (void) self;
    __atomic_add_fetch (&probe_runs, 1, __ATOMIC_RELAXED);
    reply->has_version = true;
    reply->version = 7;
    if (strcmp (note->reason, "refuse") == 0)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "refused");
    if (strcmp (note->reason, "denied") == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "denied");
    if (strcmp (note->reason, "sql error") == 0)
        return probe_fail (request, true, err);
    if (strcmp (note->reason, "late error") == 0)
        return probe_fail (request, false, err);
    if (strcmp (note->reason, "slow") == 0)
        usleep (300000);
    if (probe_add (request, note, err) < 0)
        return -1;
    if (strcmp (note->reason, "late refuse") == 0)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "refused late");
    if (strcmp (note->reason, "ring") == 0) {
        ring_after_commit (request->batch, "feed", NURSE, 1);
        poke_after_commit (request->batch, "tick");
    }
    return strcmp (note->reason, "announce") == 0 ? probe_announce (request, note, err) : 0;
}

static inline int probe_read (void *self, struct request *request, const void *message, void *answer, struct error *err)
{
    const struct events_of *query = message;
    struct event_page *page = answer;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    (void) self;
    db_text (&args, query->subject);
    if (db_run (request->db, &probe_statements[READ], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such note");
    page->events.items = arena_alloc (request->arena, 1);
    page->more = true;
    return disclose (request, (struct text_list) { &query->subject, 1 }, "text", "test", err);
}

/* Query incident_sheet stands for "print something": it takes 300 ms. */
static inline int probe_print (void *self, struct request *request, const void *message, void *answer, struct error *err)
{
    struct file_answer *file = answer;

    (void) self;
    (void) request;
    (void) message;
    (void) err;
    usleep (300000);
    file->media_type = "application/pdf";
    file->body = (struct bytes) { (const unsigned char *) "%PDF", 4 };
    return 0;
}

static const struct route probe_routes[] = {
    { &quarantine_release_message, &done_message, NULL, ROLE_BIT (ROLE_VISITING_NURSE), false, false, probe_write },
    { &events_of_message, &event_page_message, NULL, ROLE_BIT (ROLE_VISITING_NURSE), false, false, probe_read },
    { &incident_sheet_message, &file_answer_message, NULL, ROLE_BIT (ROLE_VISITING_NURSE), false, false, probe_print },
    { NULL, NULL, NULL, 0, false, false, NULL },
};

static const struct service probe = {
    .name = "probe", .routes = probe_routes, .route_count = 3, .statements = probe_lists,
};

static const struct harness_actor probe_nurse = { .person = NURSE, .office = STATION, .municipality = "011002",
                                                  .roles = ROLE_BIT (ROLE_VISITING_NURSE) };

static inline void run_shell (const char *command)
{
    if (system (command) != 0) {
        printf ("Bail out! %s\n", command);
        exit (255);
    }
}

static inline struct harness *probe_open (void)
{
    struct harness *harness;

    run_shell ("psql -q \"$RENKEI_TEST_SUPERUSER\" -c 'set client_min_messages = warning; drop schema if exists probe cascade'"
               " -c \"delete from guard.migration where scope = 'probe'\"");
    run_shell ("$MIGRATE --database=\"$RENKEI_TEST_SUPERUSER\" --source=services --bootstrap --service=probe >/dev/null");
    run_shell ("psql -q \"$RENKEI_TEST_SUPERUSER\" -c \"set role renkei_migrate; set search_path = probe, guard;"
               " create table note (id uuid not null, municipality text not null check (municipality <> ''), text text not null,"
               "  primary key (municipality, id));"
               " alter table note enable row level security; alter table note force row level security;"
               " create policy service on note to renkei_probe using (true) with check (true);"
               " create policy municipalities on note as restrictive to renkei_probe"
               "  using (municipality = any ((select guard.municipalities ())::text[]))"
               "  with check (municipality = any ((select guard.municipalities ())::text[]));"
               " grant select, insert on note to renkei_probe\"");
    harness = harness_open (&probe, NULL);
    harness_as (harness, &probe_nurse);
    return harness;
}

static inline const char *probe_id (char ret[37], int number)
{
    snprintf (ret, 37, "018f3a00-0000-7000-9000-%012d", number);
    return ret;
}

static inline int probe_note (struct harness *harness, int number, const char *text, struct error *err)
{
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, number), .reason = text };
    struct done answer = { 0 };

    *err = (struct error) { 0 };
    return harness_call (harness, "quarantine_release", &note, &answer, err);
}

#endif
