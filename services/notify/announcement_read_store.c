/* announcement_read_store.c - what is read of announcements; see announcement_store.h. */
#include "announcement_store.h"
#include "bits.h"

enum { LINES, AREAS, ONE, RECEIPTS };

#define HAS_IT "(o.received_at is not null or o.delivered_on is not null)"
/* $1 the reader's office, $2 whether the reader looks after announcements, $3 of every municipality, $4 the reader's municipality */
#define LINE \
    "select a.announcement_id, a.kind, a.title, a.located_in, a.from_office_name, guard.to_us (a.sent_at) as sent_at," \
    "       r.office_id is not null as mine, guard.to_us (r.received_at) as received_at, r.received_name," \
    "       $2::boolean and ($3::boolean or a.located_in = $4) as manages"
#define OF_READER \
    "  from announcement a left join announcement_office r on r.announcement_id = a.announcement_id and r.office_id = $1::uuid" \
    " where (r.office_id is not null or ($2::boolean and ($3::boolean or a.located_in = $4)))"

const struct db_statement announcement_read_statements[] = {
    [LINES] = { "announcement_lines",
        LINE OF_READER
        " order by (r.office_id is not null and r.received_at is null) desc, a.sent_at desc, a.announcement_id limit 100" },
    [AREAS] = { "announcement_areas",
        "select o.announcement_id, o.located_in,"
        "       coalesce ((select m.name from municipality m where m.code = o.located_in), o.located_in) as name,"
        "       count(*) as offices, count(*) filter (where " HAS_IT ") as received"
        "  from announcement_office o where o.announcement_id = any ($1::text[]::uuid[])"
        " group by o.announcement_id, o.located_in order by o.announcement_id, o.located_in" },
    [ONE] = { "announcement_one", LINE ", a.text" OF_READER " and a.announcement_id = $5::uuid" },
    [RECEIPTS] = { "announcement_receipts",
        "select o.office_id, o.office, o.located_in, o.kinds, o.way, guard.to_us (o.told_at) as told_at, o.people, o.reminders,"
        "       guard.to_us (o.received_at) as received_at, o.received_name, o.delivered_on::text as delivered_on, o.delivered_way,"
        "       o.recorded_name, d.state as fax_state, (select n.phone from office n where n.office_id = o.office_id) as phone"
        "  from announcement_office o left join delivery d on d.municipality = o.sent_from and d.delivery_id = o.fax_delivery"
        " where o.announcement_id = $1::uuid and ($2::text is null or o.located_in = $2) and (not $3::boolean or not " HAS_IT ")"
        " order by " HAS_IT ", o.located_in, o.office, o.office_id limit $4::bigint" },
    { NULL, NULL },
};

static void reader_args (struct request *request, struct db_args *args)
{
    db_text (args, request->actor->office_id);
    db_flag (args, announcement_manages (request->actor));
    db_flag (args, announcement_manages_from (request->actor, ""));
    db_text (args, request->actor->municipality);
}

static struct announcement_line line_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct announcement_line) { .announcement_id = db_copy_text (rows, i, "announcement_id", arena),
        .kind = (enum announcement_kind) db_get_number (rows, i, "kind"), .title = db_copy_text (rows, i, "title", arena),
        .municipality = db_copy_text (rows, i, "located_in", arena), .from_office = db_copy_text (rows, i, "from_office_name", arena),
        .sent_at = db_get_number (rows, i, "sent_at"), .mine = db_get_flag (rows, i, "mine"),
        .has_received_at = !db_is_null (rows, i, "received_at"), .received_at = db_get_number (rows, i, "received_at"),
        .received_by = db_copy_text (rows, i, "received_name", arena), .manages = db_get_flag (rows, i, "manages") };
}

/* The rates of those lines the reader looks after; rows come in the order of announcements. */
static void add_areas (struct announcement_line *line, const db_rows *rows, struct arena *arena)
{
    struct announcement_area *areas = arena_alloc (arena, (size_t) (db_count (rows) + 1) * sizeof *areas);
    size_t count = 0;

    line->has_offices = line->has_received = true;
    for (int i = 0; i < db_count (rows); i++) {
        int64_t offices = db_get_number (rows, i, "offices"), received = db_get_number (rows, i, "received");

        if (strcmp (db_get_text (rows, i, "announcement_id"), line->announcement_id) != 0)
            continue;
        areas[count++] = (struct announcement_area) { .municipality = db_copy_text (rows, i, "located_in", arena),
            .name = db_copy_text (rows, i, "name", arena), .offices = offices, .received = received, .has_percent = offices > 0,
            .percent = announcement_percent (received, offices) };
        line->offices += offices;
        line->received += received;
    }
    line->areas = (struct announcement_area_list) { areas, count };
}

