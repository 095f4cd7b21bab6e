#include "hearing_store.h"
#include "db_internal.h"

enum { CURSOR, BEGIN_CURSOR, FROM_BEGINNING, MOVE_CURSOR, FILLED, RELEASE, FILL, FILL_TO, FILL_AGAIN, NOT_FILLED, LOCK, ADVANCE, INBOX,
       RETRIED, ATTEMPT, DUE, QUARANTINE, QUARANTINED, QUARANTINE_COUNT, RELEASE_EVENT, COUNT };

#define WAITS "exists (select from quarantine q where q.source = $1 and q.subject = "

/* Tables: schema/service/0001_runtime.sql and 0002_hearing.sql. */
const struct db_statement hearing_statements[] = {
    [CURSOR] = { "hearing_cursor",
        "select c.source is not null as known, c.filled, c.incarnation, c.xid::text as xid, c.seq,"
        "       c.start_incarnation, c.start_xid::text as start_xid, c.start_seq, l.name is null or l.expires = '-infinity' as clean"
        "  from (select 1) as one left join hearing_cursor c on c.source = $1 left join lease l on l.name = $2" },
    [BEGIN_CURSOR] = { "hearing_begin_cursor",
        "insert into hearing_cursor (source, incarnation, xid, seq, start_incarnation, start_xid, start_seq)"
        " values ($1, $2::integer, $3::text::xid8, $4::bigint, $2::integer, $3::text::xid8, $4::bigint) on conflict do nothing" },
    [FROM_BEGINNING] = { "hearing_from_beginning",
        "insert into hearing_cursor (source, incarnation, xid, seq) values ($1, 0, '0', 0)"
        " on conflict (source) do update set incarnation = 0, xid = '0', seq = 0, start_incarnation = 0, start_xid = '0', start_seq = 0" },
    [MOVE_CURSOR] = { "hearing_move_cursor",
        "update hearing_cursor set incarnation = $2::integer, xid = $3::text::xid8, seq = $4::bigint, recorded_at = default"
        " where source = $1" },
    [FILLED] = { "hearing_filled", "update hearing_cursor set filled = true where source = $1" },
    [RELEASE] = { "hearing_release", "update lease set expires = '-infinity' where name = $1 and holder = $2" },
    [FILL] = { "hearing_fill", "select after, done from hearing_fill where source = $1 and event = $2" },
    [FILL_TO] = { "hearing_fill_to",
        "insert into hearing_fill (source, event, after, done) values ($1, $2, $3, $4::boolean)"
        " on conflict (source, event) do update set after = excluded.after, done = excluded.done" },
    [FILL_AGAIN] = { "hearing_fill_again", "delete from hearing_fill where source = $1 and event = $2" },
    [NOT_FILLED] = { "hearing_not_filled", "update hearing_cursor set filled = false where source = $1" },
    [LOCK] = { "hearing_lock",
        "select w.subject, coalesce (p.version, 0) as version, " WAITS "w.subject and q.state = 'waiting') as waits,"
        "       exists (select from hearing_attempt a where a.source = $1 and a.subject = w.subject) as retried"
        "  from unnest ($2::uuid[]) as w (subject)"
        "  left join lateral (select h.version from hearing_position h where h.source = $1 and h.subject = w.subject for update) p"
        "    on true" },
    [ADVANCE] = { "hearing_advance",
        "with moved as (insert into hearing_position (source, subject, version)"
        "               select $1, n.subject, n.now from unnest ($2::uuid[], $3::bigint[], $4::bigint[]) as n (subject, last, now)"
        "               on conflict (source, subject) do update set version = excluded.version"
        "                where hearing_position.version = any (select n.last from unnest ($2::uuid[], $3::bigint[]) as n (subject, last)"
        "                                                       where n.subject = excluded.subject) returning 1)"
        "select guard.touched (count (*), cardinality ($2::uuid[])) from moved" },
    [INBOX] = { "hearing_inbox", "insert into inbox (event_id, source) select i, $1 from unnest ($2::uuid[]) as i" },
    [RETRIED] = { "hearing_retried",
        "with gone as (delete from hearing_attempt a using unnest ($2::uuid[], $3::bigint[]) as n (subject, now)"
        "               where a.source = $1 and a.subject = n.subject and a.version <= n.now)"
        "update quarantine q set state = 'applied' from unnest ($2::uuid[], $3::bigint[]) as n (subject, now)"
        " where q.source = $1 and q.subject = n.subject and q.version <= n.now and q.state = 'retry'" },
    [ATTEMPT] = { "hearing_attempt",
        "insert into hearing_attempt (event_id, source, attempts, subject, version) values ($1::uuid, $2, 1, $3::uuid, $4::bigint)"
        " on conflict (event_id, source) do update set attempts = hearing_attempt.attempts + 1, recorded_at = default returning attempts" },
    [DUE] = { "hearing_due",
        "select a.subject, max (a.version) as version from hearing_attempt a"
        " where a.source = $1 and not " WAITS "a.subject and q.state = 'waiting')"
        "   and a.recorded_at < guard.real_now () - interval '100 milliseconds' * power (2, least (a.attempts, 6))"
        " group by a.subject order by min (a.recorded_at) limit 64" },
    [QUARANTINE] = { "hearing_quarantine",
        "with gone as (delete from hearing_attempt where source = $2 and event_id = $1::uuid)"
        "insert into quarantine (event_id, source, type, subject, version, envelope, attempts, reason, since)"
        " values ($1::uuid, $2, $3, $4::uuid, $5::bigint, $6::bytea, $7::integer, $8, guard.to_time ($9::bigint))"
        " on conflict (event_id, source) do update set state = 'waiting', attempts = quarantine.attempts + excluded.attempts,"
        "    reason = excluded.reason" },
    [QUARANTINED] = { "hearing_quarantined",
        "select event_id, source, type, subject, version, attempts, reason, guard.to_us (since) as since from quarantine"
        " where state in ('waiting', 'retry') order by since, event_id limit 200" },
    [QUARANTINE_COUNT] = { "hearing_quarantine_count", "select count (*) as n from quarantine where state = 'waiting'" },
    /* The subject is pulled again after either; a skipped event counts as applied. */
    [RELEASE_EVENT] = { "hearing_release_event",
        "with released as (update quarantine set state = case when $2::boolean then 'skipped' else 'retry' end, ended_by = $3::uuid,"
        "                         ended_reason = $4, ended_at = guard.to_time ($5::bigint)"
        "                   where event_id = $1::uuid and state = 'waiting' returning source, event_id, subject, version),"
        " marked as (insert into hearing_attempt (event_id, source, attempts, subject, version, recorded_at)"
        "            select event_id, source, 0, subject, version, '-infinity' from released"
        "            on conflict (event_id, source) do update set attempts = 0, recorded_at = excluded.recorded_at),"
        " skipped as (insert into hearing_position (source, subject, version)"
        "             select source, subject, version from released where $2::boolean"
        "             on conflict (source, subject) do update set version = greatest (hearing_position.version, excluded.version))"
        "select source from released" },
    [COUNT] = { NULL, NULL },
};

