/* N-72: every morning who has duty, to each organisation, once; N-65 and X-03: the week's figures, one's own to each, everybody's to the
 * rota
 * office; N-32: a month on paper and as rows from the same lines. */
#include "region.h"


/* Decision time becomes the next such weekday (1 Monday) and minute in Japan; days go forward only. */
static void wait_until (struct region *region, int weekday, int minute)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    int64_t days = (weekday - now.weekday + 7) % 7;

    if (days == 0 && now.minute >= minute)
        days = 7;
    forward (region, days * 86400 + (minute - now.minute) * 60);
}

static void run_reports (struct region *region)
{
    for (int i = 0; i < 6; i++)
        if (harness_job (region->harness, "reports", &region->err) < 0) {
            printf ("Bail out! reports: %s %s\n", error_name_of (&region->err), region->err.detail);
            exit (1);
        }
}

static void forget (struct region *region)
{
    harness_empty (region->harness, "delivery, report_sent, feed, feed_head, feed_reading");
}

static const char *letter_to (struct region *region, const char *person, const char *subject)
{
    const char *found = harness_text (region->harness,
                                      "select subject || E'\\n' || text from delivery where person_id = '%s' and subject like '%%%s%%'",
                                      person, subject);

    return found ? found : "no letter";
}

static int64_t told (struct region *region, const char *person, int kind)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d", person, kind);
}

static void test_daily (struct region *region)
{
    const char *letter;

    forget (region);
    wait_until (region, 4, 7 * 60 + 29);
    run_reports (region);
    is_number (number (region, "select count(*) from report_sent"), 0, "N-72: at 7:29 nothing goes out");
    forward (region, 60);
    run_reports (region);
    is_number (number (region, "select count(*) from report_sent where kind = 'daily' and located_in = '" TOWN "'"), 1,
               "N-72: at 7:30 it does");
    letter = letter_to (region, DOCTOR, "の当番");
    ok (strstr (letter, "【連携】中央市の当番") && strstr (letter, "■ 本日") && strstr (letter, "■ 今夜") && strstr (letter, "内科当番 若葉 四郎（若葉医院）"),
        "N-72: …to whom answers for an organisation: on duty today, tonight and the next days");
    ok (!strstr (letter, PLANTED_NAME), "N-58: …and names nobody in care");
    ok (told (region, DEPUTY, FEED_KIND_DAILY_SUMMARY) == 1 && told (region, MANAGER, FEED_KIND_DAILY_SUMMARY) == 1,
        "…and in the feed of each organisation");
    is_number (told (region, FOREIGNER, FEED_KIND_DAILY_SUMMARY), 0, "…but not elsewhere, where there is no rotation");
    run_reports (region);
    forward (region, 3600);
    run_reports (region);
    ok (number (region, "select count(*) from delivery where person_id = '" DOCTOR "'") == 1 && told (region, DOCTOR,
        FEED_KIND_DAILY_SUMMARY) == 1,
        "N-72: once a morning, however often the job runs");
    is_number (number (region, "select min (lane) from delivery where subject like '%の当番%'"), 4,
               "N-11: it waits behind everything that matters more");
    forward (region, 23 * 3600);
    run_reports (region);
    is_number (told (region, DOCTOR, FEED_KIND_DAILY_SUMMARY), 2, "…and again the next morning");
    forget (region);
    forward (region, 86400 + 5 * 3600);
    run_reports (region);
    is_number (number (region, "select count(*) from report_sent"), 0, "a morning that is over at noon is not made up for");
}

/* Seven people answer for one office, one of them for another of the same name as well: none is left out, none is told twice. */
static void test_nobody_left_out (struct region *region)
{
    static const char *const people[] = { ID ("a1"), ID ("a2"), ID ("a3"), ID ("a4"), ID ("a5"), ID ("a6"), ID ("a7") },
                      *const members[] = { ID ("b1"), ID ("b2"), ID ("b3"), ID ("b4"), ID ("b5"), ID ("b6"), ID ("b7") };

    add_office (region, ID ("c1"), "ひなたの里", TOWN, "011-000-0101");
    add_office (region, ID ("c2"), "ひなたの里", TOWN, "011-000-0102");
    for (int i = 0; i < 7; i++) {
        add_person (region, members[i], people[i], "管理 太郎", ID ("c1"), TOWN, ROLE_SERVICE_MANAGER);
        add_contact (region, members[i], people[i], CONTACT_KIND_EMAIL, "someone@example.invalid");
    }
    add_person (region, ID ("b8"), people[0], "管理 太郎", ID ("c2"), TOWN, ROLE_SERVICE_MANAGER);
    forget (region);
    wait_until (region, 4, 7 * 60 + 31);
    run_reports (region);
    is_number (number (region, "select count(distinct person_id) from delivery where person_id::text like '%00a_'"), 7, "N-72: everybody who answers for an organisation is written to");
    is_number (number (region, "select count(*) from delivery where person_id = '" ID ("a1") "'"), 2, "N-72: …for each of them, also where two have the same name");
    is_number (number (region, "select count(*) from feed where person_id::text like '%00a_' and kind = 26"), 7, "…in the feed once");
}

/* A report, answered by the deputy 100 s after being asked. */
static void one_alert (struct region *region)
{
    const struct alert_answer yes = { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };

    report (region, ALERT ("01"));
    forward (region, 200);
    run_engine (region);
    forward (region, 100);
    as_deputy (region);
    must (region, "alert_answer", &yes);
}

