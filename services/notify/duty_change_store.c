/* duty_change_store.c - see duty_change_store.h. */
#include "duty_change_store.h"

enum { DETAILS, FIND, CONFLICT, LOCK_ROTATION, LOCK_PERSON, ADD, REMOVE, RAISE, OFFICE_OF, SAME_OFFICE, FIND_CLOSURE, PUT_CLOSURE,
       REMOVE_CLOSURE, RAISE_AREA, CLOSURES, CLOSURE_PAGE };

#define NAME_OF(column) \
    "(select m.name from membership m where m.person_id = " column " order by m.version desc limit 1)"
#define CHANGE_COLUMNS \
    "select d.change_id, d.kind, d.rotation_id, guard.to_us (d.from_at) as from_at, guard.to_us (d.to_at) as to_at, d.remove_person," \
    "       d.add_person, d.add_office, d.reason, d.entered_by, " NAME_OF ("d.entered_by") " as entered_by_name," \
    "       " NAME_OF ("d.add_person") " as add_name, d.removed_at is not null as removed" \
    "  from duty_change d"

const struct db_statement duty_change_statements[] = {
    [DETAILS] = { "change_details",
        "select d.change_id, d.reason, " NAME_OF ("d.entered_by") " as entered_by from duty_change d"
        " where d.change_id = any ($1::text[]::uuid[])" },
    [FIND] = { "change_find", CHANGE_COLUMNS " where d.change_id = $1::uuid" },
    [CONFLICT] = { "change_conflict",
        CHANGE_COLUMNS " where d.removed_at is null and d.kind = 1 and d.from_at < guard.to_time ($3::bigint)"
        "   and d.to_at > guard.to_time ($2::bigint)"
        "   and (d.rotation_id = $1::uuid or ($1::uuid is null and d.rotation_id is null and d.remove_person = $4::uuid))"
        "   and d.change_id <> $5::uuid"
        " order by d.from_at, d.change_id limit 1" },
    [LOCK_ROTATION] = { "change_lock_rotation", "select located_in from rotation where rotation_id = $1::uuid for update" },
    [LOCK_PERSON] = { "change_lock_person", "select pg_advisory_xact_lock (hashtextextended ($1, 7225146))" },
    [ADD] = { "change_add",
        "insert into duty_change (change_id, kind, rotation_id, from_at, to_at, remove_person, add_person, add_office, reason, entered_by,"
        "       entered_at)"
        " values ($1::uuid, $2::smallint, $3::uuid, guard.to_time ($4::bigint), guard.to_time ($5::bigint), $6::uuid, $7::uuid, $8::uuid,"
        "         $9, $10::uuid, guard.to_time ($11::bigint))" },
    [REMOVE] = { "change_remove",
        "update duty_change set removed_at = guard.now (), removed_by = $2::uuid where change_id = $1::uuid and removed_at is null" },
    [RAISE] = { "change_raise", "update rotation set version = version + 1 where rotation_id = $1::uuid" },
    [OFFICE_OF] = { "change_office_of",
        "select coalesce ("
        " (select r.office_id from rotation_member r where r.rotation_id = $1::uuid and r.person_id = $2::uuid order by r.position limit 1),"
        " (select m.office_id from membership m where m.person_id = $2::uuid and m.roles <> 0"
        "   order by (m.roles & 8) desc, m.version desc limit 1)) as office_id" },
    [SAME_OFFICE] = { "change_same_office",
        "select exists (select from membership a join membership b using (office_id)"
        "                where a.person_id = $1::uuid and b.person_id = $2::uuid and a.roles <> 0 and b.roles <> 0) as yes" },
    [FIND_CLOSURE] = { "closure_find",
        "select c.located_in, c.office_id, o.located_in as office_area, c.first_day::text as first_day, c.last_day::text as last_day, c.name,"
        "       c.removed_at is not null as removed"
        "  from closure c left join office o using (office_id) where c.closure_id = $1::uuid for update of c" },
    [PUT_CLOSURE] = { "closure_put",
        "insert into closure as c (closure_id, located_in, office_id, first_day, last_day, name, entered_by)"
        " values ($1::uuid, $2, $3::uuid, $4::date, $5::date, $6, $7::uuid)"
        " on conflict (closure_id) do update set first_day = excluded.first_day, last_day = excluded.last_day, name = excluded.name,"
        "        entered_by = excluded.entered_by" },
    [REMOVE_CLOSURE] = { "closure_remove",
        "update closure set removed_at = guard.now (), removed_by = $2::uuid where closure_id = $1::uuid and removed_at is null" },
    [RAISE_AREA] = { "closure_raise", "update rotation set version = version + 1 where located_in = $1" },
    [CLOSURES] = { "closure_lines",
        "select c.closure_id, c.located_in, c.office_id, o.name as office, c.first_day::text as first_day, c.last_day::text as last_day,"
        "       c.name"
        "  from closure c left join office o using (office_id)"
        " where c.removed_at is null and c.last_day >= coalesce ($2::date, (guard.now () at time zone 'Asia/Tokyo')::date)"
        "   and ($1::text is null or c.located_in = $1 or o.located_in = $1)"
        " order by c.first_day, c.closure_id limit 500" },
    [CLOSURE_PAGE] = { "closure_page",
        "select c.closure_id, coalesce (v.version, 0) as version, c.located_in, c.office_id, c.first_day::text as first_day,"
        "       c.last_day::text as last_day, c.name, c.removed_at is not null as removed"
        "  from closure c left join subject v on v.id = c.closure_id"
        " where c.closure_id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by c.closure_id limit $2::bigint" },
    { NULL, NULL },
};

