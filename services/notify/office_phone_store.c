/* office_phone_store.c - see office_phone_store.h. */
#include "office_phone_store.h"

enum { EMPTY, ADD, WRITTEN, PHONES, STATE, DUE, CHECKED };

const struct db_statement office_phone_statements[] = {
    [EMPTY] = { "office_phones_empty", "delete from office_phone where office_id = $1::uuid" },
    [ADD] = { "office_phones_add",
        "insert into office_phone (office_id, position, name, number, hours) values ($1::uuid, $2::integer, $3, $4, $5::bigint[]::integer[])" },
    [WRITTEN] = { "office_phones_written",
        "insert into office_phones (office_id, set_by, set_at) values ($1::uuid, $2::uuid, guard.to_time ($3::bigint))"
        " on conflict (office_id) do update set set_by = excluded.set_by, set_at = excluded.set_at, day = null" },
    [PHONES] = { "office_phones_list",
        "select p.name, p.number, " PHONE_LINE ("p") " as line from office_phone p where p.office_id = $1::uuid order by p.position" },
    [STATE] = { "office_phones_state",
        "select coalesce (o.duty_phone, o.phone) as registered, guard.to_us (w.set_at) as set_at,"
        "       (select m.name from membership m where m.person_id = w.set_by order by m.version desc limit 1) as set_by"
        "  from office o left join office_phones w using (office_id) where o.office_id = $1::uuid" },
    [DUE] = { "office_phones_due",
        "select w.office_id, o.located_in, array (select " PHONE_LINE ("p") " from office_phone p where p.office_id = w.office_id order by p.position) as lines,"
        "       exists (select from membership m join contact_point c using (person_id)"
        "                where m.office_id = w.office_id and m.roles <> 0 and c.kind in (4, 5) and c.reachable"
        "                  and not exists (select from contact_trouble t where t.contact_point_id = c.contact_point_id)) as staff"
        "  from office_phones w join office o using (office_id)"
        " where w.day is null or w.day <> (guard.to_time ($1::bigint) at time zone 'Asia/Tokyo')::date"
        " order by w.day nulls first, w.office_id limit $2::bigint" },
    [CHECKED] = { "office_phones_checked",
        "update office_phones set day = (guard.to_time ($4::bigint) at time zone 'Asia/Tokyo')::date, silent_from = guard.to_time ($2::bigint),"
        "       silent_to = guard.to_time ($3::bigint)"
        " where office_id = $1::uuid" },
    { NULL, NULL },
};

static int add (struct db *db, const struct office_phones_put *put, size_t i, const char *number, struct error *err)
{
    const struct office_phone *phone = &put->phones.items[i];
    ARENA (arena);
    struct db_args args = { 0 };

    db_text (&args, put->office_id);
    db_number (&args, (int64_t) i + 1);
    db_text (&args, phone->name);
    db_text (&args, number);
    db_number_list (&args, &arena, phone_numbers_of (&arena, phone->hours));
    return db_queue (db, &office_phone_statements[ADD], &args, err);
}

int office_phones_put (struct db *db, const struct office_phones_put *put, const char *const *numbers, const char *by, int64_t now,
                       struct error *err)
{
    struct db_args office = { 0 }, written = { 0 };

    db_text (&office, put->office_id);
    if (db_queue (db, &office_phone_statements[EMPTY], &office, err) < 0)
        return -1;
    for (size_t i = 0; i < put->phones.count; i++)
        if (add (db, put, i, numbers[i], err) < 0)
            return -1;
    db_text (&written, put->office_id);
    db_text (&written, by);
    db_time (&written, now);
    return db_queue (db, &office_phone_statements[WRITTEN], &written, err);
}

static struct phone_lines lines_of (const db_rows *rows, struct arena *arena)
{
    struct text_list lines = { .count = (size_t) db_count (rows) };
    const char **items = arena_alloc (arena, (lines.count + 1) * sizeof *items);

    for (size_t i = 0; i < lines.count; i++)
        items[i] = db_get_text (rows, (int) i, "line");
    lines.items = items;
    return phone_read (arena, lines);
}

static int get_state (struct db *db, struct arena *arena, const struct db_args *args, struct office_phone_state *ret, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, &office_phone_statements[STATE], args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct office_phone_state) { .registered = db_copy_text (rows, 0, "registered", arena),
            .set_by = db_copy_text (rows, 0, "set_by", arena), .set_at = db_get_number (rows, 0, "set_at") };
    return 0;
}

int office_phones_get (struct db *db, struct arena *arena, const char *office_id, struct office_phone_list *ret,
                       struct office_phone_state *ret_state, struct error *err)
{
    struct office_phone *items;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_state = (struct office_phone_state) { 0 };
    db_text (&args, office_id);
    if (get_state (db, arena, &args, ret_state, err) < 0 || db_run (db, &office_phone_statements[PHONES], &args, &rows, err) < 0)
        return -1;
    ret_state->lines = lines_of (rows, arena);
    items = arena_alloc (arena, (ret_state->lines.count + 1) * sizeof *items);
    for (size_t i = 0; i < ret_state->lines.count; i++)
        items[i] = (struct office_phone) { .name = db_copy_text (rows, (int) i, "name", arena),
            .number = db_copy_text (rows, (int) i, "number", arena), .hours = phone_hours_of (arena, &ret_state->lines.items[i]) };
    *ret = (struct office_phone_list) { items, ret_state->lines.count };
    return 0;
}

int office_phones_due (struct db *db, struct arena *arena, int64_t now, int64_t most, struct checked_offices *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_number (&args, most);
    if (db_run (db, &office_phone_statements[DUE], &args, &rows, err) < 0)
        return -1;
    *ret = (struct checked_offices) { arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items), (size_t) db_count (rows) };
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct checked_office) { .office_id = db_copy_text (rows, (int) i, "office_id", arena),
            .area = db_copy_text (rows, (int) i, "located_in", arena), .staff = db_get_flag (rows, (int) i, "staff"),
            .lines = phone_read (arena, db_copy_text_list (rows, (int) i, "lines", arena)) };
    return 0;
}

int office_phones_checked (struct db *db, const char *office_id, int64_t from, int64_t to, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    db_optional (&args, from != 0, from);
    db_optional (&args, from != 0, to);
    db_time (&args, now);
    return db_queue (db, &office_phone_statements[CHECKED], &args, err);
}
