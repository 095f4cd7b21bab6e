/* export_store.c - see export_store.h. */
#include "export_store.h"

#include <stdlib.h>
#include "db.h"

enum { PUBLIC_PAGE, PUBLIC_SEARCH, PUBLIC_ITEMS, PUBLIC_HOURS, ITEMS, PLACE, STATEMENT_COUNT };

#define LINE                                                                                                                               \
    "select p.facility_id, f.scheme, p.number, p.service, p.located_in, p.name, p.name_kana, p.address, p.building,"                      \
    "       p.phone, p.url, p.latitude::text as latitude, p.longitude::text as longitude, coalesce (c.prefecture, m.prefecture, '') as prefecture," \
    "       coalesce (c.name, m.name, '') as city,"                                                                                        \
    "       exists (select from facility_public_proof v where v.facility_id = p.facility_id) as proofed"                                   \
    "  from facility_public p join facility f on f.facility_id = p.facility_id"                                                            \
    "       left join facility_place c on c.located_in = p.located_in left join municipality m on m.code = p.located_in"
#define KNOWN                                                                                                                              \
    "select i.facility_id, i.item, i.notified, i.answer, coalesce (i.performed::int, -1) as performed, i.text"
#define IN_ORDER " order by i.facility_id, i.item, i.notified"

