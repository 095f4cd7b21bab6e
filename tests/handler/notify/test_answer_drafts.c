/* 診療所の代行者 (practice.md 03): sees the alert in which the clinic's doctor was asked in person, hears of it in the application only, prepares
 * answers the doctor gives, and accepts only as a named telephone record.  Escalation never waits for any of it. */
#include "region.h"

/* One of the attending doctor's clinic, two of the deputy's (which has no seat in the team), one of a clinic of another municipality. */
#define PROXY ID ("81")
#define PROXY_2 ID ("82")
#define PROXY_2B ID ("83")
#define PROXY_FOREIGN ID ("84")
#define AT(alert) "alert_id = '" alert "'"
#define DRAFT_TEXT "ひみつの指示"

static struct alert_view view;

static void as_proxy (struct region *region) { act_as (region, PROXY, CLINIC, TOWN, ROLE_BIT (ROLE_CLINIC_PROXY)); }
static void as_proxy_2 (struct region *region) { act_as (region, PROXY_2, CLINIC_2, TOWN, ROLE_BIT (ROLE_CLINIC_PROXY)); }
static void as_proxy_2b (struct region *region) { act_as (region, PROXY_2B, CLINIC_2, TOWN, ROLE_BIT (ROLE_CLINIC_PROXY)); }
static void as_proxy_foreign (struct region *region) { act_as (region, PROXY_FOREIGN, FOREIGN_OFFICE, ELSEWHERE, ROLE_BIT (ROLE_CLINIC_PROXY)); }

static void add_proxies (struct region *region)
{
    add_person (region, ID ("85"), PROXY, "代行 一葉", CLINIC, TOWN, ROLE_CLINIC_PROXY);
    add_person (region, ID ("86"), PROXY_2, "代行 二葉", CLINIC_2, TOWN, ROLE_CLINIC_PROXY);
    add_person (region, ID ("87"), PROXY_2B, "代行 三葉", CLINIC_2, TOWN, ROLE_CLINIC_PROXY);
    add_person (region, ID ("88"), PROXY_FOREIGN, "代行 四葉", FOREIGN_OFFICE, ELSEWHERE, ROLE_CLINIC_PROXY);
    add_contact (region, ID ("89"), PROXY_2, CONTACT_KIND_VOICE, "090-0000-0082");
    add_contact (region, ID ("8a"), PROXY_2B, CONTACT_KIND_EMAIL, "proxy@example.invalid");
}

static const struct alert_view *read_alert (struct region *region, const char *alert)
{
    view = (struct alert_view) { 0 };
    if (call (region, "alert", &(struct alert) { .alert_id = alert }, &view) < 0)
        printf ("Bail out! %s\n", error_name_of (&region->err));
    return &view;
}

static int64_t listed (struct region *region)
{
    struct alert_list_answer answer = { 0 };

    call (region, "alert_list", &(struct alert_list) { .has_open = true, .open = true }, &answer);
    return (int64_t) answer.alerts.count;
}

static struct alert_answer_draft draft_for (struct region *region, const char *alert, const char *doctor)
{
    return (struct alert_answer_draft) { .alert_id = alert, .person_id = doctor, .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true,
        .arrival_at = harness_now (region->harness) / SECOND_US * SECOND_US + 1800 * SECOND_US, .text = DRAFT_TEXT };
}

static const char *drafted (struct region *region, const char *alert, const char *doctor)
{
    struct alert_answer_draft draft = draft_for (region, alert, doctor);

    return refused (region, "alert_answer_draft", &draft);
}

static void step (struct region *region)
{
    forward (region, 181);
    run_engine (region);
}

static void end (struct region *region, const char *alert)
{
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = alert, .outcome = "落ち着いた" });
    forward (region, 3600);
}

static int64_t told (struct region *region, const char *person, int kind)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d and urgent", person, kind);
}

/* ---- who sees it ---------------------------------------------------------------------------------------------------------------------- */

