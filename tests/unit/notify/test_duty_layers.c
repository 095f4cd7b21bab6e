/* What lies upon a rotation's rule: months, nth weekdays, new members, tables, absences, overrides, swaps. */
#include "clock.h"
#include "rotation.h"
#include "rotation_era.h"
#include "swap_rules.h"
#include "tap.h"

enum { EVERY_DAY = 0x7f, CLOSED_DAYS = 0x3e, HOUR = 60 };

static const char *const members[] = { "a", "b", "c" }, *const offices[] = { "oa", "ob", "oc" };

static struct rotation_rule rule_of (enum rotation_kind kind, enum rotation_advance advance, int64_t anchor)
{
    return (struct rotation_rule) { .rotation_id = "r", .name = "西部当番", .area = "011002", .kind = kind, .advance = advance,
        .anchor = anchor, .handoff_minute = 510, .day_classes = EVERY_DAY, .from_minute = 510, .to_minute = 1950, .members = members,
        .offices = offices, .member_count = 3 };
}

static int64_t at (int year, int month, int day, int minute)
{
    return tokyo_instant (day_number_of (year, month, day), minute);
}

static const char *who (struct arena *arena, const struct rotation_rule *rule, const struct absence *absences, size_t count, int64_t when)
{
    struct duty_spans spans = rotation_shifts (arena, rule, absences, count, when, when + 1);
    const struct duty_span *span = duty_at (&spans, when);

    return !span ? "uncovered" : span->person_id ? span->person_id : "nobody";
}

/* ---- months ------------------------------------------------------------------------------------------------------------------------- */

static void test_monthly (struct arena *arena)
{
    struct rotation_rule rule = rule_of (ROTATION_KIND_MONTHLY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 1, 31));
    static const struct { int month, last; const char *who; } turns[] = {
        { 1, 31, "a" }, { 2, 28, "b" }, { 3, 31, "c" }, { 4, 30, "a" }, { 5, 31, "b" }, { 6, 30, "c" }, { 7, 31, "a" }, { 8, 31, "b" } };

    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        is (who (arena, &rule, NULL, 0, at (2026, turns[i].month, turns[i].last, 510)), turns[i].who,
            arena_print (arena, "N-25 a turn that begins on the 31st begins on %d/%d", turns[i].month, turns[i].last));
        if (i > 0)
            is (who (arena, &rule, NULL, 0, at (2026, turns[i].month, turns[i].last, 510) - 1), turns[i - 1].who,
                "N-25 ...and not a moment earlier");
    }
    rule.anchor = day_number_of (2024, 2, 29);
    is (who (arena, &rule, NULL, 0, at (2025, 2, 28, 600)), "a", "N-25 the twelfth month after 2-29 begins on 2-28");
}

static void test_nth_weekday (struct arena *arena)
{
    /* 2026-01-31 is the fifth Saturday of January */
    struct rotation_rule fifth = rule_of (ROTATION_KIND_NTH_WEEKDAY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 1, 31));
    struct rotation_rule second = fifth;

    second.anchor = day_number_of (2026, 1, 10);
    is (who (arena, &fifth, NULL, 0, at (2026, 2, 28, 510)), "b", "N-25 a fifth Saturday that is not there is the last");
    is (who (arena, &fifth, NULL, 0, at (2026, 2, 28, 509)), "a", "N-25 ...until then the old one");
    is (who (arena, &fifth, NULL, 0, at (2026, 3, 28, 510)), "c", "N-25 no month is skipped");
    is (who (arena, &fifth, NULL, 0, at (2026, 5, 30, 510)), "b", "N-25 nor doubled");
    is (who (arena, &second, NULL, 0, at (2026, 2, 14, 510)), "b", "the second Saturday of February");
    is (who (arena, &second, NULL, 0, at (2026, 3, 14, 509)), "b", "...to that of March");
}

/* One turn a month for a hundred years, whatever day it begins on. */
static void test_every_month (struct arena *arena)
{
    int bad = 0;

    for (int kind = ROTATION_KIND_MONTHLY; kind <= ROTATION_KIND_NTH_WEEKDAY; kind++)
        for (int day = 27; day <= 31; day++) {
            struct rotation_rule rule = rule_of ((enum rotation_kind) kind, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2024, 1, day));

            for (int month = 0; month < 120; month++) {
                int64_t last = day_number_of (2024 + (month + 1) / 12, (month + 1) % 12 + 1, 1) - 1;

                bad += strcmp (who (arena, &rule, NULL, 0, tokyo_instant (last, 1200)), members[month % 3]) != 0;
            }
        }
    is_number (bad, 0, "N-25 at the end of each of 120 months exactly one turn has begun in it, for the 27th to 31st and their weekdays");
}

