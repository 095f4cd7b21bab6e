/* Facilities near a point, in an area, and as a map: list and map show the same set. */
#include "people.h"

#define AREA "0190a3b4-0000-7000-8000-00000000e001"

static struct facility_search_answer found;

/* Metres north and east of the middle; NULL address: none. */
static void put_facility (int n, const char *name, const char *latitude, const char *longitude, const char *place)
{
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, address, latitude, longitude,"
        " phone_doubtful, source, provenance, content, search, sort_key, grams) values ('0190a3b4-0000-7000-8000-0000000f%04d', 'A%09d', '訪問看護',"
        " '%s', '011002', '%s', '北海道札幌市中央区本町%d', %s, %s, false, 'kaigo-jigyosho', '{}', gen_random_uuid (), '%s', '%s',"
        " array (select substr ('%s', i, 2) from generate_series (1, length ('%s')) i))", n, n, place, name, n, latitude, longitude, name, name, name, name);
}

/* One in the middle, others 500 m, 3 km and 40 km off; one at 0,0, one in Tokyo, one without coordinates. */
static void open_places (void)
{
    harness_sql (harness, "truncate facility cascade");
    harness_sql (harness, "insert into facility_place values ('011011', '北海道', '札幌市中央区'), ('012025', '北海道', '隣町') on conflict do nothing");
    put_facility (1, "見本中央", "43.060000", "141.350000", "011011");
    put_facility (2, "見本近所", "43.064500", "141.350000", "011011");
    put_facility (3, "見本三キロ", "43.060000", "141.386900", "011011");
    put_facility (4, "見本遠方", "43.420000", "141.350000", "012025");
    put_facility (5, "見本零点", "0", "0", "011011");
    put_facility (6, "見本東京", "35.690000", "139.700000", "011011");
    put_facility (7, "見本無座標", "null", "null", "011011");
}

static const char *search (struct facility_search query)
{
    static char names[400];

    found = (struct facility_search_answer) { 0 };
    err = (struct error) { 0 };
    if (harness_call (harness, "facility_search", &query, &found, &err) < 0)
        return err.field_count ? err.fields[0].pointer : err.detail;
    *names = '\0';
    for (size_t i = 0; i < found.facilities.count; i++)
        snprintf (names + strlen (names), sizeof names - strlen (names), "%s%s", i ? " " : "", found.facilities.items[i].name + strlen ("見本"));
    return names;
}

static struct facility_search near (int64_t metres)
{
    return (struct facility_search) { .latitude = "43.06", .longitude = "141.35", .has_distance = true, .distance = metres };
}

static const int64_t ring = 4, outline[] = { 141300000, 43000000, 141450000, 43000000, 141450000, 43120000, 141300000, 43120000 };

