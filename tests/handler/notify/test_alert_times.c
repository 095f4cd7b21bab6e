/* What happens while somebody holds an alert, and what an answer by telephone counts for: deadlines, arrival, records by others, hand-over,
 * the hospital; what can wait; who is only informed. */
#include <stdlib.h>
#include "alert_class.h"
#include "calendar.h"
#include "region.h"

#define HOSPITAL_OFFICE ID ("1a")
#define HOSPITAL_CLERK ID ("0a")

static struct alert_view view;
static int64_t offset_us;

static void ahead (struct region *region, int64_t seconds)
{
    offset_us += seconds * SECOND_US;
    harness_clock (region->harness, offset_us);
}

/* The next instant at this minute of a day in Japan whose class is given, at least an hour ahead. */
static void ahead_to (struct region *region, enum day_class class, int minute)
{
    int64_t now = harness_now (region->harness), day = tokyo_of (now).day_number + 1;

    while (calendar_class (day) != class)
        day++;
    ahead (region, (tokyo_instant (day, minute) - now) / SECOND_US + 1);
}

static struct alert_answer answer_of (struct region *region, const char *alert, enum alert_answer_kind kind)
{
    return (struct alert_answer) { .alert_id = alert, .answer = kind, .has_arrival_at = kind == ALERT_ANSWER_KIND_VISIT,
        .arrival_at = harness_now (region->harness) + 1800LL * SECOND_US,
        .decline = kind == ALERT_ANSWER_KIND_CANNOT ? DECLINE_REASON_TRAVELLING : 0 };
}

static void answer (struct region *region, const char *alert, enum alert_answer_kind kind)
{
    const struct alert_answer message = answer_of (region, alert, kind);

    if (call (region, "alert_answer", &message, &view) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static int64_t lines (struct region *region, const char *alert, int kind)
{
    return harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = %d", alert, kind);
}

static int64_t asked_times (struct region *region, const char *alert, const char *person)
{
    return harness_number (region->harness, "select count(*) from feed where alert_id = '%s' and person_id = '%s' and kind = 4", alert, person);
}

static int64_t field (struct region *region, const char *alert, const char *what)
{
    return harness_number (region->harness, "select (%s)::bigint from alert where alert_id = '%s'", what, alert);
}

/* ---- the announced arrival -------------------------------------------------------------------------------------------------------------- */

static void test_overdue (struct region *region)
{
    report (region, ALERT ("01"));
    as_doctor (region);
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_VISIT);
    ahead (region, 1800 + 800);
    run_engine (region);
    is_number (field (region, ALERT ("01"), "state"), ALERT_STATE_ACCEPTED, "N-43 until a quarter of an hour after the announced arrival nothing happens");
    ahead (region, 110);
    run_engine (region);
    is_number (field (region, ALERT ("01"), "state"), ALERT_STATE_SEARCHING, "N-43 then the search goes on");
    is_number (asked_times (region, ALERT ("01"), DOCTOR), 2, "N-43 ...whoever accepted is called again");
    is_number (asked_times (region, ALERT ("01"), DEPUTY), 1, "N-43 ...and the next one with him");
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_OVERDUE), 1, "...as the course says");
    as_doctor (region);
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is_number (field (region, ALERT ("01"), "state"), ALERT_STATE_ACCEPTED, "he takes it again");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("01") "' and state in (1, 2, 3)"), 0,
               "...and everybody else is called off");
    ahead (region, 1801);
    run_engine (region);
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_OVERDUE), 2, "N-43 by telephone it is overdue after half an hour");
    as_doctor (region);
    answer (region, ALERT ("01"), ALERT_ANSWER_KIND_VISIT);
    as_nurse (region);
    is_number (call (region, "alert_arrived", &(struct alert_arrived) { .alert_id = ALERT ("01") }, &view), 0, "the nurse says that he has come");
    is_number (view.alert->has_arrived_at, true, "...which stands in the answer");
    must (region, "alert_arrived", &(struct alert_arrived) { .alert_id = ALERT ("01") });
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_ARRIVED), 1, "...once");
    ahead (region, 7200);
    run_engine (region);
    is_number (lines (region, ALERT ("01"), TIMELINE_KIND_OVERDUE), 2, "N-43 after that nothing is overdue any more");
    as_manager (region);
    is (refused (region, "alert_in_hand", &(struct alert_in_hand) { .alert_id = ALERT ("01") }), "not_for_role", "the care manager cannot know it");
    report (region, ALERT ("02"));
    as_nurse (region);
    is (refused (region, "alert_arrived", &(struct alert_arrived) { .alert_id = ALERT ("02") }), "not_accepted_yet", "nobody comes before somebody accepts");
    is (refused (region, "alert_arrived", &(struct alert_arrived) { .alert_id = ALERT ("77") }), "not_for_you", "...nor to an alert nobody knows");
    as_doctor (region);
    answer (region, ALERT ("02"), ALERT_ANSWER_KIND_AMBULANCE);
    must (region, "alert_in_hand", &(struct alert_in_hand) { .alert_id = ALERT ("02") });
    ahead (region, 7200);
    run_engine (region);
    is_number (lines (region, ALERT ("02"), TIMELINE_KIND_OVERDUE), 0, "N-43 in hand: nothing is overdue");
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("02"), .outcome = "搬送" });
    is (refused (region, "alert_in_hand", &(struct alert_in_hand) { .alert_id = ALERT ("02") }), "already_ended", "...and after the end it is refused");
}

