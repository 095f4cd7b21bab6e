#include "night_store.h"
#include "bits.h"
#include "night_closure_store.h"

enum { ENTRUSTS, SUMMARY, VISITS, STAFF, ADD, END, OPEN, ENTRUSTED, OWN_REPORT, REPORT, KNOWN, READ, DUTY, REPORTS, DUE, TURN, STATEMENT_COUNT };

#define NAME_OF(person, office) "(select w.name from membership w where w.person_id = " person " and w.office_id = " office ")"
#define OFFICE_OF(office) "(select o.name from office o where o.office_id = " office ")"

#define ENTRUST_COLUMNS \
    "e.municipality, e.entrust_id, e.office_id, " OFFICE_OF ("e.office_id") " as office, guard.to_us (e.from_at) as from_at," \
    " guard.to_us (e.until_at) as until_at, e.bands::bigint[]::text[] as bands, e.request, e.call_doctor, e.doctor_phone," \
    " guard.to_us (e.entrusted_at) as entrusted_at, e.entrusted_by, " NAME_OF ("e.entrusted_by", "e.entrusted_office") \
    " as entrusted_by_name, guard.to_us (e.ended_at) as ended_at, guard.to_us (e.window_from) as window_from," \
    " guard.to_us (e.window_to) as window_to"

#define VISIT_COLUMNS \
    "v.visit_id, v.entrust_id, v.alert_id, v.corrects, (select c.visit_id from night_visit c where c.municipality = v.municipality" \
    "   and c.patient_id = v.patient_id and c.corrects = v.visit_id) as corrected_by," \
    " guard.to_us (v.visited_at) as visited_at, guard.to_us (v.left_at) as left_at, v.found, v.done, v.drugs, v.told_family," \
    " v.doctor_today, v.transported, v.transported_to, v.reported_office, " OFFICE_OF ("v.reported_office") " as office, v.reported_by, " \
    NAME_OF ("v.reported_by", "v.reported_office") " as by_name, guard.to_us (v.reported_at) as reported_at," \
    " guard.to_us (r.read_at) as read_at, r.reader"
#define FIRST_READ \
    " left join lateral (select d.read_at, " NAME_OF ("d.person_id", "d.office_id") " as reader from night_visit_read d" \
    "    where d.municipality = v.municipality and d.patient_id = v.patient_id and d.visit_id = v.visit_id" \
    "    order by d.read_at limit 1) r on true"

