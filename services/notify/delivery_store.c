/* delivery_store.c - see delivery_store.h. */
#include "delivery_store.h"
#include "push_store.h"

enum { ADD_PEOPLE, ADD_CIRCLE, ADD_CALL, SUBSCRIPTIONS, ADD_WEBHOOK, CANCEL, LIST, LIST_OF_ALERT, PUT_SUBSCRIPTION, DISCARD, RELEASE, ADD_LETTER, ADD_CODE, ADD_TELLING, ADD_FACILITY_LETTER };

enum { LIST_MOST = 200 };

/* kind 2 e-mail, 4 voice, 5 SMS; $4 asks, $5 subject, $6 text for reading, $7 text for speaking, $8 now, $9 voice and SMS too, $10 lane,
 * $11 step, $12 about an E0, $13 who is neither called nor sent a text message.  What asks goes by every channel; what informs by the first one of the person's order. */
#define FROM_CONTACTS(who) \
    "insert into delivery (municipality, delivery_id, alert_id, asks, kind, person_id, contact_point_id, subject, text, state," \
    "       next_at, created_at, lane, subject_id, step, code)" \
    " select $1, gen_random_uuid (), $2::uuid, $4::boolean, c.kind, c.person_id, c.contact_point_id, $5," \
    "        case when c.kind = 2 then $6 else $7 end, c.state, c.next_at, guard.to_time ($8::bigint), $10::smallint," \
    "        (select a.patient_id from alert a where a.alert_id = $2::uuid), $11::integer," \
    "        case when $4::boolean and $2::uuid is not null then reply_code_for ($1, $2::uuid, c.person_id, null) end" \
    "   from (select c.kind, c.person_id, c.contact_point_id, t.state, t.next_at," \
    "                row_number () over (partition by c.person_id order by t.rank, c.contact_point_id) as place" \
    "           from contact_point c" \
    "          cross join lateral delivery_time (c.person_id, c.kind, $4::boolean, $10::smallint, $12::boolean, guard.to_time ($8::bigint)) t" \
    "          where c.reachable and (c.kind = 2 or (c.kind in (4, 5) and $9::boolean and c.person_id <> all ($13::text[]::uuid[]))) and " who ") c" \
    "  where $4::boolean or c.place = 1"

#define LINES(which) \
    "select d.delivery_id, d.alert_id, d.kind, case when d.state = 1 and (select held from outbound) then 6 else d.state end as state," \
    "       d.attempts, guard.to_us (d.created_at) as created_at, guard.to_us (d.done_at) as done_at, d.last_error, d.adapter, d.asks," \
    "       guard.to_us (d.sent_at) as sent_at, guard.to_us (d.delivered_at) as delivered_at, guard.to_us (d.read_at) as read_at," \
    "       d.possible_duplicate, case when d.state = 1 then guard.to_us (d.next_at) end as next_at," \
    "       coalesce ((select m.name from membership m where m.person_id = d.person_id order by m.version desc limit 1)," \
    "                 (select o.name from office o where o.office_id = d.office_id)," \
    "                 (select s.name from subscription s where s.subscription_id = d.subscription_id)) as recipient" \
    "  from delivery d" which " order by d.created_at desc, d.delivery_id limit $2::bigint"