static int run (struct db *db, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (db, &duty_change_statements[statement], args, ret, err);
}

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &duty_change_statements[statement], args, err);
}

/* ---- overrides ---------------------------------------------------------------------------------------------------------------------- */

int change_details (struct db *db, struct arena *arena, struct text_list ids, struct change_details *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct change_details) { 0 };
    if (ids.count == 0)
        return 0;
    db_text_list (&args, arena, ids);
    if (run (db, DETAILS, &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct change_detail) { db_copy_text (rows, i, "change_id", arena), db_copy_text (rows, i, "reason", arena),
                                                 db_copy_text (rows, i, "entered_by", arena) };
    return 0;
}

static struct stored_change change_of (const db_rows *rows, struct arena *arena)
{
    if (db_count (rows) == 0)
        return (struct stored_change) { 0 };
    return (struct stored_change) { .change_id = db_copy_text (rows, 0, "change_id", arena),
        .rotation_id = db_copy_text (rows, 0, "rotation_id", arena), .remove_id = db_copy_text (rows, 0, "remove_person", arena),
        .add_id = db_copy_text (rows, 0, "add_person", arena), .add_office_id = db_copy_text (rows, 0, "add_office", arena),
        .reason = db_copy_text (rows, 0, "reason", arena), .entered_by = db_copy_text (rows, 0, "entered_by", arena),
        .entered_by_name = db_copy_text (rows, 0, "entered_by_name", arena), .add_name = db_copy_text (rows, 0, "add_name", arena),
        .kind = (enum duty_change_kind) db_get_number (rows, 0, "kind"), .from = db_get_number (rows, 0, "from_at"),
        .to = db_get_number (rows, 0, "to_at"), .removed = db_get_flag (rows, 0, "removed") };
}

int change_find (struct db *db, struct arena *arena, const char *change_id, struct stored_change *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, change_id);
    if (run (db, FIND, &args, &rows, err) < 0)
        return -1;
    *ret = change_of (rows, arena);
    return 0;
}

int change_find_conflict (struct db *db, struct arena *arena, const struct override_add *command, struct stored_change *ret,
                          struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, command->rotation_id);
    db_time (&args, command->from);
    db_time (&args, command->to);
    db_text (&args, command->remove);
    db_text (&args, command->override_id);
    if (run (db, CONFLICT, &args, &rows, err) < 0)
        return -1;
    *ret = change_of (rows, arena);
    return 0;
}

int change_lock_rotation (struct db *db, struct arena *arena, const char *rotation_id, const char **ret_area, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, rotation_id);
    if (run (db, LOCK_ROTATION, &args, &rows, err) < 0)
        return -1;
    *ret_area = db_count (rows) ? db_copy_text (rows, 0, "located_in", arena) : NULL;
    return 0;
}

int change_lock_person (struct db *db, const char *person_id, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    return run (db, LOCK_PERSON, &args, &rows, err);
}

