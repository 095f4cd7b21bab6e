/* ical_store.c - see ical_store.h. */
#include "ical_store.h"

enum { ADD, REVOKE, LIST, OPEN, NOTE_READ, PLACES, STAFF, NAME, STORED, PUT, DROP };

#define NAME_OF(scope, subject) \
    "case " scope " when 1 then (select m.name from membership m where m.person_id = " subject " order by m.roles <> 0 desc, m.version desc" \
    "       limit 1)" \
    " when 2 then (select r.name from rotation r where r.rotation_id = " subject ")" \
    " else (select o.name from office o where o.office_id = " subject ") end"

const struct db_statement ical_statements[] = {
    [ADD] = { "ical_add",
        "insert into ical_address (calendar_id, token_hash, scope, subject, label, made_by, made_at)"
        " select $1::uuid, $2::bytea, $3::smallint, $4::uuid, $5, $6::uuid, guard.to_time ($7::bigint)"
        "  where (select count(*) from ical_address where made_by = $6::uuid and revoked_at is null) < $8::bigint" },
    [REVOKE] = { "ical_revoke",
        "update ical_address set revoked_at = guard.to_time ($4::bigint), revoked_by = $3::uuid"
        " where calendar_id = $1::uuid and revoked_at is null and ($2::uuid is null or made_by = $2::uuid) returning 1" },
    [LIST] = { "ical_list",
        "select a.calendar_id, a.scope, coalesce (" NAME_OF ("a.scope", "a.subject") ", '') as name, a.label,"
        "       guard.to_us (a.made_at) as made_at, guard.to_us (a.read_at) as read_at"
        "  from ical_address a where a.made_by = $1::uuid and a.revoked_at is null order by a.made_at desc, a.calendar_id limit 100" },
    [OPEN] = { "ical_open",
        "select a.calendar_id, a.scope, a.subject, " NAME_OF ("a.scope", "a.subject") " as name,"
        "       case a.scope when 2 then (select r.located_in from rotation r where r.rotation_id = a.subject)"
        "                    when 3 then (select o.located_in from office o where o.office_id = a.subject) end as located_in"
        "  from ical_address a"
        " where a.token_hash = $1::bytea and a.revoked_at is null"
        "   and exists (select from membership m where m.person_id = a.made_by and m.roles <> 0"
        "                  and (a.scope <> 3 or m.office_id = a.subject))"
        "   for update of a" },
    [NOTE_READ] = { "ical_note_read",
        "update ical_address set read_at = guard.to_time ($2::bigint)"
        " where calendar_id = $1::uuid and (read_at is null or read_at < guard.to_time ($2::bigint) - interval '10 minutes')" },
    [PLACES] = { "ical_places",
        "select coalesce (array_agg (distinct q.place), '{}') as places from ("
        "  select m.located_in as place from membership m where m.person_id = $1::uuid and m.roles <> 0"
        "  union select r.located_in from rotation r join rotation_member n using (rotation_id) where n.person_id = $1::uuid) q" },
    [STAFF] = { "ical_staff",
        "select coalesce (array_agg (distinct m.person_id::text), '{}') as people from membership m"
        " where m.office_id = $1::uuid and m.roles <> 0" },
    [NAME] = { "ical_name", "select " NAME_OF ("$1::smallint", "$2::uuid") " as name" },
    [STORED] = { "ical_stored",
        "select uid, guard.to_us (from_at) as from_at, guard.to_us (to_at) as to_at, summary, sequence, cancelled,"
        "       guard.to_us (changed_at) as changed_at"
        "  from ical_event where scope = $1::smallint and subject = $2::uuid" },
    [PUT] = { "ical_put",
        "insert into ical_event (scope, subject, uid, from_at, to_at, summary, sequence, cancelled, changed_at)"
        " values ($1::smallint, $2::uuid, $3::uuid, guard.to_time ($4::bigint), guard.to_time ($5::bigint), $6, $7::integer, $8::boolean,"
        "        guard.to_time ($9::bigint))"
        " on conflict (scope, subject, uid) do update set from_at = excluded.from_at, to_at = excluded.to_at, summary = excluded.summary,"
        "        sequence = excluded.sequence, cancelled = excluded.cancelled, changed_at = excluded.changed_at" },
    [DROP] = { "ical_drop",
        "delete from ical_event where scope = $1::smallint and subject = $2::uuid and to_at <= guard.to_time ($3::bigint)" },
    { NULL, NULL },
};

static struct bytes hash_of (const unsigned char hash[ICAL_HASH_BYTES])
{
    return (struct bytes) { hash, ICAL_HASH_BYTES };
}

