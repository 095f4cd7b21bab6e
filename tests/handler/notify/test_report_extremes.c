/* Reports as nobody should send them: strange times, names typed into every field, an id that belongs to somebody else's alert.  An
 * emergency calls somebody all the same (N-30), once (N-02), and no name leaves (N-58). */
#include "region.h"

static unsigned next_alert;

static const char *new_alert (void)
{
    static char id[40];

    snprintf (id, sizeof id, "00000000-0000-7000-9000-0000000%05u", ++next_alert % 100000);
    return id;
}

static void forget (struct region *region)
{
    harness_empty (region->harness, "alert, delivery, feed, feed_head");
}

static int64_t asked (struct region *region, const char *alert)
{
    return harness_number (region->harness, "select count(*) from alert_try where alert_id = '%s' and state = 2", alert);
}

/* ---- times --------------------------------------------------------------------------------------------------------------------------- */

static void test_times (struct region *region)
{
    static const struct { int64_t from_now; bool absolute; const char *says;
    } rows[] = { { 0, false, "now" },
                 { -60, false, "a minute ago" },
                 { 3600, false, "in an hour, by a clock that is ahead" },
                 { -86400LL * 400, false, "more than a year ago, by a clock that was never set" },
                 { 0, true, "in 1970" },
                 { -1, true, "before 1970" },
                 { -2208988800LL * SECOND_US, true, "in 1900" },
                 { 253402300799LL * SECOND_US, true, "at the end of 9999" },
                 { 4102444800LL * SECOND_US, true, "in 2100" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *alert = new_alert ();
        struct emergency_report message = report_of (region, alert);
        char name[120];

        message.observed_at = rows[i].absolute ? rows[i].from_now : message.observed_at + rows[i].from_now * SECOND_US;
        as_nurse (region);
        snprintf (name, sizeof name, "N-30 a report with the time %s is taken", rows[i].says);
        is (refused (region, "emergency_report", &message), "accepted", name);
        if (region->err.key)
            note ("%s", region->err.detail);
        is_number (asked (region, alert), 1, "...and the doctor is asked");
        is_number (harness_number (region->harness, "select (observed_at <= received_at)::int from alert where alert_id = '%s'", alert), 1,
                   "...never observed after it was received");
    }
}

/* ---- every kind of trouble ----------------------------------------------------------------------------------------------------------- */

static void test_kinds (struct region *region)
{
    int missed = 0, unsaid = 0;

    /* what can wait may wait until the doctor reads it; then he is asked */
    for (int urgency = URGENCY_LIFE_THREATENING; urgency <= URGENCY_TODAY; urgency++)
        for (int tag = CONDITION_TAG_BREATHING; tag <= CONDITION_TAG_OTHER; tag++) {
            const char *alert = new_alert ();
            struct emergency_report message = report_of (region, alert);

            message.urgency = (enum urgency) urgency;
            message.tag = (enum condition_tag) tag;
            message.happened = message.callback = NULL;
            as_nurse (region);
            missed += call (region, "emergency_report", &message, NULL) < 0
                || (asked (region, alert) != 1
                    && (urgency != URGENCY_TODAY
                        || harness_number (region->harness, "select count(*) from alert where alert_id = '%s' and next_action_at > guard.now ()",
                                           alert) != 1));
            if (urgency == URGENCY_TODAY)
                continue;
            unsaid +=
                harness_number (region->harness,
                                "select count(*) from delivery where alert_id = '%s' and asks and text like '%%011-000-0011%%'", alert)
                != 2;
        }
    is_number (missed, 0, "N-30 every urgency with every kind of trouble, without a word more, asks somebody");
    is_number (unsaid, 0, "...and says the station's number when the reporter gave none");
}

/* ---- names in every field ------------------------------------------------------------------------------------------------------------ */

static void test_names (struct region *region)
{
    static const char *const typed[] = { PLANTED_NAME, PLANTED_DIAGNOSIS, PLANTED_NAME "119", "090 " PLANTED_DIAGNOSIS };
    static const char *const where[] = { "subject", "text" };
    int found = 0, missing = 0;

    forget (region);
    as_administrator (region);
    must (region, "subscription_put", &(struct subscription_put) { .subscription_id = ID ("a1"), .municipality = TOWN, .name = "消防指令",
          .url = "http://127.0.0.1:18099/hook", .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .enabled = true });
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        const char *alert = new_alert ();
        struct emergency_report message = report_of (region, alert);

        message.callback = typed[i];
        message.happened = PLANTED_NAME "さん、" PLANTED_DIAGNOSIS;
        as_nurse (region);
        must (region, "emergency_report", &message);
        as_doctor (region);
        must (region, "alert_answer",
              &(struct alert_answer){ .alert_id = alert,
                                      .answer = ALERT_ANSWER_KIND_CANNOT,
                                      .decline = DECLINE_REASON_OTHER,
                                      .text = PLANTED_NAME "さんは" PLANTED_DIAGNOSIS });
        run_engine (region);
        missing += harness_number (region->harness, "select count(*) from delivery where alert_id = '%s'", alert) < 4;
    }
    for (size_t i = 0; i < 2; i++)
        found +=
            (int)harness_number (region->harness,
                                 "select count(*) from delivery where %s like '%%" PLANTED_NAME "%%' or %s like '%%" PLANTED_DIAGNOSIS "%%'"
                                 " or %s like '%%ヤマダ%%'",
                                 where[i], where[i], where[i]);
    is_number (found, 0,
               "N-58 a name or a diagnosis typed as a number, as what happened or in an answer leaves in no mail, call or webhook");
    is_number (missing, 0, "...of which there were some of each kind");
    /* the year by itself: a code or an id may hold its digits */
    is_number (number (region, "select count(*) from delivery where text ~ '(^|[^0-9a-f])1940($|[^0-9a-f])' or text like '%011-000-0021%'"), 0,
               "N-58 ...nor a date of birth, nor the telephone at home");
    is_number (number (region, "select count(distinct kind) from delivery"), 3, "...by mail, by telephone and to the partner");
    is (text (region, "select callback from alert order by alert_id limit 1"), PLANTED_NAME,
        "inside the region the doctor reads what was typed");
    as_administrator (region);
    must (region, "subscription_put", &(struct subscription_put) { .subscription_id = ID ("a1"), .municipality = TOWN, .name = "消防指令",
          .url = "http://127.0.0.1:18099/hook", .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", .enabled = false });
}

/* ---- ids ----------------------------------------------------------------------------------------------------------------------------- */

/* The stranger has somebody in care, too, and chooses the id of an alert he cannot see. */
static void test_taken_id (struct region *region)
{
    static const struct team_seat_state seats[] = { { ID ("78"), TEAM_SEAT_VISITING_NURSING, STRANGER, OTHER_OFFICE } };
    const char *alert = new_alert ();
    struct emergency_report message = report_of (region, alert);
    int64_t feeds;

    forget (region);
    add_patient (region, UNCONSENTED, "佐藤太郎");
    HEAR (region, "sharing", care_team_changed, UNCONSENTED, TOWN, .patient_id = UNCONSENTED, .seats = { .items = seats, .count = 1 });
    as_nurse (region);
    must (region, "emergency_report", &message);
    feeds = number (region, "select count(*) from feed");
    as_stranger (region);
    message.patient_id = UNCONSENTED;
    is (refused (region, "emergency_report", &message), "already_there",
        "the id of an alert one cannot see is taken, and that is all one learns");
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    message.patient_id = PATIENT;
    is (refused (region, "emergency_report", &message), "already_there", "...so is a colleague's, for the same person");
    is_number (number (region, "select count(*) from alert"), 1, "...one alert");
    is_number (number (region, "select count(*) from feed"), feeds, "...and nobody hears of the others");
    is (text (region, "select patient_id::text from alert"), PATIENT, "...about whom it was reported first");
    as_stranger (region);
    message = report_of (region, new_alert ());
    message.patient_id = UNCONSENTED;
    is (refused (region, "emergency_report", &message), "accepted", "with an id of its own the report is taken");
}

/* The same report over and over: while it is searched for, accepted and ended. */
static void test_repeated (struct region *region)
{
    const char *alert = new_alert ();
    struct emergency_report message = report_of (region, alert);
    struct emergency_report_answer answer;

    forget (region);
    as_nurse (region);
    must (region, "emergency_report", &message);
    as_doctor (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = alert, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE });
    as_nurse (region);
    message.happened = "二度目";
    message.urgency = URGENCY_LIFE_THREATENING;
    is_number (call (region, "emergency_report", &message, &answer), 0, "N-02 a report sent again after it was accepted is answered");
    ok (!answer.has_next_at && answer.asked.items[0].state == TRY_STATE_ACCEPTED, "...with what became of it");
    must (region, "alert_end", &(struct alert_end) { .alert_id = alert, .outcome = "済" });
    is_number (call (region, "emergency_report", &message, &answer), 0, "N-02 ...and after its end");
    is_number (number (region, "select state from alert"), ALERT_STATE_ENDED, "...which it does not undo");
    is (text (region, "select happened from alert"), PLANTED_DIAGNOSIS "で息が苦しい", "...nor change its words");
    is_number (number (region, "select count(*) from feed where person_id = '" DOCTOR "' and kind = 4"), 1,
               "...and the doctor was asked once");
}

/* Somebody else reports the same person minutes later: as it is built, an alert of its own, and nobody is left out of either. */
static void test_second_report (struct region *region)
{
    char first[40], second[40];
    struct emergency_report message;

    snprintf (first, sizeof first, "%s", new_alert ());
    snprintf (second, sizeof second, "%s", new_alert ());
    forget (region);
    message = report_of (region, first);
    as_nurse (region);
    must (region, "emergency_report", &message);
    message = report_of (region, second);
    as_manager (region);
    must (region, "emergency_report", &message);
    ok (asked (region, first) == 1 && asked (region, second) == 1, "two people report the same person: the doctor is asked in both");
    is_number (number (region, "select count(*) from feed where person_id = '" MANAGER "' and kind = 3"), 1,
               "...each reporter hears of the other's");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "' and kind = 3"), 1, "...once");
}

int main (void)
{
    struct region *region = region_open ();

    test_times (region);
    test_kinds (region);
    test_names (region);
    test_taken_id (region);
    test_repeated (region);
    test_second_report (region);
    harness_close (&region->harness);
    return done ();
}
