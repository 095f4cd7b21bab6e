/* Where the roster fails: of a rotation, of an order of doctors (against resolve () minute by minute), and when it is warned about. */
#include "clock.h"
#include "resolver.h"
#include "roster_gaps.h"
#include "tap.h"

enum { ROWS = 6, ROTATIONS = 2, CASES = 60, DAYS = 9, STEP_MINUTES = 10 };
static const int64_t MINUTE_US = 60LL * SECOND_US;

static uint32_t seed = 11;

static uint32_t draw (uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 9) % below;
}

static int64_t at (int year, int month, int day, int minute)
{
    return tokyo_instant (day_number_of (year, month, day), minute);
}

/* ---- rotations ---------------------------------------------------------------------------------------------------------------------- */

static void test_rotation (struct arena *arena)
{
    static const struct known_person people[] = { { .person_id = "u", .unreachable = true }, { .person_id = "l", .left = true } };
    struct duty_span items[] = { { .from = 0, .to = 10, .person_id = "a" }, { .from = 10, .to = 20 }, { .from = 20, .to = 30 },
                                 { .from = 30, .to = 40, .absent_id = "b" }, { .from = 50, .to = 60, .person_id = "u" },
                                 { .from = 60, .to = 90, .person_id = "l" } };
    struct duty_spans spans = { items, 6 };
    struct gaps gaps = rotation_gaps (arena, &spans, people, 2, NULL, 0, 80);

    is_number ((int64_t) gaps.count, 4, "N-31 every stretch that fails is found, touching ones as one");
    ok (gaps.items[0].kind == GAP_KIND_NOBODY && gaps.items[0].from == 10 && gaps.items[0].to == 30, "...nobody on duty");
    ok (gaps.items[1].kind == GAP_KIND_ABSENT && strcmp (gaps.items[1].person_id, "b") == 0, "...somebody away, with whom");
    ok (gaps.items[2].kind == GAP_KIND_UNREACHABLE && strcmp (gaps.items[2].person_id, "u") == 0,
        "N-29 U-08 ...somebody who cannot be reached counts as a gap");
    ok (gaps.items[3].kind == GAP_KIND_UNREACHABLE && gaps.items[3].to == 80, "...and who has left; cut where the check ends");
}

/* On duty over a weekend with the clinic's telephone alone. */
static void test_silence (struct arena *arena)
{
    static const struct phone_band hours[] = { { 1, 540, 1080 } };
    static const struct phone_line desk = { "C", "1", hours, 1 };
    static const struct closures none;
    const struct phone_calendar calendar = { &none, "011002" };
    const struct known_person doctor = { .person_id = "d", .by_office = true, .by_hours = true, .phones = { &desk, 1 } };
    struct duty_span item = { .from = at (2026, 7, 3, 600), .to = at (2026, 7, 6, 600), .person_id = "d" };
    struct duty_spans spans = { &item, 1 };
    struct gaps gaps = rotation_gaps (arena, &spans, &doctor, 1, &calendar, at (2026, 7, 1, 0), at (2026, 7, 8, 0));

    is_number ((int64_t) gaps.count, 1, "N-31 the hours without a telephone that is answered are a gap");
    ok (gaps.items[0].kind == GAP_KIND_UNREACHABLE && gaps.items[0].from == at (2026, 7, 3, 1080)
        && gaps.items[0].to == at (2026, 7, 6, 540) && strcmp (gaps.items[0].person_id, "d") == 0,
        "...from Friday at 18:00 to Monday at 9:00, with whom");
}

/* ---- warning ------------------------------------------------------------------------------------------------------------------------ */

