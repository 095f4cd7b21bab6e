/* office_paper_store.c - see office_paper_store.h. */
#include "office_paper_store.h"

enum { DUE, NUMBERS, MADE, OWN };

const struct db_statement office_paper_statements[] = {
    [DUE] = { "office_paper_due",
        "with due as ("
        "  select o.office_id, o.name, o.located_in, p.password from office o left join office_paper p using (office_id)"
        "   where (p.made_for is null or p.made_for < $1::date)"
        "     and exists (select from membership m where m.office_id = o.office_id and m.roles <> 0))"
        " select d.office_id, d.name, d.located_in, d.password,"
        "        coalesce ((select m.name from municipality m where m.code = d.located_in), d.located_in) as municipality"
        "   from due d where d.located_in = (select min (e.located_in) from due e) order by d.office_id limit $2::bigint" },
    [NUMBERS] = { "office_paper_numbers",
        "select q.name, q.phone from ("
        "  select 0 as place, l.name, l.phone from last_resort l where l.located_in = $1"
        "  union all select 1, o.name, o.duty_phone from office o where o.located_in = $1 and o.duty_phone is not null"
        "     and o.office_id not in (select l.office_id from last_resort l where l.located_in = $1)) q order by q.place, q.name limit 500" },
    [MADE] = { "office_paper_made",
        "insert into office_paper (office_id, located_in, password, made_for, made_at)"
        " values ($1::uuid, $2, $3, $4::date, guard.to_time ($5::bigint))"
        " on conflict (office_id) do update set located_in = excluded.located_in, made_for = excluded.made_for, made_at = excluded.made_at" },
    [OWN] = { "office_paper_own",
        "select password, guard.to_us (made_at) as made_at, located_in || '/' || office_id || '.pdf' as file_name from office_paper"
        " where office_id = $1::uuid" },
    { NULL, NULL },
};

int office_paper_due (struct db *db, struct arena *arena, const char *day, struct office_due_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, day);
    db_number (&args, OFFICE_PAPERS_A_RUN);
    if (db_run (db, &office_paper_statements[DUE], &args, &rows, err) < 0)
        return -1;
    *ret = (struct office_due_list) { .items = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items) };
    for (int i = 0; i < db_count (rows); i++)
        ret->items[ret->count++] = (struct office_due) { db_copy_text (rows, i, "office_id", arena), db_copy_text (rows, i, "name", arena),
                                                         db_copy_text (rows, i, "password", arena) };
    if (ret->count) {
        ret->located_in = db_copy_text (rows, 0, "located_in", arena);
        ret->municipality = db_copy_text (rows, 0, "municipality", arena);
    }
    return 0;
}

int office_paper_numbers (struct db *db, struct arena *arena, const char *located_in, struct office_number **ret, size_t *ret_count,
                          struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, located_in);
    if (db_run (db, &office_paper_statements[NUMBERS], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = arena_alloc (arena, (*ret_count + 1) * sizeof **ret);
    for (size_t i = 0; i < *ret_count; i++)
        (*ret)[i] = (struct office_number) { db_copy_text (rows, (int) i, "name", arena), db_copy_text (rows, (int) i, "phone", arena) };
    return 0;
}

int office_paper_made (struct db *db, const struct office_due *office, const char *located_in, const char *day, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office->office_id);
    db_text (&args, located_in);
    db_text (&args, office->password);
    db_text (&args, day);
    db_time (&args, now);
    return db_queue (db, &office_paper_statements[MADE], &args, err);
}

int office_paper_own (struct request *request, struct office_paper_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &office_paper_statements[OWN], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    answer->password = db_copy_text (rows, 0, "password", request->arena);
    answer->has_made_at = true;
    answer->made_at = db_get_number (rows, 0, "made_at");
    answer->file_name = db_copy_text (rows, 0, "file_name", request->arena);
    return 0;
}