/* ---- records of what was said by telephone ------------------------------------------------------------------------------------------------ */

static void test_records (struct region *region)
{
    struct alert_record_answer record = { .alert_id = ALERT ("03"), .person_id = DOCTOR, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };

    report (region, ALERT ("03"));
    as_stranger (region);
    is (refused (region, "alert_record_answer", &record), "not_for_you", "an outsider records nothing");
    as_manager (region);
    is (refused (region, "alert_record_answer", &record), "not_for_role", "who is told of it, and neither reported it nor takes calls, records nothing");
    as_nurse (region);
    is_number (call (region, "alert_record_answer", &record, &view), 0, "the nurse records what the doctor said by telephone");
    is_number (view.alert->state, ALERT_STATE_ACCEPTED, "...which counts as accepted");
    is (view.alert->accepted_by, "青葉 三郎", "...by him");
    is_number (lines (region, ALERT ("03"), TIMELINE_KIND_BY_TELEPHONE), 1, "...and says who recorded it");
    is (text (region, "select name from alert_line where alert_id = '" ALERT ("03") "' and kind = 17"), "看護 一郎", "...by name");
    ok (number (region, "select count(*) from feed where alert_id = '" ALERT ("03") "' and person_id = '" DOCTOR "' and kind = 5") == 1,
        "the doctor is told");
    as_doctor (region);
    answer (region, ALERT ("03"), ALERT_ANSWER_KIND_VISIT);
    is_number (view.alert->has_arrival_at, true, "...and corrects it");
    answer (region, ALERT ("03"), ALERT_ANSWER_KIND_CANNOT);
    is_number (view.alert->state, ALERT_STATE_SEARCHING, "...or takes it back");
    as_nurse (region);
    record = (struct alert_record_answer) { .alert_id = ALERT ("03"), .person_id = MANAGER, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };
    is (refused (region, "alert_record_answer", &record), "answerer_unknown", "only somebody of the list can have answered");
    record = (struct alert_record_answer) { .alert_id = ALERT ("03"), .office_id = DESK, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };
    is (refused (region, "alert_record_answer", &record), "answerer_unknown", "an office answers by somebody's name");
    record.name = "夜勤 太郎";
    record.answer = ALERT_ANSWER_KIND_VISIT;
    is (refused (region, "alert_record_answer", &record), "arrival_needed", "...and as completely as anybody");
    record.answer = ALERT_ANSWER_KIND_BY_TELEPHONE;
    is_number (call (region, "alert_record_answer", &record, &view), 0, "who spoke for a duty telephone is recorded by name");
    is (view.alert->accepted_by, "夜勤 太郎（夜間連絡センター）", "...with the desk");
    record.name = "夜勤 次郎";
    is_number (call (region, "alert_record_answer", &record, &view), 0, "...and corrected by a second record");
    is (view.alert->accepted_by, "夜勤 次郎（夜間連絡センター）", "...the newer one stands");
    as_doctor (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("03"), .outcome = "落ち着いた" });
    as_nurse (region);
    is (refused (region, "alert_record_answer", &record), "already_ended", "N-41 after the end nothing is recorded");
}