static void test_before (struct region *region)
{
    report (region, ALERT ("01"));
    as_proxy_2 (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("01") }), "not_for_you", "practice 03: a proxy reads nothing before a doctor of the clinic is asked");
    is (drafted (region, ALERT ("01"), DEPUTY), "not_for_you", "...and prepares nothing");
    is_number (listed (region), 0, "...and it stands in no list");
    is_number (number (region, "select count(*) from ledger where person = '" PROXY_2 "'"), 0, "S-27 ...which nobody has to read about");
    is_number (told (region, PROXY, FEED_KIND_DOCTOR_ASKED), 1, "practice 03: the proxy of the doctor who is asked first hears of it at once");
    as_proxy (region);
    is (drafted (region, ALERT ("01"), DEPUTY), "doctor_not_asked", "...and cannot prepare an answer for somebody who is asked later");
}

static void test_asked (struct region *region)
{
    step (region);
    is_number (told (region, PROXY_2, FEED_KIND_DOCTOR_ASKED) + told (region, PROXY_2B, FEED_KIND_DOCTOR_ASKED), 2,
               "practice 03: each proxy of the clinic hears when its doctor is asked");
    is_number (number (region, "select count(*) from delivery where person_id in ('" PROXY "', '" PROXY_2 "', '" PROXY_2B "')"), 0,
               "...in the application only: nothing rings, no mail leaves");
    is_number (number (region, "select count(*) from delivery where person_id = '" DOCTOR "'") > 0, 1, "...and the doctor himself is called as ever");
    as_proxy_2 (region);
    is_number (listed (region), 1, "practice 03: it stands in the proxy's list");
    is (text (region, "select message || ' ' || ground from ledger where person = '" PROXY_2 "'"), "alert_list takes_part", "S-27 ...whose reading is written down");
    read_alert (region, ALERT ("01"));
    is (text (region, "select message || ' ' || ground from ledger where person = '" PROXY_2 "' order by seq desc limit 1"), "alert proxy",
        "S-27 ...and so is the alert's, on the ground of being a proxy");
    ok (!view.my_answer_due && view.may_record && view.drafts.count == 1 && strcmp (view.drafts.items[0].person_id, DEPUTY) == 0
            && view.drafts.items[0].may_draft && !view.drafts.items[0].answer,
        "practice 03: an answer may be prepared for the own doctor or recorded from the telephone; none is the proxy's own");
    is (refused (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }), "not_asked",
        "practice 03: a proxy does not accept");
    is_number (harness_sees (region->harness, "select count(*) from alert_line where " AT (ALERT ("01"))) > 2, 1, "R2 the course is open");
    is_number (harness_sees (region->harness, "select count(*) from patient") + harness_sees (region->harness, "select count(*) from chain"), 0,
               "R2 ...and nothing else of that person");
    as_proxy_foreign (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("01") }), "not_for_you", "R1 a proxy of another municipality sees nothing");
    is_number (harness_sees (region->harness, "select count(*) from alert"), 0, "R1 ...also by a query without any condition");
    is (drafted (region, ALERT ("01"), DEPUTY), "not_for_you", "R1 ...and prepares nothing");
}

/* ---- preparing ------------------------------------------------------------------------------------------------------------------------ */

static void test_incomplete (struct region *region)
{
    struct alert_answer_draft draft = draft_for (region, ALERT ("01"), DEPUTY);

    as_proxy_2 (region);
    draft.has_arrival_at = false;
    is (refused (region, "alert_answer_draft", &draft), "arrival_needed", "practice 03: a prepared answer is as complete as a given one: a visit has its time");
    draft.has_arrival_at = true;
    draft.arrival_at = harness_now (region->harness) - SECOND_US;
    is (refused (region, "alert_answer_draft", &draft), "time_in_past", "...which is to come");
    draft.answer = ALERT_ANSWER_KIND_CANNOT;
    is (refused (region, "alert_answer_draft", &draft), "reason_needed", "...a refusal its reason");
    is (drafted (region, ALERT ("01"), DOCTOR), "not_your_doctor", "...and it is for a doctor of the own clinic");
    is (drafted (region, ALERT ("01"), FOREIGNER), "doctor_not_asked", "...who was asked");
    as_nurse (region);
    is (drafted (region, ALERT ("01"), DEPUTY), "not_for_role", "...by a proxy, nobody else");
    is_number (number (region, "select count(*) from alert_answer_draft"), 0, "...and of all that nothing is left");
}

