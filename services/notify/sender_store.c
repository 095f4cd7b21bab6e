/* sender_store.c - claiming messages to the outside and writing what became of them; see delivery_store.h. */
#include "delivery_store.h"

enum { MAY_LEAVE, RECLAIM, CLAIM, RESULT, ATTEMPT, LINE, BRING_FORWARD, FOLLOWERS, TROUBLE, NEXT_CHANNEL, FORGET_BROWSER };

const struct db_statement sender_statements[] = {
    [MAY_LEAVE] = { "sender_may_leave", "select outbound_may_leave () as yes" },
    [RECLAIM] = { "sender_reclaim",
        "update delivery set state = 1, claimed_until = null, possible_duplicate = true where state = 2 and claimed_until < guard.real_now ()" },
    /* Emergencies that ask first, oldest first.  What informs one recipient about one subject keeps its order: a younger one waits. */
    [CLAIM] = { "sender_claim",
        "with due as ("
        "  select d.* from unnest ($1::bigint[], $2::bigint[]) as w (kind, most)"
        "   cross join lateral ("
        "    select q.municipality, q.delivery_id, q.recorded_at, q.lane, q.next_at from delivery q"
        "     where q.kind = w.kind::smallint and q.state = 1 and q.lane between $3::smallint and $4::smallint and q.next_at <= guard.now ()"
        "       and (q.lane <= 1 or not exists ("
        "        select from delivery o where o.state in (1, 2) and o.subject_id = q.subject_id"
        "           and coalesce (o.contact_point_id, o.subscription_id) = coalesce (q.contact_point_id, q.subscription_id)"
        "           and (o.created_at, o.delivery_id) < (q.created_at, q.delivery_id) and o.lane > 1))"
        "     order by q.lane, q.next_at limit w.most for update skip locked) d"
        "   order by d.lane, d.next_at limit $5::bigint),"
        " taken as ("
        "  update delivery d set state = 2, attempts = attempts + 1, claimed_until = guard.real_now () + $6::bigint * interval '1 second'"
        "    from due where d.municipality = due.municipality and d.delivery_id = due.delivery_id and d.recorded_at = due.recorded_at"
        "  returning d.*)"
        " select t.municipality, t.delivery_id, t.alert_id, t.person_id, t.office_id, t.contact_point_id, t.asks, t.kind, t.subject, t.text,"
        "        t.code, t.page_code, r.reply_id, t.attempts, t.lane, t.possible_duplicate, coalesce (t.address, c.address, s.url, b.endpoint) as address,"
        "        coalesce (s.secret, b.p256dh || ' ' || b.auth) as secret,"
        "        extract (epoch from guard.now () - t.created_at)::bigint as age_seconds, coalesce (a.state = 1 or (a.state = 2 and t.asks and exists ("
        "         select from alert_try x where x.municipality = t.municipality and x.alert_id = t.alert_id and x.state in (2, 3)"
        "            and (x.person_id = t.person_id or (x.person_id is null and x.office_id = t.office_id)"
        "                 or (x.person_id is null and exists (select from membership m"
        "                                                      where m.person_id = t.person_id and m.office_id = x.office_id))))), false) as alert_open"
        "   from taken t"
        "   left join contact_point c on c.contact_point_id = t.contact_point_id and c.address <> ''"
        "   left join subscription s on s.subscription_id = t.subscription_id and s.enabled"
        "   left join push_subscription b on b.subscription_id = t.subscription_id and t.kind = 7 and b.removed_at is null"
        "   left join alert a on a.alert_id = t.alert_id"
        "   left join reply_code r on r.code = t.code and t.asks"
        "  order by t.lane, t.next_at" },
    [RESULT] = { "sender_result",
        "update delivery set state = $4::smallint, next_at = guard.now () + $5::bigint * interval '1 second', claimed_until = null,"
        "       done_at = case when $4::smallint in (1, 7) then null else guard.now () end, last_error = $6,"
        "       adapter = coalesce ($7, adapter),"
        "       sent_at = case when $4::smallint in (3, 7) then coalesce (sent_at, guard.now ()) else sent_at end,"
        "       delivered_at = case when $4::smallint = 3 then guard.now () else delivered_at end"
        " where municipality = $1 and delivery_id = $2::uuid and attempts = $3::integer and state = 2 returning delivery_id" },
    [ATTEMPT] = { "sender_attempt",
        "insert into delivery_attempt (municipality, delivery_id, attempt, adapter, handed_at, outcome, words, provider_id)"
        " values ($1, $2::uuid, $3::integer, $4, guard.now (), $5::smallint, $6, $7)"
        " on conflict (municipality, delivery_id, attempt) do nothing" },
    [LINE] = { "sender_line",
        "insert into alert_line (municipality, alert_id, at, kind, person_id, name, text)"
        " select $1, $2::uuid, guard.now (), $3::smallint, $4::uuid,"
        "        coalesce ((select m.name from membership m where m.person_id = $4::uuid order by m.version desc limit 1),"
        "                  (select o.name from office o where o.office_id = $5::uuid)), $6"
        "  where exists (select from alert a where a.municipality = $1 and a.alert_id = $2::uuid)" },
    /* What this person would be sent later by another channel goes now. */
    [BRING_FORWARD] = { "sender_bring_forward",
        "update delivery set next_at = guard.now () where alert_id = $1::uuid and person_id = $2::uuid and asks = $3::boolean and state = 1"
        "   and attempts = 0 and next_at > guard.now () and lane <= 3" },
    /* The way is open again: what waited behind this message goes now, not at the end of its own pause. */
    [FOLLOWERS] = { "sender_followers",
        "update delivery f set next_at = guard.now () from delivery d"
        " where d.municipality = $1 and d.delivery_id = $2::uuid and d.lane > 1 and f.state = 1 and f.attempts > 0"
        "   and f.next_at > guard.now ()"
        "   and coalesce (f.contact_point_id, f.subscription_id) = coalesce (d.contact_point_id, d.subscription_id)" },
    [TROUBLE] = { "sender_trouble",
        "insert into contact_trouble as t (contact_point_id, person_id, kind, reason, failed_at)"
        " values ($1::uuid, $2::uuid, $3::smallint, $4, guard.now ())"
        " on conflict (contact_point_id) do update set reason = excluded.reason" },
    /* Information that could not be brought goes by the person's next channel, the one not tried yet. */
    [NEXT_CHANNEL] = { "sender_next_channel",
        "insert into delivery (municipality, delivery_id, alert_id, asks, kind, person_id, contact_point_id, subject, text, state, next_at,"
        "       created_at, lane, subject_id, step)"
        " select d.municipality, gen_random_uuid (), d.alert_id, d.asks, c.kind, d.person_id, c.contact_point_id, d.subject, d.text, 1,"
        "        guard.now (), d.created_at, d.lane, d.subject_id, d.step"
        "   from delivery d join contact_point c on c.person_id = d.person_id"
        "   left join preference p on p.person_id = d.person_id"
        "  where d.municipality = $1 and d.delivery_id = $2::uuid and not d.asks and d.alert_id is not null and c.reachable"
        "    and not coalesce (c.kind::integer = any (p.disabled), false)"
        "    and (c.kind = 2 or (c.kind in (4, 5) and $3::boolean))"
        "    and not exists (select from delivery o where o.alert_id = d.alert_id and o.contact_point_id = c.contact_point_id"
        "                       and o.created_at = d.created_at)"
        "    and not exists (select from contact_trouble t where t.contact_point_id = c.contact_point_id)"
        "  order by coalesce (array_position (p.kinds, c.kind::integer), 100 + array_position (array[2, 5, 4], c.kind::integer)) limit 1" },
    [FORGET_BROWSER] = { "sender_forget_browser",
        "update push_subscription b set removed_at = guard.now () from delivery d"
        " where d.municipality = $1 and d.delivery_id = $2::uuid and d.kind = 7 and b.subscription_id = d.subscription_id" },
    { NULL, NULL },
};