static void test_coverage (struct arena *arena)
{
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_WHEN_ACTIVE, day_number_of (2026, 1, 1));

    rule.weekdays = 1u << 5;
    rule.weeks = 1u << 1 | 1u << 4;
    is (who (arena, &rule, NULL, 0, at (2026, 1, 10, 600)), "a", "the second Saturday is covered");
    is (who (arena, &rule, NULL, 0, at (2026, 1, 17, 600)), "uncovered", "the third is not");
    is (who (arena, &rule, NULL, 0, at (2026, 1, 31, 600)), "b", "the last is, and the turn has passed on");
    is (who (arena, &rule, NULL, 0, at (2026, 2, 28, 600)), "a", "a fourth one that is the last, too");
    is (who (arena, &rule, NULL, 0, at (2026, 1, 11, 600)), "uncovered", "a Sunday is not");
}

static void test_closure (struct arena *arena)
{
    const struct closure bon[] = { { .area = "011002", .first_day = day_number_of (2026, 8, 13), .last_day = day_number_of (2026, 8, 15) },
                                   { .area = "011003", .first_day = day_number_of (2026, 8, 17), .last_day = day_number_of (2026, 8, 17) } };
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 1, 1));

    rule.day_classes = 1u << (DAY_CLASS_LOCAL - 1) | 1u << (DAY_CLASS_SUNDAY - 1);
    rule.closures = (struct closures) { bon, 2 };
    is (who (arena, &rule, NULL, 0, at (2026, 8, 12, 600)), "uncovered", "a weekday is not covered");
    ok (strcmp (who (arena, &rule, NULL, 0, at (2026, 8, 13, 600)), "uncovered") != 0, "a local closure is");
    ok (strcmp (who (arena, &rule, NULL, 0, at (2026, 8, 16, 300)), "uncovered") != 0, "N-22 the night after it belongs to it");
    is (who (arena, &rule, NULL, 0, at (2026, 8, 17, 600)), "uncovered", "another municipality's closure does not count");
    is_number (calendar_class_at (&rule.closures, "011002", NULL, day_number_of (2026, 8, 15)), DAY_CLASS_LOCAL, "a Saturday becomes local");
    is_number (calendar_class_at (&rule.closures, "011002", NULL, day_number_of (2026, 8, 11)), DAY_CLASS_NATIONAL,
               "a national holiday stays one");
}

/* ---- new members -------------------------------------------------------------------------------------------------------------------- */

static struct rotation_rule follow (const struct rotation_rule *rule, const char *const *list, size_t count, int64_t now,
                                    struct rotation_rule *before)
{
    struct rotation_rule next = *rule;
    struct rotation_era era;

    next.members = next.offices = list;
    next.member_count = count;
    era = rotation_era_of (rule, &next, now);
    *before = *rule;
    next.since = era.since;
    next.offset = era.offset;
    next.before = era.since ? before : NULL;
    return next;
}

static void test_members (struct arena *arena)
{
    static const char *const without_b[] = { "a", "c" }, *const with_d[] = { "a", "d", "b", "c" }, *const turned[] = { "c", "b", "a" },
                            *const others[] = { "x", "y" };
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 4, 1)), before, next;
    int64_t now = at (2026, 4, 5, 600);                     /* b's turn: the fifth */

    next = follow (&rule, without_b, 2, now, &before);
    is (who (arena, &next, NULL, 0, now), "b", "N-24 who is taken out keeps the turn that has begun");
    is (who (arena, &next, NULL, 0, at (2026, 4, 6, 509)), "b", "N-24 ...to the handover");
    is (who (arena, &next, NULL, 0, at (2026, 4, 6, 510)), "c", "N-24 then comes who would have come");
    is (who (arena, &next, NULL, 0, at (2026, 4, 7, 600)), "a", "N-24 ...and goes on by the new list");
    is (who (arena, &next, NULL, 0, at (2026, 4, 4, 600)), "a", "N-24 what was stays as it was");
    next = follow (&rule, with_d, 4, now, &before);
    is (who (arena, &next, NULL, 0, at (2026, 4, 6, 600)), "c", "N-24 with one more member the order goes on behind who has the turn");
    is (who (arena, &next, NULL, 0, at (2026, 4, 8, 600)), "d", "N-24 ...and the new one comes in his place");
    next = follow (&rule, turned, 3, now, &before);
    is (who (arena, &next, NULL, 0, at (2026, 4, 5, 1200)), "b", "N-24 turned round, the present one stays");
    is (who (arena, &next, NULL, 0, at (2026, 4, 6, 600)), "a", "N-24 ...and the next one is next in the new list");
    next = follow (&rule, others, 2, now, &before);
    is (who (arena, &next, NULL, 0, at (2026, 4, 6, 600)), "x", "with nobody left of the old list the new one begins at its head");
    next = follow (&rule, without_b, 2, at (2026, 3, 1, 0), &before);
    is (who (arena, &next, NULL, 0, at (2026, 4, 1, 600)), "a", "before the first turn the new list simply holds");
}

