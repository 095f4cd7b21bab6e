/* Incidents of the fire service: whom they call, what dispatch is told, how they change and end. */
#include "region.h"

#define INCIDENT(n) "00000000-0000-7000-a000-0000000000" n
#define PARTNER ID ("61")

static struct alert_view view;
static int64_t version;

static void told (struct region *region, const struct message_type *type, const void *event, const char *incident, const char *town)
{
    region->err = (struct error) { 0 };
    if (harness_hear (region->harness, "dispatch", type, event, incident, ++version, town, &region->err) < 0) {
        printf ("Bail out! %s: %s %s\n", type->name, error_name_of (&region->err), region->err.detail);
        exit (1);
    }
}

static struct incident_opened opened_of (struct region *region, const char *incident, const char *alert, const char *patient)
{
    return (struct incident_opened) { .incident_id = incident, .partner_id = PARTNER, .partner_name = "中央消防", .number = "R8-000123",
        .alert_id = alert, .patient_id = patient, .complaint = INCIDENT_COMPLAINT_CPA, .tag = CONDITION_TAG_CONSCIOUSNESS,
        .response = INCIDENT_RESPONSE_FULL, .received_at = harness_now (region->harness), .unit = "中央救急1", .crew_phone = "090-0000-0119" };
}

static void opened (struct region *region, const char *incident, const char *alert)
{
    const struct incident_opened event = opened_of (region, incident, alert, PATIENT);

    told (region, &incident_opened_message, &event, incident, TOWN);
}

static void changed (struct region *region, const char *incident, enum incident_change change)
{
    const struct incident_changed event = { .incident_id = incident, .change = change, .unit = "中央救急2" };

    told (region, &incident_changed_message, &event, incident, TOWN);
}

static int64_t tries (struct region *region, const char *alert, int state)
{
    return harness_number (region->harness, "select count(*) from alert_try where alert_id = '%s' and state = %d", alert, state);
}

static int64_t lines (struct region *region, const char *alert, int kind)
{
    return harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = %d", alert, kind);
}

static int64_t state_of (struct region *region, const char *alert)
{
    return harness_number (region->harness, "select state from alert where alert_id = '%s'", alert);
}

static void answer (struct region *region, const char *alert, enum alert_answer_kind kind, int64_t minutes)
{
    const struct alert_answer message = { .alert_id = alert, .answer = kind, .has_arrival_at = minutes != 0,
        .arrival_at = harness_now (region->harness) + minutes * 60 * SECOND_US,
        .decline = kind == ALERT_ANSWER_KIND_CANNOT ? DECLINE_REASON_UNWELL : 0 };

    if (call (region, "alert_answer", &message, &view) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static void add_station (struct region *region)
{
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DOCTOR,
          .office_id = CLINIC },
        { .position = 2, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_ROTATION, .rotation_id = ROTATION },
        { .position = 3, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = STATION } };
    const struct chain_put chain = { .patient_id = PATIENT, .rows = { .items = rows, .count = 3 } };

    as_manager (region);
    must (region, "chain_put", &chain);
}

