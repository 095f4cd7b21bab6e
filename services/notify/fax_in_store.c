/* fax_in_store.c - FAX that came in, with a person; see fax_in_store.h.  What the job does is in fax_in_job_store.c. */
#include "fax_in_store.h"
#include "clock.h"
#include "ids.h"

enum { CODE_ADD, CODE_END, WAITING, DONE, CANDIDATES, ANSWERS, PAGE, GET, FAX, COLLEAGUE, PUT, EVENT, OWN_STATEMENTS };

#define DIGITS(column) "regexp_replace (" column ", '[^0-9]', '', 'g')"
#define VIEW \
    "select i.fax_in_id, guard.to_us (i.received_at) as received_at, i.number, i.pages, i.state, i.why," \
    "       i.state = 1 and i.received_at < guard.now () - interval '30 minutes' as overdue, guard.to_us (i.settled_at) as settled_at," \
    "       i.settled_by_name, i.settled_to, i.note, i.version," \
    "       (select o.name from fax_number f join office o on o.office_id = f.office_id where " DIGITS ("f.number") " = i.number limit 1) as office" \
    "  from fax_in i "

const struct db_statement fax_in_statements[] = {
    [CODE_ADD] = { "fax_code_add",
        "insert into fax_code (municipality, code, kind, for_office, person_id, office_id, number, test_code, fax_id, patient_id, until)"
        " values ($1, $2, $3, $4::uuid, $5::uuid, $6::uuid, $7, $8, $9::uuid, $10::uuid, guard.to_time ($11::bigint))" },
    [CODE_END] = { "fax_code_end", "update fax_code set until = guard.now () where fax_id = $1::uuid" },
    [WAITING] = { "fax_in_waiting", VIEW "where i.state = 1 order by i.received_at, i.fax_in_id limit 100" },
    [DONE] = { "fax_in_done",
        VIEW "where i.state <> 1 and i.settled_at > guard.now () - interval '30 days' order by i.settled_at desc, i.fax_in_id limit 50" },
    /* By the code on it, else by the number it came from; without a number, what an answer is expected to. */
    [CANDIDATES] = { "fax_in_candidates",
        "select i.fax_in_id, f.fax_id, f.office, f.title, f.reference, guard.to_us (f.created_at) as created_at, f.fax_id is not distinct from i.code_fax_id as by_code"
        "  from (select * from fax_in w where w.state = 1 order by w.received_at, w.fax_in_id limit 100) i"
        "  cross join lateral ("
        "   select * from fax s where s.fax_id = i.code_fax_id or (s.created_at > i.received_at - interval '60 days'"
        "      and case when i.number is null then s.wants_answer else " DIGITS ("s.number") " = i.number end)"
        "    order by s.fax_id is not distinct from i.code_fax_id desc, s.wants_answer desc, s.created_at desc limit 5) f"
        " order by i.received_at, i.fax_in_id, by_code desc, f.wants_answer desc, f.created_at desc" },
    [ANSWERS] = { "fax_in_answers",
        "select i.fax_in_id, i.fax_id, i.pages, guard.to_us (i.received_at) as received_at from fax_in i where i.fax_id is not null and i.state = 2"
        " order by i.fax_id, i.received_at" },
    [PAGE] = { "fax_in_page",
        "select p.image, coalesce (i.patient_id, f.patient_id, i.fax_in_id) as patient_id from fax_in_page p"
        "  join fax_in i on i.municipality = p.municipality and i.fax_in_id = p.fax_in_id left join fax f on f.fax_id = i.code_fax_id"
        " where p.fax_in_id = $1::uuid and p.page = $2::integer" },
    [GET] = { "fax_in_get", "select municipality, state, version from fax_in where fax_in_id = $1::uuid for update" },
    [FAX] = { "fax_in_fax", "select office || '：' || title as words, patient_id, sent_by as person_id from fax where fax_id = $1::uuid" },
    [COLLEAGUE] = { "fax_in_colleague",
        "select name as words, null::uuid as patient_id, person_id from membership"
        " where person_id = $1::uuid and office_id = guard.office () and roles <> 0 order by version desc limit 1" },
    [PUT] = { "fax_in_put",
        "update fax_in set state = $2::smallint, why = case when $2::smallint = 1 then 10 else why end, fax_id = $3::uuid, patient_id = $4::uuid,"
        "       given_to = $5::uuid, settled_to = $6, note = $7, version = version + 1, settled_by = $8::uuid,"
        "       settled_at = case when $2::smallint = 1 then null else guard.to_time ($9::bigint) end,"
        "       settled_by_name = (select m.name from membership m where m.person_id = $8::uuid order by m.version desc limit 1)"
        " where fax_in_id = $1::uuid" },
    [EVENT] = { "fax_in_event",
        "insert into fax_in_event (municipality, fax_in_id, office_id, at, state, person_id, fax_id, patient_id, given_to, note)"
        " values ($1, $2::uuid, $3::uuid, guard.to_time ($4::bigint), $5, $6::uuid, $7::uuid, $8::uuid, $9::uuid, $10)" },
    [OWN_STATEMENTS] = { NULL, NULL },
};

