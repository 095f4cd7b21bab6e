/* What registry and sharing tell, in every order: older words never win, the same word twice changes nothing, a rebuild tells nobody; and
 * what follows of it for who may see and who is asked. */
#include "region.h"

#define WHO ID ("a1")
#define WHERE ID ("a2")

static int tell (struct region *region, const char *from, const struct message_type *type, const void *event, int64_t version, bool replay)
{
    region->err = (struct error) { 0 };
    return (replay ? harness_replay : harness_hear) (region->harness, from, type, event, WHERE, version, TOWN, &region->err);
}

/* ---- one projection after the other, three words in every order ---------------------------------------------------------------------- */

/* The words of one projection: `word` n of it, and what the table then says. */
struct projection {
    const char *name, *from;
    const struct message_type *type;
    const void *words[3];
    const char *says[3];
    const char *sql;
};

#define WORDS(type, ...) static const struct type type##_words[] = { __VA_ARGS__ }
WORDS (municipality_changed, { .municipality_id = WHERE, .code = "011099", .name = "一" },
       { .municipality_id = WHERE, .code = "011099", .name = "二" }, { .municipality_id = WHERE, .code = "011099", .name = "三" });
WORDS (office_changed, { .office_id = WHERE, .name = "一", .municipality = TOWN, .phone = "1" },
       { .office_id = WHERE, .name = "二", .municipality = ELSEWHERE, .duty_phone = "2" },
       { .office_id = WHERE, .name = "三", .municipality = TOWN });
WORDS (membership_changed,
       { .membership_id = WHERE, .person_id = WHO, .name = "一", .office_id = WHERE, .municipality = TOWN, .roles = ROLES (1) },
       { .membership_id = WHERE, .person_id = WHO, .name = "二", .office_id = WHERE, .municipality = TOWN, .roles = ROLES (1, 4) },
       { .membership_id = WHERE, .person_id = WHO, .name = "三", .office_id = WHERE, .municipality = TOWN });
WORDS (agreement_changed, { .agreement_id = WHERE, .giving = TOWN, .receiving = ELSEWHERE, .from = "2026-01-01" },
       { .agreement_id = WHERE, .giving = TOWN, .receiving = ELSEWHERE, .from = "2026-01-01", .to = "2026-12-31" },
       { .agreement_id = WHERE, .giving = TOWN, .receiving = ELSEWHERE, .from = "2027-01-01" });
WORDS (contact_point_changed, { .contact_point_id = WHERE, .person_id = WHO, .kind = CONTACT_KIND_EMAIL, .address = "a@example.invalid" },
       { .contact_point_id = WHERE, .person_id = WHO, .kind = CONTACT_KIND_VOICE, .address = "090" },
       { .contact_point_id = WHERE, .person_id = WHO, .kind = CONTACT_KIND_VOICE, .address = "" });
WORDS (
    patient_changed,
    { .patient_id = WHO, .name = "一", .name_kana = "イチ", .birth_date = "1940-01-01", .municipality = TOWN, .place = PLACE_KIND_HOME },
    { .patient_id = WHO,
      .name = "二",
      .name_kana = "ニ",
      .birth_date = "1940-01-01",
      .municipality = TOWN,
      .place = PLACE_KIND_HOSPITAL,
      .place_name = "病院",
      .terminal_phase = true,
      .terminal_first_phone = "119" },
    { .patient_id = WHO, .name = "三", .name_kana = "サン", .birth_date = "1940-01-02", .municipality = TOWN, .place = PLACE_KIND_HOME });
WORDS (consent_changed, { .patient_id = WHO, .scopes = ROLES (1) }, { .patient_id = WHO, .scopes = ROLES (1, 5) }, { .patient_id = WHO });
#define HOURS(from, to) { .items = (const struct scheme_band[]) { { .day_classes = ROLES (1, 2), .from_minute = from, .to_minute = to } }, .count = 1 }
WORDS (scheme_part_changed, { .part_id = WHERE, .office_id = WHERE, .from = "2026-01-01", .bands = HOURS (540, 720) },
       { .part_id = WHERE, .office_id = WHERE, .from = "2026-01-01", .until = "2026-12-31", .bands = HOURS (540, 1080) },
       { .part_id = WHERE, .office_id = WHERE, .from = "2027-01-01", .bands = HOURS (540, 720), .has_withdrawn = true, .withdrawn = true });
