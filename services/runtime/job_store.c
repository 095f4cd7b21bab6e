#include "job_store.h"

enum { TAKE, CHECK, RETAIN, SEAL };

const struct db_statement job_statements[] = {
    [TAKE] = { "runtime_lease_take",
        "insert into lease (name, holder, fence, expires) values ($1, $2, 1, guard.real_now () + $3::int * interval '1 second')"
        " on conflict (name) do update set holder = excluded.holder, expires = excluded.expires,"
        "        fence = lease.fence + (lease.holder <> excluded.holder)::int"
        "  where lease.holder = excluded.holder or lease.expires < guard.real_now ()"
        " returning fence" },
    [CHECK] = { "runtime_lease_check",
        "select guard.to_us (guard.now ()) as now, pg_try_advisory_xact_lock (hashtext (current_schema ()), hashtext (l.name)) as held"
        "  from lease l where l.name = $1 and l.holder = $2 and l.fence = $3::bigint and l.expires > guard.real_now ()" },
    [RETAIN] = { "runtime_retain", "select retain () as touched" },
    [SEAL] = { "runtime_seal", "select seal_ledger () as sealed" },
    { NULL, NULL },
};

int lease_take (struct db *db, const char *name, const char *holder, int64_t *ret_fence, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, name);
    db_text (&args, holder);
    db_number (&args, LEASE_SECONDS);
    if (db_run (db, &job_statements[TAKE], &args, &rows, err) < 0)
        return -1;
    *ret_fence = db_count (rows) > 0 ? db_get_number (rows, 0, "fence") : 0;
    return 0;
}


int lease_ask (struct db *db, const char *name, const char *holder, int64_t fence, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, name);
    db_text (&args, holder);
    db_number (&args, fence);
    return db_queue_rows (db, &job_statements[CHECK], &args, ret, err);
}

bool lease_is_held (const db_rows *rows, int64_t *ret_now)
{
    bool held = rows && db_count (rows) > 0 && db_get_flag (rows, 0, "held");

    *ret_now = held ? db_get_number (rows, 0, "now") : 0;
    return held;
}

int lease_check (struct db *db, const char *name, const char *holder, int64_t fence, bool *ret_held, int64_t *ret_now, struct error *err)
{
    db_rows *rows = NULL;

    if (lease_ask (db, name, holder, fence, &rows, err) < 0 || db_flush (db, err) < 0)
        return -1;
    *ret_held = lease_is_held (rows, ret_now);
    return 0;
}

static int run_function (struct db *db, const struct db_statement *statement, const char *column, int64_t *ret, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, statement, &(struct db_args) { 0 }, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, column);
    return 0;
}

int store_retain (struct db *db, int64_t *ret_touched, struct error *err)
{
    return run_function (db, &job_statements[RETAIN], "touched", ret_touched, err);
}

int store_seal (struct db *db, int64_t *ret_sealed, struct error *err)
{
    return run_function (db, &job_statements[SEAL], "sealed", ret_sealed, err);
}
