/* access_store.c - see access_store.h. */
#include "access_store.h"

enum { SET_PASSWORD, END_OTHERS, OFFICE_SESSIONS, WORKS_IN, LOG, STATEMENT_COUNT };

const struct db_statement access_statements[] = {
    [SET_PASSWORD] = { "access_set_password", "update account set password_hash = $2, course_left = least (course_left, 1::smallint) where person_id = $1::uuid" },
    [END_OTHERS] = { "access_end_others",
        "update session set ended_at = guard.to_time ($3::bigint), ended_why = 'password'"
        " where person_id = $1::uuid and session_id <> $2::uuid and ended_at is null returning session_id" },
    [OFFICE_SESSIONS] = { "access_office_sessions",
        "select s.session_id, s.person_id, p.name, guard.to_us (s.started_at) as started_at, guard.to_us (s.seen_at) as seen_at, s.device,"
        "       s.session_id = $2::uuid as current, s.office_id = $1::uuid as here"
        "  from membership m"
        "  join session s on s.person_id = m.person_id and s.ended_at is null and s.expires_at > guard.to_time ($3::bigint)"
        "  join person p on p.person_id = m.person_id"
        " where m.office_id = $1::uuid and m.ended_at is null"
        " order by p.name_kana, p.person_id, s.started_at desc, s.session_id limit 200" },
    [WORKS_IN] = { "access_works_in",
        "select exists (select from membership m"
        "                where m.person_id = $1::uuid and m.office_id = $2::uuid and m.ended_at is null) as yes" },
    [LOG] = { "access_log",
        "insert into login_log (at, event, reason, person_id, session_id, device, by_person)"
        " values (guard.to_time ($1::bigint), $2, $3, $4::uuid, $5::uuid, $6, $7::uuid)" },
    [STATEMENT_COUNT] = { 0 },
};

int access_set_password (struct db *db, const char *person_id, const char *password_hash, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_text (&args, password_hash);
    return db_queue_expect (db, &access_statements[SET_PASSWORD], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int access_end_others (struct db *db, const char *person_id, const char *session_id, int64_t now, struct arena *arena,
                       struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, session_id);
    db_time (&args, now);
    if (db_run (db, &access_statements[END_OTHERS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = db_copy_text (rows, i, "session_id", arena);
    *ret = (struct text_list) { items, (size_t) db_count (rows) };
    return 0;
}

static struct office_session_view view_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct office_session_view) { .session_id = db_copy_text (rows, i, "session_id", arena),
        .person_id = db_copy_text (rows, i, "person_id", arena), .name = db_copy_text (rows, i, "name", arena),
        .started_at = db_get_number (rows, i, "started_at"), .seen_at = db_get_number (rows, i, "seen_at"),
        .device = db_copy_text (rows, i, "device", arena), .current = db_get_flag (rows, i, "current"),
        .here = db_get_flag (rows, i, "here") };
}

int access_office_sessions (struct db *db, const char *office_id, const char *current, int64_t now, struct arena *arena,
                            struct office_session_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct office_session_view *items;
    DB_ROWS (rows);

    db_text (&args, office_id);
    db_text (&args, current);
    db_time (&args, now);
    if (db_run (db, &access_statements[OFFICE_SESSIONS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = view_of (rows, i, arena);
    *ret = (struct office_session_view_list) { items, (size_t) db_count (rows) };
    return 0;
}

int access_works_in (struct db *db, const char *person_id, const char *office_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, office_id);
    if (db_run (db, &access_statements[WORKS_IN], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

int access_log (struct db *db, const struct access_line *line, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, line->now);
    db_text (&args, line->event);
    db_text (&args, line->reason);
    db_text (&args, line->person_id);
    db_text (&args, line->session_id);
    db_text (&args, line->device);
    db_text (&args, line->by);
    return db_queue (db, &access_statements[LOG], &args, err);
}
