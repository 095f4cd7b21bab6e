/* public_store.c - see public_store.h.
 *
 * Three forms of one question, by what narrows most: the order of names, pairs of characters, squares around a place.
 */
#include "public_store.h"

#include "text.h"

enum { LIST_NAMES, LIST_WORDS, LIST_NEAR, COUNT_NAMES, COUNT_WORDS, COUNT_NEAR, ONE, PROOF, ITEMS, PROOF_ITEMS, MUNICIPALITIES, REGION,
       STATEMENT_COUNT };

#define LINE                                                                                                                               \
    "select f.facility_id, f.name, f.name_kana, f.service, f.located_in, coalesce (p.prefecture || p.name, m.prefecture || m.name, '')"    \
    "       as place, concat_ws (' ', f.address, case when f.building is not null and strpos (coalesce (f.address, ''), f.building) = 0"   \
    "                                                 then f.building end) as address,"                                                    \
    "       f.phone, f.phone_doubtful, f.url, f.latitude, f.longitude,"                                                                   \
    "       exists (select from facility_public_proof v where v.facility_id = f.facility_id) as proofed"
#define PLACES " left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in"

/* $1 after, $2 limit, $3 and $4 codes from and to, $5 kinds (NULL: whatever it does), $6 items. */
#define AFTER                                                                                                                             \
    " (f.sort_key, f.facility_id) > (coalesce ((select a.sort_key from facility_public a where a.facility_id = $1::uuid), ''),"           \
    "                                coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
#define WANTS                                                                                                                             \
    " f.located_in between $3 and $4"                                                                                                     \
    " and ($5::text[] is null or f.service = any ($5::text[])"                                                                            \
    "      or f.facility_id in (select i.facility_id from facility_public_item i"                                                         \
    "                            where i.item = any ($6::bigint[]::smallint[]) and i.answer = 1))"
/* $7 keys, $8 to $12 as facility_store_words writes them.  Keys of items are not asked for: what residents do not see narrows nothing. */
#define NAMED                                                                                                                             \
    " (f.grams || f.facets || f.item_keys) @> $7::text[]"                                                                                 \
    " and strpos (E'\\n' || f.search, $8) > 0 and strpos (E'\\n' || f.search, $9) > 0 and strpos (E'\\n' || f.search, $10) > 0"           \
    " and strpos (E'\\n' || f.search, $11) > 0 and ($12::text is null or f.number = $12)"
/* $13 and $14 the place.  20 km are 0.18 degrees of latitude; in the far north 0.26 of longitude. */
#define NEAR " from generate_series (floor (($13::float8 - 0.18) * 100)::int, floor (($13::float8 + 0.18) * 100)::int) g"                 \
    " join facility_public f on f.cell between g * 100000 + floor (($14::float8 - 0.26) * 100)::int"                                      \
    "                                      and g * 100000 + floor (($14::float8 + 0.26) * 100)::int"
#define METRES                                                                                                                            \
    "111195 * sqrt (power (f.latitude::float8 - $13::float8, 2)"                                                                          \
    "               + power ((f.longitude::float8 - $14::float8) * cos (radians ($13::float8)), 2))"
#define LIST(from, where) LINE from PLACES " where" AFTER " and" where " order by f.sort_key, f.facility_id limit $2::int"
#define TALLY(from, where) "select count(*) as count from (select" from " where $1::uuid is null and" where " limit $2::int) x"

