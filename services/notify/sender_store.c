/* sender_store.c - claiming messages to the outside and writing what became of them; see delivery_store.h. */
#include "delivery_store.h"

enum { MAY_LEAVE, CLAIM, RESULT, LINE };

enum { CLAIM_SECONDS = 30 };          /* longer than any sending: see WHOLE_MS and QUIT_SECONDS of sender_network.c */

const struct db_statement sender_statements[] = {
    [MAY_LEAVE] = { "sender_may_leave", "select outbound_may_leave () as yes" },
    /* Claims of a sender that died are free again after half a minute of the real clock; emergencies that ask go first, oldest first. */
    [CLAIM] = { "sender_claim",
        "with due as ("
        "  select municipality, delivery_id, recorded_at from delivery"
        "   where next_at <= guard.now () and (state = 1 or (state = 2 and claimed_until < guard.real_now ()))"
        "   order by asks desc, next_at limit $1::bigint for update skip locked),"
        " taken as ("
        "  update delivery d set state = 2, attempts = attempts + 1, claimed_until = guard.real_now () + $2::bigint * interval '1 second'"
        "    from due where d.municipality = due.municipality and d.delivery_id = due.delivery_id and d.recorded_at = due.recorded_at"
        "  returning d.*)"
        " select t.municipality, t.delivery_id, t.alert_id, t.person_id, t.office_id, t.asks, t.kind, t.subject, t.text, t.attempts,"
        "        coalesce (t.address, c.address, s.url) as address, s.secret, coalesce (a.state = 1, false) as alert_open"
        "   from taken t"
        "   left join contact_point c on c.contact_point_id = t.contact_point_id and c.reachable"
        "   left join subscription s on s.subscription_id = t.subscription_id and s.enabled"
        "   left join alert a on a.alert_id = t.alert_id"
        "  order by t.asks desc, t.next_at" },
    [RESULT] = { "sender_result",
        "update delivery set state = $3::smallint, next_at = guard.now () + $4::bigint * interval '1 second', claimed_until = null,"
        "       done_at = case when $3::smallint = 1 then null else guard.now () end, last_error = $5"
        " where delivery_id = $1::uuid and attempts = $2::integer and state = 2 returning delivery_id" },
    [LINE] = { "sender_line",
        "insert into alert_line (municipality, alert_id, at, kind, person_id, name, text)"
        " select $1, $2::uuid, guard.now (), $3::smallint, $4::uuid,"
        "        coalesce ((select m.name from membership m where m.person_id = $4::uuid order by m.version desc limit 1),"
        "                  (select o.name from office o where o.office_id = $5::uuid)), $6"
        "  where exists (select from alert a where a.municipality = $1 and a.alert_id = $2::uuid)" },
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
        .asks = db_get_flag (rows, i, "asks"),
        .kind = (enum contact_kind) db_get_number (rows, i, "kind"),
        .address = db_copy_text (rows, i, "address", arena),
        .secret = db_copy_text (rows, i, "secret", arena),
        .subject = db_copy_text (rows, i, "subject", arena),
        .text = db_copy_text (rows, i, "text", arena),
        .attempts = db_get_number (rows, i, "attempts"),
        .alert_open = db_get_flag (rows, i, "alert_open"),
    };
}

int delivery_claim (struct db *db, struct arena *arena, int64_t most, struct claims *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, most);
    db_number (&args, CLAIM_SECONDS);
    if (db_run (db, &sender_statements[CLAIM], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = claim_of (rows, (int) i, arena);
    return 0;
}

static int add_line (struct db *db, const struct claimed *claim, enum sent sent, const char *error, struct error *err)
{
    static const char *const words[] = { "", "アプリ内", "電子メール", "指令システム等への通知", "電話", "SMS" };
    struct db_args args = { 0 };
    char text[300];

    snprintf (text, sizeof text, "%s%s%s", words[claim->kind], error ? "：" : "", error ? error : "");
    db_text (&args, claim->municipality);
    db_text (&args, claim->alert_id);
    db_number (&args, sent == SENT_DELIVERED ? TIMELINE_KIND_DELIVERED : TIMELINE_KIND_NOT_DELIVERED);
    db_text (&args, claim->person_id);
    db_text (&args, claim->office_id);
    db_text (&args, text);
    return db_queue (db, &sender_statements[LINE], &args, err);
}

int delivery_result (struct db *db, const struct claimed *claim, enum sent sent, int64_t retry_seconds, const char *error,
                     struct error *err)
{
    static const int states[] = { 0, DELIVERY_STATE_DELIVERED, DELIVERY_STATE_PENDING, DELIVERY_STATE_FAILED, DELIVERY_STATE_CANCELLED };
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, claim->delivery_id);
    db_number (&args, claim->attempts);
    db_number (&args, states[sent]);
    db_number (&args, retry_seconds);
    db_text (&args, error);
    if (db_run (db, &sender_statements[RESULT], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0 || !claim->alert_id || (sent != SENT_DELIVERED && sent != SENT_PERMANENT))
        return 0;
    return add_line (db, claim, sent, error, err);
}