static const char *draw (const char *municipality)
{
    struct boundary_put put = { .municipality = municipality, .name = "札幌市中央区", .edition = "2021-01-01", .credit = "架空の境界",
        .rings = { &ring, 1 }, .points = { outline, 8 }, .office_name = "市役所", .office_latitude = "43.062", .office_longitude = "141.354" };

    err = (struct error) { 0 };
    return harness_call (harness, "boundary_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static void nearby (void)
{
    struct facility_search query = near (2000);

    is (search (query), "中央 近所", "A-21 near a point: within two kilometres, the nearest first");
    ok (found.facilities.items[0].distance == 0 && found.facilities.items[1].distance >= 499 && found.facilities.items[1].distance <= 502,
        "...with the metres to it");
    is (search (near (5000)), "中央 近所 三キロ", "five kilometres reach farther");
    is (search (near (50000)), "中央 近所 三キロ 遠方", "...fifty to the next town, and never to 0,0 or Tokyo");
    is_number (found.count, 4, "as many are counted");
    query = near (50000);
    query.has_limit = true;
    query.limit = 2;
    is (search (query), "中央 近所", "a page of two");
    query.after = found.next;
    is (search (query), "三キロ 遠方", "...and the next one goes on by distance");
    query = near (50000);
    query.municipality = "012025";
    is (search (query), "遠方", "near, and in a municipality");
    query = near (50000);
    query.text = "近所";
    is (search (query), "近所", "near, and by name");
    query.text = NULL;
    query.items = "respirator";
    is (search (query), "", "near, and what nobody can do");
    query = near (5);
    is (search (query), "/distance", "five metres are no distance");
    query = (struct facility_search) { .latitude = "43" };
    is (search (query), "/longitude", "half a point is refused");
}

static void in_areas (void)
{
    const char *town = "中央区本町";
    struct care_area_put put = { .care_area_id = AREA, .municipality = "011002", .name = "北圏域", .towns = { &town, 1 } };
    struct medical_area_member row = { "0104", "札幌", "01101" };

    act_as_operator ();
    must (harness_call (harness, "care_area_put", &put, NULL, &err), "care_area_put");
    must (harness_call (harness, "medical_areas_put", &(struct medical_areas_put) { { &row, 1 } }, &(struct medical_areas_answer) { 0 }, &err), "areas");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    harness_sql (harness, "delete from facility_area where facility_id <> '0190a3b4-0000-7000-8000-0000000f0002'"
        " and facility_id <> '0190a3b4-0000-7000-8000-0000000f0005'");
    is (search ((struct facility_search) { .care_area = AREA }), "近所 零点", "A-31 by 日常生活圏域, with or without coordinates");
    is (search ((struct facility_search) { .care_area = AREA, .text = "零点" }), "零点", "...and by name");
    search ((struct facility_search) { .medical_area = "0104" });
    is_number (found.count, 6, "A-31 by 二次医療圏");
    is (search ((struct facility_search) { .medical_area = "0199" }), "", "an area that is none has nobody");
    is (search ((struct facility_search) { .medical_area = "0104", .care_area = AREA, .latitude = "43.06", .longitude = "141.35" }), "近所",
        "both areas and near a point");
}

static int64_t on_map (struct facility_search query)
{
    int64_t count = 0;

    query.has_cells = true;
    query.cells = 24;
    search (query);
    for (size_t i = 0; i < found.clusters.count; i++)
        count += found.clusters.items[i].count;
    return count;
}

/* Every facility of the list stands on the map or is said to have no place. */
static bool same_set (struct facility_search query)
{
    int64_t count = on_map (query), sum = 0;

    for (size_t i = 0; i < found.clusters.count; i++) {
        struct facility_search square = query;
        const char *box = found.clusters.items[i].box;
        struct facility_search_answer kept = found;

        square.box = box;
        search (square);
        sum += found.count == kept.clusters.items[i].count ? found.count : -1000;
        found = kept;
    }
    return count == sum && count + found.unplaced == found.count;
}

static void as_map (void)
{
    struct facility_search query = { .text = "見本" };

    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    ok (same_set (query), "A-19 by name: list and map are the same set, square by square");
    is_number (found.unplaced, 2, "...0,0 and no coordinates have no place");
    ok (same_set ((struct facility_search) { 0 }), "A-19 everything: the same set");
    ok (same_set (near (50000)), "A-19 near a point: the same set");
    ok (same_set ((struct facility_search) { .care_area = AREA }), "A-19 in an area: the same set");
    ok (same_set ((struct facility_search) { .municipality = "011002" }), "A-19 in a municipality: the same set");
    is (search ((struct facility_search) { .has_placed = true, .placed = false }), "無座標 零点", "what has no usable coordinates is listed");
    is_number (on_map ((struct facility_search) { .view = "141.3,43.0,141.4,43.1" }), 3, "A-19 a part of the map shows what lies there");
    ok (found.unplaced == 2 && found.count == 7, "...and still says what was found and has no place");
    is_number (on_map ((struct facility_search) { .text = "遠方" }), 1, "one alone");
    ok (found.clusters.items[0].facility_id && strcmp (found.clusters.items[0].name, "見本遠方") == 0, "...is named, so that it can be opened");
    query.has_cells = true;
    query.cells = 500;
    is (search (query), "/cells", "too fine a map is refused");
    query = (struct facility_search) { .box = "1,2,3" };
    is (search (query), "/box", "what is no square is refused");
}

static void outlined (void)
{
    struct boundary_list_answer answer = { 0 };

    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is (draw ("011011"), "not_for_role", "a nurse draws no boundaries");
    act_as_operator ();
    is (draw ("011011"), "taken", "A-19 the operator loads where a municipality lies");
    is (draw ("011011"), "taken", "...also a second time");
    is (draw ("011012"), "field_wrong_type", "a code that is none is refused");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    must (harness_call (harness, "boundary_list", &(struct boundary_list) { 0 }, &answer, &err), "boundary_list");
    ok (answer.boundaries.count == 1 && strncmp (answer.boundaries.items[0].path, "M1413000 -430000l", 17) == 0
        && strcmp (answer.boundaries.items[0].credit, "架空の境界") == 0 && strcmp (answer.boundaries.items[0].edition, "2021-01-01") == 0,
        "everybody reads the outline with its day and whose it is");
    is (answer.boundaries.items[0].office_latitude, "43.062", "...and where the office stands");
    ok (answer.missing.count == 1 && strcmp (answer.missing.items[0], "隣町") == 0, "A-19 a municipality that no outline fits is named; a ward stands for its city");
    is (search (near (50000)), "中央 近所 三キロ 遠方", "A-21 what lies in its outline is near");
    harness_sql (harness, "update facility set latitude = 43.30 where name = '見本近所'");
    is (search (near (50000)), "中央 三キロ 遠方", "A-21 coordinates far from the municipality are not believed");
    search ((struct facility_search) { .has_placed = true, .placed = false });
    is_number (found.count, 4, "...and are listed as unusable: Tokyo, too");
}

int main (void)
{
    open_region ();
    open_places ();
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    nearby ();
    in_areas ();
    as_map ();
    outlined ();
    close_region ();
    return done ();
}
