/* facility_item_store.c - see facility_item_store.h. */
#include "facility_item_store.h"

#include "bits.h"

enum { KEPT, ITEMS, CONSENTS, END_ITEM, BEGIN_ITEM, END_CONSENT, BEGIN_CONSENT, SPENT, STATEMENT_COUNT };

const struct db_statement facility_item_statements[] = {
    [KEPT] = { "facility_kept",
        "select f.service, f.municipality, f.located_in, f.phone is not null as has_phone, f.fax is not null as has_fax,"
        "       f.number = (select (facility_reader ()).number) as own from facility f where f.facility_id = $1::uuid" },
    [ITEMS] = { "facility_items",
        "select i.item, i.notified, i.answer, coalesce (i.performed::int, -1) as performed, i.text, i.source,"
        "       i.source_date::text as source_date, guard.to_us (i.changed_at) as changed_us,"
        "       coalesce (guard.to_us (i.confirmed_at), 0) as confirmed_us, i.shown_to"
        "  from facility_item i where i.facility_id = $1::uuid and i.until_at is null order by i.item, i.notified" },
    [CONSENTS] = { "facility_consents",
        "select c.item, c.audiences, c.given_by, c.given_on::text as given_on from facility_consent c"
        " where c.facility_id = $1::uuid and c.until_at is null order by c.item" },
    [END_ITEM] = { "facility_item_end",
        "update facility_item set until_at = guard.to_time ($4::bigint)"
        " where facility_id = $1::uuid and item = $2::smallint and notified = $3::boolean and until_at is null" },
    [BEGIN_ITEM] = { "facility_item_begin",
        "insert into facility_item (facility_id, item, notified, since, answer, performed, text, source, source_date, changed_at,"
        "                           confirmed_at, shown_to, keeper, set_by)"
        " values ($1::uuid, $2::smallint, $3::boolean, guard.to_time ($4::bigint), $5::smallint,"
        "         case $6::int when 1 then true when 0 then false end, $7, $8::smallint, $9::date, guard.to_time ($10::bigint),"
        "         guard.to_time (nullif ($11::bigint, 0)), $12::smallint, $13, $14::uuid)" },
    [END_CONSENT] = { "facility_consent_end",
        "update facility_consent set until_at = guard.to_time ($3::bigint)"
        " where facility_id = $1::uuid and item = $2::smallint and until_at is null" },
    [BEGIN_CONSENT] = { "facility_consent_begin",
        "insert into facility_consent (facility_id, item, since, audiences, given_by, given_on, keeper, set_by)"
        " values ($1::uuid, $2::smallint, guard.to_time ($3::bigint), $4::smallint, $5, $6::date, $7, $8::uuid)" },
    [SPENT] = { "facility_spent", "select upkeep_spent ($1::uuid, $2::date, $3::boolean, $4::integer)" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int facility_store_kept (struct request *request, const char *facility_id, struct facility_kept *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (request->db, &facility_item_statements[KEPT], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such facility");
    *ret = (struct facility_kept) { .service = db_copy_text (rows, 0, "service", request->arena),
        .keeper = db_copy_text (rows, 0, "municipality", request->arena),
        .located_in = db_copy_text (rows, 0, "located_in", request->arena), .own_office = db_get_flag (rows, 0, "own"),
        .has_phone = db_get_flag (rows, 0, "has_phone"), .has_fax = db_get_flag (rows, 0, "has_fax") };
    return 0;
}

static struct known_item item_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct known_item) { .item = (int) db_get_number (rows, i, "item"), .notified = db_get_flag (rows, i, "notified"),
        .answer = (int) db_get_number (rows, i, "answer"), .performed = (enum item_performed) db_get_number (rows, i, "performed"),
        .text = db_copy_text (rows, i, "text", arena), .source = (int) db_get_number (rows, i, "source"),
        .source_date = db_copy_text (rows, i, "source_date", arena), .changed_at = db_get_number (rows, i, "changed_us"),
        .confirmed_at = db_get_number (rows, i, "confirmed_us"), .shown_to = db_get_number (rows, i, "shown_to") };
}

struct known_items facility_items_read (const db_rows *rows, struct arena *arena)
{
    struct known_item *items = arena_alloc (arena, sizeof *items * (size_t) (db_count (rows) + 1));

    for (int i = 0; i < db_count (rows); i++)
        items[i] = item_of (rows, i, arena);
    return (struct known_items) { items, (size_t) db_count (rows) };
}

int facility_store_items (struct request *request, const char *facility_id, struct known_items *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (request->db, &facility_item_statements[ITEMS], &args, &rows, err) < 0)
        return -1;
    *ret = facility_items_read (rows, request->arena);
    return 0;
}