static void test_opened (struct region *region)
{
    struct alert_moved moved;

    opened (region, INCIDENT ("01"), ALERT ("01"));
    is_number (harness_number (region->harness, "select class from alert where alert_id = '" ALERT ("01") "'"), ALERT_CLASS_E0,
               "EMS-02 an incident opens an alert of class E0");
    is_number (number (region, "select count(*) from alert_try where state = 2 and (person_id = '" DOCTOR "' or office_id = '" STATION "')"), 2,
               "EMS-02 doctor and nurse are asked in the same transaction");
    is_number (number (region, "select count(*) from feed where kind = 4 and person_id in ('" DOCTOR "', '" NURSE "')"), 2, "...in their feeds");
    ok (number (region, "select count(*) from delivery where asks and kind = 4 and office_id = '" STATION "'") == 1, "...by voice");
    is_number (number (region, "select count(*) from feed where kind = 14 and person_id = '" MANAGER "'"), 1, "the care manager is informed");
    is_number (number (region, "select count(*) from delivery where text like '%" PLANTED_NAME "%' or text like '%中央救急1%'"), 0,
               "N-58 no message to the outside names person or ambulance");
    run_engine (region);
    is_number (harness_events (region->harness, &alert_moved_message), 1, "EMS-03 dispatch is told without waiting for anybody");
    is_number (harness_last_event (region->harness, &alert_moved_message, &moved), 0, "...");
    is_number ((int64_t) moved.contacts.count, 4, "EMS-05 doctor, deputy, station and desk");
    is (moved.contacts.items[0].name, "青葉 三郎", "...in the resolver's order");
    is (moved.contacts.items[2].role, "往診当番医", "...whoever has duty by that word");
    is_number (moved.contacts.items[3].state, EMS_CONTACT_STATE_ALWAYS, "EMS-05 the last resort is last");
    ok (moved.contacts.items[3].phone && *moved.contacts.items[3].phone, "EMS-04 with a telephone that answers");
    is (moved.incidents.items[0], INCIDENT ("01"), "...for this incident");
    run_engine (region);
    is_number (harness_events (region->harness, &alert_moved_message), 1, "nothing new is not told again");
}

static void test_answers (struct region *region)
{
    struct alert_moved moved;

    as_doctor (region);
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_CANNOT, 0);
    run_engine (region);
    harness_last_event (region->harness, &alert_moved_message, &moved);
    is_number (moved.contacts.items[0].state, EMS_CONTACT_STATE_DECLINED, "EMS-04 a refusal reaches dispatch");
    is_number (moved.contacts.items[0].eta, EMS_ETA_CANNOT, "...cannot come");
    is_number (tries (region, ALERT ("01"), TRY_STATE_ASKED), 2, "N-40 the deputy is asked at once, the station still rings");
    as_deputy (region);
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_VISIT, 30);
    run_engine (region);
    harness_last_event (region->harness, &alert_moved_message, &moved);
    is_number (moved.contacts.items[2].state, EMS_CONTACT_STATE_ACCEPTED, "EMS-04 an acceptance reaches dispatch");
    is_number (moved.contacts.items[2].eta, EMS_ETA_LE45M, "...within 45 minutes");
    is_number (moved.state, ALERT_STATE_ACCEPTED, "...and the state");
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_VISIT, 90);
    run_engine (region);
    harness_last_event (region->harness, &alert_moved_message, &moved);
    is_number (moved.contacts.items[2].eta, EMS_ETA_LE12H, "EMS-04 a later arrival reaches dispatch too");
}

/* N-43: 到着・対応中 by the crew stops the clock of the announced arrival, and no search. */
static void test_crew_there (struct region *region)
{
    struct incident_opened event = opened_of (region, INCIDENT ("11"), ALERT ("11"), PATIENT);

    told (region, &incident_opened_message, &event, INCIDENT ("11"), TOWN);
    changed (region, INCIDENT ("11"), INCIDENT_CHANGE_IN_HAND);
    is_number (lines (region, ALERT ("11"), TIMELINE_KIND_IN_HAND), 1, "practice: the crew is there, which the course says");
    is (text (region, "select name || ' ' || text from alert_line where alert_id = '" ALERT ("11") "' and kind = 15"), "中央消防 中央救急2",
        "...with whose crew");
    is_number (state_of (region, ALERT ("11")), ALERT_STATE_SEARCHING, "...and goes on looking for a doctor");
    forward (region, 91);
    run_engine (region);
    ok (lines (region, ALERT ("11"), TIMELINE_KIND_ASKED) >= 3, "...asking the next one when due");
    changed (region, INCIDENT ("11"), INCIDENT_CHANGE_CANCELLED);
    forward (region, 660);
    event = opened_of (region, INCIDENT ("12"), ALERT ("12"), PATIENT);
    told (region, &incident_opened_message, &event, INCIDENT ("12"), TOWN);
    as_doctor (region);
    answer (region, ALERT ("12"), ALERT_ANSWER_KIND_VISIT, 30);
    changed (region, INCIDENT ("12"), INCIDENT_CHANGE_IN_HAND);
    changed (region, INCIDENT ("12"), INCIDENT_CHANGE_IN_HAND);
    is_number (lines (region, ALERT ("12"), TIMELINE_KIND_IN_HAND), 1, "...once");
    forward (region, 7200);
    run_engine (region);
    is_number (lines (region, ALERT ("12"), TIMELINE_KIND_OVERDUE), 0, "N-43 an announced arrival is not overdue any more");
    is_number (state_of (region, ALERT ("12")), ALERT_STATE_ACCEPTED, "...and the doctor still holds it");
    changed (region, INCIDENT ("12"), INCIDENT_CHANGE_CANCELLED);
    changed (region, INCIDENT ("12"), INCIDENT_CHANGE_IN_HAND);
    is_number (lines (region, ALERT ("12"), TIMELINE_KIND_IN_HAND), 1, "after the end nothing is said of it");
}

