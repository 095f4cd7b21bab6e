/* agreement_store.c - see agreement_store.h. */
#include "agreement_store.h"

#include "people_store.h"

enum { FIND, ADD, CHANGE, LIST, ENDING };

const struct db_statement agreement_statements[] = {
    [FIND] = { "agreement_get",
        "select giving, receiving, from_day::text, to_day::text, kinds, professions from agreement where agreement_id = $1::uuid" },
    [ADD] = { "agreement_add",
        "insert into agreement (agreement_id, giving, receiving, from_day, to_day, kinds, professions)"
        " values ($1::uuid, $2, $3, $4::date, $5::date, $6::text[], nullif ($7::text[], '{}'))" },
    [CHANGE] = { "agreement_change",
        "update agreement set from_day = $4::date, to_day = $5::date, kinds = $6::text[], professions = nullif ($7::text[], '{}')"
        " where agreement_id = $1::uuid and giving = $2 and receiving = $3" },
    [LIST] = { "agreement_list",
        "select a.agreement_id, a.giving, g.name as giving_name, a.receiving, r.name as receiving_name, a.from_day::text, a.to_day::text,"
        "       a.kinds, a.professions, $2::date between a.from_day and coalesce (a.to_day, 'infinity') as in_force,"
        "       case when a.to_day >= $2::date then a.to_day - $2::date end as days_left"
        "  from agreement a join municipality g on g.code = a.giving join municipality r on r.code = a.receiving"
        " where $1::text is null or $1 in (a.giving, a.receiving)"
        " order by coalesce (a.to_day, 'infinity') < $2::date, a.giving, a.receiving, a.from_day, a.agreement_id limit 500" },
    [ENDING] = { "agreement_ending",
        "with due as ("
        "  select a.agreement_id, a.giving, a.receiving, a.to_day, s.step from agreement a"
        "   cross join lateral (select min (x) as step from unnest ('{7,30,60}'::int[]) x where a.to_day - $1::date <= x) s"
        "   where a.to_day between $1::date and $1::date + 60"
        "     and not exists (select from agreement_warning w where w.agreement_id = a.agreement_id and w.to_day = a.to_day and w.step <= s.step)"
        "     and not exists (select from agreement n where n.giving = a.giving and n.receiving = a.receiving and n.from_day <= a.to_day + 1"
        "                        and coalesce (n.to_day, 'infinity') > a.to_day and n.kinds @> a.kinds"
        "                        and (n.professions is null or n.professions @> a.professions))"
        "   limit 20),"
        " said as (insert into agreement_warning (agreement_id, to_day, step) select d.agreement_id, d.to_day, d.step from due d"
        "          on conflict do nothing returning agreement_id)"
        " select d.agreement_id, d.giving, g.name as giving_name, d.receiving, r.name as receiving_name, d.to_day::text,"
        "        d.to_day - $1::date as days_left"
        "   from due d join said s using (agreement_id) join municipality g on g.code = d.giving join municipality r on r.code = d.receiving"
        "  order by d.agreement_id" },
    { NULL, NULL },
};

static struct text_list names_of_kinds (struct arena *arena, struct enum_list kinds)
{
    const char **items = arena_alloc (arena, sizeof *items * (kinds.count + 1));

    for (size_t i = 0; i < kinds.count; i++)
        items[i] = enum_name (&agreement_kind_type, kinds.items[i]);
    return (struct text_list) { items, kinds.count };
}

struct enum_list agreement_kinds_of (const db_rows *rows, int row, struct arena *arena)
{
    struct text_list names = db_copy_text_list (rows, row, "kinds", arena);
    int *items = arena_alloc (arena, sizeof *items * (names.count + 1));

    for (size_t i = 0; i < names.count; i++)
        items[i] = enum_number (&agreement_kind_type, names.items[i]);
    return (struct enum_list) { items, names.count };
}

struct enum_list agreement_professions_of (const db_rows *rows, int row, struct arena *arena)
{
    return roles_of_names (arena, db_is_null (rows, row, "professions") ? (struct text_list) { NULL, 0 }
                                                                       : db_copy_text_list (rows, row, "professions", arena));
}

int agreement_store_find (struct request *request, const char *agreement_id, bool *ret_found, struct agreement_put *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, agreement_id);
    if (db_run (request->db, &agreement_statements[FIND], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct agreement_put) { .agreement_id = agreement_id, .giving = db_copy_text (rows, 0, "giving", arena),
            .receiving = db_copy_text (rows, 0, "receiving", arena), .from = db_copy_text (rows, 0, "from_day", arena),
            .to = db_copy_text (rows, 0, "to_day", arena), .kinds = agreement_kinds_of (rows, 0, arena),
            .professions = agreement_professions_of (rows, 0, arena) };
    return 0;
}

int agreement_store_put (struct request *request, const struct agreement_put *put, bool is_new, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->agreement_id);
    db_text (&args, put->giving);
    db_text (&args, put->receiving);
    db_text (&args, put->from);
    db_text (&args, put->to);
    db_text_list (&args, request->arena, names_of_kinds (request->arena, put->kinds));
    db_text_list (&args, request->arena, names_of_roles (request->arena, put->professions));
    return db_queue_expect (request->db, &agreement_statements[is_new ? ADD : CHANGE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static struct agreement_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct agreement_line) {
        .agreement_id = db_copy_text (rows, i, "agreement_id", arena), .giving = db_copy_text (rows, i, "giving", arena),
        .giving_name = db_copy_text (rows, i, "giving_name", arena), .receiving = db_copy_text (rows, i, "receiving", arena),
        .receiving_name = db_copy_text (rows, i, "receiving_name", arena), .from = db_copy_text (rows, i, "from_day", arena),
        .to = db_copy_text (rows, i, "to_day", arena), .kinds = agreement_kinds_of (rows, i, arena),
        .professions = agreement_professions_of (rows, i, arena), .in_force = db_get_flag (rows, i, "in_force"),
        .has_days_left = !db_is_null (rows, i, "days_left"), .days_left = db_get_number (rows, i, "days_left") };
}

int agreement_store_list (struct request *request, const char *municipality, const char *today, struct agreement_line_list *ret,
                          struct error *err)
{
    struct db_args args = { 0 };
    struct agreement_line *items;
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, today);
    if (db_run (request->db, &agreement_statements[LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = line_of (rows, i, request->arena);
    *ret = (struct agreement_line_list) { items, (size_t) db_count (rows) };
    return 0;
}

int agreement_store_ending (struct job_run *run, const char *today, struct agreement_ending **ret, size_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, today);
    if (db_run (run->db, &agreement_statements[ENDING], &args, &rows, err) < 0)
        return -1;
    *ret_count = (size_t) db_count (rows);
    *ret = arena_alloc (run->arena, sizeof **ret * (*ret_count + 1));
    for (int i = 0; i < db_count (rows); i++)
        (*ret)[i] = (struct agreement_ending) {
            .agreement_id = db_copy_text (rows, i, "agreement_id", run->arena), .giving = db_copy_text (rows, i, "giving", run->arena),
            .giving_name = db_copy_text (rows, i, "giving_name", run->arena), .receiving = db_copy_text (rows, i, "receiving", run->arena),
            .receiving_name = db_copy_text (rows, i, "receiving_name", run->arena), .to = db_copy_text (rows, i, "to_day", run->arena),
            .days = db_get_number (rows, i, "days_left") };
    return 0;
}
