/* reply_store.c - see reply_store.h. */
#include "reply_store.h"

enum { SUPERSEDE, ADD, EXPIRE, TAKE, READ, DONE, REACHED, CONFIRM, PAGE, LAST_PUT, LAST_FIND, LAST_STALE, RECORD_WAITS };

enum { CLAIM_SECONDS = 30, PARTNER_MOST = 4, PAGE_MOST = 50, STALE_SECONDS = 300 };

const struct db_statement reply_statements[] = {
    [SUPERSEDE] = { "reply_supersede",
                    "update reply set state = 3, done_at = guard.to_time ($2::bigint)"
                    " where incident_id = $1::uuid and state = 1 and (claimed_until is null or claimed_until < guard.real_now ())" },
    [ADD] = { "reply_add",
              "insert into reply (reply_id, partner_id, incident_id, media_type, body, has_record, made_at, expires_at, next_at)"
              " values ($1, $2::uuid, $3::uuid, $4, $5::bytea, $8::boolean, guard.to_time ($6::bigint), guard.to_time ($7::bigint),"
              "   guard.to_time ($6::bigint))" },
    [EXPIRE] = { "reply_expire", "update reply set state = 4, done_at = guard.now () where state = 1 and expires_at <= guard.now ()" },
    /* A partner may have so many on their way, and an incident one, so that an older state never arrives after a newer one. */
    [TAKE] = { "reply_take",
               "with due as ("
               "  select d.number from partner p cross join lateral ("
               "    select r.number from reply r"
               "     where r.partner_id = p.partner_id and r.state = 1 and r.next_at <= guard.now ()"
               "       and (r.claimed_until is null or r.claimed_until < guard.real_now ())"
               "       and not exists (select from reply o where o.incident_id = r.incident_id and o.state = 1 and o.number <> r.number"
               "                          and o.claimed_until >= guard.real_now ())"
               "     order by r.number desc"
               "     limit greatest (0, $2::bigint - (select count(*) from reply c where c.partner_id = p.partner_id and c.state = 1"
               "                                         and c.claimed_until >= guard.real_now ()))"
               "     for update skip locked) d"
               "   where p.enabled and p.webhook_url is not null"
               "   limit $3::bigint)"
               " update reply r set attempts = r.attempts + 1, claimed_until = guard.real_now () + $1::bigint * interval '1 second'"
               "  from due where r.number = due.number returning r.number" },
    [READ] = { "reply_read", "select r.number, r.reply_id, r.media_type, r.body, r.attempts, p.webhook_url, p.webhook_secret"
                             "  from reply r join partner p on p.partner_id = r.partner_id where r.number = $1::bigint and r.state = 1" },
    /* What came back is not sent again when a newer state was written meanwhile. */
    [DONE] = { "reply_done",
               "update reply r set state = case when $2::boolean then 2 when exists (select from reply n where n.incident_id = r.incident_id"
               "                                                                       and n.number > r.number) then 3 else 1 end,"
               "       claimed_until = null, last_error = $4, done_at = case when $2::boolean then guard.now () end,"
               "       next_at = guard.now () + $3::bigint * interval '1 second'"
               " where number = $1::bigint and state = 1" },
    [REACHED] = { "reply_reached", "update partner p set last_reached_at = guard.now () from reply r where r.number = $1::bigint and "
                                   "p.partner_id = r.partner_id" },
    [CONFIRM] = { "reply_confirm", "update reply set state = 2, done_at = guard.to_time ($3::bigint)"
                                   " where partner_id = $1::uuid and state = 1 and number between $4::bigint and $2::bigint" },
    [PAGE] = { "reply_page", "select r.number, r.reply_id, i.number as incident, r.media_type, convert_from (r.body, 'UTF8') as body,"
                             "       guard.to_us (r.made_at) as made, guard.to_us (r.expires_at) as expires"
                             "  from reply r left join incident i on i.incident_id = r.incident_id"
                             " where r.partner_id = $1::uuid and r.state = 1 and r.expires_at > guard.to_time ($2::bigint)"
                             " order by r.number desc limit $3::bigint" },
    [LAST_PUT] = { "last_known_put",
                   "insert into last_known (located_in, name, phone, at) values ($1, $2, $3, guard.to_time ($4::bigint))"
                   " on conflict (located_in) do update set name = excluded.name, phone = excluded.phone, at = excluded.at" },
    [LAST_FIND] = { "last_known_find", "select name, phone, guard.to_us (at) as at from last_known where located_in = $1" },
    [LAST_STALE] = { "last_known_stale",
                     "select m as town from partner p, unnest (p.municipalities) m left join last_known l on l.located_in = m"
                     " where p.enabled and (l.at is null or l.at < guard.to_time ($1::bigint) - $2::bigint * interval '1 second')"
                     " order by l.at nulls first, m limit 1" },
    [RECORD_WAITS] = { "reply_record_waits",
                       "select exists (select from reply where incident_id = $1::uuid and state = 1 and has_record) as yes" },
    { NULL, NULL },
};

