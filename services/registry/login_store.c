/* login_store.c - see login_store.h. */
#include "login_store.h"

#include "text_codes.h"

enum { THROTTLE, SET_THROTTLE, FORGET_LOGIN, FORGET_SOURCE, ACCOUNT_OF_LOGIN, ACCOUNT_OF, REHASH, ADD_TICKET, TRY_TICKET,
       DROP_TICKETS, PASSKEY, PASSKEY_OWNER, CREDENTIALS, HOME, LOG, STATEMENT_COUNT };

static const struct db_statement statements[STATEMENT_COUNT] = {
    [THROTTLE] = { "login_throttle_lock",
        "insert into login_throttle as t (scope, key, attempts, last_at) values ($1, $2::bytea, 0, guard.to_time ($3::bigint))"
        " on conflict (scope, key) do update set attempts = t.attempts"
        " returning attempts, guard.to_us (last_at) as last_us, coalesce (guard.to_us (blocked_until), 0) as blocked_until_us" },
    [SET_THROTTLE] = { "login_throttle_set",
        "update login_throttle set attempts = $3::bigint, last_at = guard.to_time ($4::bigint),"
        "       blocked_until = case when $5::bigint > 0 then guard.to_time ($5::bigint) end, recorded_at = default"
        " where scope = $1 and key = $2::bytea" },
    [FORGET_LOGIN] = { "login_throttle_forget",
        "update login_throttle set attempts = 0, blocked_until = null where scope in ('login', 'terminal') and key = $1::bytea" },
    [FORGET_SOURCE] = { "login_throttle_give_back",
        "update login_throttle set attempts = greatest (attempts - 1, 0), blocked_until = null where scope = 'source' "
        "   and key = $1::bytea" },
    [ACCOUNT_OF_LOGIN] = { "login_account_of_login",
        "select a.person_id, a.login, a.password_hash, a.totp_sealed from account a where a.login = $1" },
    [ACCOUNT_OF] = { "login_account_of",
        "select a.person_id, a.login, a.password_hash, a.totp_sealed from account a where a.person_id = $1::uuid" },
    [REHASH] = { "login_rehash",        /* never waits for an account that is just being set */
        "update account a set password_hash = $2"
        " where a.person_id = (select l.person_id from account l where l.person_id = $1::uuid for update skip locked)" },
    [ADD_TICKET] = { "login_ticket_add",
        "insert into login_ticket (ticket_sha256, kind, person_id, session_id, login_key, password_right, challenge, expires_at)"
        " values ($1::bytea, $2, $3::uuid, $4::uuid, $5::bytea, $6::boolean, $7, guard.to_time ($8::bigint))" },
    [TRY_TICKET] = { "login_ticket_try",
        "update login_ticket set tries = tries + 1"
        " where ticket_sha256 = (select t.ticket_sha256 from login_ticket t"
        "                         where t.ticket_sha256 = $1::bytea and t.kind = $2 and t.used_at is null and t.tries < 5"
        "                           and t.expires_at > guard.to_time ($3::bigint) for update skip locked)"
        " returning person_id, session_id, login_key, password_right, challenge" },
    [DROP_TICKETS] = { "login_ticket_drop",
        "update login_ticket set used_at = guard.to_time ($2::bigint)"
        " where ticket_sha256 in (select t.ticket_sha256 from login_ticket t"
        "                          where t.person_id = $1::uuid and t.kind = 'login' and t.used_at is null for update skip locked)" },
    [PASSKEY] = { "login_passkey",
        "select p.credential_id, p.algorithm, p.public_key, p.sign_count from passkey p"
        " where p.credential_id = $2::bytea and p.person_id = $1::uuid" },
    [PASSKEY_OWNER] = { "login_passkey_owner", "select person_id from passkey where credential_id = $1::bytea" },
    [CREDENTIALS] = { "login_credentials",
        "select p.credential_id from passkey p where p.person_id = $1::uuid order by p.recorded_at limit 20" },
    [HOME] = { "login_home",            /* the office of the last session, else the first by name */
        "select m.office_id, m.roles, p.name from membership m"
        "  join person p on p.person_id = m.person_id"
        "  join office o on o.municipality = m.municipality and o.office_id = m.office_id"
        " where m.person_id = $1::uuid and m.ended_at is null"
        " order by (select max (s.started_at) from session s where s.person_id = m.person_id and s.office_id = m.office_id) desc"
        "          nulls last, o.name, m.office_id limit 1" },
    [LOG] = { "login_log_add",
        "insert into login_log (at, event, reason, person_id, session_id, login_key, source, device)"
        " values (guard.to_time ($1::bigint), $2, $3, $4::uuid, $5::uuid, $6::bytea, $7, $8)" },
};

int login_store_prepare (struct db *db, struct error *err)
{
    return db_prepare (db, statements, STATEMENT_COUNT, err);
}

static struct bytes digest_of (const unsigned char *digest)
{
    return (struct bytes) { digest, DIGEST };
}

static void optional_bytes (struct db_args *args, struct bytes value)
{
    if (value.size > 0)
        db_bytes (args, value);
    else
        db_text (args, NULL);
}

int login_store_throttle (struct db *db, const struct throttle_key *key, int64_t now, struct throttle *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, key->scope);
    db_bytes (&args, digest_of (key->digest));
    db_time (&args, now);
    if (db_run (db, &statements[THROTTLE], &args, &rows, err) < 0)
        return -1;
    ret->attempts = db_get_number (rows, 0, "attempts");
    ret->last_us = db_get_number (rows, 0, "last_us");
    ret->blocked_until_us = db_get_number (rows, 0, "blocked_until_us");
    return 0;
}