static void test_contacts_query (struct region *region)
{
    struct ems_contacts query = { .municipality = TOWN, .patient_id = PATIENT, .incident_id = INCIDENT ("01") };
    struct resolve_answer resolved;
    struct ems_contacts_answer contacts;

    harness_as (region->harness, &(struct harness_actor) { .principal = "svc:dispatch" });
    is_number (call (region, "ems_contacts", &query, &contacts), 0, "dispatch asks who can be called");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    is (contacts.alert_id, ALERT ("01"), "...and is told the open alert");
    is_number (contacts.alert_state, ALERT_STATE_ACCEPTED, "...and where it stands");
    as_manager (region);
    call (region, "resolve", &(struct resolve) { .patient_id = PATIENT, .reporter = REPORTER_KIND_DISPATCH }, &resolved);
    ok (contacts.contacts.count == resolved.targets.count, "EMS-05 N-32 as many as resolve () gives");
    for (size_t i = 0; i < contacts.contacts.count && i < resolved.targets.count; i++)
        is (contacts.contacts.items[i].name, resolved.targets.items[i].name, "EMS-05 N-32 ...the same, in the same order");
    query.patient_id = query.incident_id = NULL;
    harness_as (region->harness, &(struct harness_actor) { .principal = "svc:dispatch" });
    call (region, "ems_contacts", &query, &contacts);
    is_number ((int64_t) contacts.contacts.count, 1, "EMS-19 without a person the last resort");
    query.patient_id = ID ("99");
    call (region, "ems_contacts", &query, &contacts);
    is (contacts.contacts.items[contacts.contacts.count - 1].name, "夜間連絡センター", "EMS-19 a person nobody knows: the last resort too");
    query.municipality = "019999";
    query.patient_id = NULL;
    is_number (call (region, "ems_contacts", &query, &contacts), 0, "a municipality nobody knows is no error");
    is_number ((int64_t) contacts.contacts.count, 0, "...and has nobody");
    as_nurse (region);
    ok (call (region, "ems_contacts", &query, &contacts) < 0, "a person may not ask it");
}

static void test_cancel (struct region *region)
{
    changed (region, INCIDENT ("01"), INCIDENT_CHANGE_UPDATED);
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_INCIDENT_CHANGED), 1, "an update stands in the course");
    changed (region, INCIDENT ("01"), INCIDENT_CHANGE_CANCELLED);
    is_number (state_of (region, ALERT ("01")), ALERT_STATE_ENDED, "EMS-12 a cancelled incident ends its alert");
    is_number (number (region, "select count(*) from feed where kind = 8 and person_id in ('" DEPUTY "', '" NURSE "')"), 2,
               "EMS-12 whoever was called is told in the same transaction");
    ok (number (region, "select count(*) from delivery where subject like '【救急出動の取消】%' and state = 1") >= 1, "EMS-12 ...outside too");
    is_number (number (region, "select count(*) from delivery where asks and state = 1"), 0, "EMS-12 nothing that asks leaves any more");
    as_doctor (region);
    is (refused (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }),
        "already_ended", "EMS-12 a later acceptance is answered politely");
    changed (region, INCIDENT ("01"), INCIDENT_CHANGE_CANCELLED);
    changed (region, INCIDENT ("77"), INCIDENT_CHANGE_CANCELLED);
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_ENDED), 1, "a second cancel, or one of an unknown incident, changes nothing");
}

