/* Facilities as FHIR R4: what stands where, and what is asked.  Called with "print", says one resource a line, for tests/interop/fhir.t. */
#include "fhir_ask.h"
#include "tap.h"

static struct arena arena;
static struct error err;

#define BASE "https://renkei.example.jp/api/v1/fhir"
#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
#define STATION "0190a3b4-0000-7000-8000-00000000f002"

static const struct known_item clinic_items[] = {
    { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_YES, .text = "16キロ以内\nまで" },
    { .item = FACILITY_ITEM_RESPIRATOR, .answer = ITEM_ANSWER_NO, .performed = PERFORMED_UNKNOWN },
    { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "0123-45-6780" },
    { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "月〜金 9時〜17時" },
    { .item = FACILITY_ITEM_DEPARTMENTS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "内科" },
};
static const struct opening_slot slots[] = { { 1, 31, 540, 720 }, { 6, 5, 540, 720 }, { 7, 31, 1080, 1500 }, { 8, 31, 540, 720 } };
static struct open_facility facilities[] = {
    { .facility_id = CLINIC, .number = "012345678", .scheme = "kouseikyoku", .service = "診療所", .located_in = "011002", .prefecture = "北海道", .city = "札幌市",
      .name = "見本\"診療所\"\t一", .name_kana = "ミホン", .address = "見本市1-2", .building = "見本ビル", .phone = "0123-45-6789", .url = "https://clinic.example",
      .latitude = "43.049268253002516", .longitude = "141.333007528921300", .proofed = true, .items = { clinic_items, 5 },
      .hours = { .slots = slots, .count = 4 } },
    { .facility_id = STATION, .number = "0160100001", .scheme = "kaigo", .service = "訪問看護", .located_in = "011002", .prefecture = "", .city = "", .name = "みほん訪問看護" },
    { .facility_id = STATION, .number = "12", .scheme = "navii", .service = "薬局", .located_in = "011002", .prefecture = "", .city = "", .name = "みほん薬局" },
    { .facility_id = STATION, .number = "0170100001", .scheme = "kaigo", .service = "訪問介護", .located_in = "011002", .prefecture = "", .city = "", .name = "みほん介護" },
};

static const char *text_of (struct bytes bytes) { return arena_copy (&arena, (const char *) bytes.data, bytes.size); }

static const char *resource (enum fhir_type type, int i) { return text_of (fhir_resource (&arena, type, &facilities[i])); }

static const char *bundle (size_t count, bool more)
{
    struct fhir_bundle page = { FHIR_HEALTHCARE_SERVICE, BASE, "?_count=1", "?_count=1&", more };
    struct open_facilities found = { facilities, count };

    return text_of (fhir_search_set (&arena, &page, &found));
}

static const char *number_of (const char *scheme, const char *service, const char *number)
{
    const struct open_facility facility = { .scheme = scheme, .service = service, .number = number };
    const char *institution = fhir_institution_number (&arena, &facility);

    return institution ? institution : "none";
}

static void institution_numbers (void)
{
    is (number_of ("kouseikyoku", "診療所", "012345678"), "0112345678", "A-36 ten digits: prefecture, 1 for medical, seven digits");
    is (number_of ("kouseikyoku", "歯科診療所", "012345678"), "0132345678", "...3 for dental");
    is (number_of ("suisho-medical", "薬局", "012345678"), "0142345678", "...4 for dispensing");
    is (number_of ("suisho-medical", "病院", "0112345678"), "0112345678", "...ten stay as they are");
    is (number_of ("suisho-medical", "病院", "0132345678"), "none", "...but not those of another table");
    is (number_of ("suisho-medical", "病院", "12345"), "none", "...nor too few");
    is (number_of ("navii", "病院", "0112345678"), "none", "an ID of 医療情報ネット is no such number");
    is (number_of ("kaigo", "訪問看護", "0160100001"), "none", "nor that of a care office");
    is (number_of ("kouseikyoku", "診療所", "01234567A"), "none", "nor one with a letter");
}

