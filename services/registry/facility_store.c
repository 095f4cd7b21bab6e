/* facility_store.c - facilities in the database: see facility_store.h.
 *
 * One question in four forms, because no single plan serves it:
 *   keys    the index of keys finds all that match, then they are put in order: where few do
 *   place   the order of one municipality is walked until the page is full: where many of it match
 *   walk    the order of all is walked until the page is full: where many match
 *   open    few are open at the minute asked for, and no key is rarer: entered by those that are
 * The count comes first and decides; it stops at FACILITY_COUNT_MOST.  A walk stops at WALK_MOST rows, for those that match may all stand at
 * the end of the order (names that begin alike); then the keys find them after all.
 *
 * Areas, points and maps: forms of their own (REST … NEAR), which enter by what narrows most and take every further condition as it comes.
 * Each has a list, a count and two sides of a map, so that list and map cannot differ.
 */
#include "facility_store.h"
#include "text.h"

enum { WALK_MOST = 10000 };
enum { COUNT_ALL, COUNT_KEYS, COUNT_OPEN, LIST_KEYS, LIST_PLACE, LIST_WALK, LIST_OPEN, SOME_OPEN, SERVICES, DETAIL, SOURCES, FULL_LIST };
enum full_form { REST, KEYED, MEDICAL, CARE, BOX, NEAR, FULL_FORMS, NOT_FULL };
enum { FULL_COUNT = FULL_LIST + FULL_FORMS, EXTENT = FULL_COUNT + FULL_FORMS, CLUSTERS = EXTENT + FULL_FORMS,
       STATEMENT_COUNT = CLUSTERS + FULL_FORMS };

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
#define PLACES_OF " left join facility_place p on p.located_in = f.located_in left join municipality m on m.code = f.located_in"
#define FROM "  from facility f" PLACES_OF
/* $1 after, $2 limit.  A range of the index also under a generic plan; a facility that has gone begins the list anew. */
#define AFTER                                                                                                                             \
    " (f.sort_key, f.facility_id) > (coalesce ((select a.sort_key from facility a where a.facility_id = $1::uuid), ''),"                  \
    "                                coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000'))"
#define ORDER " order by f.sort_key, f.facility_id limit $2::int"
/* $1 is not used when counting: same parameters for all. */
#define TALLY(where) "select count(*) as count from (select from facility f where $1::uuid is null and" where " limit $2::int) x"
#define KEYS " (f.grams || f.facets || f.item_keys) @> $14::text[]"

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
/* What matches, exactly.  As a case it is no way in, and PostgreSQL takes it for every second row, so that it walks where it shall. */
#define MATCHES                                                                                                                           \
    " case when ($3::text is null or f.service = $3) and f.located_in between $4 and $5"                                                  \
    " and strpos (E'\\n' || f.search, $6) > 0 and strpos (E'\\n' || f.search, $7) > 0"                                                     \
    " and strpos (E'\\n' || f.search, $8) > 0 and strpos (E'\\n' || f.search, $9) > 0 and ($10::text is null or f.number = $10)"          \
    " and ($11::bigint[] = '{}' or (select count(distinct i.item) from facility_item i where i.facility_id = f.facility_id"               \
    "      and i.item = any ($11::bigint[]::smallint[]) and i.answer = 1 and i.until_at is null) = cardinality ($11))"                    \
    " and ($12::bigint[] is null or case when " N ("$12", "10") " = 0 then " SURE ("$12")                                                 \
    "      else " PERHAPS ("$12", "$13") " and not (" SURE ("$12") ") end) then true else false end"
/* $14 rows to walk at most; all of it is read from the index. */
#define WALK(where)                                                                                                                        \
    LINE_WHEN " from (select f.facility_id, f.sort_key"                                                                                    \
    "                   from (select f.facility_id, f.sort_key, f.search, f.service, f.located_in, f.number from facility f"               \
    "                          where" where AFTER " order by f.sort_key, f.facility_id limit $14::int) f"                                  \
    "                  where" MATCHES ORDER ") found join facility f on f.facility_id = found.facility_id" PLACES_OF                       \
    " order by f.sort_key, f.facility_id"
/* Those found by another way, in their order. */
#define FOUND(way) "with found as materialized (select f.facility_id from facility f where" way " and" MATCHES ") "                       \
    LINE_WHEN FROM " join found on found.facility_id = f.facility_id where" AFTER ORDER
