/* contact_store.c - see contact_store.h. */
#include "contact_store.h"

enum { CONTACT_ROWS, GET, PUT, VERIFIED, USE_TRY, FORGET, TAKEN, STATEMENT_COUNT };

#define COLUMNS "contact_point_id, kind, address, verified_at is not null as verified, phi_ok, guard.to_us (code_until) as code_until," \
    " tries_left, codes, guard.to_us (codes_from) as codes_from"

const struct db_statement contact_statements[] = {
    [CONTACT_ROWS] = { "contact_list",
        "select " COLUMNS ", false as code_right from own_contact where person_id = $1::uuid and address <> '' order by kind, contact_point_id" },
    [GET] = { "contact_get",
        "select " COLUMNS ", coalesce (code_sha256 = $3::bytea, false) as code_right from own_contact"
        " where person_id = $1::uuid and contact_point_id = $2::uuid for update" },
    [PUT] = { "contact_put",
        "insert into own_contact as o (contact_point_id, person_id, kind, address, code_sha256, code_until, tries_left, codes, codes_from)"
        " values ($1::uuid, $2::uuid, $3::smallint, $4, $5::bytea, guard.to_time ($6::bigint), $7::integer, $8::integer, guard.to_time ($9::bigint))"
        " on conflict (contact_point_id) do update set kind = excluded.kind, address = excluded.address, code_sha256 = excluded.code_sha256,"
        "        code_until = excluded.code_until, tries_left = excluded.tries_left, codes = excluded.codes,"
        "        codes_from = excluded.codes_from, phi_ok = false,"
        "        verified_at = case when (o.kind, o.address) = (excluded.kind, excluded.address) then o.verified_at end"
        "  where o.person_id = $2::uuid" },
    [VERIFIED] = { "contact_set_verified",
        "update own_contact set verified_at = guard.to_time ($2::bigint), code_sha256 = null, code_until = null, tries_left = 0"
        " where contact_point_id = $1::uuid" },
    [USE_TRY] = { "contact_use_try", "update own_contact set tries_left = tries_left - 1 where contact_point_id = $1::uuid and tries_left > 0" },
    [FORGET] = { "contact_forget",
        "update own_contact set address = '', verified_at = null, code_sha256 = null, code_until = null, tries_left = 0, phi_ok = false"
        " where contact_point_id = $1::uuid" },
    [TAKEN] = { "contact_taken", "select contact_taken ($1::uuid) as taken" },
    [STATEMENT_COUNT] = { 0 },
};

static struct own_contact contact_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct own_contact) {
        .contact_point_id = db_copy_text (rows, i, "contact_point_id", arena), .address = db_copy_text (rows, i, "address", arena),
        .kind = (enum contact_kind) db_get_number (rows, i, "kind"), .verified = db_get_flag (rows, i, "verified"),
        .phi_ok = db_get_flag (rows, i, "phi_ok"), .code_right = db_get_flag (rows, i, "code_right"),
        .code_until = db_get_number (rows, i, "code_until"), .tries_left = db_get_number (rows, i, "tries_left"),
        .codes = db_get_number (rows, i, "codes"), .codes_from = db_get_number (rows, i, "codes_from") };
}

int own_contact_list (struct db *db, struct arena *arena, const char *person_id, struct own_contacts *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    if (db_run (db, &contact_statements[CONTACT_ROWS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = contact_of (rows, (int) i, arena);
    return 0;
}

int contact_get (struct db *db, struct arena *arena, const char *person_id, const char *contact_point_id, const unsigned char *hash,
                 struct own_contact *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, person_id);
    db_text (&args, contact_point_id);
    db_bytes (&args, (struct bytes) { hash, hash ? CODE_HASH_BYTES : 0 });
    if (db_run (db, &contact_statements[GET], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) > 0 ? contact_of (rows, 0, arena) : (struct own_contact) { 0 };
    return 0;
}

int contact_check_free (struct db *db, const char *contact_point_id, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, contact_point_id);
    if (db_run (db, &contact_statements[TAKEN], &args, &rows, err) < 0)
        return -1;
    return db_get_flag (rows, 0, "taken") ? fail (err, ERROR_NOT_FOR_YOU, NULL, "somebody else's contact") : 0;
}

int own_contact_put (struct db *db, const char *person_id, const struct own_contact *contact, const unsigned char hash[CODE_HASH_BYTES],
                 struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, contact->contact_point_id);
    db_text (&args, person_id);
    db_number (&args, contact->kind);
    db_text (&args, contact->address);
    db_bytes (&args, (struct bytes) { hash, CODE_HASH_BYTES });
    db_time (&args, contact->code_until);
    db_number (&args, contact->tries_left);
    db_number (&args, contact->codes);
    db_time (&args, contact->codes_from);
    return db_queue_expect (db, &contact_statements[PUT], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static int change (struct db *db, int statement, const char *contact_point_id, bool has_now, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, contact_point_id);
    if (has_now)
        db_time (&args, now);
    return db_queue (db, &contact_statements[statement], &args, err);
}

int contact_set_verified (struct db *db, const char *contact_point_id, int64_t now, struct error *err)
{
    return change (db, VERIFIED, contact_point_id, true, now, err);
}

int contact_use_try (struct db *db, const char *contact_point_id, struct error *err)
{
    return change (db, USE_TRY, contact_point_id, false, 0, err);
}

int contact_forget (struct db *db, const char *contact_point_id, struct error *err)
{
    return change (db, FORGET, contact_point_id, false, 0, err);
}