int delivery_may_leave (struct db *db, bool *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &sender_statements[MAY_LEAVE], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_flag (rows, 0, "yes");
    return 0;
}

static struct claimed claim_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct claimed) {
        .municipality = db_copy_text (rows, i, "municipality", arena),
        .delivery_id = db_copy_text (rows, i, "delivery_id", arena),
        .alert_id = db_copy_text (rows, i, "alert_id", arena),
        .person_id = db_copy_text (rows, i, "person_id", arena),
        .office_id = db_copy_text (rows, i, "office_id", arena),
        .contact_point_id = db_copy_text (rows, i, "contact_point_id", arena),
        .asks = db_get_flag (rows, i, "asks"),
        .kind = (enum contact_kind) db_get_number (rows, i, "kind"),
        .address = db_copy_text (rows, i, "address", arena),
        .secret = db_copy_text (rows, i, "secret", arena),
        .subject = db_copy_text (rows, i, "subject", arena),
        .text = db_copy_text (rows, i, "text", arena),
        .code = db_copy_text (rows, i, "code", arena),
        .page_code = db_copy_text (rows, i, "page_code", arena),
        .reply_id = db_copy_text (rows, i, "reply_id", arena),
        .attempts = db_get_number (rows, i, "attempts"),
        .age_seconds = db_get_number (rows, i, "age_seconds"),
        .alert_open = db_get_flag (rows, i, "alert_open"),
        .possible_duplicate = db_get_flag (rows, i, "possible_duplicate"),
        .lane = (enum lane) db_get_number (rows, i, "lane"),
    };
}

