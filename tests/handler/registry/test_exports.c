/* What leaves the registry: the list as CSV for who is logged in, open data and FHIR for everybody, paper for one audience.  An item is in
 * an output when, and only when, the output's readers are allowed to see it. */
#include "residents.h"

static struct arena arena;

static const char *text_of (struct bytes bytes) { return arena_copy (&arena, (const char *) bytes.data, bytes.size); }

/* ---- the outputs, each whole ----------------------------------------------------------------------------------------------------------- */

static const char *open_file (const char *municipality, const char *file)
{
    struct open_data query = { .municipality = municipality, .file = file };
    const char *all = "";

    do {
        struct file_page page = { 0 };

        err = (struct error) { 0 };
        if (harness_call (harness, "open_data", &query, &page, &err) < 0)
            return error_name_of (&err);
        all = arena_print (&arena, "%s%s", all, text_of (page.body));
        query.after = arena_text (&arena, page.next_page);
    } while (query.after);
    return all;
}

static const char *list (struct facility_export query)
{
    const char *all = "";

    do {
        struct file_page page = { 0 };

        err = (struct error) { 0 };
        if (harness_call (harness, "facility_export", &query, &page, &err) < 0)
            return error_name_of (&err);
        all = arena_print (&arena, "%s%s", all, text_of (page.body));
        query.after = arena_text (&arena, page.next_page);
    } while (query.after);
    return all;
}

static const char *fhir_find (struct fhir_search query)
{
    struct file_answer answer = { 0 };

    err = (struct error) { 0 };
    return harness_call (harness, "fhir_search", &query, &answer, &err) < 0 ? error_name_of (&err) : text_of (answer.body);
}

static const char *fhir_get (const char *type, const char *id)
{
    struct fhir_read query = { .type = type, .id = id };
    struct file_answer answer = { 0 };

    err = (struct error) { 0 };
    return harness_call (harness, "fhir_read", &query, &answer, &err) < 0 ? error_name_of (&err) : text_of (answer.body);
}

/* How many of the outputs of strangers say it. */
static int strangers_read (const char *what)
{
    const char *outputs[] = { open_file ("011002", "medical.csv"), open_file ("011002", "facilities.geojson"),
                              fhir_find (((struct fhir_search) { .type = "HealthcareService" })), fhir_get ("HealthcareService", CLINIC) };
    int count = 0;

    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        count += strstr (outputs[i], what) != NULL;
    return count;
}

static size_t count_of (const char *text, const char *what)
{
    size_t count = 0;

    while ((text = strstr (text, what)) != NULL) {
        text += strlen (what);
        count++;
    }
    return count;
}

/* ---- what is asked -------------------------------------------------------------------------------------------------------------------- */

#define SECRET "夜間も電話で相談"

static void without_review (void)
{
    as_officer ();
    is (say (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_OUT_OF_HOURS, .answer = ITEM_ANSWER_YES, .text = SECRET }), "taken",
        "a clinic's answer");
    ok (strstr (list ((struct facility_export) { .service = "診療所" }), SECRET), "who keeps the record has it in the CSV");
    as_nobody ();
    is_number (strangers_read ("見本の家診療所"), 0, "A-16 what nobody has reviewed is in no output of strangers");
    is (fhir_get ("Organization", CLINIC), "not_for_you", "A-36 ...nor is it there by its id");
    ok (strstr (open_file ("011002", "care.csv"), "\xef\xbb\xbf\"都道府県コード又は市区町村コード\",\"NO\"") == open_file ("011002", "care.csv")
        || count_of (open_file ("011002", "care.csv"), "\r\n") == 1, "open data without a facility is a head alone");
    as_officer ();
    is (REVIEW (true, CLINIC, STATION), "taken", "both are reviewed");
}

