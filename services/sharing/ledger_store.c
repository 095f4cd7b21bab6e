#include "ledger_store.h"
#include "ledger_words.h"
#include "standing.h"

enum { PAGE, STATEMENT_COUNT };

/* Stands for the fire service where no one person or partner is known: a list of candidates. */
#define NOBODY "00000000-0000-0000-0000-000000000000"

const struct db_statement ledger_statements[STATEMENT_COUNT + 1] = {
    [PAGE] = { "ledger_page",
        "select l.seq, guard.to_us (l.at) as at, coalesce (l.person, r.person_id, r.partner_id, b.partner_id, '" NOBODY "') as person,"
        "       l.roles, l.message, case when l.items like 'opened %' then 'opened' else l.items end as items, l.ground, r.fields, b.reason,"
        "       guard.to_us (b.until_at) as until, guard.to_us (b.reviewed_at) as reviewed_at, b.justified, b.outcome,"
        "       coalesce ((select w.name from membership w where w.person_id = l.person and w.office_id = l.office),"
        "                 case when l.message like 'ems\\_%' then coalesce (r.unit, b.unit, '消防・救急') end) as name,"
        "       coalesce (r.partner_name, b.partner_name, (select o.name from office o where o.office_id = l.office)) as office"
        "  from ledger_of ($1::uuid, $2::bigint, $3::integer) l"
        "  left join ems_release r on r.patient_id = $1::uuid"
        "                         and r.release_id = case when l.items like 'ems %' then substr (l.items, 5)::uuid end"
        "  left join break_glass b on b.patient_id = $1::uuid"
        "                         and b.break_id = case when l.items like 'opened %' then substr (l.items, 8)::uuid end"
        " where l.person is not null or l.message like 'ems\\_%' order by l.seq desc" },
};

int ledger_store_page (struct request *request, const char *patient_id, int64_t before, int64_t most, struct ledger_page *ret,
                       struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    db_optional (&args, before > 0, before);
    db_number (&args, most);
    if (db_run (request->db, &ledger_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++) {
        ret->items[i].seq = db_get_number (rows, i, "seq");
        ret->items[i].line = (struct ledger_line) {
            .at = db_get_number (rows, i, "at"),
            .person_id = db_copy_text (rows, i, "person", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena),
            .office = db_copy_text (rows, i, "office", request->arena),
            .role = roles_first ((uint64_t) db_get_number (rows, i, "roles")),
            .what = ledger_what (db_copy_text (rows, i, "message", request->arena)),
            .items = db_is_null (rows, i, "fields") ? ledger_items (db_copy_text (rows, i, "items", request->arena))
                                                    : ledger_released (db_get_text (rows, i, "fields"), request->arena),
            .ground = ledger_ground (db_copy_text (rows, i, "ground", request->arena)),
            .reason = db_copy_text (rows, i, "reason", request->arena),
            .has_until = !db_is_null (rows, i, "until"),
            .until = db_get_number (rows, i, "until"),
            .has_reviewed_at = !db_is_null (rows, i, "reviewed_at"),
            .reviewed_at = db_get_number (rows, i, "reviewed_at"),
            .has_justified = !db_is_null (rows, i, "justified"),
            .justified = db_get_flag (rows, i, "justified"),
            .outcome = db_copy_text (rows, i, "outcome", request->arena),
        };
    }
    return 0;
}