static void test_matched_and_raised (struct region *region)
{
    struct incident_opened event = opened_of (region, INCIDENT ("02"), ALERT ("02"), NULL);
    struct incident_changed match = { .incident_id = INCIDENT ("02"), .alert_id = ALERT ("02"), .patient_id = PATIENT,
        .change = INCIDENT_CHANGE_MATCHED, .tag = CONDITION_TAG_FALL, .response = INCIDENT_RESPONSE_SINGLE_CALL };

    event.response = INCIDENT_RESPONSE_SINGLE_CALL;
    event.complaint = INCIDENT_COMPLAINT_INJURY;
    told (region, &incident_opened_message, &event, INCIDENT ("02"), NULL);
    is_number (number (region, "select count(*) from alert where alert_id = '" ALERT ("02") "'"), 0, "without a person nobody is called");
    told (region, &incident_changed_message, &match, INCIDENT ("02"), TOWN);
    is_number (tries (region, ALERT ("02"), TRY_STATE_ASKED), 2, "once matched, doctor and nurse are called");
    is_number (number (region, "select count(*) from alert where alert_id = '" ALERT ("02") "' and reporter_name = '中央消防'"), 1,
               "...with the partner's name as it was told first");
    forward (region, 91);
    run_engine (region);
    forward (region, 600);
    run_engine (region);
    is_number (tries (region, ALERT ("02"), TRY_STATE_ASKED) + tries (region, ALERT ("02"), TRY_STATE_NO_ANSWER), 2,
               "one call each, no repeat: nobody else is asked");
    is_number (lines (region, ALERT ("02"), TIMELINE_KIND_ASKED), 2, "...and nobody twice");
    changed (region, INCIDENT ("02"), INCIDENT_CHANGE_RAISED);
    ok (tries (region, ALERT ("02"), TRY_STATE_ASKED) >= 1 && lines (region, ALERT ("02"), TIMELINE_KIND_RAISED) == 1,
        "「医師と話したい」 calls at once in the full manner");
    forward (region, 91);
    run_engine (region);
    forward (region, 121);
    run_engine (region);
    ok (lines (region, ALERT ("02"), TIMELINE_KIND_ASKED) > 4, "N-46 ...and is repeated");
    told (region, &incident_changed_message, &match, INCIDENT ("02"), TOWN);
    is_number (number (region, "select count(*) from alert where patient_id = '" PATIENT "' and state <> 3"), 1, "matched twice is one alert");
}

static void test_result (struct region *region)
{
    struct incident_result event = { .incident_id = INCIDENT ("02"), .patient_id = PATIENT, .outcome = TRANSPORT_OUTCOME_NOT_TRANSPORTED,
                                     .reported_at = harness_now (region->harness) };

    told (region, &incident_result_message, &event, INCIDENT ("02"), TOWN);
    is_number (state_of (region, ALERT ("02")), ALERT_STATE_SEARCHING, "not transported: the alert goes on, a doctor may be needed");
    event.outcome = TRANSPORT_OUTCOME_TRANSPORTED;
    event.hospital_name = "中央病院";
    event.has_family_joined = event.family_joined = true;
    told (region, &incident_result_message, &event, INCIDENT ("02"), TOWN);
    is_number (state_of (region, ALERT ("02")), ALERT_STATE_ENDED, "EMS-13 brought to a hospital: the alert ends");
    is (text (region, "select outcome from alert where alert_id = '" ALERT ("02") "'"), "搬送：中央病院、家族も合流", "EMS-13 ...with what the crew said");
    ok (number (region, "select count(*) from feed where kind = 15 and person_id = '" MANAGER "'") >= 1, "EMS-13 the care manager hears it at once");
    event.incident_id = INCIDENT ("03");
    told (region, &incident_result_message, &event, INCIDENT ("03"), TOWN);
    ok (number (region, "select count(*) from feed where kind = 15 and alert_id is null and person_id = '" MANAGER "'") == 1,
        "EMS-13 a result without an incident is told to the team");
    is_number (number (region, "select count(*) from alert where state <> 3"), 0, "...and opens nothing");
}

