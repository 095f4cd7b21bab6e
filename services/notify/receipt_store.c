/* receipt_store.c - receipts of providers onto messages; see delivery_store.h and receipt_rules.h. */
#include "delivery_store.h"
#include "receipt_rules.h"

enum { FIND, RAISE, RECALL, NOTE, LINE, FORWARD };

const struct db_statement receipt_statements[] = {
    [FIND] = { "receipt_find",
        "select t.municipality, t.delivery_id, t.attempt, t.receipt_sequence, d.state, d.attempts, d.recalls, d.alert_id, d.person_id,"
        "       d.office_id, d.kind, d.asks, (not d.asks or coalesce (a.state = 1, false)) as wanted"
        "  from delivery_attempt t"
        "  join delivery d on d.municipality = t.municipality and d.delivery_id = t.delivery_id"
        "  left join alert a on a.alert_id = d.alert_id"
        " where (t.adapter = $1 and t.provider_id = $2) or ($3::uuid is not null and t.delivery_id = $3::uuid and t.adapter = $1)"
        " order by t.attempt desc limit 1 for update of t, d" },
    [RAISE] = { "receipt_raise",
        "update delivery set state = $3::smallint, done_at = case when $3::smallint = 7 then done_at else coalesce (done_at, guard.now ()) end,"
        "       claimed_until = null, sent_at = coalesce (sent_at, guard.now ()), last_error = $4,"
        "       delivered_at = case when $3::smallint in (3, 8) then coalesce (delivered_at, guard.now ()) else delivered_at end,"
        "       read_at = case when $3::smallint = 8 then coalesce (read_at, guard.now ()) else read_at end"
        " where municipality = $1 and delivery_id = $2::uuid" },
    [RECALL] = { "receipt_recall",
        "update delivery set state = 1, recalls = recalls + 1, next_at = guard.now () + $3::bigint * interval '1 second', done_at = null,"
        "       last_error = $4 where municipality = $1 and delivery_id = $2::uuid" },
    [NOTE] = { "receipt_note",
        "update delivery_attempt set receipt = $4::smallint, receipt_sequence = coalesce ($5::bigint, receipt_sequence),"
        "       receipt_at = guard.now () where municipality = $1 and delivery_id = $2::uuid and attempt = $3::integer" },
    [LINE] = { "receipt_line",
        "insert into alert_line (municipality, alert_id, at, kind, person_id, name, text)"
        " select $1, $2::uuid, guard.now (), $3::smallint, $4::uuid,"
        "        coalesce ((select m.name from membership m where m.person_id = $4::uuid order by m.version desc limit 1),"
        "                  (select o.name from office o where o.office_id = $5::uuid)), $6"
        "  where exists (select from alert a where a.municipality = $1 and a.alert_id = $2::uuid)" },
    [FORWARD] = { "receipt_forward",
        "update delivery set next_at = guard.now () where alert_id = $1::uuid and person_id = $2::uuid and asks and state = 1"
        "   and attempts = 0 and next_at > guard.now ()" },
    { NULL, NULL },
};

struct found {
    const char *municipality, *delivery_id, *alert_id, *person_id, *office_id;
    int64_t attempt;
    enum contact_kind kind;
    struct receipt_facts facts;
};

static int find (struct db *db, struct arena *arena, const struct receipt *receipt, struct found *ret, bool *ret_known, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, receipt->adapter);
    db_text (&args, receipt->provider_id);
    db_text (&args, receipt->message_id);
    if (db_run (db, &receipt_statements[FIND], &args, &rows, err) < 0)
        return -1;
    *ret_known = db_count (rows) > 0;
    if (!*ret_known)
        return 0;
    *ret = (struct found) { .municipality = db_copy_text (rows, 0, "municipality", arena),
        .delivery_id = db_copy_text (rows, 0, "delivery_id", arena), .alert_id = db_copy_text (rows, 0, "alert_id", arena),
        .person_id = db_copy_text (rows, 0, "person_id", arena), .office_id = db_copy_text (rows, 0, "office_id", arena),
        .attempt = db_get_number (rows, 0, "attempt"), .kind = (enum contact_kind) db_get_number (rows, 0, "kind"),
        .facts = { .state = (enum delivery_state) db_get_number (rows, 0, "state"),
            .latest = db_get_number (rows, 0, "attempt") == db_get_number (rows, 0, "attempts"),
            .has_last = !db_is_null (rows, 0, "receipt_sequence"), .has_sequence = receipt->has_sequence,
            .last_sequence = db_get_number (rows, 0, "receipt_sequence"), .sequence = receipt->sequence,
            .recalls = db_get_number (rows, 0, "recalls"), .wanted = db_get_flag (rows, 0, "wanted") } };
    return 0;
}

