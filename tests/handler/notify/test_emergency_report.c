/* A report: who is asked, who is told, what is left in the database, who is refused. */
#include "region.h"

static void test_report (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("01"));
    struct emergency_report_answer answer;

    as_nurse (region);
    is_number (call (region, "emergency_report", &message, &answer), 0, "U-20 a nurse of the team reports");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    is_number (answer.asked.count, 3, "the answer lists everybody asked and planned");
    is (answer.asked.items[0].person_id, DOCTOR, "the first of the chain is asked at once");
    is_number (answer.asked.items[0].state, TRY_STATE_ASKED, "...and stands as asked");
    is (answer.asked.items[1].person_id, DEPUTY, "then whoever has duty");
    is_number (answer.asked.items[1].state, TRY_STATE_PLANNED, "...planned");
    is_number (answer.asked.items[2].target, TARGET_KIND_LAST_RESORT, "N-30 last of all the last resort");
    is_number (answer.informed, 1, "the care manager is informed");
    ok (answer.has_next_at && answer.next_at > harness_now (region->harness) + 170LL * SECOND_US, "the next one is due after 180 s");
    is_number (answer.incomplete.count, 2, "projections still filling are named");
    is_number (number (region, "select count(*) from alert"), 1, "one alert");
    is_number (number (region, "select count(*) from alert where next_action_at is not null"), 1, "N-01 with a next action");
    is_number (number (region, "select count(*) from feed where person_id = '" DOCTOR "' and kind = 4 and urgent"), 1,
               "the doctor's feed asks");
    is_number (number (region, "select count(*) from feed where person_id = '" MANAGER "' and kind = 3"), 1,
               "the care manager's feed tells");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "'"), 0, "the reporter hears nothing new");
    is_number (harness_events (region->harness, &emergency_reported_message), 1, "emergency_reported is announced");
    is_number (harness_events (region->harness, &alert_person_asked_message), 1, "...and who was asked");
    is_number (number (region, "select count(*) from delivery where kind = 2 and asks"), 1, "an e-mail asks the doctor");
    is_number (number (region, "select count(*) from delivery where kind = 4 and asks"), 1, "a call asks the doctor");
    is_number (number (region, "select count(*) from delivery where kind = 2 and not asks"), 1, "an e-mail informs the care manager");
    is_number (number (region, "select count(*) from delivery where text like '%" PLANTED_NAME "%' or text like '%" PLANTED_DIAGNOSIS "%'"
                               " or subject like '%" PLANTED_NAME "%'"), 0, "N-58 no message to the outside holds a name or a diagnosis");
    is_number (number (region, "select count(*) from alert_line"), 3, "N-63 the course begins: reported, asked, informed");
}

static void test_repeat (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("01"));
    struct emergency_report_answer answer;

    as_nurse (region);
    for (int i = 0; i < 5; i++)
        is_number (call (region, "emergency_report", &message, &answer), 0, "N-02 the same report again is accepted");
    is_number (answer.asked.count, 3, "...with the same answer");
    is_number (number (region, "select count(*) from alert"), 1, "N-02 ...and is one alert");
    is_number (number (region, "select count(*) from feed where person_id = '" DOCTOR "'"), 1, "...and nobody is asked twice");
    message.patient_id = UNCONSENTED;
    is (refused (region, "emergency_report", &message), "not_for_you", "the same id for somebody unknown is refused");
}

static void test_refusals (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("02"));
    const char *unknown;

    as_stranger (region);
    is (refused (region, "emergency_report", &message), "not_for_you", "an outsider may not report");
    message.patient_id = ID ("99");
    unknown = refused (region, "emergency_report", &message);
    is (unknown, "not_for_you", "...in the same words as for somebody who does not exist");
    message.patient_id = PATIENT;
    as_foreigner (region);
    is (refused (region, "emergency_report", &message), "not_for_you", "another municipality's doctor neither");
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    is (refused (region, "emergency_report", &message), "accepted", "a colleague from a station of the team may");
    message.alert_id = ALERT ("03");
    as_desk (region);
    is (refused (region, "emergency_report", &message), "accepted", "the last resort may, for a family that telephones");
    is_number (number (region, "select count(*) from alert"), 3, "refused reports write nothing");
}

