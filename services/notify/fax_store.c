/* fax_store.c - see fax_store.h. */
#include "fax_store.h"
#include "ids.h"

enum { NUMBER, SET, TEST_PAGE, MARK, CALL_OFF, NUMBERS, CONTEXT, ADD, QUEUE, FIND, MISDIRECTED, LINES };

const struct db_statement fax_statements[] = {
    [NUMBER] = { "fax_number",
        "select o.name as office, f.number, f.state, f.test_code from office o left join fax_number f on f.office_id = o.office_id"
        " where o.office_id = $1::uuid" },
    [SET] = { "fax_number_set",
        "insert into fax_number as f (office_id, number, state, test_code, set_by, tested_at)"
        " values ($1::uuid, $2, 2, $3, $4::uuid, guard.to_time ($5::bigint))"
        " on conflict (office_id) do update set number = excluded.number, state = 2, test_code = excluded.test_code, set_by = excluded.set_by,"
        "        tested_at = excluded.tested_at, confirmed_by = null, confirmed_at = null" },
    [TEST_PAGE] = { "fax_test_page",
        "insert into delivery (municipality, delivery_id, asks, kind, office_id, address, subject, text, state, next_at, created_at, lane, page_code)"
        " values ($1, gen_random_uuid (), false, 6, $2::uuid, $3, '【連携】FAX番号の確認', $4, 1, guard.to_time ($5::bigint),"
        "        guard.to_time ($5::bigint), 2, $6)" },
    [MARK] = { "fax_number_mark",
        "update fax_number set state = $2::smallint, confirmed_by = case when $2::smallint = 3 then $3::uuid end,"
        "       confirmed_at = case when $2::smallint = 3 then guard.to_time ($4::bigint) end where office_id = $1::uuid" },
    [CALL_OFF] = { "fax_call_off", "select fax_call_off ($1::uuid)" },
    [NUMBERS] = { "fax_numbers",
        "select f.office_id, o.name as office, f.number, f.state, guard.to_us (f.tested_at) as tested_at,"
        "       guard.to_us (f.confirmed_at) as confirmed_at from fax_number f join office o on o.office_id = f.office_id"
        " order by o.name, f.office_id limit 500" },
    [CONTEXT] = { "fax_context",
        "select p.municipality, coalesce ((select m.name from membership m where m.person_id = $2::uuid order by m.version desc limit 1), '') as name,"
        "       coalesce ((select o.name from office o where o.office_id = $3::uuid), '') as office from patient p where p.patient_id = $1::uuid" },
    [ADD] = { "fax_add",
        "insert into fax (municipality, fax_id, patient_id, delivery_id, office_id, office, number, reference, title, sent_by, sent_by_name,"
        "       from_office, created_at, wants_answer)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6, $7, $8, $9, $10::uuid, $11, $12::uuid, guard.to_time ($13::bigint), $14::boolean)"
        " on conflict (municipality, fax_id) do nothing" },
    [QUEUE] = { "fax_queue",
        "insert into delivery (municipality, delivery_id, asks, kind, office_id, address, subject, text, state, next_at, created_at, lane,"
        "       subject_id, page_code)"
        " values ($1, $2::uuid, false, 6, $3::uuid, $4, $5, $6, 1, guard.to_time ($7::bigint), guard.to_time ($7::bigint), 3, $8::uuid, $9)" },
    [FIND] = { "fax_find", "select municipality, office_id, patient_id from fax where fax_id = $1::uuid" },
    [MISDIRECTED] = { "fax_misdirected",
        "update fax set misdirected_at = coalesce (misdirected_at, guard.to_time ($5::bigint)), misdirected_to = $2, misdirected_what = $3,"
        "       recovered = $4::boolean, misdirected_by = $6::uuid where fax_id = $1::uuid" },
    [LINES] = { "fax_lines",
        "select f.fax_id, f.office, f.number, f.reference, f.title, f.sent_by_name, guard.to_us (f.created_at) as created_at,"
        "       coalesce (d.state, 1) as state, d.last_error, guard.to_us (f.misdirected_at) as misdirected_at, f.misdirected_to, f.recovered,"
        "       f.wants_answer"
        "  from fax f left join delivery d on d.municipality = f.municipality and d.delivery_id = f.delivery_id"
        " order by f.created_at desc, f.fax_id limit 200" },
    { NULL, NULL },
};

int fax_number_get (struct request *request, const char *office_id, struct fax_number_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_number_row) { 0 };
    db_text (&args, office_id);
    if (db_run (request->db, &fax_statements[NUMBER], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct fax_number_row) { .target = { .office = db_copy_text (rows, 0, "office", request->arena),
                .number = db_copy_text (rows, 0, "number", request->arena), .state = (enum fax_number_state) db_get_number (rows, 0, "state") },
            .test_code = db_copy_text (rows, 0, "test_code", request->arena) };
    return 0;
}

int fax_number_set (struct request *request, const char *office_id, const char *number, const char *code, const char *page_code, const char *text,
                    struct error *err)
{
    struct db_args set = { 0 }, page = { 0 };

    db_text (&set, office_id);
    db_text (&set, number);
    db_text (&set, code);
    db_text (&set, request->actor->person_id);
    db_time (&set, request->now);
    db_text (&page, request->actor->municipality);
    db_text (&page, office_id);
    db_text (&page, number);
    db_text (&page, text);
    db_time (&page, request->now);
    db_text (&page, page_code);
    if (db_queue (request->db, &fax_statements[SET], &set, err) < 0)
        return -1;
    return db_queue (request->db, &fax_statements[TEST_PAGE], &page, err);
}

