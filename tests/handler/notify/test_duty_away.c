/* PostgreSQL away: the duty table from the last copy, marked; an emergency report refused with whom to call; nothing else (design §5). */
#include "region.h"
#include "duty_copy.h"

static void remembered (struct region *region, const char *town, uint64_t roles)
{
    harness_as (region->harness, &(struct harness_actor) { .person = NURSE, .office = STATION, .municipality = town, .roles = roles,
                                                           .remembered = true });
}

static void as_remembered_nurse (struct region *region)
{
    remembered (region, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
}

static const char *param_of (const struct error *err, const char *name)
{
    for (int i = 0; i < err->param_count; i++)
        if (strcmp (err->params[i].name, name) == 0)
            return err->params[i].value;
    return NULL;
}

static void take_copy (struct region *region)
{
    if (harness_job (region->harness, "duty_copy", &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static void test_no_copy (struct region *region)
{
    const struct duty_now ask = { 0 };
    struct emergency_report message = report_of (region, ALERT ("01"));

    as_remembered_nurse (region);
    is (refused (region, "duty_now", &ask), "try_later", "a process that has made no copy yet says so");
    is (refused (region, "emergency_report", &message), "try_later", "...and knows nobody to call");
}

static void test_copy (struct region *region)
{
    struct duty_now_answer fresh, old;
    int64_t taken;

    as_nurse (region);
    call (region, "duty_now", &(struct duty_now) { .has_days = true, .days = 31 }, &fresh);
    ok (!fresh.stale && fresh.last_resorts.count == 0, "with the database there the answer is not stale");
    take_copy (region);
    taken = harness_now (region->harness);
    as_remembered_nurse (region);
    is_number (call (region, "duty_now", &(struct duty_now) { .has_days = true, .days = 31 }, &old), 0,
               "a remembered session reads the duty from the copy");
    ok (old.stale, "...which is marked");
    ok (old.as_of <= taken && old.as_of > taken - 60 * SECOND_US, "...with the time of the copy");
    ok (old.now.count == 1 && strcmp (old.now.items[0].person_id, DEPUTY) == 0 && strcmp (old.now.items[0].name, "若葉 四郎") == 0
            && strcmp (old.now.items[0].phone, "011-000-0014") == 0,
        "...and says who has duty, where and by which telephone");
    is_number ((int64_t) old.coming.count, (int64_t) fresh.coming.count, "...and the coming days");
    ok (old.last_resorts.count == 1 && strcmp (old.last_resorts.items[0].phone, "011-000-0015") == 0, "...and whom to call instead");
    call (region, "duty_now", &(struct duty_now) { .municipality = ELSEWHERE }, &old);
    is_number ((int64_t) (old.now.count + old.coming.count + old.last_resorts.count), 0, "another municipality has none of that");
    is_number (number (region, "select count(*) from ledger"), 0, "nothing of it is written anywhere");
}

static void test_report (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("02"));

    as_remembered_nurse (region);
    is (refused (region, "emergency_report", &message), "alarm_away", "no emergency report is accepted from a remembered session");
    is (param_of (&region->err, "name"), "夜間連絡センター", "...it is told whom to call");
    is (param_of (&region->err, "phone"), "011-000-0015", "...and by which telephone");
    is_number (number (region, "select count(*) from alert"), 0, "...and nothing is recorded, though the database is there again");
    remembered (region, ELSEWHERE, ROLE_BIT (ROLE_VISITING_NURSE));
    is (refused (region, "emergency_report", &message), "try_later", "a municipality without last resort has nobody to name");
    remembered (region, TOWN, ROLE_BIT (ROLE_MUNICIPAL_OFFICER));
    is (refused (region, "emergency_report", &message), "not_for_role", "who may not report is told nothing");
}

static void test_nothing_else (struct region *region)
{
    as_remembered_nurse (region);
    is (refused (region, "alert_list", &(struct alert_list) { 0 }), "try_later", "a remembered session reads nothing else");
    is (refused (region, "resolve", &(struct resolve) { .patient_id = PATIENT }), "try_later", "...no patient's order");
    is (refused (region, "feed_read", &(struct feed_read) { .position = 1 }), "try_later", "...and changes nothing");
    harness_as (region->harness, &(struct harness_actor) { .person = NURSE, .office = STATION, .municipality = TOWN,
                .roles = ROLE_BIT (ROLE_VISITING_NURSE), .remembered = true, .principal = "svc:sharing" });
    is (refused (region, "duty_now", &(struct duty_now) { 0 }), "try_later", "only the gateway remembers sessions");
}

/* The connections break and nobody gets a new one. */
static void cut (struct region *region, bool away)
{
    harness_sql (region->harness, "do $$ begin execute format ('alter database %%I connection limit %d', current_database ()); end $$",
                 away ? 0 : -1);
    if (away)
        harness_sql (region->harness, "select pg_terminate_backend (pid) from pg_stat_activity"
                                      " where datname = current_database () and pid <> pg_backend_pid ()");
}

static void test_lost (struct region *region)
{
    struct emergency_report message = report_of (region, ALERT ("03"));
    struct duty_now_answer answer;

    cut (region, true);
    as_nurse (region);
    is_number (call (region, "duty_now", &(struct duty_now) { 0 }, &answer), 0, "when the connection breaks the duty comes from the copy");
    ok (answer.stale && answer.now.count == 1, "...marked");
    is (refused (region, "emergency_report", &message), "alarm_away", "...a report is refused in clear words");
    is (refused (region, "alert_list", &(struct alert_list) { 0 }), "try_later", "...and what is not declared so, as before");
    cut (region, false);
    as_nurse (region);
    is_number (call (region, "duty_now", &(struct duty_now) { 0 }, &answer), 0, "when it is back");
    ok (!answer.stale, "...the answer is fresh");
    is (refused (region, "emergency_report", &message), "accepted", "...and the same report, sent again, is accepted");
    is_number (number (region, "select count(*) from alert"), 1, "...once");
}

static void test_present (void)
{
    const struct duty_line lines[] = { { .rotation_id = ROTATION, .rotation = "r", .municipality = TOWN, .from = 1, .to = 3600LL * SECOND_US },
                                       { .rotation_id = ROTATION, .rotation = "r", .municipality = TOWN, .from = 3600LL * SECOND_US,
                                         .to = 7200LL * SECOND_US } };
    const struct duty_lines list = { (struct duty_line *) lines, 2 };
    struct duty_now_answer answer = { 0 };
    ARENA (arena);

    duty_split (&list, NULL, 1800LL * SECOND_US, 86400LL * SECOND_US, &arena, &answer);
    ok (answer.now.count == 1 && answer.coming.count == 1, "before the handoff the first has duty, the second comes");
    duty_split (&list, NULL, 3600LL * SECOND_US, 86400LL * SECOND_US, &arena, &answer);
    ok (answer.now.count == 1 && answer.now.items[0].from == 3600LL * SECOND_US && answer.coming.count == 0,
        "N-33 a copy is reckoned for the present: after the handoff it is the second");
    duty_split (&list, NULL, 7200LL * SECOND_US, 86400LL * SECOND_US, &arena, &answer);
    is_number ((int64_t) (answer.now.count + answer.coming.count), 0, "...and when the lines have run out, nobody");
}

int main (void)
{
    struct region *region = region_open ();

    region->self.duty_copy = duty_copy_open ();
    test_no_copy (region);
    test_copy (region);
    test_report (region);
    test_nothing_else (region);
    test_lost (region);
    test_present ();
    harness_close (&region->harness);
    duty_copy_close (&region->self.duty_copy);
    return done ();
}
