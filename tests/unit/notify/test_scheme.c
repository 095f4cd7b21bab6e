/* A row of a person's order against what its office has joined the scheme of attending and deputy doctors for (U-04). */
#include "chain_warnings.h"
#include "clock.h"
#include "scheme.h"
#include "scheme_gaps.h"
#include "tap.h"

#define ENUMS(...) { .items = (const int[]) { __VA_ARGS__ }, .count = sizeof (int[]) { __VA_ARGS__ } / sizeof (int) }
#define DAYS(...) { .items = (const int64_t[]) { __VA_ARGS__ }, .count = sizeof (int64_t[]) { __VA_ARGS__ } / sizeof (int64_t) }
#define BIT(n) (1U << ((n) - 1))
#define WORKDAYS BIT (DAY_CLASS_WEEKDAY)
#define WEEKEND (BIT (DAY_CLASS_SATURDAY) | BIT (DAY_CLASS_SUNDAY))

static struct arena arena;
static int64_t today;

static const char *warned (const struct scheme_hours *hours, size_t count, struct chain_row row)
{
    const struct scheme_joined part = { .office_id = "O", .from = today - 100, .until = INT64_MAX, .hours = hours, .hours_count = count };
    const char *text = scheme_warning (&arena, &(struct scheme_known) { &part, 1 }, "O", "青葉医院", &row, today);

    return text ? text : "";
}
#define WARNED(row, ...) warned ((const struct scheme_hours[]) { __VA_ARGS__ }, sizeof (struct scheme_hours[]) { __VA_ARGS__ } / sizeof (struct scheme_hours), row)

static const struct chain_row weekday_night = { .day_classes = ENUMS (DAY_CLASS_WEEKDAY), .from_minute = 1080, .to_minute = 1950 };
static const struct chain_row any_night = { .day_classes = ENUMS (DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY), .from_minute = 1080,
    .to_minute = 1950 };

static void hours (void)
{
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 1080, 1950 }), "", "U-04 a row within what the office joined for says nothing");
    is (WARNED (weekday_night, { WORKDAYS | WEEKEND, 0, 0, 0, 2880 }), "", "...nor one far within");
    is (WARNED (any_night, { WORKDAYS, 0, 0, 1080, 1950 }), "青葉医院は土曜夜間（18:00〜翌8:30）の対応を登録していません",
        "U-04 a Saturday night nobody joined for is named");
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 540, 1080 }), "青葉医院は平日夜間（18:00〜翌8:30）の対応を登録していません", "U-04 the hours: up to is not from");
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 1080, 1380 }), "青葉医院は平日夜間（23:00〜翌8:30）の対応を登録していません", "...only what is missing");
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 1140, 1950 }), "青葉医院は平日夜間（18:00〜19:00）の対応を登録していません", "...also at its beginning");
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 1080, 1500 }, { WORKDAYS, 0, 0, 1500, 1950 }), "", "two bands that meet are one");
    is (WARNED (weekday_night, { WORKDAYS | BIT (DAY_CLASS_SATURDAY), 0, 0, 0, 510 }, { WORKDAYS, 0, 0, 1080, 1440 }), "",
        "U-04 a night entered as an evening and a morning is covered, also into Saturday");
    is (WARNED (weekday_night, { WORKDAYS, 0, 0, 0, 510 }, { WORKDAYS, 0, 0, 1080, 1440 }),
        "青葉医院は金曜夜間（翌0:00〜翌8:30）の対応を登録していません", "...Friday's ends on a Saturday");
}

static void weekdays (void)
{
    struct chain_row row = weekday_night;

    is (WARNED (row, { WORKDAYS, BIT (1) | BIT (2) | BIT (4) | BIT (5), 0, 1080, 1950 }),
        "青葉医院は水曜夜間（18:00〜翌8:30）の対応を登録していません", "U-04 the weekday that is missing is named");
    row.weekdays = (struct i64_list) DAYS (1, 2);
    is (WARNED (row, { WORKDAYS, BIT (1) | BIT (2) | BIT (4) | BIT (5), 0, 1080, 1950 }), "",
        "...and asked for only on others it says nothing");
    is (WARNED (row, { WORKDAYS, BIT (4), 0, 1080, 1950 }), "青葉医院は月曜・火曜夜間（18:00〜翌8:30）の対応を登録していません", "two of them");
    row.day_classes = (struct enum_list) ENUMS (DAY_CLASS_SATURDAY);
    is (WARNED (row, { WORKDAYS, 0, 0, 1080, 1950 }), "", "a row that never speaks warns of nothing");
    row = (struct chain_row) { .day_classes = ENUMS (DAY_CLASS_NATIONAL), .from_minute = 0, .to_minute = 1440 };
    is (WARNED (row, { WORKDAYS | WEEKEND, 0, 0, 540, 1080 }), "青葉医院は祝日終日（0:00〜24:00）の対応を登録していません",
        "U-04 a holiday is no weekday, whatever day it falls on");
}

