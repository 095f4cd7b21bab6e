/* announcement_store.c - see announcement_store.h. */
#include "announcement_store.h"

enum { REACH, OFFICES, ADD, ADD_OFFICES, CONFIRM, FIND, DELIVERED, AGAIN, NEXT, PEOPLE, FAX, TOLD };

#define NAME_OF(person) "(select m.name from membership m where m.person_id = " person " order by m.version desc limit 1)"

const struct db_statement announcement_statements[] = {
    [REACH] = { "announcement_reach",
        "select m.code, m.name,"
        "       (select count(*) from office o where o.located_in = m.code and o.office_id is distinct from $3::uuid) as offices"
        "  from municipality m"
        " where $2::boolean or m.code = $1"
        "    or exists (select from agreement a"
        "                where ((a.giving = $1 and a.receiving = m.code) or (a.receiving = $1 and a.giving = m.code))"
        "                  and (guard.now () at time zone 'Asia/Tokyo')::date between a.from_date and coalesce (a.to_date, 'infinity'))"
        " order by (m.code = $1) desc, m.code limit 100" },
    [OFFICES] = { "announcement_offices",
        "select o.office_id, coalesce (bit_or (m.roles), 0) as roles,"
        "       exists (select from fax_number f where f.office_id = o.office_id and f.state = 3) as fax"
        "  from office o left join membership m on m.office_id = o.office_id and m.roles <> 0"
        " where o.located_in = any ($1::text[]) and o.office_id is distinct from $2::uuid"
        " group by o.office_id order by o.office_id" },
    [ADD] = { "announcement_add",
        "insert into announcement (announcement_id, located_in, kind, title, text, sent_by, sent_by_name, from_office,"
        "                          from_office_name, sent_at)"
        " values ($1::uuid, $2, $3::smallint, $4, $5, $6::uuid, " NAME_OF ("$6::uuid") ", $7::uuid,"
        "         coalesce ((select o.name from office o where o.office_id = $7::uuid), ''), guard.to_time ($8::bigint))"
        " on conflict do nothing" },
    [ADD_OFFICES] = { "announcement_add_offices",
        "insert into announcement_office (announcement_id, office_id, sent_from, located_in, office, kinds, way)"
        " select $1::uuid, o.office_id, $2, o.located_in, o.name, q.kinds::integer, q.way::smallint"
        "   from unnest ($3::text[]::uuid[], $4::bigint[], $5::bigint[]) as q (office_id, kinds, way) join office o using (office_id)" },
    [CONFIRM] = { "announcement_confirm",
        "update announcement_office set received_at = coalesce (received_at, guard.to_time ($4::bigint)),"
        "       received_by = coalesce (received_by, $3::uuid),"
        "       received_name = case when received_at is null then coalesce (" NAME_OF ("$3::uuid") ", '') else received_name end"
        " where announcement_id = $1::uuid and office_id = $2::uuid returning guard.to_us (received_at) as received_at, received_name" },
    [FIND] = { "announcement_find",
        "select a.located_in, guard.to_us (a.sent_at) as sent_at, o.received_at is not null as received"
        "  from announcement a left join announcement_office o on o.announcement_id = a.announcement_id and o.office_id = $2::uuid"
        " where a.announcement_id = $1::uuid and ($2::uuid is null or o.office_id is not null)" },
    [DELIVERED] = { "announcement_delivered",
        "update announcement_office set delivered_on = $3::date, delivered_way = $4::smallint, recorded_by = $5::uuid,"
        "       recorded_name = " NAME_OF ("$5::uuid")
        " where announcement_id = $1::uuid and office_id = $2::uuid" },
    [AGAIN] = { "announcement_again",
        "update announcement_office set told_at = null, reminders = reminders + 1"
        " where announcement_id = $1::uuid and received_at is null and delivered_on is null and way <> 3"
        "   and told_at <= guard.to_time ($2::bigint) - $3::integer * interval '1 hour' returning office_id" },
    [NEXT] = { "announcement_next",
        "select a.announcement_id, a.located_in,"
        "       coalesce ((select m.name from municipality m where m.code = a.located_in), '') as municipality, a.title, a.text, a.sent_by,"
        "       a.from_office_name, (select n.phone from office n where n.office_id = a.from_office) as from_phone,"
        "       d.reminders > 0 as again, d.office_id, d.way = 2 as by_fax,"
        "       (select f.number from fax_number f where f.office_id = d.office_id and f.state = 3) as fax"
        "  from (select * from announcement_office where told_at is null and way <> 3"
        "         order by announcement_id, office_id limit $1::bigint) d join announcement a using (announcement_id)"
        " order by a.announcement_id, again, d.office_id" },
    [PEOPLE] = { "announcement_people",
        "select m.office_id, m.person_id, bit_or (m.roles) as roles from membership m"
        " where m.office_id = any ($1::text[]::uuid[]) and m.roles <> 0 and m.person_id <> $2::uuid"
        " group by m.office_id, m.person_id order by m.office_id, m.person_id" },
    [FAX] = { "announcement_fax",
        "with page as ("
        "  insert into delivery (municipality, delivery_id, asks, kind, office_id, address, subject, text, state, next_at, created_at, lane)"
        "  values ($1, gen_random_uuid (), false, 6, $2::uuid, $3, $4, $5, 1, guard.to_time ($6::bigint), guard.to_time ($6::bigint), 4)"
        "  returning delivery_id)"
        " update announcement_office o set fax_delivery = p.delivery_id from page p"
        "  where o.announcement_id = $7::uuid and o.office_id = $2::uuid" },
    [TOLD] = { "announcement_was_told",
        "update announcement_office set told_at = guard.to_time ($3::bigint), people = $4::integer,"
        "       way = case when $4::integer = 0 and not $5::boolean then 3 else way end"
        " where announcement_id = $1::uuid and office_id = $2::uuid" },
    { NULL, NULL },
};