static void resources (void)
{
    const char *service = resource (FHIR_HEALTHCARE_SERVICE, 0);

    ok (strstr (resource (FHIR_ORGANIZATION, 0), "\"identifier\":[{\"system\":\"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no\",\"value\":\"0112345678\"}]"),
        "A-36 JP Core's identifier");
    ok (strstr (resource (FHIR_ORGANIZATION, 0), "\"name\":\"見本\\\"診療所\\\" 一\""), "a text is a text; a tab is a space");
    ok (strstr (resource (FHIR_ORGANIZATION, 1), "\"value\":\"0160100001\""), "a care office has its own number");
    ok (!strstr (resource (FHIR_ORGANIZATION, 1), "telecom") && !strstr (resource (FHIR_ORGANIZATION, 1), "alias"), "what is not known is not there");
    ok (strstr (resource (FHIR_LOCATION, 0), "\"position\":{\"longitude\":141.333007528921300,\"latitude\":43.049268253002516}"), "a place on the map");
    ok (!strstr (resource (FHIR_LOCATION, 1), "position"), "...or none");
    ok (strstr (service, "\"code\":\"house_calls\",\"display\":\"往診\"") && !strstr (service, "\"code\":\"respirator\""), "a yes is a characteristic");
    ok (strstr (service, "往診：あり・対応可（実績あり） 16キロ以内\\u000aまで\\u000aレスピレーター（人工呼吸器）等：なし"), "...every answer stands in words");
    ok (strstr (service, "\"specialty\":[{\"text\":\"内科\"}]") && strstr (service, "\"availabilityExceptions\":\"月〜金 9時〜17時\""), "departments and hours");
    ok (strstr (service, "\"availableTime\":[{\"daysOfWeek\":[\"mon\"],\"availableStartTime\":\"09:00:00\",\"availableEndTime\":\"12:00:00\"}],"),
        "hours of every week; nights, holidays and the nth Saturday are in the words");
    ok (!strstr (service, EXPORT_UNPROOFED) && strstr (resource (FHIR_HEALTHCARE_SERVICE, 1), "\"comment\":\"" EXPORT_UNPROOFED "\""),
        "A-17 what is not confirmed says so");
    ok (strstr (service, "{\"system\":\"fax\",\"value\":\"0123-45-6780\""), "a FAX it allows residents to see");
    ok (strstr (resource (FHIR_PRACTITIONER_ROLE, 2), "\"code\":\"pharmacist\"") && !strstr (resource (FHIR_PRACTITIONER_ROLE, 3), "\"coding\""),
        "roles by kind; care has no code there");
}

static void bundles (void)
{
    ok (strstr (bundle (1, true), "{\"relation\":\"next\",\"url\":\"" BASE "/HealthcareService?_count=1&page=" CLINIC "\"}"), "the next page is a link");
    ok (!strstr (bundle (2, false), "next"), "the last page has none");
    ok (!strstr (bundle (0, false), "entry"), "nothing found has no entries");
    ok (strstr (bundle (2, false), "\"fullUrl\":\"" BASE "/HealthcareService/" STATION "\""), "each entry has its address");
}

static const char *question (struct fhir_search query, struct fhir_asked *ret)
{
    err = (struct error) { 0 };
    return fhir_ask_read (&arena, &query, ret, &err) < 0 ? error_name_of (&err) : "taken";
}

static void questions (void)
{
    struct fhir_asked asked;

    is (question ((struct fhir_search) { .type = "Location", .name = "見 本&", .has_count = true, .count = 500, .page = CLINIC }, &asked), "taken", "a question");
    is (asked.self, "?name=%E8%A6%8B%20%E6%9C%AC%26&_count=500&page=" CLINIC, "...as it was asked");
    is (asked.next, "?name=%E8%A6%8B%20%E6%9C%AC%26&_count=500&", "...without its page");
    is_number (asked.count, FHIR_COUNT_MOST, "never more than 50 a page");
    is (question ((struct fhir_search) { .type = "Location", .organization = "https://x.example/fhir/Organization/" CLINIC }, &asked), "taken", "a reference");
    is (asked.facility_id, CLINIC, "...by its last part");
    question ((struct fhir_search) { .type = "Location", .id = STATION, .organization = CLINIC }, &asked);
    ok (asked.nothing, "one id and another organization is nothing");
    question ((struct fhir_search) { .type = "Location", .identifier = "http://other.example|0112345678" }, &asked);
    ok (asked.nothing, "a system of somebody else finds nothing");
    is (question ((struct fhir_search) { .type = "Location", .identifier = "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no|0112345678" }, &asked), "taken",
        "ten digits are looked for");
    ok (!asked.nothing && asked.numbers.count == 2 && strcmp (asked.numbers.items[1], "012345678") == 0, "...also as the nine of the bureau");
    ok (fhir_ask_fits (&arena, &asked, &facilities[0]) && !fhir_ask_fits (&arena, &asked, &facilities[1]), "...and only who has them is found");
    is (question ((struct fhir_search) { .type = "Location", .service_type = "x" }, &asked), "field_unknown", "a parameter of another type");
    is (question ((struct fhir_search) { .type = "Location", .page = "x" }, &asked), "field_wrong_type", "a page that is none");
    is (question ((struct fhir_search) { .type = "location" }, &asked), "not_for_you", "names of types have capitals");
    is_number (fhir_format_check ("application/fhir+json", &err), 0, "JSON by any name");
    is_number (fhir_format_check ("xml", &err), -1, "...and nothing else");
}

static int print_all (void)
{
    for (int type = FHIR_ORGANIZATION; type <= FHIR_PRACTITIONER_ROLE; type++)
        for (size_t i = 0; i < sizeof facilities / sizeof *facilities; i++)
            puts (resource ((enum fhir_type) type, (int) i));
    puts (bundle (4, true));
    puts (bundle (0, false));
    puts (text_of (fhir_capability (&arena, BASE, "みほん地域", "2026-11-23")));
    arena_done (&arena);
    return 0;
}

int main (int argc, char **argv)
{
    if (argc > 1 && strcmp (argv[1], "print") == 0)
        return print_all ();
    institution_numbers ();
    resources ();
    bundles ();
    questions ();
    arena_done (&arena);
    return done ();
}