static void add_wish (struct db_args *args, struct arena *arena, const struct wish *wish)
{
    int64_t *kinds = arena_alloc (arena, KINDS * sizeof *kinds), *most = arena_alloc (arena, KINDS * sizeof *most);
    size_t count = 0;

    for (int kind = 1; kind < KINDS; kind++)
        if (wish->most_of[kind] > 0) {
            kinds[count] = kind;
            most[count++] = wish->most_of[kind];
        }
    db_number_list (args, arena, (struct i64_list) { kinds, count });
    db_number_list (args, arena, (struct i64_list) { most, count });
    db_number (args, wish->first);
    db_number (args, wish->last);
    db_number (args, wish->most);
    db_number (args, CLAIM_SECONDS);
}

int delivery_claim (struct db *db, struct arena *arena, const struct wish *wish, struct claims *ret, struct error *err)
{
    struct db_args none = { 0 }, args = { 0 };
    DB_ROWS (rows);

    add_wish (&args, arena, wish);
    if (db_queue (db, &sender_statements[RECLAIM], &none, err) < 0
        || db_run (db, &sender_statements[CLAIM], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = claim_of (rows, (int) i, arena);
    return 0;
}

/* ---- results -------------------------------------------------------------------------------------------------------------------------- */

static int add_line (struct db *db, const struct claimed *claim, const struct result *result, struct error *err)
{
    static const char *const channels[] = { "", "アプリ内", "電子メール", "指令システム等への通知", "電話", "SMS", "FAX", "プッシュ通知" };
    static const enum timeline_kind kinds[] = { 0, TIMELINE_KIND_DELIVERED, 0, TIMELINE_KIND_NOT_DELIVERED, 0, TIMELINE_KIND_NOTE };
    const char *words = result->sent == SENT_ACCEPTED ? "送信しました（到達は未確認）" : result->sent == SENT_PERMANENT ? result->words : NULL;
    struct db_args args = { 0 };
    char text[300];

    snprintf (text, sizeof text, "%s%s%s%s", channels[claim->kind], words ? "：" : "", words ? words : "",
              claim->possible_duplicate ? "（二重に届いた可能性あり）" : "");
    db_text (&args, claim->municipality);
    db_text (&args, claim->alert_id);
    db_number (&args, kinds[result->sent]);
    db_text (&args, claim->person_id);
    db_text (&args, claim->office_id);
    db_text (&args, text);
    return db_queue (db, &sender_statements[LINE], &args, err);
}

static int add_attempt (struct db *db, const struct claimed *claim, const struct result *result, struct error *err)
{
    struct db_args args = { 0 };

    if (!result->adapter)
        return 0;
    db_text (&args, claim->municipality);
    db_text (&args, claim->delivery_id);
    db_number (&args, claim->attempts);
    db_text (&args, result->adapter);
    db_number (&args, result->sent);
    db_text (&args, result->words);
    db_text (&args, result->provider_id);
    return db_queue (db, &sender_statements[ATTEMPT], &args, err);
}

static int bring_forward (struct db *db, const struct claimed *claim, struct error *err)
{
    struct db_args args = { 0 };

    if (!claim->alert_id || !claim->person_id)
        return 0;
    db_text (&args, claim->alert_id);
    db_text (&args, claim->person_id);
    db_flag (&args, claim->asks);
    return db_queue (db, &sender_statements[BRING_FORWARD], &args, err);
}

/* It will never work: the contact is marked, and information takes the next way. */
static int mark_contact (struct db *db, const struct claimed *claim, const struct result *result, struct error *err)
{
    struct db_args trouble = { 0 }, next = { 0 };

    if (!claim->contact_point_id || !claim->person_id || !claim->address)
        return 0;
    db_text (&trouble, claim->contact_point_id);
    db_text (&trouble, claim->person_id);
    db_number (&trouble, claim->kind);
    db_text (&trouble, result->words ? result->words : "");
    db_text (&next, claim->municipality);
    db_text (&next, claim->delivery_id);
    db_flag (&next, true);
    if (db_queue (db, &sender_statements[TROUBLE], &trouble, err) < 0)
        return -1;
    return db_queue (db, &sender_statements[NEXT_CHANNEL], &next, err);
}

/* Whoever runs a push service says that a browser has gone: nothing is sent there any more, nobody need be told. */
static int forget_browser (struct db *db, const struct claimed *claim, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, claim->municipality);
    db_text (&args, claim->delivery_id);
    return db_queue (db, &sender_statements[FORGET_BROWSER], &args, err);
}

static int let_followers_go (struct db *db, const struct claimed *claim, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, claim->municipality);
    db_text (&args, claim->delivery_id);
    return db_queue (db, &sender_statements[FOLLOWERS], &args, err);
}

