#include <string.h>
#include "ems_export_store.h"

enum { POSITION, ALL, CHANGED, STATEMENT_COUNT };

#define ROW \
    " h.phone, h.address, h.name_kana, h.birth_date::text," \
    " (select k.number from card k where k.municipality = p.municipality and k.patient_id = p.patient_id and k.state = 1) as number"
#define FIRST "'00000000-0000-0000-0000-000000000000'"

const struct db_statement ems_export_statements[STATEMENT_COUNT + 1] = {
    [POSITION] = { "ems_export_position",
        "select i.number || '-' || pg_snapshot_xmin (pg_current_snapshot ()) as position,"
        "       coalesce ($1 !~ ('^' || i.number || '-[0-9]{1,19}$'), true) as whole from (select guard.incarnation () as number) i" },
    [ALL] = { "ems_export_all",
        "select p.municipality, p.patient_id, false as removed," ROW
        "  from patient p"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        " where p.patient_id > coalesce ($1::uuid, " FIRST ") order by p.patient_id limit $2::bigint" },
    [CHANGED] = { "ems_export_changed",
        "select c.municipality, c.patient_id, p.patient_id is null as removed," ROW
        "  from ems_change c"
        "  left join patient p on p.municipality = c.municipality and p.patient_id = c.patient_id"
        "  left join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        " where c.incarnation = split_part ($3, '-', 1)::int and c.xid >= split_part ($3, '-', 2)::xid8"
        "   and c.patient_id > coalesce ($1::uuid, " FIRST ") order by c.patient_id limit $2::bigint" },
};

int ems_export_position (struct request *request, const char *since, struct ems_export_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, since);
    if (db_run (request->db, &ems_export_statements[POSITION], &args, &rows, err) < 0)
        return -1;
    ret->position = db_copy_text (rows, 0, "position", request->arena);
    ret->whole = db_get_flag (rows, 0, "whole");
    return 0;
}

static struct ems_export_row read_row (const db_rows *rows, int row, struct arena *arena)
{
    bool removed = db_get_flag (rows, row, "removed");
    struct ems_export_row ret = { .patient_id = db_copy_text (rows, row, "patient_id", arena),
                                  .municipality = db_copy_text (rows, row, "municipality", arena), .removed = removed };

    if (removed)
        return ret;
    ret.phone = db_copy_text (rows, row, "phone", arena);
    ret.address = db_copy_text (rows, row, "address", arena);
    ret.name_kana = db_copy_text (rows, row, "name_kana", arena);
    ret.birth_date = db_copy_text (rows, row, "birth_date", arena);
    ret.number = db_copy_text (rows, row, "number", arena);
    return ret;
}

int ems_export_page (struct request *request, const char *since, const char *after, int64_t most, struct ems_export_answer *ret,
                     struct error *err)
{
    struct ems_export_row *lines;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, after);
    db_number (&args, most);
    if (since)
        db_text (&args, since);
    if (db_run (request->db, &ems_export_statements[since ? CHANGED : ALL], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = read_row (rows, i, request->arena);
    ret->rows.items = lines;
    ret->rows.count = (size_t) db_count (rows);
    return 0;
}