WORDS (authenticators_changed, { .person_id = WHO, .count = 1 }, { .person_id = WHO, .count = 3 }, { .person_id = WHO, .count = 2 });
#define OF(type, from, a, b, c, sql) \
    { #type, from, &type##_message, { &type##_words[0], &type##_words[1], &type##_words[2] }, { a, b, c }, sql }
static const struct projection all[] = {
    OF (municipality_changed, "registry", "一", "二", "三", "select name from municipality where code = '011099'"),
    OF (office_changed, "registry", "一011002-1-", "二0110032--", "三011002--",
        "select name || located_in || coalesce (duty_phone, '') || '-' ||"
        " coalesce (phone, '') || '-' from office where office_id = '" WHERE "'"),
    OF (membership_changed, "registry", "一1", "二9", "三0", "select name || roles from membership where membership_id = '" WHERE "'"),
    OF (agreement_changed, "registry", "2026-01-01-", "2026-01-01-2026-12-31", "2027-01-01-",
        "select from_date || '-' || coalesce (to_date::text, '') from agreement where agreement_id = '" WHERE "'"),
    OF (contact_point_changed, "registry", "2a@example.invalidtrue", "4090true", "4false",
        "select kind || address || reachable from contact_point where contact_point_id = '" WHERE "'"),
    OF (patient_changed, "sharing", "一1false", "二2true病院119", "三1false",
        "select name || place || terminal_phase || coalesce (place_name, '') || coalesce (terminal_first_phone, '') from patient where "
        "patient_id = '" WHO "'"),
    OF (scheme_part_changed, "registry", "2026-01-01{3,0,540,720,0}false", "2026-01-012026-12-31{3,0,540,1080,0}false", "2027-01-01{3,0,540,720,0}true",
        "select from_date || coalesce (until_date::text, '') || bands::text || withdrawn from scheme_part where part_id = '" WHERE "'"),
    OF (authenticators_changed, "registry", "1", "3", "2", "select registered::text from authenticators where person_id = '" WHO "'"),
    OF (consent_changed, "sharing", "{1}", "{1,5}", "{}", "select scopes::text from consent where patient_id = '" WHO "'"),
};
enum { PROJECTIONS = sizeof all / sizeof *all };

static void forget (struct region *region)
{
    harness_sql (region->harness,
                 "delete from municipality where code = '011099'; delete from office where office_id = '" WHERE "';"
                 " delete from membership where membership_id = '" WHERE "'; delete from agreement; delete from scheme_part; delete from authenticators; delete from contact_point where"
                 " contact_point_id = '" WHERE "'; delete from patient where patient_id = '" WHO
                 "'; delete from consent where patient_id = '" WHO "';"
                 " delete from team_seat where patient_id = '" WHO "'; delete from access where patient_id = '" WHO "'");
}

static void test_orders (struct region *region)
{
    static const int orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

    for (size_t i = 0; i < PROJECTIONS; i++) {
        int wrong = 0;
        char name[140];

        for (size_t order = 0; order < 6; order++) {
            int newest = -1;

            forget (region);
            for (int n = 0; n < 3; n++) {
                int word = orders[order][n];

                newest = word > newest ? word : newest;
                for (int twice = 0; twice < 2; twice++)
                    if (tell (region, all[i].from, all[i].type, all[i].words[word], word + 1, twice) < 0
                        || strcmp (text (region, all[i].sql), all[i].says[newest]) != 0)
                        wrong++;
            }
        }
        if (wrong)
            note ("%s: %s", all[i].name, text (region, all[i].sql));
        snprintf (name, sizeof name, "%s: three words in all six orders, each twice: the newest stands", all[i].name);
        is_number (wrong, 0, name);
    }
}

/* ---- what a rebuild must not do ------------------------------------------------------------------------------------------------------ */

static void test_rebuild_tells_nobody (struct region *region)
{
    static const struct team_seat_state seats[] = { { ID ("b1"), TEAM_SEAT_ATTENDING_DOCTOR, DOCTOR, CLINIC } };
    const struct care_team_changed team = { .patient_id = WHO, .seats = { seats, 1 }, .joined = DOCTOR };
    const struct sheet_read read = { .patient_id = WHO, .section = SHEET_SECTION_WISHES, .version = 1, .by = NURSE, .writer = DOCTOR };
    int64_t roster = number (region, "select version from roster"), feeds;

    forget (region);
    harness_empty (region->harness, "feed, feed_head");
    is_number (tell (region, "sharing", &care_team_changed_message, &team, 1, true), 0, "a rebuild hears the team");
    is_number (tell (region, "sharing", &sheet_read_message, &read, 1, true), 0, "...and readings");
    for (size_t i = 0; i < PROJECTIONS; i++)
        for (int word = 0; word < 3; word++)
            if (tell (region, all[i].from, all[i].type, all[i].words[word], word + 1, true) < 0)
                note ("%s: %s", all[i].name, error_name_of (&region->err));
    is_number (number (region, "select count(*) from feed"), 0, "a rebuild tells nobody anything");
    is_number (harness_bells (region->harness, "feed"), 0, "...rings no bell");
    is_number (number (region, "select version from roster"), roster, "...and has no alert planned again");
    is_number (number (region, "select count(*) from team_seat where patient_id = '" WHO "'"), 1, "...but the projection is there");
    tell (region, "sharing", &care_team_changed_message, &team, 2, false);
    feeds = number (region, "select count(*) from feed");
    is_number (feeds, 1, "the same as news tells who has joined");
    is (text (region, "select person_id::text from feed"), DOCTOR, "...and nobody else");
}

/* ---- what follows for access --------------------------------------------------------------------------------------------------------- */

static int64_t open_to (struct region *region, const char *office)
{
    return harness_number (region->harness,
                           "select count(*) from access where patient_id = '" WHO
                           "' and office_id = '%s' and (until is null or until > guard.now ())",
                           office);
}

/* Team and consent may come in either order; both together open, either alone does not; losing one closes. */
static void test_access (struct region *region)
{
    static const struct team_seat_state both[] = { { ID ("b1"), TEAM_SEAT_ATTENDING_DOCTOR, DOCTOR, CLINIC },
                                                   { ID ("b2"), TEAM_SEAT_VISITING_NURSING, NURSE, STATION } };
    const struct care_team_changed two = { .patient_id = WHO, .seats = { both, 2 } }, one = { .patient_id = WHO, .seats = { both, 1 } };
    const struct consent_changed given = { .patient_id = WHO, .scopes = ROLES (CONSENT_SCOPE_TEAM, CONSENT_SCOPE_LAST_RESORT) },
                                 none = { .patient_id = WHO };

    forget (region);
    tell (region, "sharing", &care_team_changed_message, &two, 1, false);
    is_number (open_to (region, STATION) + open_to (region, DESK), 0, "S-23 a team without consent opens nothing");
    tell (region, "sharing", &consent_changed_message, &given, 2, false);
    ok (open_to (region, STATION) == 1 && open_to (region, CLINIC) == 1 && open_to (region, DESK) == 1,
        "with the consent it is open to each office of the team, and to the last resort");
    tell (region, "sharing", &care_team_changed_message, &one, 3, false);
    ok (open_to (region, STATION) == 0 && open_to (region, CLINIC) == 1, "an office whose last seat is gone sees no more");
    tell (region, "sharing", &consent_changed_message, &none, 4, false);
    is_number (open_to (region, CLINIC) + open_to (region, DESK), 0, "S-25 without the consent nobody does");
    forget (region);
    tell (region, "sharing", &consent_changed_message, &given, 1, false);
    tell (region, "sharing", &care_team_changed_message, &two, 2, false);
    ok (open_to (region, STATION) == 1 && open_to (region, CLINIC) == 1, "in the other order it is the same");
    tell (region, "sharing", &care_team_changed_message, &two, 2, false);
    is_number (number (region, "select count(*) from access where patient_id = '" WHO "'"), 3,
               "told twice, access stands once for each office");
}

/* A new desk is open to at once, and the old one no longer. */
static void test_desk_moves (struct region *region)
{
    as_administrator (region);
    must (region, "last_resort_put",
          &(struct last_resort_put){ .municipality = TOWN, .office_id = OTHER_OFFICE, .name = "新しい窓口", .phone = "011" });
    ok (open_to (region, OTHER_OFFICE) == 1 && open_to (region, DESK) == 0,
        "another last resort: the record is open to it and to the old one no longer");
    must (region, "last_resort_put",
          &(struct last_resort_put){ .municipality = TOWN, .office_id = DESK, .name = "夜間連絡センター", .phone = "011-000-0015" });
    is (refused (region, "last_resort_put",
                 &(struct last_resort_put){ .municipality = TOWN, .office_id = DESK, .name = "x", .phone = "内線なし" }),
        "phone_invalid", "a last resort that cannot be called is none");
}

/* ---- what follows for who is asked --------------------------------------------------------------------------------------------------- */

static void test_leaver (struct region *region)
{
    const struct membership_changed left = {
        .membership_id = ID ("54"), .person_id = DEPUTY, .name = "若葉 四郎", .office_id = CLINIC_2, .municipality = TOWN
    };

    report (region, ALERT ("01"));
    is_number (number (region, "select count(*) from alert_try where state = 1 and person_id = '" DEPUTY "'"), 1, "the deputy is planned");
    if (harness_hear (region->harness, "registry", &membership_changed_message, &left, ID ("54"), 900, TOWN, &region->err) < 0)
        note ("%s", region->err.detail);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where state = 1 and person_id = '" DEPUTY "'"), 0,
               "N-29 who leaves the office is out of the plan of an open alert at once");
    is_number (number (region, "select count(*) from alert_try where state = 1 and target = 4"), 1, "N-30 ...and the last resort is in it");
    as_nurse (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("01"), .outcome = "済" });
}

