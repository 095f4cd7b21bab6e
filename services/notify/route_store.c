/* route_store.c - see route_store.h. */
#include "route_store.h"
#include "delivery_store.h"

enum { OFFICE, GET, COUNT, ADD, CHANGE, REMOVE, ADD_CALL, QUEUE_CALL, ROUTES, CALLS, PARTNERS };

/* Nothing about anybody: it may be heard by whoever answers. */
#define TEST_WORDS "連携からの試験のお電話です。病院と主治医の連絡がつながるかを確かめています。ご対応はいりません。ありがとうございました。"
#define NAME_OF(person) "(select m.name from membership m where m.person_id = " person " order by m.version desc limit 1)"
/* What a trial showed, by hand or by machine. */
#define OUTCOME "coalesce (c.answered, route_called (c.delivery_of, c.delivery_id))"

const struct db_statement route_statements[] = {
    [OFFICE] = { "route_office", "select o.name, o.located_in, route_shared (o.office_id) as shared from office o where o.office_id = $1::uuid" },
    [GET] = { "route_get",
        "select route_id, address, means from contact_route where office_id = $1::uuid and route_id = $2::uuid and removed_at is null" },
    [COUNT] = { "route_count", "select count (*) as routes from contact_route where office_id = $1::uuid and removed_at is null" },
    [ADD] = { "route_add",
        "insert into contact_route (municipality, route_id, office_id, serves, means, address, note, address_since, set_by, set_at)"
        " values ($1, $2::uuid, $3::uuid, $4::smallint, $5::smallint, $6, $7, guard.to_time ($9::bigint), $8::uuid, guard.to_time ($9::bigint))"
        " on conflict do nothing" },
    [CHANGE] = { "route_change",
        "update contact_route r set serves = $4::smallint, means = $5::smallint, address = $6, note = $7, set_by = $8::uuid,"
        "       set_at = guard.to_time ($9::bigint),"
        "       address_since = case when r.address = $6 and r.means = $5::smallint then r.address_since else guard.to_time ($9::bigint) end"
        " where r.municipality = $1 and r.route_id = $2::uuid and r.office_id = $3::uuid and r.removed_at is null" },
    [REMOVE] = { "route_remove",
        "update contact_route set removed_at = guard.to_time ($3::bigint), set_by = $4::uuid"
        " where office_id = $1::uuid and route_id = $2::uuid and removed_at is null" },
    [ADD_CALL] = { "route_add_call",
        "insert into contact_route_call (municipality, test_id, route_id, called_at, answered, delivery_id, delivery_of, note, called_by)"
        " select r.municipality, $2::uuid, r.route_id, guard.to_time ($3::bigint), $4::boolean, $5::uuid, $6, $7, $8::uuid"
        "   from contact_route r where r.route_id = $1::uuid on conflict do nothing" },
    [QUEUE_CALL] = { "route_queue_call",
        "insert into delivery (municipality, delivery_id, asks, kind, office_id, address, subject, text, state, next_at, created_at, lane)"
        " values ($1, $2::uuid, false, 4, $3::uuid, $4, '【連携】連絡方法の確認', '" TEST_WORDS "', 1, guard.to_time ($5::bigint),"
        "         guard.to_time ($5::bigint), $6::smallint)" },
    [ROUTES] = { "route_list",
        "select r.route_id, r.serves, r.means, r.address, r.note, guard.to_us (r.set_at) as set_us, " NAME_OF ("r.set_by") " as set_by_name,"
        "       (select guard.to_us (max (c.called_at)) from contact_route_call c"
        "         where c.route_id = r.route_id and c.called_at >= r.address_since and " OUTCOME ") as succeeded_us"
        "  from contact_route r where r.office_id = $1::uuid and r.removed_at is null order by r.serves, r.means, r.address, r.route_id limit 20" },
    [CALLS] = { "route_calls",
        "select c.test_id, guard.to_us (c.called_at) as called_us, " OUTCOME " as answered, c.delivery_id is not null as by_machine,"
        "       " NAME_OF ("c.called_by") " as by_name, c.note, r.route_id"
        "  from contact_route r cross join lateral (select n.* from contact_route_call n"
        "         where n.route_id = r.route_id and n.called_at >= r.address_since order by n.called_at desc, n.test_id limit 6) c"
        " where r.office_id = $1::uuid and r.removed_at is null order by r.route_id, c.called_at desc, c.test_id" },
    [PARTNERS] = { "route_partners",
        "select o.office_id, o.name from office o where o.office_id in (select route_partners ()) and o.office_id is distinct from guard.office ()"
        " order by o.name, o.office_id limit 40" },
    { NULL, NULL },
};