static void test_members_when_active (struct arena *arena)
{
    static const char *const without_a[] = { "b", "c" };
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_WHEN_ACTIVE, day_number_of (2026, 5, 1)), before, next;
    int64_t now = at (2026, 5, 5, 100);                     /* the night of 5-4: turns 5-2 a, 5-3 b, 5-4 c, 5-5 a, 5-6 b, 5-9 c */

    rule.day_classes = CLOSED_DAYS;
    is (who (arena, &rule, NULL, 0, now), "c", "(the third covered day)");
    next = follow (&rule, without_a, 2, now, &before);
    is (who (arena, &next, NULL, 0, now), "c", "N-24 when_active: the night goes on with who has it");
    is (who (arena, &next, NULL, 0, at (2026, 5, 5, 509)), "c", "N-24 ...to its end");
    is (who (arena, &next, NULL, 0, at (2026, 5, 5, 510)), "b", "N-24 then the next of the new list");
    is (who (arena, &next, NULL, 0, at (2026, 5, 6, 600)), "c", "N-24 ...over Golden Week");
    is (who (arena, &next, NULL, 0, at (2026, 5, 9, 600)), "b", "N-24 ...to the Saturday");
}

static void test_new_rule (void)
{
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 4, 1)), next = rule;
    int64_t now = at (2026, 4, 5, 600);
    struct rotation_era era = rotation_era_of (&rule, &next, now);

    ok (!era.keeps_past && era.since == rule.since, "the same rule again begins nothing");
    next.anchor = day_number_of (2026, 4, 10);
    era = rotation_era_of (&rule, &next, now);
    ok (era.keeps_past && era.since == at (2026, 4, 10, 510), "a rule with a coming anchor holds from there on");
    next.anchor = day_number_of (2026, 4, 3);
    era = rotation_era_of (&rule, &next, now);
    ok (era.keeps_past && era.since == now, "one with a past anchor at once");
    ok (rotation_era_of (NULL, &next, now).since == 0, "a new rotation from its anchor");
}

/* ---- overrides, swaps, tables ------------------------------------------------------------------------------------------------------- */

static struct duty_change change_of (enum duty_change_kind kind, int64_t from, int64_t to, const char *remove, const char *add)
{
    return (struct duty_change) { .change_id = "x", .kind = kind, .rotation_id = "r", .from = from, .to = to, .remove_id = remove,
                                  .add_id = add, .add_office_id = "ox" };
}

static const char *with (struct arena *arena, const struct duty_change *changes, size_t count, const struct absence *away, size_t absences,
                         int64_t when)
{
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 4, 1));

    rule.changes = changes;
    rule.change_count = count;
    return who (arena, &rule, away, absences, when);
}

static void test_override (struct arena *arena)
{
    int64_t from = at (2026, 4, 1, 20 * HOUR), to = at (2026, 4, 2, 6 * HOUR);
    struct duty_change one = change_of (DUTY_CHANGE_KIND_OVERRIDE, from, to, "a", "x");
    struct duty_change two[] = { one, change_of (DUTY_CHANGE_KIND_OVERRIDE, to, to + 3600LL * SECOND_US, "a", "y") };
    const struct absence away = { "a", 0, at (2026, 4, 30, 0) }, x_away = { "x", 0, at (2026, 4, 30, 0) };

    is (with (arena, &one, 1, NULL, 0, from - 1), "a", "N-26 before an override the rule holds");
    is (with (arena, &one, 1, NULL, 0, from), "x", "N-26 from its first moment the substitute");
    is (with (arena, &one, 1, NULL, 0, to - 1), "x", "N-26 ...to its last");
    is (with (arena, &one, 1, NULL, 0, to), "a", "N-26 then the rule again");
    is (with (arena, two, 2, NULL, 0, to), "y", "N-26 one that ends exactly where another starts: both are good");
    is (with (arena, &one, 1, &away, 1, from), "x", "N-26 an override covers an absence");
    is (with (arena, &one, 1, &away, 1, from - 1), "nobody", "...which lasts outside of it");
    is (with (arena, &one, 1, &x_away, 1, from), "x", "an absence does not take away what a hand has set");
    one.remove_id = "b";
    is (with (arena, &one, 1, NULL, 0, from), "a", "N-26 replacing somebody who is not on duty has no effect");
    one.remove_id = "a";
    one.add_id = NULL;
    is (with (arena, &one, 1, NULL, 0, from), "nobody", "a person may be taken out with nobody instead");
    one.rotation_id = NULL;
    one.add_id = "x";
    is (with (arena, &one, 1, NULL, 0, from), "x", "an override of a person wherever asked counts in the rotation");
}