int fax_number_mark (struct request *request, const char *office_id, enum fax_number_state state, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    db_number (&args, state);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue (request->db, &fax_statements[MARK], &args, err);
}

int fax_call_off (struct request *request, const char *office_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    return db_queue (request->db, &fax_statements[CALL_OFF], &args, err);
}

int fax_numbers (struct request *request, struct fax_number_list_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct fax_number_view *items;
    DB_ROWS (rows);

    if (db_run (request->db, &fax_statements[NUMBERS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct fax_number_view) { .office_id = db_copy_text (rows, i, "office_id", request->arena),
            .office = db_copy_text (rows, i, "office", request->arena), .number = db_copy_text (rows, i, "number", request->arena),
            .state = (enum fax_number_state) db_get_number (rows, i, "state"), .has_tested_at = !db_is_null (rows, i, "tested_at"),
            .tested_at = db_get_number (rows, i, "tested_at"), .has_confirmed_at = !db_is_null (rows, i, "confirmed_at"),
            .confirmed_at = db_get_number (rows, i, "confirmed_at") };
    answer->numbers = (struct fax_number_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int fax_context (struct request *request, const char *patient_id, const char **ret_municipality, const char **ret_name,
                 const char **ret_office, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, patient_id);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &fax_statements[CONTEXT], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, "/patient_id", "nobody the actor may see");
    *ret_municipality = db_copy_text (rows, 0, "municipality", request->arena);
    *ret_name = db_copy_text (rows, 0, "name", request->arena);
    *ret_office = db_copy_text (rows, 0, "office", request->arena);
    return 0;
}

static int queue_page (struct request *request, const struct fax_send *message, const char *municipality, const char *delivery_id,
                       const char *page_code, const char *text, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, delivery_id);
    db_text (&args, message->office_id);
    db_text (&args, message->number);
    db_text (&args, message->title);
    db_text (&args, text);
    db_time (&args, request->now);
    db_text (&args, message->patient_id);
    db_text (&args, page_code);
    return db_queue (request->db, &fax_statements[QUEUE], &args, err);
}

int fax_add (struct request *request, const struct fax_send *message, const char *municipality, const char *name, const char *reference,
             const char *page_code, const char *text, struct error *err)
{
    struct db_args args = { 0 };
    char delivery_id[UUID_TEXT];

    uuid_new (delivery_id);
    db_text (&args, municipality);
    db_text (&args, message->fax_id);
    db_text (&args, message->patient_id);
    db_text (&args, arena_text (request->arena, delivery_id));
    db_text (&args, message->office_id);
    db_text (&args, message->office);
    db_text (&args, message->number);
    db_text (&args, reference);
    db_text (&args, message->title);
    db_text (&args, request->actor->person_id);
    db_text (&args, name);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    db_flag (&args, page_code != NULL);
    if (db_queue_expect (request->db, &fax_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err) < 0)
        return -1;
    return queue_page (request, message, municipality, arena_text (request->arena, delivery_id), page_code, text, err);
}

int fax_find (struct request *request, const char *fax_id, struct fax_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct fax_row) { 0 };
    db_text (&args, fax_id);
    if (db_run (request->db, &fax_statements[FIND], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct fax_row) { .municipality = db_copy_text (rows, 0, "municipality", request->arena), .found = true,
            .office_id = db_copy_text (rows, 0, "office_id", request->arena), .patient_id = db_copy_text (rows, 0, "patient_id", request->arena) };
    return 0;
}

int fax_mark_misdirected (struct request *request, const struct fax_misdirected *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->fax_id);
    db_text (&args, message->sent_to);
    db_text (&args, message->what);
    db_flag (&args, message->recovered);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &fax_statements[MISDIRECTED], &args, err);
}

int fax_lines (struct request *request, struct fax_list_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct fax_line *items;
    DB_ROWS (rows);

    if (db_run (request->db, &fax_statements[LINES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct fax_line) { .fax_id = db_copy_text (rows, i, "fax_id", request->arena),
            .office = db_copy_text (rows, i, "office", request->arena), .number = db_copy_text (rows, i, "number", request->arena),
            .reference = db_copy_text (rows, i, "reference", request->arena), .title = db_copy_text (rows, i, "title", request->arena),
            .sent_by = db_copy_text (rows, i, "sent_by_name", request->arena), .created_at = db_get_number (rows, i, "created_at"),
            .state = (enum delivery_state) db_get_number (rows, i, "state"), .last_error = db_copy_text (rows, i, "last_error", request->arena),
            .has_misdirected_at = !db_is_null (rows, i, "misdirected_at"), .misdirected_at = db_get_number (rows, i, "misdirected_at"),
            .misdirected_to = db_copy_text (rows, i, "misdirected_to", request->arena), .has_recovered = !db_is_null (rows, i, "recovered"),
            .recovered = db_get_flag (rows, i, "recovered"), .has_wants_answer = true, .wants_answer = db_get_flag (rows, i, "wants_answer") };
    answer->faxes = (struct fax_line_list) { items, (size_t) db_count (rows) };
    return 0;
}
