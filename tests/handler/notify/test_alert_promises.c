/* What an alert promises over time: each step when it is due and written down (N-05, N-13, U-09), the order it began with (N-44), and that a
 * refusal is for those who look for help now, not for later (practice.md). */
#include "region.h"

static struct alert_view view;

static int64_t asked_after (struct region *region, const char *alert, const char *where)
{
    return harness_number (region->harness,
                           "select coalesce (round (extract (epoch from t.asked_at - a.received_at))::bigint, -1) from alert a"
                           " left join alert_try t on t.alert_id = a.alert_id and %s where a.alert_id = '%s' order by t.try_id limit 1",
                           where, alert);
}

static int64_t asked (struct region *region, const char *alert)
{
    return harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = %d", alert, TIMELINE_KIND_ASKED);
}

/* The clock stands still but for this, and a hundredth of a second: what the machine needs does not count. */
static void pass (struct region *region, int64_t seconds)
{
    static int64_t passed;

    passed += seconds * 1000 + 10;
    harness_sql (region->harness, "select guard.set_clock ((extract (epoch from timestamptz '2026-11-24 01:00:00+00' + interval '%lld milliseconds'"
                 " - clock_timestamp ()) * 1000000)::bigint, 0)", (long long) passed);
}

static void after (struct region *region, int64_t seconds)
{
    pass (region, seconds);
    run_engine (region);
}

static void end (struct region *region, const char *alert)
{
    as_manager (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = alert, .outcome = "終了" });
    pass (region, 3600);
}

static void test_steps (struct region *region)
{
    report (region, ALERT ("01"));
    run_engine (region);
    is_number (asked (region, ALERT ("01")), 1, "U-09 at once the first one");
    after (region, 179);
    is_number (asked (region, ALERT ("01")), 1, "N-13 at 179 s nobody else");
    after (region, 1);
    is_number (asked (region, ALERT ("01")), 2, "N-13 at 180 s the next one");
    after (region, 179);
    is_number (asked (region, ALERT ("01")), 2, "N-13 at 359 s nobody else");
    after (region, 1);
    is_number (asked (region, ALERT ("01")), 3, "U-09 at 360 s the last resort");
    ok (asked_after (region, ALERT ("01"), "t.person_id = '" DOCTOR "'") == 0 && asked_after (region, ALERT ("01"), "t.person_id = '" DEPUTY "'") == 180
            && asked_after (region, ALERT ("01"), "t.target = 4") == 360, "U-09 every step is kept with its time: 0, 180 and 360 s");
    is_number (number (region, "select count(*) from alert_line where alert_id = '" ALERT ("01") "' and kind = 8 and person_id in ('" DOCTOR "', '" DEPUTY "')"), 2,
               "U-09 ...and that the two before did not answer");
    end (region, ALERT ("01"));
}

/* Another process finds the alert where the first one left it. */
static void restart (struct region *region)
{
    harness_close (&region->harness);
    region->harness = harness_open (&notify_service, &region->self);
}

static void test_restart (struct region *region)
{
    report (region, ALERT ("02"));
    run_engine (region);
    pass (region, 170);
    restart (region);
    run_engine (region);
    is_number (asked (region, ALERT ("02")), 1, "N-05 restarted ten seconds before the next step: it is not early");
    after (region, 10);
    is_number (asked (region, ALERT ("02")), 2, "N-05 ...it comes when it is due");
    is_number (asked_after (region, ALERT ("02"), "t.person_id = '" DEPUTY "'"), 180, "N-05 ...to the second");
    restart (region);
    run_engine (region);
    is_number (asked (region, ALERT ("02")), 2, "N-05 restarted right after a step: it is not repeated");
    pass (region, 200);
    restart (region);
    run_engine (region);
    is_number (asked (region, ALERT ("02")), 3, "N-05 overdue at the start: it is made at once");
    is_number (asked_after (region, ALERT ("02"), "t.target = 4"), 380, "N-05 ...by the first look of the engine");
    is_number (number (region, "select count(distinct coalesce (person_id, office_id)) from alert_try where alert_id = '" ALERT ("02") "' and asked_at is not null"), 3,
               "N-05 none was skipped");
    end (region, ALERT ("02"));
}

static void test_version (struct region *region)
{
    const struct chain_row alone = { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON,
                                     .person_id = DOCTOR, .office_id = CLINIC };
    const struct chain_put chain = { .patient_id = PATIENT, .rows = { &alone, 1 } };

    report (region, ALERT ("03"));
    run_engine (region);
    as_manager (region);
    must (region, "chain_put", &chain);
    after (region, 180);
    is_number (asked_after (region, ALERT ("03"), "t.person_id = '" DEPUTY "'"), 180, "N-44 a running alert goes on with the order it began with");
    is_number (asked_after (region, ALERT ("03"), "t.target = 4"), -1, "N-44 ...the last resort's turn has not come");
    end (region, ALERT ("03"));
    report (region, ALERT ("04"));
    run_engine (region);
    after (region, 180);
    is_number (number (region, "select count(*) from alert_try where alert_id = '" ALERT ("04") "' and person_id = '" DEPUTY "'"), 0,
               "N-44 the next alert has the new order: nobody is on duty in it");
    is_number (asked_after (region, ALERT ("04"), "t.target = 4"), 180, "N-44 ...and the last resort comes second");
    end (region, ALERT ("04"));
}

static bool shows_decline (void)
{
    bool shown = false;

    for (size_t i = 0; i < view.tries.count; i++)
        shown |= view.tries.items[i].state == TRY_STATE_DECLINED || view.tries.items[i].decline;
    for (size_t i = 0; i < view.timeline.count; i++)
        shown |= view.timeline.items[i].kind == TIMELINE_KIND_DECLINED;
    return shown;
}

static void read_alert (struct region *region)
{
    view = (struct alert_view) { 0 };
    must (region, "alert", &(struct alert) { .alert_id = ALERT ("05") });
    call (region, "alert", &(struct alert) { .alert_id = ALERT ("05") }, &view);
}

static void test_declines (struct region *region)
{
    report (region, ALERT ("05"));
    as_doctor (region);
    must (region, "alert_answer", &(struct alert_answer) { .alert_id = ALERT ("05"), .answer = ALERT_ANSWER_KIND_CANNOT, .decline = DECLINE_REASON_IN_CONSULTATION });
    as_manager (region);
    read_alert (region);
    ok (shows_decline (), "practice: while somebody is looked for, the team reads who cannot come");
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("05"), .outcome = "落ち着いた" });
    read_alert (region);
    ok (!shows_decline (), "practice: after the end it does not");
    ok (view.tries.count > 0 && view.timeline.count > 2 && view.timeline.items[view.timeline.count - 1].kind == TIMELINE_KIND_ENDED,
        "...but the rest of the course");
    as_doctor (region);
    read_alert (region);
    ok (shows_decline (), "practice: whoever declined reads the own answer");
    is_number (number (region, "select count(*) from alert_line where alert_id = '" ALERT ("05") "' and kind = 7"), 1, "N-63 the audit has it for good");
}

int main (void)
{
    struct region *region = region_open ();

    pass (region, 0);
    test_steps (region);
    test_restart (region);
    test_version (region);
    test_declines (region);
    harness_close (&region->harness);
    return done ();
}
