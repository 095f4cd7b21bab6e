/* practice.md "Care manager", which settles U-20 against N-48: the entry in the application at once, always; a call or text message outside the
 * own hours only for who wants it, else by the telephone of the office that is answered then; and how it ended stands first in the morning. */
#include "region.h"

#define OF_MANAGER "person_id = '" MANAGER "'"
#define LINE "0990-30-0009"
static const int all_classes[] = { DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR,
                                   DAY_CLASS_LOCAL };
static const struct channel_preference voice_first[] = { { CONTACT_KIND_VOICE, true, false, 0 }, { CONTACT_KIND_EMAIL, true, false, 0 } };
static struct phone_hours band;

/* 14:00 or 23:00 of a day in Japan; one alert. */
static void begin (struct region *region, int hour, const char *alert)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));

    forward (region, ((hour * 60 - now.minute + 1440) % 1440) * 60);
    harness_empty (region->harness, "delivery, delivery_attempt, reply_code, alert, feed, feed_head, feed_reading");
    report (region, alert);
}

static const char *prefer (struct region *region, int from, int to, bool on_call)
{
    const struct preference_put put = { .has_quiet_from = true, .quiet_from = 1200, .has_quiet_to = true, .quiet_to = 480, .night_calls = on_call,
                                        .channels = { voice_first, 2 }, .hours = { &band, to ? 1 : 0 } };

    band = (struct phone_hours) { { all_classes, 7 }, from, to };
    as_manager (region);
    return refused (region, "preference_put", &put);
}

static int64_t told (struct region *region, const char *how)
{
    return harness_number (region->harness, "select count(*) from delivery where not asks and %s", how);
}

#define CALLS "kind in (4, 5) and " OF_MANAGER
#define LETTERS "kind = 2 and " OF_MANAGER
#define LINE_RINGS "kind = 4 and person_id is null and address = '" LINE "'"

/* In the transaction of the report itself: whoever sees the alert sees the entry. */
static void test_entry (struct region *region)
{
    static const int hours[] = { 14, 23, 4 };
    int64_t found = 0;

    for (int i = 0; i < 3; i++) {
        begin (region, hours[i], ALERT ("01"));
        found += number (region, "select count(*) from feed f join alert a using (alert_id) where f." OF_MANAGER
                                 " and f.kind = 3 and f.xmin = a.xmin and f.at = a.received_at");
    }
    is_number (found, 3, "Care manager: an entry in the application stands with the report, in its own transaction, by day and by night");
    is (prefer (region, 540, 1080, false), "accepted", "(with own hours and quiet hours)");
    begin (region, 23, ALERT ("01"));
    is_number (number (region, "select count(*) from feed where " OF_MANAGER " and kind = 3"), 1, "...always: no preference holds it back");
}

static void test_calls (struct region *region)
{
    add_contact (region, ID ("6b"), MANAGER, CONTACT_KIND_VOICE, "090-0000-0002");
    prefer (region, 540, 1080, false);
    begin (region, 14, ALERT ("02"));
    ok (told (region, CALLS) == 1 && told (region, LETTERS) == 0, "Care manager: within the own hours a call, as chosen");
    begin (region, 19, ALERT ("02"));
    ok (told (region, CALLS) == 0 && told (region, LETTERS) == 1, "...outside them no call and no text message: the next channel, not in quiet hours yet");
    begin (region, 23, ALERT ("02"));
    is_number (told (region, CALLS), 0, "...nor at night");
    prefer (region, 540, 1080, true);
    begin (region, 23, ALERT ("02"));
    is_number (told (region, CALLS " and state = 1 and next_at <= guard.now ()"), 1, "...but for who has it switched on: called at once, at night too");
    prefer (region, 0, 0, false);
    begin (region, 14, ALERT ("02"));
    is_number (told (region, CALLS), 1, "who names no own hours is called outside the quiet hours, as before");
    is_number (told (region, LINE_RINGS), 0, "...and no office is called without a telephone that says its hours");
}

static void add_line (struct region *region, int from, int to)
{
    static struct phone_hours hours;
    static struct office_phone phone;

    hours = (struct phone_hours) { { all_classes, 7 }, from, to };
    phone = (struct office_phone) { "24時間の電話", LINE, { &hours, 1 } };
    as_rota_clerk (region);
    must (region, "office_phones_put", &(struct office_phones_put) { .office_id = CARE_OFFICE, .phones = { &phone, 1 } });
}

