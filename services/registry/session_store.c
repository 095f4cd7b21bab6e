/* session_store.c - see session_store.h. */
#include "session_store.h"

enum { FACTS, SESSION, LIST, CHOOSE, SET_IDLE, UNLOCK, END, END_ALL, LOG, STATEMENT_COUNT };

const struct db_statement session_statements[] = {
    [FACTS] = { "session_facts",
        "select p.name, s.office_id, o.name as office, x.municipality, m.name as municipality_name, m.desk_phone,"
        "       s.idle_seconds is not null as locks_idle, s.idle_seconds,"
        "       exists (select from passkey k where k.person_id = s.person_id) as has_passkey"
        "  from session s join person p on p.person_id = s.person_id join office o on o.office_id = s.office_id"
        " cross join lateral (select coalesce (acting_for (s.office_id, s.acts_for), o.municipality) as municipality) x"
        "  left join municipality m on m.code = x.municipality"
        " where s.session_id = $1::uuid and s.ended_at is null" },
    [SESSION] = { "session_get", "select person_id, office_id, ended_at is not null as ended from session where session_id = $1::uuid" },
    [LIST] = { "session_list",
        "select s.session_id, guard.to_us (s.started_at) as started_at, guard.to_us (s.seen_at) as seen_at, s.device,"
        "       s.session_id = $2::uuid as current"
        "  from session s where s.person_id = $1::uuid and s.ended_at is null and s.expires_at > guard.to_time ($3::bigint)"
        " order by s.started_at desc, s.session_id limit 50" },
    [CHOOSE] = { "session_choose",
        "update session set office_id = $2::uuid, idle_seconds = $3::integer, terminal_id = $4::uuid, acts_for = $5"
        " where session_id = $1::uuid and ended_at is null" },
    [SET_IDLE] = { "session_set_idle",
        "update session s set idle_seconds = case when $4::boolean and exists"
        "    (select from terminal t where t.terminal_id = s.terminal_id and t.office_id = s.office_id and t.registered_at is not null"
        "        and t.revoked_at is null) then null else $3::integer end"
        " where s.person_id = $1::uuid and s.office_id = $2::uuid and s.ended_at is null" },
    [UNLOCK] = { "session_unlock",
        "update session set seen_at = guard.to_time ($2::bigint) where session_id = $1::uuid and ended_at is null" },
    [END] = { "session_end",
        "update session set ended_at = guard.to_time ($2::bigint), ended_why = $3 where session_id = $1::uuid and ended_at is null"
        " returning session_id" },
    [END_ALL] = { "session_end_all",
        "update session set ended_at = guard.to_time ($3::bigint), ended_why = $4"
        " where person_id = $1::uuid and ($2::uuid is null or office_id = $2::uuid) and ended_at is null returning session_id" },
    [LOG] = { "session_log",
        "insert into login_log (at, event, reason, person_id, session_id, device)"
        " values (guard.to_time ($1::bigint), $2, $3, $4::uuid, $5::uuid, $6)" },
    [STATEMENT_COUNT] = { 0 },
};

int session_store_facts (struct db *db, const char *session_id, struct arena *arena, bool *ret_found, struct session_facts *ret,
                         struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, session_id);
    if (db_run (db, &session_statements[FACTS], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct session_facts) { .name = db_copy_text (rows, 0, "name", arena), .office_id = db_copy_text (rows, 0, "office_id", arena),
                                        .office = db_copy_text (rows, 0, "office", arena),
                                        .municipality = db_copy_text (rows, 0, "municipality", arena),
                                        .municipality_name = db_copy_text (rows, 0, "municipality_name", arena),
                                        .desk_phone = db_copy_text (rows, 0, "desk_phone", arena),
                                        .locks_idle = db_get_flag (rows, 0, "locks_idle"),
                                        .has_passkey = db_get_flag (rows, 0, "has_passkey"),
                                        .idle_seconds = db_get_number (rows, 0, "idle_seconds") };
    return 0;
}

int session_store_session (struct db *db, const char *session_id, struct arena *arena, bool *ret_found, struct session *ret,
                           struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, session_id);
    if (db_run (db, &session_statements[SESSION], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (*ret_found)
        *ret = (struct session) { .person_id = db_copy_text (rows, 0, "person_id", arena),
                                  .office_id = db_copy_text (rows, 0, "office_id", arena), .ended = db_get_flag (rows, 0, "ended") };
    return 0;
}

int session_store_list (struct db *db, const char *person_id, const char *current, int64_t now, struct arena *arena,
                        struct session_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct session_view *items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, current);
    db_time (&args, now);
    if (db_run (db, &session_statements[LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct session_view) { .session_id = db_copy_text (rows, i, "session_id", arena),
                                           .started_at = db_get_number (rows, i, "started_at"),
                                           .seen_at = db_get_number (rows, i, "seen_at"),
                                           .device = db_copy_text (rows, i, "device", arena),
                                           .current = db_get_flag (rows, i, "current") };
    *ret = (struct session_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int session_store_choose (struct db *db, const char *session_id, const char *office_id, const char *acts_for, const char *terminal_id,
                          bool locks_idle, int64_t idle_seconds, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, session_id);
    db_text (&args, office_id);
    db_optional (&args, locks_idle, idle_seconds);
    db_text (&args, terminal_id);
    db_text (&args, acts_for);
    return db_queue_expect (db, &session_statements[CHOOSE], &args, 1, ERROR_LOG_IN_FIRST, err);
}

int session_store_set_idle (struct db *db, const char *person_id, const char *office_id, bool desk, int64_t idle_seconds,
                            struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_text (&args, office_id);
    db_number (&args, idle_seconds);
    db_flag (&args, desk);
    return db_queue (db, &session_statements[SET_IDLE], &args, err);
}

int session_store_unlock (struct db *db, const char *session_id, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, session_id);
    db_time (&args, now);
    return db_queue_expect (db, &session_statements[UNLOCK], &args, 1, ERROR_LOG_IN_FIRST, err);
}

int session_store_end (struct db *db, const char *session_id, const char *why, int64_t now, bool *ret_ended, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, session_id);
    db_time (&args, now);
    db_text (&args, why);
    if (db_run (db, &session_statements[END], &args, &rows, err) < 0)
        return -1;
    *ret_ended = db_count (rows) > 0;
    return 0;
}

int session_store_end_all (struct db *db, const char *person_id, const char *office_id, const char *why, int64_t now, struct arena *arena,
                           struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    db_time (&args, now);
    db_text (&args, why);
    if (db_run (db, &session_statements[END_ALL], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = db_copy_text (rows, i, "session_id", arena);
    *ret = (struct text_list) { items, (size_t) db_count (rows) };
    return 0;
}

int session_store_log (struct db *db, const char *event, const char *reason, const char *person_id, const char *session_id,
                       const char *device, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, now);
    db_text (&args, event);
    db_text (&args, reason);
    db_text (&args, person_id);
    db_text (&args, session_id);
    db_text (&args, device);
    return db_queue (db, &session_statements[LOG], &args, err);
}
