/* A month's duty table as people keep it: dates, bands, names, and everything that is wrong with it. */
#include "clock.h"
#include "duty_table.h"
#include "tap.h"

static const char *const members[] = { "A", "B", "C" }, *const offices[] = { "OA", "OB", "OC" };
static struct table_person people[] = {
    { "A", "青葉 三郎", "OA", "青葉クリニック", true }, { "B", "髙橋 四郎", "OB", "若葉医院", true }, { "C", "青葉 五子", "OC", "緑医院", true },
    { "D", "東 八郎", "OD", "東町診療所", false }, { "E", "高橋 四郎", "OE", "別の医院", false } };

static struct table_read read_text (struct arena *arena, const char *text)
{
    const struct rotation_rule rule = { .rotation_id = "R", .from_minute = 1080, .to_minute = 1950, .members = members, .offices = offices,
                                        .member_count = 3 };
    struct month month;
    struct error err;

    month_of_text ("2026-12", "/month", &month, &err);
    return duty_table_read (arena, text, &month, &rule, &(struct table_people) { people, 5 });
}

/* "A 12/1 18:00-26:00" of the only line, or what is wrong with it. */
static const char *said (struct arena *arena, const char *text)
{
    struct table_read read = read_text (arena, text);
    struct tokyo from, to;

    if (read.problem_count)
        return read.problems[0].why;
    if (read.count != 1)
        return arena_print (arena, "%zu lines", read.count);
    from = tokyo_of (read.lines[0].from);
    to = tokyo_of (read.lines[0].to);
    return arena_print (arena, "%s %d/%d %02d:%02d-%02lld:%02d", read.lines[0].person_id, from.month, from.day, from.minute / 60,
                        from.minute % 60, (long long) (to.minute / 60 + 24 * (to.day_number - from.day_number)), to.minute % 60);
}

static void test_forms (struct arena *arena)
{
    static const struct { const char *text, *wanted; } rows[] = {
        { "2026-12-01,18:00-26:00,青葉 三郎", "A 12/1 18:00-26:00" }, { "2026/12/1\t18:00-26:00\t青葉三郎", "A 12/1 18:00-26:00" },
        { "12/1,18:00-8:30,青葉三郎", "A 12/1 18:00-32:30" }, { "12月1日（火）,18:00～翌8:30,青葉三郎先生", "A 12/1 18:00-32:30" },
        { "１２／１　,１８：００－２６：００,青葉　三郎", "A 12/1 18:00-26:00" }, { "1,終日,髙橋四郎", "B 12/1 00:00-24:00" },
        { "1日,18時から8時半,高橋四郎", "B 12/1 18:00-32:30" }, { "12/31,18:00,26:00,東八郎", "D 12/31 18:00-26:00" },
        { "12/1,高橋四郎医師", "B 12/1 18:00-32:30" }, { "12/1,,高橋 四郎", "B 12/1 18:00-32:30" }, { "12/1,18:00-26:00,髙橋", "B 12/1 18:00-26:00" },
        { "\"12/1\",\"18:00-26:00\",\"青葉 三郎\"", "A 12/1 18:00-26:00" }, { "12/1,24:00-26:00,東八郎", "時間帯「24:00-26:00」が読めません" },
        { "日付,時間,医師\n12/1,9:00-17:00,東八郎", "D 12/1 09:00-17:00" }, { "12/1,18:00-26:00,なし", "0 lines" }, { "", "0 lines" },
        { "\n\n12/2,0:00-24:00,東八郎\r\n", "D 12/2 00:00-24:00" },
        { "11/30,18:00-26:00,東八郎", "日付「11/30」がこの月の日付として読めません" }, { "12/32,東八郎", "日付「12/32」がこの月の日付として読めません" },
        { "2025-12-01,東八郎", "日付「2025-12-01」がこの月の日付として読めません" }, { "12/1,99:00-10:00,東八郎", "時間帯「99:00-10:00」が読めません" },
        { "12/1,18:00-26:00,誰 一郎", "「誰 一郎」さんが見つかりません" },
        { "12/1,18:00-26:00,青葉", "「青葉」に当たる方が複数います。姓名で書いてください" },
        { "12/1,18:00-26:00,東", "「東」さんが見つかりません" }, { ",18:00-26:00,東八郎1", "日付がありません" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is (said (arena, rows[i].text), rows[i].wanted, arena_print (arena, "U-06 a line of a table: %s", rows[i].wanted));
}

static void test_many (struct arena *arena)
{
    struct table_read read = read_text (arena, "12/1\t9:00-18:00\t青葉三郎\n\t18:00-33:00\t髙橋四郎\n12/2\t8:00-18:00\t東八郎\n12/3\t誰か\t東\n");

    is_number ((int64_t) read.count, 2, "an empty date is that of the line above");
    is (read.lines[1].person_id, "B", "...as in merged cells");
    is_number ((int64_t) read.problem_count, 2, "every line that is wrong is told");
    is (read.problems[0].why, "2行目と時間が重なっています", "...two people at one time");
    is_number (read.problems[1].line, 4, "...with its number");
}

static void test_rule (struct arena *arena)
{
    const struct duty_change old = { .change_id = "o", .kind = DUTY_CHANGE_KIND_TABLE, .rotation_id = "R",
        .from = tokyo_instant (day_number_of (2026, 12, 5), 0), .to = tokyo_instant (day_number_of (2026, 12, 6), 0), .add_id = "C" };
    struct rotation_rule rule = { .rotation_id = "R", .kind = ROTATION_KIND_DAILY, .advance = ROTATION_ADVANCE_EVERY_HANDOFF,
        .anchor = day_number_of (2026, 1, 1), .handoff_minute = 1080, .day_classes = 0x7f, .from_minute = 1080, .to_minute = 1950, .members = members,
        .offices = offices, .member_count = 3, .changes = &old, .change_count = 1 };
    struct table_read read = read_text (arena, "12/1,18:00-26:00,東八郎");
    struct month month;
    struct error err;
    struct duty_spans spans;

    month_of_text ("2026-12", "/month", &month, &err);
    rule = duty_table_rule (arena, &rule, &month, &read);
    spans = rotation_shifts (arena, &rule, NULL, 0, month_from (&month), month_to (&month));
    spans = month_spans (arena, &spans, &month);
    ok (spans.count == 32 && strcmp (spans.items[0].person_id, "D") == 0 && !spans.items[1].person_id,
        "what a table does not say stays empty: a gap in the rule's band");
    ok (!duty_at (&spans, old.from + 1) || !duty_at (&spans, old.from + 1)->person_id, "...and an older table of that month counts no more");
    is_number (month_of_text ("2026-13", "/month", &month, &err), -1, "a thirteenth month is none");
    is_number (month_of_text ("2026-1", "/month", &month, &err), -1, "nor one digit");
    month_of_text ("2028-02", "/month", &month, &err);
    is_number (month.last_day - month.first_day, 28, "a leap year's February has 29 days");
}

int main (void)
{
    ARENA (arena);

    test_forms (&arena);
    test_many (&arena);
    test_rule (&arena);
    return done ();
}