int route_office_get (struct db *db, struct arena *arena, const char *office_id, struct route_office *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct route_office) { .office_id = office_id };
    db_text (&args, office_id);
    if (db_run (db, &route_statements[OFFICE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    ret->name = db_copy_text (rows, 0, "name", arena);
    ret->municipality = db_copy_text (rows, 0, "located_in", arena);
    ret->shared = db_get_flag (rows, 0, "shared");
    return 0;
}

int route_office_for_edit (struct request *request, const char *office_id, struct route_office *ret, struct error *err)
{
    if (route_office_get (request->db, request->arena, office_id, ret, err) < 0)
        return -1;
    return ret->name && route_may_edit (request->actor, ret)
               ? 0
               : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office, or not the actor's to write for");
}

int route_get (struct db *db, struct arena *arena, const char *office_id, const char *route_id, struct route_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct route_row) { 0 };
    db_text (&args, office_id);
    db_text (&args, route_id);
    if (db_run (db, &route_statements[GET], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct route_row) { .route_id = db_copy_text (rows, 0, "route_id", arena), .address = db_copy_text (rows, 0, "address",
            arena),
                                    .means = (enum route_means) db_get_number (rows, 0, "means") };
    return 0;
}

int route_count (struct db *db, const char *office_id, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, office_id);
    if (db_run (db, &route_statements[COUNT], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "routes");
    return 0;
}

int route_put (struct request *request, const struct contact_route_put *put, const char *municipality, const char *address, bool is_new,
               struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, put->route_id);
    db_text (&args, put->office_id);
    db_number (&args, put->time);
    db_number (&args, put->means);
    db_text (&args, address);
    db_text (&args, put->note && *put->note ? put->note : NULL);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &route_statements[is_new ? ADD : CHANGE], &args, 1, ERROR_NOT_FOR_YOU, err);
}

int route_remove (struct request *request, const char *office_id, const char *route_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, office_id);
    db_text (&args, route_id);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &route_statements[REMOVE], &args, err);
}

int route_add_call (struct request *request, const struct contact_route_test *test, const char *delivery_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, test->route_id);
    db_text (&args, test->test_id);
    db_time (&args, request->now);
    if (test->has_answered)
        db_flag (&args, test->answered);
    else
        db_text (&args, NULL);
    db_text (&args, delivery_id);
    db_text (&args, delivery_id ? request->actor->municipality : NULL);
    db_text (&args, test->note && *test->note ? test->note : NULL);
    db_text (&args, request->actor->person_id);
    return db_queue_expect (request->db, &route_statements[ADD_CALL], &args, 1, ERROR_ALREADY_THERE, err);
}

int route_queue_call (struct request *request, const char *office_id, const char *phone, const char *delivery_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, request->actor->municipality);
    db_text (&args, delivery_id);
    db_text (&args, office_id);
    db_text (&args, phone);
    db_time (&args, request->now);
    db_number (&args, LANE_CODES);
    return db_queue (request->db, &route_statements[QUEUE_CALL], &args, err);
}

int route_partners (struct db *db, struct arena *arena, struct route_partner_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct route_partner *items;
    DB_ROWS (rows);

    if (db_run (db, &route_statements[PARTNERS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct route_partner) { .office_id = db_copy_text (rows, i, "office_id", arena), .office = db_copy_text (rows, i,
            "name", arena) };
    *ret = (struct route_partner_list) { items, (size_t) db_count (rows) };
    return 0;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------------------- */

static struct route_call_list calls_of (const db_rows *rows, const char *route_id, struct arena *arena)
{
    struct route_call *items = arena_alloc (arena, ROUTE_CALLS_SHOWN * sizeof *items);
    size_t count = 0;

    for (int i = 0; i < db_count (rows) && count < ROUTE_CALLS_SHOWN; i++)
        if (strcmp (db_get_text (rows, i, "route_id"), route_id) == 0)
            items[count++] = (struct route_call) { .test_id = db_copy_text (rows, i, "test_id", arena),
                .called_at = db_get_number (rows, i, "called_us"), .has_answered = !db_is_null (rows, i, "answered"),
                .answered = db_get_flag (rows, i, "answered"), .by_machine = db_get_flag (rows, i, "by_machine"),
                .by_name = db_copy_text (rows, i, "by_name", arena), .note = db_copy_text (rows, i, "note", arena) };
    return (struct route_call_list) { items, count };
}

static struct route_view view_of (const db_rows *rows, int i, const db_rows *calls, int64_t now, struct arena *arena)
{
    struct route_view view = { .route_id = db_copy_text (rows, i, "route_id", arena), .time = (enum route_time) db_get_number (rows, i,
        "serves"),
        .means = (enum route_means) db_get_number (rows, i, "means"), .address = db_copy_text (rows, i, "address", arena),
        .note = db_copy_text (rows, i, "note", arena), .set_by = db_copy_text (rows, i, "set_by_name", arena),
        .set_at = db_get_number (rows, i, "set_us"), .has_succeeded_at = !db_is_null (rows, i, "succeeded_us"),
        .succeeded_at = db_get_number (rows, i, "succeeded_us") };

    view.calls = calls_of (calls, view.route_id, arena);
    view.needs_check = route_needs_check (&view.calls, view.has_succeeded_at, view.succeeded_at, now);
    return view;
}

int route_views (struct request *request, const char *office_id, struct route_view_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct route_view *items;
    DB_ROWS (rows);
    DB_ROWS (calls);

    db_text (&args, office_id);
    if (db_run (request->db, &route_statements[ROUTES], &args, &rows, err) < 0
        || db_run (request->db, &route_statements[CALLS], &args, &calls, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = view_of (rows, i, calls, request->now, request->arena);
    *ret = (struct route_view_list) { items, (size_t) db_count (rows) };
    return 0;
}
