/* push_store.c - see push_store.h. */
#include "push_store.h"

enum { TAKEN, SUBSCRIBE, UNSUBSCRIBE, ADD_PEOPLE, ADD_CIRCLE };

/* $1 municipality, $2 alert, $3 people, $4 asks, $5 title, $6 text, $7 now, $8 lane, $9 about an E0, $10 step */
#define ADD(people) \
    "insert into delivery (municipality, delivery_id, alert_id, asks, kind, person_id, subscription_id, subject, text, state, next_at," \
    "       created_at, lane, subject_id, step)" \
    " select $1, gen_random_uuid (), $2::uuid, $4::boolean, 7, t.person_id, t.subscription_id, $5, $6, 1, t.next_at," \
    "        guard.to_time ($7::bigint), $8::smallint, (select a.patient_id from alert a where a.alert_id = $2::uuid), $10::integer" \
    "   from push_targets (" people ", $4::boolean, $8::smallint, $9::boolean, guard.to_time ($7::bigint)) t"

const struct db_statement push_statements[] = {
    [TAKEN] = { "push_taken",
        "select push_taken ($1::uuid) as taken, (select count (*) from push_subscription where person_id = $2::uuid and removed_at is null"
        "         and subscription_id <> $1::uuid) as others" },
    [SUBSCRIBE] = { "push_subscribe",
        "insert into push_subscription as s (subscription_id, person_id, endpoint, p256dh, auth, label, set_at)"
        " values ($1::uuid, $2::uuid, $3, $4, $5, $6, guard.to_time ($7::bigint))"
        " on conflict (subscription_id) do update set endpoint = $3, p256dh = $4, auth = $5, label = excluded.label, removed_at = null,"
        "        set_at = guard.to_time ($7::bigint)" },
    [UNSUBSCRIBE] = { "push_unsubscribe",
        "update push_subscription set removed_at = guard.now () where subscription_id = $1::uuid and person_id = $2::uuid and removed_at is null" },
    [ADD_PEOPLE] = { "push_add_people", ADD ("$3::text[]::uuid[]") },
    [ADD_CIRCLE] = { "push_add_circle",
        ADD ("(select array_agg (c) from alert_circle ($2::uuid) c where c <> all ($3::text[]::uuid[]))") },
    { NULL, NULL },
};

int push_subscribe (struct request *request, const struct push_subscribe *message, struct error *err)
{
    struct db_args look = { 0 }, args = { 0 };
    DB_ROWS (rows);

    db_text (&look, message->subscription_id);
    db_text (&look, request->actor->person_id);
    if (db_run (request->db, &push_statements[TAKEN], &look, &rows, err) < 0)
        return -1;
    if (db_get_flag (rows, 0, "taken"))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "somebody else's browser");
    if (db_get_number (rows, 0, "others") >= PUSH_BROWSERS_MOST) {
        fail (err, ERROR_LIST_TOO_LONG, "/subscription_id", "enough browsers");
        return fail_param (err, "most", "%d", PUSH_BROWSERS_MOST);
    }
    db_text (&args, message->subscription_id);
    db_text (&args, request->actor->person_id);
    db_text (&args, message->endpoint);
    db_text (&args, message->p256dh);
    db_text (&args, message->auth);
    db_text (&args, message->label);
    db_time (&args, request->now);
    return db_queue (request->db, &push_statements[SUBSCRIBE], &args, err);
}

int push_unsubscribe (struct request *request, const char *subscription_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, subscription_id);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &push_statements[UNSUBSCRIBE], &args, err);
}

int push_add (const struct outgoing *out, struct text_list people, bool circle, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, out->facts->municipality);
    db_text (&args, out->facts->alert_id);
    db_text_list (&args, out->arena, people);
    db_flag (&args, out->asks);
    db_text (&args, message_subject (out->arena, out->facts, out->asks));
    db_text (&args, message_push (out->arena, out->facts, out->asks));
    db_time (&args, out->now);
    db_number (&args, delivery_lane (out));
    db_flag (&args, out->is_e0);
    db_optional (&args, out->step > 0, out->step);
    return db_queue (out->db, &push_statements[circle ? ADD_CIRCLE : ADD_PEOPLE], &args, err);
}