static void test_prepared (struct region *region)
{
    static const char clocks[] = "select step || ' ' || guard.to_us (next_action_at) || ' ' || state || ' ' || rounds from alert where " AT (ALERT ("01"));
    const struct alert_answer_draft draft = draft_for (region, ALERT ("01"), DEPUTY);
    const char *before = text (region, clocks);
    int64_t waiting = number (region, "select count(*) from delivery where state = 1"), version = number (region, "select version from alert");

    as_proxy_2 (region);
    view = (struct alert_view) { 0 };
    is_number (call (region, "alert_answer_draft", &draft, &view), 0, "practice 03: the proxy prepares the deputy's answer");
    is (view.drafts.items[0].drafted_by, "代行 二葉", "...and reads who prepared it");
    is_number (told (region, DEPUTY, FEED_KIND_ANSWER_DRAFTED), 1, "...the doctor is told");
    is (text (region, "select name || ':' || text from alert_line where kind = 25"), "代行 二葉（代行）:若葉 四郎さんの回答の案を用意。ご本人の回答はまだです",
        "practice 03: the course says that it is prepared and not given");
    is (text (region, clocks), before, "practice 03: no clock of the alert has moved");
    is_number (number (region, "select count(*) from delivery where state = 1"), waiting, "...no message is called off");
    is_number (number (region, "select state from alert_try where person_id = '" DEPUTY "'"), TRY_STATE_ASKED, "...and the doctor still stands as asked");
    must (region, "alert_answer_draft", &draft);
    is_number (number (region, "select count(*) from alert_line where kind = 25"), 1, "the same a second time: written once");
    is_number (told (region, DEPUTY, FEED_KIND_ANSWER_DRAFTED), 1, "...and told once");
    is_number (number (region, "select version from alert"), version + 1, "...one version of the alert");
    as_proxy_2b (region);
    is (drafted (region, ALERT ("01"), DEPUTY), "accepted", "a colleague prepares another");
    is (text (region, "select count(*) || min (drafted_name) from alert_answer_draft"), "1代行 三葉", "...which replaces the first and bears the last name");
}

static void test_who_reads_it (struct region *region)
{
    as_nurse (region);
    is_number (harness_sees (region->harness, "select count(*) from alert_answer_draft"), 0, "R2 who reported cannot read what is only prepared");
    ok (read_alert (region, ALERT ("01"))->drafts.count == 0, "...nor does the page show it");
    as_proxy (region);
    is_number (harness_sees (region->harness, "select count(*) from alert_answer_draft"), 0, "R2 nor the proxy of another clinic");
    ok (read_alert (region, ALERT ("01"))->drafts.count == 1 && strcmp (view.drafts.items[0].person_id, DOCTOR) == 0 && !view.drafts.items[0].answer,
        "...who sees the own doctor's empty place");
    as_doctor (region);
    ok (read_alert (region, ALERT ("01"))->drafts.count == 0, "...nor another doctor");
    harness_as (region->harness, NULL);
    is_number (harness_sees (region->harness, "select count(*) from alert_answer_draft"), 0, "R1 nor nobody");
    as_deputy (region);
    ok (read_alert (region, ALERT ("01"))->drafts.count == 1 && view.drafts.items[0].answer == ALERT_ANSWER_KIND_VISIT && !view.drafts.items[0].may_draft
            && view.my_answer_due,
        "practice 03: the doctor finds it beside the question, still unanswered");
    is (view.drafts.items[0].text, DRAFT_TEXT, "...with its words");
}

static void test_goes_on (struct region *region)
{
    step (region);
    is_number (number (region, "select count(*) from alert_try where target = 4 and state = 2"), 1,
               "practice 03: a prepared answer stops nobody: the last resort is asked when its time has come");
    is_number (number (region, "select state from alert_try where person_id = '" DEPUTY "'"), TRY_STATE_NO_ANSWER, "...and the doctor has not answered");
}

/* ---- the doctor ----------------------------------------------------------------------------------------------------------------------- */

