/* The gap check as a job and as a page, who is told and how often; a month's table tried and set. */
#include "region.h"

static const int64_t DAY_US = 86400LL * SECOND_US;

static void check (struct region *region)
{
    for (int i = 0; i < 6; i++)
        if (harness_job (region->harness, "gap_check", &region->err) < 0) {
            printf ("Bail out! gap_check: %s %s\n", error_name_of (&region->err), region->err.detail);
            exit (1);
        }
}

static struct gap_list_answer gaps_of (struct region *region)
{
    struct gap_list_answer answer = { 0 };

    if (call (region, "gap_list", &(struct gap_list) { .municipality = TOWN }, &answer) < 0)
        note ("gap_list: %s %s", error_name_of (&region->err), region->err.detail);
    return answer;
}

static int64_t count_of (const struct gap_list_answer *answer, enum gap_kind kind)
{
    int64_t count = 0;

    for (size_t i = 0; i < answer->gaps.count; i++)
        count += answer->gaps.items[i].kind == kind;
    return count;
}

static int64_t told (struct region *region)
{
    return number (region, "select count(*) from feed where person_id = '" ROTA_CLERK "' and kind = 18");
}

/* 08:00 of the next day in Japan. */
static void next_morning (struct region *region)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));

    forward (region, (tokyo_instant (now.day_number + 1, 480) - harness_now (region->harness)) / SECOND_US);
}

/* Somebody of the rota office has called the last resort just now. */
static void call_desk (struct region *region, bool answered)
{
    harness_sql (region->harness, "insert into last_resort_call (test_id, located_in, called_at, answered, note, called_by, phone)"
                 " values (gen_random_uuid (), '" TOWN "', guard.now (), %s, 'x', '" ROTA_CLERK "', '011-000-0015')", answered ? "true" : "false");
}

static void test_quiet (struct region *region)
{
    struct gap_list_answer answer;

    next_morning (region);
    call_desk (region, true);
    check (region);
    as_rota_clerk (region);
    answer = gaps_of (region);
    is_number ((int64_t) answer.gaps.count, 0, "N-31 a roster without gaps has none");
    ok (answer.has_checked_at && answer.chains_to_check == 0, "...and says when it was looked at");
    is_number (told (region), 0, "U-08 ...and warns nobody");
}

static void test_absent (struct region *region)
{
    struct absence_add away = { .absence_id = ID ("81"), .person_id = DEPUTY, .from = harness_now (region->harness) + 3 * DAY_US,
                                .to = harness_now (region->harness) + 4 * DAY_US };
    struct gap_list_answer answer;

    as_deputy (region);
    must (region, "absence_add", &away);
    check (region);
    as_rota_clerk (region);
    answer = gaps_of (region);
    is_number (count_of (&answer, GAP_KIND_ABSENT), 1, "N-31 an absence without a substitute is a gap, after the change at once");
    ok (answer.gaps.items[0].soon && strcmp (answer.gaps.items[0].name, "若葉 四郎") == 0, "...within 14 days, with whose turn it is");
    is_number (told (region), 1, "N-31 U-08 the coordinator is warned");
    check (region);
    is_number (told (region), 1, "U-08 ...once a day");
    next_morning (region);
    check (region);
    is_number (told (region), 2, "U-08 ...and again the next day");
    as_deputy (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("81") });
    next_morning (region);
    check (region);
    is_number (told (region), 2, "U-08 what is filled is not warned about");
}

static struct alert_answer answer_of (enum alert_answer_kind kind, enum decline_reason why)
{
    return (struct alert_answer) { .alert_id = ALERT ("71"), .answer = kind, .decline = why };
}

/* Told in the application only: nobody waits for the deputy, but what he answers there counts. */
static void test_answer_in_application (struct region *region)
{
    const struct alert_answer cannot = answer_of (ALERT_ANSWER_KIND_CANNOT, DECLINE_REASON_TRAVELLING);
    const struct alert_answer go = answer_of (ALERT_ANSWER_KIND_BY_TELEPHONE, 0);
    struct alert_list_answer list;
    struct alert_view view;
    int64_t step = number (region, "select step from alert where alert_id = '" ALERT ("71") "'");

    as_stranger (region);
    is (refused (region, "alert_answer", &go), "not_for_you", "who was neither asked nor told answers nothing");
    as_deputy (region);
    is_number (call (region, "alert", &(struct alert) { .alert_id = ALERT ("71") }, &view), 0, "N-29 who is told in the application opens it");
    ok (view.my_answer_due && view.tries.items[view.tries.count - 1].state == TRY_STATE_SKIPPED,
        "N-29 ...is offered the four answers, and stands last in the list");
    ok (call (region, "alert_list", &(struct alert_list) { 0 }, &list) == 0 && list.alerts.count == 1 && list.alerts.items[0].waits_for_me,
        "N-29 ...and on the board");
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("71") });
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 7 and seen_at is not null"), 1,
               "N-40 that he has seen it makes nobody wait for him");
    must (region, "alert_answer", &cannot);
    must (region, "alert_answer", &cannot);
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 5"), 1, "N-40 he cannot, said twice is once");
    run_engine (region);
    is_number (number (region, "select step from alert where alert_id = '" ALERT ("71") "'"), step, "N-40 ...and no step waits or goes on for it");
    must (region, "alert_answer", &go);
    is (text (region, "select state || ' ' || accepted_name from alert where alert_id = '" ALERT ("71") "'"), "2 若葉 四郎",
        "N-40 he takes it in the application after all");
    is_number (number (region, "select count(*) from alert_try where target = 4 and state = 8"), 1, "N-42 ...which calls the others off");
    as_doctor (region);
    is (refused (region, "alert_answer", &go), "already_accepted", "N-41 ...and who comes after is told who has it");
}