static void test_without_desk (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("04"));

    harness_sql (region->harness, "create temp table kept as select * from last_resort; delete from last_resort");
    as_nurse (region);
    is (refused (region, "emergency_report", &message), "last_resort_missing", "without a last resort alerts are not switched on");
    is_number (number (region, "select count(*) from alert where alert_id = '" ALERT ("04") "'"), 0, "...and nothing is written");
    as_administrator (region);
    must (region, "last_resort_put",
          &(struct last_resort_put){ .municipality = TOWN, .office_id = DESK, .name = "夜間連絡センター", .phone = "011-000-0015" });
}

static void test_without_consent (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("05"));
    struct emergency_report_answer answer;

    add_patient (region, UNCONSENTED, "佐藤太郎");
    add_team (region, UNCONSENTED);
    message.patient_id = UNCONSENTED;
    as_nurse (region);
    is_number (call (region, "emergency_report", &message, &answer), 0, "N-30 a person without consent can be reported");
    is_number (answer.asked.count, 2, "N-30 ...the attending doctor's clinic and the last resort");
    is_number (answer.asked.items[0].state, TRY_STATE_ASKED, "N-30 ...both at once");
    is_number (answer.asked.items[1].state, TRY_STATE_ASKED, "N-30 ...at 0 s");
    is_number (answer.informed, 0, "the rest of the team is not informed without consent");
    ok (text (region, "select chain_note from alert where alert_id = '" ALERT ("05") "'") != NULL, "N-30 ...and the alert says so");
    as_manager (region);
    is_number (harness_sees (region->harness, "select count(*) from alert where alert_id = '" ALERT ("05") "'"), 0,
               "without consent the care manager's office does not see it, at database level");
    is_number (harness_sees (region->harness, "select count(*) from patient where patient_id = '" UNCONSENTED "'"), 0, "...nor the person");
    as_nurse (region);
    is_number (harness_sees (region->harness, "select count(*) from alert where alert_id = '" ALERT ("05") "'"), 1,
               "the reporter's office does");
}

static void test_late (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("06"));

    message.observed_at -= 12 * 60LL * SECOND_US;
    as_nurse (region);
    must (region, "emergency_report", &message);
    is (text (region, "select text from alert_line where kind = 1 and alert_id = '" ALERT ("06") "'"), "12分前の報告（通信遅れ）",
        "a late report keeps its own time and says so");
    is_number (
        number (region, "select (received_at - observed_at >= interval '12 minutes')::int from alert where alert_id = '" ALERT ("06") "'"),
        1, "...beside the time it was received");
    message.alert_id = ALERT ("07");
    message.observed_at = harness_now (region->harness) + 3600LL * SECOND_US;
    must (region, "emergency_report", &message);
    is_number (number (region, "select (observed_at = received_at)::int from alert where alert_id = '" ALERT ("07") "'"), 1,
               "a sender's clock that runs ahead does not put it into the future");
}

static void test_elsewhere (struct region *region)
{
    as_foreigner (region);
    is_number (harness_sees (region->harness, "select count(*) from alert"), 0, "another municipality sees no alert at database level");
    is_number (harness_sees (region->harness, "select count(*) from alert_try"), 0, "...no try");
    is_number (harness_sees (region->harness, "select count(*) from alert_line"), 0, "...no course");
    is_number (harness_sees (region->harness, "select count(*) from patient"), 0, "...no person");
    is_number (harness_sees (region->harness, "select count(*) from team_seat"), 0, "...no team");
    is_number (harness_sees (region->harness, "select count(*) from chain_row"), 0, "...no chain");
    is_number (harness_sees (region->harness, "select count(*) from delivery"), 0, "...no message");
    is_number (harness_sees (region->harness, "select count(*) from feed"), 0, "...no feed but one's own");
    as_stranger (region);
    is_number (harness_sees (region->harness, "select count(*) from alert"), 0, "an outsider of the same municipality sees no alert");
    is_number (harness_sees (region->harness, "select count(*) from patient"), 0, "...and no person");
}

int main (void)
{
    struct region *region = region_open ();

    test_report (region);
    test_repeat (region);
    test_refusals (region);
    test_without_desk (region);
    test_without_consent (region);
    test_late (region);
    test_elsewhere (region);
    harness_close (&region->harness);
    return done ();
}
