/* upload_store.c - files on their way in: see upload_store.h. */
#include "upload_store.h"

enum { BEGIN, LOCK, PART, WHOLE, FINISH, STATEMENT_COUNT };

const struct db_statement upload_statements[] = {
    [BEGIN] = { "upload_begin",
                "insert into upload (id, municipality, person, name, size) values ($1::uuid, $2, $3::uuid, $4, $5::bigint)" },
    [LOCK] = { "upload_lock", "select u.size, u.finished_at is not null as finished from upload u"
                              " where u.municipality = (select guard.municipality ()) and u.id = $1::uuid for update" },
    [PART] = { "upload_part", "insert into upload_part (municipality, upload_id, start, bytes) values ((select guard.municipality ()), "
                              "$1::uuid, $2::bigint, $3)"
                              " on conflict (municipality, upload_id, start) do update set bytes = excluded.bytes" },
    [WHOLE] = { "upload_whole",
                "with parts as (select p.start, p.bytes, coalesce (lag (p.start + length (p.bytes)) over (order by p.start), 0) as wanted"
                "                 from upload_part p where p.municipality = (select guard.municipality ()) and p.upload_id = $1::uuid)"
                " select coalesce (bool_and (p.start = p.wanted), true) and coalesce (max (p.start + length (p.bytes)), 0) ="
                "        (select u.size from upload u where u.municipality = (select guard.municipality ()) and u.id = $1::uuid) as whole,"
                "        encode (sha256 (coalesce (string_agg (p.bytes, '' order by p.start), '')), 'hex') as digest"
                "   from parts p" },
    [FINISH] = { "upload_finish", "update upload set sha256 = decode ($2, 'hex'), finished_at = guard.to_time ($3::bigint)"
                                  " where municipality = (select guard.municipality ()) and id = $1::uuid" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int upload_store_begin (struct db *db, const char *upload_id, const char *municipality, const char *person_id, const char *name,
                        int64_t size, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, upload_id);
    db_text (&args, municipality);
    db_text (&args, person_id);
    db_text (&args, name);
    db_number (&args, size);
    return db_queue_expect (db, &upload_statements[BEGIN], &args, 1, ERROR_BUG, err);
}

int upload_store_lock (struct db *db, const char *upload_id, struct upload_state *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, upload_id);
    if (db_run (db, &upload_statements[LOCK], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such upload");
    *ret = (struct upload_state) { db_get_number (rows, 0, "size"), db_get_flag (rows, 0, "finished") };
    return 0;
}

int upload_store_part (struct db *db, const char *upload_id, int64_t offset, struct bytes bytes, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, upload_id);
    db_number (&args, offset);
    db_bytes (&args, bytes);
    return db_queue_expect (db, &upload_statements[PART], &args, 1, ERROR_BUG, err);
}

int upload_store_whole (struct db *db, struct arena *arena, const char *upload_id, bool *ret_whole, const char **ret_sha256,
                        struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, upload_id);
    if (db_run (db, &upload_statements[WHOLE], &args, &rows, err) < 0)
        return -1;
    *ret_whole = db_get_flag (rows, 0, "whole");
    *ret_sha256 = db_copy_text (rows, 0, "digest", arena);
    return 0;
}

int upload_store_finish (struct db *db, const char *upload_id, const char *sha256, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, upload_id);
    db_text (&args, sha256);
    db_time (&args, now);
    return db_queue_expect (db, &upload_statements[FINISH], &args, 1, ERROR_BUG, err);
}