/* The engine tells dispatch, and before its next run the next step is due: that run's work was done, so nothing waits. */
static void test_due_after_telling (struct region *region)
{
    opened (region, INCIDENT ("0a"), ALERT ("0a"));
    for (int i = 0; i < 10 && number (region, "select count(*) from alert where alert_id = '" ALERT ("0a") "' and moved_version = version") == 0; i++)
        harness_job (region->harness, "alert_engine", &region->err);
    is_number (number (region, "select step from alert where alert_id = '" ALERT ("0a") "'"), 1, "EMS-11 dispatch is told who is called");
    forward (region, 181);
    harness_job (region->harness, "alert_engine", &region->err);
    is_number (number (region, "select count(*) from alert where put_off_until is not null"), 0, "N-13 ...and what is due right then is not put off");
    is_number (number (region, "select step from alert where alert_id = '" ALERT ("0a") "'"), 2, "N-13 ...the next are called");
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
    run_engine (region);
}

/* N-03, EMS-11: two departments, or a nurse and a department, about one person. */
static void test_joined (struct region *region)
{
    struct emergency_report_answer back;
    struct emergency_report message;
    const struct incident_opened second = opened_of (region, INCIDENT ("05"), ALERT ("05"), PATIENT);

    region->self.merge_us = 600LL * SECOND_US;
    report (region, ALERT ("04"));
    opened (region, INCIDENT ("04"), ALERT ("44"));
    is_number (number (region, "select count(*) from alert where state <> 3"), 1, "N-03 EMS-11 report and incident are one alert");
    is_number (number (region, "select class from alert where state <> 3"), ALERT_CLASS_E0, "N-03 ...of the higher class");
    is_number (number (region, "select count(*) from alert_entry where alert_id = '" ALERT ("04") "'"), 2, "N-03 ...with two entries");
    ok (number (region, "select count(*) from alert_try where state = 2 and office_id = '" STATION "'") == 1, "N-03 ...and the nurse is called as E0 wants");
    told (region, &incident_opened_message, &second, INCIDENT ("05"), TOWN);
    run_engine (region);
    struct alert_moved moved;
    harness_last_event (region->harness, &alert_moved_message, &moved);
    is_number ((int64_t) moved.incidents.count, 2, "EMS-11 both departments are answered");
    as_desk (region);
    message = report_of (region, ALERT ("06"));
    is_number (call (region, "emergency_report", &message, &back), 0, "N-03 a second report by somebody else goes into it");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    ok (back.joined && strcmp (back.alert_id, ALERT ("04")) == 0, "N-03 ...and says so");
    is_number (call (region, "emergency_report", &message, &back), 0, "N-02 sent again");
    ok (back.joined && number (region, "select count(*) from alert_entry where alert_id = '" ALERT ("04") "'") == 4, "N-02 ...it is one entry");
    as_nurse (region);
    is_number (call (region, "alert", &(struct alert) { .alert_id = ALERT ("04") }, &view), 0, "the course shows");
    is_number ((int64_t) view.entries.count, 4, "...every entry");
    changed (region, INCIDENT ("04"), INCIDENT_CHANGE_CANCELLED);
    changed (region, INCIDENT ("05"), INCIDENT_CHANGE_CANCELLED);
    is_number (state_of (region, ALERT ("04")), ALERT_STATE_SEARCHING, "EMS-12 a cancelled ambulance does not end what a nurse has reported");
    forward (region, 601);
    message = report_of (region, ALERT ("07"));
    call (region, "emergency_report", &message, &back);
    is_number (number (region, "select count(*) from alert where state <> 3"), 2, "N-03 outside the window there are two alerts");
    region->self.merge_us = 0;
}

