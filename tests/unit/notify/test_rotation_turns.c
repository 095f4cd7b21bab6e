/* Rotations against a second implementation that walks day by day and knows nothing of the first: every kind and way of passing on, band
 * edges, month ends, leap days, year ends, absences in any order, three host time zones. */
#include "calendar.h"
#include "clock.h"
#include "rotation.h"
#include "tap.h"

enum { DAY_US_MINUTES = 1440, WEEKDAYS = 0x01, CLOSED = 0x3e, EVERY_DAY = 0x3f, HOLIDAYS_ONLY = 0x38, NO_DAY = 0 };

static const char *const names[] = { "a", "b", "c", "d", "e" };
static uint32_t seed = 20261122;

static uint32_t draw (uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* ---- the second implementation ------------------------------------------------------------------------------------------------------- */

static bool covered_day (const struct rotation_rule *rule, int64_t day)
{
    return rule->day_classes >> (calendar_class (day) - 1) & 1;
}

/* Does the band of this day hold the instant? */
static bool in_band (const struct rotation_rule *rule, int64_t day, int64_t instant)
{
    int64_t midnight = day * 86400 - 9 * 3600;

    return instant >= (midnight + rule->from_minute * 60) * SECOND_US && instant < (midnight + rule->to_minute * 60) * SECOND_US;
}

static int64_t count_covered_days (const struct rotation_rule *rule, int64_t until)
{
    int64_t count = 0;

    for (int64_t day = rule->anchor; day < until; day++)
        count += covered_day (rule, day);
    return count;
}

static int64_t count_covered_weeks (const struct rotation_rule *rule, int64_t until)
{
    int64_t count = 0;

    for (int64_t monday = rule->anchor; monday + 7 <= until; monday += 7) {
        bool any = false;

        for (int64_t day = monday; day < monday + 7; day++)
            any = any || covered_day (rule, day);
        count += any;
    }
    return count;
}

static int64_t turn_of (const struct rotation_rule *rule, int64_t day, int64_t instant)
{
    int64_t start = (rule->anchor * 86400 - 9 * 3600 + rule->handoff_minute * 60) * SECOND_US;
    int64_t length = (rule->kind == ROTATION_KIND_WEEKLY ? 7 : 1) * 86400LL * SECOND_US;

    if (rule->advance == ROTATION_ADVANCE_EVERY_HANDOFF)
        return instant < start ? -1 : (instant - start) / length;
    if (day < rule->anchor)
        return -1;
    if (rule->kind == ROTATION_KIND_DAILY)
        return count_covered_days (rule, day);
    return count_covered_weeks (rule, rule->anchor + (day - rule->anchor) / 7 * 7);
}

/* Who, by the second implementation: the name, "-" nobody, "" not covered. */
static const char *oracle (const struct rotation_rule *rule, const struct absence *away, size_t count, int64_t instant)
{
    int64_t today = (instant / SECOND_US + 9 * 3600) / 86400;

    for (int64_t day = today - 2; day <= today; day++) {
        int64_t turn = covered_day (rule, day) && in_band (rule, day, instant) ? turn_of (rule, day, instant) : -1;
        const char *who;

        if (turn < 0)
            continue;
        if (rule->member_count == 0)
            return "-";
        who = rule->members[turn % (int64_t) rule->member_count];
        for (size_t i = 0; i < count; i++)
            if (away[i].person_id == who && away[i].from <= instant && instant < away[i].to)
                return "-";
        return who;
    }
    return "";
}

static const char *product (struct arena *arena, const struct rotation_rule *rule, const struct absence *away, size_t count, int64_t from,
                            int64_t to, int64_t instant)
{
    struct duty_spans spans = rotation_shifts (arena, rule, away, count, from, to);
    const struct duty_span *span = duty_at (&spans, instant);

    return !span ? "" : span->person_id ? span->person_id : "-";
}

/* ---- generated rules ----------------------------------------------------------------------------------------------------------------- */

static struct rotation_rule drawn_rule (void)
{
    static const unsigned sets[] = { WEEKDAYS, CLOSED, EVERY_DAY, HOLIDAYS_ONLY, NO_DAY, 0x02 };
    static const int bands[][2] = { { 0, 1440 }, { 510, 1950 }, { 1080, 1950 }, { 510, 1080 }, { 1439, 1440 }, { 0, 1 }, { 1200, 2640 } };
    const int *band = bands[draw (7)];

    return (struct rotation_rule) { .rotation_id = "r", .name = "当番", .kind = draw (2) ? ROTATION_KIND_WEEKLY : ROTATION_KIND_DAILY,
        .advance = draw (2) ? ROTATION_ADVANCE_WHEN_ACTIVE : ROTATION_ADVANCE_EVERY_HANDOFF,
        .anchor = day_number_of (2027, 10, 1) + draw (150), .handoff_minute = (int) draw (DAY_US_MINUTES), .day_classes = sets[draw (6)],
        .from_minute = band[0], .to_minute = band[1], .members = names, .offices = names, .member_count = draw (6) };
}

static size_t drawn_absences (struct absence away[4], int64_t from, int64_t days)
{
    size_t count = draw (5);

    for (size_t i = 0; i < count; i++) {
        int64_t start = from + (int64_t) draw ((uint32_t) days * 1440) * 60 * SECOND_US;

        away[i] = (struct absence) { names[draw (5)], start, start + (1 + (int64_t) draw (3000)) * 60 * SECOND_US };
    }
    return count;
}

/* Around the turn of the year, 2028-02-29 and the month ends: a table of some days and single instants say the same. */
static void test_against_oracle (void)
{
    static const int starts[][3] = { { 2027, 12, 26 }, { 2028, 2, 26 }, { 2028, 4, 28 }, { 2028, 9, 15 }, { 2029, 1, 30 } };
    int wrong = 0, asked = 0, on_duty = 0;

    for (int round = 0; round < 1500; round++) {
        const int *start = starts[round % 5];
        int64_t from = tokyo_instant (day_number_of (start[0], start[1], start[2]), 0), to = from + 8LL * 86400 * SECOND_US;
        struct rotation_rule rule = drawn_rule ();
        struct absence away[4];
        size_t count = drawn_absences (away, from, 8);
        ARENA (arena);

        for (int i = 0; i < 40; i++) {
            int64_t instant = from + (int64_t) draw (8 * 1440) * 60 * SECOND_US + (draw (2) ? 0 : -1);
            const char *wanted;

            if (instant < from)
                continue;
            wanted = oracle (&rule, away, count, instant);
            asked++;
            on_duty += *wanted && *wanted != '-';
            wrong += strcmp (product (&arena, &rule, away, count, from, to, instant), wanted) != 0;
            wrong += strcmp (product (&arena, &rule, away, count, instant, instant + 1, instant), wanted) != 0;
        }
    }
    is_number (wrong, 0,
               "N-20 sixty thousand instants of generated rotations: the table and the instant agree with a second implementation");
    ok (asked > 50000 && on_duty > asked / 8, "...which really had people on duty");
}

/* N-23: exactly one answer, at each edge and one microsecond before it. */
static void test_edges (void)
{
    struct rotation_rule rule = { .rotation_id = "r", .name = "当番", .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = day_number_of (2028, 2, 27), .handoff_minute = 510, .day_classes = EVERY_DAY,
        .from_minute = 510, .to_minute = 1950, .members = names, .offices = names, .member_count = 3 };
    static const struct { int month, day; const char *before, *at; } rows[] = {
        { 2, 27, "", "a" }, { 2, 28, "a", "b" }, { 2, 29, "b", "c" }, { 3, 1, "c", "a" }, { 3, 31, "c", "a" }, { 4, 1, "a", "b" },
        { 12, 31, "b", "c" } };
    char name[100];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t at = tokyo_instant (day_number_of (2028, rows[i].month, rows[i].day), 510);
        ARENA (arena);

        snprintf (name, sizeof name, "N-23 2028-%02d-%02d 08:29:59.999999", rows[i].month, rows[i].day);
        is (product (&arena, &rule, NULL, 0, at - 1, at, at - 1), rows[i].before, name);
        snprintf (name, sizeof name, "N-23 2028-%02d-%02d 08:30", rows[i].month, rows[i].day);
        is (product (&arena, &rule, NULL, 0, at, at + 1, at), rows[i].at, name);
    }
}