const struct db_statement night_statements[STATEMENT_COUNT + 1] = {
    [ENTRUSTS] = { "night_entrusts",
        "select " ENTRUST_COLUMNS " from night_entrust e where e.municipality = $1 and e.patient_id = $2::uuid"
        " order by e.ended_at is not null, e.entrusted_at desc, e.entrust_id limit $3::bigint" },
    [SUMMARY] = { "night_summary",
        "select entrust_id, office_id, guard.to_us (from_at) as from_at, guard.to_us (until_at) as until_at, bands::bigint[]::text[] as bands,"
        "       call_doctor from night_entrust"
        " where municipality = $1 and patient_id = $2::uuid and ended_at is null and until_at > guard.now ()"
        " order by from_at, entrust_id limit 10" },
    [VISITS] = { "night_visits",
        "select " VISIT_COLUMNS " from night_visit v" FIRST_READ " where v.municipality = $1 and v.patient_id = $2::uuid"
        " order by v.visited_at desc, v.reported_at desc limit $3::bigint" },
    [STAFF] = { "night_staff",          /* 9: visiting_nurse, doctor */
        "select exists (select from membership where office_id = $1::uuid and roles & 9 <> 0) as visits" },
    [ADD] = { "night_add",
        "insert into night_entrust (municipality, patient_id, entrust_id, office_id, from_at, until_at, bands, request, call_doctor,"
        "                           doctor_phone, entrusted_at, entrusted_by, entrusted_office, window_from, window_to, next_at)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, guard.to_time ($5::bigint), guard.to_time ($6::bigint), $7::bigint[]::smallint[], $8,"
        "         $9::boolean, $10, guard.to_time ($11::bigint), $12::uuid, $13::uuid, guard.to_time ($14::bigint),"
        "         guard.to_time ($15::bigint), guard.to_time ($16::bigint)) on conflict do nothing" },
    [END] = { "night_end",
        "update night_entrust set ended_at = guard.to_time ($4::bigint), ended_by = $5::uuid, next_at = null"
        " where municipality = $1 and patient_id = $2::uuid and entrust_id = $3::uuid and ended_at is null" },
    [OPEN] = { "night_open", "select night_open ($1, $2::uuid, $3::uuid)" },
    [ENTRUSTED] = { "night_entrusted",
        "select municipality, from_at <= guard.to_time ($4::bigint) and until_at >= guard.to_time ($4::bigint)"
        "   and (ended_at is null or ended_at >= guard.to_time ($4::bigint)) as held"
        "  from night_entrust where patient_id = $1::uuid and entrust_id = $2::uuid and office_id = $3::uuid" },
    [OWN_REPORT] = { "night_own_report",
        "select v.municipality from night_visit v where v.patient_id = $1::uuid and v.visit_id = $2::uuid and v.reported_office = $3::uuid"
        "   and not exists (select from night_visit c where c.municipality = v.municipality and c.patient_id = v.patient_id"
        "                      and c.corrects = v.visit_id)" },
    [REPORT] = { "night_report",
        "insert into night_visit (municipality, patient_id, visit_id, entrust_id, alert_id, corrects, visited_at, left_at, found, done,"
        "                         drugs, told_family, doctor_today, transported, transported_to, reported_at, reported_by, reported_office)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, guard.to_time ($7::bigint), guard.to_time ($8::bigint), $9, $10,"
        "         $11, $12, $13, $14::boolean, $15, guard.to_time ($16::bigint), $17::uuid, $18::uuid) on conflict do nothing" },
    [KNOWN] = { "night_known",
        "select exists (select from night_visit where municipality = $1 and patient_id = $2::uuid and visit_id = $3::uuid) as known,"
        "       exists (select from night_visit_read where municipality = $1 and patient_id = $2::uuid and visit_id = $3::uuid"
        "                  and person_id = $4::uuid) as read" },
    [READ] = { "night_read",
        "insert into night_visit_read (municipality, patient_id, visit_id, person_id, office_id, read_at)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, guard.to_time ($6::bigint)) on conflict do nothing" },
    [DUTY] = { "night_duty",
        "select e.patient_id, h.name, h.name_kana, h.birth_date::text, h.address, h.phone, h.terminal_phase, " ENTRUST_COLUMNS ","
        "       (select count(*) from night_visit v where v.municipality = e.municipality and v.patient_id = e.patient_id"
        "           and v.reported_office = e.office_id and v.visited_at >= e.window_from and v.corrects is null) as reports"
        "  from night_entrust e"
        "  join access a on a.municipality = e.municipality and a.patient_id = e.patient_id and a.office_id = e.office_id and a.ground = 3"
        "   and a.source_id = e.entrust_id and a.from_at <= guard.to_time ($2::bigint) and a.to_at > guard.to_time ($2::bigint)"
        "  join patient p on p.municipality = e.municipality and p.patient_id = e.patient_id"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        " where e.office_id = $1::uuid and e.ended_at is null"
        " order by h.name_kana, e.patient_id, e.entrusted_at limit $3::bigint" },
    [REPORTS] = { "night_reports",
        "with mine as ("
        "    select distinct m.municipality, m.patient_id from care_team_member m"
        "     where m.person_id = $1::uuid and m.office_id = $2::uuid and m.seat in (1, 2) and m.ended_at is null"
        ")"
        " select m.patient_id, h.name, r.read_at is null as waiting, " VISIT_COLUMNS
        "  from mine m"
        "  join patient p on p.municipality = m.municipality and p.patient_id = m.patient_id"
        "  join patient_head h on h.municipality = p.municipality and h.patient_id = p.patient_id and h.version = p.head_version"
        "  join night_visit v on v.municipality = m.municipality and v.patient_id = m.patient_id" FIRST_READ
        " where (r.read_at is null or v.reported_at > guard.to_time ($3::bigint))"
        "   and not exists (select from night_visit c where c.municipality = v.municipality and c.patient_id = v.patient_id"
        "                      and c.corrects = v.visit_id)"
        " order by r.read_at is not null, v.visited_at desc, v.visit_id limit $4::bigint" },
    [DUE] = { "night_due",
        "select municipality, patient_id, entrust_id, guard.to_us (from_at) as from_at, guard.to_us (until_at) as until_at,"
        "       bands::bigint[]::text[] as bands from night_entrust"
        " where ended_at is null and next_at <= guard.to_time ($1::bigint) order by next_at, patient_id limit $2::bigint"
        " for no key update skip locked" },
    [TURN] = { "night_turn",
        "update night_entrust set window_from = guard.to_time ($4::bigint), window_to = guard.to_time ($5::bigint),"
        "       next_at = guard.to_time ($6::bigint)"
        " where municipality = $1 and patient_id = $2::uuid and entrust_id = $3::uuid and ended_at is null" },
};

