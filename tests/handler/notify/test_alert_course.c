/* The course of an alert: answers, the next one when due, the last resort, its repetition, the end. */
#include "region.h"

static struct alert_view view;

static struct alert_answer answer_of (struct region *region, const char *alert, enum alert_answer_kind kind)
{
    return (struct alert_answer) { .alert_id = alert, .answer = kind, .has_arrival_at = kind == ALERT_ANSWER_KIND_VISIT,
        .arrival_at = harness_now (region->harness) + 1800LL * SECOND_US,
        .decline = kind == ALERT_ANSWER_KIND_CANNOT ? DECLINE_REASON_TRAVELLING : 0 };
}

static int64_t count_lines (struct region *region, const char *alert, int kind)
{
    return harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = %d", alert, kind);
}

static int64_t state_of_try (struct region *region, const char *alert, const char *person)
{
    return harness_number (region->harness,
                           "select state from alert_try where alert_id = '%s' and person_id = '%s' order by try_id desc limit 1", alert,
                           person);
}

static void test_accept (struct region *region)
{
    struct alert_answer answer = answer_of (region, ALERT ("01"), ALERT_ANSWER_KIND_VISIT), late = answer, other;

    report (region, ALERT ("01"));
    as_doctor (region);
    late.has_arrival_at = false;
    is (refused (region, "alert_answer", &late), "arrival_needed", "a visit needs an arrival time");
    late.has_arrival_at = true;
    late.arrival_at = 1;
    is (refused (region, "alert_answer", &late), "time_in_past", "...in the future");
    is_number (call (region, "alert_answer", &answer, &view), 0, "the doctor takes it with an arrival time");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    is_number (view.alert->state, ALERT_STATE_ACCEPTED, "the alert is accepted");
    is_number (view.alert->arrival_at, answer.arrival_at, "...with the arrival");
    is (view.alert->accepted_by, "青葉 三郎", "...by name");
    is_number (state_of_try (region, ALERT ("01"), DEPUTY), TRY_STATE_CALLED_OFF, "N-42 whoever was planned is called off");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("01") "' and asks and state = 1"), 0,
               "N-42 what asks and has not left is cancelled in the same transaction");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "' and kind = 5"), 1, "the reporter hears of it");
    is_number (number (region, "select count(*) from feed where person_id = '" MANAGER "' and kind = 5"), 1, "...and the care manager");
    as_deputy (region);
    other = answer_of (region, ALERT ("01"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is (refused (region, "alert_answer", &other), "not_for_you", "who was only planned does not see it yet");
    forward (region, 2600);
    run_engine (region);
    is_number (count_lines (region, ALERT ("01"), TIMELINE_KIND_ASKED), 1, "N-40 after an acceptance nobody else is asked");
    as_doctor (region);
    answer = answer_of (region, ALERT ("01"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is_number (call (region, "alert_answer", &answer, &view), 0, "the holder may change his answer");
    answer = answer_of (region, ALERT ("01"), ALERT_ANSWER_KIND_CANNOT);
    is_number (call (region, "alert_answer", &answer, &view), 0, "the holder who cannot after all says so");
    is_number (view.alert->state, ALERT_STATE_SEARCHING, "...and the search goes on");
    run_engine (region);
    is_number (state_of_try (region, ALERT ("01"), DEPUTY), TRY_STATE_ASKED, "...with the next one, at once");
}

static void test_decline (struct region *region)
{
    struct alert_answer answer = answer_of (region, ALERT ("02"), ALERT_ANSWER_KIND_CANNOT), without = answer;

    report (region, ALERT ("02"));
    as_doctor (region);
    without.decline = 0;
    is (refused (region, "alert_answer", &without), "reason_needed", "cannot needs a reason");
    is_number (call (region, "alert_answer", &answer, &view), 0, "the doctor cannot");
    is_number (state_of_try (region, ALERT ("02"), DOCTOR), TRY_STATE_DECLINED, "...which is written down");
    run_engine (region);
    is_number (state_of_try (region, ALERT ("02"), DEPUTY), TRY_STATE_ASKED, "N-40 the next one is asked at once");
    is_number (number (region, "select count(*) from feed where person_id = '" DEPUTY "' and alert_id = '" ALERT ("02") "' and kind = 4"),
               1, "...in his feed");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "' and alert_id = '" ALERT ("02") "' and kind = 6"), 1,
               "the reporter hears of the refusal");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "' and alert_id = '" ALERT ("02") "' and kind = 7"), 1,
               "...and that the next one was asked");
    as_deputy (region);
    answer = answer_of (region, ALERT ("02"), ALERT_ANSWER_KIND_AMBULANCE);
    is_number (call (region, "alert_answer", &answer, &view), 0, "the deputy of the rotation asks for an ambulance: that is taking it");
    is_number (view.alert->state, ALERT_STATE_ACCEPTED, "...accepted");
    as_doctor (region);
    answer = answer_of (region, ALERT ("02"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is (refused (region, "alert_answer", &answer), "already_accepted", "N-41 a second acceptance is refused");
    ok (region->err.param_count > 0 && strcmp (region->err.params[0].value, "若葉 四郎") == 0, "N-41 ...with the name of who holds it");
}

static void test_nobody (struct region *region)
{
    int64_t due;

    report (region, ALERT ("03"));
    due = number (region, "select guard.to_us (next_action_at) from alert where alert_id = '" ALERT ("03") "'");
    run_engine (region);
    is_number (state_of_try (region, ALERT ("03"), DOCTOR), TRY_STATE_ASKED, "N-13 before the time is up nothing happens");
    as_nurse (region);
    must (region, "alert", &(struct alert) { .alert_id = ALERT ("03") });
    call (region, "alert", &(struct alert) { .alert_id = ALERT ("03") }, &view);
    ok (view.alert->has_next_at && view.alert->next_at == due && view.reporter_is_me,
        "the reporter's page can say when the next one is asked");
    forward (region, 181);
    run_engine (region);
    is_number (state_of_try (region, ALERT ("03"), DOCTOR), TRY_STATE_NO_ANSWER, "U-20 who does not answer in time stands so");
    is_number (state_of_try (region, ALERT ("03"), DEPUTY), TRY_STATE_ASKED, "U-20 the next one is asked when due");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("03") "' and target = 4 and state = 2"), 0,
               "...not yet the desk");
    forward (region, 181);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("03") "' and target = 4 and state = 2"), 1,
               "then the last resort");
    is_number (
        number (region, "select count(*) from feed where person_id = '" DESK_CLERK "' and alert_id = '" ALERT ("03") "' and kind = 4"), 1,
        "...its staff on call are asked");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("03") "' and office_id = '" DESK "' and kind = 4"),
               1, "...by voice");
    forward (region, 121);
    run_engine (region);
    forward (region, 121);
    run_engine (region);
    is_number (
        number (region, "select count(*) from feed where person_id = '" DESK_CLERK "' and alert_id = '" ALERT ("03") "' and kind = 4"), 3,
        "N-46 the last resort is asked again every 120 s");
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("03") "'"), 3, "...as one line of the list");
    as_doctor (region);
    struct alert_answer answer = answer_of (region, ALERT ("03"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is_number (call (region, "alert_answer", &answer, &view), 0, "who comes late may still take it");
    forward (region, 500);
    run_engine (region);
    is_number (
        number (region, "select count(*) from feed where person_id = '" DESK_CLERK "' and alert_id = '" ALERT ("03") "' and kind = 4"), 3,
        "...and the repetition stops");
}

static void test_desk_answers (struct region *region)
{
    struct alert_answer answer;

    report (region, ALERT ("04"));
    forward (region, 400);
    run_engine (region);
    forward (region, 400);
    run_engine (region);
    as_desk (region);
    answer = answer_of (region, ALERT ("04"), ALERT_ANSWER_KIND_AMBULANCE);
    is_number (call (region, "alert_answer", &answer, &view), 0, "staff of the last resort answer for the desk");
    is (view.alert->accepted_by, "連絡 五子", "...by their own name");
}

/* N-06: the engine was down for long; one step is made, for whoever has duty now. */
static void test_overdue (struct region *region)
{
    report (region, ALERT ("05"));
    forward (region, 600);
    run_engine (region);
    is_number (count_lines (region, ALERT ("05"), TIMELINE_KIND_ASKED), 2,
               "N-06 after ten minutes without an engine one next one is asked, not all");
    run_engine (region);
    is_number (count_lines (region, ALERT ("05"), TIMELINE_KIND_ASKED), 2, "N-07 a second engine finds nothing to do");
}

static void test_seen_and_end (struct region *region)
{
    report (region, ALERT ("06"));
    as_doctor (region);
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("06") });
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("06") });
    is_number (state_of_try (region, ALERT ("06"), DOCTOR), TRY_STATE_SEEN, "seen is written down");
    is_number (count_lines (region, ALERT ("06"), TIMELINE_KIND_SEEN), 1, "...once");
    forward (region, 181);
    run_engine (region);
    is_number (state_of_try (region, ALERT ("06"), DOCTOR), TRY_STATE_NO_ANSWER, "N-40 seen does not stop the search");
    as_deputy (region);
    is (refused (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("06"), .outcome = "終わり" }), "not_for_role",
        "somebody who was only asked may not end it");
    as_stranger (region);
    is (refused (region, "alert_end", &(struct alert_end){ .alert_id = ALERT ("06"), .outcome = "終わり" }), "not_for_you",
        "an outsider finds nothing");
    is (refused (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("06") }), "not_for_you", "...to see");
    as_manager (region);
    is_number (call (region, "alert_end", &(struct alert_end){ .alert_id = ALERT ("06"), .outcome = "落ち着いた" }, &view), 0,
               "the care manager ends it");
    is (view.outcome, "落ち着いた", "...with the outcome");
    is_number (harness_events (region->harness, &alert_ended_message), 1, "...which is announced");
    is_number (harness_number (region->harness, "select count(*) from feed where alert_id = '" ALERT ("06") "' and person_id = '" DESK_CLERK "'"), 0,
               "...and somebody who was never asked hears nothing of it");
    is (refused (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("06"), .outcome = "もう一度" }), "already_ended", "N-41 once");
    as_doctor (region);
    struct alert_answer answer = answer_of (region, ALERT ("06"), ALERT_ANSWER_KIND_BY_TELEPHONE);
    is (refused (region, "alert_answer", &answer), "already_ended", "N-41 an acceptance after the end is refused");
    forward (region, 500);
    run_engine (region);
    is_number (number (region, "select state from alert where alert_id = '" ALERT ("06") "'"), ALERT_STATE_ENDED,
               "an ended alert stays ended");
}