/* ---- hand-over ------------------------------------------------------------------------------------------------------------------------- */

static void test_hand_over (struct region *region)
{
    report (region, ALERT ("04"));
    as_doctor (region);
    answer (region, ALERT ("04"), ALERT_ANSWER_KIND_VISIT);
    as_nurse (region);
    is (refused (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("04"), .person_id = DEPUTY }), "not_the_holder",
        "only the holder hands over");
    as_doctor (region);
    is (refused (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("04"), .person_id = DOCTOR }), "answerer_unknown",
        "...to somebody else");
    is (refused (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("04"), .person_id = ID ("98") }), "answerer_unknown",
        "...who is known");
    is_number (call (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("04"), .person_id = DEPUTY }, &view), 0,
               "N-45 the holder offers it to the deputy");
    is (view.alert->accepted_by, "青葉 三郎", "N-45 ...and stays responsible");
    is_number (asked_times (region, ALERT ("04"), DEPUTY), 1, "...who is called");
    as_deputy (region);
    answer (region, ALERT ("04"), ALERT_ANSWER_KIND_CANNOT);
    is_number (field (region, ALERT ("04"), "state"), ALERT_STATE_ACCEPTED, "N-45 he declines: nothing changes");
    as_doctor (region);
    is_number (call (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("04") }, &view), 0,
               "N-45 or the holder offers it to whoever has duty");
    run_engine (region);
    is_number (asked_times (region, ALERT ("04"), DEPUTY), 2, "...who is called by the engine");
    as_deputy (region);
    call (region, "alert", &(struct alert) { .alert_id = ALERT ("04") }, &view);
    is_number (view.my_answer_due, true, "...and sees that it waits for him");
    answer (region, ALERT ("04"), ALERT_ANSWER_KIND_VISIT);
    is (view.alert->accepted_by, "若葉 四郎", "N-45 he takes it over");
    is_number (lines (region, ALERT ("04"), TIMELINE_KIND_HANDED_OVER), 1, "...as the course says");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("04") "' and state = 4"), 1, "N-41 exactly one holds it");
    as_doctor (region);
    is (refused (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("04"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }),
        "already_accepted", "N-41 the old holder is told who has it");
}

/* Whoever holds it from a rotation: when his shift ends, the next one is offered it. */
static void test_shift_end (struct region *region)
{
    static const char *const members[] = { DEPUTY, DOCTOR }, *const offices[] = { CLINIC_2, CLINIC };
    struct rotation_put rotation = { .rotation_id = ROTATION, .name = "内科当番", .municipality = TOWN, .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = "2024-01-01", .handoff_minute = 0, .day_classes = ALL_DAYS, .from_minute = 0,
        .to_minute = 1440, .members = { .items = members, .count = 2 }, .office_ids = { .items = offices, .count = 2 } };
    const struct chain_row rows[] = { { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440,
                                        .target = TARGET_KIND_ROTATION, .rotation_id = ROTATION } };
    const char *first, *second;

    as_rota_clerk (region);
    must (region, "rotation_put", &rotation);
    as_manager (region);
    must (region, "chain_put", &(struct chain_put) { .patient_id = PATIENT, .rows = { .items = rows, .count = 1 } });
    ahead_to (region, DAY_CLASS_WEEKDAY, 1430);
    report (region, ALERT ("05"));
    first = text (region, "select person_id::text from alert_try where alert_id = '" ALERT ("05") "' and state = 2");
    second = strcmp (first, DEPUTY) == 0 ? DOCTOR : DEPUTY;
    if (strcmp (first, DEPUTY) == 0)
        as_deputy (region);
    else
        as_doctor (region);
    answer (region, ALERT ("05"), ALERT_ANSWER_KIND_VISIT);
    ok (llabs (field (region, ALERT ("05"), "extract (epoch from handover_at) - extract (epoch from received_at)") - 599) < 5,
        "N-45 the end of the holder's shift is known");
    ahead (region, 601);
    run_engine (region);
    is_number (asked_times (region, ALERT ("05"), second), 1, "N-45 at midnight whoever has duty now is offered it");
    is_number (field (region, ALERT ("05"), "state"), ALERT_STATE_ACCEPTED, "N-45 ...while the old holder stays responsible");
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("05"), .outcome = "済" });
    rotation.members.count = rotation.office_ids.count = 1;
    as_rota_clerk (region);
    must (region, "rotation_put", &rotation);
    add_roster (region);
}