static void conditions (void)
{
    struct chain_row row = weekday_night;

    row.tags = (struct enum_list) ENUMS (CONDITION_TAG_CIRCULATION);
    is (WARNED (row, { WORKDAYS, 0, BIT (CONDITION_TAG_CIRCULATION), 1080, 1950 }), "", "U-04 a condition the office joined for");
    row.tags = (struct enum_list) ENUMS (CONDITION_TAG_CIRCULATION, CONDITION_TAG_DEVICE);
    is (WARNED (row, { WORKDAYS, 0, BIT (CONDITION_TAG_CIRCULATION), 1080, 1950 }),
        "青葉医院は平日夜間（18:00〜翌8:30）の「医療機器の異常」の対応を登録していません", "U-04 one it did not is named");
    is (WARNED (row, { WORKDAYS, 0, BIT (CONDITION_TAG_FEVER), 1080, 1950 }), "青葉医院は平日夜間（18:00〜翌8:30）の対応を登録していません",
        "with none of the row's conditions the hours are named");
    row.tags = (struct enum_list) ENUMS (CONDITION_TAG_FEVER, CONDITION_TAG_PAIN);
    is (WARNED (row, { WORKDAYS, 0, BIT (CONDITION_TAG_FEVER), 1140, 1950 }), "青葉医院は平日夜間（18:00〜翌8:30）の「痛み」の対応を登録していません",
        "of two that miss different hours the longer hole is told, and only for what it is true of");
    row.tags.count = 0;
    is (WARNED (row, { WORKDAYS, 0, BIT (CONDITION_TAG_FEVER), 1080, 1950 }),
        "青葉医院は平日夜間（18:00〜翌8:30）の「呼吸苦・意識障害・痛みなど」の対応を登録していません", "of many the first three are named");
}

static const struct scheme_hours always = { WORKDAYS, 0, 0, 0, 1440 };

static const char *on (int64_t day, const struct scheme_joined *parts, size_t count, bool ending)
{
    const struct scheme_known known = { parts, count };
    const char *text = ending ? scheme_ending (&arena, &known, "O", "青葉医院", day) : scheme_warning (&arena, &known, "O", "青葉医院",
        &weekday_night, day);

    return text ? text : "";
}

static void validity (void)
{
    const struct scheme_joined spring[] = { { "O", today, today + 60, &always, 1 }, { "O", today + 100, INT64_MAX, &always, 1 } };
    const struct scheme_joined seamless[] = { { "O", today, today + 60, &always, 1 }, { "O", today + 61, INT64_MAX, &always, 1 } };
    const struct scheme_joined other = { "P", today, INT64_MAX, &always, 1 };

    is (on (today, &other, 1, false), "", "U-04 an office that never joined: unknown is not no");
    is (on (today - 1, spring, 2, false), "青葉医院の副主治医制での対応は2026年9月17日からです", "U-04 before it begins");
    ok (strstr (on (today, spring, 2, false), "登録していません") && strstr (on (today + 60, spring, 2, false), "登録していません"),
        "from the first to the last day its hours count");
    is (on (today + 61, spring, 2, false), "青葉医院の副主治医制での対応は2026年12月26日からです", "U-04 between two parts the next one is named");
    is (on (today + 61, spring, 1, false), "青葉医院の副主治医制での対応は2026年11月16日で終わっています", "U-04 after the last part its end");
    is (on (today + 29, spring, 1, true), "", "31 days before its end nothing is said");
    is (on (today + 30, spring, 1, true), "青葉医院の副主治医制での対応は2026年11月16日で終わります", "U-04 30 days before its end it is");
    ok (*on (today + 30, spring, 2, true) && !*on (today + 30, seamless, 2, true), "...unless the next part follows at once");
}

static void in_the_order (void)
{
    const struct chain_row rows[] = { { .position = 1, .day_classes = ENUMS (DAY_CLASS_WEEKDAY), .from_minute = 1080, .to_minute = 1950,
        .target = TARGET_KIND_PERSON,
                                        .person_id = "A" },
                                      { .position = 2, .day_classes = ENUMS (DAY_CLASS_WEEKDAY), .from_minute = 540, .to_minute = 600,
                                          .target = TARGET_KIND_OFFICE,
                                        .office_id = "N" } };
    const struct known_person person = { .person_id = "A", .name = "主治医A", .office_id = "O", .office = "青葉医院" };
    const struct known_office office = { .office_id = "N", .name = "みどり診療所" };
    const struct resolver_input input = { .rows = rows, .row_count = 2, .people = &person, .person_count = 1, .offices = &office,
                                          .office_count = 1, .team_consent = true, .last_resort_name = "夜間センター" };
    const struct scheme_joined parts[] = { { "O", today, INT64_MAX, &always, 1 }, { "N", today, today + 3, &always, 1 } };
    struct text_list warnings = chain_warnings (&arena, &input, &(struct scheme_known) { parts, 2 }, today);

    is_number ((int64_t) warnings.count, 3, "U-04 the editor warns of a doctor's office and of an office itself");
    is (warnings.items[1], "青葉医院は金曜夜間（翌0:00〜翌8:30）の対応を登録していません", "...of what the doctor's has not joined for");
    is (warnings.items[2], "みどり診療所の副主治医制での対応は2026年9月20日で終わります", "...of what ends soon");
    is_number ((int64_t) chain_warnings (&arena, &input, &(struct scheme_known) { 0 }, today).count, 1,
        "...and of neither when nobody joined");
}

