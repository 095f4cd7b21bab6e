/* office_store.c - see office_store.h. */
#include "office_store.h"

#include "prefectures.h"
#include "text.h"

enum { MUNICIPALITY, ADD_MUNICIPALITY, CHANGE_MUNICIPALITY, MUNICIPALITIES, OFFICE, ADD_OFFICE, CHANGE_OFFICE,
       STATEMENT_COUNT };

const struct db_statement office_statements[] = {
    [MUNICIPALITY] = { "municipality_get",
        "select code, prefecture, name, desk_phone, in_region, reason from municipality where code = $1" },
    [ADD_MUNICIPALITY] = { "municipality_add",
        "insert into municipality (code, prefecture, name, desk_phone, reason, subject, in_region)"
        " values ($1, $2, $3, $4, $5, $6::uuid, true)" },
    [CHANGE_MUNICIPALITY] = { "municipality_change",
        "update municipality set prefecture = $2, name = $3, desk_phone = $4, reason = coalesce ($5, reason), in_region = true where code = $1" },
    [MUNICIPALITIES] = { "municipality_list",
        "select coalesce (m.code, p.located_in) as code, m.prefecture, coalesce (m.name, p.name) as name,"
        "       coalesce (m.in_region, false) as in_region, coalesce (f.facilities, 0) as facilities, a.name as area_name, m.reason"
        "  from municipality m full join facility_place p on p.located_in = m.code"
        "  left join (select located_in, count (*) as facilities from facility group by located_in) f"
        "    on f.located_in = coalesce (m.code, p.located_in)"
        "  left join municipality_area a on a.municipality = coalesce (m.code, p.located_in)"
        " where coalesce (m.in_region, false) or not $1::boolean order by 1 limit 2000" },
    [OFFICE] = { "office_get",
        "select office_id, municipality, name, phone, duty_phone, email, facility_number from office where office_id = $1::uuid" },
    [ADD_OFFICE] = { "office_add",
        "insert into office (municipality, office_id, name, phone, duty_phone, email, facility_number, search)"
        " values ($1, $2::uuid, $3, $4, $5, $6, $7, $8)" },
    [CHANGE_OFFICE] = { "office_change",
        "update office set name = $3, phone = $4, duty_phone = $5, email = $6, facility_number = $7, search = $8"
        " where municipality = $1 and office_id = $2::uuid" },
    [STATEMENT_COUNT] = { 0 },
};

int office_store_municipality (struct db *db, const char *code, struct arena *arena, bool *ret_found, bool *ret_in_region,
                               struct municipality_put *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, code);
    if (db_run (db, &office_statements[MUNICIPALITY], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    *ret_in_region = *ret_found && db_get_flag (rows, 0, "in_region");
    if (*ret_found)
        *ret = (struct municipality_put) { .code = code, .prefecture = db_copy_text (rows, 0, "prefecture", arena),
                                           .name = db_copy_text (rows, 0, "name", arena),
                                           .desk_phone = db_copy_text (rows, 0, "desk_phone", arena),
                                           .reason = db_copy_text (rows, 0, "reason", arena) };
    return 0;
}

int office_store_put_municipality (struct db *db, const struct municipality_put *put, const char *subject, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->code);
    db_text (&args, put->prefecture);
    db_text (&args, put->name);
    db_text (&args, put->desk_phone);
    db_text (&args, put->reason);
    if (is_new)
        db_text (&args, subject);
    return db_queue_expect (db, &office_statements[is_new ? ADD_MUNICIPALITY : CHANGE_MUNICIPALITY], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int office_store_municipalities (struct db *db, bool in_region_only, struct arena *arena, struct municipality_view_list *ret,
                                 struct error *err)
{
    struct db_args args = { 0 };
    struct municipality_view *items;
    DB_ROWS (rows);

    db_flag (&args, in_region_only);
    if (db_run (db, &office_statements[MUNICIPALITIES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++) {
        const char *code = db_copy_text (rows, i, "code", arena), *prefecture = db_copy_text (rows, i, "prefecture", arena);

        items[i] = (struct municipality_view) { .code = code, .prefecture = prefecture ? prefecture : prefecture_of (code),
                                                .name = db_copy_text (rows, i, "name", arena),
                                                .in_region = db_get_flag (rows, i, "in_region"),
                                                .facilities = db_get_number (rows, i, "facilities"),
                                                .area_name = text_cut (arena, db_copy_text (rows, i, "area_name", arena), 60),
                                                .reason = db_copy_text (rows, i, "reason", arena) };
    }
    *ret = (struct municipality_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int office_store_office (struct db *db, const char *office_id, struct arena *arena, bool *ret_found, struct office_put *ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &office_statements[OFFICE], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct office_put) { .office_id = office_id, .municipality = db_copy_text (rows, 0, "municipality", arena),
                                     .name = db_copy_text (rows, 0, "name", arena), .phone = db_copy_text (rows, 0, "phone", arena),
                                     .duty_phone = db_copy_text (rows, 0, "duty_phone", arena),
                                     .email = db_copy_text (rows, 0, "email", arena),
                                     .facility_number = db_copy_text (rows, 0, "facility_number", arena) };
    return 0;
}

int office_store_put_office (struct db *db, const struct office_put *put, const char *search, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->municipality);
    db_text (&args, put->office_id);
    db_text (&args, put->name);
    db_text (&args, put->phone);
    db_text (&args, put->duty_phone);
    db_text (&args, put->email);
    db_text (&args, put->facility_number);
    db_text (&args, search);
    return db_queue_expect (db, &office_statements[is_new ? ADD_OFFICE : CHANGE_OFFICE], &args, 1, ERROR_NOT_FOR_YOU, err);
}