#define OPEN_THEN                                                                                                                          \
    " f.facility_id in (select o.facility_id from facility_open o where " OPENS ("$12") TIMED ("$12")                                      \
    "                   union select o.facility_id from facility_open o where " OPENED ("$12") ")"

/* Is the point believed?  Not beyond the municipality's outline by more than about 5 km, where the outline is known. */
#define USABLE                                                                                                                            \
    "(f.cell is not null and not exists (select from municipality_shape s where s.municipality = f.located_in"                            \
    "    and (f.latitude < s.south - 0.05 or f.latitude > s.north + 0.05 or f.longitude < s.west - 0.05 or f.longitude > s.east + 0.05)))"
/* $18 latitude and longitude in millionths of a degree, metres: right to a thousandth within 50 km. */
#define METRES(f)                                                                                                                         \
    "sqrt (power ((" f ".latitude::float8 - ($18::bigint[])[1] / 1e6::float8) * 111195, 2)"                                               \
    "    + power ((" f ".longitude::float8 - ($18::bigint[])[2] / 1e6::float8) * 111195 * cos (radians (($18::bigint[])[1] / 1e6::float8)), 2))"
#define IN_CARE "($14::uuid is null or exists (select from facility_area a where a.facility_id = f.facility_id and a.care_area_id = $14::uuid))"
#define IN_MEDICAL "($15::text is null or exists (select from municipality_area a where a.municipality = f.located_in and a.area = $15))"
#define IN_NEAR "(cardinality ($18::bigint[]) = 0 or (" METRES ("f") " <= ($18::bigint[])[3] and " USABLE "))"
#define IN_BOX                                                                                                                            \
    "(cardinality ($19::bigint[]) = 0 or (f.longitude * 1000000 >= ($19::bigint[])[1] and f.latitude * 1000000 >= ($19::bigint[])[2]"     \
    "   and f.longitude * 1000000 < ($19::bigint[])[3] and f.latitude * 1000000 < ($19::bigint[])[4] and " USABLE "))"
#define IN_PLACED "($20::boolean is null or " USABLE " = $20::boolean)"
/* Every condition.  $16 and $17, ranges of the grid, and $21, the keys, only narrow. */
#define EVERY                                                                                                                             \
    MATCHES " and " IN_CARE " and " IN_MEDICAL " and " IN_NEAR " and " IN_BOX " and " IN_PLACED                                           \
    " and $16::bigint[] is not null and $17::bigint[] is not null and $21::text[] is not null"

#define OF_KEYS " (f.grams || f.facets || f.item_keys) @> $21::text[] and"
#define OF_CARE " f.facility_id = any (array (select a.facility_id from facility_area a where a.care_area_id = $14::uuid)) and"
#define OF_MEDICAL " f.located_in = any (array (select a.municipality from municipality_area a where a.area = $15)) and"
#define OF_CELLS "unnest ($16::bigint[], $17::bigint[]) r (low, high) join facility f on f.cell between r.low::integer and r.high::integer"

#define FULL_PAGE(source, where) LINE_WHEN " from " source PLACES_OF " where" AFTER " and" where ORDER
#define NEAR_PAGE(source, where)                                                                                                          \
    LINE_WHEN ", " METRES ("f") "::bigint as metres from " source PLACES_OF                                                               \
    " where (" METRES ("f") ", f.facility_id) > (coalesce ((select " METRES ("a") " from facility a where a.facility_id = $1::uuid), -1),"  \
    "                                  coalesce ($1::uuid, '00000000-0000-0000-0000-000000000000')) and" where                            \
    " order by " METRES ("f") ", f.facility_id limit $2::int"
#define FULL_TALLY(source, where) "select count(*) as count from (select from " source " where $1::uuid is null and" where " limit $2::int) x"
#define EXTENTS(source, where)                                                                                                            \
    "select count(*) filter (where x.usable) as placed, count(*) filter (where not x.usable) as unplaced,"                                \
    "       floor (min (x.longitude) filter (where x.usable) * 1000000)::bigint as west,"                                                 \
    "       floor (min (x.latitude) filter (where x.usable) * 1000000)::bigint as south,"                                                 \
    "       floor (max (x.longitude) filter (where x.usable) * 1000000)::bigint + 1 as east,"                                             \
    "       floor (max (x.latitude) filter (where x.usable) * 1000000)::bigint + 1 as north"                                              \
    "  from (select " USABLE " as usable, f.latitude, f.longitude from " source " where $1::uuid is null and $2::bigint >= 0 and" where ") x"
