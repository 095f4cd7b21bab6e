/* Three people answer an alert in every order, each more than once: a doctor by name, two nurses for their station.  After every answer the
 * database says one thing only.  Then who may end it, who may see it, and when the planned ones are due. */
#include "region.h"

enum { WHO = 3, ANSWERS = 2 * WHO, LENGTH = 3 };

static const struct { const char *person, *office; enum role role; } people[WHO] = {
    { DOCTOR, CLINIC, ROLE_DOCTOR }, { NURSE, STATION, ROLE_VISITING_NURSE }, { COLLEAGUE, STATION, ROLE_VISITING_NURSE } };

static unsigned next_alert;

static const char *new_alert (void)
{
    static char id[40];

    snprintf (id, sizeof id, "00000000-0000-7000-9000-0000000%05u", ++next_alert % 100000);
    return id;
}

/* The doctor and the station at once; then who has duty and again the station's clinic, then the desk. */
static void set_chain (struct region *region)
{
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DOCTOR, .office_id = CLINIC,
          .has_delay_seconds = true, .delay_seconds = 60 },
        { .position = 1, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = STATION,
          .has_delay_seconds = true, .delay_seconds = 300 },
        { .position = 2, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_ROTATION, .rotation_id = ROTATION,
          .has_delay_seconds = true, .delay_seconds = 30 },
        { .position = 2, .day_classes = ALL_DAYS, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = OTHER_OFFICE,
          .has_delay_seconds = true, .delay_seconds = 600 } };

    as_manager (region);
    must (region, "chain_put", &(struct chain_put) { .patient_id = PATIENT, .rows = { rows, 4 } });
}

static void report_by_manager (struct region *region, const char *alert)
{
    struct emergency_report message = report_of (region, alert);

    as_manager (region);
    must (region, "emergency_report", &message);
}

static struct alert_answer answer_of (struct region *region, const char *alert, bool takes)
{
    return (struct alert_answer) { .alert_id = alert, .answer = takes ? ALERT_ANSWER_KIND_VISIT : ALERT_ANSWER_KIND_CANNOT,
        .has_arrival_at = takes, .arrival_at = harness_now (region->harness) + 1800LL * SECOND_US,
        .decline = takes ? 0 : DECLINE_REASON_IN_CONSULTATION };
}

/* What the database must say while `holder` (-1: nobody) has it; NULL when it does. */
static const char *broken (struct region *region, const char *alert, int holder)
{
    struct harness *h = region->harness;
    const char *by = harness_text (h, "select accepted_by::text from alert where alert_id = '%s'", alert);

    if ((by == NULL) != (holder < 0) || (by && strcmp (by, people[holder].person) != 0))
        return "the holder is who took it last and kept it";
    if (harness_number (h, "select state from alert where alert_id = '%s'", alert)
        != (holder < 0 ? ALERT_STATE_SEARCHING : ALERT_STATE_ACCEPTED))
        return "the state goes with the holder";
    if (harness_number (h, "select count(*) from alert_try where alert_id = '%s' and state = 4", alert) != (holder >= 0))
        return "N-41 exactly one entry of the list is accepted, and only while somebody holds it";
    if (harness_number (h, "select count(*) from alert where alert_id = '%s' and (next_action_at is null or (deadline_at is null) = (state = 2))",
                        alert))
        return "there is always a next action, and a deadline exactly while somebody holds it";
    if (holder >= 0 && harness_number (h, "select count(*) from delivery where alert_id = '%s' and asks and state = 1", alert))
        return "N-42 nothing that asks waits to leave while somebody holds it";
    if (holder >= 0 && harness_number (h, "select count(*) from alert_try where alert_id = '%s' and state in (1, 2, 3)", alert))
        return "N-42 nobody is being asked or planned while somebody holds it";
    return NULL;
}

/* One answer by the rules; the key it is to be refused with, "" when it is taken. */
static const char *expected (int *holder, int who, bool takes)
{
    if (takes && *holder >= 0 && *holder != who)
        return "already_accepted";
    if (takes)
        *holder = who;
    else if (*holder == who)
        *holder = -1;
    return "";
}