static enum delivery_state state_of (const struct result *result)
{
    switch (result->sent) {
    case SENT_DELIVERED:
        return DELIVERY_STATE_DELIVERED;
    case SENT_ACCEPTED:
        return DELIVERY_STATE_SENT;
    case SENT_TEMPORARY:
        return DELIVERY_STATE_PENDING;
    case SENT_PERMANENT:
        return result->gave_up ? DELIVERY_STATE_GAVE_UP : DELIVERY_STATE_FAILED;
    case SENT_CANCELLED:
        break;
    }
    return DELIVERY_STATE_CANCELLED;
}

static int follow (struct db *db, const struct claimed *claim, const struct result *result, struct error *err)
{
    const bool taken = result->sent == SENT_DELIVERED || result->sent == SENT_ACCEPTED;

    if (add_attempt (db, claim, result, err) < 0
        || (claim->alert_id && (taken || result->sent == SENT_PERMANENT) && add_line (db, claim, result, err) < 0)
        || ((result->next_channel || result->sent == SENT_PERMANENT) && bring_forward (db, claim, err) < 0)
        || (result->sent == SENT_PERMANENT && result->adapter && !result->gave_up && mark_contact (db, claim, result, err) < 0)
        || (result->sent == SENT_PERMANENT && claim->kind == CONTACT_KIND_PUSH && forget_browser (db, claim, err) < 0)
        || (taken && claim->attempts > 1 && !claim->asks && let_followers_go (db, claim, err) < 0))
        return -1;
    return 0;
}

int delivery_result (struct db *db, const struct claimed *claim, const struct result *result, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, claim->municipality);
    db_text (&args, claim->delivery_id);
    db_number (&args, claim->attempts);
    db_number (&args, state_of (result));
    db_number (&args, result->sent == SENT_TEMPORARY ? result->retry_seconds : 0);
    db_text (&args, result->words);
    db_text (&args, result->adapter);
    if (db_run (db, &sender_statements[RESULT], &args, &rows, err) < 0)
        return -1;
    return db_count (rows) ? follow (db, claim, result, err) : 0;
}