static void test_weekly (struct region *region)
{
    const char *letter;

    wait_until (region, 3, 12 * 60);
    forget (region);
    one_alert (region);
    wait_until (region, 1, 7 * 60 + 29);
    run_reports (region);
    is_number (number (region, "select count(*) from report_sent where kind = 'weekly'"), 0, "Monday, 7:29: not yet");
    forward (region, 60);
    run_reports (region);
    is_number (number (region, "select count(*) from report_sent where kind = 'weekly' and located_in = '" TOWN "'"), 1,
               "X-03: Monday, 7:30: the week's figures");
    is_number (told (region, DEPUTY, FEED_KIND_WEEKLY_REPORT), 1, "…to whoever had duty");
    is_number (told (region, ROTA_CLERK, FEED_KIND_WEEKLY_REPORT), 1, "…and to the rota office");
    is_number (told (region, MANAGER, FEED_KIND_WEEKLY_REPORT), 0, "…not to everybody who had a notice: it would be one more");
    letter = letter_to (region, DOCTOR, "今週");
    ok (strstr (letter, "■ あなた") && strstr (letter, "呼出し1件、引受け0件") && !strstr (letter, "若葉"),
        "N-65: a doctor reads the own figures and the total");
    run_reports (region);
    is_number (told (region, DEPUTY, FEED_KIND_WEEKLY_REPORT), 1, "once a week");
}

static void test_fairness (struct region *region)
{
    const struct fairness ask = { .municipality = TOWN };
    struct fairness_answer answer;

    as_deputy (region);
    is_number (call (region, "fairness", &ask, &answer), 0, "N-65: a doctor asks for the figures");
    ok (answer.people.count == 1 && strcmp (answer.people.items[0].person_id, DEPUTY) == 0, "N-65: …of persons only the own");
    ok (answer.people.items[0].nights >= 27 && answer.people.items[0].calls == 1 && answer.people.items[0].accepts == 1
            && answer.people.items[0].median_seconds >= 100, "…nights, calls, acceptances, the median time to accept");
    ok (answer.total->calls == 2 && answer.people_count >= 2 && !answer.total->person_id, "…and the total");
    harness_sql (region->harness,
                 "insert into preference (person_id, quiet_from, quiet_to, digest, night_calls, kinds, disabled, after_seconds, set_at)"
                 " values ('" DOCTOR "', 0, 0, true, false, '{2}', '{}', '{0}', guard.now ())");
    as_rota_clerk (region);
    call (region, "fairness", &ask, &answer);
    is_number (answer.total->muted, 1, "X-03: who wants one message a day is counted");
    ok (answer.people.count >= 2, "N-65: the rota office sees every person");
    act_as (region, STRANGER, OTHER_OFFICE, TOWN, ROLE_BIT (ROLE_MUNICIPAL_OFFICER));
    call (region, "fairness", &ask, &answer);
    ok (answer.people.count == 0 && answer.offices.count >= 2, "N-65: the municipality sees offices, and no person");
    as_foreigner (region);
    is (refused (region, "fairness", &ask), "not_for_role", "another municipality's are not told");
    as_deputy (region);
    is (refused (region, "fairness", &(struct fairness) { .municipality = TOWN, .from = "2026-02-01", .to = "2026-01-01" }),
        "period_reversed",
        "a period that ends before it begins");
    is (refused (region, "fairness", &(struct fairness) { .municipality = TOWN, .from = "2024-01-01" }), "field_out_of_range",
        "one of years");
}

static void test_drills_do_not_count (struct region *region)
{
    const struct fairness ask = { .municipality = TOWN };
    struct fairness_answer answer;

    if (number (region,
                "select count(*) from information_schema.columns where table_schema = 'notify' and table_name = 'alert' and column_name = 'exercise'"
                        ) == 0)
        return;
    harness_sql (region->harness, "update alert set exercise = true");
    as_deputy (region);
    call (region, "fairness", &ask, &answer);
    is_number (answer.total->calls, 0, "N-64: a drill is in no statistics");
}

static void test_month (struct region *region)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    const char *month;
    struct duty_sheet_rows_answer rows;
    struct file_answer paper;
    ARENA (arena);

    month = arena_print (&arena, "%04d-%02d", now.year, now.month);
    as_nurse (region);
    is_number (call (region, "duty_sheet_rows", &(struct duty_sheet_rows) { .municipality = TOWN, .month = month }, &rows), 0,
               "N-32: the month as rows");
    ok (rows.lines.count >= 28 && rows.lines.count <= 31 && strcmp (rows.lines.items[0].name, "若葉 四郎") == 0, "…one a day");
    is_number (call (region, "duty_sheet", &(struct duty_sheet) { .municipality = TOWN, .month = month }, &paper), 0,
               "N-32: …and on paper");
    ok (paper.body.size > 3000 && memcmp (paper.body.data, "%PDF", 4) == 0 && strcmp (paper.media_type, "application/pdf") == 0,
        "…as a PDF");
    is (paper.file_name, arena_print (&arena, "往診当番表_中央市_%s.pdf", month), "…with a name");
    call (region, "duty_sheet_rows", &(struct duty_sheet_rows) { .municipality = TOWN, .month = month, .rotation_id = ID ("99") }, &rows);
    is_number ((int64_t) rows.lines.count, 0, "a rotation there is not has no rows");
    is (refused (region, "duty_sheet", &(struct duty_sheet) { .municipality = TOWN, .month = "2026-99" }), "date_invalid", "no such month");
}

int main (void)
{
    struct region *region = region_open ();

    test_month (region);
    test_daily (region);
    test_nobody_left_out (region);
    test_weekly (region);
    test_fairness (region);
    test_drills_do_not_count (region);
    harness_close (&region->harness);
    return done ();
}