/* N-24: what the two ways of passing on do over Golden Week and the turn of the year, as one line each. */
static void test_sequences (void)
{
    static const struct {
        const char *says;
        enum rotation_kind kind;
        enum rotation_advance advance;
        int month, day, length;
        const char *wanted;
    } rows[] = { { "daily, when active, Golden Week", ROTATION_KIND_DAILY, ROTATION_ADVANCE_WHEN_ACTIVE, 4, 29, 8, "a..bcabc" },
                 { "daily, every handoff, Golden Week", ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, 4, 29, 8, "a..abcab" },
                 { "weekly, when active, Golden Week", ROTATION_KIND_WEEKLY, ROTATION_ADVANCE_WHEN_ACTIVE, 4, 29, 8, "a..aaaab" },
                 { "daily, when active, the turn of the year", ROTATION_KIND_DAILY, ROTATION_ADVANCE_WHEN_ACTIVE, 12, 28, 9, ".abcabc.." },
                 { "daily, every handoff, the turn of the year", ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, 12, 28, 9,
                   ".bcabca.." } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t first = day_number_of (2026, rows[i].month, rows[i].day);
        struct rotation_rule rule = { .rotation_id = "r", .name = "当番", .kind = rows[i].kind, .advance = rows[i].advance,
            .anchor = first, .handoff_minute = 510, .day_classes = CLOSED, .from_minute = 510, .to_minute = 1950, .members = names,
            .offices = names, .member_count = 3 };
        char got[20] = "", name[120];
        ARENA (arena);

        for (int day = 0; day < rows[i].length; day++) {
            int64_t noon = tokyo_instant (first + day, 720);
            const char *who = product (&arena, &rule, NULL, 0, noon, noon + 1, noon);

            got[day] = *who ? *who : '.';
        }
        snprintf (name, sizeof name, "N-24 %s", rows[i].says);
        is (got, rows[i].wanted, name);
    }
}