static void test_given (struct region *region)
{
    struct alert_answer answer = { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true };

    as_deputy (region);
    read_alert (region, ALERT ("01"));
    answer.arrival_at = view.drafts.items[0].arrival_at;
    answer.text = view.drafts.items[0].text;
    must (region, "alert_answer", &answer);
    ok (strstr (text (region, "select text from alert_line where kind = 6"), "（案：代行 三葉（代行））") != NULL, "practice 03: given as prepared, the course says by whom");
    is (text (region, "select name from alert_line where kind = 6"), "若葉 四郎", "...and that it is the doctor's own");
    ok (read_alert (region, ALERT ("01"))->drafts.count == 0, "...and nothing is prepared any more");
    as_proxy_2 (region);
    is (drafted (region, ALERT ("01"), DEPUTY), "doctor_has_answered", "practice 03: after the answer nothing is prepared");
    is_number (told (region, PROXY_2, FEED_KIND_ALERT_ACCEPTED), 1, "...the proxy hears that the doctor has taken it");
    as_proxy (region);
    is (drafted (region, ALERT ("01"), DOCTOR), "already_accepted", "...nor for somebody who was called off");
    is (region->err.params[0].value, "若葉 四郎", "...who is told who has it");
}

static void test_record (struct region *region)
{
    struct alert_record_answer record = { .alert_id = ALERT ("02"), .person_id = DEPUTY, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };

    end (region, ALERT ("01"));
    as_proxy_2 (region);
    is (drafted (region, ALERT ("01"), DEPUTY), "already_ended", "practice 03: after the end nothing is prepared");
    report (region, ALERT ("02"));
    as_proxy_2 (region);
    is (refused (region, "alert_record_answer", &record), "not_for_you", "practice 03: a proxy records nothing before the clinic's doctor is asked");
    step (region);
    as_proxy_2 (region);
    must (region, "alert_record_answer", &record);
    is (text (region, "select state || accepted_name from alert where " AT (ALERT ("02"))), "2若葉 四郎", "practice 03: a telephone record of the proxy accepts in the doctor's name");
    ok (strstr (text (region, "select text from alert_line where kind = 6 and " AT (ALERT ("02"))), "記録：代行 二葉") != NULL, "...and bears the name of who recorded it");
    is_number (harness_number (region->harness, "select count(*) from feed where person_id = '" DEPUTY "' and kind = %d and by_person = '" PROXY_2 "' and " AT (ALERT ("02")),
                               FEED_KIND_ALERT_ACCEPTED), 1, "...the doctor is told");
    as_deputy (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("02"), .answer = ALERT_ANSWER_KIND_CANNOT, .decline = DECLINE_REASON_OTHER });
    is_number (number (region, "select state from alert where " AT (ALERT ("02"))), ALERT_STATE_SEARCHING, "...and corrects it by answering: the search goes on");
    as_proxy_2 (region);
    is (drafted (region, ALERT ("02"), DEPUTY), "doctor_has_answered", "...which is an answer as well");
    end (region, ALERT ("02"));
}

/* ---- offered, elsewhere, gone, drills ------------------------------------------------------------------------------------------------- */

/* Another doctor than the one of the draft: what was prepared for somebody else is not his. */
static void test_other_answer (struct region *region)
{
    report (region, ALERT ("03"));
    as_proxy (region);
    is (drafted (region, ALERT ("03"), DOCTOR), "accepted", "an answer is prepared");
    as_doctor (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("03"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE });
    ok (!strstr (text (region, "select text from alert_line where kind = 6 and " AT (ALERT ("03"))), "案："), "practice 03: given otherwise, it is the doctor's alone");
}

static void test_foreign (struct region *region)
{
    must (region, "alert_hand_over", &(struct alert_hand_over) { .alert_id = ALERT ("03"), .person_id = FOREIGNER });
    as_proxy_foreign (region);
    is (drafted (region, ALERT ("03"), FOREIGNER), "accepted", "practice 03: offered to a doctor of another municipality, its clinic's proxy prepares the answer");
    is_number (harness_sees (region->harness, "select count(*) from alert"), 1, "R1 ...and sees that one alert");
    is (drafted (region, ALERT ("03"), DOCTOR), "not_your_doctor", "...and prepares nobody else's");
    as_proxy_2 (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("03") }), "not_for_you", "R2 a clinic whose doctor was not asked in this one does not see it");
    as_foreigner (region);
    ok (read_alert (region, ALERT ("03"))->drafts.count == 1, "...the doctor finds it");
}

