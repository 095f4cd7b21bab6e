/* facility_store.c - facilities in the database: see facility_store.h.
 *
 * Five forms of one question, so that each keeps its index also under a generic plan: all, one kind, one place, words, items.  Each of them
 * also with a moment: who is open then, who has places.  Few are open at night and few have places: these are entered by those (BY_OPEN,
 * BY_FREE) instead of asking everybody.
 */
#include "facility_store.h"
#include "text.h"

enum { LIST_ALL, LIST_SERVICE, LIST_PLACE, LIST_WORDS, LIST_ITEMS, WHEN_ALL, WHEN_SERVICE, WHEN_PLACE, WHEN_WORDS, WHEN_ITEMS, BY_OPEN, BY_FREE,
       COUNT_ALL, COUNT_SERVICE, COUNT_PLACE, COUNT_WORDS, COUNT_ITEMS, COUNT_WHEN_ALL, COUNT_WHEN_SERVICE, COUNT_WHEN_PLACE, COUNT_WHEN_WORDS,
       COUNT_WHEN_ITEMS, COUNT_BY_OPEN, COUNT_BY_FREE, SOME_OPEN, SERVICES, DETAIL, SOURCES, STATEMENT_COUNT };

#define LINE                                                                                                                               \
    "select f.facility_id, f.name, f.name_kana, f.service, f.number, f.located_in, coalesce (p.prefecture || p.name, m.prefecture || "     \
    "m.name, '') as place,"                                                                                                                \
    "       concat_ws (' ', f.address, case when f.building is not null and strpos (coalesce (f.address, ''), f.building) = 0"             \
    "                                       then f.building end) as address,"                                                              \
    "       f.phone, f.phone_doubtful, f.fax, f.not_in_latest is not null as away,"                                                              \
    "       facility_confirmation_due (f.facility_id) as confirmation_due"
/* What stands beside a facility when somebody asked who is open or has places. */
#define SAYS(item, what)                                                                                                                   \
    "(select " what " from facility_item i where i.facility_id = f.facility_id and i.item = " item " and i.until_at is null"               \
    "    and not i.notified)"
#define LINE_WHEN                                                                                                                          \
    LINE ", " SAYS ("17", "i.text") " as hours, " SAYS ("25", "case i.answer when 1 then i.text else '0' end") " as places, "              \
    SAYS ("25", "i.source_date::text") " as places_on"
#define FROM                                                                                                                              \
    "  from facility f left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in"
/* $1 after, $2 limit.  A range of the index also under a generic plan; a facility that has gone begins the list anew. */
#define AFTER                                                                                                                             \
    " (f.sort_key, f.facility_id) > (coalesce ((select a.sort_key from facility a where a.facility_id = $1::uuid), ''),"                  \
    "                                coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
#define ORDER " order by f.sort_key, f.facility_id limit $2::int"
#define PAGE(where) LINE FROM " where" AFTER " and " where ORDER
#define PAGE_WHEN(where) LINE_WHEN FROM " where" AFTER " and " where ORDER
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

/* MOMENT: `m` is the parameter with the numbers of facility_store.h, `k` the one with kinds of service that have places.  One look by index
 * for each facility: a scalar sub-select is never turned into a hash of all that are open. */
#define N(m, n) "(" m "::bigint[])[" n " + 1]"
#define SMALL(m, n) "(" N (m, n) ")::smallint"
#define OPENS(m)                                                                                                                           \
    "o.kind = " SMALL (m, "1") " and o.part = " SMALL (m, "2") " and o.from_minute <= " SMALL (m, "5") " and o.to_minute > " SMALL (m, "5") \
    " and o.weeks & " SMALL (m, "3") " <> 0"
/* Since the evening before. */
#define OPENED(m)                                                                                                                          \
    "o.kind = " SMALL (m, "6") " and o.part = 5 and o.from_minute <= " N (m, "5") " + 1440 and o.to_minute > " N (m, "5") " + 1440"        \
    " and o.weeks & " SMALL (m, "7") " <> 0 and o.timed and (" N (m, "8") " = 0 or o.year_end = 2)"
