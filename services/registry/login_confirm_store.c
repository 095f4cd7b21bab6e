/* login_confirm_store.c - the part of log-in that belongs to the request's transaction; see login_store.h. */
#include "login_store.h"

enum { TICKET, USE_TICKET, STEP, USE_STEP, COUNT, USE_COUNT, OPEN, LOG, STATEMENT_COUNT };

const struct db_statement confirm_statements[] = {
    [TICKET] = { "confirm_ticket", "select used_at is not null as used from login_ticket where ticket_sha256 = $1::bytea for update" },
    [USE_TICKET] = { "confirm_use_ticket",
        "update login_ticket set used_at = guard.to_time ($2::bigint) where ticket_sha256 = $1::bytea and used_at is null" },
    [STEP] = { "confirm_step", "select last_step from totp_use where person_id = $1::uuid for update" },
    [USE_STEP] = { "confirm_use_step",
        "insert into totp_use as u (person_id, last_step) values ($1::uuid, $2::bigint)"
        " on conflict (person_id) do update set last_step = excluded.last_step where u.last_step < excluded.last_step" },
    [COUNT] = { "confirm_count", "select sign_count from passkey where credential_id = $1::bytea for update" },
    [USE_COUNT] = { "confirm_use_count",
        "update passkey set sign_count = $2::bigint"
        " where credential_id = $1::bytea and (sign_count < $2::bigint or (sign_count = 0 and $2::bigint = 0))" },
    [OPEN] = { "confirm_open",
        "insert into session (session_id, token_sha256, person_id, office_id, strength, started_at, seen_at, expires_at, idle_seconds,"
        "                     device, source, terminal_id)"
        " values ($1::uuid, $2::bytea, $3::uuid, $4::uuid, $5, guard.to_time ($6::bigint), guard.to_time ($6::bigint),"
        "         guard.to_time ($7::bigint), $8::integer, $9, $10, $11::uuid)" },
    [LOG] = { "confirm_log",
        "insert into login_log (at, event, reason, person_id, session_id, login_key, source, device)"
        " values (guard.to_time ($1::bigint), $2, $3, $4::uuid, $5::uuid, $6::bytea, $7, $8)" },
    [STATEMENT_COUNT] = { 0 },
};

static struct bytes digest_of (const unsigned char *digest)
{
    return (struct bytes) { digest, DIGEST };
}

int login_confirm_ticket (struct db *db, const unsigned char digest[DIGEST], bool *ret_used, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_bytes (&args, digest_of (digest));
    if (db_run (db, &confirm_statements[TICKET], &args, &rows, err) < 0)
        return -1;
    *ret_used = db_count (rows) == 0 || db_get_flag (rows, 0, "used");
    return 0;
}

int login_confirm_use_ticket (struct db *db, const unsigned char digest[DIGEST], int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_bytes (&args, digest_of (digest));
    db_time (&args, now);
    return db_queue_expect (db, &confirm_statements[USE_TICKET], &args, 1, ERROR_LOGIN_WRONG, err);
}

int login_confirm_step (struct db *db, const char *person_id, int64_t *ret_last, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &confirm_statements[STEP], &args, &rows, err) < 0)
        return -1;
    *ret_last = db_count (rows) > 0 ? db_get_number (rows, 0, "last_step") : -1;
    return 0;
}

int login_confirm_use_step (struct db *db, const char *person_id, int64_t step, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_number (&args, step);
    return db_queue_expect (db, &confirm_statements[USE_STEP], &args, 1, ERROR_LOGIN_WRONG, err);
}

int login_confirm_count (struct db *db, struct bytes credential_id, int64_t *ret_count, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_bytes (&args, credential_id);
    if (db_run (db, &confirm_statements[COUNT], &args, &rows, err) < 0)
        return -1;
    *ret_count = db_count (rows) > 0 ? db_get_number (rows, 0, "sign_count") : INT64_MAX;
    return 0;
}

int login_confirm_use_count (struct db *db, struct bytes credential_id, int64_t count, struct error *err)
{
    struct db_args args = { 0 };

    db_bytes (&args, credential_id);
    db_number (&args, count);
    return db_queue_expect (db, &confirm_statements[USE_COUNT], &args, 1, ERROR_LOGIN_WRONG, err);
}

int login_confirm_open (struct db *db, const struct new_session *session, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, session->session_id);
    db_bytes (&args, digest_of (session->token_sha256));
    db_text (&args, session->person_id);
    db_text (&args, session->office_id);
    db_text (&args, session->strength);
    db_time (&args, session->now);
    db_time (&args, session->expires);
    db_optional (&args, session->locks_idle, session->idle_seconds);
    db_text (&args, session->device);
    db_text (&args, session->source);
    db_text (&args, session->terminal_id);
    return db_queue (db, &confirm_statements[OPEN], &args, err);
}

int login_confirm_log (struct db *db, const struct login_line *line, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, line->now);
    db_text (&args, line->event);
    db_text (&args, line->reason);
    db_text (&args, line->person_id);
    db_text (&args, line->session_id);
    if (line->login_key.size > 0)
        db_bytes (&args, line->login_key);
    else
        db_text (&args, NULL);
    db_text (&args, line->source);
    db_text (&args, line->device);
    return db_queue (db, &confirm_statements[LOG], &args, err);
}
