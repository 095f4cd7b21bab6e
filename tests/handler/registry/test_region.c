/* What a region is made of: codes with their check digits, candidates by 二次医療圏 (KU-01), people and resources in figures. */
#include "people.h"

static const char *put (const char *code, const char *reason)
{
    struct municipality_put message = { .code = code, .prefecture = "北海道", .name = "新町", .reason = reason };

    err = (struct error) { 0 };
    return harness_call (harness, "municipality_put", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static void codes (void)
{
    act_as_operator ();
    is (put ("01203", NULL), "taken", "KU-01 five digits are taken");
    is_number (harness_number (harness, "select count(*) from municipality where code = '012033' and in_region"), 1, "...with their check digit");
    is (put ("012033", NULL), "taken", "the same with six");
    is_number (harness_number (harness, "select count(*) from municipality where code like '01203%%'"), 1, "...is the same municipality");
    is (put ("012034", NULL), "code_digit_wrong", "KU-01 a wrong check digit is refused");
    is (err.fields[0].pointer, "/code", "...the field is named");
    is (put ("481009", NULL), "field_wrong_type", "no such prefecture");
    is (put ("011011", NULL), "code_of_ward", "a ward is its city's");
}

static struct municipality_candidate_list candidates (const char *text)
{
    struct municipality_candidates_answer answer = { 0 };

    must (harness_call (harness, "municipality_candidates", &(struct municipality_candidates) { .text = text }, &answer, &err), "candidates");
    return answer.candidates;
}

static void candidates_first (void)
{
    struct municipality_candidate_list found;

    harness_sql (harness, "truncate facility_place, municipality_area");
    harness_sql (harness, "insert into facility_place (located_in, prefecture, name) values ('012041', '北海道', '旭川市'), ('012050', '北海道', '室蘭市'),"
                          " ('131016', '東京都', '千代田区'), ('011002', '北海道', '札幌市'), ('431010', '熊本県', '熊本市中央区'), ('431028', '熊本県', '熊本市東区')");
    is (put ("012068", NULL), "taken", "while no area is known nothing is asked");
    harness_sql (harness, "insert into municipality_area (municipality, area, name) values ('011002', '0104', '札幌'), ('012050', '0104', '札幌'),"
                          " ('012041', '0111', '上川中部')");
    found = candidates (NULL);
    ok (found.count == 4 && strcmp (found.items[0].code, "012050") == 0 && found.items[0].same_area && strcmp (found.items[0].area_name, "札幌") == 0,
        "KU-01 who lies in the same 二次医療圏 is proposed first");
    ok (strcmp (found.items[1].code, "012041") == 0 && !found.items[1].same_area, "KU-01 ...then the same prefecture, and who takes part is not proposed");
    ok (strcmp (found.items[3].code, "431001") == 0 && strcmp (found.items[3].name, "熊本市") == 0, "wards stand for their city, once");
    is_number ((int64_t) candidates ("千代田").count, 1, "candidates are found by name");
    is (put ("012050", NULL), "taken", "KU-01 the same 二次医療圏 needs no reason");
    is (put ("012041", " "), "area_reason_needed", "KU-01 another one needs a reason");
    is (err.fields[0].pointer, "/reason", "...the field is named");
    is (put ("012041", "病院を共に使うため"), "taken", "KU-01 with a reason it may join");
    is (harness_text (harness, "select reason from municipality where code = '012041'"), "病院を共に使うため", "KU-01 ...which is kept");
    is (put ("012041", NULL), "taken", "who takes part is changed without saying it again");
    is (harness_text (harness, "select reason from municipality where code = '012041'"), "病院を共に使うため", "...and it stays");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    ok (harness_call (harness, "municipality_candidates", &(struct municipality_candidates) { 0 }, NULL, &err) < 0, "a nurse forms no region");
}

/* ---- figures ---------------------------------------------------------------------------------------------------------------------- */

static void put_facility (int number, const char *service, const char *keeper)
{
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone_doubtful, source, provenance,"
        " content, search, sort_key, grams) values ('0190a3b4-0000-7000-8000-00000000f00%d', '01123456%02d', '%s', '%s', '%s', 'x', false, 'x',"
        " '{}', gen_random_uuid (), 'x', 'x', '{}')", number, number, service, keeper, keeper);
}

static void put_item (int number, int item, int answer, int shown_to, const char *keeper)
{
    harness_sql (harness, "insert into facility_item (facility_id, item, notified, since, answer, source, changed_at, shown_to, keeper, set_by)"
        " values ('0190a3b4-0000-7000-8000-00000000f00%d', %d, false, guard.now (), %d, 2, guard.now (), %d, '%s', '%s')", number, item, answer,
        shown_to, keeper, PERSON (2));
}

static struct resource_summary_answer summary (enum summary_by by)
{
    struct resource_summary_answer answer = { 0 };

    must (harness_call (harness, "resource_summary", &(struct resource_summary) { .by = by }, &answer, &err), "summary");
    return answer;
}

static const char *figure (enum summary_by by, const char *area, int item)
{
    const struct resource_summary_answer answer = summary (by);
    static char text[60];

    for (size_t i = 0; i < answer.rows.count; i++) {
        const struct summary_row *row = &answer.rows.items[i];

        if (strcmp (row->area, area) == 0 && (int) row->item == item && row->kind == FACILITY_KIND_HOME_MEDICINE && !row->service) {
            snprintf (text, sizeof text, "%d: %d yes, %d no, %d unknown", (int) row->facilities, (int) row->yes, (int) row->no, (int) row->unknown);
            return text;
        }
    }
    return "none";
}

static void open_figures (void)
{
    harness_sql (harness, "truncate facility cascade");
    act_as_operator ();
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    put_facility (1, "診療所", "011002"), put_facility (2, "診療所", "011002"), put_facility (3, "病院", "011002");
    put_facility (4, "診療所", "012025"), put_facility (5, "訪問介護", "011002");
    put_item (1, FACILITY_ITEM_HOUSE_CALLS, 1, 0, "011002"), put_item (2, FACILITY_ITEM_HOUSE_CALLS, 2, 2, "011002");
    put_item (4, FACILITY_ITEM_HOUSE_CALLS, 1, 0, "012025");
}

static void counted (void)
{
    act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is (figure (SUMMARY_BY_MUNICIPALITY, "011002", 0), "3: 3 yes, 0 no, 0 unknown", "A-31 facilities of a kind in a municipality");
    is (figure (SUMMARY_BY_MUNICIPALITY, "011002", FACILITY_ITEM_HOUSE_CALLS), "3: 1 yes, 1 no, 1 unknown", "A-31 house calls, unknown as unknown");
    is (figure (SUMMARY_BY_MUNICIPALITY, "012025", FACILITY_ITEM_HOUSE_CALLS), "1: 0 yes, 0 no, 1 unknown",
        "A-31 what another municipality has not published is unknown");
    is (figure (SUMMARY_BY_MEDICAL_AREA, "0104", 0), "3: 3 yes, 0 no, 0 unknown", "A-31 by 二次医療圏");
    is (figure (SUMMARY_BY_MEDICAL_AREA, "", 0), "1: 1 yes, 0 no, 0 unknown", "A-31 ...and those whose area is not known");
    is (figure (SUMMARY_BY_CARE_AREA, "011002", 0), "3: 3 yes, 0 no, 0 unknown", "A-31 by 日常生活圏域, before there are any");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is (figure (SUMMARY_BY_MUNICIPALITY, "011002", FACILITY_ITEM_HOUSE_CALLS), "3: 0 yes, 1 no, 2 unknown", "A-13 a nurse counts what she may see");
}

static const char *people_of (const char *municipality, int64_t year, int64_t people_75, int64_t people, const char *area)
{
    struct population_put message = { .municipality = municipality, .year = year, .people_75 = people_75, .has_people = people != 0,
                                      .people = people, .care_area_id = area, .source = "住民基本台帳" };

    err = (struct error) { 0 };
    return harness_call (harness, "population_put", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static int64_t people_75 (enum summary_by by, const char *area)
{
    const struct resource_summary_answer answer = summary (by);

    for (size_t i = 0; i < answer.areas.count; i++)
        if (strcmp (answer.areas.items[i].area, area) == 0)
            return answer.areas.items[i].has_people_75 ? answer.areas.items[i].people_75 : -1;
    return -2;
}

static void people (void)
{
    act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number (people_75 (SUMMARY_BY_MUNICIPALITY, "011002"), -1, "A-31 before anybody enters it, nobody knows how many people there are");
    is (people_of ("011002", 2025, 12000, 90000, NULL), "taken", "A-31 people of 75 and older, of a year, with the source");
    is (people_of ("011002", 2026, 12500, 0, NULL), "taken", "...and of the next year");
    is (people_of ("011002", 2026, 12500, 0, NULL), "taken", "...a second time");
    is_number (harness_number (harness, "select count(*) from population"), 2, "...one figure a year");
    is_number (people_75 (SUMMARY_BY_MUNICIPALITY, "011002"), 12500, "A-31 the newest counts");
    is_number (people_75 (SUMMARY_BY_MEDICAL_AREA, "0104"), -1, "A-31 of an area nothing is said while one of its municipalities is missing");
    is (people_of ("012050", 2026, 100, 0, NULL), "not_for_you", "nobody enters another municipality's");
    is (people_of ("011002", 1890, 100, 0, NULL), "field_out_of_range", "no such year");
    is (people_of ("011002", 2026, 100, 99, NULL), "field_out_of_range", "more old people than people");
    is (err.fields[0].pointer, "/people", "...the field is named");
    is (people_of ("011002", 2026, 100, 0, PERSON (1)), "field_unknown_choice", "no such area");
    act_as_operator ();
    is (people_of ("012050", 2026, 2500, 0, NULL), "taken", "who acts for the region does");
    is_number (people_75 (SUMMARY_BY_MEDICAL_AREA, "0104"), 15000, "A-31 an area is the sum of its municipalities");
}

int main (void)
{
    open_region ();
    codes ();
    candidates_first ();
    open_figures ();
    counted ();
    people ();
    close_region ();
    return done ();
}
