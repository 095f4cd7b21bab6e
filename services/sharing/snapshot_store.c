#include "snapshot_store.h"

enum { PAGE, STATEMENT_COUNT };

const struct db_statement snapshot_statements[STATEMENT_COUNT + 1] = {
    [PAGE] = { "snapshot_page",
        "select p.municipality, p.patient_id, coalesce (s.version, 0) as version from patient p left join subject s on s.id = p.patient_id"
        " where p.patient_id > coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000') order by p.patient_id limit $2::bigint" },
};

int snapshot_store_page (struct request *request, const char *after, int64_t limit, struct snapshot_row *rows, size_t *ret_count,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (found);

    db_text (&args, after && *after ? after : NULL);
    db_number (&args, limit);
    if (db_run (request->db, &snapshot_statements[PAGE], &args, &found, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (found);
    for (int i = 0; i < db_count (found); i++) {
        const char *patient_id = db_copy_text (found, i, "patient_id", request->arena);

        rows[i] = (struct snapshot_row) { .subject = patient_id, .version = db_get_number (found, i, "version"),
                                          .municipality = db_copy_text (found, i, "municipality", request->arena), .next = patient_id };
    }
    return 0;
}