static struct db_args whose (const char *municipality, const char *patient_id)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, patient_id);
    return args;
}

static void add_window (struct db_args *args, struct night_window window)
{
    db_optional (args, window.to != 0, window.from);
    db_optional (args, window.to != 0, window.to);
    db_optional (args, window.to != 0, night_grace_end (window));
}

static struct enum_list read_bands (const db_rows *rows, int row, struct arena *arena)
{
    struct text_list texts = db_copy_text_list (rows, row, "bands", arena);
    int *items = arena_alloc (arena, (texts.count + 1) * sizeof *items);

    for (size_t i = 0; i < texts.count; i++)
        items[i] = (int) strtol (texts.items[i], NULL, 10);
    return (struct enum_list) { .items = items, .count = texts.count };
}

static struct night_entrust_view read_entrust (const db_rows *rows, int row, struct arena *arena)
{
    bool ended = !db_is_null (rows, row, "ended_at"), window = !ended && !db_is_null (rows, row, "window_to");

    return (struct night_entrust_view) { .entrust_id = db_copy_text (rows, row, "entrust_id", arena),
        .office_id = db_copy_text (rows, row, "office_id", arena), .office = db_copy_text (rows, row, "office", arena),
        .from = db_get_number (rows, row, "from_at"), .until = db_get_number (rows, row, "until_at"), .bands = read_bands (rows, row, arena),
        .request = db_copy_text (rows, row, "request", arena), .call_doctor = db_get_flag (rows, row, "call_doctor"),
        .doctor_phone = db_copy_text (rows, row, "doctor_phone", arena), .entrusted_at = db_get_number (rows, row, "entrusted_at"),
        .entrusted_by = db_copy_text (rows, row, "entrusted_by", arena),
        .entrusted_by_name = db_copy_text (rows, row, "entrusted_by_name", arena), .has_ended_at = ended,
        .ended_at = db_get_number (rows, row, "ended_at"), .has_window_from = window, .has_window_to = window,
        .window_from = db_get_number (rows, row, "window_from"), .window_to = db_get_number (rows, row, "window_to") };
}

static struct night_visit_view read_visit (const db_rows *rows, int row, struct arena *arena)
{
    return (struct night_visit_view) { .visit_id = db_copy_text (rows, row, "visit_id", arena),
        .entrust_id = db_copy_text (rows, row, "entrust_id", arena), .alert_id = db_copy_text (rows, row, "alert_id", arena),
        .corrects = db_copy_text (rows, row, "corrects", arena), .corrected_by = db_copy_text (rows, row, "corrected_by", arena),
        .visited_at = db_get_number (rows, row, "visited_at"), .left_at = db_get_number (rows, row, "left_at"),
        .found = db_copy_text (rows, row, "found", arena), .done = db_copy_text (rows, row, "done", arena),
        .drugs = db_copy_text (rows, row, "drugs", arena), .told_family = db_copy_text (rows, row, "told_family", arena),
        .doctor_today = db_copy_text (rows, row, "doctor_today", arena), .transported = db_get_flag (rows, row, "transported"),
        .transported_to = db_copy_text (rows, row, "transported_to", arena),
        .office_id = db_copy_text (rows, row, "reported_office", arena), .office = db_copy_text (rows, row, "office", arena),
        .by = db_copy_text (rows, row, "reported_by", arena), .by_name = db_copy_text (rows, row, "by_name", arena),
        .reported_at = db_get_number (rows, row, "reported_at"), .has_read_at = !db_is_null (rows, row, "read_at"),
        .read_at = db_get_number (rows, row, "read_at"), .read_by_name = db_copy_text (rows, row, "reader", arena) };
}