/* ---- the hospital ------------------------------------------------------------------------------------------------------------------------ */

static void hear_hospital (struct region *region, const char *facility, const char *office_id, const char *night_phone, bool agreed, bool parallel)
{
    HEAR (region, "sharing", designated_hospital_changed, PATIENT, TOWN, .patient_id = PATIENT, .facility = facility,
          .office_id = office_id, .phone = "011-000-0031", .night_phone = night_phone, .parallel_notice = parallel, .agreed = agreed);
}

static void set_hospital (struct region *region, bool agreed, bool parallel)
{
    hear_hospital (region, "中央病院", HOSPITAL_OFFICE, "011-000-0032", agreed, parallel);
}

static void test_hospital (struct region *region)
{
    struct alert_ask_hospital ask = { .alert_id = ALERT ("06") };
    struct alert_hospital_answer said = { .alert_id = ALERT ("06"), .answer = HOSPITAL_ANSWER_DECLINE };

    add_office (region, HOSPITAL_OFFICE, "中央病院 救急外来", TOWN, "011-000-0032");
    add_person (region, ID ("5a"), HOSPITAL_CLERK, "病院 十子", HOSPITAL_OFFICE, TOWN, ROLE_HOSPITAL_NIGHT_DESK);
    report (region, ALERT ("06"));
    as_doctor (region);
    is (refused (region, "alert_ask_hospital", &ask), "not_accepted_yet", "U-20 the hospital is asked by whoever has accepted");
    answer (region, ALERT ("06"), ALERT_ANSWER_KIND_VISIT);
    is (refused (region, "alert_ask_hospital", &ask), "hospital_missing", "U-20 ...when there is one");
    set_hospital (region, false, false);
    is (refused (region, "alert_ask_hospital", &ask), "hospital_missing", "U-20 ...that has agreed");
    set_hospital (region, true, false);
    is (refused (region, "alert_hospital_answer", &said), "hospital_not_asked", "nobody answers unasked");
    is_number (call (region, "alert_ask_hospital", &ask, &view), 0, "U-20 the doctor asks it");
    is (view.hospital_name, "中央病院", "...by name");
    is_number (number (region, "select count(*) from feed where person_id = '" HOSPITAL_CLERK "' and kind = 4"), 1, "U-20 its night desk is asked");
    act_as (region, HOSPITAL_CLERK, HOSPITAL_OFFICE, TOWN, ROLE_BIT (ROLE_HOSPITAL_NIGHT_DESK));
    is (refused (region, "alert_hospital_answer", &said), "reason_needed", "U-21 cannot needs a reason");
    said.refusal = HOSPITAL_REFUSAL_FULL;
    is_number (call (region, "alert_hospital_answer", &said, &view), 0, "U-21 full: it cannot");
    is_number (view.hospital_answer, HOSPITAL_ANSWER_DECLINE, "...as the page shows");
    is (refused (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("06"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }), "not_asked",
        "a hospital does not take the alert itself");
    is_number (number (region, "select count(*) from feed where person_id = '" DOCTOR "' and kind = 24"), 1, "U-21 the doctor is told at once");
    is_number (field (region, ALERT ("06"), "state"), ALERT_STATE_ACCEPTED, "...and still holds the alert");
    as_doctor (region);
    must (region, "alert_ask_hospital", &ask);
    ahead (region, 901);
    run_engine (region);
    is_number (field (region, ALERT ("06"), "hospital_answer"), HOSPITAL_ANSWER_NONE, "U-21 a quarter of an hour without a word is no answer");
    said = (struct alert_hospital_answer) { .alert_id = ALERT ("06"), .answer = HOSPITAL_ANSWER_ACCEPT, .text = "救急外来へ" };
    as_nurse (region);
    is_number (call (region, "alert_hospital_answer", &said, &view), 0, "U-21 what it says later by telephone is recorded");
    is_number (view.hospital_answer, HOSPITAL_ANSWER_ACCEPT, "...and stands");
    is_number (lines (region, ALERT ("06"), TIMELINE_KIND_HOSPITAL_ANSWERED), 3, "N-63 every answer is in the course");
    as_stranger (region);
    is (refused (region, "alert_hospital_answer", &said), "not_for_you", "...no outsider's");
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("06"), .outcome = "入院" });
    set_hospital (region, true, true);
    report (region, ALERT ("07"));
    is_number (number (region, "select count(*) from feed where person_id = '" HOSPITAL_CLERK "' and kind = 3"), 1,
               "a parallel notice goes out where the agreement says so");
    set_hospital (region, true, false);
}