int facility_store_consents (struct request *request, const char *facility_id, struct facility_consents *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct facility_consent *items;
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (request->db, &facility_item_statements[CONSENTS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct facility_consent) { (int) db_get_number (rows, i, "item"), db_get_number (rows, i, "audiences"),
                                               db_copy_text (rows, i, "given_by", request->arena),
                                               db_copy_text (rows, i, "given_on", request->arena) };
    *ret = (struct facility_consents) { items, (size_t) db_count (rows) };
    return 0;
}

/* ---- writing -------------------------------------------------------------------------------------------------------------------- */

static int end_item (struct request *request, const char *facility_id, const struct known_item *item, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_number (&args, item->item);
    db_flag (&args, item->notified);
    db_time (&args, request->now);
    return db_queue_expect (request->db, &facility_item_statements[END_ITEM], &args, 1, ERROR_NOT_FOR_YOU, err);
}

static const char *writer_of (const struct request *request, const struct facility_kept *kept)
{
    return kept->writer ? kept->writer : request->actor->person_id;
}

static int begin_item (struct request *request, const char *facility_id, const struct facility_kept *kept, const struct known_item *item,
                       struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_number (&args, item->item);
    db_flag (&args, item->notified);
    db_time (&args, request->now);
    db_number (&args, item->answer);
    db_number (&args, item->performed);
    db_text (&args, item->text);
    db_number (&args, item->source);
    db_text (&args, item->source_date);
    db_time (&args, item->changed_at);
    db_number (&args, item->confirmed_at);
    db_number (&args, item->shown_to);
    db_text (&args, kept->keeper);
    db_text (&args, writer_of (request, kept));
    return db_queue (request->db, &facility_item_statements[BEGIN_ITEM], &args, err);
}

int facility_store_turn (struct request *request, const char *facility_id, const struct facility_kept *kept,
                         const struct facility_turn *turn, struct error *err)
{
    for (size_t i = 0; i < turn->ended.count; i++)
        if (end_item (request, facility_id, &turn->ended.items[i], err) < 0)
            return -1;
    for (size_t i = 0; i < turn->begun.count; i++)
        if (begin_item (request, facility_id, kept, &turn->begun.items[i], err) < 0)
            return -1;
    return 0;
}

static int end_consent (struct request *request, const char *facility_id, int item, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_number (&args, item);
    db_time (&args, request->now);
    return db_queue (request->db, &facility_item_statements[END_CONSENT], &args, err);
}

int facility_store_consent_turn (struct request *request, const char *facility_id, const struct facility_kept *kept,
                                 const struct facility_consents *fresh, struct error *err)
{
    for (size_t i = 0; i < fresh->count; i++) {
        const struct facility_consent *consent = &fresh->items[i];
        struct db_args args = { 0 };

        db_text (&args, facility_id);
        db_number (&args, consent->item);
        db_time (&args, request->now);
        db_number (&args, consent->audiences);
        db_text (&args, consent->given_by);
        db_text (&args, consent->given_on);
        db_text (&args, kept->keeper);
        db_text (&args, writer_of (request, kept));
        if (end_consent (request, facility_id, consent->item, err) < 0
            || db_queue (request->db, &facility_item_statements[BEGIN_CONSENT], &args, err) < 0)
            return -1;
    }
    return 0;
}

int facility_store_spent (struct request *request, const char *facility_id, const char *month, bool by_facility, int64_t seconds,
                          struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    db_text (&args, month);
    db_flag (&args, by_facility);
    db_number (&args, seconds);
    return db_queue (request->db, &facility_item_statements[SPENT], &args, err);
}
