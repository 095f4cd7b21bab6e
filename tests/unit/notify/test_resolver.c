/* The truth table of notify-and-ems §3.2, in three host time zones, and what must hold for every instant. */
#include "clock.h"
#include "resolver.h"
#include "tap.h"

enum { HOLIDAYS = 0x3e };

#define ENUMS(...) { .items = (const int[]) { __VA_ARGS__ }, .count = sizeof (int[]) { __VA_ARGS__ } / sizeof (int) }
#define NUMBERS(...) { .items = (const int64_t[]) { __VA_ARGS__ }, .count = sizeof (int64_t[]) { __VA_ARGS__ } / sizeof (int64_t) }
#define WEEKDAYS_ONLY ENUMS (DAY_CLASS_WEEKDAY)
#define CLOSED_DAYS ENUMS (DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR)
#define ALL_DAYS ENUMS (DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY, DAY_CLASS_SUNDAY, DAY_CLASS_NATIONAL, DAY_CLASS_YEAREND, DAY_CLASS_NEWYEAR)

/* Patient P1 of the table: A by day, B and C by night, C for the circulation, R on closed days, N beside them, Z last. */
static const struct chain_row rows[] = {
    { .position = 1, .day_classes = WEEKDAYS_ONLY, .from_minute = 510, .to_minute = 1080, .target = TARGET_KIND_PERSON, .person_id = "A" },
    { .position = 1, .day_classes = WEEKDAYS_ONLY, .weekdays = NUMBERS (1, 3, 5), .from_minute = 1080, .to_minute = 1950,
      .target = TARGET_KIND_PERSON, .person_id = "B" },
    { .position = 1, .day_classes = WEEKDAYS_ONLY, .weekdays = NUMBERS (2, 4), .from_minute = 1080, .to_minute = 1950,
      .target = TARGET_KIND_PERSON, .person_id = "C" },
    { .position = 1, .day_classes = CLOSED_DAYS, .from_minute = 510, .to_minute = 1950, .target = TARGET_KIND_ROTATION,
      .rotation_id = "R" },
    { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = "N" },
    { .position = 2, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .tags = ENUMS (CONDITION_TAG_CIRCULATION),
      .target = TARGET_KIND_PERSON, .person_id = "C" },
};
static const char *const duty_members[] = { "R0", "R1", "R2" }, *const duty_offices[] = { "O0", "O1", "O2" };
static const char *const consented[] = { "R" };
static const struct known_person people[] = {
    { .person_id = "A", .name = "主治医A", .office_id = "OA", .office = "青葉クリニック", .phone = "000-1" },
    { .person_id = "B", .name = "副主治医B", .office_id = "OB" }, { .person_id = "C", .name = "副主治医C", .office_id = "OC" },
    { .person_id = "R0", .name = "当番医0" }, { .person_id = "R1", .name = "当番医1" }, { .person_id = "R2", .name = "当番医2" },
};
static const struct known_office offices[] = {
    { .office_id = "N", .name = "みどり訪問看護", .phone = "000-2" }, { .office_id = "OA", .name = "青葉クリニック", .phone = "000-1" } };

struct world { struct arena *arena; struct rotation_rule rule; struct duty_spans shifts; struct resolver_input input; };

static struct world world_of (struct arena *arena, int64_t around)
{
    struct world world = { .arena = arena };

    world.rule = (struct rotation_rule) { .rotation_id = "R", .name = "内科当番", .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = day_number_of (2026, 1, 1), .handoff_minute = 510, .day_classes = HOLIDAYS,
        .from_minute = 510, .to_minute = 1950, .members = duty_members, .offices = duty_offices, .member_count = 3 };
    world.shifts = rotation_shifts (arena, &world.rule, NULL, 0, around, around + SECOND_US);
    world.input = (struct resolver_input) { .rows = rows, .row_count = sizeof rows / sizeof *rows, .rotation_count = 1,
        .people = people, .person_count = sizeof people / sizeof *people, .offices = offices, .office_count = 2,
        .consented_rotations = consented, .consented_count = 1, .team_consent = true, .attending_office_id = "OA",
        .last_resort_office_id = "Z", .last_resort_name = "夜間連絡センター", .last_resort_phone = "000-9" };
    return world;
}