static void test_line (struct region *region)
{
    add_line (region, 0, 1440);
    prefer (region, 540, 1080, false);
    begin (region, 14, ALERT ("03"));
    is_number (told (region, LINE_RINGS), 0, "Care manager: within the own hours the office's line stays silent");
    begin (region, 19, ALERT ("03"));
    ok (told (region, LINE_RINGS) == 1 && told (region, CALLS) == 0, "...outside them it rings instead");
    ok (number (region, "select count(*) from delivery where " LINE_RINGS " and code is null and text not like '%" PLANTED_NAME "%' and text not like '%"
                        PLANTED_DIAGNOSIS "%'") == 1, "N-58 ...telling nobody's name, asking for nothing");
    prefer (region, 540, 1080, true);
    begin (region, 19, ALERT ("03"));
    ok (told (region, LINE_RINGS) == 0 && told (region, CALLS) == 1, "...not for who is called in person");
    harness_empty (region->harness, "preference");
    begin (region, 23, ALERT ("03"));
    is_number (told (region, LINE_RINGS), 1, "...also for who has said nothing: at night the standard quiet hours count");
    begin (region, 14, ALERT ("03"));
    is_number (told (region, LINE_RINGS), 0, "...by day not");
    add_line (region, 540, 1080);
    begin (region, 23, ALERT ("03"));
    is_number (told (region, LINE_RINGS), 0, "...and not outside the line's own hours");
    harness_sql (region->harness, "update notify.consent set scopes = '{}'");
    add_line (region, 0, 1440);
    begin (region, 23, ALERT ("03"));
    is_number (told (region, LINE_RINGS), 0, "...nor about somebody who did not consent to sharing");
    add_consent (region, PATIENT);
}

static void test_refused (struct region *region)
{
    is (prefer (region, 1080, 540, false), "period_reversed", "own hours that end before they begin are refused");
    is (region->err.fields[0].pointer, "/hours/0/to_minute", "...and the field is named");
    is (prefer (region, 540, 1080, false), "accepted", "(own hours)");
    {
        struct preference_answer answer = { 0 };

        call (region, "preference", &(struct preference) { 0 }, &answer);
        ok (answer.hours.count == 1 && answer.hours.items[0].from_minute == 540 && answer.hours.items[0].day_classes.count == 7, "...are read as written");
    }
}

static struct feed_answer morning (struct region *region, const char *after)
{
    struct feed_answer answer = { 0 };

    call (region, "feed", &(struct feed) { .after = after }, &answer);
    return answer;
}

static void end_it (struct region *region, const char *alert)
{
    as_doctor (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = alert, .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true,
                                                           .arrival_at = harness_now (region->harness) + 1800 * SECOND_US });
    must (region, "alert_end", &(struct alert_end) { .alert_id = alert, .outcome = "酸素を増やし、落ち着かれました" });
}

static void test_morning (struct region *region)
{
    struct feed_answer answer;

    begin (region, 23, ALERT ("04"));
    as_manager (region);
    is_number ((int64_t) morning (region, NULL).outcomes.count, 0, "what goes on is no outcome yet");
    end_it (region, ALERT ("04"));
    forward (region, 9 * 3600);
    harness_empty (region->harness, "ledger");
    as_manager (region);
    answer = morning (region, NULL);
    ok (answer.outcomes.count == 1 && strcmp (answer.outcomes.items[0].outcome, "酸素を増やし、落ち着かれました") == 0
        && strcmp (answer.outcomes.items[0].taken_by, "青葉 三郎") == 0 && answer.outcomes.items[0].answer == ALERT_ANSWER_KIND_VISIT
        && answer.outcomes.items[0].tag == CONDITION_TAG_BREATHING && answer.outcomes.items[0].ended_at > answer.outcomes.items[0].reported_at,
        "Care manager: in the morning the outcome stands first: what happened, who came, what came of it");
    is_number (number (region, "select count(*) from ledger where subjects @> array['" PATIENT "'::uuid]"), 1, "S-27 ...which stands in the ledger");
    is_number ((int64_t) morning (region, "1000").outcomes.count, 0, "...on the first page");
    must (region, "feed_read", &(struct feed_read) { .position = answer.items.items[0].position });
    is_number ((int64_t) morning (region, NULL).outcomes.count, 0, "...until it is read");
    as_nurse (region);
    is_number ((int64_t) morning (region, NULL).outcomes.count, 0, "a nurse's list is as it was");
}

/* Two nights, of which one was read; a drill; fourteen days. */
static void test_several (struct region *region)
{
    begin (region, 23, ALERT ("05"));
    end_it (region, ALERT ("05"));
    report (region, ALERT ("06"));
    end_it (region, ALERT ("06"));
    as_manager (region);
    {
        struct feed_answer answer = morning (region, NULL);

        ok (answer.outcomes.count == 2 && strcmp (answer.outcomes.items[0].alert_id, ALERT ("06")) == 0, "several outcomes, the newest first");
    }
    harness_sql (region->harness, "update alert set exercise = true where alert_id = '" ALERT ("06") "'");
    is_number ((int64_t) morning (region, NULL).outcomes.count, 1, "a drill is none");
    forward (region, 15 * 86400);
    is_number ((int64_t) morning (region, NULL).outcomes.count, 0, "after two weeks it is history");
}

int main (void)
{
    struct region *region = region_open ();

    test_entry (region);
    test_calls (region);
    test_line (region);
    test_refused (region);
    test_morning (region);
    test_several (region);
    harness_close (&region->harness);
    return done ();
}
