/* region_store.c - see region_store.h. */
#include "region_store.h"

#include "japan.h"
#include "prefectures.h"
#include "text.h"
#include "text_same.h"

enum { FITS, CANDIDATES, CARE_AREA, PUT_POPULATION, COUNTS, AREAS };

#define OWN "select a.area from municipality m join municipality_area a on a.municipality = m.code where m.in_region"
/* The newest figure of each municipality, or of each of its areas. */
#define NEWEST(which) "select distinct on (p.municipality, p.care_area) p.* from population p where p.care_area " which                    \
                      " order by p.municipality, p.care_area, p.year desc"

const struct db_statement region_statements[] = {
    [FITS] = { "region_fits",
        "select exists (" OWN ") as known, exists (" OWN " and a.area in (select b.area from municipality_area b where b.municipality = $1))"
        " as same" },
    [CANDIDATES] = { "region_candidates",
        "select k.code, k.prefecture, k.name, k.area, k.area_name, coalesce (k.area in (" OWN "), false) as same_area"
        "  from (select coalesce (p.located_in, a.municipality) as code, p.prefecture, p.name, a.area, a.name as area_name"
        "          from facility_place p full join municipality_area a on a.municipality = p.located_in) k"
        " where not exists (select from municipality m where m.code = k.code and m.in_region)"
        "   and ($1::text is null or position ($1 in k.name) > 0 or starts_with (k.code, $1))"
        " order by same_area desc, left (k.code, 2) in (select left (m.code, 2) from municipality m where m.in_region) desc, k.code limit 400" },
    [CARE_AREA] = { "region_care_area",
        "select from care_area where municipality = $1 and care_area_id = $2::uuid and removed_at is null" },
    [PUT_POPULATION] = { "region_put_population",
        "insert into population as p (municipality, care_area, year, people_75, people, source, set_by, set_at)"
        " values ($1, $2, $3::int, $4::int, $5::int, $6, $7::uuid, guard.to_time ($8::bigint))"
        " on conflict (municipality, care_area, year) do update set people_75 = excluded.people_75, people = excluded.people,"
        "    source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at"
        " where (p.people_75, p.people, p.source) is distinct from (excluded.people_75, excluded.people, excluded.source)" },
    [COUNTS] = { "region_counts",
        "with f as materialized ("
        "  select f.facility_id, f.service, case $1::int when 1 then f.municipality"
        "           when 2 then coalesce (c.care_area_id::text, f.municipality) else coalesce (m.area, '') end as area"
        "    from facility f left join facility_area c on c.facility_id = f.facility_id"
        "    left join municipality_area m on m.municipality = f.located_in"
        "   where f.municipality is not null and f.not_in_latest is null),"
        " known as (select i.facility_id, i.item, bool_or (i.answer = 1) as yes from facility_item i where i.until_at is null group by 1, 2)"
        " select f.area, f.service, 0 as item, count (*) as yes, 0::bigint as no from f group by 1, 2"
        " union all"
        " select f.area, f.service, k.item, count (*) filter (where k.yes), count (*) filter (where not k.yes)"
        "   from f join known k using (facility_id) group by 1, 2, 3"
        " order by 1, 3, 2" },
    [AREAS] = { "region_areas",
        "select m.code as area, m.code as municipality, m.name, p.people_75, p.people, p.year, p.source"
        "  from municipality m left join (" NEWEST ("= ''") ") p on p.municipality = m.code where $1::int = 1 and m.in_region"
        " union all"
        " select c.care_area_id::text, c.municipality, m.name || ' ' || c.name, p.people_75, p.people, p.year, p.source"
        "  from care_area c join municipality m on m.code = c.municipality"
        "  left join (" NEWEST ("<> ''") ") p on p.municipality = c.municipality and p.care_area = c.care_area_id::text"
        " where $1::int = 2 and c.removed_at is null"
        " union all"
        " select m.code, m.code, m.name || '（圏域なし）', null, null, null, null from municipality m where $1::int = 2 and m.in_region"
        " union all"                                   /* of those that take part; unknown as soon as one is */
        " select a.area, null, a.name, case when bool_and (p.people_75 is not null) then sum (p.people_75) end,"
        "        case when bool_and (p.people is not null) then sum (p.people) end, max (p.year),"
        "        string_agg (distinct p.source, '、')"
        "  from municipality m join municipality_area a on a.municipality = m.code"
        "  left join (" NEWEST ("= ''") ") p on p.municipality = m.code where $1::int = 3 and m.in_region group by a.area, a.name"
        " order by municipality, area limit 1000" },
    { NULL, NULL },
};