static void test_absence (struct region *region)
{
    struct absence_add away = { .absence_id = ID ("81"), .person_id = DEPUTY, .from = harness_now (region->harness) - SECOND_US,
                                .to = harness_now (region->harness) + 86400LL * SECOND_US };

    report (region, ALERT ("07"));
    as_deputy (region);
    must (region, "absence_add", &away);
    must (region, "absence_add", &away);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("07") "' and state = 1"), 1,
               "N-28 an absence is in the plan of an open alert at once");
    is_number (state_of_try (region, ALERT ("07"), DOCTOR), TRY_STATE_ASKED, "...and nobody is asked before his time");
    forward (region, 181);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("07") "' and target = 4 and state = 2"), 1,
               "N-26 the absent one is passed over");
    as_stranger (region);
    is (refused (region, "absence_remove", &(struct absence_remove){ .absence_id = ID ("81") }), "not_for_role",
        "another office may not take it back");
    as_deputy (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("81") });
    is (refused (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("81") }), "not_for_you", "taken back once");
    run_engine (region);
    forward (region, 121);
    run_engine (region);
    is_number (state_of_try (region, ALERT ("07"), DEPUTY), TRY_STATE_ASKED, "N-45 whoever is back is asked at the next step");
}

static void test_lists (struct region *region)
{
    struct alert_list_answer list, next;
    struct alert_list query = { .has_open = true, .open = true };

    as_nurse (region);
    is_number (call (region, "alert_list", &query, &list), 0, "the nurse lists open alerts");
    is_number ((int64_t) list.alerts.count, number (region, "select count(*) from alert where state <> 3"), "...all of them");
    is (list.alerts.items[0].patient_name, PLANTED_NAME, "...by name");
    query = (struct alert_list) { .has_limit = true, .limit = 2 };
    call (region, "alert_list", &query, &list);
    ok (list.alerts.count == 2 && list.next, "a page has its next");
    query.after = list.next;
    call (region, "alert_list", &query, &next);
    ok (next.alerts.count > 0 && strcmp (next.alerts.items[0].alert_id, list.alerts.items[1].alert_id) != 0, "...which goes on after it");
    query.after = "nonsense";
    is (refused (region, "alert_list", &query), "malformed", "a strange page key is refused");
    as_deputy (region);
    call (region, "alert_list", &(struct alert_list) { .has_open = true, .open = true }, &list);
    ok (list.alerts.count > 0 && list.alerts.items[0].waits_for_me, "who is asked sees that it waits for him");
    as_foreigner (region);
    call (region, "alert_list", &(struct alert_list) { 0 }, &list);
    is_number ((int64_t) list.alerts.count, 0, "another municipality's doctor has an empty list");
    ok (number (region, "select count(*) from ledger where message = 'alert_list'") >= 3, "lists that show people stand in the ledger");
    ok (number (region, "select count(*) from ledger where message in ('alert', 'alert_answer') and subjects = array['" PATIENT "'::uuid]")
            >= 1,
        "...and so does every alert shown");
}