/* However absences lie over each other, the parts touch, keep their order, and nobody absent has duty. */
static void test_absences_overlap (void)
{
    struct rotation_rule rule = { .rotation_id = "r", .name = "当番", .kind = ROTATION_KIND_WEEKLY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = day_number_of (2028, 1, 1), .handoff_minute = 0, .day_classes = EVERY_DAY,
        .from_minute = 0, .to_minute = 1440, .members = names, .offices = names, .member_count = 2 };
    int64_t from = tokyo_instant (rule.anchor, 0), to = from + 14LL * 86400 * SECOND_US;
    int broken = 0, present = 0, unnamed = 0;

    for (int round = 0; round < 400; round++) {
        struct absence away[4];
        size_t count = drawn_absences (away, from, 14);
        struct duty_spans spans;
        int64_t until;
        ARENA (arena);

        spans = rotation_shifts (&arena, &rule, away, count, from, to);
        for (size_t i = 0; i < spans.count; i++) {
            const struct duty_span *span = &spans.items[i];

            broken += span->from >= span->to || (i > 0 && span->from != spans.items[i - 1].to);
            present += span->person_id && (is_absent (away, count, span->person_id, span->from, &until)
                                           || is_absent (away, count, span->person_id, span->to - 1, &until));
            unnamed += !span->person_id && (!span->absent_id || span->office_id);
        }
        broken += spans.count == 0 || spans.items[0].from > from || spans.items[spans.count - 1].to < to;
    }
    is_number (broken, 0, "N-26 absences over each other leave no hole and no overlap");
    is_number (present, 0, "N-26 ...and nobody absent on duty");
    is_number (unnamed, 0, "N-26 ...and an empty part says who is missing");
}

static void test_touching (void)
{
    struct absence away[] = { { "a", 100, 200 }, { "a", 200, 300 }, { "b", 100, 400 } };
    int64_t until = 0;

    ok (!is_absent (away, 3, "a", 99, &until) && is_absent (away, 3, "a", 100, &until) && until == 200,
        "an absence begins with its instant");
    ok (is_absent (away, 3, "a", 200, &until) && until == 300 && !is_absent (away, 3, "a", 300, &until), "...and ends before its end");
    ok (!is_absent (away, 3, "c", 150, &until), "another's absence is not one's own");
}

static void test_zones (void)
{
    static const char *const zones[] = { "UTC", "Asia/Tokyo", "America/New_York" };
    char got[3][400];

    for (int zone = 0; zone < 3; zone++) {
        struct rotation_rule rule = { .rotation_id = "r", .name = "当番", .kind = ROTATION_KIND_DAILY,
            .advance = ROTATION_ADVANCE_WHEN_ACTIVE, .anchor = day_number_of (2026, 3, 1), .handoff_minute = 510, .day_classes = CLOSED,
            .from_minute = 1080, .to_minute = 1950, .members = names, .offices = names, .member_count = 5 };
        ARENA (arena);

        setenv ("TZ", zones[zone], 1);
        tzset ();
        for (int hour = 0; hour < 399; hour++) {             /* over 2026-03-08, when New York loses an hour */
            int64_t at = tokyo_instant (day_number_of (2026, 3, 1), hour * 60);
            const char *who = product (&arena, &rule, NULL, 0, at, at + 1, at);

            got[zone][hour] = *who ? *who : '.';
        }
        got[zone][399] = '\0';
    }
    ok (strcmp (got[0], got[1]) == 0 && strcmp (got[1], got[2]) == 0 && strchr (got[0], 'c'),
        "N-14 every host zone has the same duty, hour by hour");
}

int main (void)
{
    test_against_oracle ();
    test_edges ();
    test_sequences ();
    test_absences_overlap ();
    test_touching ();
    test_zones ();
    return done ();
}