static int note (struct db *db, const struct found *found, const struct receipt *receipt, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, found->municipality);
    db_text (&args, found->delivery_id);
    db_number (&args, found->attempt);
    db_number (&args, receipt->kind);
    db_optional (&args, receipt->has_sequence, receipt->sequence);
    return db_queue (db, &receipt_statements[NOTE], &args, err);
}

static int add_line (struct db *db, const struct found *found, enum timeline_kind kind, const char *words, struct error *err)
{
    static const char *const channels[] = { "", "アプリ内", "電子メール", "通知", "電話", "SMS", "FAX", "プッシュ通知" };
    struct db_args args = { 0 };
    char text[200];

    if (!found->alert_id)
        return 0;
    snprintf (text, sizeof text, "%s%s%s", channels[found->kind], words ? "：" : "", words ? words : "");
    db_text (&args, found->municipality);
    db_text (&args, found->alert_id);
    db_number (&args, kind);
    db_text (&args, found->person_id);
    db_text (&args, found->office_id);
    db_text (&args, text);
    return db_queue (db, &receipt_statements[LINE], &args, err);
}

static int set_state (struct db *db, const struct found *found, enum delivery_state state, const char *words, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, found->municipality);
    db_text (&args, found->delivery_id);
    db_number (&args, state);
    db_text (&args, words);
    return db_queue (db, &receipt_statements[RAISE], &args, err);
}

static int recall (struct db *db, const struct found *found, const char *words, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, found->municipality);
    db_text (&args, found->delivery_id);
    db_number (&args, RECALL_SECONDS);
    db_text (&args, words);
    if (db_queue (db, &receipt_statements[RECALL], &args, err) < 0)
        return -1;
    return add_line (db, found, TIMELINE_KIND_NO_ANSWER, "応答がないため、かけ直します", err);
}

/* Nobody took it, or it failed: the person's other channels need not wait any longer. */
static int bring_forward (struct db *db, const struct found *found, struct error *err)
{
    struct db_args args = { 0 };

    if (!found->alert_id || !found->person_id)
        return 0;
    db_text (&args, found->alert_id);
    db_text (&args, found->person_id);
    return db_queue (db, &receipt_statements[FORWARD], &args, err);
}

static int follow (struct db *db, const struct found *found, const struct receipt *receipt, struct error *err)
{
    const struct receipt_move move = receipt_move (&found->facts, (enum receipt_kind) receipt->kind);
    const char *words = receipt->kind == RECEIPT_NO_ANSWER ? "応答がありませんでした" : receipt->words ? receipt->words : "届きませんでした";

    switch (move.follow) {
    case RECEIPT_RAISE:
        if (set_state (db, found, move.next, NULL, err) < 0)
            return -1;
        return move.next == DELIVERY_STATE_DELIVERED && found->facts.state != DELIVERY_STATE_READ
            ? add_line (db, found, TIMELINE_KIND_DELIVERED, NULL, err) : 0;
    case RECEIPT_RECALL:
        return recall (db, found, words, err) < 0 ? -1 : bring_forward (db, found, err);
    case RECEIPT_GIVE_UP:
        if (set_state (db, found, move.next, words, err) < 0
            || add_line (db, found, TIMELINE_KIND_NOT_DELIVERED, words, err) < 0)
            return -1;
        return bring_forward (db, found, err);
    case RECEIPT_NOTHING:
        break;
    }
    return 0;
}

int delivery_receipt (struct db *db, struct arena *arena, const struct receipt *receipt, bool *ret_known, struct error *err)
{
    struct found found;

    if (find (db, arena, receipt, &found, ret_known, err) < 0)
        return -1;
    if (!*ret_known)
        return 0;
    if (follow (db, &found, receipt, err) < 0)
        return -1;
    if (found.facts.has_sequence && found.facts.has_last && receipt->sequence <= found.facts.last_sequence)
        return 0;
    return note (db, &found, receipt, err);
}