/* ---- cursor ------------------------------------------------------------------------------------------------------------------------ */

int hearing_store_cursor (struct db *db, const char *source, const char *lease, struct hearing_cursor *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, source);
    db_text (&args, lease);
    if (db_run (db, &hearing_statements[CURSOR], &args, &rows, err) < 0)
        return -1;
    ret->known = db_get_flag (rows, 0, "known");
    ret->filled = db_get_flag (rows, 0, "filled");
    ret->was_stopped_cleanly = db_get_flag (rows, 0, "clean");
    ret->at = (struct event_position) { db_get_number (rows, 0, "incarnation"), db_get_number (rows, 0, "xid"),
                                        db_get_number (rows, 0, "seq") };
    ret->start = (struct event_position) { db_get_number (rows, 0, "start_incarnation"), db_get_number (rows, 0, "start_xid"),
                                           db_get_number (rows, 0, "start_seq") };
    return 0;
}

static int queue_position (struct db *db, int which, const char *source, const struct event_position *position, struct error *err)
{
    struct db_args args = { 0 };
    char xid[24];

    snprintf (xid, sizeof xid, "%lld", (long long) position->xid);
    db_text (&args, source);
    db_number (&args, position->incarnation);
    db_text (&args, xid);
    db_number (&args, position->seq);
    return db_queue (db, &hearing_statements[which], &args, err);
}