static void test_unreachable (struct region *region)
{
    struct gap_list_answer answer;

    harness_sql (region->harness, "insert into gap_told select '" TOWN "', (guard.now () at time zone 'Asia/Tokyo')::date");
    add_office (region, CLINIC_2, "若葉医院", TOWN, NULL);
    add_contact (region, ID ("71"), DEPUTY, CONTACT_KIND_EMAIL, "deputy@example.invalid");
    add_contact (region, ID ("72"), DEPUTY, CONTACT_KIND_PUSH, "https://push.example/1");
    check (region);
    as_rota_clerk (region);
    answer = gaps_of (region);
    is_number (count_of (&answer, GAP_KIND_UNREACHABLE), 1, "N-29 U-08 X-04 e-mail and push alone are no way to be woken: who cannot be reached by telephone or SMS counts as a gap");
    is_number (told (region), 3, "X-04 the coordinator is warned at once, although today's warning has gone");
    is_number (count_of (&answer, GAP_KIND_FEW_DOCTORS), 1, "X-04 N-31 and one order has fewer than two doctors");
    ok (!answer.gaps.items[answer.gaps.count - 1].patient_id, "practice: ...the rota office hears how many, not whose");
    as_doctor (region);
    answer = gaps_of (region);
    ok (count_of (&answer, GAP_KIND_FEW_DOCTORS) == 2, "...the team sees whose");
    is_number (number (region, "select count(*) from ledger where message = 'gap_list'"), 1, "...and that stands in the ledger");
    report (region, ALERT ("71"));
    forward (region, 181);
    run_engine (region);
    is_number (number (region, "select count(*) from alert_try where person_id = '" DEPUTY "' and state = 2"), 0,
               "N-29 an alert passes over who cannot be reached");
    is_number (number (region, "select count(*) from alert_try where target = 4 and state = 2"), 1, "N-29 ...and waits no delay for nobody");
    is_number (number (region, "select count(*) from alert_line where kind = 9 and person_id = '" DEPUTY "' and text like '%若葉 四郎は連絡先なし%'"),
               1, "N-29 ...names the person in the course, once");
    is_number (number (region, "select count(*) from feed where person_id = '" DEPUTY "' and kind = 3 and urgent and alert_id is not null"), 1,
               "N-29 ...and leaves word in the application");
    as_deputy (region);
    is (refused (region, "alert", &(struct alert) { .alert_id = ALERT ("71") }), "accepted", "N-29 ...from which the emergency opens");
    is_number (number (region, "select coalesce (sum (calls), 0)::int from duty_figures ('" TOWN "', guard.now () - interval '1 day',"
                               " guard.now () + interval '1 day') where person_id = '" DEPUTY "'"), 0, "N-65 ...which is no call in the figures");
    test_answer_in_application (region);
    add_office (region, CLINIC_2, "若葉医院", TOWN, "011-000-0014");
    check (region);
    as_rota_clerk (region);
    answer = gaps_of (region);
    is_number ((int64_t) answer.gaps.count, 0, "with a telephone again there is nothing to warn about");
}

/* practice: the last resort is test-called monthly; a call nobody answered, or none for a month, is a gap. */
static void test_desk_call (struct region *region)
{
    struct gap_list_answer answer;
    int64_t before;

    next_morning (region);
    check (region);
    before = told (region);
    forward (region, 60);
    call_desk (region, false);
    as_rota_clerk (region);
    answer = gaps_of (region);
    is_number (count_of (&answer, GAP_KIND_DESK_CALL), 1, "practice: a failed test call of the last resort is a gap");
    ok (answer.gaps.count == 1 && answer.gaps.items[0].soon && strcmp (answer.gaps.items[0].municipality, TOWN) == 0, "...of its town, urgent");
    check (region);
    is_number (told (region), before + 1, "...of which the coordinator is warned");
    check (region);
    is_number (told (region), before + 1, "...once a day");
    next_morning (region);
    check (region);
    is_number (told (region), before + 2, "...and again the next day");
    call_desk (region, true);
    answer = gaps_of (region);
    is_number ((int64_t) answer.gaps.count, 0, "answered, it is none any more");
    forward (region, 32 * 86400);
    check (region);
    answer = gaps_of (region);
    is_number (count_of (&answer, GAP_KIND_DESK_CALL), 1, "a month later without another call it is one again");
    call_desk (region, true);
}

