#include "break_glass_store.h"
#include "clock.h"

enum { ALLOW, ALLOWED, FIND, REVIEW, PAGE, CALL, STATEMENT_COUNT };

const struct db_statement break_glass_statements[STATEMENT_COUNT + 1] = {
    [ALLOW] = { "break_glass_allow",
        "insert into break_glass_rule as r (municipality, allowed, set_by, set_at)"
        " values ($1, $2::boolean, $3::uuid, guard.to_time ($4::bigint))"
        " on conflict (municipality) do update set allowed = excluded.allowed, set_by = excluded.set_by, set_at = excluded.set_at" },
    [ALLOWED] = { "break_glass_allowed", "select allowed from break_glass_rule where municipality = (select guard.municipality ())" },
    [FIND] = { "break_glass_find", "select reviewed_at is not null as reviewed from break_glass where break_id = $1::uuid for update" },
    [REVIEW] = { "break_glass_review",
        "update break_glass set reviewed_at = guard.to_time ($2::bigint), reviewed_by = $3::uuid, outcome = $4, justified = $5::boolean"
        " where break_id = $1::uuid and reviewed_at is null" },
    [PAGE] = { "break_glass_page",
        "select b.break_id, guard.to_us (b.at) as at, guard.to_us (b.until_at) as until, b.partner_name, b.unit, b.reason, b.incident_id,"
        "       guard.to_us (b.reviewed_at) as reviewed_at, b.outcome, b.justified,"
        "       (select w.name from membership w where w.person_id = b.reviewed_by order by w.roles desc limit 1) as reviewed_by_name"
        "  from break_glass b"
        " where b.municipality = (select guard.municipality ())"
        "   and ($2::uuid is null or (b.at, b.break_id) < (guard.to_time ($1::bigint), $2::uuid))"
        " order by b.at desc, b.break_id desc limit $3::bigint" },
    [CALL] = { "break_glass_call",
        "with due as ("
        "    select municipality, patient_id, break_id from break_glass"
        "     where reviewed_at is null and call_at <= guard.to_time ($1::bigint) order by call_at limit 20"
        "       for no key update skip locked"
        ")"
        " update break_glass b set calls = b.calls + 1, call_at = case when b.calls + 1 < $3::bigint then guard.to_time ($2::bigint) end"
        "   from due d where b.municipality = d.municipality and b.patient_id = d.patient_id and b.break_id = d.break_id"
        " returning b.municipality, b.patient_id, b.break_id, b.calls, guard.to_us (b.at) as at" },
};

int break_glass_store_allow (struct request *request, const struct break_glass_allow *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->municipality);
    db_flag (&args, message->allowed);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &break_glass_statements[ALLOW], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int break_glass_store_allowed (struct request *request, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (request->db, &break_glass_statements[ALLOWED], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 && db_get_flag (rows, 0, "allowed");
    return 0;
}

int break_glass_store_find (struct request *request, const char *break_id, bool *ret_found, bool *ret_reviewed, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, break_id);
    if (db_run (request->db, &break_glass_statements[FIND], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    *ret_reviewed = *ret_found && db_get_flag (rows, 0, "reviewed");
    return 0;
}

int break_glass_store_review (struct request *request, const struct break_glass_review *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->break_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->outcome);
    db_text (&args, !message->has_justified ? NULL : message->justified ? "true" : "false");
    return db_queue_expect (request->db, &break_glass_statements[REVIEW], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static struct break_glass_line read_line (const db_rows *rows, int row, struct arena *arena)
{
    return (struct break_glass_line) { .break_id = db_copy_text (rows, row, "break_id", arena),
                                       .at = db_get_number (rows, row, "at"),
                                       .until = db_get_number (rows, row, "until"),
                                       .partner = db_copy_text (rows, row, "partner_name", arena),
                                       .unit = db_copy_text (rows, row, "unit", arena),
                                       .reason = db_copy_text (rows, row, "reason", arena),
                                       .incident_id = db_copy_text (rows, row, "incident_id", arena),
                                       .has_reviewed_at = !db_is_null (rows, row, "reviewed_at"),
                                       .reviewed_at = db_get_number (rows, row, "reviewed_at"),
                                       .reviewed_by_name = db_copy_text (rows, row, "reviewed_by_name", arena),
                                       .outcome = db_copy_text (rows, row, "outcome", arena),
                                       .has_justified = !db_is_null (rows, row, "justified"),
                                       .justified = db_get_flag (rows, row, "justified") };
}

int break_glass_store_page (struct request *request, int64_t before_at, const char *before_id, int64_t most, struct break_glass_page *ret,
                            struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, before_at);
    db_text (&args, before_id);
    db_number (&args, most);
    if (db_run (request->db, &break_glass_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = read_line (rows, i, request->arena);
    return 0;
}

int break_glass_store_call (struct db *db, struct arena *arena, int64_t now, struct break_glass_calls *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_time (&args, now);
    db_time (&args, now + BREAK_GLASS_REVIEW_HOURS * 3600 * (int64_t) SECOND_US);
    db_number (&args, BREAK_GLASS_CALLS_MOST);
    if (db_run (db, &break_glass_statements[CALL], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct break_glass_call) { db_copy_text (rows, i, "municipality", arena),
            { .break_id = db_copy_text (rows, i, "break_id", arena), .patient_id = db_copy_text (rows, i, "patient_id", arena),
              .at = db_get_number (rows, i, "at"), .step = db_get_number (rows, i, "calls") } };
    return 0;
}