static int add_rates (struct request *request, struct announcement_line *lines, size_t count, struct error *err)
{
    const char **ids = arena_alloc (request->arena, (count + 1) * sizeof *ids);
    struct db_args args = { 0 };
    size_t wanted = 0;
    DB_ROWS (rows);

    for (size_t i = 0; i < count; i++)
        if (lines[i].manages)
            ids[wanted++] = lines[i].announcement_id;
    if (wanted == 0)
        return 0;
    db_text_list (&args, request->arena, (struct text_list) { .items = ids, .count = wanted });
    if (db_run (request->db, &announcement_read_statements[AREAS], &args, &rows, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (lines[i].manages)
            add_areas (&lines[i], rows, request->arena);
    return 0;
}

int announcement_lines (struct request *request, struct announcement_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct announcement_line *items;
    DB_ROWS (rows);

    reader_args (request, &args);
    if (db_run (request->db, &announcement_read_statements[LINES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = line_of (rows, i, request->arena);
    *ret = (struct announcement_line_list) { items, (size_t) db_count (rows) };
    return add_rates (request, items, ret->count, err);
}

int announcement_read (struct request *request, const char *announcement_id, struct announcement_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct announcement_line *line;
    DB_ROWS (rows);

    reader_args (request, &args);
    db_text (&args, announcement_id);
    if (db_run (request->db, &announcement_read_statements[ONE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not for this office");
    line = arena_alloc (request->arena, sizeof *line);
    *line = line_of (rows, 0, request->arena);
    ret->announcement = line;
    ret->text = db_copy_text (rows, 0, "text", request->arena);
    return add_rates (request, line, 1, err);
}

static struct announcement_office office_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct announcement_office) { .office_id = db_copy_text (rows, i, "office_id", arena),
        .office = db_copy_text (rows, i, "office", arena), .municipality = db_copy_text (rows, i, "located_in", arena),
        .phone = db_copy_text (rows, i, "phone", arena), .readers = enums_of_bits (arena, db_get_number (rows, i, "kinds")),
        .way = (enum announcement_way) db_get_number (rows, i, "way"), .has_told_at = !db_is_null (rows, i, "told_at"),
        .told_at = db_get_number (rows, i, "told_at"), .people = db_get_number (rows, i, "people"),
        .reminders = db_get_number (rows, i, "reminders"), .fax_state = (enum delivery_state) db_get_number (rows, i, "fax_state"),
        .has_received_at = !db_is_null (rows, i, "received_at"), .received_at = db_get_number (rows, i, "received_at"),
        .received_by = db_copy_text (rows, i, "received_name", arena), .delivered_on = db_copy_text (rows, i, "delivered_on", arena),
        .delivered_by = (enum announcement_way) db_get_number (rows, i, "delivered_way"),
        .recorded_by = db_copy_text (rows, i, "recorded_name", arena) };
}

int announcement_receipts (struct request *request, const struct announcement *query, struct announcement_answer *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct announcement_office *items;
    int count;
    DB_ROWS (rows);

    db_text (&args, query->announcement_id);
    db_text (&args, query->municipality);
    db_flag (&args, query->outstanding);
    db_number (&args, ANNOUNCEMENT_OFFICES_SHOWN + 1);
    if (db_run (request->db, &announcement_read_statements[RECEIPTS], &args, &rows, err) < 0)
        return -1;
    count = db_count (rows) > ANNOUNCEMENT_OFFICES_SHOWN ? ANNOUNCEMENT_OFFICES_SHOWN : db_count (rows);
    items = arena_alloc (request->arena, (size_t) (count + 1) * sizeof *items);
    for (int i = 0; i < count; i++)
        items[i] = office_of (rows, i, request->arena);
    ret->offices = (struct announcement_office_list) { items, (size_t) count };
    ret->more = db_count (rows) > count;
    return 0;
}