static void test_gone (struct region *region)
{
    add_person (region, ID ("88"), PROXY_FOREIGN, "代行 四葉", FOREIGN_OFFICE, ELSEWHERE, ROLE_HELPER);
    as_proxy_foreign (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("03") }), "not_for_you", "R2 who is no proxy any more reads it no longer");
    is_number (number (region, "select count(*) from access where ground = 'proxy' and person_id = '" PROXY "' and " AT (ALERT ("03"))), 1, "...the others do");
    end (region, ALERT ("03"));
    report (region, ALERT ("04"));
    step (region);
    as_proxy_2 (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("04") }), "accepted", "the next alert is open again to whom it concerns");
    forward (region, 73 * 3600);
    as_proxy_2 (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("04") }), "not_for_you", "R2 N-70 ...for 72 hours");
    end (region, ALERT ("04"));
}

/* Two doctors of one clinic, asked in one instant. */
static void test_together (struct region *region)
{
    int64_t before = told (region, PROXY, FEED_KIND_DOCTOR_ASKED);

    harness_sql (region->harness, "update chain_row set position = 1, target = %d, rotation_id = null, office_id = '" CLINIC "',"
                 " person_id = coalesce (person_id, '" DEPUTY "')", TARGET_KIND_PERSON);
    report (region, ALERT ("05"));
    is_number (number (region, "select count(*) from alert_try where state = 2 and office_id = '" CLINIC "' and " AT (ALERT ("05"))), 2, "two doctors of a clinic are asked at once");
    is_number (told (region, PROXY, FEED_KIND_DOCTOR_ASKED), before + 1, "practice 03: ...the proxy is told once");
    as_proxy (region);
    ok (read_alert (region, ALERT ("05"))->drafts.count == 2, "...and may prepare an answer for each");
    is (drafted (region, ALERT ("05"), DEPUTY), "accepted", "...one of them");
    end (region, ALERT ("05"));
}

static void test_no_telephone (struct region *region)
{
    harness_sql (region->harness, "update chain_row set office_id = '" CLINIC_2 "' where person_id = '" DEPUTY "'");
    add_office (region, CLINIC_2, "若葉医院", TOWN, NULL);
    report (region, ALERT ("07"));
    is_number (number (region, "select state from alert_try where person_id = '" DEPUTY "' and " AT (ALERT ("07"))), TRY_STATE_SKIPPED, "a doctor without a telephone is told in the application");
    is_number (number (region, "select count(*) from feed where person_id = '" PROXY_2 "' and kind = 35 and " AT (ALERT ("07"))), 1, "practice 03: ...and so is the proxy");
    as_proxy_2 (region);
    is (drafted (region, ALERT ("07"), DEPUTY), "accepted", "...who may prepare the answer: it counts when the doctor gives it");
    end (region, ALERT ("07"));
}

static void test_drill (struct region *region)
{
    static const char *const people[] = { DEPUTY };
    struct emergency_report message = report_of (region, ALERT ("06"));
    int64_t before = told (region, PROXY_2, FEED_KIND_DOCTOR_ASKED);

    add_contact (region, ID ("8b"), DEPUTY, CONTACT_KIND_VOICE, "090-0000-0004");
    as_rota_clerk (region);
    must (region, "drill_contact_put", &(struct drill_contact_put) { .municipality = TOWN, .people = { .items = people, .count = 1 } });
    message.has_exercise = message.exercise = true;
    as_nurse (region);
    must (region, "emergency_report", &message);
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 2 and " AT (ALERT ("06"))), 1, "in a drill the drill contact is asked");
    is_number (told (region, PROXY_2, FEED_KIND_DOCTOR_ASKED), before, "N-64 ...and nobody else hears of it, proxies neither");
}

int main (void)
{
    struct region *region = region_open ();

    add_proxies (region);
    test_before (region);
    test_asked (region);
    test_incomplete (region);
    test_prepared (region);
    test_who_reads_it (region);
    test_goes_on (region);
    test_given (region);
    test_record (region);
    test_other_answer (region);
    test_foreign (region);
    test_gone (region);
    test_together (region);
    test_no_telephone (region);
    test_drill (region);
    harness_close (&region->harness);
    return done ();
}
