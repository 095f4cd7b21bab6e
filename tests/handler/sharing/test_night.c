/* U-33: visits at night entrusted to another office's duty: who may entrust, what the duty opens and when, the report, and who has read it. */
#include "region.h"

#define ENTRUST(n) region_id ('e', n)
#define VISIT(n) region_id ('v', n)
#define SOMEBODY PATIENT (1)

enum { EVENING = 18 * 60, MORNING = 8 * 60 + 30, H = 60 };

static int64_t friday;                      /* a day number some weeks ahead, with a working Monday before it */

static void at (struct harness *harness, int day, int minute)
{
    harness_clock (harness, 0);
    harness_clock (harness, tokyo_instant (friday + day, minute) - harness_now (harness));
}

static int call (struct harness *harness, const struct harness_actor *actor, const char *message, const void *in, void *answer)
{
    struct error err = { 0 };

    harness_as (harness, actor);
    return harness_call (harness, message, in, answer, &err) < 0 ? (int) err.key : 0;
}

static int entrust (struct harness *harness, const struct harness_actor *actor, int number, const char *office)
{
    static int nights[] = { NIGHT_BAND_NIGHT };
    struct night_visit_entrust message = { .patient_id = SOMEBODY, .entrust_id = ENTRUST (number), .office_id = office,
        .from = tokyo_instant (friday, 12 * H), .until = tokyo_instant (friday + 3, 12 * H), .bands = { nights, 1 },
        .request = "呼吸苦が強いときは往診をお願いします", .call_doctor = true, .doctor_phone = "090-0000-0001" };

    return call (harness, actor, "night_visit_entrust", &message, NULL);
}

static int end (struct harness *harness, const struct harness_actor *actor, int number)
{
    struct night_visit_entrust_end message = { .patient_id = SOMEBODY, .entrust_id = ENTRUST (number) };

    return call (harness, actor, "night_visit_entrust_end", &message, NULL);
}

static struct night_duty_answer duty (struct harness *harness, const struct harness_actor *actor)
{
    struct night_duty_answer answer = { 0 };

    is_number (call (harness, actor, "night_duty", &(struct night_duty) { 0 }, &answer), 0, "tonight's list is answered");
    return answer;
}

/* ---- entrusting ----------------------------------------------------------------------------------------------------------------------- */

static void test_entrust (struct harness *harness)
{
    struct night_entrust_changed event = { 0 };
    struct night_visits_answer answer = { 0 };
    struct night_visits message = { .patient_id = SOMEBODY };

    at (harness, 0, 11 * H);
    is_number (entrust (harness, &nurse, 1, DUTY_CLINIC), ERROR_NOT_FOR_ROLE, "U-33: a nurse does not entrust visits");
    is_number (entrust (harness, &duty_doctor, 1, DUTY_CLINIC), ERROR_NOT_FOR_YOU, "U-33: nor a doctor who is not of the team");
    is_number (entrust (harness, &doctor, 1, CARE_OFFICE), ERROR_NOBODY_VISITS, "U-33: nobody visits from a care manager's office");
    is_number (entrust (harness, &doctor, 1, DUTY_CLINIC), 0, "U-33: the attending doctor entrusts the nights of a weekend");
    is_number (entrust (harness, &doctor, 1, DUTY_CLINIC), ERROR_ALREADY_THERE, "…once");
    ok (harness_last_event (harness, &night_entrust_changed_message, &event) == 0 && event.entrusts.count == 1
        && strcmp (event.entrusts.items[0].office_id, DUTY_CLINIC) == 0 && event.entrusts.items[0].bands.items[0] == NIGHT_BAND_NIGHT,
        "U-33: others hear to whom, from when to when, never why");
    is_number (call (harness, &nurse, "night_visits", &message, &answer), 0, "the team reads it");
    ok (answer.entrusts.count == 1 && !answer.may_entrust && strcmp (answer.entrusts.items[0].request, "呼吸苦が強いときは往診をお願いします") == 0
        && answer.entrusts.items[0].window_from == tokyo_instant (friday, EVENING), "…with the words and the coming duty");
    is_number (call (harness, &doctor, "night_visits", &message, &answer), 0, "the doctor, too");
    ok (answer.may_entrust, "…and may change it");
}

/* ---- the duty ------------------------------------------------------------------------------------------------------------------------- */

