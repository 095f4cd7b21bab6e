/* informed_store.c - see informed.h; schema/0108_own_hours.sql. */
#include "informed.h"

enum { HOURS, MANAGERS };

const struct db_statement informed_statements[] = {
    [HOURS] = { "informed_hours",
        "select person_id, manages, on_call, quiet, hours, office_id, lines"
        "  from informed_hours ($1::uuid, $2::text[]::uuid[], guard.to_time ($3::bigint))" },
    [MANAGERS] = { "informed_managers",             /* seat 3: care_manager */
        "select coalesce (array_agg (distinct s.person_id::text), '{}') as people from team_seat s"
        " where s.municipality = $1 and s.patient_id = $2::uuid and s.seat = 3 and s.person_id in (select alert_circle ($3::uuid))"
        "   and s.person_id is distinct from $4::uuid" },
    { NULL, NULL },
};

static struct phone_lines hours_of (const db_rows *rows, int i, struct arena *arena)
{
    const char *line = db_get_text (rows, i, "hours");

    return line ? phone_read (arena, (struct text_list) { .items = &line, .count = 1 }) : (struct phone_lines) { 0 };
}

int informed_load (struct act *act, const struct alert_row *alert, struct text_list but, struct informed_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->alert_id);
    db_text_list (&args, act->arena, but);
    db_time (&args, act->now);
    if (db_run (act->db, &informed_statements[HOURS], &args, &rows, err) < 0)
        return -1;
    *ret = (struct informed_list) { arena_alloc (act->arena, (size_t) (db_count (rows) + 1) * sizeof *ret->items), (size_t) db_count (rows) };
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct informed) { .person_id = db_copy_text (rows, i, "person_id", act->arena),
            .office_id = db_copy_text (rows, i, "office_id", act->arena), .manages = db_get_flag (rows, i, "manages"),
            .on_call = db_get_flag (rows, i, "on_call"), .quiet = db_get_flag (rows, i, "quiet"), .hours = hours_of (rows, i, act->arena),
            .lines = phone_read (act->arena, db_copy_text_list (rows, i, "lines", act->arena)) };
    return 0;
}

int informed_managers (struct act *act, const struct alert_row *alert, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->patient_id);
    db_text (&args, alert->alert_id);
    db_text (&args, alert->reported_by);
    if (db_run (act->db, &informed_statements[MANAGERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", act->arena);
    return 0;
}
