/* desk_store.c - see desk_store.h. */
#include "desk_store.h"

enum { CALLS, ADD_CALL };

const struct db_statement desk_statements[] = {
    [CALLS] = { "desk_calls",
        "select c.test_id, guard.to_us (c.called_at) as called_at, c.answered, c.note, c.phone,"
        "       (select m.name from membership m where m.person_id = c.called_by limit 1) as by_name"
        "  from last_resort_call c where c.located_in = $1 order by c.called_at desc, c.test_id limit 12" },
    [ADD_CALL] = { "desk_add_call",
        "insert into last_resort_call (test_id, located_in, called_at, answered, note, called_by, phone)"
        " values ($1::uuid, $2, guard.to_time ($3::bigint), $4::boolean, $5, $6::uuid, $7) on conflict do nothing" },
    { NULL, NULL },
};

int desk_calls (struct db *db, struct arena *arena, const char *municipality, struct last_resort_call_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct last_resort_call *items;
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (db_run (db, &desk_statements[CALLS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct last_resort_call) { .test_id = db_copy_text (rows, i, "test_id", arena),
            .called_at = db_get_number (rows, i, "called_at"), .answered = db_get_flag (rows, i, "answered"),
            .by_name = db_copy_text (rows, i, "by_name", arena), .note = db_copy_text (rows, i, "note", arena),
            .phone = db_copy_text (rows, i, "phone", arena) };
    *ret = (struct last_resort_call_list) { items, (size_t) db_count (rows) };
    return 0;
}

int desk_add_call (struct request *request, const struct last_resort_test *message, const char *phone, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->test_id);
    db_text (&args, message->municipality);
    db_time (&args, request->now);
    db_flag (&args, message->answered);
    db_text (&args, message->note);
    db_text (&args, request->actor->person_id);
    db_text (&args, phone);
    return db_queue_expect (request->db, &desk_statements[ADD_CALL], &args, 1, ERROR_ALREADY_THERE, err);
}

bool desk_is_tested (const struct last_resort_call_list *calls, const char *phone, int64_t now)
{
    const int64_t most = DESK_CALL_DAYS * 24 * 3600 * 1000000LL;

    for (size_t i = 0; phone && i < calls->count; i++) {
        const struct last_resort_call *call = &calls->items[i];

        if (call->phone && strcmp (call->phone, phone) == 0)
            return call->answered && now - call->called_at <= most;
    }
    return false;
}