static void by_consent (void)
{
    const int residents[] = { AUDIENCE_RESIDENTS }, professionals[] = { AUDIENCE_PROFESSIONALS };

    as_nobody ();
    is_number (strangers_read ("見本の家診療所"), 4, "A-36 a reviewed facility is in every output of strangers");
    is_number (strangers_read (SECRET), 0, "A-13 an item without consent is in none of them");
    as_nurse ();
    ok (!strstr (list ((struct facility_export) { 0 }), SECRET), "A-13 ...nor in a nurse's CSV");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_OUT_OF_HOURS, 1, professionals), "taken", "professionals may see it");
    as_nobody ();
    is_number (strangers_read (SECRET), 0, "A-15 what professionals may see strangers do not");
    as_nurse ();
    ok (strstr (list ((struct facility_export) { 0 }), SECRET), "A-15 the nurse's CSV has it");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_OUT_OF_HOURS, 1, residents), "taken", "residents may see it");
    as_nobody ();
    is_number (strangers_read (SECRET), 4, "A-13, A-36 with consent of residents it is in all of them");
    as_nurse ();
    ok (!strstr (list ((struct facility_export) { 0 }), SECRET), "A-13 ...and no more in the nurse's CSV");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_OUT_OF_HOURS, 0, NULL), "taken", "the clinic withdraws");
    as_nobody ();
    is_number (strangers_read (SECRET), 0, "A-14 the next export lacks it");
    as_officer ();
    is (REVIEW (false, STATION), "taken", "a mark is taken back");
    as_nobody ();
    ok (!strstr (open_file ("011002", "care.csv"), "みほん訪問看護"), "A-16 ...and the next export lacks the facility");
    as_officer ();
    is (REVIEW (true, STATION), "taken", "and given again");
}

/* Hours taken apart go where the item of the same words goes. */
static void hours (void)
{
    const int residents[] = { AUDIENCE_RESIDENTS };
    const struct hours_slot slot = { .day = 1, .has_from_minute = true, .from_minute = 540, .has_to_minute = true, .to_minute = 1020 };
    const struct facility_hours_put put = { .facility_id = CLINIC, .purpose = HOURS_PURPOSE_SERVICE, .slots = { &slot, 1 }, .source = ITEM_SOURCE_SURVEY };

    as_officer ();
    must (harness_call (harness, "facility_hours_put", &put, NULL, &err), "hours");
    as_nobody ();
    ok (!strstr (open_file ("011002", "medical.csv"), "09:00") && !strstr (fhir_get ("HealthcareService", CLINIC), "09:00"),
        "A-13 hours without consent are in no output of strangers");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_HOURS, 1, residents), "taken", "residents may see them");
    as_nobody ();
    ok (strstr (open_file ("011002", "medical.csv"), "\"月\",\"09:00\",\"17:00\""), "A-13 ...and 医療機関一覧 has day and time");
    ok (strstr (fhir_get ("HealthcareService", CLINIC), "\"availableStartTime\":\"09:00:00\""), "...so has FHIR");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_HOURS, 0, NULL), "taken", "withdrawn");
    as_nobody ();
    ok (!strstr (open_file ("011002", "medical.csv"), "09:00") && !strstr (fhir_get ("HealthcareService", CLINIC), "09:00"), "A-14 ...they are gone");
}

static void never (void)
{
    static const char *const hidden[] = { "0112223334", "office@clinic.example", "見本会", "見本 太郎", "院長" };

    as_nobody ();
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        is_number (strangers_read (hidden[i]), 0, "S-30 no FAX, no e-mail, no corporation, nobody's name in any output of strangers");
    is (list ((struct facility_export) { 0 }), "log_in_first", "the CSV of the list is not for strangers");
}

static void files (void)
{
    as_nobody ();
    is_number (count_of (open_file ("011002", "medical.csv"), "\r\n"), 2, "医療機関一覧: the clinic");
    ok (strstr (open_file ("011002", "medical.csv"), "\r\n\"011002\",\"1\",\"北海道\""), "...begins with whose data it is and a number");
    ok (strstr (open_file ("011002", "care.csv"), "\"みほん訪問看護\",\"\",\"訪問看護\""), "介護サービス事業所一覧: the station");
    is (open_file ("011002", "people.csv"), "not_for_you", "no other file");
    is (open_file ("011003", "care.csv"), "not_for_you", "nor of a code with a wrong check digit");
    is (open_file ("131016", "care.csv"), "not_for_you", "nor of a municipality nobody knows");
    is_number (harness_call (harness, "open_data", &(struct open_data) { "011002", "care.csv", "x" }, NULL, &err), -1, "nor behind a key that is none");
    is (error_name_of (&err), "field_wrong_type", "...which says so");
}