static void test_duty (struct harness *harness)
{
    struct error err = { 0 };
    struct night_duty_answer list;
    int64_t rows;

    at (harness, 0, EVENING - 1);
    is_number (duty (harness, &duty_doctor).people.count, 0, "U-33: a minute before 18:00 the duty doctor has nobody");
    ok (!region_sees (harness, &duty_doctor, 1), "U-33: …and reads no sheet");
    is_number (harness_sees (harness, "select count(*) from patient_head"), 0, "S-20: …nor does the database show who it is");
    at (harness, 0, EVENING);
    rows = harness_number (harness, "select count(*) from ledger");
    list = duty (harness, &duty_doctor);
    ok (list.people.count == 1 && strcmp (list.people.items[0].patient_id, SOMEBODY) == 0 && list.people.items[0].entrust->call_doctor,
        "U-33: at 18:00 the list names who is entrusted, and how the doctor is reached");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'night duty' and ground = 'duty' and '%s' = any (subjects)",
                               SOMEBODY), 1, "S-27: …in the ledger");
    is_number (harness_number (harness, "select count(*) from ledger") - rows, 1, "…as one row");
    ok (region_sees (harness, &duty_doctor, 1), "U-33: the sheet is open to the duty doctor");
    is_number (region_write (harness, 1, 0, "往診", NULL, &err), -1, "…for reading");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…only");
    is_number (duty (harness, &nurse_b).people.count, 0, "U-33: another office has nobody");
    at (harness, 1, MORNING + 2 * H - 1);
    ok (region_sees (harness, &duty_doctor, 1), "U-33: two hours remain for the report");
    at (harness, 1, MORNING + 2 * H);
    ok (!region_sees (harness, &duty_doctor, 1), "U-33: then the record is closed");
    is_number (duty (harness, &duty_doctor).people.count, 0, "U-33: …and the list empty");
    must (harness_job (harness, "night_turn", &err), &err, "the job runs");
    must (harness_job (harness, "night_turn", &err), &err, "…twice");
    ok (!region_sees (harness, &duty_doctor, 1), "U-33: the next night opens nothing by day");
    at (harness, 1, EVENING);
    ok (region_sees (harness, &duty_doctor, 1), "U-33: …but at 18:00");
}

/* ---- the report ----------------------------------------------------------------------------------------------------------------------- */

static int report (struct harness *harness, const struct harness_actor *actor, int number, struct night_visit_report more)
{
    struct night_visit_report message = more;

    message.patient_id = SOMEBODY;
    message.visit_id = VISIT (number);
    message.visited_at = message.visited_at ? message.visited_at : tokyo_instant (friday + 1, 3 * H);
    message.left_at = message.visited_at + (int64_t) 40 * 60 * SECOND_US;
    message.found = "SpO2 88%、呼吸苦";
    message.done = "酸素2Lへ増量";
    message.doctor_today = "午前中に往診をお願いします";
    return call (harness, actor, "night_visit_report", &message, NULL);
}

static struct night_reports_answer waiting (struct harness *harness, const struct harness_actor *actor)
{
    struct night_reports_answer answer = { 0 };

    is_number (call (harness, actor, "night_reports", &(struct night_reports) { 0 }, &answer), 0, "the morning's list is answered");
    return answer;
}

static void test_report (struct harness *harness)
{
    struct night_visit_report own = { .entrust_id = ENTRUST (1) }, correction = { .corrects = VISIT (1) };
    struct night_visit_report later = { .entrust_id = ENTRUST (1), .visited_at = tokyo_instant (friday, 11 * H) };
    struct night_visit_reported event = { 0 };

    at (harness, 1, 12 * H);
    is_number (report (harness, &nurse_b, 1, own), ERROR_NOT_FOR_YOU, "U-33: who was not entrusted reports nothing");
    is_number (report (harness, &duty_doctor, 1, (struct night_visit_report) { 0 }), ERROR_NOT_FOR_YOU, "…nor without a ground");
    is_number (report (harness, &duty_doctor, 1, later), ERROR_VISIT_NOT_ENTRUSTED, "…and of a time before it was entrusted the time is what is wrong");
    is_number (report (harness, &duty_doctor, 1, own), 0, "U-33: the duty doctor reports, the record closed meanwhile");
    ok (harness_last_event (harness, &night_visit_reported_message, &event) == 0 && strcmp (event.office_id, DUTY_CLINIC) == 0
        && !event.corrects, "U-33: notify hears of it, without a clinical word");
    is_number (report (harness, &duty_doctor, 1, own), ERROR_ALREADY_THERE, "U-33: once");
    is_number (report (harness, &nurse, 2, correction), ERROR_NOT_FOR_YOU, "U-33: nobody else corrects it");
    is_number (report (harness, &duty_doctor, 2, correction), 0, "U-33: a correction is a further report");
    is_number (report (harness, &duty_doctor, 3, correction), ERROR_NOT_FOR_YOU, "…one of one");
    is_number (harness_number (harness, "select count(*) from night_visit"), 2, "U-33: nothing was written over");
    is_number (report (harness, &nurse, 4, (struct night_visit_report) { .visited_at = tokyo_instant (friday + 1, 4 * H) }), 0,
               "U-33: the team's own nurse reports a visit in the same way");
}

