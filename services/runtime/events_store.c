#include "events_store.h"
#include "db_internal.h"
#include "events.h"

#define COLUMNS "e.id, e.type, e.subject, e.version, guard.to_us (e.at) as at, e.municipality, e.actor, e.trace, e.urgent, e.payload," \
                " e.incarnation, e.xid::text as xid, e.seq"

enum { OF, AFTER, HORIZON, SUBSCRIBER, COUNT };

/* Indexes: primary key (subject, version), event_log_order (incarnation, xid, seq); partitioned by month. */
const struct db_statement events_statements[] = {
    [OF] = { "events_of",
        "select " COLUMNS
        "  from unnest ($1::uuid[], $2::bigint[]) as w (subject, version)"
        " cross join lateral (select * from event_log l where l.subject = w.subject and l.version > w.version"
        "                      order by l.version limit $3::bigint) e"
        " order by e.subject, e.version" },
    [AFTER] = { "events_after",
        "select " COLUMNS
        "  from event_log e"
        " where (e.incarnation, e.xid, e.seq) > ($1::integer, $2::text::xid8, $3::bigint)"
        "   and (e.incarnation < $4::integer or e.xid < pg_snapshot_xmin (pg_current_snapshot ()))"
        "   and ($6::text[] = '{}' or split_part (e.type, '.', 4) = any ($6::text[]))"
        " order by e.incarnation, e.xid, e.seq limit $5::bigint" },
    [HORIZON] = { "events_horizon", "select pg_snapshot_xmin (pg_current_snapshot ())::text as xid" },
    [SUBSCRIBER] = { "events_subscriber",
        "insert into subscriber (name, incarnation, xid, seq) values ($1, $2::integer, $3::text::xid8, $4::bigint)"
        " on conflict (name) do update"
        "    set incarnation = excluded.incarnation, xid = excluded.xid, seq = excluded.seq, recorded_at = default"
        "  where (subscriber.incarnation, subscriber.xid, subscriber.seq)"
        "        is distinct from (excluded.incarnation, excluded.xid, excluded.seq)" },
    [COUNT] = { NULL, NULL },
};

int events_store_of (struct db *db, struct text_list subjects, struct i64_list after_versions, int64_t each, struct arena *arena,
                     db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text_list (&args, arena, subjects);
    db_number_list (&args, arena, after_versions);
    db_number (&args, each);
    return db_run (db, &events_statements[OF], &args, ret, err);
}

static void position_args (struct db_args *args, const struct event_position *position, char xid[24])
{
    snprintf (xid, 24, "%lld", (long long) position->xid);
    db_number (args, position->incarnation);
    db_text (args, xid);
    db_number (args, position->seq);
}

int events_store_after (struct db *db, const struct event_position *after, struct text_list names, int64_t limit, struct arena *arena,
                        db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };
    char xid[24];

    position_args (&args, after, xid);
    db_number (&args, db_incarnation (db));
    db_number (&args, limit);
    db_text_list (&args, arena, names);
    return db_run (db, &events_statements[AFTER], &args, ret, err);
}

struct event_envelope events_store_row (const db_rows *rows, int row, const char *source, struct arena *arena)
{
    struct event_position *position = arena_alloc (arena, sizeof *position);

    position->incarnation = db_get_number (rows, row, "incarnation");
    position->xid = db_get_number (rows, row, "xid");
    position->seq = db_get_number (rows, row, "seq");
    return (struct event_envelope) {
        .id = db_copy_text (rows, row, "id", arena),
        .source = source,
        .type = db_copy_text (rows, row, "type", arena),
        .subject = db_copy_text (rows, row, "subject", arena),
        .subjectversion = db_get_number (rows, row, "version"),
        .time = db_get_number (rows, row, "at"),
        .municipality = db_copy_text (rows, row, "municipality", arena),
        .actor = db_copy_text (rows, row, "actor", arena),
        .traceparent = db_copy_text (rows, row, "trace", arena),
        .has_urgent = true,
        .urgent = db_get_flag (rows, row, "urgent"),
        .data = db_copy_bytes (rows, row, "payload", arena),
        .position = position,
    };
}

int events_store_horizon (struct db *db, struct event_position *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &events_statements[HORIZON], &args, &rows, err) < 0)
        return -1;
    *ret = (struct event_position) { .incarnation = db_incarnation (db), .xid = db_get_number (rows, 0, "xid") };
    return 0;
}

int events_store_subscriber (struct db *db, const char *name, const struct event_position *position, struct error *err)
{
    struct db_args args = { 0 };
    char xid[24];

    db_text (&args, name);
    position_args (&args, position, xid);
    return db_queue (db, &events_statements[SUBSCRIBER], &args, err);
}
