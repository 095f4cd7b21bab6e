/* facility_store.c - facilities in the database: see facility_store.h.
 *
 * Five forms of one question, so that each keeps its index also under a generic plan: all, one kind, one place, words, items.
 */
#include "facility_store.h"
#include "text.h"

enum { LIST_ALL, LIST_SERVICE, LIST_PLACE, LIST_WORDS, LIST_ITEMS, COUNT_ALL, COUNT_SERVICE, COUNT_PLACE, COUNT_WORDS, COUNT_ITEMS, SERVICES,
       DETAIL, SOURCES, STATEMENT_COUNT };

#define LINE                                                                                                                               \
    "select f.facility_id, f.name, f.name_kana, f.service, f.number, f.located_in, coalesce (p.prefecture || p.name, m.prefecture || "     \
    "m.name, '') as place,"                                                                                                                \
    "       concat_ws (' ', f.address, case when f.building is not null and strpos (coalesce (f.address, ''), f.building) = 0"             \
    "                                       then f.building end) as address,"                                                              \
    "       f.phone, f.phone_doubtful, f.fax, f.not_in_latest is not null as away"
#define FROM                                                                                                                              \
    "  from facility f left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in"
/* $1 after, $2 limit.  A range of the index also under a generic plan; a facility that has gone begins the list anew. */
#define AFTER                                                                                                                             \
    " (f.sort_key, f.facility_id) > (coalesce ((select a.sort_key from facility a where a.facility_id = $1::uuid), ''),"                  \
    "                                coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
#define ORDER " order by f.sort_key, f.facility_id limit $2::int"
#define PAGE(where) LINE FROM " where" AFTER " and " where ORDER
/* $1 is not used when counting: same parameters for both. */
#define TALLY(where) "select count(*) as count from (select from facility f where $1::uuid is null and " where " limit $2::int) x"

#define OF_SERVICE "f.service = $3"
#define OF_PLACE "f.located_in between $4 and $5 and ($3::text is null or f.service = $3)"
#define ALL_IN(words) "not exists (select from unnest (" words "::text[]) w where strpos (f.search, w) = 0)"
#define OF_WORDS                                                                                                                          \
    "((f.grams @> $6::text[] and " ALL_IN ("$7") ")"                                                                                      \
    "  or (f.service = any ($8::text[]) and f.grams @> $9::text[] and " ALL_IN ("$10") ")"                                                \
    "  or f.number = $11)"                                                                                                                \
    " and f.located_in between $4 and $5 and ($3::text is null or f.service = $3)"
/* The items come first: few facilities have all of them, and only those the reader may see are found.  $6 and $9, the pairs, only narrow. */
#define OF_ITEMS                                                                                                                          \
    "f.facility_id in (select i.facility_id from facility_item i"                                                                         \
    "                   where i.item = any ($12::bigint[]::smallint[]) and i.answer = 1 and i.until_at is null group by i.facility_id"    \
    "                  having count(distinct i.item) = cardinality ($12::bigint[]))"                                                      \
    " and (" ALL_IN ("$7") " and $6::text[] is not null"                                                                                  \
    "      or (f.service = any ($8::text[]) and $9::text[] is not null and " ALL_IN ("$10") ") or f.number = $11)"                        \
    " and f.located_in between $4 and $5 and ($3::text is null or f.service = $3)"

