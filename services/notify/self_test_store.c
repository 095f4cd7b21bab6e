/* self_test_store.c - see self_test_store.h. */
#include "self_test_store.h"

enum { PLACE, OPEN, LAST, BEGIN, END };

const struct db_statement self_test_statements[] = {
    [PLACE] = { "self_test_place", "select located_in from last_resort order by located_in limit 1" },
    [OPEN] = { "self_test_open",
        "select t.alert_id, guard.to_us (t.started_at) as started_at,"
        "       exists (select from delivery d where d.alert_id = t.alert_id and d.state in (3, 7, 8)) as delivered"
        "  from self_test t where t.done_at is null order by t.started_at limit 1" },
    [LAST] = { "self_test_last", "select guard.to_us (max (started_at)) as started_at from self_test" },
    [BEGIN] = { "self_test_begin",
        "insert into self_test (located_in, alert_id, started_at) values ($1, $2::uuid, guard.to_time ($3::bigint))" },
    [END] = { "self_test_end",
        "update self_test set done_at = guard.to_time ($3::bigint), ok = $2::boolean where alert_id = $1::uuid and done_at is null" },
    { NULL, NULL },
};

int self_test_place (struct db *db, struct arena *arena, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    if (db_run (db, &self_test_statements[PLACE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = db_copy_text (rows, 0, "located_in", arena);
    return 0;
}

int self_test_open (struct db *db, struct arena *arena, struct self_test *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct self_test) { 0 };
    if (db_run (db, &self_test_statements[OPEN], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct self_test) { db_copy_text (rows, 0, "alert_id", arena), db_get_number (rows, 0, "started_at"),
                                    db_get_flag (rows, 0, "delivered") };
    return 0;
}

int self_test_last (struct db *db, int64_t *ret_started_at, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &self_test_statements[LAST], &args, &rows, err) < 0)
        return -1;
    *ret_started_at = db_get_number (rows, 0, "started_at");
    return 0;
}

int self_test_begin (struct db *db, const char *municipality, const char *alert_id, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, alert_id);
    db_time (&args, now);
    return db_queue (db, &self_test_statements[BEGIN], &args, err);
}

int self_test_end (struct db *db, const char *alert_id, bool ok, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert_id);
    db_flag (&args, ok);
    db_time (&args, now);
    return db_queue (db, &self_test_statements[END], &args, err);
}