int login_store_set_throttle (struct db *db, const struct throttle_key *key, const struct throttle *throttle, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, key->scope);
    db_bytes (&args, digest_of (key->digest));
    db_number (&args, throttle->attempts);
    db_time (&args, throttle->last_us);
    db_time (&args, throttle->blocked_until_us);
    return db_queue (db, &statements[SET_THROTTLE], &args, err);
}

int login_store_take_back (struct db *db, struct bytes login_key, const struct throttle_key *source, struct error *err)
{
    struct db_args login = { 0 }, from = { 0 };

    db_bytes (&login, login_key);
    db_bytes (&from, digest_of (source->digest));
    if (db_queue (db, &statements[FORGET_LOGIN], &login, err) < 0)
        return -1;
    return db_queue (db, &statements[FORGET_SOURCE], &from, err);
}

static int find_account (struct db *db, int statement, const char *key, struct arena *arena, struct account_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, key);
    *ret = (struct account_row) { 0 };
    if (db_run (db, &statements[statement], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    ret->person_id = db_copy_text (rows, 0, "person_id", arena);
    ret->login = db_copy_text (rows, 0, "login", arena);
    ret->password_hash = db_copy_text (rows, 0, "password_hash", arena);
    ret->totp_sealed = db_copy_bytes (rows, 0, "totp_sealed", arena);
    return 0;
}

int login_store_account_of_login (struct db *db, const char *login, struct arena *arena, struct account_row *ret, struct error *err)
{
    return find_account (db, ACCOUNT_OF_LOGIN, login, arena, ret, err);
}

int login_store_account_of (struct db *db, const char *person_id, struct arena *arena, struct account_row *ret, struct error *err)
{
    return find_account (db, ACCOUNT_OF, person_id, arena, ret, err);
}

int login_store_rehash (struct db *db, const char *person_id, const char *password_hash, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_text (&args, password_hash);
    return db_queue (db, &statements[REHASH], &args, err);
}

int login_store_add_ticket (struct db *db, const unsigned char digest[DIGEST], const struct ticket *ticket, int64_t expires,
                            struct error *err)
{
    struct db_args args = { 0 };

    db_bytes (&args, digest_of (digest));
    db_text (&args, ticket->kind);
    db_text (&args, ticket->person_id);
    db_text (&args, ticket->session_id);
    optional_bytes (&args, ticket->login_key);
    db_flag (&args, ticket->password_right);
    db_text (&args, ticket->challenge);
    db_time (&args, expires);
    return db_queue (db, &statements[ADD_TICKET], &args, err);
}

int login_store_try_ticket (struct db *db, const unsigned char digest[DIGEST], const char *kind, int64_t now, struct arena *arena,
                            bool *ret_found, struct ticket *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_bytes (&args, digest_of (digest));
    db_text (&args, kind);
    db_time (&args, now);
    *ret = (struct ticket) { .kind = kind };
    if (db_run (db, &statements[TRY_TICKET], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (!*ret_found)
        return 0;
    ret->person_id = db_copy_text (rows, 0, "person_id", arena);
    ret->session_id = db_copy_text (rows, 0, "session_id", arena);
    ret->login_key = db_is_null (rows, 0, "login_key") ? (struct bytes) { 0 } : db_copy_bytes (rows, 0, "login_key", arena);
    ret->password_right = db_get_flag (rows, 0, "password_right");
    ret->challenge = db_copy_text (rows, 0, "challenge", arena);
    return 0;
}

int login_store_drop_tickets (struct db *db, const char *person_id, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, person_id);
    db_time (&args, now);
    return db_queue (db, &statements[DROP_TICKETS], &args, err);
}

int login_store_passkey (struct db *db, const char *person_id, struct bytes credential_id, struct arena *arena, bool *ret_found,
                         struct passkey *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_bytes (&args, credential_id);
    if (db_run (db, &statements[PASSKEY], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    if (!*ret_found)
        return 0;
    ret->credential_id = db_copy_bytes (rows, 0, "credential_id", arena);
    ret->algorithm = (int) db_get_number (rows, 0, "algorithm");
    ret->public_key = db_copy_bytes (rows, 0, "public_key", arena);
    ret->sign_count = db_get_number (rows, 0, "sign_count");
    return 0;
}

int login_store_passkey_owner (struct db *db, struct bytes credential_id, struct arena *arena, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_bytes (&args, credential_id);
    if (db_run (db, &statements[PASSKEY_OWNER], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? db_copy_text (rows, 0, "person_id", arena) : NULL;
    return 0;
}

int login_store_credentials (struct db *db, const char *person_id, struct arena *arena, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **items;
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &statements[CREDENTIALS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++) {
        struct bytes id = db_copy_bytes (rows, i, "credential_id", arena);
        char *text = arena_alloc (arena, BASE64URL_TEXT (id.size));

        base64url_write (id.data, id.size, text);
        items[i] = text;
    }
    *ret = (struct text_list) { items, (size_t) db_count (rows) };
    return 0;
}

int login_store_home (struct db *db, const char *person_id, struct arena *arena, struct home *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    *ret = (struct home) { 0 };
    if (db_run (db, &statements[HOME], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    ret->office_id = db_copy_text (rows, 0, "office_id", arena);
    ret->roles = db_copy_text_list (rows, 0, "roles", arena);
    ret->name = db_copy_text (rows, 0, "name", arena);
    return 0;
}

int login_store_log (struct db *db, const struct login_line *line, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, line->now);
    db_text (&args, line->event);
    db_text (&args, line->reason);
    db_text (&args, line->person_id);
    db_text (&args, line->session_id);
    optional_bytes (&args, line->login_key);
    db_text (&args, line->source);
    db_text (&args, line->device);
    return db_queue (db, &statements[LOG], &args, err);
}