/* The doctor of the order works at the station too, which is called beside him. */
static void test_one_call_each (struct region *region)
{
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
    run_engine (region);
    add_person (region, ID ("5c"), DOCTOR, "医師 二つ勤め", STATION, TOWN, ROLE_VISITING_NURSE);
    opened (region, INCIDENT ("0b"), ALERT ("0b"));
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("0b") "' and state = 2"
                               " and (person_id = '" DOCTOR "' or office_id = '" STATION "')"), 2, "the doctor of the order is asked, and the station he works at too");
    is_number (number (region, "select count(*) from feed where kind = 4 and alert_id = '" ALERT ("0b") "' and person_id = '" DOCTOR "'"), 1,
               "...he is called once");
    is_number (number (region, "select count(*) from feed where kind = 4 and alert_id = '" ALERT ("0b") "' and person_id = '" NURSE "'"), 1,
               "...and so is his colleague");
}

static void test_exercise (struct region *region)
{
    struct incident_opened event = opened_of (region, INCIDENT ("08"), ALERT ("08"), PATIENT);
    static const char *const people[] = { DEPUTY };
    const struct drill_contact_put drill = { .municipality = TOWN, .people = { .items = people, .count = 1 } };
    struct drill_list_answer drills;
    int64_t feeds;

    as_rota_clerk (region);
    must (region, "drill_contact_put", &drill);
    must (region, "drill_contact_put", &drill);
    feeds = number (region, "select count(*) from feed where person_id <> '" DEPUTY "'");
    event.exercise = true;
    told (region, &incident_opened_message, &event, INCIDENT ("08"), TOWN);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("08") "' and state = 2 and person_id = '" DEPUTY "'"), 1,
               "EMS-16 N-64 an exercise calls the drill contact");
    is_number (number (region, "select count(*) from feed where person_id <> '" DEPUTY "'"), feeds, "EMS-16 N-64 ...and tells nobody else");
    forward (region, 400);
    run_engine (region);
    run_engine (region);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("08") "' and person_id is distinct from '" DEPUTY "'"), 0,
               "EMS-16 nothing leaves for anybody else, not even for the desk's telephone");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("08") "' and text not like '【訓練】%'"), 0,
               "N-64 every text begins with 【訓練】");
    as_deputy (region);
    answer (region, ALERT ("08"), ALERT_ANSWER_KIND_BY_TELEPHONE, 0);
    is_number (view.alert->exercise, true, "N-64 the page knows that it is a drill");
    as_rota_clerk (region);
    is_number (call (region, "drill_list", &(struct drill_list) { .municipality = TOWN }, &drills), 0, "N-64 whoever arranges drills reads how it went");
    ok (drills.drills.count == 1 && drills.drills.items[0].accepted_by && drills.drills.items[0].has_accept_seconds, "N-64 ...who took it, and how fast");
    is (refused (region, "drill_list", &(struct drill_list) { .municipality = ELSEWHERE }), "not_for_you", "...of the own municipality");
    is (refused (region, "drill_contact_put", &(struct drill_contact_put) { .municipality = ELSEWHERE }), "not_for_you", "...nobody else's contacts");
    changed (region, INCIDENT ("08"), INCIDENT_CHANGE_CANCELLED);
    opened (region, INCIDENT ("09"), ALERT ("09"));
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("09") "' and state = 2 and person_id = '" DOCTOR "'"), 1,
               "EMS-16 a real incident is never held to drill contacts");
}