/* "A+N,C,Z": positions divided by commas, asked at once by plus. */
static const char *order_of (struct arena *arena, const struct resolution *result)
{
    const char *text = "";

    for (size_t i = 0; i < result->count; i++) {
        const struct answerer *entry = &result->items[i];

        text = arena_print (arena, "%s%s%s", text, i == 0 ? "" : entry->position == result->items[i - 1].position ? "+" : ",",
                            entry->person_id ? entry->person_id : entry->office_id);
    }
    return text;
}

static struct resolution resolve_at (struct world *world, int64_t instant, enum condition_tag tag)
{
    world->shifts = rotation_shifts (world->arena, &world->rule, world->input.absences, world->input.absence_count, instant, instant + 1);
    world->input.rotations = &world->rule;
    world->input.shifts = &world->shifts;
    return resolve (world->arena, &world->input, instant, tag);
}

static int64_t instant_of (int year, int month, int day, int hour, int minute)
{
    return tokyo_instant (day_number_of (year, month, day), hour * 60 + minute);
}

/* Whose turn: (day - 2026-01-01) mod 3. */
static const char *duty_of (int year, int month, int day)
{
    return duty_members[(day_number_of (year, month, day) - day_number_of (2026, 1, 1)) % 3];
}

struct truth { int year, month, day, hour, minute; enum condition_tag tag; int duty[3]; const char *order, *says; };

static const struct truth table[] = {
    { 2026, 9, 18, 10, 0, CONDITION_TAG_OTHER, { 0 }, "A+N,Z", "2026-09-18 Fri 10:00" },
    { 2026, 9, 18, 10, 0, CONDITION_TAG_CIRCULATION, { 0 }, "A+N,C,Z", "2026-09-18 Fri 10:00, circulation" },
    { 2026, 9, 22, 10, 0, CONDITION_TAG_OTHER, { 2026, 9, 22 }, "%s+N,Z", "2026-09-22 Tue 10:00, a citizens' holiday: not A" },
    { 2026, 5, 6, 21, 0, CONDITION_TAG_OTHER, { 2026, 5, 6 }, "%s+N,Z", "2026-05-06 Wed 21:00, a substitute holiday: not B" },
    { 2026, 5, 7, 2, 0, CONDITION_TAG_OTHER, { 2026, 5, 6 }, "%s+N,Z", "2026-05-07 Thu 02:00 still belongs to 05-06" },
    { 2026, 9, 19, 7, 0, CONDITION_TAG_OTHER, { 0 }, "B+N,Z", "2026-09-19 Sat 07:00 is Friday's night" },
    { 2026, 9, 19, 9, 0, CONDITION_TAG_OTHER, { 2026, 9, 19 }, "%s+N,Z", "2026-09-19 Sat 09:00" },
    { 2026, 12, 28, 17, 59, CONDITION_TAG_OTHER, { 0 }, "A+N,Z", "2026-12-28 Mon 17:59" },
    { 2026, 12, 28, 18, 0, CONDITION_TAG_OTHER, { 0 }, "B+N,Z", "2026-12-28 Mon 18:00" },
    { 2026, 12, 29, 8, 29, CONDITION_TAG_OTHER, { 0 }, "B+N,Z", "2026-12-29 Tue 08:29 is the night of 12-28" },
    { 2026, 12, 29, 8, 30, CONDITION_TAG_OTHER, { 2026, 12, 29 }, "%s+N,Z", "2026-12-29 Tue 08:30" },
    { 2027, 1, 3, 23, 59, CONDITION_TAG_OTHER, { 2027, 1, 3 }, "%s+N,Z", "2027-01-03 Sun 23:59" },
    { 2027, 1, 4, 8, 29, CONDITION_TAG_OTHER, { 2027, 1, 3 }, "%s+N,Z", "2027-01-04 Mon 08:29, until handoff" },
    { 2027, 1, 4, 8, 30, CONDITION_TAG_OTHER, { 0 }, "A+N,Z", "2027-01-04 Mon 08:30" },
};

static void test_table (const char *zone)
{
    setenv ("TZ", zone, 1);
    tzset ();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct truth *row = &table[i];
        int64_t instant = instant_of (row->year, row->month, row->day, row->hour, row->minute);
        ARENA (arena);
        struct world world = world_of (&arena, instant);
        struct resolution result = resolve_at (&world, instant, row->tag);
        const char *wanted = row->duty[0] ? arena_print (&arena, "%s%s", duty_of (row->duty[0], row->duty[1], row->duty[2]), row->order + 2)
                                          : row->order;

        is (order_of (&arena, &result), wanted, arena_print (&arena, "N-20 N-14 TZ=%s: %s", zone, row->says));
    }
}