const struct db_statement public_statements[] = {
    [LIST_NAMES] = { "public_list_names", LIST (" from facility_public f", WANTS) },
    [LIST_WORDS] = { "public_list_words", LIST (" from facility_public f", NAMED " and" WANTS) },
    [LIST_NEAR] = { "public_list_near", LINE ", (" METRES ")::bigint as metres" NEAR PLACES
        " where $1::uuid is null and" NAMED " and" WANTS " and " METRES " <= 20000 order by " METRES ", f.facility_id limit $2::int" },
    [COUNT_NAMES] = { "public_count_names", TALLY (" from facility_public f", WANTS) },
    [COUNT_WORDS] = { "public_count_words", TALLY (" from facility_public f", NAMED " and" WANTS) },
    [COUNT_NEAR] = { "public_count_near", TALLY (NEAR, NAMED " and" WANTS " and " METRES " <= 20000") },
    [ONE] = { "public_one", LINE " from facility_public f" PLACES " where f.facility_id = $1::uuid" },
    [PROOF] = { "public_proof", LINE " from facility f" PLACES " where f.facility_id = $1::uuid" },
    [ITEMS] = { "public_items",
        "select i.facility_id, i.item, i.answer, coalesce (i.performed::int, -1) as performed, i.text, guard.to_us (i.confirmed_at) as confirmed_us"
        "  from facility_public_item i where i.facility_id = any ($1::uuid[]) order by i.item, i.notified" },
    [PROOF_ITEMS] = { "public_proof_items",
        "select $1::uuid as facility_id, i.item, i.answer, coalesce (i.performed::int, -1) as performed, i.text,"
        "       guard.to_us (i.confirmed_at) as confirmed_us from facility_proof_items ($1::uuid) i" },
    [MUNICIPALITIES] = { "public_municipalities",
        "select m.code, m.name, m.desk_phone from municipality m where m.in_region order by m.code limit 2000" },
    [REGION] = { "public_region",
        "select (select count(*) from (select from facility_public f limit 10000) x) as facilities,"
        "       (select count(*) from (select from facility_public_proof v limit 10000) x) as proofed" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* ---- what is asked -------------------------------------------------------------------------------------------------------------- */

static int form_of (const struct public_wanted *wanted)
{
    return wanted->latitude ? LIST_NEAR : wanted->words.keys.count ? LIST_WORDS : LIST_NAMES;
}

static void put_wanted (struct db_args *args, struct arena *arena, const struct public_wanted *wanted)
{
    const struct facility_wanted *words = &wanted->words;
    int form = form_of (wanted);

    db_text (args, words->low);
    db_text (args, words->high);
    if (wanted->has_wants)
        db_text_list (args, arena, wanted->services);
    else
        db_text (args, NULL);
    db_number_list (args, arena, wanted->items);
    if (form == LIST_NAMES)
        return;
    db_text_list (args, arena, words->keys);
    facility_store_words (args, words);
    if (form != LIST_NEAR)
        return;
    db_text (args, wanted->latitude);
    db_text (args, wanted->longitude);
}

/* ---- lines and their items ------------------------------------------------------------------------------------------------------ */

static struct public_facility_line line_of (const db_rows *rows, int row, struct arena *arena, bool near)
{
    return (struct public_facility_line) {
        .facility_id = db_copy_text (rows, row, "facility_id", arena), .name = db_copy_text (rows, row, "name", arena),
        .name_kana = db_copy_text (rows, row, "name_kana", arena), .service = db_copy_text (rows, row, "service", arena),
        .municipality = db_copy_text (rows, row, "located_in", arena),
        .municipality_name = text_cut (arena, db_get_text (rows, row, "place"), 60),
        .address = text_cut (arena, db_get_text (rows, row, "address"), 400), .phone = db_copy_text (rows, row, "phone", arena),
        .has_phone_doubtful = true, .phone_doubtful = db_get_flag (rows, row, "phone_doubtful"),
        .url = text_cut (arena, db_get_text (rows, row, "url"), 400), .latitude = db_copy_text (rows, row, "latitude", arena),
        .longitude = db_copy_text (rows, row, "longitude", arena), .has_metres = near,
        .metres = near ? db_get_number (rows, row, "metres") : 0, .proofed = db_get_flag (rows, row, "proofed"),
    };
}

static struct public_facility_item item_of (const db_rows *rows, int row, struct arena *arena)
{
    int64_t performed = db_get_number (rows, row, "performed");

    return (struct public_facility_item) { .item = (int) db_get_number (rows, row, "item"),
        .answer = (int) db_get_number (rows, row, "answer"), .has_performed = performed >= 0, .performed = performed == 1,
        .text = db_copy_text (rows, row, "text", arena), .has_confirmed_at = !db_is_null (rows, row, "confirmed_us"),
        .confirmed_at = db_get_number (rows, row, "confirmed_us") };
}

/* Those of one facility, out of the rows of several. */
static struct public_facility_item_list items_of (const db_rows *rows, const char *facility_id, struct arena *arena)
{
    struct public_facility_item *items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    size_t count = 0;

    for (int row = 0; row < db_count (rows); row++)
        if (strcmp (db_get_text (rows, row, "facility_id"), facility_id) == 0)
            items[count++] = item_of (rows, row, arena);
    return (struct public_facility_item_list) { items, count };
}

static int take_items (struct db *db, struct arena *arena, struct public_facility_line *lines, size_t count, struct error *err)
{
    const char **ids = arena_alloc (arena, (count + 1) * sizeof *ids);
    struct db_args args = { 0 };
    DB_ROWS (rows);

    for (size_t i = 0; i < count; i++)
        ids[i] = lines[i].facility_id;
    db_text_list (&args, arena, (struct text_list) { ids, count });
    if (db_run (db, &public_statements[ITEMS], &args, &rows, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        lines[i].items = items_of (rows, lines[i].facility_id, arena);
    return 0;
}

int public_store_search (struct db *db, struct arena *arena, const struct public_wanted *wanted, struct public_facility_line_list *ret,
                         struct error *err)
{
    int form = form_of (wanted);
    struct db_args args = { 0 };
    struct public_facility_line *lines;
    DB_ROWS (rows);

    db_text (&args, form == LIST_NEAR ? NULL : wanted->words.after);
    db_number (&args, wanted->words.limit);
    put_wanted (&args, arena, wanted);
    if (db_run (db, &public_statements[form], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = lines = arena_alloc (arena, (ret->count + 1) * sizeof *lines);
    for (int row = 0; row < db_count (rows); row++)
        lines[row] = line_of (rows, row, arena, form == LIST_NEAR);
    return take_items (db, arena, lines, ret->count, err);
}

int public_store_count (struct db *db, struct arena *arena, const struct public_wanted *wanted, int64_t *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, NULL);
    db_number (&args, PUBLIC_COUNT_MOST);
    put_wanted (&args, arena, wanted);
    if (db_run (db, &public_statements[COUNT_NAMES + form_of (wanted)], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "count");
    return 0;
}

int public_store_one (struct db *db, struct arena *arena, const char *facility_id, const struct public_facility_line **ret, struct error *err)
{
    struct public_facility_line *line = arena_alloc (arena, sizeof *line);
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = NULL;
    db_text (&args, facility_id);
    if (db_run (db, &public_statements[ONE], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *line = line_of (rows, 0, arena, false);
    *ret = line;
    return take_items (db, arena, line, 1, err);
}

int public_store_proof (struct db *db, struct arena *arena, const char *facility_id, const struct public_facility_line **ret,
                        struct error *err)
{
    struct public_facility_line *line = arena_alloc (arena, sizeof *line);
    struct db_args args = { 0 };
    DB_ROWS (rows);
    DB_ROWS (items);

    *ret = NULL;
    db_text (&args, facility_id);
    if (db_run (db, &public_statements[PROOF], &args, &rows, err) < 0
        || db_run (db, &public_statements[PROOF_ITEMS], &args, &items, err) < 0)
        return -1;
    if (db_count (rows) == 0)
        return 0;
    *line = line_of (rows, 0, arena, false);
    line->items = items_of (items, facility_id, arena);
    *ret = line;
    return 0;
}

int public_store_municipalities (struct db *db, struct arena *arena, struct public_municipality_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct public_municipality *items;
    DB_ROWS (rows);

    if (db_run (db, &public_statements[MUNICIPALITIES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (arena, ((size_t) db_count (rows) + 1) * sizeof *items);
    for (int row = 0; row < db_count (rows); row++)
        items[row] = (struct public_municipality) { db_copy_text (rows, row, "code", arena), db_copy_text (rows, row, "name", arena),
                                                    db_copy_text (rows, row, "desk_phone", arena) };
    *ret = (struct public_municipality_list) { items, (size_t) db_count (rows) };
    return 0;
}

int public_store_region (struct db *db, int64_t *ret_facilities, int64_t *ret_proofed, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (db_run (db, &public_statements[REGION], &args, &rows, err) < 0)
        return -1;
    *ret_facilities = db_get_number (rows, 0, "facilities");
    *ret_proofed = db_get_number (rows, 0, "proofed");
    return 0;
}