static void fhir (void)
{
    const char *found;

    as_nobody ();
    found = fhir_find ((struct fhir_search) { .type = "Organization", .name = "訪問看護", .has_count = true, .count = 10 });
    ok (strstr (found, STATION) && !strstr (found, CLINIC), "A-36 found by a part of the name");
    ok (strstr (found, "\"url\":\"http://localhost:8080/api/v1/fhir/Organization?name=%E8%A8%AA%E5%95%8F%E7%9C%8B%E8%AD%B7&_count=10\""),
        "...with what was asked as the link to itself");
    found = fhir_find ((struct fhir_search) { .type = "Location", .has_count = true, .count = 1 });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, "\"relation\":\"next\""), "A-36 one a page, and a link to the next");
    found = fhir_find ((struct fhir_search) { .type = "Location", .has_count = true, .count = 1,
                                              .page = strstr (found, CLINIC) ? CLINIC : STATION });
    ok (count_of (found, "fullUrl") == 1 && !strstr (found, "\"relation\":\"next\""), "...which is the last");
    found = fhir_find ((struct fhir_search) { .type = "Organization", .address_city = "北海道" });
    is_number (count_of (found, "fullUrl"), 2, "A-36 found by place");
    found = fhir_find ((struct fhir_search) { .type = "HealthcareService", .service_type = "訪問看護" });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, STATION), "A-36 found by kind of service");
    found = fhir_find ((struct fhir_search) { .type = "PractitionerRole", .organization = "Organization/" STATION });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, "\"code\":\"nurse\"") && !strstr (found, "\"practitioner\""),
        "A-36 the role of an organisation names nobody");
    found = fhir_find ((struct fhir_search) { .type = "Organization", .identifier = "0160100001" });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, STATION), "A-36 found by number");
    harness_sql (harness, "update facility set scheme = 'kouseikyoku', number = '012345678' where facility_id = '" CLINIC "'");
    found = fhir_find ((struct fhir_search) { .type = "Organization",
                                              .identifier = "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no|0112345678" });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, CLINIC) && strstr (found, "insurance-medical-institution-no\",\"value\":\"0112345678\""),
        "A-36 a clinic of the bureau's list by JP Core's number");
    harness_sql (harness, "update facility set scheme = 'suisho-medical', number = 'ID-0112345678' where facility_id = '" CLINIC "'");
    found = fhir_find ((struct fhir_search) { .type = "Organization", .identifier = "0112345678" });
    ok (count_of (found, "fullUrl") == 1 && strstr (found, "insurance-medical-institution-no\",\"value\":\"0112345678\""),
        "...and one whose ten digits are kept apart from those of care offices");
    ok (strstr (open_file ("011002", "medical.csv"), "\"0112345678\""), "...as they are in the list");
    is_number (count_of (fhir_find ((struct fhir_search) { .type = "Organization", .id = "none" }), "fullUrl"), 0, "an id that is none finds nothing");
    is (fhir_find ((struct fhir_search) { .type = "Patient" }), "not_for_you", "there are no patients here");
    is (fhir_find ((struct fhir_search) { .type = "PractitionerRole", .name = "x" }), "field_unknown", "roles have no names");
    is (fhir_find ((struct fhir_search) { .type = "Location", .has_count = true }), "field_out_of_range", "no pages of none");
    is (fhir_find ((struct fhir_search) { .type = "Location", .format = "xml" }), "field_unknown_choice", "no XML");
    is (fhir_get ("Organization", FAR_AWAY), "not_for_you", "what is not reviewed is not there");
}