static void test_absent_deputy (void)
{
    int64_t instant = instant_of (2026, 9, 16, 20, 0);
    struct absence away[] = { { "B", instant_of (2026, 9, 16, 0, 0), instant_of (2026, 9, 18, 8, 30) } };
    struct chain_row more[7];
    ARENA (arena);
    struct world world = world_of (&arena, instant);
    struct resolution result;

    world.input.absences = away;
    world.input.absence_count = 1;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "N+Z", "N-26 with B away and no other deputy the last resort is asked at 0 s");
    ok (strstr (result.items[0].reason, "副主治医Bは不在（9/18 8:30まで）"), "...and the reason says who is away until when");
    ok (result.chain_note != NULL, "...with a note");
    for (size_t i = 0; i < 6; i++)
        more[i] = rows[i];
    more[6] = (struct chain_row) { .position = 3, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440,
                                   .target = TARGET_KIND_PERSON, .person_id = "A" };
    world.input.rows = more;
    world.input.row_count = 7;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "N,A,Z", "N-26 the next matching deputy follows");
}

static void test_consent (void)
{
    int64_t instant = instant_of (2026, 9, 22, 10, 0);
    ARENA (arena);
    struct world world = world_of (&arena, instant);
    struct resolution result;

    world.input.consented_count = 0;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "N+Z", "N-30 without consent to the rotation its doctor is not asked, the last resort at once");
    ok (result.chain_note && strstr (result.chain_note, "同意がない"), "...and the note says why");
    world.input.team_consent = false;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "OA+Z", "N-30 without consent to sharing: the attending doctor's clinic and the last resort");
    world.input.team_consent = true;
    world.input.row_count = 0;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "OA+Z", "N-30 without a chain: the same");
    world.input.attending_office_id = NULL;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "Z", "N-30 without anybody: the last resort");
    is_number (result.items[0].position, 1, "...at once");
}

static void test_people (void)
{
    int64_t instant = instant_of (2026, 9, 18, 10, 0);
    struct known_person gone[] = { { .person_id = "A", .name = "主治医A", .left = true } };
    ARENA (arena);
    struct world world = world_of (&arena, instant);
    struct resolution result = resolve_at (&world, instant, CONDITION_TAG_OTHER);

    is (result.items[0].reason, "金曜・平日 8:30–18:00：担当の医師等", "a reason names day, class and band");
    is (result.items[0].phone, "000-1", "an entry carries its telephone");
    is_number (result.items[0].delay_seconds, 180, "the standard delay is 180 s");
    world.input.people = gone;
    world.input.person_count = 1;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "N+Z", "N-29 somebody whose memberships have ended is passed over");
    world.input.person_count = 0;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "A+N,Z", "somebody not yet known by name is asked all the same");
    is (result.items[0].name, "氏名未取得", "...and said to be so");
}

static void test_delays (void)
{
    int64_t instant = instant_of (2026, 9, 18, 10, 0);
    struct chain_row two[] = {
        { .position = 5, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = "C" },
        { .position = 2, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = "B",
          .has_delay_seconds = true, .delay_seconds = 3 },
        { .position = 9, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = "B" },
    };
    ARENA (arena);
    struct world world = world_of (&arena, instant);
    struct resolution result;

    world.input.rows = two;
    world.input.row_count = 3;
    result = resolve_at (&world, instant, CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "B,C,Z", "rows count by position, and nobody is asked twice");
    is_number (result.items[0].delay_seconds, DELAY_LEAST_SECONDS, "N-13 a delay is at least 10 s");
    is_number (result.items[2].delay_seconds, LAST_RESORT_REPEAT_SECONDS, "the last resort is asked again after 120 s");
}

/* Every half hour of two years, every tag: one doctor, then Z; the same answer twice. */
static void test_every_half_hour (void)
{
    int64_t end = instant_of (2028, 1, 1, 0, 0);
    int without = 0, not_last = 0, two = 0, unstable = 0;

    for (int64_t t = instant_of (2026, 1, 1, 8, 30); t < end; t += 1800LL * SECOND_US) {
        ARENA (arena);
        struct world world = world_of (&arena, t);
        struct resolution one = resolve_at (&world, t, CONDITION_TAG_FEVER), other = resolve_at (&world, t, CONDITION_TAG_FEVER);
        int doctors = 0;

        for (size_t i = 0; i < one.count; i++)
            doctors += one.items[i].person_id != NULL;
        without += doctors < 1;
        two += doctors > 1;
        not_last += one.count == 0 || one.items[one.count - 1].target != TARGET_KIND_LAST_RESORT;
        unstable += strcmp (order_of (&arena, &one), order_of (&arena, &other)) != 0;
    }
    is_number (without, 0, "N-20 no half hour of 2026-2027 is without a doctor");
    is_number (two, 0, "N-20 ...and none has two");
    is_number (not_last, 0, "N-30 the last resort is always there and last");
    is_number (unstable, 0, "the order is stable");
}