/* ---- sending ---------------------------------------------------------------------------------------------------------------------- */

int announcement_reach (struct request *request, bool everywhere, struct announcement_area_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct announcement_area *items;
    DB_ROWS (rows);

    db_text (&args, request->actor->municipality);
    db_flag (&args, everywhere);
    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &announcement_statements[REACH], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct announcement_area) { .municipality = db_copy_text (rows, i, "code", request->arena),
            .name = db_copy_text (rows, i, "name", request->arena), .offices = db_get_number (rows, i, "offices") };
    *ret = (struct announcement_area_list) { items, (size_t) db_count (rows) };
    return 0;
}

int announcement_offices_of (struct request *request, struct text_list municipalities, struct announcement_targets *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text_list (&args, request->arena, municipalities);
    db_text (&args, request->actor->office_id);
    if (db_run (request->db, &announcement_statements[OFFICES], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct announcement_target) { .office_id = db_copy_text (rows, i, "office_id", request->arena),
            .roles = (uint64_t) db_get_number (rows, i, "roles"), .fax = db_get_flag (rows, i, "fax") };
    return 0;
}

static int add_offices (struct request *request, const char *announcement_id, const struct announcement_targets *to, struct error *err)
{
    const char **offices = arena_alloc (request->arena, (to->count + 1) * sizeof *offices);
    int64_t *kinds = arena_alloc (request->arena, (to->count + 1) * sizeof *kinds);
    int64_t *ways = arena_alloc (request->arena, (to->count + 1) * sizeof *ways);
    struct db_args args = { 0 };

    for (size_t i = 0; i < to->count; i++) {
        offices[i] = to->items[i].office_id;
        kinds[i] = announcement_kinds (to->items[i].roles);
        ways[i] = announcement_way_of (&to->items[i]);
    }
    db_text (&args, announcement_id);
    db_text (&args, request->actor->municipality);
    db_text_list (&args, request->arena, (struct text_list) { .items = offices, .count = to->count });
    db_number_list (&args, request->arena, (struct i64_list) { .items = kinds, .count = to->count });
    db_number_list (&args, request->arena, (struct i64_list) { .items = ways, .count = to->count });
    return db_queue (request->db, &announcement_statements[ADD_OFFICES], &args, err);
}

int announcement_add (struct request *request, const struct announcement_send *message, const struct announcement_targets *to,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->announcement_id);
    db_text (&args, request->actor->municipality);
    db_number (&args, message->kind);
    db_text (&args, message->title);
    db_text (&args, message->text);
    db_text (&args, request->actor->person_id);
    db_text (&args, request->actor->office_id);
    db_time (&args, request->now);
    if (db_queue_expect (request->db, &announcement_statements[ADD], &args, 1, ERROR_ALREADY_THERE, err) < 0)
        return -1;
    return add_offices (request, message->announcement_id, to, err);
}

/* ---- receipts --------------------------------------------------------------------------------------------------------------------- */

