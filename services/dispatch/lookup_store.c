/* lookup_store.c - see lookup_store.h. */
#include "lookup_store.h"

enum { ADD, READ, RELEASE, RUNNING, CALL, OUTLINE_ADD, OUTLINE_CONFIRM, OUTLINES, POSITION, TAKEN, KEY_POSITION, KEY_TAKEN };

const struct db_statement lookup_statements[] = {
    [ADD] = { "lookup_add",
              "insert into lookup (lookup_id, partner_id, incident_id, number, unit, person_id, office_id, by_telephone, keys, result, "
              "strong,"
              "   candidates, asked_at)"
              " values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid, $7::uuid, $8::boolean, $9::smallint[], $10::smallint, $11::boolean,"
              "   $12::uuid[], guard.to_time ($13::bigint))" },
    [READ] = { "lookup_read", "select lookup_id, partner_id, incident_id, number, unit, person_id, patient_id, result, coalesce (ground, "
                              "0) as ground, strong,"
                              "       by_telephone, candidates::text[] as candidates, guard.to_us (asked_at) as asked, guard.to_us "
                              "(released_at) as released"
                              "  from lookup where lookup_id = $1::uuid" },
    [RELEASE] = { "lookup_release", "update lookup set patient_id = $2::uuid, ground = $3::smallint, reason = $4, released_unit = $5, "
                                    "released_at = guard.to_time ($6::bigint)"
                                    " where lookup_id = $1::uuid" },
    [RUNNING] = { "lookup_running", "select running_incident ($1::uuid, $2) as id" },
    [CALL] = { "call_write",
               "insert into telephone_call (call_id, office_id, person_id, patient_id, caller, route, note, called_at, at)"
               " values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::smallint, $7, guard.to_time ($8::bigint), guard.to_time "
               "($9::bigint))"
               " on conflict (call_id) do update set patient_id = excluded.patient_id, caller = excluded.caller, route = excluded.route,"
               "   note = excluded.note, called_at = excluded.called_at" },
    [OUTLINE_ADD] = { "outline_add",
                      "insert into outline (partner_id, number, title, text, valid_from, put_by, put_at)"
                      " select $1::uuid, coalesce (max (o.number), 0) + 1, $2, $3, $4::date, $5::uuid, guard.to_time ($6::bigint)"
                      "   from outline o where o.partner_id = $1::uuid" },
    [OUTLINE_CONFIRM] = { "outline_confirm", "update outline o set received_by = coalesce (o.received_by, $3::uuid), received_at = "
                                             "coalesce (o.received_at, guard.to_time ($4::bigint))"
                                             "  from partner p where o.partner_id = $1::uuid and o.number = $2::bigint and p.partner_id = "
                                             "o.partner_id and p.office_id = $5::uuid"
                                             " returning o.number" },
    [OUTLINES] = { "outlines", "select o.partner_id, p.name as partner, o.number, o.title, o.text, o.valid_from::text as valid_from, "
                               "guard.to_us (o.put_at) as put,"
                               "       guard.to_us (o.received_at) as received"
                               "  from outline o join partner p on p.partner_id = o.partner_id where $2::boolean or p.office_id = $1::uuid"
                               " order by o.put_at desc, o.number desc limit 20" },
    [POSITION] = { "export_position", "select position from export_state where partner_id = $1::uuid" },
    [TAKEN] = { "export_taken", "insert into export_state (partner_id, position, taken_at, taken_by) values ($1::uuid, $2, guard.to_time "
                                "($3::bigint), $4::uuid)"
                                " on conflict (partner_id) do update set position = excluded.position, taken_at = excluded.taken_at, "
                                "taken_by = excluded.taken_by" },
    [KEY_POSITION] = { "export_key_position", "select position from export_key_state where partner_id = $1::uuid" },
    [KEY_TAKEN] = { "export_key_taken",
        "insert into export_key_state (partner_id, position, taken_at) values ($1::uuid, $2, guard.to_time ($3::bigint))"
        " on conflict (partner_id) do update set position = excluded.position, taken_at = excluded.taken_at" },
    { NULL, NULL },
};

int lookup_add (struct request *request, const struct lookup_find *message, const char *partner_id, const char *incident_id,
                const char *unit, const char *keys, const struct ems_find_answer *found, bool strong, struct error *err)
{
    const char **ids = arena_alloc (request->arena, (found->candidates.count + 1) * sizeof *ids);
    struct db_args args = { 0 };

    for (size_t i = 0; i < found->candidates.count; i++)
        ids[i] = found->candidates.items[i].patient_id;
    db_text (&args, message->lookup_id);
    db_text (&args, partner_id);
    db_text (&args, incident_id);
    db_text (&args, message->number);
    db_text (&args, unit);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_flag (&args, message->has_by_telephone && message->by_telephone);
    db_text (&args, keys);
    db_number (&args, found->result);
    db_flag (&args, strong);
    db_text_list (&args, request->arena, (struct text_list) { ids, found->candidates.count });
    db_number (&args, request->now);
    return db_queue_expect (request->db, &lookup_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err);
}