/* $1, $2: size of a square of the map. */
#define SQUARES(source, where)                                                                                                            \
    "select floor (f.longitude * 1000000 / $1::bigint)::bigint * $1::bigint as west,"                                                     \
    "       floor (f.latitude * 1000000 / $2::bigint)::bigint * $2::bigint as south, count(*) as count,"                                  \
    "       round (avg (f.latitude), 6)::text as latitude, round (avg (f.longitude), 6)::text as longitude,"                              \
    "       min (f.facility_id::text) as facility_id, min (f.name) as name, min (f.service) as service"                                   \
    "  from " source " where " USABLE " and" where " group by 1, 2 order by 2 desc, 1 limit 3000"
#define FULL(form, name, page, source, where)                                                                                             \
    [FULL_LIST + form] = { "facility_full_list_" name, page (source, where EVERY) },                                                      \
    [FULL_COUNT + form] = { "facility_full_count_" name, FULL_TALLY (source, where EVERY) },                                              \
    [EXTENT + form] = { "facility_full_extent_" name, EXTENTS (source, where EVERY) },                                                    \
    [CLUSTERS + form] = { "facility_full_clusters_" name, SQUARES (source, where EVERY) }

const struct db_statement facility_statements[] = {
    [COUNT_ALL] = { "facility_count_all", TALLY (MATCHES) },
    [COUNT_KEYS] = { "facility_count_keys", TALLY (KEYS " and" MATCHES) },
    [COUNT_OPEN] = { "facility_count_open", TALLY (OPEN_THEN " and" MATCHES) },
    [LIST_KEYS] = { "facility_list_keys", FOUND (KEYS) },
    [LIST_PLACE] = { "facility_list_place", WALK (" f.located_in = $4 and") },
    [LIST_WALK] = { "facility_list_walk", WALK ("") },
    [LIST_OPEN] = { "facility_list_open", FOUND (OPEN_THEN) },
    [SOME_OPEN] = { "facility_some_open",
        /* the order is the index's own: without it all that are open are gathered first */
        "select count(*) as count from (select from facility_open o where " OPENS ("$1") TIMED ("$1")
        "                                order by o.kind, o.part, o.to_minute limit $2::int) x" },
    [SERVICES] = { "facility_services", "select s.service, s.count from facility_service s order by s.service limit 100" },
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
    FULL (REST, "rest", FULL_PAGE, "facility f", ""),
    FULL (KEYED, "keyed", FULL_PAGE, "facility f", OF_KEYS),
    FULL (MEDICAL, "medical", FULL_PAGE, "facility f", OF_MEDICAL),
    FULL (CARE, "care", FULL_PAGE, "facility f", OF_CARE),
    FULL (BOX, "box", FULL_PAGE, OF_CELLS, ""),
    FULL (NEAR, "near", NEAR_PAGE, OF_CELLS, ""),
    [STATEMENT_COUNT] = { NULL, NULL },
};

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

static bool has_keys (const struct facility_wanted *wanted) { return wanted->keys.count || wanted->item_keys.count; }

void facility_store_words (struct db_args *args, const struct facility_wanted *wanted)
{
    for (int i = 0; i < FACILITY_WORDS_MAX; i++)
        db_text (args, wanted->words[i] ? wanted->words[i] : "");
    db_text (args, wanted->number);
}

static void put_keys (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted)
{
    const char **all = arena_alloc (arena, (wanted->keys.count + wanted->item_keys.count + 1) * sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < wanted->keys.count; i++)
        all[count++] = wanted->keys.items[i];
    for (size_t i = 0; i < wanted->item_keys.count; i++)
        all[count++] = wanted->item_keys.items[i];
    db_text_list (args, arena, (struct text_list) { all, count });
}

/* $3 and what follows: what MATCHES asks. */
static void put_matches (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted)
{
    db_text (args, wanted->service);
    db_text (args, wanted->low);
    db_text (args, wanted->high);
    facility_store_words (args, wanted);
    db_number_list (args, arena, wanted->items);
    if (wanted->has_when)
        db_number_list (args, arena, moment_of (wanted));
    else
        db_text (args, NULL);
    db_text_list (args, arena, wanted->with_places);
}