int change_add (struct db *db, const struct duty_change *change, const char *reason, const char *by, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, change->change_id);
    db_number (&args, change->kind);
    db_text (&args, change->rotation_id);
    db_time (&args, change->from);
    db_time (&args, change->to);
    db_text (&args, change->remove_id);
    db_text (&args, change->add_id);
    db_text (&args, change->add_office_id);
    db_text (&args, reason);
    db_text (&args, by);
    db_time (&args, now);
    return queue (db, ADD, &args, err);
}

int change_remove (struct db *db, const char *change_id, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, change_id);
    db_text (&args, by);
    return queue (db, REMOVE, &args, err);
}

int change_raise_rotation (struct db *db, const char *rotation_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, rotation_id);
    return queue (db, RAISE, &args, err);
}

int change_office_of (struct db *db, struct arena *arena, const char *rotation_id, const char *person_id, const char **ret,
                      struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, rotation_id);
    db_text (&args, person_id);
    if (run (db, OFFICE_OF, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, "office_id", arena);
    return 0;
}

int change_same_office (struct db *db, const char *person_a, const char *person_b, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_a);
    db_text (&args, person_b);
    if (run (db, SAME_OFFICE, &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

/* ---- closures ----------------------------------------------------------------------------------------------------------------------- */

int closure_find (struct db *db, struct arena *arena, const char *closure_id, struct stored_closure *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, closure_id);
    if (run (db, FIND_CLOSURE, &args, &rows, err) < 0)
        return -1;
    *ret = (struct stored_closure) { .found = db_count (rows) > 0 };
    if (ret->found) {
        ret->area = db_copy_text (rows, 0, "located_in", arena);
        ret->office_id = db_copy_text (rows, 0, "office_id", arena);
        ret->office_area = db_copy_text (rows, 0, "office_area", arena);
        ret->first_day = db_copy_text (rows, 0, "first_day", arena);
        ret->last_day = db_copy_text (rows, 0, "last_day", arena);
        ret->name = db_copy_text (rows, 0, "name", arena);
        ret->removed = db_get_flag (rows, 0, "removed");
    }
    return 0;
}

int closure_put (struct db *db, const struct closure_put *command, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, command->closure_id);
    db_text (&args, command->municipality);
    db_text (&args, command->office_id);
    db_text (&args, command->first_day);
    db_text (&args, command->last_day);
    db_text (&args, command->name);
    db_text (&args, by);
    return queue (db, PUT_CLOSURE, &args, err);
}

int closure_remove (struct db *db, const char *closure_id, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, closure_id);
    db_text (&args, by);
    return queue (db, REMOVE_CLOSURE, &args, err);
}

int closure_raise_rotations (struct db *db, const char *area, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, area);
    return queue (db, RAISE_AREA, &args, err);
}

int closure_lines (struct db *db, struct arena *arena, const char *municipality, const char *from, struct closure_line_list *ret,
                   struct error *err)
{
    struct db_args args = { 0 };
    struct closure_line *items;
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, from);
    if (run (db, CLOSURES, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct closure_line) { .closure_id = db_copy_text (rows, i, "closure_id", arena),
            .municipality = db_copy_text (rows, i, "located_in", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
            .office = db_copy_text (rows, i, "office", arena), .first_day = db_copy_text (rows, i, "first_day", arena),
            .last_day = db_copy_text (rows, i, "last_day", arena), .name = db_copy_text (rows, i, "name", arena) };
    *ret = (struct closure_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int closure_page (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows, size_t *ret_count,
                  struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (found);

    (void) service;
    db_text (&args, after && *after ? after : NULL);
    db_number (&args, limit);
    if (run (request->db, CLOSURE_PAGE, &args, &found, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (found);
    for (int i = 0; i < db_count (found); i++) {
        struct closure_changed *event = arena_alloc (arena, sizeof *event);
        const char *id = db_copy_text (found, i, "closure_id", arena);

        *event = (struct closure_changed) { .closure_id = id, .municipality = db_copy_text (found, i, "located_in", arena),
            .office_id = db_copy_text (found, i, "office_id", arena), .first_day = db_copy_text (found, i, "first_day", arena),
            .last_day = db_copy_text (found, i, "last_day", arena), .name = db_copy_text (found, i, "name", arena),
            .has_removed = true, .removed = db_get_flag (found, i, "removed") };
        rows[i] = (struct snapshot_row) { .subject = id, .version = db_get_number (found, i, "version"),
                                          .municipality = event->municipality, .next = id, .event = event };
    }
    return 0;
}
