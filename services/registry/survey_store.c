/* survey_store.c - see survey_store.h. */
#include "survey_store.h"

#include "bits.h"
#include "ids.h"

enum { ROW, PUT, CONSULT, OPEN, SERVICES, ASKS, ROWS, CONSULTATIONS, TALLY, LINES, STATEMENT_COUNT };
enum { LINES_MOST = 200 };

const struct db_statement survey_statements[] = {
    [ROW] = { "survey_row",
        "select s.keeper, s.title, s.intro, s.kinds, s.items, s.facilities::text[] as facilities, s.due_on::text as due_on,"
        "       s.opened_at is not null as opened, guard.to_us (s.opened_at) as opened_at,"
        "       (select count (*) from survey_consultation c where c.survey_id = s.survey_id) as consultations"
        "  from survey s where s.survey_id = $1::uuid" },
    [PUT] = { "survey_put",
        "insert into survey as s (survey_id, keeper, title, intro, kinds, items, facilities, due_on, set_by, set_at)"
        " values ($1::uuid, $2, $3, $4, $5::smallint, $6::bigint, $7::text[]::uuid[], $8::date, $9::uuid, guard.to_time ($10::bigint))"
        " on conflict (survey_id) do update set title = excluded.title, intro = excluded.intro, kinds = excluded.kinds, items = excluded.items,"
        "        facilities = excluded.facilities, due_on = excluded.due_on, set_by = excluded.set_by, set_at = excluded.set_at"
        "  where s.opened_at is null and s.keeper = excluded.keeper" },
    [CONSULT] = { "survey_consult",
        "insert into survey_consultation (survey_id, body, held_on, remark, set_by) values ($1::uuid, $2, $3::date, $4, $5::uuid)" },
    [OPEN] = { "survey_open", "update survey set opened_at = guard.to_time ($2::bigint) where survey_id = $1::uuid and opened_at is null" },
    [SERVICES] = { "survey_services", "select service from facility_service order by service" },
    [ASKS] = { "survey_asks",
        "select f.facility_id from facility f where f.municipality = $1 and f.service = any ($2::text[]) and f.not_in_latest is null"
        "   and (cardinality ($3::text[]) = 0 or f.facility_id = any ($3::text[]::uuid[])) order by f.facility_id limit $4::bigint" },
    [ROWS] = { "survey_rows",
        "select s.survey_id, s.title, s.due_on::text as due_on, guard.to_us (s.opened_at) as opened_at,"
        "       count (l.letter_id) as letters, count (l.answered_at) as returned"
        "  from survey s left join facility_letter l on l.survey_id = s.survey_id"
        " group by s.survey_id order by s.set_at desc, s.survey_id limit $1::bigint" },
    [CONSULTATIONS] = { "survey_consultations",
        "select body, held_on::text as held_on, remark from survey_consultation where survey_id = $1::uuid order by held_on, entry limit 50" },
    [TALLY] = { "survey_tally",
        "select count (*) filter (where answered_at is not null) as returned, count (*) filter (where answered_at is null and asked > 0) as outstanding,"
        "       count (*) filter (where answered_at is null and asked = 0) as unsent from facility_letter where survey_id = $1::uuid" },
    [LINES] = { "survey_lines",
        "select l.letter_id, l.facility_id, f.name, f.service, f.phone, l.code, l.asked, guard.to_us (l.asked_at) as asked_at, l.way,"
        "       guard.to_us (l.answered_at) as answered_at, l.answered_by, f.email is not null as mail"
        "  from facility_letter l join facility f on f.facility_id = l.facility_id"
        " where l.survey_id = $1::uuid"
        "   and ($2::uuid is null or exists (select from facility_letter a join facility b on b.facility_id = a.facility_id"
        "         where a.letter_id = $2::uuid and (l.answered_at is not null, f.sort_key, l.letter_id)"
        "               > (a.answered_at is not null, b.sort_key, a.letter_id)))"
        " order by l.answered_at is not null, f.sort_key, l.letter_id limit $3::bigint" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* ---- one survey ----------------------------------------------------------------------------------------------------------------- */

int survey_row_of (struct request *request, const char *survey_id, struct survey_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct survey_row) { 0 };
    db_text (&args, survey_id);
    if (db_run (request->db, &survey_statements[ROW], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct survey_row) { .found = true, .opened = db_get_flag (rows, 0, "opened"),
        .keeper = db_copy_text (rows, 0, "keeper", request->arena), .title = db_copy_text (rows, 0, "title", request->arena),
        .intro = db_copy_text (rows, 0, "intro", request->arena), .due_on = db_copy_text (rows, 0, "due_on", request->arena),
        .kinds = (uint64_t) db_get_number (rows, 0, "kinds"), .items = (uint64_t) db_get_number (rows, 0, "items"),
        .facilities = db_copy_text_list (rows, 0, "facilities", request->arena), .opened_at = db_get_number (rows, 0, "opened_at"),
        .consultations = db_get_number (rows, 0, "consultations") };
    return 0;
}

int survey_store_put (struct request *request, const struct survey_put *put, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->survey_id);
    db_text (&args, put->municipality);
    db_text (&args, put->title);
    db_text (&args, put->intro);
    db_number (&args, (int64_t) bits_of_enums (put->kinds));
    db_number (&args, (int64_t) bits_of_enums (put->items));
    db_text_list (&args, request->arena, put->facilities);
    db_text (&args, put->due_on);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &survey_statements[PUT], &args, 1, ERROR_SURVEY_OPEN, err);
}