int fax_code_add (struct request *request, const char *municipality, const struct fax_known *code, const char *text, int64_t until, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, text);
    db_number (&args, code->kind);
    db_text (&args, request->actor->office_id);
    db_text (&args, request->actor->person_id);
    db_text (&args, code->office_id);
    db_text (&args, code->number);
    db_text (&args, code->test_code);
    db_text (&args, code->fax_id);
    db_text (&args, code->patient_id);
    db_time (&args, until);
    return db_queue (request->db, &fax_in_statements[CODE_ADD], &args, err);
}

int fax_code_end (struct request *request, const char *fax_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, fax_id);
    return db_queue (request->db, &fax_in_statements[CODE_END], &args, err);
}

/* ---- the queue ----------------------------------------------------------------------------------------------------------------------- */

static struct fax_in_view view_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct fax_in_view) { .fax_in_id = db_copy_text (rows, i, "fax_in_id", arena), .received_at = db_get_number (rows, i, "received_at"),
        .number = db_copy_text (rows, i, "number", arena), .office = db_copy_text (rows, i, "office", arena),
        .pages = db_get_number (rows, i, "pages"), .state = (enum fax_in_state) db_get_number (rows, i, "state"),
        .why = (enum fax_in_why) db_get_number (rows, i, "why"), .overdue = db_get_flag (rows, i, "overdue"),
        .has_settled_at = !db_is_null (rows, i, "settled_at"), .settled_at = db_get_number (rows, i, "settled_at"),
        .settled_by = db_copy_text (rows, i, "settled_by_name", arena), .settled_to = db_copy_text (rows, i, "settled_to", arena),
        .note = db_copy_text (rows, i, "note", arena), .version = db_get_number (rows, i, "version") };
}

static int views (struct request *request, int statement, struct fax_in_view_list *ret, struct fax_in_view **ret_items, struct error *err)
{
    struct db_args args = { 0 };
    struct fax_in_view *items;
    DB_ROWS (rows);

    if (db_run (request->db, &fax_in_statements[statement], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = view_of (rows, i, request->arena);
    *ret = (struct fax_in_view_list) { items, (size_t) db_count (rows) };
    if (ret_items)
        *ret_items = items;
    return 0;
}

static struct fax_candidate candidate_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct fax_candidate) { .fax_id = db_copy_text (rows, i, "fax_id", arena), .office = db_copy_text (rows, i, "office", arena),
        .title = db_copy_text (rows, i, "title", arena), .reference = db_copy_text (rows, i, "reference", arena),
        .created_at = db_get_number (rows, i, "created_at"), .by_code = db_get_flag (rows, i, "by_code") };
}