#define TIMED(m) " and o.timed and (" N (m, "4") " = 0 or o.year_end = 2)"
#define ITS(opens) "coalesce ((select true from facility_open o where o.facility_id = f.facility_id and " opens " limit 1), false)"
#define IS_OPEN(m) "(" ITS (OPENS (m) TIMED (m)) " or " ITS (OPENED (m)) ")"
#define IS_CLOSED(m)                                                                                                                       \
    "(coalesce ((select h.said >> (" N (m, "1") " - 1 + 14 * " N (m, "4") ")::integer & 1 = 1 from facility_hours h"                       \
    "             where h.facility_id = f.facility_id and h.purpose = 1 and h.until_at is null), false)"                                   \
    " and not " ITS (OPENS (m) " and (" N (m, "4") " = 0 or o.year_end <> 1)") " and not " ITS (OPENED (m)) ")"
#define FRESH(m, answer)                                                                                                                   \
    "i.item = 25 and i.answer = " answer " and i.until_at is null and i.source_date >= date '1970-01-01' + (" N (m, "11") ")::integer"
#define PLACES(m, answer) "coalesce ((select true from facility_item i where i.facility_id = f.facility_id and " FRESH (m, answer) " limit 1), false)"
#define SURE(m) "(" N (m, "0") " = 0 or " IS_OPEN (m) ") and (" N (m, "9") " = 0 or " PLACES (m, "1") ")"
#define PERHAPS(m, k)                                                                                                                      \
    "(" N (m, "0") " = 0 or not " IS_CLOSED (m) ") and (" N (m, "9") " = 0 or (f.service = any (" k "::text[]) and not " PLACES (m, "2") "))"
#define WHEN(m, k) " and case when " N (m, "10") " = 0 then " SURE (m) " else " PERHAPS (m, k) " and not (" SURE (m) ") end"

#define WHOLE(where, m, k) PAGE_WHEN (where WHEN (m, k))
#define TALLY_WHEN(where, m, k) TALLY (where WHEN (m, k))
#define DRIVEN "f.located_in between $4 and $5 and ($3::text is null or f.service = $3)"
#define OF_OPEN                                                                                                                            \
    "f.facility_id in (select o.facility_id from facility_open o where " OPENS ("$6") TIMED ("$6")                                         \
    "                   union select o.facility_id from facility_open o where " OPENED ("$6") ") and " DRIVEN
#define OF_FREE "f.facility_id in (select i.facility_id from facility_item i where " FRESH ("$6", "1") ") and " DRIVEN

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
    [WHEN_ALL] = { "facility_when_all", WHOLE ("true", "$3", "$4") },
    [WHEN_SERVICE] = { "facility_when_service", WHOLE (OF_SERVICE, "$4", "$5") },
    [WHEN_PLACE] = { "facility_when_place", WHOLE (OF_PLACE, "$6", "$7") },
    [WHEN_WORDS] = { "facility_when_words", WHOLE (OF_WORDS, "$12", "$13") },
    [WHEN_ITEMS] = { "facility_when_items", WHOLE (OF_ITEMS, "$13", "$14") },
    [BY_OPEN] = { "facility_by_open", WHOLE (OF_OPEN, "$6", "$7") },
    [BY_FREE] = { "facility_by_free", WHOLE (OF_FREE, "$6", "$7") },
    [COUNT_WHEN_ALL] = { "facility_count_when_all", TALLY_WHEN ("true", "$3", "$4") },
    [COUNT_WHEN_SERVICE] = { "facility_count_when_service", TALLY_WHEN (OF_SERVICE, "$4", "$5") },
    [COUNT_WHEN_PLACE] = { "facility_count_when_place", TALLY_WHEN (OF_PLACE, "$6", "$7") },
    [COUNT_WHEN_WORDS] = { "facility_count_when_words", TALLY_WHEN (OF_WORDS, "$12", "$13") },
    [COUNT_WHEN_ITEMS] = { "facility_count_when_items", TALLY_WHEN (OF_ITEMS, "$13", "$14") },
    [COUNT_BY_OPEN] = { "facility_count_by_open", TALLY_WHEN (OF_OPEN, "$6", "$7") },
    [COUNT_BY_FREE] = { "facility_count_by_free", TALLY_WHEN (OF_FREE, "$6", "$7") },
    [SOME_OPEN] = { "facility_some_open",
        "select count(*) as count from (select from facility_open o where " OPENS ("$1") TIMED ("$1") " limit $2::int) x" },
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

