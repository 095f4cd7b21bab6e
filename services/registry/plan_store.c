/* plan_store.c - see plan_store.h. */
#include "plan_store.h"

enum { LIST, PUT, STATEMENT_COUNT };

const struct db_statement plan_statements[STATEMENT_COUNT + 1] = {
    [LIST] = { "plan_list",
        "select p.plan_id, p.office_id, o.name as office, p.on_day::text as on_day, p.kind, p.name, p.note, m.name as made_by"
        "  from staff_plan p join office o on o.municipality = p.municipality and o.office_id = p.office_id"
        "  join person m on m.person_id = p.made_by"
        " where p.on_day between $1::date and $2::date and p.withdrawn_at is null and ($3::uuid is null or p.office_id = $3::uuid)"
        "   and (not $4::boolean or p.office_id = any ((select managed_offices ())::uuid[]))"
        " order by p.on_day, o.name, p.name, p.plan_id limit 300" },
    [PUT] = { "plan_put",
        "insert into staff_plan as p (municipality, plan_id, office_id, on_day, kind, name, note, made_by, made_at, withdrawn_at)"
        " values ($1, $2::uuid, $3::uuid, $4::date, $5::smallint, $6, $7, $8::uuid, guard.to_time ($9::bigint),"
        "         case when $10::boolean then guard.to_time ($9::bigint) end)"
        " on conflict (municipality, plan_id) do update set on_day = excluded.on_day, kind = excluded.kind, name = excluded.name,"
        "    note = excluded.note, made_by = excluded.made_by, made_at = excluded.made_at, withdrawn_at = excluded.withdrawn_at"
        "  where p.office_id = excluded.office_id" },
};

int plan_store_list (struct db *db, const struct plan_wish *wish, struct arena *arena, struct staff_plan_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct staff_plan *items;
    DB_ROWS (rows);

    db_text (&args, wish->from);
    db_text (&args, wish->to);
    db_text (&args, wish->office_id);
    db_flag (&args, wish->managed);
    if (db_run (db, &plan_statements[LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct staff_plan) { .plan_id = db_copy_text (rows, i, "plan_id", arena),
                                         .office_id = db_copy_text (rows, i, "office_id", arena),
                                         .office = db_copy_text (rows, i, "office", arena), .on = db_copy_text (rows, i, "on_day", arena),
                                         .kind = (enum staff_plan_kind) db_get_number (rows, i, "kind"),
                                         .name = db_copy_text (rows, i, "name", arena), .note = db_copy_text (rows, i, "note", arena),
                                         .made_by = db_copy_text (rows, i, "made_by", arena) };
    *ret = (struct staff_plan_list) { items, (size_t) db_count (rows) };
    return 0;
}

int plan_store_put (struct db *db, const struct office_care *care, const struct staff_plan_put *put, const char *person_id, int64_t now,
                    struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, care->municipality);
    db_text (&args, put->plan_id);
    db_text (&args, care->office_id);
    db_text (&args, put->on);
    db_number (&args, put->kind);
    db_text (&args, put->name);
    db_text (&args, put->note);
    db_text (&args, person_id);
    db_time (&args, now);
    db_flag (&args, put->has_withdrawn && put->withdrawn);
    return db_queue_expect (db, &plan_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}