const struct db_statement facility_statements[] = {
    [LIST_ALL] = { "facility_list_all", PAGE ("true") },
    [LIST_SERVICE] = { "facility_list_service", PAGE (OF_SERVICE) },
    [LIST_PLACE] = { "facility_list_place", PAGE (OF_PLACE) },
    [LIST_WORDS] = { "facility_list_words", PAGE (OF_WORDS) },
    [LIST_ITEMS] = { "facility_list_items", PAGE (OF_ITEMS) },
    [COUNT_ALL] = { "facility_count_all", TALLY ("true") },
    [COUNT_SERVICE] = { "facility_count_service", TALLY (OF_SERVICE) },
    [COUNT_PLACE] = { "facility_count_place", TALLY (OF_PLACE) },
    [COUNT_WORDS] = { "facility_count_words", TALLY (OF_WORDS) },
    [COUNT_ITEMS] = { "facility_count_items", TALLY (OF_ITEMS) },
    [SERVICES] = { "facility_services", "select s.service, s.folded, s.count from facility_service s order by s.service limit 100" },
    [DETAIL] = { "facility_detail",
                 LINE ", f.latitude, f.longitude, (select s.version from subject s where s.id = f.facility_id) as version" FROM
                      " where f.facility_id = $1::uuid" },
    [SOURCES] = { "facility_sources",
                  "select v.name, v.value, nullif (f.provenance -> v.name ->> 'raw', v.value) as raw,"
                  "       coalesce (f.provenance -> v.name ->> 'source', f.provenance -> '*' ->> 'source', '') as source,"
                  "       coalesce (f.provenance -> v.name ->> 'source_date', f.provenance -> '*' ->> 'source_date') as source_date,"
                  "       coalesce (f.provenance -> v.name ->> 'line', f.provenance -> '*' ->> 'line') as line,"
                  "       coalesce ((f.provenance -> v.name ->> 'doubtful')::boolean, false) as doubtful"
                  "  from facility f,"
                  "       lateral (values (1, 'name', f.name), (2, 'name_kana', f.name_kana), (3, 'service', f.service), (4, 'number', "
                  "f.number),"
                  "                (5, 'located_in', f.located_in), (6, 'address', f.address), (7, 'building', f.building), (8, 'phone', "
                  "f.phone),"
                  "                (9, 'fax', f.fax), (10, 'email', f.email), (11, 'url', f.url), (12, 'days', f.days), (13, 'days_note', "
                  "f.days_note),"
                  "                (14, 'capacity', f.capacity::text), (15, 'corporation_name', f.corporation_name),"
                  "                (16, 'corporation_number', f.corporation_number), (17, 'shared_service', f.shared_service),"
                  "                (18, 'care_standard', f.care_standard), (19, 'disability_standard', f.disability_standard),"
                  "                (20, 'remark', f.remark), (21, 'latitude', f.latitude::text), (22, 'longitude', f.longitude::text))"
                  "         as v (place, name, value)"
                  " where f.facility_id = $1::uuid and (v.value is not null or f.provenance ? v.name)"
                  " union all"
                  " select left (e.key, 13), e.value, null, coalesce (f.provenance -> '*' ->> 'source', ''), f.provenance -> '*' ->> "
                  "'source_date',"
                  "        f.provenance -> '*' ->> 'line', false"
                  "  from facility f, lateral (select x.key, x.value from jsonb_each_text (f.extra) x order by x.key limit 30) e"
                  " where f.facility_id = $1::uuid" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

/* Which of the five forms answers it. */
static int form_of (const struct facility_wanted *wanted)
{
    if (wanted->items.count)
        return LIST_ITEMS;
    if (wanted->has_words)
        return LIST_WORDS;
    if (strcmp (wanted->low, "000000") != 0)
        return LIST_PLACE;
    return wanted->service ? LIST_SERVICE : LIST_ALL;
}

static void put_wanted (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted, int form)
{
    if (form >= LIST_SERVICE)
        db_text (args, wanted->service);
    if (form >= LIST_PLACE) {
        db_text (args, wanted->low);
        db_text (args, wanted->high);
    }
    if (form < LIST_WORDS)
        return;
    db_text_list (args, arena, wanted->grams);
    db_text_list (args, arena, wanted->words);
    db_text_list (args, arena, wanted->services);
    db_text_list (args, arena, wanted->other_grams);
    db_text_list (args, arena, wanted->other_words);
    db_text (args, wanted->number);
    if (form == LIST_ITEMS)
        db_number_list (args, arena, wanted->items);
}

static void take_line (const db_rows *rows, int row, struct arena *arena, struct facility_line *ret)
{
    *ret = (struct facility_line) {
        .facility_id = db_copy_text (rows, row, "facility_id", arena), .name = db_copy_text (rows, row, "name", arena),
        .name_kana = db_copy_text (rows, row, "name_kana", arena), .service = db_copy_text (rows, row, "service", arena),
        .number = db_copy_text (rows, row, "number", arena), .municipality = db_copy_text (rows, row, "located_in", arena),
        .municipality_name = text_cut (arena, db_get_text (rows, row, "place"), 60),
        .address = text_cut (arena, db_get_text (rows, row, "address"), 400), .phone = db_copy_text (rows, row, "phone", arena),
        .has_phone_doubtful = true, .phone_doubtful = db_get_flag (rows, row, "phone_doubtful"),
        .fax = db_copy_text (rows, row, "fax", arena),
        .has_not_in_latest = true, .not_in_latest = db_get_flag (rows, row, "away"),
    };
}

int facility_store_search (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct facility_line_list *ret,
                           struct error *err)
{
    int form = form_of (wanted);
    struct db_args args = { 0 };
    struct facility_line *lines;
    DB_ROWS (rows);

    db_text (&args, wanted->after);
    db_number (&args, wanted->limit);
    put_wanted (&args, arena, wanted, form);
    if (db_run (db, &facility_statements[form], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = lines = arena_alloc (arena, (ret->count + 1) * sizeof *lines);
    for (int row = 0; row < db_count (rows); row++)
        take_line (rows, row, arena, &lines[row]);
    return 0;
}

int facility_store_count (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int64_t *ret, struct error *err)
{
    int form = form_of (wanted);
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, NULL);
    db_number (&args, 10000);
    put_wanted (&args, arena, wanted, form);
    if (db_run (db, &facility_statements[COUNT_ALL + form], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "count");
    return 0;
}

int facility_store_services (struct db *db, struct arena *arena, struct service_count_list *ret, struct text_list *ret_folded, struct error *err)
{
    struct db_args args = { 0 };
    struct service_count *services;
    const char **folded;
    DB_ROWS (rows);

    if (db_run (db, &facility_statements[SERVICES], &args, &rows, err) < 0)
        return -1;
    ret->count = ret_folded->count = (size_t) db_count (rows);
    ret->items = services = arena_alloc (arena, (ret->count + 1) * sizeof *services);
    ret_folded->items = folded = arena_alloc (arena, (ret->count + 1) * sizeof *folded);
    for (int row = 0; row < db_count (rows); row++) {
        services[row] = (struct service_count) { db_copy_text (rows, row, "service", arena), db_get_number (rows, row, "count") };
        folded[row] = db_copy_text (rows, row, "folded", arena);
    }
    return 0;
}

static int read_sources (struct db *db, struct arena *arena, const char *facility_id, struct field_source_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct field_source *sources;
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (db, &facility_statements[SOURCES], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = sources = arena_alloc (arena, (ret->count + 1) * sizeof *sources);
    for (int row = 0; row < db_count (rows); row++)
        sources[row] = (struct field_source) {
            .name = db_copy_text (rows, row, "name", arena), .value = text_cut (arena, db_get_text (rows, row, "value"), 5000),
            .raw = text_cut (arena, db_get_text (rows, row, "raw"), 5000), .source = text_cut (arena, db_get_text (rows, row, "source"), 80),
            .source_date = db_copy_text (rows, row, "source_date", arena), .has_line = !db_is_null (rows, row, "line"),
            .line = db_get_number (rows, row, "line"), .has_doubtful = true, .doubtful = db_get_flag (rows, row, "doubtful"),
        };
    return 0;
}

int facility_store_detail (struct db *db, struct arena *arena, const char *facility_id, bool *ret_found, struct facility_detail *ret,
                           struct field_source_list *ret_sources, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, facility_id);
    if (db_run (db, &facility_statements[DETAIL], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (!*ret_found)
        return 0;
    take_line (rows, 0, arena, &ret->line);
    ret->latitude = db_copy_text (rows, 0, "latitude", arena);
    ret->longitude = db_copy_text (rows, 0, "longitude", arena);
    ret->version = db_get_number (rows, 0, "version");
    return read_sources (db, arena, facility_id, ret_sources, err);
}