int region_store_fits (struct request *request, const char *code, bool *ret_known, bool *ret_same, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, code);
    if (db_run (request->db, &region_statements[FITS], &args, &rows, err) < 0)
        return -1;
    *ret_known = db_get_flag (rows, 0, "known");
    *ret_same = db_get_flag (rows, 0, "same");
    return 0;
}

/* ---- candidates ----------------------------------------------------------------------------------------------------------------- */

/* "熊本市中央区" of the city's code: "熊本市". */
static const char *city_name (struct arena *arena, const char *name)
{
    const char *city = strstr (name, "市");

    return city ? text_cut (arena, name, (size_t) (city - name) + strlen ("市")) : name;
}

static struct municipality_candidate candidate_of (const db_rows *rows, int i, struct arena *arena)
{
    const char *code = db_copy_text (rows, i, "code", arena), *city = japan_city_of (code);
    const char *prefecture = db_copy_text (rows, i, "prefecture", arena), *name = db_copy_text (rows, i, "name", arena);
    bool ward = strcmp (city, code) != 0;

    return (struct municipality_candidate) { .code = city, .prefecture = prefecture ? prefecture : prefecture_of (code),
        .name = !name ? "" : text_cut (arena, ward ? city_name (arena, name) : name, 60), .area = db_copy_text (rows, i, "area", arena),
        .area_name = text_cut (arena, db_copy_text (rows, i, "area_name", arena), 60), .same_area = db_get_flag (rows, i, "same_area") };
}

int region_store_candidates (struct request *request, const char *text, struct municipality_candidate_list *ret, struct error *err)
{
    struct municipality_candidate *items;
    struct db_args args = { 0 };
    size_t count = 0;
    DB_ROWS (rows);

    db_text (&args, text_or_null (text));
    if (db_run (request->db, &region_statements[CANDIDATES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows) && count < 200; i++) {
        bool there = false;

        items[count] = candidate_of (rows, i, request->arena);
        for (size_t j = 0; j < count; j++)
            there |= strcmp (items[j].code, items[count].code) == 0;
        count += !there;
    }
    *ret = (struct municipality_candidate_list) { items, count };
    return 0;
}

/* ---- figures -------------------------------------------------------------------------------------------------------------------- */

int region_store_care_area (struct request *request, const char *municipality, const char *care_area_id, bool *ret_found, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, municipality);
    db_text (&args, care_area_id);
    if (db_run (request->db, &region_statements[CARE_AREA], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) > 0;
    return 0;
}

int region_store_put_population (struct request *request, const struct population_put *put, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, put->municipality);
    db_text (&args, put->care_area_id ? put->care_area_id : "");
    db_number (&args, put->year);
    db_number (&args, put->people_75);
    db_optional (&args, put->has_people, put->people);
    db_text (&args, put->source);
    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    return db_queue (request->db, &region_statements[PUT_POPULATION], &args, err);
}

int region_store_counts (struct request *request, enum summary_by by, struct resource_counts *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct resource_count *items;
    DB_ROWS (rows);

    db_number (&args, by);
    if (db_run (request->db, &region_statements[COUNTS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = (struct resource_count) { .area = db_copy_text (rows, i, "area", request->arena),
            .service = db_copy_text (rows, i, "service", request->arena), .item = (int) db_get_number (rows, i, "item"),
            .yes = db_get_number (rows, i, "yes"), .no = db_get_number (rows, i, "no") };
    *ret = (struct resource_counts) { items, (size_t) db_count (rows) };
    return 0;
}

static struct summary_area area_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct summary_area) { .area = db_copy_text (rows, i, "area", arena), .municipality = db_copy_text (rows, i, "municipality", arena),
        .name = text_cut (arena, db_copy_text (rows, i, "name", arena), 120), .has_people_75 = !db_is_null (rows, i, "people_75"),
        .people_75 = db_get_number (rows, i, "people_75"), .has_people = !db_is_null (rows, i, "people"),
        .people = db_get_number (rows, i, "people"), .has_year = !db_is_null (rows, i, "year"), .year = db_get_number (rows, i, "year"),
        .source = text_cut (arena, db_copy_text (rows, i, "source", arena), 200) };
}

int region_store_areas (struct request *request, enum summary_by by, struct summary_area_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct summary_area *items;
    DB_ROWS (rows);

    db_number (&args, by);
    if (db_run (request->db, &region_statements[AREAS], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, sizeof *items * (size_t) (db_count (rows) + 1));
    for (int i = 0; i < db_count (rows); i++)
        items[i] = area_of (rows, i, request->arena);
    *ret = (struct summary_area_list) { items, (size_t) db_count (rows) };
    return 0;
}