int lookup_read (struct request *request, const char *lookup_id, struct lookup *ret, struct error *err)
{
    struct arena *arena = request->arena;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct lookup) { 0 };
    db_text (&args, lookup_id);
    if (db_run (request->db, &lookup_statements[READ], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct lookup) {
            .lookup_id = db_copy_text (rows, 0, "lookup_id", arena), .partner_id = db_copy_text (rows, 0, "partner_id", arena),
            .incident_id = db_copy_text (rows, 0, "incident_id", arena), .number = db_copy_text (rows, 0, "number", arena),
            .unit = db_copy_text (rows, 0, "unit", arena), .person_id = db_copy_text (rows, 0, "person_id", arena),
            .patient_id = db_copy_text (rows, 0, "patient_id", arena), .result = (enum match_result) db_get_number (rows, 0, "result"),
            .ground = (enum ems_ground) db_get_number (rows, 0, "ground"), .strong = db_get_flag (rows, 0, "strong"),
            .by_telephone = db_get_flag (rows, 0, "by_telephone"), .candidates = db_copy_text_list (rows, 0, "candidates", arena),
            .asked_at = db_get_number (rows, 0, "asked"), .released_at = db_get_number (rows, 0, "released") };
    return 0;
}

int lookup_release (struct request *request, const struct lookup_open *message, const char *patient_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->lookup_id);
    db_text (&args, patient_id);
    db_number (&args, message->ground);
    db_text (&args, message->reason);
    db_text (&args, message->unit);
    db_number (&args, request->now);
    return db_queue (request->db, &lookup_statements[RELEASE], &args, err);
}

int lookup_running (struct request *request, const char *partner_id, const char *number, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, partner_id);
    db_text (&args, number);
    if (db_run (request->db, &lookup_statements[RUNNING], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, "id", request->arena);
    return 0;
}

int call_write (struct request *request, const struct call_record *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->call_id);
    db_text (&args, request->actor->office_id);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->patient_id);
    db_text (&args, message->caller);
    db_number (&args, message->route);
    db_text (&args, message->note);
    db_number (&args, message->called_at);
    db_number (&args, request->now);
    return db_queue_expect (request->db, &lookup_statements[CALL], &args, 1, ERROR_NOT_FOR_YOU, err);
}

/* ---- outlines ----------------------------------------------------------------------------------------------------------------------- */

int outline_add (struct request *request, const struct outline_put *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->partner_id);
    db_text (&args, message->title);
    db_text (&args, message->text);
    db_text (&args, message->valid_from);
    db_text (&args, request->actor->person_id);
    db_number (&args, request->now);
    return db_queue (request->db, &lookup_statements[OUTLINE_ADD], &args, err);
}

int outline_confirm (struct request *request, const struct outline_receive *message, bool *ret_done, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, message->partner_id);
    db_number (&args, message->number);
    db_text (&args, request->actor->person_id);
    db_number (&args, request->now);
    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &lookup_statements[OUTLINE_CONFIRM], &args, &rows, err) < 0)
        return -1;
    *ret_done = db_count (rows) > 0;
    return 0;
}

int outline_all (struct request *request, bool whole_region, struct outline_list_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct outline_line *lines;
    DB_ROWS (rows);

    db_text (&args, request->actor->office_id);
    db_flag (&args, whole_region);
    if (db_run (request->db, &lookup_statements[OUTLINES], &args, &rows, err) < 0)
        return -1;
    answer->outlines.count = (size_t) db_count (rows);
    answer->outlines.items = lines = arena_alloc (request->arena, (answer->outlines.count + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct outline_line){ .partner_id = db_copy_text (rows, i, "partner_id", request->arena),
                                          .partner = db_copy_text (rows, i, "partner", request->arena),
                                          .number = db_get_number (rows, i, "number"),
                                          .title = db_copy_text (rows, i, "title", request->arena),
                                          .text = db_copy_text (rows, i, "text", request->arena),
                                          .valid_from = db_copy_text (rows, i, "valid_from", request->arena),
                                          .put_at = db_get_number (rows, i, "put"),
                                          .has_received_at = !db_is_null (rows, i, "received"),
                                          .received_at = db_get_number (rows, i, "received") };
    return 0;
}

/* ---- exports ------------------------------------------------------------------------------------------------------------------------ */

int export_position (struct request *request, const char *partner_id, bool by_key, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, partner_id);
    if (db_run (request->db, &lookup_statements[by_key ? KEY_POSITION : POSITION], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) ? db_copy_text (rows, 0, "position", request->arena) : NULL;
    return 0;
}

int export_taken (struct request *request, const char *partner_id, bool by_key, const char *position, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, partner_id);
    db_text (&args, position);
    db_number (&args, request->now);
    if (!by_key)
        db_text (&args, request->actor->person_id);
    return db_queue (request->db, &lookup_statements[by_key ? KEY_TAKEN : TAKEN], &args, err);
}