int reply_add (struct db *db, const struct new_reply *reply, int64_t now, struct error *err)
{
    struct db_args before = { 0 }, args = { 0 };

    db_text (&before, reply->incident_id);
    db_number (&before, now);
    db_text (&args, reply->reply_id);
    db_text (&args, reply->partner_id);
    db_text (&args, reply->incident_id);
    db_text (&args, reply->media_type);
    db_bytes (&args, reply->body);
    db_number (&args, now);
    db_number (&args, reply->expires);
    db_flag (&args, reply->has_record);
    if (db_queue (db, &reply_statements[SUPERSEDE], &before, err) < 0)
        return -1;
    return db_queue (db, &reply_statements[ADD], &args, err);
}

int reply_record_waits (struct db *db, const char *incident_id, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, incident_id);
    if (db_run (db, &reply_statements[RECORD_WAITS], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

int reply_take (struct db *db, struct claimed_replies *ret, struct error *err)
{
    struct db_args none = { 0 }, args = { 0 };
    DB_ROWS (rows);

    ret->count = 0;
    db_number (&args, CLAIM_SECONDS);
    db_number (&args, PARTNER_MOST);
    db_number (&args, REPLY_CLAIMS);
    if (db_queue (db, &reply_statements[EXPIRE], &none, err) < 0 || db_run (db, &reply_statements[TAKE], &args, &rows, err) < 0)
        return -1;
    for (; ret->count < db_count (rows); ret->count++)
        ret->numbers[ret->count] = db_get_number (rows, ret->count, "number");
    return 0;
}

int reply_read (struct db *db, struct arena *arena, int64_t number, struct reply_claim *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct reply_claim) { 0 };
    db_number (&args, number);
    if (db_run (db, &reply_statements[READ], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct reply_claim){ .number = number,
                                     .reply_id = db_copy_text (rows, 0, "reply_id", arena),
                                     .media_type = db_copy_text (rows, 0, "media_type", arena),
                                     .url = db_copy_text (rows, 0, "webhook_url", arena),
                                     .secret = db_copy_text (rows, 0, "webhook_secret", arena),
                                     .body = db_copy_bytes (rows, 0, "body", arena),
                                     .attempts = db_get_number (rows, 0, "attempts") };
    return 0;
}

int reply_done (struct db *db, int64_t number, bool reached, int64_t again_seconds, const char *error, struct error *err)
{
    struct db_args args = { 0 }, one = { 0 };

    db_number (&args, number);
    db_flag (&args, reached);
    db_number (&args, again_seconds);
    db_text (&args, error);
    db_number (&one, number);
    if (db_queue (db, &reply_statements[DONE], &args, err) < 0)
        return -1;
    return reached ? db_queue (db, &reply_statements[REACHED], &one, err) : 0;
}

int reply_confirm (struct db *db, const char *partner_id, int64_t from, int64_t up_to, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, partner_id);
    db_number (&args, up_to);
    db_number (&args, now);
    db_number (&args, from);
    return db_queue (db, &reply_statements[CONFIRM], &args, err);
}

int reply_page (struct db *db, struct arena *arena, const char *partner_id, int64_t now, struct replies_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct reply_line *lines;
    DB_ROWS (rows);

    db_text (&args, partner_id);
    db_number (&args, now);
    db_number (&args, PAGE_MOST);
    if (db_run (db, &reply_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    answer->replies.count = (size_t) db_count (rows);
    answer->replies.items = lines = arena_alloc (arena, (answer->replies.count + 1) * sizeof *lines);
    for (int i = 0; i < db_count (rows); i++)
        lines[i] = (struct reply_line) {
            .number = db_get_number (rows, i, "number"), .id = db_copy_text (rows, i, "reply_id", arena),
            .incident = db_copy_text (rows, i, "incident", arena), .made_at = db_get_number (rows, i, "made"),
            .expires_at = db_get_number (rows, i, "expires"), .media_type = db_copy_text (rows, i, "media_type", arena),
            .body = db_copy_text (rows, i, "body", arena) };
    return 0;
}

/* ---- last resorts ------------------------------------------------------------------------------------------------------------------- */

int last_known_put (struct db *db, const char *located_in, const char *name, const char *phone, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, located_in);
    db_text (&args, name);
    db_text (&args, phone);
    db_number (&args, now);
    return db_queue (db, &reply_statements[LAST_PUT], &args, err);
}

int last_known_find (struct db *db, struct arena *arena, const char *located_in, struct last_known *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct last_known) { 0 };
    db_text (&args, located_in);
    if (db_run (db, &reply_statements[LAST_FIND], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct last_known){ db_copy_text (rows, 0, "name", arena), db_copy_text (rows, 0, "phone", arena),
                                    db_get_number (rows, 0, "at") };
    return 0;
}

int last_known_stale (struct db *db, struct arena *arena, int64_t now, const char **ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, now);
    db_number (&args, STALE_SECONDS);
    if (db_run (db, &reply_statements[LAST_STALE], &args, &rows, err) < 0)
        return -1;
    *ret = db_count (rows) ? db_copy_text (rows, 0, "town", arena) : NULL;
    return 0;
}
