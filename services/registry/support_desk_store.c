/* support_desk_store.c - see support_desk_store.h. */
#include "support_desk_store.h"

#include "text_same.h"

enum { FIND, PUT, LIST };

#define TEXTS "name, role, operator, address, phone, fax, email, hours, area, residents, closed"

const struct db_statement support_desk_statements[] = {
    [FIND] = { "support_desk_find", "select municipality from support_desk where desk_id = $1::uuid" },
    [PUT] = { "support_desk_put",
        "insert into support_desk as d (municipality, desk_id, " TEXTS ", changed_at, set_by)"
        " values ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::boolean, $13::boolean, guard.to_time ($14::bigint), $15::uuid)"
        " on conflict (municipality, desk_id) do update set (" TEXTS ", changed_at, set_by) ="
        "   row (excluded.name, excluded.role, excluded.operator, excluded.address, excluded.phone, excluded.fax, excluded.email,"
        "        excluded.hours, excluded.area, excluded.residents, excluded.closed, excluded.changed_at, excluded.set_by)"
        " where (d.name, d.role, d.operator, d.address, d.phone, d.fax, d.email, d.hours, d.area, d.residents, d.closed) is distinct from"
        "       (excluded.name, excluded.role, excluded.operator, excluded.address, excluded.phone, excluded.fax, excluded.email,"
        "        excluded.hours, excluded.area, excluded.residents, excluded.closed)" },
    [LIST] = { "support_desk_list",
        "select d.desk_id, d.municipality, m.name as municipality_name, d.name, d.role, d.operator, d.address, d.phone, d.fax, d.email,"
        "       d.hours, d.area, d.residents, d.closed, guard.to_us (d.changed_at) as changed_us"
        "  from support_desk d join municipality m on m.code = d.municipality"
        " where ($1::text is null or d.municipality = $1) and ($2::boolean or not d.closed)"
        " order by d.municipality, d.closed, d.name, d.desk_id limit 500" },
    { NULL, NULL },
};

int support_desk_store_find (struct request *request, const char *desk_id, const char **ret_municipality, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, desk_id);
    if (db_run (request->db, &support_desk_statements[FIND], &args, &rows, err) < 0)
        return -1;
    *ret_municipality = db_count (rows) ? db_copy_text (rows, 0, "municipality", request->arena) : NULL;
    return 0;
}

int support_desk_store_put (struct request *request, const struct support_desk_put *put, struct error *err)
{
    const char *const texts[] = { put->municipality, put->desk_id, put->name, put->role, put->operator, put->address, put->phone,
                                  text_or_null (put->fax), text_or_null (put->email), put->hours, put->area };
    struct db_args args = { 0 };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        db_text (&args, texts[i]);
    db_flag (&args, put->residents);
    db_flag (&args, put->has_closed && put->closed);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &support_desk_statements[PUT], &args, err);
}

static struct support_desk_view desk_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct support_desk_view) {
        .desk_id = db_copy_text (rows, i, "desk_id", arena), .municipality = db_copy_text (rows, i, "municipality", arena),
        .municipality_name = db_copy_text (rows, i, "municipality_name", arena), .name = db_copy_text (rows, i, "name", arena),
        .role = db_copy_text (rows, i, "role", arena), .operator = db_copy_text (rows, i, "operator", arena),
        .address = db_copy_text (rows, i, "address", arena), .phone = db_copy_text (rows, i, "phone", arena),
        .fax = db_copy_text (rows, i, "fax", arena), .email = db_copy_text (rows, i, "email", arena),
        .hours = db_copy_text (rows, i, "hours", arena), .area = db_copy_text (rows, i, "area", arena),
        .residents = db_get_flag (rows, i, "residents"), .closed = db_get_flag (rows, i, "closed"),
        .changed_at = db_get_number (rows, i, "changed_us") };
}

int support_desk_store_list (struct request *request, const char *municipality, bool closed_too, struct support_desk_view_list *ret,
                             struct error *err)
{
    struct db_args args = { 0 };
    struct support_desk_view *items;
    DB_ROWS (rows);

    db_text (&args, text_or_null (municipality));
    db_flag (&args, closed_too);
    if (db_run (request->db, &support_desk_statements[LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = desk_of (rows, i, request->arena);
    *ret = (struct support_desk_view_list) { items, (size_t) db_count (rows) };
    return 0;
}