const struct db_statement delivery_statements[] = {
    [ADD_PEOPLE] = { "delivery_add_people", FROM_CONTACTS ("c.person_id = any ($3::text[]::uuid[])") },
    [ADD_CIRCLE] = { "delivery_add_circle",
        FROM_CONTACTS ("c.person_id = any (array (select alert_circle ($2::uuid))) and c.person_id <> all ($3::text[]::uuid[])") },
    [ADD_CALL] = { "delivery_add_call",
        "insert into delivery (municipality, delivery_id, alert_id, asks, kind, office_id, address, subject, text, state, next_at,"
        "       created_at, lane, step, code)"
        " values ($1, gen_random_uuid (), $2::uuid, true, 4, $3::uuid, $4, $5, $6, 1, guard.to_time ($7::bigint),"
        "       guard.to_time ($7::bigint), $8::smallint, $9::integer,"
        "       case when $3::uuid is not null then reply_code_for ($1, $2::uuid, null, $3::uuid) end)" },
    [SUBSCRIPTIONS] = { "delivery_subscriptions",
        "select subscription_id from subscription where located_in = $1 and enabled order by subscription_id" },
    [ADD_WEBHOOK] = { "delivery_add_webhook",
        "insert into delivery (municipality, delivery_id, alert_id, asks, kind, subscription_id, text, state, next_at, created_at,"
        "       subject_id)"
        " values ($1, $2::uuid, $3::uuid, false, 3, $4::uuid, $5, 1, guard.to_time ($6::bigint), guard.to_time ($6::bigint),"
        "        (select a.patient_id from alert a where a.alert_id = $3::uuid))" },
    [CANCEL] = { "delivery_cancel",
        "update delivery set state = 5, done_at = guard.now () where alert_id = $1::uuid and asks and state = 1" },
    [LIST] = { "delivery_list", LINES (" where $1::uuid is null") },
    [LIST_OF_ALERT] = { "delivery_list_of_alert", LINES (" where d.alert_id = $1::uuid") },
    [PUT_SUBSCRIPTION] = { "delivery_put_subscription",
        "insert into subscription (subscription_id, located_in, name, url, secret, enabled, set_by)"
        " values ($1::uuid, $2, $3, $4, $5, $6::boolean, $7::uuid)"
        " on conflict (subscription_id) do update set located_in = excluded.located_in, name = excluded.name, url = excluded.url,"
        "        secret = $5, enabled = $6::boolean, set_by = $7::uuid" },
    [DISCARD] = { "delivery_discard", "select outbound_discard (guard.to_time ($1::bigint))" },
    [RELEASE] = { "delivery_release", "select outbound_let_go ($1::uuid)" },
    [ADD_LETTER] = { "delivery_add_letter",
        "insert into delivery (municipality, delivery_id, asks, kind, person_id, contact_point_id, subject, text, state, next_at, created_at,"
        "       lane)"
        " select $1, gen_random_uuid (), false, c.kind, c.person_id, c.contact_point_id, $3, $4, 1, guard.to_time ($5::bigint),"
        "        guard.to_time ($5::bigint), $6::smallint"
        "   from contact_point c where c.person_id = $2::uuid and c.reachable and (c.kind = 2 or ($7::boolean and c.kind = 5 and not exists ("
        "        select from contact_point m where m.person_id = c.person_id and m.kind = 2 and m.reachable)))" },
    [ADD_CODE] = { "delivery_add_code",
        "insert into delivery (municipality, delivery_id, asks, kind, person_id, contact_point_id, subject, text, state, next_at, created_at,"
        "       lane, code)"
        " values ($1, gen_random_uuid (), false, $2::smallint, $3::uuid, $4::uuid, $5, $6, 1, guard.to_time ($7::bigint),"
        "         guard.to_time ($7::bigint), 2, $8)" },
    [ADD_TELLING] = { "delivery_add_telling",
        "insert into delivery (municipality, delivery_id, alert_id, asks, kind, office_id, address, subject, text, state, next_at, created_at,"
        "       lane)"
        " values ($1, gen_random_uuid (), $2::uuid, false, 4, $3::uuid, $4, $5, $6, 1, guard.to_time ($7::bigint), guard.to_time ($7::bigint),"
        "       $8::smallint)" },
    [ADD_FACILITY_LETTER] = { "delivery_add_facility_letter",
        "insert into delivery (municipality, delivery_id, asks, kind, address, subject, text, state, next_at, created_at, lane, code)"
        " values ($1, gen_random_uuid (), false, 2, $2, $3, $4, 1, guard.to_time ($5::bigint), guard.to_time ($5::bigint), 4, $6)" },
    { NULL, NULL },
};

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &delivery_statements[statement], args, err);
}