int hearing_store_begin_cursor (struct db *db, const char *source, const struct event_position *start, struct error *err)
{
    return queue_position (db, BEGIN_CURSOR, source, start, err);
}

int hearing_store_move_cursor (struct db *db, const char *source, const struct event_position *to, struct error *err)
{
    return queue_position (db, MOVE_CURSOR, source, to, err);
}

static int queue_texts (struct db *db, int which, const char *first, const char *second, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, first);
    if (second)
        db_text (&args, second);
    return db_queue (db, &hearing_statements[which], &args, err);
}

int hearing_store_from_beginning (struct db *db, const char *source, struct error *err)
{
    return queue_texts (db, FROM_BEGINNING, source, NULL, err);
}

int hearing_store_filled (struct db *db, const char *source, struct error *err)
{
    return queue_texts (db, FILLED, source, NULL, err);
}

int hearing_store_release (struct db *db, const char *lease, const char *holder, struct error *err)
{
    return queue_texts (db, RELEASE, lease, holder, err);
}

/* ---- fills ------------------------------------------------------------------------------------------------------------------------- */

int hearing_store_fill (struct db *db, const char *source, const char *event, struct arena *arena, bool *ret_begun, bool *ret_done,
                        const char **ret_after, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, source);
    db_text (&args, event);
    if (db_run (db, &hearing_statements[FILL], &args, &rows, err) < 0)
        return -1;
    *ret_begun = db_count (rows) > 0;
    *ret_done = *ret_begun && db_get_flag (rows, 0, "done");
    *ret_after = *ret_begun ? db_copy_text (rows, 0, "after", arena) : NULL;
    return 0;
}

int hearing_store_fill_to (struct db *db, const char *source, const char *event, const char *after, bool done, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, source);
    db_text (&args, event);
    db_text (&args, after);
    db_flag (&args, done);
    return db_queue (db, &hearing_statements[FILL_TO], &args, err);
}

int hearing_store_fill_again (struct db *db, const char *source, const char *event, struct error *err)
{
    return queue_texts (db, FILL_AGAIN, source, event, err) < 0 ? -1 : queue_texts (db, NOT_FILLED, source, NULL, err);
}

/* ---- positions --------------------------------------------------------------------------------------------------------------------- */

static void read_subject (const db_rows *rows, int row, struct hearing_subject *subjects, size_t count)
{
    const char *subject = db_get_text (rows, row, "subject");

    for (size_t i = 0; i < count; i++)
        if (strcmp (subjects[i].subject, subject) == 0) {
            subjects[i].last = subjects[i].now = db_get_number (rows, row, "version");
            subjects[i].waits = db_get_flag (rows, row, "waits");
            subjects[i].retried = db_get_flag (rows, row, "retried");
            return;
        }
}

int hearing_store_lock (struct db *db, const char *source, struct hearing_subject *subjects, size_t count, struct arena *arena,
                        struct error *err)
{
    struct db_args args = { 0 };
    const char **ids = arena_alloc (arena, (count + 1) * sizeof *ids);
    DB_ROWS (rows);

    for (size_t i = 0; i < count; i++)
        ids[i] = subjects[i].subject;
    db_text (&args, source);
    db_text_list (&args, arena, (struct text_list) { ids, count });
    if (db_run (db, &hearing_statements[LOCK], &args, &rows, err) < 0)
        return -1;
    for (int i = 0; i < db_count (rows); i++)
        read_subject (rows, i, subjects, count);
    return 0;
}

struct moved { struct text_list subjects; struct i64_list last, now; };

static struct moved moved_of (const struct hearing_subject *subjects, size_t count, bool retried, struct arena *arena)
{
    const char **ids = arena_alloc (arena, (count + 1) * sizeof *ids);
    int64_t *last = arena_alloc (arena, (count + 1) * sizeof *last), *now = arena_alloc (arena, (count + 1) * sizeof *now);
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        if (retried ? subjects[i].retried : subjects[i].now > subjects[i].last) {
            ids[used] = subjects[i].subject;
            last[used] = subjects[i].last;
            now[used++] = subjects[i].now;
        }
    return (struct moved) { { ids, used }, { last, used }, { now, used } };
}