static int run_question (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int statement, const char *after,
                         int64_t limit, db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, after);
    db_number (&args, limit);
    put_matches (&args, arena, wanted);
    if (statement == COUNT_KEYS || statement == LIST_KEYS)
        put_keys (&args, arena, wanted);
    else if (statement == LIST_PLACE || statement == LIST_WALK)
        db_number (&args, has_keys (wanted) ? WALK_MOST : INT32_MAX);
    return db_run (db, &facility_statements[statement], &args, ret, err);
}

/* How they are found and counted: by keys, by who is open, or not narrowed at all. */
static int choose (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int *ret, struct error *err)
{
    bool many = true;

    *ret = has_keys (wanted) ? COUNT_KEYS : COUNT_ALL;
    if (*ret == COUNT_KEYS || !wanted->when[WHEN_ASKS_OPEN] || wanted->when[WHEN_UNSURE])
        return 0;
    if (many_open (db, arena, wanted, &many, err) < 0)
        return -1;
    if (!many)
        *ret = COUNT_OPEN;
    return 0;
}

static bool is_place (const struct facility_wanted *wanted) { return strcmp (wanted->low, wanted->high) == 0; }

/* The page.  A walk that did not fill it has not seen all that match, if there are keys to find them by. */
static int list (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int tally, int64_t count, db_rows **ret,
                 struct error *err)
{
    int statement = tally == COUNT_KEYS ? LIST_KEYS : LIST_OPEN;

    if (count >= FACILITY_COUNT_MOST || tally == COUNT_ALL) {
        if (run_question (db, arena, wanted, is_place (wanted) ? LIST_PLACE : LIST_WALK, wanted->after, wanted->limit, ret, err) < 0)
            return -1;
        if (tally != COUNT_KEYS || db_count (*ret) == wanted->limit)
            return 0;
        db_clear (ret);
    }
    return run_question (db, arena, wanted, statement, wanted->after, wanted->limit, ret, err);
}

/* ---- areas, points, maps --------------------------------------------------------------------------------------------------------- */

/* Which of the forms with every condition; NOT_FULL: none of their conditions is asked for. */
static enum full_form full_form_of (const struct facility_wanted *wanted, bool as_map)
{
    if (wanted->spot.wanted)
        return NEAR;
    if (wanted->care_area || wanted->medical_area)
        return wanted->care_area ? CARE : MEDICAL;
    if (!as_map && !wanted->in_box && !wanted->has_placed)
        return NOT_FULL;
    if (has_keys (wanted))
        return KEYED;
    return wanted->in_box ? BOX : REST;
}

static void put_spot (struct db_args *args, struct arena *arena, const struct facility_wanted *wanted)
{
    const struct square *box = &wanted->box, around = spot_square (&wanted->spot);
    const int64_t spot[] = { wanted->spot.latitude, wanted->spot.longitude, wanted->spot.metres };
    const int64_t sides[] = { box->west, box->south, box->east, box->north };
    struct cell_ranges cells = { 0 };

    if (wanted->spot.wanted || wanted->in_box)
        cells = square_cells (arena, wanted->spot.wanted ? &around : box);
    db_number_list (args, arena, cells.low);
    db_number_list (args, arena, cells.high);
    db_number_list (args, arena, (struct i64_list) { spot, wanted->spot.wanted ? 3 : 0 });
    db_number_list (args, arena, (struct i64_list) { sides, wanted->in_box ? 4 : 0 });
}

/* one, two: $1 and $2 of the statement. */
static int run_full (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int statement, const char *one, int64_t two,
                     db_rows **ret, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, one);
    db_number (&args, two);
    put_matches (&args, arena, wanted);
    db_text (&args, wanted->care_area);
    db_text (&args, wanted->medical_area);
    put_spot (&args, arena, wanted);
    db_text (&args, !wanted->has_placed ? NULL : wanted->placed ? "true" : "false");
    put_keys (&args, arena, wanted);
    return db_run (db, &facility_statements[statement], &args, ret, err);
}

