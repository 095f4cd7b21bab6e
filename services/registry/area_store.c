/* area_store.c - see area_store.h. */
#include "area_store.h"

#include "japan.h"
#include "staff_rules.h"

enum { PUT_MEDICAL, MISSING, MEDICAL, CARE, CARE_AREA, NAME_IS_FREE, ADD_CARE, CHANGE_CARE, UNPLACE, PLACE, LIES, UNASSIGN, ASSIGN, PLACE_ONE,
       STATEMENT_COUNT };

/* Facilities f placed by their address, as the trigger of migration 0060 does it. */
#define PLACED(where)                                                                                                                     \
    "insert into facility_area (keeper, facility_id, care_area_id, assigned)"                                                             \
    " select f.municipality, f.facility_id, x.found, false"                                                                               \
    "   from facility f left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in,"     \
    "        lateral (select care_area_of (f.municipality,"                                                                               \
    "                    town_of (f.address, coalesce (p.prefecture, m.prefecture, ''), coalesce (p.name, m.name))) as found) x"          \
    "  where f.municipality = $1 and " where " and x.found is not null on conflict (facility_id) do nothing"

const struct db_statement area_statements[] = {
    [PUT_MEDICAL] = { "area_put_medical",
        "with written as (insert into municipality_area (municipality, area, name) select * from unnest ($1::text[], $2::text[], $3::text[])"
        "   on conflict (municipality) do update set area = excluded.area, name = excluded.name"
        "    where (municipality_area.area, municipality_area.name) <> (excluded.area, excluded.name) returning 1)"
        " select count(*) as written from written" },
    [MISSING] = { "area_missing",
        "select array (select m.code from municipality m where m.in_region and m.code <> '000000'"
        "                 and not exists (select from municipality_area a where a.municipality = m.code) order by 1 limit 2000) as codes" },
    [MEDICAL] = { "area_medical",
        "select a.area, min (a.name) as name,"
        "       coalesce (array_agg (a.municipality order by a.municipality) filter (where m.in_region), '{}') as municipalities"
        "  from municipality_area a left join municipality m on m.code = a.municipality"
        " where a.area in (select x.area from municipality_area x where x.municipality in (select k.code from municipality k where k.in_region)"
        "                      or x.municipality in (select p.located_in from facility_place p))"
        " group by a.area order by a.area limit 400" },
    [CARE] = { "area_care",
        "select a.care_area_id, a.municipality, a.name, a.towns,"
        "       (select count(*) from facility_area f where f.care_area_id = a.care_area_id) as facilities"
        "  from care_area a where a.removed_at is null and ($1::text is null or a.municipality = $1)"
        " order by a.municipality, a.name limit 2000" },
    [CARE_AREA] = { "area_care_area",
        "select a.municipality, a.name, a.towns, a.removed_at is not null as removed from care_area a where a.care_area_id = $1::uuid" },
    [NAME_IS_FREE] = { "area_name_is_free",
        "select not exists (select from care_area a where a.municipality = $1 and a.name = $2 and a.removed_at is null"
        "                      and a.care_area_id <> $3::uuid) as free" },
    [ADD_CARE] = { "area_add_care",
        "insert into care_area (municipality, care_area_id, name, towns, keys, removed_at, set_by)"
        " values ($1, $2::uuid, $3, $4::text[], array (select town_key (t) from unnest ($4::text[]) t),"
        "         case when $5::boolean then guard.now () end, $6::uuid)" },
    [CHANGE_CARE] = { "area_change_care",
        "update care_area set name = $3, towns = $4::text[], keys = array (select town_key (t) from unnest ($4::text[]) t),"
        "       removed_at = case when $5::boolean then guard.now () end, set_by = $6::uuid"
        " where municipality = $1 and care_area_id = $2::uuid" },
    [UNPLACE] = { "area_unplace",
        "delete from facility_area f where f.keeper = $1 and (not f.assigned or exists (select from care_area a"
        "    where a.municipality = f.keeper and a.care_area_id = f.care_area_id and a.removed_at is not null))" },
    [PLACE] = { "area_place", PLACED ("f.located_in between $2 and $3") },
    [LIES] = { "area_lies",
        "select a.care_area_id, c.name as care_area, coalesce (a.assigned, false) as assigned, m.name as medical_area"
        "  from facility f left join facility_area a on a.facility_id = f.facility_id left join care_area c on c.care_area_id = a.care_area_id"
        "  left join municipality_area m on m.municipality = f.located_in where f.facility_id = $1::uuid" },
    [UNASSIGN] = { "area_unassign", "delete from facility_area f where f.facility_id = $1::uuid" },
    [ASSIGN] = { "area_assign",
        "insert into facility_area (keeper, facility_id, care_area_id, assigned, set_by) values ($1, $2::uuid, $3::uuid, true, $4::uuid)" },
    [PLACE_ONE] = { "area_place_one", PLACED ("f.facility_id = $2::uuid") },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static int run (struct request *request, int statement, const struct db_args *args, db_rows **ret, struct error *err)
{
    return db_run (request->db, &area_statements[statement], args, ret, err);
}

int area_store_put_medical (struct request *request, struct medical_area_member_list rows, int64_t *ret_written, struct error *err)
{
    const char **columns[3];
    struct db_args args = { 0 };
    DB_ROWS (done);

    for (int i = 0; i < 3; i++)
        columns[i] = arena_alloc (request->arena, (rows.count + 1) * sizeof **columns);
    for (size_t i = 0; i < rows.count; i++) {
        columns[0][i] = rows.items[i].municipality;
        columns[1][i] = rows.items[i].area;
        columns[2][i] = rows.items[i].name;
    }
    for (int i = 0; i < 3; i++)
        db_text_list (&args, request->arena, (struct text_list) { columns[i], rows.count });
    if (run (request, PUT_MEDICAL, &args, &done, err) < 0)
        return -1;
    *ret_written = db_get_number (done, 0, "written");
    return 0;
}

int area_store_missing (struct request *request, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (run (request, MISSING, &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "codes", request->arena);
    return 0;
}

int area_store_medical (struct request *request, struct medical_area_view_list *ret, struct error *err)
{
    struct medical_area_view *items;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (run (request, MEDICAL, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct medical_area_view) { db_copy_text (rows, i, "area", request->arena), db_copy_text (rows, i, "name", request->arena),
                                                db_copy_text_list (rows, i, "municipalities", request->arena) };
    *ret = (struct medical_area_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

static struct care_area_view care_view (const db_rows *rows, int i, const struct request *request)
{
    struct arena *arena = request->arena;
    struct care_area_view view = { .care_area_id = db_copy_text (rows, i, "care_area_id", arena),
        .municipality = db_copy_text (rows, i, "municipality", arena), .name = db_copy_text (rows, i, "name", arena),
        .facilities = db_get_number (rows, i, "facilities"), .has_may_edit = true };

    view.may_edit = may_change_office (request->actor, view.municipality, &(struct error) { 0 }) == 0;
    if (view.may_edit)
        view.towns = db_copy_text_list (rows, i, "towns", arena);
    return view;
}

int area_store_care (struct request *request, const char *municipality, struct care_area_view_list *ret, struct error *err)
{
    struct care_area_view *items;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (run (request, CARE, &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = care_view (rows, i, request);
    *ret = (struct care_area_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int area_store_care_area (struct request *request, const char *care_area_id, bool *ret_found, struct care_area *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, care_area_id);
    if (run (request, CARE_AREA, &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct care_area) { db_copy_text (rows, 0, "municipality", request->arena), db_copy_text (rows, 0, "name", request->arena),
                                    db_copy_text_list (rows, 0, "towns", request->arena), db_get_flag (rows, 0, "removed") };
    return 0;
}

int area_store_name_is_free (struct request *request, const struct care_area_put *put, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, put->municipality);
    db_text (&args, put->name);
    db_text (&args, put->care_area_id);
    if (run (request, NAME_IS_FREE, &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "free");
    return 0;
}

int area_store_put_care (struct request *request, const struct care_area_put *put, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->municipality);
    db_text (&args, put->care_area_id);
    db_text (&args, put->name);
    db_text_list (&args, request->arena, put->towns);
    db_flag (&args, put->has_removed && put->removed);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &area_statements[is_new ? ADD_CARE : CHANGE_CARE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int area_store_place (struct request *request, const char *municipality, struct error *err)
{
    struct db_args whose = { 0 }, place = { 0 };
    char *low = arena_alloc (request->arena, 7), *high = arena_alloc (request->arena, 7);

    japan_code_range (municipality, low, high);
    db_text (&whose, municipality);
    db_text (&place, municipality);
    db_text (&place, low);
    db_text (&place, high);
    if (db_queue (request->db, &area_statements[UNPLACE], &whose, err) < 0)
        return -1;
    return db_queue (request->db, &area_statements[PLACE], &place, err);
}

int area_store_lies (struct request *request, const char *facility_id, struct facility_lies *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (run (request, LIES, &args, &rows, err) < 0)
        return -1;
    *ret = (struct facility_lies) { db_copy_text (rows, 0, "care_area_id", request->arena), db_copy_text (rows, 0, "care_area", request->arena),
                                    db_copy_text (rows, 0, "medical_area", request->arena), db_get_flag (rows, 0, "assigned") };
    return 0;
}

int area_store_assign (struct request *request, const char *facility_id, const char *keeper, const char *care_area_id, struct error *err)
{
    struct db_args which = { 0 }, args = { 0 };

    db_text (&which, facility_id);
    if (db_queue (request->db, &area_statements[UNASSIGN], &which, err) < 0)
        return -1;
    db_text (&args, keeper);
    db_text (&args, facility_id);
    if (!care_area_id)
        return db_queue (request->db, &area_statements[PLACE_ONE], &args, err);
    db_text (&args, care_area_id);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &area_statements[ASSIGN], &args, 1, ERROR_NOT_FOR_YOU, err);
}
