/* alert_draft_store.c - see alert_draft.h. */
#include "alert_draft.h"

enum { LIST, PUT };

const struct db_statement draft_statements[] = {
    [LIST] = { "draft_list",
        "select try_id, answer, guard.to_us (arrival_at) as arrival_at, decline, text, drafted_by, drafted_name,"
        "       guard.to_us (drafted_at) as drafted_at"
        "  from alert_answer_draft where municipality = $1 and alert_id = $2::uuid" },
    [PUT] = { "draft_put",
        "insert into alert_answer_draft (municipality, alert_id, try_id, person_id, office_id, answer, arrival_at, decline, text, drafted_by,"
        "                                drafted_name, drafted_at)"
        " values ($1, $2::uuid, $3::bigint, $4::uuid, $5::uuid, $6::smallint, guard.to_time ($7::bigint), $8::smallint, $9, $10::uuid, $11,"
        "         guard.to_time ($12::bigint))"
        " on conflict (municipality, alert_id, try_id) do update set answer = excluded.answer, arrival_at = excluded.arrival_at,"
        "        decline = excluded.decline, text = excluded.text, drafted_by = excluded.drafted_by, drafted_name = excluded.drafted_name,"
        "        drafted_at = excluded.drafted_at" },
    { NULL, NULL },
};

static struct draft_row draft_row_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct draft_row) {
        .try_id = db_get_number (rows, i, "try_id"), .answer = (enum alert_answer_kind) db_get_number (rows, i, "answer"),
        .has_arrival_at = !db_is_null (rows, i, "arrival_at"), .arrival_at = db_get_number (rows, i, "arrival_at"),
        .decline = (enum decline_reason) db_get_number (rows, i, "decline"), .text = db_copy_text (rows, i, "text", arena),
        .drafted_by = db_copy_text (rows, i, "drafted_by", arena), .drafted_name = db_copy_text (rows, i, "drafted_name", arena),
        .drafted_at = db_get_number (rows, i, "drafted_at") };
}

int draft_list (struct db *db, struct arena *arena, const struct alert_row *alert, struct draft_rows *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    if (db_run (db, &draft_statements[LIST], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = draft_row_of (rows, (int) i, arena);
    return 0;
}

int draft_put (struct db *db, const struct alert_row *alert, const struct try_row *own, const struct draft_row *draft, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    db_number (&args, own->try_id);
    db_text (&args, own->view.person_id);
    db_text (&args, own->office_id);
    db_number (&args, draft->answer);
    db_optional (&args, draft->has_arrival_at, draft->arrival_at);
    db_optional (&args, draft->decline != 0, draft->decline);
    db_text (&args, draft->text);
    db_text (&args, draft->drafted_by);
    db_text (&args, draft->drafted_name);
    db_time (&args, draft->drafted_at);
    return db_queue_expect (db, &draft_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}