/* Not even the person is known yet: the report is taken all the same, and says what is missing. */
static void test_still_filling (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("02"));
    struct emergency_report_answer answer;

    harness_sql (region->harness, "delete from hearing_cursor");
    as_nurse (region);
    is_number (call (region, "emergency_report", &message, &answer), 0, "N-30 while projections are filling a report is taken");
    ok (answer.incomplete.count == 2 && strcmp (answer.incomplete.items[0], "registry") == 0
            && strcmp (answer.incomplete.items[1], "sharing") == 0,
        "...and says which are");
    ok (answer.asked.count > 0 && answer.has_next_at, "...and somebody is asked");
    harness_sql (region->harness, "delete from membership; delete from office");
    message.alert_id = ALERT ("03");
    is_number (call (region, "emergency_report", &message, &answer), 0, "N-30 with every name lost, too");
    is (text (region, "select reporter_name from alert where alert_id = '" ALERT ("03") "'"), "氏名未取得", "...which it says");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("03") "' and state = 2"), 1,
               "...and the doctor is asked by what is known of him");
}

/* Events that are none. */
static void test_nonsense (struct region *region)
{
    const struct care_team_changed team = { .patient_id = WHO };
    const struct consent_changed consent = { .patient_id = WHO };

    is_number (harness_hear (region->harness, "sharing", &care_team_changed_message, &team, WHERE, 50, NULL, &region->err), -1,
               "a team of no municipality is refused");
    is_number (region->err.key, ERROR_MALFORMED, "...as malformed, so that it goes to quarantine and holds nobody up");
    is_number (harness_hear (region->harness, "sharing", &consent_changed_message, &consent, WHERE, 51, NULL, &region->err), -1,
               "a consent, too");
}

int main (void)
{
    struct region *region = region_open ();

    test_orders (region);
    test_rebuild_tells_nobody (region);
    test_access (region);
    test_desk_moves (region);
    test_leaver (region);
    test_nonsense (region);
    test_still_filling (region);
    harness_close (&region->harness);
    return done ();
}