static void play (struct region *region, int sequence, int *failures)
{
    const char *alert = new_alert ();
    char said[200] = "";
    int holder = -1;

    report_by_manager (region, alert);
    for (int i = 0, rest = sequence; i < LENGTH; i++, rest /= ANSWERS) {
        int who = rest % WHO;
        bool takes = rest % ANSWERS < WHO;
        struct alert_answer answer = answer_of (region, alert, takes);
        const char *wanted = expected (&holder, who, takes), *got, *why;

        act_as (region, people[who].person, people[who].office, TOWN, ROLE_BIT (people[who].role));
        got = call (region, "alert_answer", &answer, NULL) < 0 ? error_name_of (&region->err) : "";
        snprintf (said + strlen (said), sizeof said - strlen (said), "%d %s, ", who, takes ? "takes it" : "cannot");
        why = strcmp (got, wanted) != 0 ? got : broken (region, alert, holder);
        if (why) {
            if ((*failures)++ < 5)
                note ("%s %s", said, why);
            return;
        }
    }
}

static void test_every_order (struct region *region)
{
    int failures = 0;

    for (int sequence = 0; sequence < ANSWERS * ANSWERS * ANSWERS; sequence++)
        play (region, sequence, &failures);
    is_number (failures, 0, "N-41 in all 216 orders of three answers by three people the database says one thing only");
}

/* The engine does one a run, oldest first: what other tests left open is out of the way. */
static void clear (struct region *region)
{
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
}

/* The station's entry is taken by one nurse: what her colleague says afterwards changes nothing. */
static void test_colleague (struct region *region)
{
    const char *alert = new_alert ();
    struct alert_answer takes = answer_of (region, alert, true), cannot = answer_of (region, alert, false);
    struct alert_view view;

    clear (region);
    report_by_manager (region, alert);
    as_nurse (region);
    must (region, "alert_answer", &takes);
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    is_number (call (region, "alert_answer", &cannot, &view), 0, "a colleague of the holder may say that she cannot");
    ok (view.alert->state == ALERT_STATE_ACCEPTED && strcmp (view.alert->accepted_by, "看護 一郎") == 0,
        "...which takes nothing from the holder");
    is_number (harness_number (region->harness, "select count(*) from feed where alert_id = '%s' and kind = 6", alert), 0,
               "...and alarms nobody");
    is (refused (region, "alert_answer", &takes), "already_accepted", "...nor can she take it beside the holder");
    as_nurse (region);
    is_number (call (region, "alert_answer", &takes, NULL), 0, "the holder may still change the time of arrival");
    is_number (call (region, "alert_answer", &cannot, &view), 0, "...and still say that she cannot after all");
    is_number (view.alert->state, ALERT_STATE_SEARCHING, "N-43 ...which opens the search again");
    run_engine (region);
    ok (harness_number (region->harness, "select count(*) from alert_try where alert_id = '%s' and person_id = '" DEPUTY "' and state = 2",
                        alert)
                == 1
            || harness_number (region->harness,
                               "select count(*) from alert_try where alert_id = '%s' and person_id = '" DOCTOR "' and state = 2", alert)
                   == 1,
        "...and somebody is asked at once");
}

/* When the plan says somebody will be asked is when he is. */
static void test_plan_times (struct region *region)
{
    const char *alert = new_alert ();
    int64_t first, desk_planned, second;

    clear (region);
    report_by_manager (region, alert);
    first = harness_number (region->harness, "select guard.to_us (next_action_at) from alert where alert_id = '%s'", alert);
    is_number (first - harness_number (region->harness, "select guard.to_us (received_at) from alert where alert_id = '%s'", alert),
               60LL * SECOND_US, "N-13 the shortest delay of those asked at once counts");
    is_number (harness_number (region->harness, "select guard.to_us (due_at) from alert_try where alert_id = '%s' and position = 2 limit 1",
                               alert),
               first, "the next step is planned for then");
    desk_planned =
        harness_number (region->harness, "select guard.to_us (due_at) from alert_try where alert_id = '%s' and target = 4", alert);
    is_number (desk_planned - first, 30LL * SECOND_US, "...and the one after it by the shortest delay of that step, not by its last row's");
    forward (region, 61);
    run_engine (region);
    second = harness_number (region->harness,
                             "select guard.to_us (next_action_at) - guard.to_us ((select max (asked_at) from alert_try t where"
                             " t.alert_id = a.alert_id)) from alert a where alert_id = '%s'",
                             alert);
    is_number (second, 30LL * SECOND_US, "...as it then happens");
}

/* ---- who may end it ------------------------------------------------------------------------------------------------------------------ */