/* Any input has an answer. */
static void test_nonsense (void)
{
    struct chain_row odd[] = {
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON },
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_ROTATION,
          .rotation_id = "none" },
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_OFFICE },
        { .position = 1, .target = TARGET_KIND_PERSON, .person_id = "A" },
    };
    ARENA (arena);
    struct world world = world_of (&arena, 0);
    struct resolution result;

    world.input.rows = odd;
    world.input.row_count = 4;
    result = resolve_at (&world, instant_of (2026, 9, 18, 10, 0), CONDITION_TAG_OTHER);
    is (order_of (&arena, &result), "Z", "N-30 rows that name nobody leave the last resort");
}

/* 往診代行: H visits at night and on holidays for A, the attending doctor. */
static const char *entrusted_order (struct world *world, int64_t instant)
{
    struct resolution result = resolve_at (world, instant, CONDITION_TAG_OTHER);

    return order_of (world->arena, &result);
}

static void is_order (struct world *world, int64_t instant, const char *wanted, const char *sentence)
{
    const char *got = entrusted_order (world, instant);

    if (!ok (strcmp (got, wanted) == 0, sentence))
        note ("got %s, wanted %s", got, wanted);
}

static void test_entrusted (void)
{
    static struct known_office with_hub[] = {
        { .office_id = "N", .name = "みどり訪問看護", .phone = "000-2" }, { .office_id = "OA", .name = "青葉クリニック", .phone = "000-1" },
        { .office_id = "H", .name = "夜間往診室", .phone = "000-3" } };
    int64_t friday = instant_of (2026, 9, 18, 10, 0), night = instant_of (2026, 9, 18, 22, 0);
    ARENA (arena);
    struct world world = world_of (&arena, friday);
    struct resolution result;

    world.input.offices = with_hub;
    world.input.office_count = 3;
    world.input.attending = (struct known_seat) { "A", "OA" };
    world.input.entrusted_office_id = "H";
    is_order (&world, friday, "H+N,Z", "U-33: who visits for the attending doctor is asked in his place, the station beside");
    result = resolve_at (&world, friday, CONDITION_TAG_OTHER);
    ok (strstr (result.items[0].reason, "往診代行") && !result.chain_note, "U-33: …and it is said why");
    is_order (&world, night, "H+B+N,Z", "U-33: where no row names the attending doctor, in the first step");
    world.input.reporter = REPORTER_KIND_FAMILY;
    world.input.emergency_nursing = true;
    is_order (&world, friday, "N,H,Z", "U-33: the family reaches the station first, then who visits, as it would the doctor");
    world.input.reporter = 0;
    with_hub[2].unreachable = true;
    is_order (&world, friday, "A+N,Z", "U-33: without a telephone of the hub the attending doctor is asked");
    result = resolve_at (&world, friday, CONDITION_TAG_OTHER);
    ok (result.skipped_count >= 1 && result.skipped[0].why == SKIP_UNREACHABLE && strstr (result.skipped[0].text, "夜間往診室"),
        "U-33: …and the gap is named");
    with_hub[2].unreachable = false;
    world.input.terminal = true;
    is_order (&world, friday, "N+H,Z", "U-33: in 看取り, too, in the attending doctor's place");
    world.input.terminal = false;
    world.input.row_count = 0;
    is_order (&world, night, "H+OA,Z", "U-33: without an order who visits is asked at once, beside the doctor's clinic");
    world.input.team_consent = false;
    is_order (&world, night, "OA+Z", "U-33: without consent nobody visits for anybody");
}

int main (void)
{
    test_table ("UTC");
    test_table ("Asia/Tokyo");
    test_table ("America/New_York");
    test_absent_deputy ();
    test_consent ();
    test_people ();
    test_delays ();
    test_every_half_hour ();
    test_nonsense ();
    test_entrusted ();
    return done ();
}
