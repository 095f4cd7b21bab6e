/* From a rotation's rule to its shifts. */
#include "calendar.h"
#include "clock.h"
#include "rotation.h"
#include "tap.h"

enum { HOLIDAYS = 0x3e /* everything but weekdays */, EVERY_DAY = 0x3f };

static const char *const members[] = { "a", "b", "c" }, *const offices[] = { "oa", "ob", "oc" };

static struct rotation_rule rule_of (enum rotation_kind kind, enum rotation_advance advance, unsigned classes, int from, int to)
{
    return (struct rotation_rule) { .rotation_id = "r", .name = "西部当番", .kind = kind, .advance = advance,
        .anchor = day_number_of (2026, 4, 1), .handoff_minute = 510, .day_classes = classes, .from_minute = from, .to_minute = to,
        .members = members, .offices = offices, .member_count = 3 };
}

static int64_t at (int month, int day, int minute)
{
    return tokyo_instant (day_number_of (2026, month, day), minute);
}

static const char *on_duty (struct arena *arena, const struct rotation_rule *rule, const struct absence *absences, size_t count,
                            int64_t when)
{
    struct duty_spans spans = rotation_shifts (arena, rule, absences, count, when, when + 1);
    const struct duty_span *span = duty_at (&spans, when);

    return !span ? "uncovered" : span->person_id ? span->person_id : "nobody";
}

static void test_turns (struct arena *arena)
{
    struct rotation_rule daily = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, EVERY_DAY, 510, 1950);
    struct rotation_rule weekly = rule_of (ROTATION_KIND_WEEKLY, ROTATION_ADVANCE_EVERY_HANDOFF, EVERY_DAY, 510, 1950);

    is (on_duty (arena, &daily, NULL, 0, at (4, 1, 510)), "a", "the first member's turn begins on the anchor");
    is (on_duty (arena, &daily, NULL, 0, at (4, 1, 509)), "uncovered", "before the anchor nobody is on duty");
    is (on_duty (arena, &daily, NULL, 0, at (4, 2, 510) - 1), "a", "N-23 one microsecond before handoff the old one has duty");
    is (on_duty (arena, &daily, NULL, 0, at (4, 2, 510)), "b", "N-23 at the handoff the new one");
    is (on_duty (arena, &daily, NULL, 0, at (4, 4, 600)), "a", "after the last comes the first");
    is (on_duty (arena, &weekly, NULL, 0, at (4, 8, 509)), "a", "a weekly turn lasts to the seventh day's handoff");
    is (on_duty (arena, &weekly, NULL, 0, at (4, 8, 510)), "b", "...then passes on");
}

static void test_advance (struct arena *arena)
{
    struct rotation_rule every = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, HOLIDAYS, 510, 1950);
    struct rotation_rule active = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_WHEN_ACTIVE, HOLIDAYS, 510, 1950);
    struct rotation_rule weeks = rule_of (ROTATION_KIND_WEEKLY, ROTATION_ADVANCE_WHEN_ACTIVE, HOLIDAYS, 510, 1950);

    is (on_duty (arena, &every, NULL, 0, at (4, 3, 600)), "uncovered", "a Friday is not covered by a holiday rotation");
    is (on_duty (arena, &every, NULL, 0, at (4, 4, 600)), "a", "N-24 every_handoff counts the days in between (4-4 is the fourth turn)");
    is (on_duty (arena, &active, NULL, 0, at (4, 4, 600)), "a", "N-24 when_active begins with the first covered day");
    is (on_duty (arena, &active, NULL, 0, at (4, 5, 600)), "b", "N-24 ...and goes on with the next covered day");
    is (on_duty (arena, &active, NULL, 0, at (4, 11, 600)), "c", "N-24 ...over the weekdays");
    is (on_duty (arena, &active, NULL, 0, at (5, 3, 600)), "b", "N-24 Golden Week: 5-3 is the eleventh covered day");
    is (on_duty (arena, &active, NULL, 0, at (5, 6, 1260)), "b", "N-24 ...and 5-6, a substitute holiday, the fourteenth");
    is (on_duty (arena, &active, NULL, 0, at (5, 7, 120)), "b", "N-22 the night after it belongs to 5-6");
    is (on_duty (arena, &weeks, NULL, 0, at (4, 5, 600)), "a", "weekly when_active keeps one member within a week");
    is (on_duty (arena, &weeks, NULL, 0, at (4, 11, 600)), "b", "...and passes on with the next week that has a covered day");
}

static void test_absence (struct arena *arena)
{
    struct rotation_rule daily = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, EVERY_DAY, 510, 1950);
    struct absence away[] = { { "a", at (4, 1, 600), at (4, 1, 700) }, { "a", at (4, 1, 650), at (4, 1, 800) }, { "b", 0, at (4, 30, 0) } };
    struct duty_spans spans = rotation_shifts (arena, &daily, away, 3, at (4, 1, 510), at (4, 2, 510));

    is (on_duty (arena, &daily, away, 3, at (4, 1, 599)), "a", "before the absence the member has duty");
    is (on_duty (arena, &daily, away, 3, at (4, 1, 600)), "nobody", "N-26 in the absence nobody");
    is (on_duty (arena, &daily, away, 3, at (4, 1, 799)), "nobody", "N-26 overlapping absences join");
    is (on_duty (arena, &daily, away, 3, at (4, 1, 800)), "a", "after it the member again");
    is (on_duty (arena, &daily, away, 3, at (4, 2, 600)), "nobody", "somebody else's absence leaves that one's shift empty");
    ok (spans.count >= 3 && spans.items[0].from == at (4, 1, 510) && spans.items[0].to == at (4, 1, 600), "shifts are cut at the absence");
    is (spans.items[1].absent_id, "a", "...and say who is missing");
}

/* No instant of a year is covered twice, and a rotation of every day covers each. */
static void test_year (struct arena *arena)
{
    struct rotation_rule daily = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, EVERY_DAY, 510, 1950);
    struct duty_spans spans = rotation_shifts (arena, &daily, NULL, 0, at (4, 1, 510), at (4, 1, 510) + 365LL * 86400 * SECOND_US);
    bool touching = true;

    for (size_t i = 1; i < spans.count; i++)
        touching = touching && spans.items[i].from == spans.items[i - 1].to;
    ok (touching && spans.count >= 365, "N-23 the shifts of a year touch without gap or overlap");
}

static void test_odd (struct arena *arena)
{
    struct rotation_rule night = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, EVERY_DAY, 1080, 1950);
    struct rotation_rule midnight = night, empty = night;

    midnight.handoff_minute = 0;
    empty.member_count = 0;
    is (on_duty (arena, &night, NULL, 0, at (4, 2, 300)), "a", "a night band crosses midnight with its person");
    is (on_duty (arena, &midnight, NULL, 0, at (4, 2, 300)), "b", "a handoff inside the band cuts it");
    is (on_duty (arena, &empty, NULL, 0, at (4, 2, 300)), "nobody", "a rotation without members is a gap, not a crash");
}

int main (void)
{
    ARENA (arena);

    test_turns (&arena);
    test_advance (&arena);
    test_absence (&arena);
    test_year (&arena);
    test_odd (&arena);
    return done ();
}