enum lane delivery_lane (const struct outgoing *out)
{
    return out->is_e0 && out->asks ? LANE_E0 : out->asks ? LANE_ASKS : LANE_INFORMS;
}

static int add_contacts (const struct outgoing *out, int statement, struct text_list people, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, out->facts->municipality);
    db_text (&args, out->facts->alert_id);
    db_text_list (&args, out->arena, people);
    db_flag (&args, out->asks);
    db_text (&args, message_subject (out->arena, out->facts, out->asks));
    db_text (&args, message_body (out->arena, out->facts, out->asks));
    db_text (&args, message_spoken (out->arena, out->facts));
    db_time (&args, out->now);
    db_flag (&args, out->voice);
    db_number (&args, delivery_lane (out));
    db_optional (&args, out->step > 0, out->step);
    db_flag (&args, out->is_e0);
    db_text_list (&args, out->arena, out->silent);
    return queue (out->db, statement, &args, err);
}

int delivery_add_people (const struct outgoing *out, struct text_list people, struct error *err)
{
    if (people.count == 0)
        return 0;
    return add_contacts (out, ADD_PEOPLE, people, err) < 0 ? -1 : push_add (out, people, false, err);
}

int delivery_add_circle (const struct outgoing *out, struct text_list but, struct error *err)
{
    return add_contacts (out, ADD_CIRCLE, but, err) < 0 ? -1 : push_add (out, but, true, err);
}

int delivery_add_letter (struct db *db, const struct letter *letter, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, letter->municipality);
    db_text (&args, letter->person_id);
    db_text (&args, letter->subject);
    db_text (&args, letter->text);
    db_time (&args, letter->now);
    db_number (&args, letter->can_wait ? 4 : 2);
    db_flag (&args, letter->or_sms);
    return queue (db, ADD_LETTER, &args, err);
}

int delivery_add_code (struct db *db, const struct contact_code_wanted *wanted, const char *municipality, const char *subject,
                       const char *text, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_number (&args, wanted->kind);
    db_text (&args, wanted->person_id);
    db_text (&args, wanted->contact_point_id);
    db_text (&args, subject);
    db_text (&args, text);
    db_time (&args, now);
    db_text (&args, wanted->code);
    return queue (db, ADD_CODE, &args, err);
}

int delivery_add_facility_letter (struct db *db, const struct facility_letter_wanted *wanted, const char *municipality, const char *subject,
                                  const char *text, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, wanted->email);
    db_text (&args, subject);
    db_text (&args, text);
    db_time (&args, now);
    db_text (&args, wanted->letter_id);
    return queue (db, ADD_FACILITY_LETTER, &args, err);
}

int delivery_add_call (const struct outgoing *out, const char *office_id, const char *phone, struct error *err)
{
    struct db_args args = { 0 };

    if (!out->voice || !phone)
        return 0;
    db_text (&args, out->facts->municipality);
    db_text (&args, out->facts->alert_id);
    db_text (&args, office_id);
    db_text (&args, phone);
    db_text (&args, message_subject (out->arena, out->facts, true));
    db_text (&args, message_spoken (out->arena, out->facts));
    db_time (&args, out->now);
    db_number (&args, out->is_e0 ? LANE_E0 : LANE_ASKS);
    db_optional (&args, out->step > 0, out->step);
    return queue (out->db, ADD_CALL, &args, err);
}

int delivery_add_telling (const struct outgoing *out, const char *office_id, const char *phone, struct error *err)
{
    struct db_args args = { 0 };

    if (!out->voice)
        return 0;
    db_text (&args, out->facts->municipality);
    db_text (&args, out->facts->alert_id);
    db_text (&args, office_id);
    db_text (&args, phone);
    db_text (&args, message_subject (out->arena, out->facts, false));
    db_text (&args, message_spoken (out->arena, out->facts));
    db_time (&args, out->now);
    db_number (&args, delivery_lane (out));
    return queue (out->db, ADD_TELLING, &args, err);
}

