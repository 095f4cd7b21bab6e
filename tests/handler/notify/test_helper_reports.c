/* Who reports decides who hears of it (practice.md): a home helper's report is told to the service manager of the same office. */
#include "region.h"

static struct alert_view view;

#define HELPER ID ("81")
#define HEAD ID ("82")
#define OTHER_HEAD ID ("83")
#define HELP_OFFICE ID ("84")

static void add_helpers (struct region *region)
{
    static const struct team_seat_state seats[] = {
        { ID ("71"), TEAM_SEAT_ATTENDING_DOCTOR, DOCTOR, CLINIC }, { ID ("72"), TEAM_SEAT_CARE_MANAGER, MANAGER, CARE_OFFICE },
        { ID ("73"), TEAM_SEAT_VISITING_NURSING, NURSE, STATION }, { ID ("74"), TEAM_SEAT_HOME_HELP, HELPER, HELP_OFFICE } };

    add_office (region, HELP_OFFICE, "やまびこヘルパー", TOWN, "011-000-0084");
    add_person (region, ID ("85"), HELPER, "助力 八重", HELP_OFFICE, TOWN, ROLE_HELPER);
    add_person (region, ID ("86"), HEAD, "責任 九郎", HELP_OFFICE, TOWN, ROLE_SERVICE_MANAGER);
    add_person (region, ID ("87"), OTHER_HEAD, "別所 十子", STATION, TOWN, ROLE_SERVICE_MANAGER);
    HEAR (region, "sharing", care_team_changed, PATIENT, TOWN, .patient_id = PATIENT, .seats = { .items = seats, .count = 4 });
    harness_empty (region->harness, "feed, feed_head");
}

static int64_t told (struct region *region, const char *person, enum feed_kind kind)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d", person, (int) kind);
}

static void as_helper (struct region *region) { act_as (region, HELPER, HELP_OFFICE, TOWN, ROLE_BIT (ROLE_HELPER)); }

static void report_it (struct region *region, const char *alert)
{
    const struct emergency_report report = report_of (region, alert);

    must (region, "emergency_report", &report);
}

static void test_nurse (struct region *region)
{
    as_nurse (region);
    report_it (region, ALERT ("01"));
    is_number (told (region, HEAD, FEED_KIND_EMERGENCY), 0, "a nurse reports: no service manager hears of it");
}

static void test_joins (struct region *region)
{
    as_helper (region);
    report_it (region, ALERT ("02"));
    is_number (told (region, HEAD, FEED_KIND_EMERGENCY), 1, "a helper's report that joins is told to the own service manager");
    is_number (told (region, OTHER_HEAD, FEED_KIND_EMERGENCY), 0, "...not to another office's");
}

static void test_course (struct region *region)
{
    forward (region, 3600);
    as_helper (region);
    report_it (region, ALERT ("03"));
    is_number (told (region, HEAD, FEED_KIND_EMERGENCY), 2, "サービス提供責任者: a helper's report is told at once");
    as_doctor (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("03"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE });
    is_number (told (region, HEAD, FEED_KIND_ALERT_ACCEPTED), 1, "...and who took it");
    act_as (region, HEAD, HELP_OFFICE, TOWN, ROLE_BIT (ROLE_SERVICE_MANAGER));
    ok (call (region, "alert", &(struct alert) { .alert_id = ALERT ("03") }, &view) == 0, "...and the page of it opens for the manager");
}

static void test_without_consent (struct region *region)
{
    HEAR (region, "sharing", consent_changed, PATIENT, TOWN, .patient_id = PATIENT, .scopes = { 0 });
    forward (region, 7200);
    harness_empty (region->harness, "feed, feed_head");
    as_helper (region);
    report_it (region, ALERT ("04"));
    is_number (told (region, HEAD, FEED_KIND_EMERGENCY), 1, "without consent the own office still hears of its own report");
    is_number (told (region, MANAGER, FEED_KIND_EMERGENCY), 0, "...the rest of the team does not");
}

int main (void)
{
    struct region *region = region_open ();

    add_helpers (region);
    test_nurse (region);
    test_joins (region);
    test_course (region);
    test_without_consent (region);
    harness_close (&region->harness);
    return done ();
}