int survey_store_consult (struct request *request, const struct survey_consult *consult, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, consult->survey_id);
    db_text (&args, consult->body);
    db_text (&args, consult->held_on);
    db_text (&args, consult->remark);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &survey_statements[CONSULT], &args, err);
}

int survey_store_open (struct request *request, const char *survey_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, survey_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &survey_statements[OPEN], &args, 1, ERROR_SURVEY_OPEN, err);
}

/* The kinds of service, as published, that are of these kinds of table 1. */
static int services_of (struct request *request, uint64_t kinds, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **services;
    DB_ROWS (rows);

    if (db_run (request->db, &survey_statements[SERVICES], &args, &rows, err) < 0)
        return -1;
    services = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *services);
    *ret = (struct text_list) { services, 0 };
    for (int i = 0; i < db_count (rows); i++) {
        const char *service = db_copy_text (rows, i, "service", request->arena);

        if (kinds >> (facility_kind_of (service) - 1) & 1)
            services[ret->count++] = service;
    }
    return 0;
}

int survey_asks (struct request *request, const struct survey_row *survey, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct text_list services;
    const char **ids;
    DB_ROWS (rows);

    if (services_of (request, survey->kinds, &services, err) < 0)
        return -1;
    db_text (&args, survey->keeper);
    db_text_list (&args, request->arena, services);
    db_text_list (&args, request->arena, survey->facilities);
    db_number (&args, LETTERS_MOST);
    if (db_run (request->db, &survey_statements[ASKS], &args, &rows, err) < 0)
        return -1;
    ids = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *ids);
    for (int i = 0; i < db_count (rows); i++)
        ids[i] = db_copy_text (rows, i, "facility_id", request->arena);
    *ret = (struct text_list) { ids, (size_t) db_count (rows) };
    return 0;
}

/* ---- lists ---------------------------------------------------------------------------------------------------------------------- */

int survey_rows (struct request *request, struct survey_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct survey_line *lines;
    DB_ROWS (rows);

    db_number (&args, LINES_MOST);
    if (db_run (request->db, &survey_statements[ROWS], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct survey_line) { .survey_id = db_copy_text (rows, i, "survey_id", request->arena),
            .title = db_copy_text (rows, i, "title", request->arena), .due_on = db_copy_text (rows, i, "due_on", request->arena),
            .has_opened_at = !db_is_null (rows, i, "opened_at"), .opened_at = db_get_number (rows, i, "opened_at"),
            .letters = db_get_number (rows, i, "letters"), .returned = db_get_number (rows, i, "returned") };
    *ret = (struct survey_line_list) { lines, (size_t) db_count (rows) };
    return 0;
}

int survey_consultations (struct request *request, const char *survey_id, struct consultation_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct consultation_view *views;
    DB_ROWS (rows);

    db_text (&args, survey_id);
    if (db_run (request->db, &survey_statements[CONSULTATIONS], &args, &rows, err) < 0)
        return -1;
    views = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *views);
    for (int i = 0; i < db_count (rows); i++)
        views[i] = (struct consultation_view) { db_copy_text (rows, i, "body", request->arena),
            db_copy_text (rows, i, "held_on", request->arena), db_copy_text (rows, i, "remark", request->arena) };
    *ret = (struct consultation_view_list) { views, (size_t) db_count (rows) };
    return 0;
}

static struct letter_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    bool answered = !db_is_null (rows, i, "answered_at"), asked = db_get_number (rows, i, "asked") > 0;

    return (struct letter_line) { .letter_id = db_copy_text (rows, i, "letter_id", arena),
        .facility_id = db_copy_text (rows, i, "facility_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .service = db_copy_text (rows, i, "service", arena), .phone = db_copy_text (rows, i, "phone", arena),
        .code = db_copy_text (rows, i, "code", arena), .asked = db_get_number (rows, i, "asked"),
        .state = answered ? LETTER_STATE_RETURNED : asked ? LETTER_STATE_SENT : LETTER_STATE_UNSENT,
        .way = answered ? (int) db_get_number (rows, i, "way") : db_get_flag (rows, i, "mail") ? LETTER_WAY_LINK : LETTER_WAY_PAPER,
        .has_asked_at = !db_is_null (rows, i, "asked_at"), .asked_at = db_get_number (rows, i, "asked_at"), .has_answered_at = answered,
        .answered_at = db_get_number (rows, i, "answered_at"), .answered_by = db_copy_text (rows, i, "answered_by", arena) };
}

static int read_tally (struct request *request, const char *survey_id, struct survey_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, survey_id);
    if (db_run (request->db, &survey_statements[TALLY], &args, &rows, err) < 0)
        return -1;
    ret->returned = db_get_number (rows, 0, "returned");
    ret->outstanding = db_get_number (rows, 0, "outstanding");
    ret->unsent = db_get_number (rows, 0, "unsent");
    return 0;
}

int survey_progress (struct request *request, const char *survey_id, const char *after, struct survey_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct letter_line *lines;
    DB_ROWS (rows);

    db_text (&args, survey_id);
    db_text (&args, after);
    db_number (&args, LINES_MOST);
    if (read_tally (request, survey_id, ret, err) < 0 || db_run (request->db, &survey_statements[LINES], &args, &rows, err) < 0)
        return -1;
    lines = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = line_of (rows, i, request->arena);
    ret->letters = (struct letter_line_list) { lines, (size_t) db_count (rows) };
    if (ret->letters.count == LINES_MOST)
        ret->next = lines[LINES_MOST - 1].letter_id;
    return 0;
}
