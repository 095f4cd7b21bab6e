/* report_store.c - see report_store.h. */
#include "report_store.h"

enum { MUNICIPALITY, STAFF, READERS, FIGURES, NEXT, SENT };

const struct db_statement report_statements[] = {
    [MUNICIPALITY] = { "report_municipality", "select coalesce ((select name from municipality where code = $1), $1) as name" },
    [STAFF] = { "report_staff",
        "select q.person_id, q.name, q.office_id, o.name as office, q.roles from ("
        "  select distinct on (m.person_id) m.person_id, m.name, m.office_id,"
        "         (select bit_or (n.roles) from membership n where n.person_id = m.person_id and n.located_in = $1) as roles"
        "    from membership m"
        "   where m.roles <> 0"
        "     and (m.located_in = $1"
        "          or m.person_id in (select n.person_id from rotation_member n join rotation r using (rotation_id) where r.located_in = $1))"
        "   order by m.person_id, (m.located_in = $1) desc, (m.roles & 8) desc, m.version desc) q"
        "  left join office o on o.office_id = q.office_id"
        " order by o.name, q.office_id, q.name, q.person_id" },
    [READERS] = { "report_readers",
        "select m.person_id, m.name, m.office_id, o.name as office, bit_or (m.roles) as roles"
        "  from membership m left join office o on o.office_id = m.office_id"
        " where m.roles <> 0"
        "   and (m.located_in = $1"
        "        or m.person_id in (select n.person_id from rotation_member n join rotation r using (rotation_id) where r.located_in = $1))"
        " group by m.person_id, m.name, m.office_id, o.name order by o.name, m.office_id, m.name, m.person_id" },
    [FIGURES] = { "report_figures",
        "select person_id, calls, accepts, median_seconds is not null as has_median, round (median_seconds)::bigint as median, notices, read,"
        "       person_id in (select duty_muted ($1)) as muted"
        "  from duty_figures ($1, guard.to_time ($2::bigint), guard.to_time ($3::bigint))" },
    [NEXT] = { "report_next",
        "select r.located_in from rotation r"
        " where not exists (select from report_sent s where s.kind = $1 and s.day = $2::date and s.located_in = r.located_in)"
        " order by r.located_in limit 1" },
    [SENT] = { "report_sent",
        "insert into report_sent (kind, day, located_in, sent_at, letters)"
        " values ($1, $2::date, $3, guard.to_time ($4::bigint), $5::integer)" },
    { NULL, NULL },
};

static const char *const kinds[] = { [REPORT_DAILY] = "daily", [REPORT_WEEKLY] = "weekly" };

int report_municipality (struct db *db, struct arena *arena, const char *code, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, code);
    if (db_run (db, &report_statements[MUNICIPALITY], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, "name", arena);
    return 0;
}

static int staff_of (struct db *db, struct arena *arena, int statement, const char *municipality, struct staff_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (db_run (db, &report_statements[statement], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct staff_member) { .person_id = db_copy_text (rows, i, "person_id", arena),
            .name = db_copy_text (rows, i, "name", arena), .office_id = db_copy_text (rows, i, "office_id", arena),
            .office = db_copy_text (rows, i, "office", arena), .roles = (uint64_t) db_get_number (rows, i, "roles") };
    return 0;
}

int report_staff (struct db *db, struct arena *arena, const char *municipality, struct staff_list *ret, struct error *err)
{
    return staff_of (db, arena, STAFF, municipality, ret, err);
}

int report_readers (struct db *db, struct arena *arena, const char *municipality, struct staff_list *ret, struct error *err)
{
    return staff_of (db, arena, READERS, municipality, ret, err);
}

int report_figures (struct db *db, struct arena *arena, const char *municipality, int64_t from, int64_t to, struct duty_figures_list *ret,
                    struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_time (&args, from);
    db_time (&args, to);
    if (db_run (db, &report_statements[FIGURES], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct duty_figures) { .person_id = db_copy_text (rows, i, "person_id", arena),
            .calls = db_get_number (rows, i, "calls"), .accepts = db_get_number (rows, i, "accepts"),
            .notices = db_get_number (rows, i, "notices"), .read = db_get_number (rows, i, "read"),
            .has_median = db_get_flag (rows, i, "has_median"), .median_seconds = db_get_number (rows, i, "median"),
            .muted = db_get_flag (rows, i, "muted") };
    return 0;
}

int report_next (struct db *db, struct arena *arena, enum report_kind kind, const char *day, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, kinds[kind]);
    db_text (&args, day);
    if (db_run (db, &report_statements[NEXT], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) ? db_copy_text (rows, 0, "located_in", arena) : NULL;
    return 0;
}

int report_sent (struct db *db, enum report_kind kind, const char *day, const char *municipality, int64_t letters, int64_t now,
                 struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, kinds[kind]);
    db_text (&args, day);
    db_text (&args, municipality);
    db_time (&args, now);
    db_number (&args, letters);
    return db_queue (db, &report_statements[SENT], &args, err);
}