static int read_it (struct harness *harness, const struct harness_actor *actor, int number)
{
    struct night_visit_report_read message = { .patient_id = SOMEBODY, .visit_id = VISIT (number) };

    return call (harness, actor, "night_visit_report_read", &message, NULL);
}

static void test_read (struct harness *harness)
{
    struct night_reports_answer list;
    struct night_visits_answer all = { 0 };

    at (harness, 2, 9 * H);
    is_number (waiting (harness, &duty_doctor).reports.count, 0, "U-33: who attends nobody gets no reports");
    list = waiting (harness, &doctor);
    ok (list.reports.count == 2 && list.reports.items[0].waiting && list.reports.items[1].waiting
        && strcmp (list.reports.items[1].visit->visit_id, VISIT (2)) == 0, "U-33: the attending doctor gets what is unread, as corrected");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'night reports'"), 1, "S-27: …in the ledger");
    is_number (read_it (harness, &nurse, 2), ERROR_NOT_FOR_ROLE, "U-33: a nurse does not read for the doctor");
    is_number (read_it (harness, &duty_doctor, 2), ERROR_ONLY_ATTENDING, "U-33: nor who wrote it");
    is_number (read_it (harness, &doctor, 9), ERROR_NOT_FOR_YOU, "U-33: what is not there cannot be read");
    is_number (read_it (harness, &doctor, 2), 0, "U-33: the doctor has read it");
    is_number (read_it (harness, &doctor, 2), 0, "U-33: …and may say so twice");
    is_number (harness_events (harness, &night_visit_read_message), 1, "U-33: which is told once");
    list = waiting (harness, &doctor);
    ok (list.reports.count == 2 && list.reports.items[0].waiting && !list.reports.items[1].waiting
        && strcmp (list.reports.items[1].visit->visit_id, VISIT (2)) == 0, "U-33: what was read stands behind what was not");
    is_number (call (harness, &manager, "night_visits", &(struct night_visits) { .patient_id = SOMEBODY }, &all), 0, "the team reads all");
    ok (all.visits.count == 3 && all.visits.items[0].by && all.entrusts.count == 1, "…with what was corrected");
    at (harness, 12, 9 * H);
    is_number (waiting (harness, &doctor).reports.count, 1, "U-33: a week later only the unread one is left");
}

/* ---- ends ----------------------------------------------------------------------------------------------------------------------------- */

static void test_ends (struct harness *harness)
{
    struct error err = { 0 };

    at (harness, 1, 20 * H);
    ok (region_sees (harness, &duty_doctor, 1), "in the second night the sheet is open");
    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 11, &err), &err, "consent withdrawn");
    ok (!region_sees (harness, &duty_doctor, 1), "U-33: with the team's consent the entrusted duty's sight ends at once");
    is_number (duty (harness, &duty_doctor).people.count, 0, "U-33: …and its list");
    is_number (entrust (harness, &doctor, 2, DUTY_CLINIC), ERROR_NOT_FOR_YOU, "U-33: without consent nothing is entrusted");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 12, CONSENT_SCOPE_TEAM, &err), &err, "consent again");
    is_number (entrust (harness, &doctor, 2, DUTY_CLINIC), 0, "…with it, again");
    ok (region_sees (harness, &duty_doctor, 1), "U-33: at night it is open at once");
    is_number (end (harness, &nurse, 2), ERROR_NOT_FOR_ROLE, "U-33: a nurse does not take it back");
    is_number (end (harness, &doctor, 2), 0, "U-33: the doctor takes it back");
    ok (!region_sees (harness, &duty_doctor, 1), "U-33: …and the record is closed at once");
    is_number (end (harness, &doctor, 2), ERROR_ALREADY_ENDED, "…once");
    harness_as (harness, &nurse_b);
    is_number (harness_sees (harness, "select (select count(*) from night_entrust) + (select count(*) from night_visit)"
                             " + (select count(*) from night_visit_read)"), 0, "S-20: another town sees no row of it");
    harness_as (harness, &officer);
    is_number (harness_sees (harness, "select (select count(*) from night_entrust) + (select count(*) from night_visit)"
                             " + (select count(*) from night_visit_read)"), 0, "S-20: an officer sees no row of it");
}

int main (void)
{
    struct harness *harness = region_open ();

    harness_empty (harness, "night_entrust, night_visit, night_visit_read");
    friday = tokyo_of (harness_now (harness)).day_number + 14;
    while (tokyo_of (tokyo_instant (friday, 0)).weekday != 5)
        friday++;
    region_patient (harness, 1, "夜間 花子", "ヤカン ハナコ");
    test_entrust (harness);
    test_duty (harness);
    test_report (harness);
    test_read (harness);
    test_ends (harness);
    harness_close (&harness);
    return done ();
}
