/* terminal_store.c - see terminal_store.h. */
#include "terminal_store.h"

enum { USE, NAME, GET, LIST, INVITED, PUT, TAKE, SIT_DOWN, END, LOCK_AGAIN, STATEMENT_COUNT };

const struct db_statement terminal_statements[] = {
    [USE] = { "terminal_use", "select terminal_use ($1::bytea, $2::uuid) as terminal_id" },
    [NAME] = { "terminal_name", "select terminal_name ($1::bytea, $2::uuid) as name" },
    [GET] = { "terminal_get",
        "select office_id, registered_at is not null as registered, revoked_at is not null as revoked"
        "  from terminal where municipality = $1 and terminal_id = $2::uuid for update" },
    [LIST] = { "terminal_list",
        "select t.terminal_id, t.name, guard.to_us (t.invited_at) as invited_at, guard.to_us (t.code_until) as code_until,"
        "       guard.to_us (t.registered_at) as registered_at, t.seen_day::text as seen_day, guard.to_us (t.revoked_at) as revoked_at,"
        "       (select p.name from person p where p.person_id = t.invited_by) as invited_by,"
        "       (select p.name from person p where p.person_id = t.registered_by) as registered_by,"
        "       (select p.name from person p where p.person_id = t.revoked_by) as revoked_by"
        "  from terminal t where t.office_id = $1::uuid"
        " order by t.revoked_at is not null, t.invited_at desc, t.terminal_id limit 100" },
    [INVITED] = { "terminal_invited",
        "select exists (select from terminal where office_id = $1::uuid and code_until > guard.to_time ($2::bigint)"
        "                  and revoked_at is null) as yes" },
    [PUT] = { "terminal_put",
        "insert into terminal (municipality, terminal_id, office_id, name, code_sha256, code_until, invited_by, invited_at)"
        " values ($1, $2::uuid, $3::uuid, $4, $5::bytea, guard.to_time ($6::bigint), $7::uuid, guard.to_time ($8::bigint))"
        " on conflict (municipality, terminal_id) do update set name = excluded.name, code_sha256 = excluded.code_sha256,"
        "    code_until = excluded.code_until, invited_by = excluded.invited_by, invited_at = excluded.invited_at" },
    [TAKE] = { "terminal_take",
        "update terminal set token_sha256 = $3::bytea, registered_by = $4::uuid, registered_at = guard.to_time ($5::bigint),"
        "       seen_day = (guard.to_time ($5::bigint) at time zone 'Asia/Tokyo')::date, code_sha256 = null, code_until = null"
        " where office_id = $1::uuid and code_sha256 = $2::bytea and code_until > guard.to_time ($5::bigint) and registered_at is null"
        "   and revoked_at is null returning terminal_id, name" },
    [SIT_DOWN] = { "terminal_sit_down",
        "update session set terminal_id = $2::uuid, idle_seconds = $3::integer where session_id = $1::uuid and ended_at is null" },
    [END] = { "terminal_end",
        "update terminal set revoked_by = $3::uuid, revoked_at = guard.to_time ($4::bigint), code_sha256 = null, code_until = null"
        " where municipality = $1 and terminal_id = $2::uuid" },
    [LOCK_AGAIN] = { "terminal_lock_again",
        "update session s set idle_seconds = $3::integer from terminal t"
        " where t.municipality = $1 and t.terminal_id = $2::uuid and s.terminal_id = t.terminal_id and s.office_id = t.office_id"
        "   and s.ended_at is null and s.idle_seconds is null" },
    [STATEMENT_COUNT] = { 0 },
};

