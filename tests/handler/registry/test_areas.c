/* Areas: a list of 二次医療圏, 日常生活圏域 drawn by officers, and which facility lies in which. */
#include "people.h"

#define NORTH "0190a3b4-0000-7000-8000-00000000e001"
#define CENTRE "0190a3b4-0000-7000-8000-00000000e002"
#define FIRST "0190a3b4-0000-7000-8000-00000000f001"
#define SECOND "0190a3b4-0000-7000-8000-00000000f002"
#define FAR_AWAY "0190a3b4-0000-7000-8000-00000000f003"

static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }
static void as_neighbour (void) { act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER); }

static void put_facility (const char *id, const char *number, const char *address, const char *keeper)
{
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, address, phone_doubtful, source,"
        " provenance, content, search, sort_key, grams) values ('%s', '%s', '訪問看護', '011011', nullif ('%s', ''), '見本の家', '%s', false,"
        " 'kaigo-jigyosho', '{}', gen_random_uuid (), '見本の家', '見本の家', '{}') on conflict (facility_id) do update set"
        " address = excluded.address, municipality = excluded.municipality", id, number, keeper, address);
    harness_sql (harness, "insert into subject (id, version) values ('%s', 1) on conflict do nothing", id);
}

static void open_areas (void)
{
    harness_sql (harness, "truncate facility cascade");
    harness_sql (harness, "insert into facility_place values ('011011', '北海道', '札幌市中央区') on conflict do nothing");
    put_facility (FIRST, "0160100001", "北海道札幌市中央区本町１丁目２番３号", "011002");
    put_facility (FAR_AWAY, "0160100003", "北海道札幌市中央区本町1丁目", "");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_person (3, "隣 次郎", "トナリ ジロウ", "tonari@town.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_membership (3, 3, ROLE_MUNICIPAL_OFFICER), "membership");
}

static const char *draw (const char *id, const char *name, const char *town, bool removed)
{
    struct care_area_put put = { .care_area_id = id, .municipality = "011002", .name = name, .towns = { &town, 1 }, .has_removed = removed,
                                 .removed = removed };

    err = (struct error) { 0 };
    return harness_call (harness, "care_area_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *assign (const char *facility, const char *area)
{
    err = (struct error) { 0 };
    return harness_call (harness, "facility_area_put", &(struct facility_area_put) { facility, area }, NULL, &err) == 0 ? "taken"
                                                                                                                        : error_name_of (&err);
}

static struct facility_answer view (const char *facility)
{
    struct facility_answer answer = { 0 };

    must (harness_call (harness, "facility", &(struct facility) { .facility_id = facility }, &answer, &err), "facility");
    return answer;
}

static const char *lies_in (const char *facility)
{
    const char *name = view (facility).care_area;

    return name ? name : "nowhere";
}

static struct area_list_answer list (void)
{
    struct area_list_answer answer = { 0 };

    must (harness_call (harness, "area_list", &(struct area_list) { 0 }, &answer, &err), "area_list");
    return answer;
}

static int64_t load (const char *municipality, const char *area, const char *name, struct medical_areas_answer *ret)
{
    struct medical_area_member row = { area, name, municipality };

    err = (struct error) { 0 };
    return harness_call (harness, "medical_areas_put", &(struct medical_areas_put) { { &row, 1 } }, ret, &err);
}

static void medical (void)
{
    struct medical_areas_answer answer = { 0 };

    act_as_operator ();
    is_number (load ("01101", "0104", "札幌", &answer), 0, "A-31 a list of 二次医療圏 is loaded");
    is_number (answer.written, 2, "...for a ward and its city");
    ok (answer.missing.count == 1 && strcmp (answer.missing.items[0], "012025") == 0, "a municipality of the region that the list leaves out is named");
    load ("01101", "0104", "札幌", &answer);
    is_number (answer.written, 0, "the same list again writes nothing");
    load ("01101", "0105", "後志", &answer);
    is_number (answer.written, 2, "a municipality that moved to another area is written");
    load ("01101", "0104", "札幌", &answer);
    as_officer ();
    is_number (load ("01202", "0101", "南渡島", &answer), -1, "an officer draws no 二次医療圏");
    is (error_name_of (&err), "not_for_role", "...for want of the role");
    is (view (FIRST).medical_area, "札幌", "A-31 a facility lies in the 二次医療圏 of its ward");
    ok (list ().medical.count == 1 && strcmp (list ().medical.items[0].name, "札幌") == 0 && list ().medical.items[0].municipalities.count == 1,
        "the region's areas are listed with the region's municipalities");
    ok (harness_sees (harness, "select count(*) from municipality_area") == 2, "everybody in the region reads them");
}

static void by_address (void)
{
    int64_t before;

    as_officer ();
    is (draw (NORTH, "北圏域", "中央区本町", false), "taken", "an officer draws a 日常生活圏域 by its towns");
    is (lies_in (FIRST), "北圏域", "A-31 a facility lies where its address says");
    is (lies_in (FAR_AWAY), "nowhere", "one that nobody in the region looks after lies in none");
    is_number (list ().care.items[0].facilities, 1, "the list counts it");
    before = harness_events (harness, &care_area_changed_message);
    is (draw (NORTH, "北圏域", "中央区本町", false), "taken", "the same again");
    is_number (harness_events (harness, &care_area_changed_message), before, "...is not told again");
    is (draw (CENTRE, "中央圏域", "中央区本町一丁目", false), "taken", "a town written in kanji and more precisely");
    is (lies_in (FIRST), "中央圏域", "...wins over the longer stretch");
    put_facility (SECOND, "0160100002", "札幌市中央区本町10-1", "011002");
    is (lies_in (SECOND), "北圏域", "A-31 a facility that comes later is placed when it is written; 10丁目 is not 1丁目");
    put_facility (SECOND, "0160100002", "札幌市中央区本町1-5", "011002");
    is (lies_in (SECOND), "中央圏域", "...and placed anew when its address changes");
    is (draw ("0190a3b4-0000-7000-8000-00000000e003", "北圏域", "x", false), "already_there", "a second area of the same name is refused");
    is (draw (NORTH, " ", "中央区本町", false), "text_empty", "an area without a name is refused");
}

static void by_officer (void)
{
    int64_t before = harness_events (harness, &facility_changed_message);

    is (assign (FIRST, NORTH), "taken", "an officer says where a facility lies");
    ok (strcmp (lies_in (FIRST), "北圏域") == 0 && view (FIRST).care_assigned, "...and there it lies, whatever its address says");
    is (assign (FIRST, NORTH), "taken", "the same again");
    is_number (harness_events (harness, &facility_changed_message), before + 1, "A-29 the change is told once");
    put_facility (FIRST, "0160100001", "北海道札幌市中央区本町１丁目９番", "011002");
    is (lies_in (FIRST), "北圏域", "a changed address does not undo what an officer said");
    is (assign (FIRST, "0190a3b4-0000-7000-8000-00000000e009"), "field_unknown_choice", "an area that is none is refused");
    is (assign (FAR_AWAY, NORTH), "not_for_you", "a facility outside the region is nobody's to place");
    is (assign (FIRST, NULL), "taken", "by its address again");
    is (lies_in (FIRST), "中央圏域", "...it lies where its address says");
    must (assign (FIRST, NORTH)[0] == 't' ? 0 : -1, "assign");
    is (draw (NORTH, "北圏域", "中央区本町", true), "taken", "an area is removed");
    is (lies_in (FIRST), "中央圏域", "...and what lay in it by an officer's word lies where its address says");
    is (assign (FIRST, NORTH), "field_unknown_choice", "a removed area takes nothing more");
    put_facility (SECOND, "0160100002", "札幌市中央区本町1-5", "012025");
    is (lies_in (SECOND), "nowhere", "a facility that another municipality looks after leaves the area");
}

static void neighbour (void)
{
    as_neighbour ();
    is (draw (CENTRE, "中央圏域", "x", false), "not_for_you", "the neighbour changes no area here");
    is (assign (FIRST, CENTRE), "not_for_you", "...and places no facility here");
    ok (list ().care.count == 1 && !list ().care.items[0].may_edit && list ().care.items[0].towns.count == 0, "...but finds by the area, without its towns");
    is_number (harness_sees (harness, "with x as (delete from facility_area returning 1) select count(*) from x"), 0,
        "S-20 the database lets the neighbour remove nothing");
}

int main (void)
{
    open_region ();
    open_areas ();
    medical ();
    by_address ();
    by_officer ();
    neighbour ();
    close_region ();
    return done ();
}