/* Days from today until nobody comes and until somebody comes again; "" when it never ends. */
static const char *lapse (int64_t day, const struct scheme_joined *parts, size_t count)
{
    const struct scheme_known known = { parts, count };
    struct scheme_lapse found;

    if (!scheme_lapses (&known, "O", day, &found))
        return "";
    return found.to == INT64_MAX ? arena_print (&arena, "%d", (int) (found.from - today))
                                 : arena_print (&arena, "%d-%d", (int) (found.from - today), (int) (found.to - today));
}

static void ends (void)
{
    const struct scheme_joined parts[] = { { "O", today + 61, today + 90, &always, 1 }, { "P", today + 91, INT64_MAX, &always, 1 },
                                           { "O", today, today + 60, &always, 1 }, { "O", today + 100, INT64_MAX, &always, 1 } };
    const struct scheme_joined open = { "O", today, INT64_MAX, &always, 1 };

    is (lapse (today, &open, 1), "", "U-04 until further notice ends never");
    is (lapse (today - 1, parts, 4), "", "...what has not begun does not end");
    is (lapse (today, parts + 1, 1), "", "...nor what another office joined for");
    is (lapse (today, parts, 3), "91", "U-04 a period that another follows at once ends with that one, in whatever order they stand");
    is (lapse (today, parts, 4), "91-100", "...until the next begins");
    is (lapse (today + 95, parts, 4), "91-100", "...also while it lasts");
    is (lapse (today + 200, parts, 3), "91", "U-04 what has ended stays ended");
    is (lapse (today + 200, parts, 4), "", "...unless it has begun again");
}

static void relied_on (void)
{
    const struct chain_row rows[] = { { .target = TARGET_KIND_PERSON, .person_id = "A" }, { .target = TARGET_KIND_OFFICE, .office_id = "O" },
                                      { .target = TARGET_KIND_OFFICE, .office_id = "N" }, { .target = TARGET_KIND_ROTATION, .rotation_id = "R" } };
    const struct known_person person = { .person_id = "A", .office_id = "O", .office = "青葉医院" };
    const struct known_seat deputy = { "D", "N" };
    struct resolver_input input = { .rows = rows, .row_count = 4, .people = &person, .person_count = 1, .deputies = &deputy, .deputy_count = 1,
                                    .attending = { "B", "Q" } };
    const struct scheme_joined parts[] = { { "N", today, today + 3, &always, 1 }, { "O", today, today + 365, &always, 1 },
                                           { "Q", today - 9, today - 2, &always, 1 } };
    const struct scheme_known known = { parts, 3 };
    int64_t now = tokyo_instant (today, 600), end = now + 365LL * 86400 * SECOND_US;
    struct scheme_gaps gaps = scheme_gaps (&arena, &input, &known, now, end);

    is_number ((int64_t) scheme_gap_offices (&arena, &input).count, 2, "U-04 an order relies on the offices of its rows, each once");
    is_number ((int64_t) gaps.count, 1, "U-04 what ends within the year is a gap, what ends later is none");
    ok (strcmp (gaps.items[0].office_id, "N") == 0 && gaps.items[0].from == tokyo_instant (today + 4, 0) && gaps.items[0].to == end,
        "...from the midnight after its last day on");
    input.terminal = true;
    gaps = scheme_gaps (&arena, &input, &known, now, end);
    ok (gaps.count == 2 && strcmp (gaps.items[0].office_id, "Q") == 0 && gaps.items[0].from == tokyo_instant (today - 1, 0),
        "U-04 in 看取り without an order of its own they are the attending doctor's and the deputy's");
    input.terminal_rows = true;
    is_number ((int64_t) scheme_gaps (&arena, &input, &known, now, end).count, 1, "...with one, its rows'");
}

int main (void)
{
    today = day_number_of (2026, 9, 17);
    hours ();
    weekdays ();
    conditions ();
    validity ();
    in_the_order ();
    ends ();
    relied_on ();
    arena_done (&arena);
    return done ();
}