static struct i64_list moment_of (const struct facility_wanted *wanted)
{
    return (struct i64_list) { wanted->when, WHEN_NUMBERS };
}

/* Are many open then?  Everybody is asked in order only when most answer yes soon. */
static int many_open (struct db *db, struct arena *arena, const struct facility_wanted *wanted, bool *ret, struct error *err)
{
    const int64_t many = 2 * FACILITY_COUNT_MOST;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number_list (&args, arena, moment_of (wanted));
    db_number (&args, many);
    if (db_run (db, &facility_statements[SOME_OPEN], &args, &rows, err) < 0)
        return -1;
    *ret = db_get_number (rows, 0, "count") == many;
    return 0;
}

/* Which statement answers it, moments included. */
static int choose (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int *ret, struct error *err)
{
    int base = form_of (wanted);
    bool many = true;

    *ret = wanted->has_when ? WHEN_ALL + base : base;
    if (!wanted->has_when || base >= LIST_WORDS || wanted->when[WHEN_UNSURE])
        return 0;
    if (wanted->when[WHEN_ASKS_FREE])
        *ret = BY_FREE;
    else if (many_open (db, arena, wanted, &many, err) < 0)
        return -1;
    else if (!many)
        *ret = BY_OPEN;
    return 0;
}

static void put_names (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted, int form)
{
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

static void put_wanted (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted, int form)
{
    int base = form >= BY_OPEN ? LIST_PLACE : form >= WHEN_ALL ? form - WHEN_ALL : form;

    if (base >= LIST_SERVICE)
        db_text (args, wanted->service);
    if (base >= LIST_PLACE) {
        db_text (args, wanted->low);
        db_text (args, wanted->high);
    }
    put_names (args, arena, wanted, base);
    if (form < WHEN_ALL)
        return;
    db_number_list (args, arena, moment_of (wanted));
    db_text_list (args, arena, wanted->with_places);
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
        .has_confirmation_due = true, .confirmation_due = db_get_flag (rows, row, "confirmation_due"),
    };
}

static void take_when (const db_rows *rows, int row, struct arena *arena, struct facility_line *ret)
{
    ret->hours = text_cut (arena, db_get_text (rows, row, "hours"), 400);
    ret->places = text_cut (arena, db_get_text (rows, row, "places"), 400);
    ret->places_on = db_copy_text (rows, row, "places_on", arena);
}

int facility_store_search (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct facility_line_list *ret,
                           struct error *err)
{
    int form;
    struct db_args args = { 0 };
    struct facility_line *lines;
    DB_ROWS (rows);

    if (choose (db, arena, wanted, &form, err) < 0)
        return -1;
    db_text (&args, wanted->after);
    db_number (&args, wanted->limit);
    put_wanted (&args, arena, wanted, form);
    if (db_run (db, &facility_statements[form], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = lines = arena_alloc (arena, (ret->count + 1) * sizeof *lines);
    for (int row = 0; row < db_count (rows); row++) {
        take_line (rows, row, arena, &lines[row]);
        if (wanted->has_when)
            take_when (rows, row, arena, &lines[row]);
    }
    return 0;
}

int facility_store_count (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int64_t *ret, struct error *err)
{
    int form;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (choose (db, arena, wanted, &form, err) < 0)
        return -1;
    db_text (&args, NULL);
    db_number (&args, wanted->has_when ? FACILITY_COUNT_MOST : 10000);
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