static void test_fill (struct arena *arena)
{
    struct duty_change fill = change_of (DUTY_CHANGE_KIND_OVERRIDE, at (2026, 4, 1, 8 * HOUR), at (2026, 4, 1, 12 * HOUR), NULL, "x");
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 4, 2));
    struct duty_spans spans;

    rule.changes = &fill;
    rule.change_count = 1;
    spans = rotation_shifts (arena, &rule, NULL, 0, at (2026, 4, 1, 9 * HOUR), at (2026, 4, 1, 10 * HOUR));
    ok (spans.count == 1 && spans.items[0].from == fill.from && spans.items[0].to == fill.to,
        "where nobody covers, whoever is put there is on duty for all of it");
    is_number (spans.items[0].day, day_number_of (2026, 4, 1), "...on its day");
}

static void test_swap (struct arena *arena)
{
    struct duty_change halves[] = { change_of (DUTY_CHANGE_KIND_SWAP, at (2026, 4, 1, 510), at (2026, 4, 2, 510), "a", "b"),
                                    change_of (DUTY_CHANGE_KIND_SWAP, at (2026, 4, 2, 510), at (2026, 4, 3, 510), "b", "a"),
                                    change_of (DUTY_CHANGE_KIND_OVERRIDE, at (2026, 4, 1, 600), at (2026, 4, 1, 700), "a", "x") };
    struct duty_change later[] = { change_of (DUTY_CHANGE_KIND_OVERRIDE, at (2026, 4, 1, 510), at (2026, 4, 2, 510), "a", "x"),
                                   change_of (DUTY_CHANGE_KIND_SWAP, at (2026, 4, 1, 510), at (2026, 4, 2, 510), "x", "b") };
    const struct duty_change ill[] = { change_of (DUTY_CHANGE_KIND_OVERRIDE, at (2026, 4, 1, 600), at (2026, 4, 1, 700), "b", "x"),
                                       change_of (DUTY_CHANGE_KIND_SWAP, at (2026, 4, 1, 510), at (2026, 4, 2, 510), "a", "b") };
    struct duty_change moved = change_of (DUTY_CHANGE_KIND_SWAP, at (2026, 4, 1, 510), at (2026, 4, 2, 510), "c", "b");
    struct duty_span parts[] = { { .from = 0, .to = 10, .person_id = "b" }, { .from = 10, .to = 20, .person_id = "x" } };

    is (with (arena, halves, 2, NULL, 0, at (2026, 4, 1, 600)), "b", "N-27 a swap gives the shift to the other");
    is (with (arena, halves, 2, NULL, 0, at (2026, 4, 2, 600)), "a", "N-27 ...and the other one back");
    is (with (arena, halves, 2, NULL, 0, at (2026, 4, 4, 600)), "a", "...and nothing else");
    is (with (arena, halves, 3, NULL, 0, at (2026, 4, 1, 650)), "b", "an override of who has given the shift away does nothing");
    halves[2].remove_id = "b";
    is (with (arena, halves, 3, NULL, 0, at (2026, 4, 1, 650)), "x", "N-28 代診 of who has taken the shift counts");
    halves[2].remove_id = NULL;
    is (with (arena, halves, 3, NULL, 0, at (2026, 4, 1, 650)), "x", "N-28 ...and so does one of whoever it is");
    is (with (arena, later, 2, NULL, 0, at (2026, 4, 1, 650)), "b", "who stands in may swap what is then his");
    is (with (arena, ill, 2, NULL, 0, at (2026, 4, 1, 650)), "x", "N-28 代診 entered before its person takes the shift by a swap counts, too");
    is (with (arena, ill, 2, NULL, 0, at (2026, 4, 1, 710)), "b", "...in its time only");
    parts[0].change = &halves[0];
    parts[1].change = &halves[2];
    ok (swap_is_whole (&(struct duty_spans) { parts, 2 }, 0, 20), "N-28 ...and does not undo the swap below it");
    is (with (arena, &moved, 1, NULL, 0, at (2026, 4, 1, 600)), "a", "N-27 a swap of a shift that is somebody else's does nothing");
}

