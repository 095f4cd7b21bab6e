/* The engine when something is wrong: a step that keeps failing, an alert that was forgotten, a wall clock that is set, a long pause. */
#include "region.h"

static int64_t offset_us;

static void ahead (struct region *region, int64_t seconds)
{
    offset_us += seconds * SECOND_US;
    harness_clock (region->harness, offset_us);
}

static int64_t lines (struct region *region, const char *alert, int kind)
{
    return harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = %d", alert, kind);
}

static int64_t step_of (struct region *region, const char *alert)
{
    return harness_number (region->harness, "select step from alert where alert_id = '%s'", alert);
}

/* Runs the engine although runs may fail; gives how many did. */
static int run_anyhow (struct region *region, int times)
{
    int failed = 0;

    for (int i = 0; i < times; i++) {
        region->err = (struct error) { 0 };
        failed += harness_job (region->harness, "alert_engine", &region->err) < 0;
    }
    return failed;
}

/* Nobody can be written into the list of this one alert. */
static void break_alert (struct region *region, const char *alert)
{
    harness_sql (region->harness, "create or replace function spoil () returns trigger language plpgsql as"
                 " 'begin if new.alert_id = ''%s'' then raise exception ''spoilt''; end if; return new; end'", alert);
    harness_sql (region->harness, "create trigger spoil before insert on alert_try for each row execute function spoil ()");
}

static void test_failing_step (struct region *region)
{
    int failed;

    report (region, ALERT ("01"));
    report (region, ALERT ("02"));
    break_alert (region, ALERT ("01"));
    ahead (region, 181);
    failed = run_anyhow (region, 6);
    ok (failed >= 1 && failed <= 2, "a step that fails is put off");
    is_number (step_of (region, ALERT ("01")), 1, "...nothing of it is written");
    is_number (step_of (region, ALERT ("02")), 2, "...and the other alert goes on");
    for (int i = 0; i < 6; i++) {
        ahead (region, 40);
        run_anyhow (region, 3);
    }
    ok (number (region, "select count(*) from feed where alert_id = '" ALERT ("01") "' and person_id = '" DESK_CLERK "' and kind = 4") >= 1,
        "after three failures the last resort is called without looking for an order");
    harness_sql (region->harness, "drop trigger spoil on alert_try");
    ahead (region, 301);
    run_anyhow (region, 8);
    ahead (region, 121);
    run_anyhow (region, 8);
    ok (step_of (region, ALERT ("01")) >= 2, "...and once the trouble is over the order is asked");
    is_number (run_anyhow (region, 3), 0, "...without failures");
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
}

static void test_auditor (struct region *region)
{
    report (region, ALERT ("03"));
    harness_job (region->harness, "alert_auditor", &region->err);
    is_number (lines (region, ALERT ("03"), TIMELINE_KIND_NOTE), 0, "N-61 an alert that goes its way is let be");
    harness_sql (region->harness, "update alert set next_action_at = null where alert_id = '" ALERT ("03") "'");
    report (region, ALERT ("04"));
    ahead (region, 300);
    harness_sql (region->harness, "update alert set put_off_until = guard.now () + interval '1 hour' where alert_id = '" ALERT ("04") "'");
    run_engine (region);
    is_number (step_of (region, ALERT ("04")), 1, "an alert may hang");
    as_administrator (region);
    add_person (region, ID ("5b"), ROTA_CLERK, "管理 十一", ROTA_OFFICE, TOWN, ROLE_ADMINISTRATOR);
    harness_job (region->harness, "alert_auditor", &region->err);
    is_number (number (region, "select count(*) from alert where put_off_until is not null or (state = 1 and next_action_at is null)"), 0,
               "N-61 what hangs for a minute is taken up again");
    is_number (number (region, "select count(*) from feed where kind = 23 and person_id = '" ROTA_CLERK "'"), 2, "N-61 ...and reported, each");
    is_number (lines (region, ALERT ("04"), TIMELINE_KIND_NOTE), 1, "N-61 ...and the course says so");
    run_engine (region);
    is_number (step_of (region, ALERT ("03")), 2, "N-61 then it goes on");
    is_number (step_of (region, ALERT ("04")), 2, "...both do");
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
}

static int64_t due_in (struct region *region, const char *alert)
{
    return harness_number (region->harness, "select extract (epoch from next_action_at - guard.now ())::bigint from alert where alert_id = '%s'", alert);
}

static void test_clock (struct region *region)
{
    int64_t calls;

    report (region, ALERT ("05"));
    run_engine (region);
    ahead (region, -3600);
    run_engine (region);
    ok (due_in (region, ALERT ("05")) > 100 && due_in (region, ALERT ("05")) <= 180, "N-15 the clock is set back an hour: the next step comes when it would have");
    calls = lines (region, ALERT ("05"), TIMELINE_KIND_ASKED);
    ahead (region, 181);
    run_engine (region);
    is_number (lines (region, ALERT ("05"), TIMELINE_KIND_ASKED), calls + 1, "N-15 ...once");
    ahead (region, 3600);
    run_engine (region);
    is_number (lines (region, ALERT ("05"), TIMELINE_KIND_ASKED), calls + 2, "N-15 set forward an hour: one step, not thirty");
    run_engine (region);
    is_number (lines (region, ALERT ("05"), TIMELINE_KIND_ASKED), calls + 2, "N-15 ...and no message twice");
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null");
}

/* N-06: the deputy whose turn came while nothing ran is away meanwhile. */
static void test_pause (struct region *region)
{
    const struct absence_add away = { .absence_id = ID ("81"), .person_id = DEPUTY, .from = harness_now (region->harness) + 300LL * SECOND_US,
                                      .to = harness_now (region->harness) + 86400LL * SECOND_US };

    report (region, ALERT ("06"));
    as_deputy (region);
    must (region, "absence_add", &away);
    run_engine (region);
    ahead (region, 600);
    run_engine (region);
    is_number (lines (region, ALERT ("06"), TIMELINE_KIND_SKIPPED), 1, "N-06 whose time came and went while nothing ran stands in the course as missed");
    is_number (number (region, "select count(*) from feed where alert_id = '" ALERT ("06") "' and person_id = '" DEPUTY "'"), 0, "N-06 ...and is not called");
    ok (number (region, "select count(*) from feed where alert_id = '" ALERT ("06") "' and person_id = '" DESK_CLERK "' and kind = 4") == 1,
        "N-06 whoever is there now is called at once");
    ok (number (region, "select count(*) from alert_line where alert_id = '" ALERT ("06") "' and kind = 12 and text like '%遅れ%'") >= 1,
        "N-06 ...and the delay is written down");
}

int main (void)
{
    struct region *region = region_open ();

    test_failing_step (region);
    test_auditor (region);
    test_clock (region);
    test_pause (region);
    harness_close (&region->harness);
    return done ();
}