static void test_soon (void)
{
    int64_t year_end = at (2026, 12, 30, 600), end = at (2026, 12, 31, 600), plain = at (2026, 12, 20, 0);

    ok (gap_is_yearend (year_end, end) && gap_is_yearend (at (2026, 12, 28, 0), at (2026, 12, 29, 1)), "12/29 is 年末年始");
    ok (gap_is_yearend (at (2027, 1, 3, 1439), at (2027, 1, 4, 0)) && !gap_is_yearend (at (2027, 1, 4, 0), at (2027, 1, 5, 0)), "...to 1/3");
    ok (!gap_is_yearend (at (2026, 12, 28, 0), at (2026, 12, 29, 0)), "...half open");
    ok (!gap_is_soon (year_end, end, at (2026, 11, 30, 1439)), "N-31 on 11/30 a gap in 年末年始 is not warned about yet");
    ok (gap_is_soon (year_end, end, at (2026, 12, 1, 0)), "N-31 from 12/1 it is");
    ok (!gap_is_soon (plain, plain + 1, at (2026, 12, 1, 0)), "N-31 ...another one only 14 days ahead");
    ok (gap_is_soon (plain, plain + 1, plain - 14LL * 86400 * SECOND_US + 1), "N-31 ...then it is");
    ok (!gap_is_soon (plain, plain + 1, plain + 1), "what is over is not");
}

/* ---- orders against the resolver ---------------------------------------------------------------------------------------------------- */

static const char *const ids[] = { "P0", "P1", "P2", "P3" }, *const rotation_ids[] = { "R0", "R1" };
static const int classes[] = { 1, 2, 3, 4, 5, 6, 7 };
static const int64_t weekdays[] = { 1, 3, 5, 6, 7 };
static const int tags[] = { CONDITION_TAG_FEVER };

struct generated {
    struct chain_row rows[ROWS];
    struct rotation_rule rules[ROTATIONS];
    struct duty_spans shifts[ROTATIONS];
    struct absence away[3];
    struct duty_change change;
    struct known_person people[4];
    struct closure closure;
    struct known_seat seats[2];
    struct resolver_input input;
    int64_t from, to;
};

/* Who has no telephone but the clinic's is there on weekdays by day, and on Saturdays over midnight. */
static const struct phone_band clinic_hours[] = { { 1, 540, 1080 }, { 2, 600, 1560 } };
static const struct phone_line clinic = { "C", "1", clinic_hours, 2 };

static struct chain_row row_of (void)
{
    static const int bands[][2] = { { 0, 1440 }, { 510, 1080 }, { 1080, 1950 }, { 0, 2880 }, { 1380, 1500 } };
    const int *band = bands[draw (5)];
    struct chain_row row = { .position = 1 + draw (3), .from_minute = band[0], .to_minute = band[1] };
    uint32_t skip = draw (3);

    row.day_classes = (struct enum_list) { classes + skip, 7 - skip - draw (3) };
    if (draw (3) == 0)
        row.weekdays = (struct i64_list) { weekdays, 1 + draw (5) };
    if (draw (6) == 0)
        row.tags = (struct enum_list) { tags, 1 };
    row.target = (enum target_kind) (TARGET_KIND_PERSON + draw (3));
    row.person_id = row.target == TARGET_KIND_PERSON ? ids[draw (4)] : NULL;
    row.rotation_id = row.target == TARGET_KIND_ROTATION ? rotation_ids[draw (2)] : NULL;
    row.office_id = row.target == TARGET_KIND_OFFICE ? "O" : NULL;
    return row;
}