static void test_swap_rules (struct arena *arena)
{
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 4, 1));
    struct duty_spans spans = rotation_shifts (arena, &rule, NULL, 0, at (2026, 4, 1, 510), at (2026, 4, 4, 510));
    struct swap_ask ask = { .taker = "b", .from = 10, .to = 20 };
    struct error err = { 0 };

    ok (swap_holds_all (&spans, "a", at (2026, 4, 1, 510), at (2026, 4, 2, 510)), "N-27 a whole shift is its holder's");
    ok (swap_holds_all (&spans, "a", at (2026, 4, 1, 600), at (2026, 4, 1, 700)), "N-27 ...and so is a part");
    ok (!swap_holds_all (&spans, "a", at (2026, 4, 1, 510), at (2026, 4, 2, 511)), "N-27 a minute more is not");
    ok (!swap_holds_all (&spans, "a", at (2026, 3, 31, 1000), at (2026, 4, 1, 600)), "N-27 nor time that nobody covers");
    ok (!swap_is_whole (&spans, at (2026, 4, 1, 510), at (2026, 4, 2, 510)), "...and nothing of it is a swap's");
    ok (swap_check (&ask, "a", 15, &err) == 0, "a swap of a shift that has begun may be asked for");
    is_number ((swap_check (&ask, "a", 20, &err), err.key), ERROR_TIME_IN_PAST, "not of one that is over");
    is_number ((swap_check (&ask, "b", 5, &err), err.key), ERROR_NOBODY_CHANGED, "nor with oneself");
    ask.has_back_from = true;
    is_number ((swap_check (&ask, "a", 5, &err), err.key), ERROR_FIELD_MISSING, "what is taken in return is named whole");
}

static void test_table (struct arena *arena)
{
    const struct table_days april = { day_number_of (2026, 4, 1), day_number_of (2026, 4, 30) };
    struct duty_change entries[] = { change_of (DUTY_CHANGE_KIND_TABLE, at (2026, 4, 3, 18 * HOUR), at (2026, 4, 4, 2 * HOUR), NULL, "t"),
                                     change_of (DUTY_CHANGE_KIND_OVERRIDE, at (2026, 4, 3, 20 * HOUR), at (2026, 4, 3, 21 * HOUR), "t", "x") };
    struct rotation_rule rule = rule_of (ROTATION_KIND_DAILY, ROTATION_ADVANCE_EVERY_HANDOFF, day_number_of (2026, 3, 1));
    const struct absence away = { "t", at (2026, 4, 4, 0), at (2026, 4, 5, 0) };

    rule.tables = &april;
    rule.table_count = 1;
    rule.changes = entries;
    rule.change_count = 2;
    is (who (arena, &rule, NULL, 0, at (2026, 4, 3, 19 * HOUR)), "t", "in a table's month its entries say who has duty");
    is (who (arena, &rule, NULL, 0, at (2026, 4, 3, 17 * HOUR)), "nobody", "...and where it says nobody, nobody has");
    is (who (arena, &rule, NULL, 0, at (2026, 4, 3, 20 * HOUR)), "x", "an override lies over the table");
    is (who (arena, &rule, &away, 1, at (2026, 4, 4, HOUR)), "nobody", "so does an absence");
    ok (strcmp (who (arena, &rule, NULL, 0, at (2026, 5, 1, 300)), "nobody") == 0, "the night of the last day still belongs to it");
    ok (strcmp (who (arena, &rule, NULL, 0, at (2026, 5, 1, 600)), "nobody") != 0, "...and the next day to the rule");
}

int main (void)
{
    ARENA (arena);

    test_monthly (&arena);
    test_nth_weekday (&arena);
    test_every_month (&arena);
    test_coverage (&arena);
    test_closure (&arena);
    test_members (&arena);
    test_members_when_active (&arena);
    test_new_rule ();
    test_override (&arena);
    test_fill (&arena);
    test_swap (&arena);
    test_swap_rules (&arena);
    test_table (&arena);
    return done ();
}