/* Count and page by one of the forms with every condition. */
static int find_full (struct db *db, struct arena *arena, const struct facility_wanted *wanted, enum full_form form, int64_t *ret_count,
                      db_rows **ret, struct error *err)
{
    DB_ROWS (counted);

    if (run_full (db, arena, wanted, FULL_COUNT + (int) form, NULL, FACILITY_COUNT_MOST, &counted, err) < 0)
        return -1;
    *ret_count = db_get_number (counted, 0, "count");
    return run_full (db, arena, wanted, FULL_LIST + (int) form, wanted->after, wanted->limit, ret, err);
}

static int find (struct db *db, struct arena *arena, const struct facility_wanted *wanted, int64_t *ret_count, db_rows **ret,
                 struct error *err)
{
    enum full_form form = full_form_of (wanted, false);
    int tally;
    DB_ROWS (counted);

    if (form != NOT_FULL)
        return find_full (db, arena, wanted, form, ret_count, ret, err);
    if (choose (db, arena, wanted, &tally, err) < 0
        || run_question (db, arena, wanted, tally, NULL, FACILITY_COUNT_MOST, &counted, err) < 0)
        return -1;
    *ret_count = db_get_number (counted, 0, "count");
    return list (db, arena, wanted, tally, *ret_count, ret, err);
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
                           int64_t *ret_count, struct error *err)
{
    struct facility_line *lines;
    DB_ROWS (rows);

    if (find (db, arena, wanted, ret_count, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = lines = arena_alloc (arena, (ret->count + 1) * sizeof *lines);
    for (int row = 0; row < db_count (rows); row++) {
        take_line (rows, row, arena, &lines[row]);
        if (wanted->has_when)
            take_when (rows, row, arena, &lines[row]);
        lines[row].has_distance = wanted->spot.wanted;
        lines[row].distance = wanted->spot.wanted ? db_get_number (rows, row, "metres") : 0;
    }
    return 0;
}

int facility_store_extent (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct facility_extent *ret,
                           struct error *err)
{
    DB_ROWS (rows);

    if (run_full (db, arena, wanted, EXTENT + (int) full_form_of (wanted, true), NULL, 0, &rows, err) < 0)
        return -1;
    *ret = (struct facility_extent) { { db_get_number (rows, 0, "west"), db_get_number (rows, 0, "south"), db_get_number (rows, 0, "east"),
                                        db_get_number (rows, 0, "north") },
                                      db_get_number (rows, 0, "placed"), db_get_number (rows, 0, "unplaced") };
    return 0;
}

static struct facility_cluster take_cluster (const db_rows *rows, int row, struct arena *arena, struct steps steps)
{
    int64_t west = db_get_number (rows, row, "west"), south = db_get_number (rows, row, "south"), count = db_get_number (rows, row, "count");
    const struct square square = { west, south, west + steps.x, south + steps.y };
    struct facility_cluster ret = { .latitude = db_copy_text (rows, row, "latitude", arena), .longitude = db_copy_text (rows, row, "longitude", arena),
                                    .count = count, .box = square_text (arena, &square) };

    if (count == 1) {
        ret.facility_id = db_copy_text (rows, row, "facility_id", arena);
        ret.name = db_copy_text (rows, row, "name", arena);
        ret.service = db_copy_text (rows, row, "service", arena);
    }
    return ret;
}

int facility_store_clusters (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct steps steps,
                             struct facility_cluster_list *ret, struct error *err)
{
    struct facility_cluster *clusters;
    DB_ROWS (rows);

    if (run_full (db, arena, wanted, CLUSTERS + (int) full_form_of (wanted, true), arena_print (arena, "%lld", (long long) steps.x),
                  steps.y, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = clusters = arena_alloc (arena, (ret->count + 1) * sizeof *clusters);
    for (int row = 0; row < db_count (rows); row++)
        clusters[row] = take_cluster (rows, row, arena, steps);
    return 0;
}

int facility_store_services (struct db *db, struct arena *arena, struct service_count_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct service_count *services;
    DB_ROWS (rows);

    if (db_run (db, &facility_statements[SERVICES], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = services = arena_alloc (arena, (ret->count + 1) * sizeof *services);
    for (int row = 0; row < db_count (rows); row++)
        services[row] = (struct service_count) { db_copy_text (rows, row, "service", arena), db_get_number (rows, row, "count") };
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