static void generate (struct generated *g, struct arena *arena)
{
    g->from = at (2026, 12, 24, 600 + STEP_MINUTES * (int) draw (60));
    g->to = g->from + DAYS * 1440 * MINUTE_US;
    for (int i = 0; i < ROWS; i++)
        g->rows[i] = row_of ();
    for (int i = 0; i < 3; i++) {
        int64_t start = g->from + (int64_t) draw (DAYS * 144) * STEP_MINUTES * MINUTE_US;

        g->away[i] = (struct absence) { ids[draw (4)], start, start + (1 + (int64_t) draw (300)) * STEP_MINUTES * MINUTE_US };
    }
    g->change = (struct duty_change) { .change_id = "c", .kind = DUTY_CHANGE_KIND_OVERRIDE, .from = g->from + 1440 * MINUTE_US,
        .to = g->from + (int64_t) (2 + draw (5)) * 1440 * MINUTE_US, .remove_id = ids[draw (4)], .add_id = draw (3) ? ids[draw (4)] : NULL };
    for (int i = 0; i < 4; i++)
        g->people[i] = (struct known_person) { .person_id = ids[i], .name = ids[i], .unreachable = draw (5) == 0, .left = draw (9) == 0,
                                               .by_hours = draw (3) == 0, .phones = { &clinic, 1 } };
    g->closure = (struct closure) { .area = "011002", .first_day = day_number_of (2026, 12, 25), .last_day = day_number_of (2026, 12, 26) };
    for (int i = 0; i < ROTATIONS; i++) {
        g->rules[i] = (struct rotation_rule) { .rotation_id = rotation_ids[i], .name = "当番", .area = "011002", .kind = ROTATION_KIND_DAILY,
            .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = day_number_of (2026, 1, 1), .handoff_minute = 510,
            .day_classes = 1 + draw (127), .from_minute = 510, .to_minute = 1950, .members = ids, .offices = ids, .member_count = 4,
            .closures = { &g->closure, 1 }, .changes = &g->change, .change_count = draw (2) };
        g->shifts[i] = rotation_shifts (arena, &g->rules[i], g->away, 3, g->from, g->to);
    }
    g->seats[0] = (struct known_seat) { ids[draw (4)], NULL };
    g->seats[1] = (struct known_seat) { ids[draw (4)], NULL };
    g->input = (struct resolver_input) { .rows = g->rows, .row_count = 1 + draw (ROWS), .rotations = g->rules, .shifts = g->shifts,
        .rotation_count = ROTATIONS, .absences = g->away, .absence_count = draw (4), .people = g->people, .person_count = 4,
        .consented_rotations = rotation_ids, .consented_count = draw (3), .team_consent = draw (10) != 0, .last_resort_name = "Z",
        .last_resort_office_id = "Z", .area = "011002", .closures = { &g->closure, draw (2) }, .changes = &g->change,
        .change_count = draw (2), .terminal = draw (6) == 0, .attending = g->seats[0], .deputies = g->seats + 1, .deputy_count = draw (2) };
    g->from += draw (2) * 17 * SECOND_US;               /* a check begins at any second */
}

static bool has_doctor (struct arena *arena, const struct resolver_input *input, int64_t instant)
{
    struct resolution result = resolve (arena, input, instant, CONDITION_TAG_OTHER);

    for (size_t i = 0; i < result.count; i++)
        if (result.items[i].target == TARGET_KIND_PERSON || result.items[i].target == TARGET_KIND_ROTATION)
            return true;
    return false;
}

static bool in_gap (const struct gaps *gaps, int64_t instant)
{
    for (size_t i = 0; i < gaps->count; i++)
        if (gaps->items[i].from <= instant && instant < gaps->items[i].to)
            return true;
    return false;
}

static void test_against_resolver (void)
{
    int wrong = 0, with = 0, without = 0;

    for (int i = 0; i < CASES; i++) {
        ARENA (arena);
        struct generated g = { 0 };
        struct gaps gaps;

        generate (&g, &arena);
        gaps = chain_gaps (&arena, &g.input, g.from, g.to, 4000);
        if (!g.input.team_consent) {
            wrong += gaps.count != 0;
            continue;
        }
        for (int64_t now = g.from - g.from % MINUTE_US + MINUTE_US / 2; now < g.to; now += STEP_MINUTES * MINUTE_US) {
            ARENA (small);
            bool gap = in_gap (&gaps, now);

            with += !gap;
            without += gap;
            wrong += gap == has_doctor (&small, &g.input, now);
        }
    }
    is_number (wrong, 0, "N-31 the gaps of generated orders are where resolve () finds no doctor, in every tenth minute of nine days");
    ok (with > 5000 && without > 5000, "(with enough minutes of both kinds)");
}

int main (void)
{
    ARENA (arena);

    test_rotation (&arena);
    test_silence (&arena);
    test_soon ();
    test_against_resolver ();
    return done ();
}