/* Most hospitals have no office here: a name and a telephone from the paper. */
static void test_hospital_by_telephone (struct region *region)
{
    struct alert_hospital_answer said = { .alert_id = ALERT ("17"), .answer = HOSPITAL_ANSWER_ACCEPT, .text = "救急外来へ" };

    hear_hospital (region, "海辺病院", NULL, NULL, true, false);
    report (region, ALERT ("17"));
    as_doctor (region);
    answer (region, ALERT ("17"), ALERT_ANSWER_KIND_VISIT);
    is_number (call (region, "alert_ask_hospital", &(struct alert_ask_hospital) { .alert_id = ALERT ("17") }, &view), 0,
               "U-20 a hospital without an office in the region is asked");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("17") "' and address = '011-000-0031' and code is null"), 1,
               "...by its telephone, without a code: no key could say who answers");
    as_nurse (region);
    is_number (call (region, "alert_hospital_answer", &said, &view), 0, "U-21 ...and what it says is recorded");
    is (view.hospital_name, "海辺病院", "...under its name");
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("17"), .outcome = "入院" });
    set_hospital (region, true, false);
}

/* ---- what can wait ------------------------------------------------------------------------------------------------------------------------ */

static struct emergency_report_answer report_today (struct region *region, const char *alert)
{
    struct emergency_report message = report_of (region, alert);
    struct emergency_report_answer told = { 0 };

