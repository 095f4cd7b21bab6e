/* mandate_store.c - see mandate_store.h. */
#include "mandate_store.h"

enum { FIND, ADD, CHANGE, HOLDS, LIST, OF_PERSON };

/* $1 today. */
#define VIEW                                                                                                                               \
    "select d.mandate_id, d.office_id, o.name as office, d.municipality, m.name as municipality_name, d.from_day::text, d.to_day::text,"  \
    "       d.given_by, $1::date between d.from_day and coalesce (d.to_day, 'infinity') as in_force"                                       \
    "  from mandate d join municipality m on m.code = d.municipality join office o on o.office_id = d.office_id"

const struct db_statement mandate_statements[] = {
    [FIND] = { "mandate_get",
        "select municipality, office_id, from_day::text, to_day::text, given_by from mandate where mandate_id = $1::uuid" },
    [ADD] = { "mandate_add",
        "insert into mandate (municipality, mandate_id, office_id, from_day, to_day, given_by, set_by, set_at)"
        " values ($1, $2::uuid, $3::uuid, $4::date, $5::date, $6, $7::uuid, guard.to_time ($8::bigint))" },
    [CHANGE] = { "mandate_change",
        "update mandate set from_day = $4::date, to_day = $5::date, given_by = $6, set_by = $7::uuid, set_at = guard.to_time ($8::bigint)"
        " where municipality = $1 and mandate_id = $2::uuid and office_id = $3::uuid" },
    [HOLDS] = { "mandate_holds", "select acting_for ($1::uuid, $2) is not null as may" },
    [LIST] = { "mandate_list", VIEW " order by coalesce (d.to_day, 'infinity') < $1::date, d.municipality, d.from_day, d.mandate_id limit 200" },
    [OF_PERSON] = { "mandate_of_person",
        VIEW " where $1::date between d.from_day and coalesce (d.to_day, 'infinity') and exists (select from membership s"
        "   where s.office_id = d.office_id and s.person_id = $2::uuid and s.ended_at is null) order by d.municipality, d.mandate_id limit 40" },
    { NULL, NULL },
};

int mandate_store_find (struct request *request, const char *mandate_id, bool *ret_found, struct mandate_put *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, mandate_id);
    if (db_run (request->db, &mandate_statements[FIND], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct mandate_put) { .mandate_id = mandate_id, .municipality = db_copy_text (rows, 0, "municipality", arena),
            .office_id = db_copy_text (rows, 0, "office_id", arena), .from = db_copy_text (rows, 0, "from_day", arena),
            .to = db_copy_text (rows, 0, "to_day", arena), .given_by = db_copy_text (rows, 0, "given_by", arena) };
    return 0;
}

int mandate_store_put (struct request *request, const struct mandate_put *put, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->municipality);
    db_text (&args, put->mandate_id);
    db_text (&args, put->office_id);
    db_text (&args, put->from);
    db_text (&args, put->to);
    db_text (&args, put->given_by);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &mandate_statements[is_new ? ADD : CHANGE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int mandate_store_holds (struct request *request, const char *office_id, const char *municipality, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    db_text (&args, municipality);
    if (db_run (request->db, &mandate_statements[HOLDS], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "may");
    return 0;
}

static int read_views (struct request *request, int statement, const struct db_args *args, struct mandate_view_list *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct mandate_view *items;
    DB_ROWS (rows);

    if (db_run (request->db, &mandate_statements[statement], args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct mandate_view) {
            .mandate_id = db_copy_text (rows, i, "mandate_id", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
            .office = db_copy_text (rows, i, "office", arena), .municipality = db_copy_text (rows, i, "municipality", arena),
            .municipality_name = db_copy_text (rows, i, "municipality_name", arena), .from = db_copy_text (rows, i, "from_day", arena),
            .to = db_copy_text (rows, i, "to_day", arena), .given_by = db_copy_text (rows, i, "given_by", arena),
            .in_force = db_get_flag (rows, i, "in_force") };
    *ret = (struct mandate_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int mandate_store_list (struct request *request, const char *today, struct mandate_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, today);
    return read_views (request, LIST, &args, ret, err);
}

int mandate_store_of_person (struct request *request, const char *person_id, const char *today, struct mandate_view_list *ret,
                             struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, today);
    db_text (&args, person_id);
    return read_views (request, OF_PERSON, &args, ret, err);
}