static void test_break_glass (struct region *region)
{
    struct ems_record_released event = { .patient_id = PATIENT, .ground = EMS_GROUND_UNIQUE_MATCH, .partner_name = "中央消防",
                                         .at = harness_now (region->harness) };

    harness_hear (region->harness, "sharing", &ems_record_released_message, &event, PATIENT, 900, TOWN, &region->err);
    is_number (number (region, "select count(*) from feed where kind = 19"), 0, "an ordinary release tells nobody at once");
    event.ground = EMS_GROUND_BREAK_GLASS;
    harness_hear (region->harness, "sharing", &ems_record_released_message, &event, PATIENT, 901, TOWN, &region->err);
    ok (number (region, "select count(*) from feed where kind = 19 and person_id = '" MANAGER "'") == 1, "EMS-10 break-glass tells the care manager at once");
}

static void test_unreviewed (struct region *region)
{
    struct break_glass_unreviewed event = { .break_id = ID ("e1"), .patient_id = PATIENT, .at = harness_now (region->harness), .step = 2 };
    const char *letter;

    harness_empty (region->harness, "delivery");
    add_person (region, ID ("5b"), ID ("0b"), "市役所 十子", OTHER_OFFICE, TOWN, ROLE_MUNICIPAL_OFFICER);
    harness_hear (region->harness, "sharing", &break_glass_unreviewed_message, &event, event.break_id, 1, TOWN, &region->err);
    ok (number (region, "select count(*) from feed where kind = 37 and urgent and person_id in ('" MANAGER "', '" ID ("0b") "')") == 2
        && number (region, "select count(*) from feed where kind = 37 and person_id in ('" DOCTOR "', '" NURSE "')") == 0,
        "S-36 an opening nobody reviews is told to the care manager and to whoever reviews, and to nobody else");
    is_number (number (region, "select count(*) from delivery where subject like '%同意なしの閲覧%' and person_id = '" MANAGER "'"), 1,
               "S-36 ...by letter, too");
    letter = text (region, "select text from delivery where subject like '%同意なしの閲覧%' limit 1");
    ok (strstr (letter, "48時間") && !strstr (letter, PLANTED_NAME), "N-58 ...which says for how long and names nobody");
    harness_replay (region->harness, "sharing", &break_glass_unreviewed_message, &event, event.break_id, 1, TOWN, &region->err);
    is_number (number (region, "select count(*) from feed where kind = 37 and person_id = '" MANAGER "'"), 1, "S-36 ...once, also when all is read anew");
}

static void test_raised_again (struct region *region)
{
    opened (region, INCIDENT ("70"), ALERT ("70"));
    for (int i = 0; i < 3; i++) {
        forward (region, 91);
        run_engine (region);
    }
    forward (region, 5);
    changed (region, INCIDENT ("70"), INCIDENT_CHANGE_RAISED);
    changed (region, INCIDENT ("70"), INCIDENT_CHANGE_RAISED);
    is_number (number (region, "select max (times) from (select count(*) as times from alert_line where alert_id = '" ALERT ("70") "' and kind = 2"
                       " group by at, name) one"), 1, "raised when all have been asked, and twice at once: everybody is called once");
    ok (number (region, "select count(*) from alert_line where alert_id = '" ALERT ("70") "' and kind = 2 and text like '緊急度%'") >= 2,
        "...but called again");
}

int main (void)
{
    struct region *region = region_open ();

    add_station (region);
    test_opened (region);
    test_answers (region);
    test_contacts_query (region);
    test_cancel (region);
    test_matched_and_raised (region);
    test_result (region);
    test_due_after_telling (region);
    test_joined (region);
    test_exercise (region);
    test_break_glass (region);
    test_unreviewed (region);
    test_raised_again (region);
    test_one_call_each (region);
    test_crew_there (region);
    harness_close (&region->harness);
    return done ();
}