    message.urgency = URGENCY_TODAY;
    as_nurse (region);
    if (call (region, "emergency_report", &message, &told) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    return told;
}

static void test_later (struct region *region)
{
    struct emergency_report_answer told;

    ahead_to (region, DAY_CLASS_WEEKDAY, 600);
    told = report_today (region, ALERT ("08"));
    is_number (told.class, ALERT_CLASS_E2, "E2 what can wait until today is a change of condition");
    is_number (asked_times (region, ALERT ("08"), DOCTOR), 1, "E2 in working hours the doctor is asked");
    ahead (region, 1700);
    run_engine (region);
    is_number (asked_times (region, ALERT ("08"), DEPUTY), 0, "E2 ...the next one not before half an hour");
    ahead (region, 110);
    run_engine (region);
    is_number (asked_times (region, ALERT ("08"), DEPUTY), 1, "E2 ...then he is");
    ahead_to (region, DAY_CLASS_SATURDAY, 1200);
    told = report_today (region, ALERT ("09"));
    ok (told.has_reading_at && class_is_working_time (told.reading_at) && tokyo_of (told.reading_at).minute == 540,
        "E2 on Saturday night the reporter reads when the doctor reads it: nine o'clock of a weekday that is no holiday");
    is (told.reading_by, "青葉 三郎", "...and who");
    is_number (asked_times (region, ALERT ("09"), DOCTOR), 0, "E2 ...and the doctor sleeps");
    ahead (region, (told.reading_at - harness_now (region->harness)) / SECOND_US + 1);
    run_engine (region);
    is_number (asked_times (region, ALERT ("09"), DOCTOR), 1, "E2 at that time he is asked");
    ahead_to (region, DAY_CLASS_SUNDAY, 1200);
    report_today (region, ALERT ("10"));
    as_stranger (region);
    is (refused (region, "alert_raise", &(struct alert_raise) { .alert_id = ALERT ("10") }), "not_for_you", "an outsider raises nothing");
    as_nurse (region);
    is_number (call (region, "alert_raise", &(struct alert_raise) { .alert_id = ALERT ("10"), .text = "苦しがっている" }, &view), 0,
               "E2 one button raises it");
    is_number (view.alert->class, ALERT_CLASS_E1, "...to a sudden change");
    is_number (asked_times (region, ALERT ("10"), DOCTOR), 1, "E2 ...and the doctor is called at once, on Sunday night");
    is (refused (region, "alert_raise", &(struct alert_raise) { .alert_id = ALERT ("10") }), "already_raised", "...once");
    ahead (region, 181);
    run_engine (region);
    is_number (asked_times (region, ALERT ("10"), DEPUTY), 1, "...and the next one after three minutes");
}

/* ---- nobody answers ------------------------------------------------------------------------------------------------------------------------ */

static void test_rounds (struct region *region)
{
    int64_t desk;

    report (region, ALERT ("11"));
    for (int i = 0; i < 3; i++) {
        ahead (region, 181);
        run_engine (region);
    }
    is_number (asked_times (region, ALERT ("11"), DOCTOR), 2, "N-46 in the second round everybody is called again");
    is_number (asked_times (region, ALERT ("11"), DEPUTY), 2, "N-46 ...the deputy too");
    ahead (region, 121);
    run_engine (region);
    is_number (asked_times (region, ALERT ("11"), DOCTOR), 3, "N-46 and in the third");
    desk = asked_times (region, ALERT ("11"), DESK_CLERK);
    ahead (region, 121);
    run_engine (region);
    is_number (lines (region, ALERT ("11"), TIMELINE_KIND_NOBODY_REACHED), 1, "N-46 after three rounds the last resort is told that nobody was reached");
    ahead (region, 200);
    run_engine (region);
    is_number (asked_times (region, ALERT ("11"), DESK_CLERK), desk + 1, "N-46 ...not more often");
    ahead (region, 110);
    run_engine (region);
    is_number (asked_times (region, ALERT ("11"), DESK_CLERK), desk + 2, "N-46 ...than every five minutes");
    ahead (region, 86400);
    run_engine (region);
    is_number (asked_times (region, ALERT ("11"), DESK_CLERK), desk + 3, "N-46 it never stops by itself; a day without engine is one call");
    is_number (asked_times (region, ALERT ("11"), DOCTOR), 3, "...the doctors are let be");
    as_deputy (region);
    answer (region, ALERT ("11"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is_number (field (region, ALERT ("11"), "state"), ALERT_STATE_ACCEPTED, "N-46 until a person takes it");
}

/* ---- informed people ------------------------------------------------------------------------------------------------------------------------ */

static void run_news (struct region *region)
{
    for (int i = 0; i < 5; i++)
        harness_job (region->harness, "alert_news", &region->err);
}

static int64_t mails (struct region *region)
{
    return number (region, "select count(*) from delivery where person_id = '" MANAGER "' and kind = 2");
}

static void test_news (struct region *region)
{
    int64_t before;

    ahead_to (region, DAY_CLASS_WEEKDAY, 700);
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null; update alert_news set done = true");
    before = mails (region);
    report (region, ALERT ("12"));
    is_number (mails (region) - before, 1, "N-48 the care manager gets one start");
    as_doctor (region);
    answer (region, ALERT ("12"), ALERT_ANSWER_KIND_CANNOT);
    run_engine (region);
    run_news (region);
    is_number (mails (region) - before, 2, "N-48 changes come together");
    as_deputy (region);
    answer (region, ALERT ("12"), ALERT_ANSWER_KIND_VISIT);
    run_news (region);
    is_number (mails (region) - before, 2, "N-48 ...at most one mail in three minutes");
    ahead (region, 181);
    run_news (region);
    is_number (mails (region) - before, 3, "N-48 ...then the next");
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("12"), .outcome = "済" });
    run_news (region);
    run_news (region);
    is_number (mails (region) - before, 4, "N-48 and one end");
    is_number (number (region, "select count(*) from alert_news where not done and alert_id = '" ALERT ("12") "'"), 0, "N-48 nothing is left over");
    ahead_to (region, DAY_CLASS_WEEKDAY, 1320);
    before = mails (region);
    report (region, ALERT ("13"));
    as_doctor (region);
    answer (region, ALERT ("13"), ALERT_ANSWER_KIND_VISIT);
    run_news (region);
    is_number (mails (region) - before, 1, "N-48 at night changes wait");
    must (region, "alert_in_hand", &(struct alert_in_hand) { .alert_id = ALERT ("13") });
    ahead (region, 10 * 3600);
    run_news (region);
    is_number (mails (region) - before, 2, "N-48 ...until eight, all in one mail, none dropped");
    ok (number (region, "select count(*) from delivery where text like '%引き受けられました%対応中です%'") >= 1, "N-48 ...in their order");
    is_number (number (region, "select count(*) from delivery where text like '%" PLANTED_NAME "%'"), 0, "N-58 and no mail names the person");
    ok (number (region, "select count(*) from feed where person_id = '" MANAGER "' and alert_id = '" ALERT ("13") "' and kind = 5") == 1,
        "in the application it stood at once");
}

static void test_terminal (struct region *region)
{
    int64_t before;

    HEAR (region, "sharing", patient_changed, PATIENT, TOWN, .patient_id = PATIENT, .name = PLANTED_NAME, .name_kana = "ヤマダハナコ",
          .birth_date = "1940-02-03", .municipality = TOWN, .place = PLACE_KIND_HOME, .terminal_phase = true);
    ahead_to (region, DAY_CLASS_WEEKDAY, 1380);
    before = mails (region);
    report (region, ALERT ("14"));
    is_number (mails (region) - before, 0, "SC-03 看取り: by night the others sleep");
    is_number (number (region, "select count(*) from feed where person_id = '" MANAGER "' and alert_id = '" ALERT ("14") "' and kind = 3 and not urgent"), 1,
               "Care manager: ...but the entry in the application stands at once, always; it wakes nobody");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("14") "' and office_id = '" STATION "' and asked_at is not null"), 1,
               "SC-03 ...the care team's station is asked at once, beside the attending doctor");
    as_doctor (region);
    answer (region, ALERT ("14"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    ahead (region, 7200);
    run_engine (region);
    is_number (lines (region, ALERT ("14"), TIMELINE_KIND_OVERDUE), 0, "SC-03 看取り: nothing is repeated after an answer by telephone");
    ahead (region, 7 * 3600 + 5);
    run_news (region);
    ok (mails (region) - before >= 1, "SC-03 看取り: at eight they are told");
    ok (number (region, "select count(*) from feed where person_id = '" MANAGER "' and alert_id = '" ALERT ("14") "' and kind = 3") == 1, "...whose entry stood already, once");
}

int main (void)
{
    struct region *region = region_open ();

    test_overdue (region);
    test_records (region);
    test_hand_over (region);
    test_shift_end (region);
    test_hospital (region);
    test_hospital_by_telephone (region);
    test_later (region);
    test_rounds (region);
    test_news (region);
    test_terminal (region);
    harness_close (&region->harness);
    return done ();
}