/* ---- a month's table ---------------------------------------------------------------------------------------------------------------- */

static struct duty_table_import import_of (struct region *region, const char *id, const char *text, bool run, struct arena *arena)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    int month = now.month % 12 + 1, year = now.year + (now.month == 12);

    return (struct duty_table_import) { .rotation_id = ROTATION, .table_id = id, .month = arena_print (arena, "%d-%02d", year, month),
                                        .text = text, .run = run };
}

static void test_table (struct region *region)
{
    ARENA (arena);
    static const char *const good = "日,時間,医師\n1,0:00-24:00,青葉三郎\n2,18:00-26:00,若葉四郎\n", *const bad = "1,0:00-24:00,誰か\n";
    struct duty_table_import import = import_of (region, ID ("91"), good, false, &arena), wrong = import_of (region, ID ("92"), bad, true, &arena);
    struct duty_table_import_answer answer;
    struct roster_month_answer month;

    as_rota_clerk (region);
    is_number (call (region, "duty_table_import", &import, &answer), 0, "practice: a table is tried");
    ok (answer.lines.count == 2 && answer.problems.count == 0 && !answer.done, "...and shows what it says");
    ok (answer.gaps.count >= 1, "...and the gaps the month would have");
    is_number (number (region, "select count(*) from duty_table"), 0, "...and sets nothing");
    is_number (call (region, "duty_table_import", &wrong, &answer), 0, "one with a name nobody has");
    ok (!answer.done && answer.problems.count == 1, "...is not set, and says in which line");
    import.run = true;
    must (region, "duty_table_import", &import);
    must (region, "duty_table_import", &import);
    is_number (number (region, "select count(*) from duty_entry"), 2, "set, a second time nothing more");
    is_number (number (region, "select count(*) from feed where person_id = '" DEPUTY "' and kind = 16"), 1, "...and its people are told once");
    is_number (call (region, "roster_month", &(struct roster_month) { .rotation_id = ROTATION, .month = import.month }, &month), 0,
               "the month's page");
    is (month.lines.items[0].person_id, DOCTOR, "...says what the table says");
    ok (month.lines.items[1].gap, "...and where it says nobody, nobody");
    ok (month.days.count >= 28 && month.days.items[0].covered, "...day by day");
    check (region);
    is_number (number (region, "select (count(*) > 0)::int from roster_gap where kind = 1"), 1, "N-31 the check finds what the table leaves empty");
}

static void test_who_may_import (struct region *region)
{
    ARENA (arena);
    struct duty_table_import import = import_of (region, ID ("93"), "1,終日,青葉三郎\n", true, &arena);

    as_doctor (region);
    is (refused (region, "duty_table_import", &import), "not_for_role", "a doctor imports no table");
    act_as (region, STRANGER, FOREIGN_OFFICE, ELSEWHERE, ROLE_BIT (ROLE_ROTA_OFFICE));
    is (refused (region, "duty_table_import", &import), "not_for_role", "nor another municipality's rota office");
    as_rota_clerk (region);
    import.month = "2026-13";
    is (refused (region, "duty_table_import", &import), "date_invalid", "a month that is none");
    import.month = "2020-01";
    is (refused (region, "duty_table_import", &import), "time_in_past", "...or is over");
    import.month = "2030-01";
    import.table_id = ID ("91");
    is (refused (region, "duty_table_import", &import), "already_there", "...or under an id that stands for another");
    import.rotation_id = ID ("99");
    is (refused (region, "duty_table_import", &import), "not_for_you", "...or of a rotation that is not there");
}

static void test_yearend (struct region *region)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));
    int year = now.month == 12 ? now.year + 1 : now.year;
    struct override_add nobody = { .override_id = ID ("94"), .rotation_id = ROTATION, .remove = DEPUTY, .reason = "年末年始",
        .from = tokyo_instant (day_number_of (year, 12, 30), 0), .to = tokyo_instant (day_number_of (year, 12, 31), 0) };
    int64_t before;

    as_rota_clerk (region);
    harness_sql (region->harness, "delete from duty_table");
    must (region, "override_add", &nobody);
    forward (region, (tokyo_instant (day_number_of (year, 11, 30), 600) - harness_now (region->harness)) / SECOND_US);
    check (region);
    call_desk (region, true);
    check (region);
    before = told (region);
    next_morning (region);
    check (region);
    is_number (told (region), before + 1, "N-31 a gap in 年末年始 is warned about from 12/1 on");
}

int main (void)
{
    struct region *region = region_open ();

    test_quiet (region);
    test_absent (region);
    test_unreachable (region);
    test_desk_call (region);
    test_table (region);
    test_who_may_import (region);
    test_yearend (region);
    harness_close (&region->harness);
    return done ();
}
