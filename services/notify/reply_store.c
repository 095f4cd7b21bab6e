/* reply_store.c - see reply_store.h. */
#include "reply_store.h"

enum { BY_CODE, BY_ID, BY_MESSAGE, NUMBERS, USE, PEOPLE, PAGE };

#define REPLIER "select r.reply_id, r.municipality, r.alert_id, r.person_id, r.office_id, r.link_used_at is not null as link_used from reply_code r"

const struct db_statement reply_statements[] = {
    [BY_CODE] = { "reply_by_code", REPLIER " where r.code = $1" },
    [BY_ID] = { "reply_by_id", REPLIER " where r.reply_id = $1::uuid" },
    [BY_MESSAGE] = { "reply_by_message",
        REPLIER " join delivery d on d.alert_id = r.alert_id and d.code = r.code and d.asks"
        "  join delivery_attempt t on t.municipality = d.municipality and t.delivery_id = d.delivery_id"
        " where t.adapter = $1 and (t.provider_id = $2 or t.delivery_id = $3::uuid) limit 1" },
    [NUMBERS] = { "reply_numbers",
        "select coalesce (array_agg (q.number), '{}') as numbers from ("
        "  select c.address as number from contact_point c where c.person_id = $1::uuid and c.kind in (4, 5) and c.reachable"
        "  union select d.address from delivery d where d.alert_id = $3::uuid and d.office_id = $2::uuid and d.address is not null) q" },
    [USE] = { "reply_link_use", "update reply_code set link_used_at = guard.now () where reply_id = $1::uuid and link_used_at is null" },
    [PEOPLE] = { "reply_people",
        "select q.person_id, q.office_id, q.name from ("
        "  select distinct on (m.person_id) m.person_id, m.office_id, m.name from membership m"
        "   where m.roles <> 0 and (m.person_id = $1::uuid or ($1::uuid is null and m.office_id = $2::uuid and m.roles & 12297 <> 0))"
        "   order by m.person_id, m.version desc) q order by q.name, q.person_id limit $3::bigint" },
    [PAGE] = { "reply_page",
        "select a.state, a.urgency, guard.to_us (a.observed_at) as reported_at, o.name as office,"
        "       coalesce (o.duty_phone, o.phone) as callback, coalesce (u.name, a.municipality) as place,"
        "       coalesce ((select m.name from membership m where m.person_id = $3::uuid order by m.version desc limit 1),"
        "                 (select f.name from office f where f.office_id = $4::uuid)) as for_name"
        "  from alert a left join office o on o.office_id = a.reporter_office left join municipality u on u.code = a.municipality"
        " where a.municipality = $1 and a.alert_id = $2::uuid" },
    { NULL, NULL },
};

static int get (struct db *db, struct arena *arena, int statement, const struct db_args *args, struct replier *ret, struct error *err)
{
    DB_ROWS (rows);

    *ret = (struct replier) { 0 };
    if (db_run (db, &reply_statements[statement], args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct replier) { .reply_id = db_copy_text (rows, 0, "reply_id", arena), .alert_id = db_copy_text (rows, 0, "alert_id", arena),
        .municipality = db_copy_text (rows, 0, "municipality", arena), .person_id = db_copy_text (rows, 0, "person_id", arena),
        .office_id = db_copy_text (rows, 0, "office_id", arena), .link_used = db_get_flag (rows, 0, "link_used") };
    return 0;
}

int reply_by_code (struct db *db, struct arena *arena, const char *code, struct replier *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, code);
    return get (db, arena, BY_CODE, &args, ret, err);
}

int reply_by_id (struct db *db, struct arena *arena, const char *reply_id, struct replier *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, reply_id);
    return get (db, arena, BY_ID, &args, ret, err);
}

int reply_by_message (struct db *db, struct arena *arena, const char *adapter, const char *provider_id, const char *message_id,
                      struct replier *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, adapter);
    db_text (&args, provider_id);
    db_text (&args, message_id);
    return get (db, arena, BY_MESSAGE, &args, ret, err);
}

int reply_numbers (struct db *db, struct arena *arena, const struct replier *replier, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, replier->person_id);
    db_text (&args, replier->office_id);
    db_text (&args, replier->alert_id);
    if (db_run (db, &reply_statements[NUMBERS], &args, &rows, err) < 0)
        return -1;
    *ret = db_copy_text_list (rows, 0, "numbers", arena);
    return 0;
}

int reply_link_use (struct db *db, const char *reply_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, reply_id);
    return db_queue (db, &reply_statements[USE], &args, err);
}

int reply_people (struct db *db, struct arena *arena, const struct replier *replier, struct reply_people *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, replier->person_id);
    db_text (&args, replier->office_id);
    db_number (&args, NAMES_MOST);
    if (db_run (db, &reply_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = (struct reply_person) { db_copy_text (rows, (int) i, "person_id", arena),
                                                db_copy_text (rows, (int) i, "office_id", arena), db_copy_text (rows, (int) i, "name", arena) };
    return 0;
}

int reply_page (struct db *db, struct arena *arena, const struct replier *replier, struct reply_link_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, replier->municipality);
    db_text (&args, replier->alert_id);
    db_text (&args, replier->person_id);
    db_text (&args, replier->office_id);
    if (db_run (db, &reply_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the alert has gone");
    ret->number = message_number (arena, replier->alert_id);
    ret->place = db_copy_text (rows, 0, "place", arena);
    ret->urgency = (enum urgency) db_get_number (rows, 0, "urgency");
    ret->office = db_copy_text (rows, 0, "office", arena);
    ret->callback = db_copy_text (rows, 0, "callback", arena);
    ret->reported_at = db_get_number (rows, 0, "reported_at");
    ret->state = (enum alert_state) db_get_number (rows, 0, "state");
    ret->for_name = db_copy_text (rows, 0, "for_name", arena);
    ret->answered = replier->link_used;
    return 0;
}
