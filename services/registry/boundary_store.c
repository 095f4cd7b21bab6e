/* boundary_store.c - see boundary_store.h. */
#include "boundary_store.h"

enum { PUT, LIST, MISSING, STATEMENT_COUNT };

const struct db_statement boundary_statements[] = {
    [PUT] = { "boundary_put",
        "insert into municipality_shape (municipality, name, edition, credit, path, west, south, east, north, office_name, office_latitude,"
        "                                office_longitude)"
        " values ($1, $2, $3::date, $4, $5, $6::bigint / 1e6, $7::bigint / 1e6, $8::bigint / 1e6, $9::bigint / 1e6, $10, $11::numeric, $12::numeric)"
        " on conflict (municipality) do update set (name, edition, credit, path, west, south, east, north, office_name, office_latitude,"
        "                                           office_longitude) ="
        "  row (excluded.name, excluded.edition, excluded.credit, excluded.path, excluded.west, excluded.south, excluded.east, excluded.north,"
        "       coalesce (excluded.office_name, municipality_shape.office_name),"
        "       coalesce (excluded.office_latitude, municipality_shape.office_latitude),"
        "       coalesce (excluded.office_longitude, municipality_shape.office_longitude))" },
    [LIST] = { "boundary_list",
        "select s.municipality, s.name, s.path, s.edition::text as edition, s.credit, s.office_name, s.office_latitude::text as latitude,"
        "       s.office_longitude::text as longitude from municipality_shape s order by s.municipality limit 400" },
    /* Wards stand for their city: the first three digits of a code are the same, and the city's last is 0. */
    [MISSING] = { "boundary_missing",
        "select array (select m.name from municipality m where m.in_region and m.code <> '000000'"
        "                 and not exists (select from municipality_shape s where s.municipality = m.code)"
        "                 and not (substr (m.code, 3, 1) = '1' and substr (m.code, 5, 1) = '0' and exists (select from municipality_shape s"
        "                            where s.municipality between left (m.code, 4) || '00' and left (m.code, 4) || '99'))"
        "               order by m.code limit 400) as names" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int boundary_store_put (struct request *request, const struct boundary_put *put, const struct outline *outline, struct error *err)
{
    const struct square *box = &outline->box;
    struct db_args args = { 0 };

    db_text (&args, put->municipality);
    db_text (&args, put->name);
    db_text (&args, put->edition);
    db_text (&args, put->credit);
    db_text (&args, outline->path);
    db_number (&args, box->west);
    db_number (&args, box->south);
    db_number (&args, box->east);
    db_number (&args, box->north);
    db_text (&args, put->office_name);
    db_text (&args, put->office_latitude);
    db_text (&args, put->office_longitude);
    return db_queue_expect (request->db, &boundary_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static struct boundary_view view_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct boundary_view) { .municipality = db_copy_text (rows, i, "municipality", arena), .name = db_copy_text (rows, i, "name", arena),
        .path = db_copy_text (rows, i, "path", arena), .edition = db_copy_text (rows, i, "edition", arena),
        .credit = db_copy_text (rows, i, "credit", arena), .office_name = db_copy_text (rows, i, "office_name", arena),
        .office_latitude = db_copy_text (rows, i, "latitude", arena), .office_longitude = db_copy_text (rows, i, "longitude", arena) };
}

int boundary_store_list (struct request *request, struct boundary_view_list *ret, struct text_list *ret_missing, struct error *err)
{
    struct boundary_view *items;
    struct db_args args = { 0 };
    DB_ROWS (rows);
    DB_ROWS (missing);

    if (db_run (request->db, &boundary_statements[LIST], &args, &rows, err) < 0
        || db_run (request->db, &boundary_statements[MISSING], &args, &missing, err) < 0)
        return -1;
    items = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = view_of (rows, i, request->arena);
    *ret = (struct boundary_view_list) { items, (size_t) db_count (rows) };
    *ret_missing = db_copy_text_list (missing, 0, "names", request->arena);
    return 0;
}