int ical_add (struct db *db, const char *calendar_id, const unsigned char hash[ICAL_HASH_BYTES], const struct calendar_make *command,
              const char *subject, const char *by, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, calendar_id);
    db_bytes (&args, hash_of (hash));
    db_number (&args, command->scope);
    db_text (&args, subject);
    db_text (&args, command->label);
    db_text (&args, by);
    db_time (&args, now);
    db_number (&args, ICAL_ADDRESSES_MOST);
    return db_queue_expect (db, &ical_statements[ADD], &args, 1, ERROR_TOO_MANY_REQUESTS, err);
}

int ical_revoke (struct db *db, const char *calendar_id, const char *made_by, const char *by, int64_t now, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, calendar_id);
    db_text (&args, made_by);
    db_text (&args, by);
    db_time (&args, now);
    if (db_run (db, &ical_statements[REVOKE], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0;
    return 0;
}

int ical_list (struct db *db, struct arena *arena, const char *person_id, struct calendar_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct calendar_view *items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &ical_statements[LIST], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = items = arena_alloc (arena, (ret->count + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct calendar_view) { .calendar_id = db_copy_text (rows, i, "calendar_id", arena),
            .scope = (enum calendar_scope) db_get_number (rows, i, "scope"), .name = db_copy_text (rows, i, "name", arena),
            .label = db_copy_text (rows, i, "label", arena), .made_at = db_get_number (rows, i, "made_at"),
            .has_read_at = !db_is_null (rows, i, "read_at"), .read_at = db_get_number (rows, i, "read_at") };
    return 0;
}

static int note_read (struct db *db, const char *calendar_id, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, calendar_id);
    db_time (&args, now);
    return db_queue (db, &ical_statements[NOTE_READ], &args, err);
}

int ical_open (struct db *db, struct arena *arena, const unsigned char hash[ICAL_HASH_BYTES], int64_t now, struct ical_address *ret,
               struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct ical_address) { 0 };
    db_bytes (&args, hash_of (hash));
    if (db_run (db, &ical_statements[OPEN], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0 || db_is_null (rows, 0, "name"))
        return 0;
    *ret = (struct ical_address) { .calendar_id = db_copy_text (rows, 0, "calendar_id", arena),
        .subject = db_copy_text (rows, 0, "subject", arena), .name = db_copy_text (rows, 0, "name", arena),
        .located_in = db_copy_text (rows, 0, "located_in", arena), .scope = (enum calendar_scope) db_get_number (rows, 0, "scope") };
    return note_read (db, ret->calendar_id, now, err);
}

static int read_list (struct db *db, struct arena *arena, int statement, const char *id, const char *column, struct text_list *ret,
                      struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, id);
    if (db_run (db, &ical_statements[statement], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, column, arena);
    return 0;
}

int ical_places (struct db *db, struct arena *arena, const char *person_id, struct text_list *ret, struct error *err)
{
    return read_list (db, arena, PLACES, person_id, "places", ret, err);
}

int ical_staff (struct db *db, struct arena *arena, const char *office_id, struct text_list *ret, struct error *err)
{
    return read_list (db, arena, STAFF, office_id, "people", ret, err);
}

int ical_name (struct db *db, struct arena *arena, enum calendar_scope scope, const char *subject, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, scope);
    db_text (&args, subject);
    if (db_run (db, &ical_statements[NAME], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, "name", arena);
    return 0;
}

int ical_stored (struct db *db, struct arena *arena, const struct ical_address *address, struct ical_events *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, address->scope);
    db_text (&args, address->subject);
    if (db_run (db, &ical_statements[STORED], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct ical_event) { .uid = db_copy_text (rows, i, "uid", arena), .from = db_get_number (rows, i, "from_at"),
            .to = db_get_number (rows, i, "to_at"), .changed_at = db_get_number (rows, i, "changed_at"),
            .summary = db_copy_text (rows, i, "summary", arena), .sequence = db_get_number (rows, i, "sequence"),
            .cancelled = db_get_flag (rows, i, "cancelled") };
    return 0;
}

static int put (struct db *db, const struct ical_address *address, const struct ical_event *event, struct error *err)
{
    struct db_args args = { 0 };

    db_number (&args, address->scope);
    db_text (&args, address->subject);
    db_text (&args, event->uid);
    db_time (&args, event->from);
    db_time (&args, event->to);
    db_text (&args, event->summary);
    db_number (&args, event->sequence);
    db_flag (&args, event->cancelled);
    db_time (&args, event->changed_at);
    return db_queue (db, &ical_statements[PUT], &args, err);
}

int ical_store (struct db *db, const struct ical_address *address, const struct ical_events *events, int64_t since, struct error *err)
{
    struct db_args args = { 0 };

    for (size_t i = 0; i < events->count; i++)
        if (events->items[i].fresh && put (db, address, &events->items[i], err) < 0)
            return -1;
    db_number (&args, address->scope);
    db_text (&args, address->subject);
    db_time (&args, since);
    return db_queue (db, &ical_statements[DROP], &args, err);
}