const struct db_statement export_statements[] = {
    /* $1 after, $2 limit, $3 and $4 codes; the one before was public when it was read, so it is looked for among all */
    [PUBLIC_PAGE] = { "export_public_page",
        LINE " where p.located_in between $3 and $4 and (p.located_in, p.sort_key, p.facility_id) > ("
             "   coalesce ((select a.located_in from facility a where a.facility_id = $1::uuid), ''),"
             "   coalesce ((select a.sort_key from facility a where a.facility_id = $1::uuid), ''),"
             "   coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
             " order by p.located_in, p.sort_key, p.facility_id limit $2::int" },
    /* $3 to $7 as facility_store_words writes them, $8 keys, $9 facility, $10 place, $11 numbers, $12 service */
    [PUBLIC_SEARCH] = { "export_public_search",
        LINE " where (p.sort_key, p.facility_id) > (coalesce ((select a.sort_key from facility a where a.facility_id = $1::uuid), ''),"
             "                                      coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
             "   and strpos (E'\\n' || p.search, $3) > 0 and strpos (E'\\n' || p.search, $4) > 0 and strpos (E'\\n' || p.search, $5) > 0"
             "   and strpos (E'\\n' || p.search, $6) > 0 and ($7::text is null or p.number = $7)"
             "   and (p.grams || p.facets || p.item_keys) @> $8::text[] and ($9::uuid is null or p.facility_id = $9::uuid)"
             "   and ($10::text is null or strpos (coalesce (c.prefecture || c.name, m.prefecture || m.name, ''), $10) > 0)"
             "   and (cardinality ($11::text[]) = 0 or p.number = any ($11::text[])"
             "        or p.number = any (select 'ID-' || n from unnest ($11::text[]) n))"
             "   and ($12::text is null or p.service = $12)"
             " order by p.sort_key, p.facility_id limit $2::int" },
    [PUBLIC_ITEMS] = { "export_public_items",
        KNOWN " from facility_public_item i where i.facility_id = any ($1::text[]::uuid[])" IN_ORDER },
    /* hours taken apart belong to the item that says them in words: shown when that is */
    [PUBLIC_HOURS] = { "export_public_hours",
        "select h.facility_id, h.slots::text[] as slots, h.closed, h.as_weekdays from facility_hours h"
        " where h.facility_id = any ($1::text[]::uuid[]) and h.purpose = 1 and h.until_at is null and h.shown_to & 4 <> 0"
        "   and exists (select from facility_public_item i where i.facility_id = h.facility_id and i.item = 17)" },
    [ITEMS] = { "export_items",
        KNOWN " from facility_item i where i.facility_id = any ($1::text[]::uuid[]) and i.until_at is null"
              "   and ($2::int = 0 or i.shown_to & (1 << $2::int - 1) <> 0)" IN_ORDER },
    [PLACE] = { "export_place",
        "select x.prefecture, x.name, x.desk_phone"
        "  from (select 1 as first, m.prefecture, m.name, m.desk_phone from municipality m where m.code = $1"
        "        union all select 2, c.prefecture, c.name, null from facility_place c where c.located_in = $1) x order by x.first limit 1" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* ---- items ------------------------------------------------------------------------------------------------------------------------- */

static struct known_item take_item (const db_rows *rows, int row, struct arena *arena)
{
    return (struct known_item) { .item = (int) db_get_number (rows, row, "item"), .notified = db_get_flag (rows, row, "notified"),
        .answer = (int) db_get_number (rows, row, "answer"), .performed = (enum item_performed) db_get_number (rows, row, "performed"),
        .text = db_copy_text (rows, row, "text", arena) };
}

/* Rows of one facility stand together. */
static struct known_items items_of (const db_rows *rows, const char *facility_id, const struct known_item *items)
{
    int first = 0, end;

    while (first < db_count (rows) && strcmp (db_get_text (rows, first, "facility_id"), facility_id) != 0)
        first++;
    for (end = first; end < db_count (rows) && strcmp (db_get_text (rows, end, "facility_id"), facility_id) == 0;)
        end++;
    return (struct known_items) { items + first, (size_t) (end - first) };
}

static int run_items (struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
                      struct text_list ids, struct known_items **ret, struct error *err)
{
    struct known_items *known = arena_alloc (arena, (ids.count + 1) * sizeof *known);
    struct known_item *items;
    DB_ROWS (rows);

    *ret = known;
    if (ids.count == 0)
        return 0;
    if (db_run (db, statement, args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int row = 0; row < db_count (rows); row++)
        items[row] = take_item (rows, row, arena);
    for (size_t i = 0; i < ids.count; i++)
        known[i] = items_of (rows, ids.items[i], items);
    return 0;
}

int export_items (struct db *db, struct arena *arena, struct text_list ids, int audience, struct known_items **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text_list (&args, arena, ids);
    db_number (&args, audience);
    return run_items (db, arena, &export_statements[ITEMS], &args, ids, ret, err);
}

/* ---- facilities -------------------------------------------------------------------------------------------------------------------- */

/* As its list has it: one that reads like that of a care office is kept as ID-… (schema/0050_facility_schemes.sql). */
static const char *take_number (const db_rows *rows, int row, struct arena *arena)
{
    const char *number = db_copy_text (rows, row, "number", arena);

    return strncmp (number, "ID-", 3) == 0 ? number + 3 : number;
}

static struct open_facility take_facility (const db_rows *rows, int row, struct arena *arena)
{
    return (struct open_facility) {
        .facility_id = db_copy_text (rows, row, "facility_id", arena), .number = take_number (rows, row, arena),
        .scheme = db_copy_text (rows, row, "scheme", arena), .service = db_copy_text (rows, row, "service", arena),
        .located_in = db_copy_text (rows, row, "located_in", arena),
        .prefecture = db_copy_text (rows, row, "prefecture", arena), .city = db_copy_text (rows, row, "city", arena),
        .name = db_copy_text (rows, row, "name", arena), .name_kana = db_copy_text (rows, row, "name_kana", arena),
        .address = db_copy_text (rows, row, "address", arena), .building = db_copy_text (rows, row, "building", arena),
        .phone = db_copy_text (rows, row, "phone", arena), .url = db_copy_text (rows, row, "url", arena),
        .latitude = db_copy_text (rows, row, "latitude", arena), .longitude = db_copy_text (rows, row, "longitude", arena),
        .proofed = db_get_flag (rows, row, "proofed"),
    };
}

static struct opening_hours take_hours (const db_rows *rows, int row, struct arena *arena)
{
    struct text_list numbers = db_copy_text_list (rows, row, "slots", arena);
    struct opening_slot *slots = arena_alloc (arena, (numbers.count / 4 + 1) * sizeof *slots);
    int of[4];

    for (size_t i = 0; i + 3 < numbers.count; i += 4) {
        for (size_t k = 0; k < 4; k++)
            of[k] = (int) strtol (numbers.items[i + k], NULL, 10);
        slots[i / 4] = (struct opening_slot) { of[0], of[1], of[2], of[3] };
    }
    return (struct opening_hours) { .slots = slots, .count = numbers.count / 4, .closed = (int) db_get_number (rows, row, "closed"),
                                    .holidays_as_weekdays = db_get_flag (rows, row, "as_weekdays") };
}

static int add_public_hours (struct db *db, struct arena *arena, const struct db_args *args, struct open_facilities *facilities,
                             struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, &export_statements[PUBLIC_HOURS], args, &rows, err) < 0)
        return -1;
    for (int row = 0; row < db_count (rows); row++)
        for (size_t i = 0; i < facilities->count; i++)
            if (strcmp (facilities->items[i].facility_id, db_get_text (rows, row, "facility_id")) == 0)
                facilities->items[i].hours = take_hours (rows, row, arena);
    return 0;
}

static int add_public_items (struct db *db, struct arena *arena, struct open_facilities *facilities, struct error *err)
{
    const char **ids = arena_alloc (arena, (facilities->count + 1) * sizeof *ids);
    struct text_list list = { ids, facilities->count };
    struct db_args args = { 0 };
    struct known_items *items;

    for (size_t i = 0; i < facilities->count; i++)
        ids[i] = facilities->items[i].facility_id;
    db_text_list (&args, arena, list);
    if (run_items (db, arena, &export_statements[PUBLIC_ITEMS], &args, list, &items, err) < 0)
        return -1;
    for (size_t i = 0; i < facilities->count; i++)
        facilities->items[i].items = items[i];
    return facilities->count ? add_public_hours (db, arena, &args, facilities, err) : 0;
}

static int run_public (struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
                       struct open_facilities *ret, struct error *err)
{
    DB_ROWS (rows);

    if (db_run (db, statement, args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (arena, (ret->count + 1) * sizeof *ret->items);
    for (int row = 0; row < db_count (rows); row++)
        ret->items[row] = take_facility (rows, row, arena);
    return add_public_items (db, arena, ret, err);
}

int export_public_page (struct db *db, struct arena *arena, const char *low, const char *high, const char *after, int64_t limit,
                        struct open_facilities *ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, after);
    db_number (&args, limit);
    db_text (&args, low);
    db_text (&args, high);
    return run_public (db, arena, &export_statements[PUBLIC_PAGE], &args, ret, err);
}

int export_public_search (struct db *db, struct arena *arena, const struct open_wanted *wanted, struct open_facilities *ret,
                          struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, wanted->after);
    db_number (&args, wanted->limit);
    facility_store_words (&args, &wanted->words);
    db_text_list (&args, arena, wanted->words.keys);
    db_text (&args, wanted->facility_id);
    db_text (&args, wanted->city);
    db_text_list (&args, arena, wanted->numbers);
    db_text (&args, wanted->service);
    return run_public (db, arena, &export_statements[PUBLIC_SEARCH], &args, ret, err);
}

int export_place_of (struct db *db, struct arena *arena, const char *municipality, struct export_place *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct export_place) { NULL, NULL, NULL };
    db_text (&args, municipality);
    if (db_run (db, &export_statements[PLACE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows))
        *ret = (struct export_place) { db_copy_text (rows, 0, "prefecture", arena), db_copy_text (rows, 0, "name", arena),
                                       db_copy_text (rows, 0, "desk_phone", arena) };
    return 0;
}