static void test_who_ends (struct region *region)
{
    static const struct { const char *person, *office, *town; enum role role; const char *wanted, *says; } rows[] = {
        { ID ("7d"), ID ("7e"), TOWN, ROLE_VISITING_NURSE, "not_for_you", "a nurse of another station" },
        { STRANGER, OTHER_OFFICE, TOWN, ROLE_VISITING_NURSE, "not_for_role", "a nurse of a station in the order that has no telephone" },
        { FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_DOCTOR, "not_for_you", "a doctor of another municipality" },
        { DEPUTY, CLINIC_2, TOWN, ROLE_DOCTOR, "not_for_you", "a doctor who is only planned" },
        { COLLEAGUE, STATION, TOWN, ROLE_VISITING_NURSE, "not_for_role", "a colleague at the station that was asked" },
        { NURSE, STATION, TOWN, ROLE_VISITING_NURSE, "not_for_role", "a nurse of the team who neither reported nor took it" },
        { DOCTOR, CLINIC, TOWN, ROLE_DOCTOR, "accepted", "the attending doctor" },
        { MANAGER, CARE_OFFICE, TOWN, ROLE_CARE_MANAGER, "accepted", "the care manager" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *alert = new_alert ();
        struct alert_end end = { .alert_id = alert, .outcome = "落ち着いた" };
        char name[120];

        report_by_manager (region, alert);
        act_as (region, rows[i].person, rows[i].office, rows[i].town, ROLE_BIT (rows[i].role));
        snprintf (name, sizeof name, "%s ends it: %s", rows[i].says, rows[i].wanted);
        is (refused (region, "alert_end", &end), rows[i].wanted, name);
        is_number (harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = 11", alert),
                   strcmp (rows[i].wanted, "accepted") == 0, "...and the course says so exactly then");
    }
}

static void test_holder_ends (struct region *region)
{
    const char *alert = new_alert ();
    struct alert_end end = { .alert_id = alert, .outcome = "搬送した" };
    int64_t events = harness_events (region->harness, &alert_ended_message);

    report_by_manager (region, alert);
    as_nurse (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = alert, .answer = ALERT_ANSWER_KIND_AMBULANCE });
    is (refused (region, "alert_end", &end), "accepted", "who holds it may end it");
    is (refused (region, "alert_end", &end), "already_ended", "...once");
    as_manager (region);
    is (refused (region, "alert_end", &end), "already_ended", "...nor may the reporter then");
    is_number (harness_events (region->harness, &alert_ended_message) - events, 1, "...and it is announced once");
    is_number (
        harness_number (region->harness, "select count(*) from feed where alert_id = '%s' and kind = 8 and person_id = '" NURSE "'", alert),
        0, "who ended it is not told of it");
    is_number (harness_number (region->harness,
                               "select count(*) from feed where alert_id = '%s' and kind = 8 and person_id = '" MANAGER "'", alert),
               1, "N-48 ...the reporter is, once");
}

/* ---- seen ---------------------------------------------------------------------------------------------------------------------------- */

static void test_seen (struct region *region)
{
    const char *alert = new_alert ();
    struct alert_seen seen = { .alert_id = alert };
    struct done first, again;
    int64_t due;

    report_by_manager (region, alert);
    due = harness_number (region->harness, "select guard.to_us (next_action_at) from alert where alert_id = '%s'", alert);
    for (int i = 0; i < WHO; i++) {
        act_as (region, people[i].person, people[i].office, TOWN, ROLE_BIT (people[i].role));
        is_number (call (region, "alert_seen", &seen, &first), 0, "each of three people says that it was seen");
        is_number (call (region, "alert_seen", &seen, &again), 0, "...twice");
        is_number (again.version, first.version, "...the second time changes nothing");
    }
    is_number (harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = 5", alert), WHO,
               "...the course names each once");
    is_number (harness_number (region->harness, "select guard.to_us (next_action_at) from alert where alert_id = '%s'", alert), due,
               "N-40 ...and nobody is asked later for it");
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = alert, .outcome = "済" });
    act_as (region, DOCTOR, CLINIC, TOWN, ROLE_BIT (ROLE_DOCTOR));
    is_number (call (region, "alert_seen", &seen, NULL), 0, "after the end seeing it is no mistake");
    is_number (harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = 5", alert), WHO,
               "...and stands nowhere");
    seen.alert_id = "00000000-0000-7000-9000-00000000ffff";
    is (refused (region, "alert_seen", &seen), "not_for_you", "what does not exist is not seen");
}

int main (void)
{
    struct region *region = region_open ();

    set_chain (region);
    test_every_order (region);
    test_colleague (region);
    test_plan_times (region);
    test_who_ends (region);
    test_holder_ends (region);
    test_seen (region);
    harness_close (&region->harness);
    return done ();
}