int hearing_store_advance (struct db *db, const char *source, const struct hearing_subject *subjects, size_t count, struct arena *arena,
                           struct error *err)
{
    struct moved moved = moved_of (subjects, count, false, arena), retried = moved_of (subjects, count, true, arena);
    struct db_args args = { 0 }, again = { 0 };

    db_text (&args, source);
    db_text_list (&args, arena, moved.subjects);
    db_number_list (&args, arena, moved.last);
    db_number_list (&args, arena, moved.now);
    if (moved.subjects.count
        && db_queue_sure (db, &hearing_statements[ADVANCE], &args, ERROR_STILL_RUNNING, err) < 0)
        return -1;
    if (!retried.subjects.count)
        return 0;
    db_text (&again, source);
    db_text_list (&again, arena, retried.subjects);
    db_number_list (&again, arena, retried.now);
    return db_queue (db, &hearing_statements[RETRIED], &again, err);
}

int hearing_store_inbox (struct db *db, const char *source, struct text_list event_ids, struct arena *arena, struct error *err)
{
    struct db_args args = { 0 };

    if (!event_ids.count)
        return 0;
    db_text (&args, source);
    db_text_list (&args, arena, event_ids);
    return db_queue (db, &hearing_statements[INBOX], &args, err);
}

/* ---- attempts and quarantine ------------------------------------------------------------------------------------------------------- */

int hearing_store_attempt (struct db *db, const char *source, const struct event_envelope *event, int64_t *ret_attempts, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, event->id);
    db_text (&args, source);
    db_text (&args, event->subject);
    db_number (&args, event->subjectversion);
    if (db_run (db, &hearing_statements[ATTEMPT], &args, &rows, err) < 0)
        return -1;
    *ret_attempts = db_get_number (rows, 0, "attempts");
    return 0;
}

int hearing_store_due (struct db *db, const char *source, struct arena *arena, struct hearing_due ret[64], size_t *ret_count,
                       struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, source);
    if (db_run (db, &hearing_statements[DUE], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    for (int i = 0; i < db_count (rows); i++)
        ret[i] = (struct hearing_due) { db_copy_text (rows, i, "subject", arena), db_get_number (rows, i, "version") };
    return 0;
}

int hearing_store_quarantine (struct db *db, const char *source, const struct event_envelope *event, int64_t attempts, const char *reason,
                              int64_t now, struct arena *arena, struct error *err)
{
    struct db_args args = { 0 };
    struct bytes packed;

    if (codec_pack (&event_envelope_message, event, arena, &packed, err) < 0)
        return -1;
    db_text (&args, event->id);
    db_text (&args, source);
    db_text (&args, event->type);
    db_text (&args, event->subject);
    db_number (&args, event->subjectversion);
    db_bytes (&args, packed);
    db_number (&args, attempts);
    db_text (&args, reason);
    db_number (&args, now);
    return db_queue (db, &hearing_statements[QUARANTINE], &args, err);
}

int hearing_store_quarantined (struct db *db, struct arena *arena, struct quarantine_line_list *ret, struct error *err)
{
    struct quarantine_line *lines;
    DB_ROWS (rows);

    if (db_run (db, &hearing_statements[QUARANTINED], &(struct db_args) { 0 }, &rows, err) < 0)
        return -1;
    lines = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct quarantine_line) {
            .event_id = db_copy_text (rows, i, "event_id", arena),
            .source = db_copy_text (rows, i, "source", arena),
            .type = db_copy_text (rows, i, "type", arena),
            .subject = db_copy_text (rows, i, "subject", arena),
            .subjectversion = db_get_number (rows, i, "version"),
            .attempts = db_get_number (rows, i, "attempts"),
            .reason = db_copy_text (rows, i, "reason", arena),
            .since = db_get_number (rows, i, "since"),
        };
    *ret = (struct quarantine_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}

int hearing_store_quarantine_count (struct db *db, int64_t *ret, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, &hearing_statements[QUARANTINE_COUNT], &(struct db_args) { 0 }, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "n");
    return 0;
}

int hearing_store_release_event (struct db *db, const char *event_id, bool skip, const char *person, const char *reason, int64_t now,
                                 bool *ret_found, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, event_id);
    db_flag (&args, skip);
    db_text (&args, person);
    db_text (&args, reason);
    db_number (&args, now);
    if (db_run (db, &hearing_statements[RELEASE_EVENT], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    return 0;
}