int delivery_subscriptions (struct db *db, struct arena *arena, const char *municipality, struct webhook_targets *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    if (db_run (db, &delivery_statements[SUBSCRIPTIONS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i].subscription_id = db_copy_text (rows, (int) i, "subscription_id", arena);
    return 0;
}

int delivery_add_webhook (const struct outgoing *out, const char *delivery_id, const char *subscription_id, const char *body,
                          struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, out->facts->municipality);
    db_text (&args, delivery_id);
    db_text (&args, out->facts->alert_id);
    db_text (&args, subscription_id);
    db_text (&args, body);
    db_time (&args, out->now);
    return queue (out->db, ADD_WEBHOOK, &args, err);
}

int delivery_cancel (struct db *db, const char *alert_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert_id);
    return queue (db, CANCEL, &args, err);
}

static void add_times (const db_rows *rows, int i, struct delivery_line *ret)
{
    ret->has_sent_at = !db_is_null (rows, i, "sent_at");
    ret->sent_at = db_get_number (rows, i, "sent_at");
    ret->has_delivered_at = !db_is_null (rows, i, "delivered_at");
    ret->delivered_at = db_get_number (rows, i, "delivered_at");
    ret->has_read_at = !db_is_null (rows, i, "read_at");
    ret->read_at = db_get_number (rows, i, "read_at");
    ret->has_next_at = !db_is_null (rows, i, "next_at");
    ret->next_at = db_get_number (rows, i, "next_at");
}

static struct delivery_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct delivery_line) {
        .delivery_id = db_copy_text (rows, i, "delivery_id", arena),
        .alert_id = db_copy_text (rows, i, "alert_id", arena),
        .kind = (enum contact_kind) db_get_number (rows, i, "kind"),
        .state = (enum delivery_state) db_get_number (rows, i, "state"),
        .attempts = db_get_number (rows, i, "attempts"),
        .created_at = db_get_number (rows, i, "created_at"),
        .has_done_at = !db_is_null (rows, i, "done_at"),
        .done_at = db_get_number (rows, i, "done_at"),
        .last_error = db_copy_text (rows, i, "last_error", arena),
        .recipient = db_copy_text (rows, i, "recipient", arena),
        .adapter = db_copy_text (rows, i, "adapter", arena),
        .has_possible_duplicate = true,
        .possible_duplicate = db_get_flag (rows, i, "possible_duplicate"),
        .has_asks = true,
        .asks = db_get_flag (rows, i, "asks"),
    };
}

int delivery_list_rows (struct request *request, const char *alert_id, struct delivery_list_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct delivery_line *items;
    DB_ROWS (rows);

    db_text (&args, alert_id);
    db_number (&args, LIST_MOST);
    if (db_run (request->db, &delivery_statements[alert_id ? LIST_OF_ALERT : LIST], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++) {
        items[i] = line_of (rows, i, request->arena);
        add_times (rows, i, &items[i]);
    }
    answer->deliveries.items = items;
    answer->deliveries.count = (size_t) db_count (rows);
    return 0;
}

int delivery_put_subscription (struct db *db, const struct subscription_put *command, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, command->subscription_id);
    db_text (&args, command->municipality);
    db_text (&args, command->name);
    db_text (&args, command->url);
    db_text (&args, command->secret);
    db_flag (&args, command->enabled);
    db_text (&args, by);
    return queue (db, PUT_SUBSCRIPTION, &args, err);
}

int delivery_discard_older (struct db *db, int64_t than, struct error *err)
{
    struct db_args args = { 0 };

    db_time (&args, than);
    return queue (db, DISCARD, &args, err);
}

int delivery_release (struct db *db, const char *by, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, by);
    return queue (db, RELEASE, &args, err);
}