/* A doctor of another municipality, asked as duty doctor, sees this alert and nothing else. */
static void test_asked_from_elsewhere (struct region *region)
{
    static const char *const members[] = { FOREIGNER }, *const offices[] = { FOREIGN_OFFICE };
    const struct rotation_put rotation = { .rotation_id = ROTATION, .name = "内科当番", .municipality = TOWN, .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = "2024-01-02" /* another rule holds at once */, .handoff_minute = 0, .day_classes = ALL_DAYS, .from_minute = 0,
        .to_minute = 1440, .members = { .items = members, .count = 1 }, .office_ids = { .items = offices, .count = 1 } };
    struct alert_answer answer;

    as_rota_clerk (region);
    must (region, "rotation_put", &rotation);
    report (region, ALERT ("08"));
    forward (region, 181);
    run_engine (region);
    as_foreigner (region);
    is_number (harness_sees (region->harness, "select count(*) from alert where alert_id = '" ALERT ("08") "'"), 1,
               "N-70 a doctor of another municipality sees the alert he was asked for");
    is_number (harness_sees (region->harness, "select count(*) from patient"), 0, "N-70 ...and no record");
    answer = answer_of (region, ALERT ("08"), ALERT_ANSWER_KIND_VISIT);
    is_number (call (region, "alert_answer", &answer, &view), 0, "N-70 ...and can take it");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("08") "' and asks and state = 1"), 0,
               "...which cancels what asks");
    forward (region, 73 * 3600);
    is_number (harness_sees (region->harness, "select count(*) from alert"), 0, "N-70 ...for 72 hours");
}

int main (void)
{
    struct region *region = region_open ();

    test_accept (region);
    test_decline (region);
    test_nobody (region);
    test_desk_answers (region);
    test_overdue (region);
    test_seen_and_end (region);
    test_absence (region);
    test_lists (region);
    test_asked_from_elsewhere (region);
    harness_close (&region->harness);
    return done ();
}
