/* facility_report_store.c - see facility_report_store.h. */
#include "facility_report_store.h"

enum { ADD, REGISTRARS, ONE, SETTLE, LIST, OPEN, STATEMENT_COUNT };

const struct db_statement facility_report_statements[] = {
    [ADD] = { "facility_report_add",
        "insert into facility_report (report_id, facility_id, keeper, what, by_person, by_office, by_name, reported_at)"
        " values ($1::uuid, $2::uuid, $3, $4, $5::uuid, $6::uuid, $7, guard.to_time ($8::bigint))" },
    [REGISTRARS] = { "facility_registrars", "select facility_registrars ($1::uuid) as people" },
    [ONE] = { "facility_report_one",
        "select r.report_id, r.facility_id, r.keeper, r.by_person, r.outcome is not null as settled,"
        "       (r.keeper = (select (facility_reader ()).keeper) or (select acts_for_region ())) is true as may_settle"
        "  from facility_report r where r.report_id = $1::uuid for no key update" },
    [SETTLE] = { "facility_report_settle",
        "update facility_report set outcome = $2::smallint, words = $3, settled_by = $4::uuid, settled_at = guard.to_time ($5::bigint)"
        " where report_id = $1::uuid and outcome is null" },
    [LIST] = { "facility_report_list",
        "select r.report_id, r.facility_id, f.name, r.what, coalesce (p.name, r.by_name) as by_name, o.name as by_office,"
        "       guard.to_us (r.reported_at) as at_us, r.outcome, r.words, s.name as settled_by, guard.to_us (r.settled_at) as settled_us"
        "  from facility_report r join facility f on f.facility_id = r.facility_id left join person p on p.person_id = r.by_person"
        "  left join office o on o.office_id = r.by_office left join person s on s.person_id = r.settled_by"
        " where (r.outcome is not null) = $1::boolean and (not $2::boolean or r.by_person = $3::uuid)"
        "   and (r.reported_at, r.report_id) < (coalesce ((select a.reported_at from facility_report a where a.report_id = $4::uuid), 'infinity'),"
        "                                       coalesce ($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))"
        " order by r.reported_at desc, r.report_id desc limit $5::int" },
    [OPEN] = { "facility_report_count",
        "select count(*) as count from facility_report r where r.outcome is null and (not $1::boolean or r.by_person = $2::uuid)" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int facility_report_store_add (struct request *request, const struct facility_report *report, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, report->report_id);
    db_text (&args, report->facility_id);
    db_text (&args, report->keeper);
    db_text (&args, report->what);
    db_text (&args, report->by_name ? NULL : request->actor->person_id);
    db_text (&args, report->by_name ? NULL : request->actor->office_id);
    db_text (&args, report->by_name);
    db_time (&args, request->now);
    return db_queue (request->db, &facility_report_statements[ADD], &args, err);
}

int facility_report_store_registrars (struct request *request, const char *facility_id, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (request->db, &facility_report_statements[REGISTRARS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "people", request->arena);
    return 0;
}

int facility_report_store_one (struct request *request, const char *report_id, struct facility_report_open *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct facility_report_open) { 0 };
    db_text (&args, report_id);
    if (db_run (request->db, &facility_report_statements[ONE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct facility_report_open) { .report_id = db_copy_text (rows, 0, "report_id", request->arena),
            .facility_id = db_copy_text (rows, 0, "facility_id", request->arena), .keeper = db_copy_text (rows, 0, "keeper", request->arena),
            .by_person = db_copy_text (rows, 0, "by_person", request->arena), .settled = db_get_flag (rows, 0, "settled"),
            .may_settle = db_get_flag (rows, 0, "may_settle") };
    return 0;
}

int facility_report_store_settle (struct request *request, const struct facility_report_settle *settle, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, settle->report_id);
    db_number (&args, settle->outcome);
    db_text (&args, settle->words && *settle->words ? settle->words : NULL);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &facility_report_statements[SETTLE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static struct facility_report_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct facility_report_line) { .report_id = db_copy_text (rows, i, "report_id", arena),
        .facility_id = db_copy_text (rows, i, "facility_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .what = db_copy_text (rows, i, "what", arena), .by_name = db_copy_text (rows, i, "by_name", arena),
        .by_office = db_copy_text (rows, i, "by_office", arena), .at = db_get_number (rows, i, "at_us"),
        .outcome = (int) db_get_number (rows, i, "outcome"), .words = db_copy_text (rows, i, "words", arena),
        .settled_by = db_copy_text (rows, i, "settled_by", arena), .has_settled_at = !db_is_null (rows, i, "settled_us"),
        .settled_at = db_get_number (rows, i, "settled_us") };
}

int facility_report_store_list (struct request *request, const struct facility_report_wanted *wanted, struct facility_report_line_list *ret,
                                struct error *err)
{
    struct db_args args = { 0 };
    struct facility_report_line *lines;
    DB_ROWS (rows);

    db_flag (&args, wanted->settled);
    db_flag (&args, wanted->mine);
    db_text (&args, request->actor->person_id);
    db_text (&args, wanted->after);
    db_number (&args, wanted->limit);
    if (db_run (request->db, &facility_report_statements[LIST], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, ((size_t) db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = line_of (rows, i, request->arena);
    *ret = (struct facility_report_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}

int facility_report_store_open (struct request *request, bool mine, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_flag (&args, mine);
    db_text (&args, request->actor->person_id);
    if (db_run (request->db, &facility_report_statements[OPEN], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "count");
    return 0;
}