static int add_candidates (struct request *request, struct fax_in_view *waiting, size_t count, struct error *err)
{
    struct db_args args = { 0 };
    struct fax_candidate *items;
    DB_ROWS (rows);

    if (db_run (request->db, &fax_in_statements[CANDIDATES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = candidate_of (rows, i, request->arena);
        for (size_t j = 0; j < count; j++)
            if (strcmp (waiting[j].fax_in_id, db_get_text (rows, i, "fax_in_id")) == 0) {
                if (waiting[j].candidates.count++ == 0)
                    waiting[j].candidates.items = items + i;
                break;
            }
    }
    return 0;
}

int fax_in_list (struct request *request, struct fax_inbox_answer *answer, struct error *err)
{
    struct fax_in_view *waiting;

    if (views (request, WAITING, &answer->waiting, &waiting, err) < 0 || views (request, DONE, &answer->done, NULL, err) < 0)
        return -1;
    return add_candidates (request, waiting, answer->waiting.count, err);
}

int fax_in_answers (struct request *request, struct fax_list_answer *answer, struct error *err)
{
    struct fax_line *lines = (struct fax_line *) answer->faxes.items;
    struct db_args args = { 0 };
    struct fax_answer *items;
    DB_ROWS (rows);

    if (db_run (request->db, &fax_in_statements[ANSWERS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = (struct fax_answer) { .fax_in_id = db_copy_text (rows, i, "fax_in_id", request->arena),
            .received_at = db_get_number (rows, i, "received_at"), .pages = db_get_number (rows, i, "pages") };
        for (size_t j = 0; j < answer->faxes.count; j++)
            if (strcmp (lines[j].fax_id, db_get_text (rows, i, "fax_id")) == 0 && lines[j].answers.count < 10) {
                if (lines[j].answers.count++ == 0)
                    lines[j].answers.items = items + i;
                break;
            }
    }
    return 0;
}

int fax_in_page (struct request *request, const char *fax_in_id, int64_t page, struct bytes *ret_png, const char **ret_patient, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_png = (struct bytes) { 0 };
    db_text (&args, fax_in_id);
    db_number (&args, page);
    if (db_run (request->db, &fax_in_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0) {
        *ret_png = db_copy_bytes (rows, 0, "image", request->arena);
        *ret_patient = db_copy_text (rows, 0, "patient_id", request->arena);
    }
    return 0;
}

/* ---- settling ------------------------------------------------------------------------------------------------------------------------ */

int fax_in_get (struct request *request, const char *fax_in_id, struct fax_in_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_in_row) { .found = false };
    db_text (&args, fax_in_id);
    if (db_run (request->db, &fax_in_statements[GET], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct fax_in_row) { { (enum fax_in_state) db_get_number (rows, 0, "state"), db_get_number (rows, 0, "version") },
            db_copy_text (rows, 0, "municipality", request->arena), true };
    return 0;
}

int fax_in_target (struct request *request, const struct fax_in_settle *message, struct fax_in_target *ret, struct error *err)
{
    const bool filed = message->state == FAX_IN_STATE_FILED;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_in_target) { .words = NULL };
    if (!filed && message->state != FAX_IN_STATE_GIVEN)
        return 0;
    db_text (&args, filed ? message->fax_id : message->person_id);
    if (db_run (request->db, &fax_in_statements[filed ? FAX : COLLEAGUE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct fax_in_target) { db_copy_text (rows, 0, "words", request->arena), db_copy_text (rows, 0, "patient_id", request->arena),
                                        db_copy_text (rows, 0, "person_id", request->arena) };
    return 0;
}

static int add_event (struct request *request, const char *municipality, const struct fax_in_settle *message, const struct fax_in_target *target,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, message->fax_in_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    db_number (&args, message->state);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->state == FAX_IN_STATE_FILED ? message->fax_id : NULL);
    db_text (&args, target->patient_id);
    db_text (&args, message->state == FAX_IN_STATE_GIVEN ? message->person_id : NULL);
    db_text (&args, message->note);
    return db_queue (request->db, &fax_in_statements[EVENT], &args, err);
}

int fax_in_put (struct request *request, const char *municipality, const struct fax_in_settle *message, const struct fax_in_target *target, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->fax_in_id);
    db_number (&args, message->state);
    db_text (&args, message->state == FAX_IN_STATE_FILED ? message->fax_id : NULL);
    db_text (&args, target->patient_id);
    db_text (&args, message->state == FAX_IN_STATE_GIVEN ? message->person_id : NULL);
    db_text (&args, target->words);
    db_text (&args, message->note);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    if (db_queue_expect (request->db, &fax_in_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err) < 0)
        return -1;
    return add_event (request, municipality, message, target, err);
}