static void the_list (void)
{
    const char *all;

    as_nurse ();
    all = list ((struct facility_export) { .text = "見本" });
    ok (strstr (all, "見本の家診療所") && !strstr (all, "みほん訪問看護"), "the CSV has what the filter leaves");
    is_number (count_of (list ((struct facility_export) { 0 }), "\r\n"), 4, "...without filter everything");
    ok (strstr (list ((struct facility_export) { 0 }), "\"0112223334\""), "the nurse has the published FAX, as on the page");
    is (list ((struct facility_export) { .encoding = "euc" }), "field_unknown_choice", "two encodings");
    is (list ((struct facility_export) { .items = "flying" }), "field_unknown_choice", "filters are checked as on the page");
    is (list ((struct facility_export) { .after = "x" }), "field_wrong_type", "a key that is none");
    harness_sql (harness, "update facility set name = '=𠮷の家' where facility_id = '" FAR_AWAY "'");
    ok (strstr (list ((struct facility_export) { 0 }), "\"'=𠮷の家\""), "what a spreadsheet would compute is disarmed");
    all = list ((struct facility_export) { .service = "訪問介護", .encoding = "cp932" });
    ok (strstr (all, "\x81\xac") && strstr (all, " U+20BB7\""), "CP932 says which character it lacks");
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, name, phone_doubtful, source, provenance, content, search,"
                 " sort_key, grams) select gen_random_uuid (), 'A' || to_char (n, 'FM000000000'), '通所介護', '011002', 'デイ' || n, false, 'x', '{}',"
                 " gen_random_uuid (), 'デイ' || n, 'デイ' || to_char (n, 'FM0000'), '{}' from generate_series (1, 450) n");
    is_number (count_of (list ((struct facility_export) { .service = "通所介護" }), "\r\n"), 451, "every facility once, however many pages");
    is_number (count_of (list ((struct facility_export) { .service = "通所介護" }), "\"デイ450\""), 1, "...and titles once");
}

static void paper (void)
{
    struct facility_paper query = { .municipality = "011002", .audience = AUDIENCE_RESIDENTS };
    struct file_answer answer = { 0 };

    as_officer ();
    must (harness_call (harness, "facility_paper", &query, &answer, &err), "paper");
    ok (answer.body.size > 1000 && memcmp (answer.body.data, "%PDF", 4) == 0, "A-20 the list for residents as PDF");
    query.audience = AUDIENCE_PROFESSIONALS;
    query.service = "訪問看護";
    must (harness_call (harness, "facility_paper", &query, &answer, &err), "paper");
    ok (answer.body.size > 1000 && strcmp (answer.media_type, "application/pdf") == 0, "A-20 ...and one kind of service for professionals");
    query.municipality = "131016";
    is_number (harness_call (harness, "facility_paper", &query, &answer, &err), -1, "not of a municipality nobody knows");
    as_nobody ();
    is_number (harness_call (harness, "facility_paper", &query, &answer, &err), -1, "not for strangers");
}

/* Beyond two minutes' worth at once. */
static void floods (void)
{
    self.strangers = stranger_gate_new (1, 2);
    as_nobody ();
    harness_source (harness, "203.0.113.7");
    ok (strncmp (fhir_get ("Organization", STATION), "{", 1) == 0 && strncmp (open_file ("011002", "care.csv"), "\xef", 1) == 0, "two questions");
    is (open_file ("011002", "care.csv"), "too_many_requests", "one source does not ask without end");
    is (fhir_get ("Organization", STATION), "too_many_requests", "...by FHIR neither");
    is (fhir_find ((struct fhir_search) { .type = "Organization" }), "too_many_requests", "...nor by searching");
    stranger_gate_destroy (&self.strangers);
    self.strangers = NULL;
}

int main (void)
{
    open_region ();
    open_facilities ();
    without_review ();
    by_consent ();
    hours ();
    never ();
    files ();
    fhir ();
    the_list ();
    paper ();
    floods ();
    close_region ();
    arena_done (&arena);
    return done ();
}