int announcement_confirm (struct request *request, const char *announcement_id, struct announcement_receipt *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, announcement_id);
    db_text (&args, request->actor->office_id);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    if (db_run (request->db, &announcement_statements[CONFIRM], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not for this office");
    ret->received_at = db_get_number (rows, 0, "received_at");
    ret->received_by = db_copy_text (rows, 0, "received_name", request->arena);
    return 0;
}

int announcement_find (struct request *request, const char *announcement_id, const char *office_id, struct announcement_row *ret,
                       struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct announcement_row) { 0 };
    db_text (&args, announcement_id);
    db_text (&args, office_id);
    if (db_run (request->db, &announcement_statements[FIND], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct announcement_row) { .found = true, .received = db_get_flag (rows, 0, "received"),
            .located_in = db_copy_text (rows, 0, "located_in", request->arena), .sent_at = db_get_number (rows, 0, "sent_at") };
    return 0;
}

int announcement_mark_delivered (struct request *request, const struct announcement_delivered *message, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, message->announcement_id);
    db_text (&args, message->office_id);
    db_text (&args, message->on);
    db_number (&args, message->by);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &announcement_statements[DELIVERED], &args, err);
}

int announcement_again (struct request *request, const char *announcement_id, int64_t *ret_offices, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, announcement_id);
    db_time (&args, request->now);
    db_number (&args, ANNOUNCEMENT_REMIND_HOURS);
    if (db_run (request->db, &announcement_statements[AGAIN], &args, &rows, err) < 0)
        return -1;
    *ret_offices = db_count (rows);
    return 0;
}

/* ---- telling ---------------------------------------------------------------------------------------------------------------------- */

int announcement_next (struct job_run *run, struct announcement_due *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct announcement_due) { 0 };
    db_number (&args, ANNOUNCEMENTS_TOLD_A_RUN);
    if (db_run (run->db, &announcement_statements[NEXT], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *ret = (struct announcement_due) { .announcement_id = db_copy_text (rows, 0, "announcement_id", run->arena),
        .located_in = db_copy_text (rows, 0, "located_in", run->arena), .municipality = db_copy_text (rows, 0, "municipality", run->arena),
        .title = db_copy_text (rows, 0, "title", run->arena), .text = db_copy_text (rows, 0, "text", run->arena),
        .sent_by = db_copy_text (rows, 0, "sent_by", run->arena), .from_office = db_copy_text (rows, 0, "from_office_name", run->arena),
        .from_phone = db_copy_text (rows, 0, "from_phone", run->arena), .again = db_get_flag (rows, 0, "again"),
        .items = arena_alloc (run->arena, (size_t) db_count (rows) * sizeof *ret->items) };
    /* one announcement a run, first news and reminders apart: the rest comes in the next run */
    for (int i = 0; i < db_count (rows); i++)
        if (strcmp (db_get_text (rows, i, "announcement_id"), ret->announcement_id) == 0 && db_get_flag (rows, i, "again") == ret->again)
            ret->items[ret->count++] = (struct announcement_told) { .office_id = db_copy_text (rows, i, "office_id", run->arena),
                .fax = db_copy_text (rows, i, "fax", run->arena), .by_fax = db_get_flag (rows, i, "by_fax") };
    return 0;
}

int announcement_people_of (struct job_run *run, const struct announcement_due *due, struct announcement_people *ret, struct error *err)
{
    const char **offices = arena_alloc (run->arena, (due->count + 1) * sizeof *offices);
    struct db_args args = { 0 };
    DB_ROWS (rows);

    for (size_t i = 0; i < due->count; i++)
        offices[i] = due->items[i].office_id;
    db_text_list (&args, run->arena, (struct text_list) { .items = offices, .count = due->count });
    db_text (&args, due->sent_by);
    if (db_run (run->db, &announcement_statements[PEOPLE], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (run->arena, (ret->count + 1) * sizeof *ret->items);
    for (int i = 0; i < db_count (rows); i++)
        ret->items[i] = (struct announcement_person) { .office_id = db_copy_text (rows, i, "office_id", run->arena),
            .person_id = db_copy_text (rows, i, "person_id", run->arena), .roles = (uint64_t) db_get_number (rows, i, "roles") };
    return 0;
}

int announcement_fax (struct job_run *run, const struct announcement_due *due, const struct announcement_told *office, const char *page,
                      struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, due->located_in);
    db_text (&args, office->office_id);
    db_text (&args, office->fax);
    db_text (&args, announcement_letter_subject (due->again));
    db_text (&args, page);
    db_time (&args, run->now);
    db_text (&args, due->announcement_id);
    return db_queue (run->db, &announcement_statements[FAX], &args, err);
}

int announcement_was_told (struct job_run *run, const struct announcement_due *due, const char *office_id, int64_t people,
                           struct error *err)
{
    struct db_args args = { 0 };
    bool faxed = false;

    for (size_t i = 0; i < due->count; i++)
        faxed |= strcmp (due->items[i].office_id, office_id) == 0 && due->items[i].by_fax && due->items[i].fax;
    db_text (&args, due->announcement_id);
    db_text (&args, office_id);
    db_time (&args, run->now);
    db_number (&args, people);
    db_flag (&args, faxed);
    return db_queue (run->db, &announcement_statements[TOLD], &args, err);
}