int night_store_entrusts (struct request *request, const char *municipality, const char *patient_id, struct night_entrust_list *ret,
                          struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    struct night_shown *shown;
    DB_ROWS (rows);

    db_number (&args, NIGHT_LIST_MOST);
    if (db_run (request->db, &night_statements[ENTRUSTS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    shown = arena_alloc (request->arena, (ret->count + 1) * sizeof *shown);
    for (int i = 0; i < db_count (rows); i++) {
        ret->items[i] = read_entrust (rows, i, request->arena);
        shown[i] = (struct night_shown) { municipality, patient_id, &ret->items[i] };
    }
    return night_show_closures (request, shown, ret->count, err);
}

int night_store_summary (struct db *db, struct arena *arena, const char *municipality, const char *patient_id,
                         struct night_entrust_changed *ret, struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    struct night_entrust_known *items;
    DB_ROWS (rows);

    if (db_run (db, &night_statements[SUMMARY], &args, &rows, err) < 0)
        return -1;
    *ret = (struct night_entrust_changed) { .patient_id = patient_id };
    ret->entrusts.count = (size_t) db_count (rows);
    ret->entrusts.items = items = arena_alloc (arena, (ret->entrusts.count + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct night_entrust_known) { .entrust_id = db_copy_text (rows, i, "entrust_id", arena),
            .office_id = db_copy_text (rows, i, "office_id", arena), .from = db_get_number (rows, i, "from_at"),
            .until = db_get_number (rows, i, "until_at"), .bands = read_bands (rows, i, arena),
            .call_doctor = db_get_flag (rows, i, "call_doctor") };
    return 0;
}

int night_store_visits (struct request *request, const char *municipality, const char *patient_id, struct night_visit_list *ret,
                        struct error *err)
{
    struct db_args args = whose (municipality, patient_id);
    DB_ROWS (rows);

    db_number (&args, NIGHT_LIST_MOST);
    if (db_run (request->db, &night_statements[VISITS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = read_visit (rows, i, request->arena);
    return 0;
}

int night_store_visits_from (struct request *request, const char *office_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (request->db, &night_statements[STAFF], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "visits");
    return 0;
}

static struct i64_list numbers_of (struct arena *arena, struct enum_list list)
{
    int64_t *items = arena_alloc (arena, (list.count + 1) * sizeof *items);

    for (size_t i = 0; i < list.count; i++)
        items[i] = list.items[i];
    return (struct i64_list) { .items = items, .count = list.count };
}

int night_store_add (struct request *request, const char *municipality, const struct night_visit_entrust *message,
                     struct night_window window, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->entrust_id);
    db_text (&args, message->office_id);
    db_time (&args, message->from);
    db_time (&args, message->until);
    db_number_list (&args, request->arena, numbers_of (request->arena, message->bands));
    db_text (&args, message->request);
    db_flag (&args, message->call_doctor);
    db_text (&args, message->doctor_phone);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    add_window (&args, window);
    return db_queue_expect (request->db, &night_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err);
}

int night_store_end (struct request *request, const char *municipality, const struct night_visit_entrust_end *message, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->entrust_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &night_statements[END], &args, 1, ERROR_ALREADY_ENDED, err);
}

int night_store_open (struct db *db, const char *municipality, const char *patient_id, const char *entrust_id, struct error *err)
{
    struct db_args args = whose (municipality, patient_id);

    db_text (&args, entrust_id);
    return db_queue (db, &night_statements[OPEN], &args, err);
}

int night_store_entrusted_to_us (struct request *request, const struct night_visit_report *message, const char **ret_municipality,
                                 struct error *err)
{
    DB_ROWS (rows);
    struct db_args args = { 0 };

    db_text (&args, message->patient_id);
    db_text (&args, message->entrust_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, message->visited_at);
    if (db_run (request->db, &night_statements[ENTRUSTED], &args, &rows, err) < 0)
        return -1;
    *ret_municipality = db_count (rows) ? db_copy_text (rows, 0, "municipality", request->arena) : NULL;
    if (*ret_municipality && !db_get_flag (rows, 0, "held"))
        return fail (err, ERROR_VISIT_NOT_ENTRUSTED, "/visited_at", "outside the entrustment");
    return 0;
}

int night_store_own_report (struct request *request, const char *patient_id, const char *visit_id, const char **ret_municipality,
                            struct error *err)
{
    DB_ROWS (rows);
    struct db_args args = { 0 };

    db_text (&args, patient_id);
    db_text (&args, visit_id);
    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &night_statements[OWN_REPORT], &args, &rows, err) < 0)
        return -1;
    *ret_municipality = db_count (rows) ? db_copy_text (rows, 0, "municipality", request->arena) : NULL;
    return 0;
}

int night_store_report (struct request *request, const char *municipality, const struct night_visit_report *message, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);

    db_text (&args, message->visit_id);
    db_text (&args, message->entrust_id);
    db_text (&args, message->alert_id);
    db_text (&args, message->corrects);
    db_time (&args, message->visited_at);
    db_time (&args, message->left_at);
    db_text (&args, message->found);
    db_text (&args, message->done);
    db_text (&args, message->drugs);
    db_text (&args, message->told_family);
    db_text (&args, message->doctor_today);
    db_flag (&args, message->transported);
    db_text (&args, message->transported_to);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    return db_queue_expect (request->db, &night_statements[REPORT], &args, 1, ERROR_ALREADY_THERE, err);
}

int night_store_read (struct request *request, const char *municipality, const struct night_visit_report_read *message, bool *ret_found,
                      bool *ret_first, struct error *err)
{
    struct db_args args = whose (municipality, message->patient_id);
    DB_ROWS (rows);

    db_text (&args, message->visit_id);
    db_text (&args, request->actor->person_id);
    if (db_run (request->db, &night_statements[KNOWN], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_get_flag (rows, 0, "known");
    *ret_first = *ret_found && !db_get_flag (rows, 0, "read");
    if (!*ret_first)
        return 0;
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    return db_queue (request->db, &night_statements[READ], &args, err);
}

int night_store_duty (struct request *request, struct night_duty_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct night_entrust_view *entrusts;
    struct night_shown *shown;
    DB_ROWS (rows);

    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    db_number (&args, NIGHT_DUTY_MOST);
    if (db_run (request->db, &night_statements[DUTY], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    entrusts = arena_alloc (request->arena, (ret->count + 1) * sizeof *entrusts);
    shown = arena_alloc (request->arena, (ret->count + 1) * sizeof *shown);
    for (int i = 0; i < db_count (rows); i++) {
        entrusts[i] = read_entrust (rows, i, request->arena);
        ret->items[i] = (struct night_duty_line) { .patient_id = db_copy_text (rows, i, "patient_id", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena), .name_kana = db_copy_text (rows, i, "name_kana", request->arena),
            .birth_date = db_copy_text (rows, i, "birth_date", request->arena), .address = db_copy_text (rows, i, "address", request->arena),
            .phone = db_copy_text (rows, i, "phone", request->arena), .terminal_phase = db_get_flag (rows, i, "terminal_phase"),
            .entrust = &entrusts[i], .reports = db_get_number (rows, i, "reports") };
        shown[i] = (struct night_shown) { db_copy_text (rows, i, "municipality", request->arena), ret->items[i].patient_id, &entrusts[i] };
    }
    return night_show_closures (request, shown, ret->count, err);
}

int night_store_reports (struct request *request, struct night_report_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct night_visit_view *visits;
    DB_ROWS (rows);

    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now - NIGHT_REPORT_DAYS * (int64_t) 86400 * 1000000);
    db_number (&args, NIGHT_REPORTS_MOST);
    if (db_run (request->db, &night_statements[REPORTS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    visits = arena_alloc (request->arena, (ret->count + 1) * sizeof *visits);
    for (int i = 0; i < db_count (rows); i++) {
        visits[i] = read_visit (rows, i, request->arena);
        ret->items[i] = (struct night_report_line) { .patient_id = db_copy_text (rows, i, "patient_id", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena), .visit = &visits[i], .waiting = db_get_flag (rows, i, "waiting") };
    }
    return 0;
}

/* ---- job ----------------------------------------------------------------------------------------------------------------------------- */

int night_store_due (struct db *db, struct arena *arena, int64_t now, int64_t most, struct night_turn_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_number (&args, most);
    if (db_run (db, &night_statements[DUE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct night_turn) { db_copy_text (rows, i, "municipality", arena), db_copy_text (rows, i, "patient_id", arena),
            db_copy_text (rows, i, "entrust_id", arena),
            { db_get_number (rows, i, "from_at"), db_get_number (rows, i, "until_at"), bits_of_enums (read_bands (rows, i, arena)) } };
    return 0;
}

int night_store_turn (struct db *db, const struct night_turn *turn, struct night_window window, struct error *err)
{
    struct db_args args = whose (turn->municipality, turn->patient_id);

    db_text (&args, turn->entrust_id);
    add_window (&args, window);
    return db_queue (db, &night_statements[TURN], &args, err);
}