static int one_text (struct request *request, int statement, const char *office_id, const char *column, const char **ret,
                     struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    if (request->header->terminal.size == 0)
        return 0;
    db_bytes (&args, request->header->terminal);
    db_text (&args, office_id);
    if (db_run (request->db, &terminal_statements[statement], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text (rows, 0, column, request->arena);
    return 0;
}

int terminal_use (struct request *request, const char *office_id, const char **ret, struct error *err)
{
    return one_text (request, USE, office_id, "terminal_id", ret, err);
}

int terminal_name (struct request *request, const char *office_id, const char **ret, struct error *err)
{
    return one_text (request, NAME, office_id, "name", ret, err);
}

int terminal_get (struct request *request, const char *municipality, const char *terminal_id, struct terminal *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct terminal) { 0 };
    db_text (&args, municipality);
    db_text (&args, terminal_id);
    if (db_run (request->db, &terminal_statements[GET], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct terminal) { db_copy_text (rows, 0, "office_id", request->arena), db_get_flag (rows, 0, "registered"),
                                   db_get_flag (rows, 0, "revoked") };
    return 0;
}

static struct terminal_view view_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct terminal_view) { .terminal_id = db_copy_text (rows, i, "terminal_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .invited_by = db_copy_text (rows, i, "invited_by", arena), .invited_at = db_get_number (rows, i, "invited_at"),
        .has_code_until = !db_is_null (rows, i, "code_until"), .code_until = db_get_number (rows, i, "code_until"),
        .registered_by = db_copy_text (rows, i, "registered_by", arena),
        .has_registered_at = !db_is_null (rows, i, "registered_at"), .registered_at = db_get_number (rows, i, "registered_at"),
        .seen_day = db_copy_text (rows, i, "seen_day", arena), .revoked_by = db_copy_text (rows, i, "revoked_by", arena),
        .has_revoked_at = !db_is_null (rows, i, "revoked_at"), .revoked_at = db_get_number (rows, i, "revoked_at") };
}

int terminal_list (struct request *request, const char *office_id, struct terminal_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct terminal_view *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (request->db, &terminal_statements[LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = view_of (rows, i, request->arena);
    *ret = (struct terminal_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int terminal_is_invited (struct request *request, const char *office_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    db_time (&args, request->now);
    if (db_run (request->db, &terminal_statements[INVITED], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

int terminal_put (struct request *request, const struct invitation *invitation, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, invitation->municipality);
    db_text (&args, invitation->terminal_id);
    db_text (&args, invitation->office_id);
    db_text (&args, invitation->name);
    db_bytes (&args, (struct bytes) { invitation->code_sha256, 32 });
    db_time (&args, invitation->until);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &terminal_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int terminal_take (struct request *request, const unsigned char code_sha256[32], const unsigned char token_sha256[32], const char **ret_id,
                   const char **ret_name, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret_id = NULL;
    db_text (&args, request->actor->office_id);
    db_bytes (&args, (struct bytes) { code_sha256, 32 });
    db_bytes (&args, (struct bytes) { token_sha256, 32 });
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    if (db_run (request->db, &terminal_statements[TAKE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0) {
        *ret_id = db_copy_text (rows, 0, "terminal_id", request->arena);
        *ret_name = db_copy_text (rows, 0, "name", request->arena);
    }
    return 0;
}

int terminal_sit_down (struct request *request, const char *terminal_id, bool locks_idle, int64_t idle_seconds, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, request->actor->session_id);
    db_text (&args, terminal_id);
    db_optional (&args, locks_idle, idle_seconds);
    return db_queue (request->db, &terminal_statements[SIT_DOWN], &args, err);
}

int terminal_end (struct request *request, const char *municipality, const char *terminal_id, int64_t idle_seconds, struct error *err)
{
    struct db_args end = { 0 }, lock = { 0 };

    db_text (&end, municipality);
    db_text (&end, terminal_id);
    db_text (&end, request->actor->person_id);
    db_time (&end, request->now);
    db_text (&lock, municipality);
    db_text (&lock, terminal_id);
    db_number (&lock, idle_seconds);
    if (db_queue_expect (request->db, &terminal_statements[END], &end, 1, ERROR_NOT_FOR_YOU, err) < 0)
        return -1;
    return db_queue (request->db, &terminal_statements[LOCK_AGAIN], &lock, err);
}
