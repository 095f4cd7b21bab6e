/* N-20: ten thousand generated chains against a second resolver that was written from the rules alone, and what must hold for any input. */
#include "calendar.h"
#include "clock.h"
#include "resolver.h"
#include "tap.h"

enum { ROWS = 7, PEOPLE = 5, OFFICES = 3, ROTATIONS = 2, CASES = 10000, MEMBERS = 3 };

static const char *const person_ids[PEOPLE] = { "P0", "P1", "P2", "P3", "P4" };
static const char *const office_ids[OFFICES] = { "O0", "O1", "O2" };
static const char *const rotation_ids[ROTATIONS + 1] = { "R0", "R1", "R-unknown" };
static uint32_t seed = 7;

static uint32_t draw (uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 9) % below;
}

/* A generated case owns everything that the input points to. */
struct generated {
    struct chain_row rows[ROWS];
    int classes[ROWS][6];
    int64_t weekdays[ROWS][7];
    int tags[ROWS][3];
    struct rotation_rule rules[ROTATIONS];
    struct duty_span spans[ROTATIONS];
    struct duty_spans shifts[ROTATIONS];
    struct absence away[3];
    struct known_person people[PEOPLE];
    const char *consented[ROTATIONS];
    struct resolver_input input;
    int64_t instant;
    enum condition_tag tag;
};

static void draw_row (struct generated *g, int at)
{
    static const int bands[][2] = { { 0, 1440 }, { 0, 1440 }, { 510, 1080 }, { 1080, 1950 }, { 510, 1950 }, { 0, 2880 }, { 700, 701 } };
    struct chain_row *row = &g->rows[at];
    const int *band = bands[draw (7)];
    size_t classes = 0, weekdays = 0, tags = 0;

    *row = (struct chain_row) { .position = 1 + draw (4), .from_minute = band[0], .to_minute = band[1],
                                .target = (enum target_kind) (1 + draw (3)) };
    for (int class = 1; class <= 6; class++)
        if (draw (8))
            g->classes[at][classes++] = class;
    for (int weekday = 1; draw (8) == 0 && weekday <= 7; weekday++)
        g->weekdays[at][weekdays++] = weekday;
    if (draw (4) == 0)
        g->tags[at][tags++] = 1 + (int) draw (3);
    row->day_classes = (struct enum_list) { g->classes[at], classes };
    row->weekdays = (struct i64_list) { g->weekdays[at], weekdays };
    row->tags = (struct enum_list) { g->tags[at], tags };
    row->person_id = row->target == TARGET_KIND_PERSON && draw (9) ? person_ids[draw (PEOPLE)] : NULL;
    row->rotation_id = row->target == TARGET_KIND_ROTATION && draw (9) ? rotation_ids[draw (ROTATIONS + 1)] : NULL;
    row->office_id = row->target == TARGET_KIND_OFFICE && draw (9) ? office_ids[draw (OFFICES)] : NULL;
    row->has_delay_seconds = draw (2);
    row->delay_seconds = draw (400);
}

static void draw_rotation (struct generated *g, int at)
{
    g->rules[at] = (struct rotation_rule) { .rotation_id = rotation_ids[at], .name = "当番" };
    g->spans[at] = (struct duty_span) { .from = g->instant - draw (1000), .to = g->instant + (int64_t) draw (3),
                                        .person_id = draw (4) ? person_ids[draw (PEOPLE)] : NULL, .absent_id = person_ids[0] };
    g->shifts[at] = (struct duty_spans) { &g->spans[at], draw (6) ? 1 : 0 };
}

static void draw_case (struct generated *g)
{
    *g = (struct generated) { .tag = (enum condition_tag) (1 + draw (4)) };
    g->instant = tokyo_instant (day_number_of (2026, 1, 1) + draw (730), (int) draw (1440)) - (draw (3) == 0);
    for (int i = 0; i < ROWS; i++)
        draw_row (g, i);
    for (int i = 0; i < ROTATIONS; i++)
        draw_rotation (g, i);
    for (int i = 0; i < 3; i++)
        g->away[i] = (struct absence) { person_ids[draw (PEOPLE)], g->instant - draw (5), g->instant + (int64_t) draw (5) };
    for (int i = 0; i < PEOPLE; i++)
        g->people[i] = (struct known_person) { .person_id = person_ids[i], .name = person_ids[i], .left = draw (12) == 0 };
    for (uint32_t i = 0; i < ROTATIONS; i++)
        g->consented[i] = rotation_ids[i];
    g->input = (struct resolver_input) { .rows = g->rows, .row_count = draw (8) ? draw (ROWS + 1) : 0, .rotations = g->rules,
        .shifts = g->shifts, .rotation_count = draw (ROTATIONS + 1), .absences = g->away, .absence_count = draw (4), .people = g->people,
        .person_count = draw (PEOPLE + 1), .consented_rotations = g->consented, .consented_count = draw (ROTATIONS + 1),
        .team_consent = draw (8) != 0, .attending_office_id = draw (3) ? "O0" : NULL, .last_resort_office_id = "Z",
        .last_resort_name = "最終", .last_resort_phone = "119" };
}

/* ---- the second resolver: says only who and in which group --------------------------------------------------------------------------- */

struct said { const char *who[ROWS + 2]; int64_t group[ROWS + 2]; bool doctor[ROWS + 2]; size_t count; };

static bool is_away (const struct generated *g, const char *person)
{
    for (size_t i = 0; i < g->input.absence_count; i++)
        if (g->away[i].person_id == person && g->away[i].from <= g->instant && g->instant < g->away[i].to)
            return true;
    for (size_t i = 0; i < g->input.person_count; i++)
        if (g->people[i].person_id == person && g->people[i].left)
            return true;
    return false;
}

static bool holds (const int *list, size_t count, int wanted)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == wanted)
            return true;
    return false;
}

static bool speaks (const struct generated *g, const struct chain_row *row)
{
    int64_t minute = (g->instant + 9LL * 3600 * SECOND_US) / (60LL * SECOND_US);       /* of Japan, since 1970 */

    if (row->tags.count && !holds (row->tags.items, row->tags.count, (int) g->tag))
        return false;
    for (int64_t day = minute / 1440 - 2; day <= minute / 1440; day++) {
        bool weekday = row->weekdays.count == 0;

        for (size_t i = 0; i < row->weekdays.count; i++)
            weekday = weekday || row->weekdays.items[i] == (day + 3) % 7 + 1;
        if (weekday && minute >= day * 1440 + row->from_minute && minute < day * 1440 + row->to_minute
            && holds (row->day_classes.items, row->day_classes.count, (int) calendar_class (day)))
            return true;
    }
    return false;
}

static const char *target_of (const struct generated *g, const struct chain_row *row, bool *ret_doctor)
{
    const char *person = row->person_id;

    *ret_doctor = row->target != TARGET_KIND_OFFICE;
    if (row->target == TARGET_KIND_OFFICE)
        return row->office_id;
    if (row->target == TARGET_KIND_ROTATION) {
        person = NULL;
        for (size_t i = 0; row->rotation_id && i < g->input.rotation_count; i++)
            if (g->rules[i].rotation_id == row->rotation_id && i < g->input.consented_count && g->shifts[i].count
                && g->spans[i].from <= g->instant && g->instant < g->spans[i].to)
                person = g->spans[i].person_id;
    }
    return person && !is_away (g, person) ? person : NULL;
}

static void say (struct said *said, const char *who, int64_t group, bool doctor)
{
    for (size_t i = 0; i < said->count; i++)
        if (said->who[i] == who)
            return;
    said->who[said->count] = who;
    said->group[said->count] = group;
    said->doctor[said->count++] = doctor;
}

static void second_resolver (const struct generated *g, struct said *said)
{
    bool doctor, any = false;

    *said = (struct said) { .count = 0 };
    if (!g->input.team_consent || g->input.row_count == 0) {
        if (g->input.attending_office_id)
            say (said, g->input.attending_office_id, 1, false);
    }
    else
        for (int64_t position = 1; position <= 4; position++)
            for (size_t i = 0; i < g->input.row_count; i++) {
                const char *who = g->rows[i].position == position && speaks (g, &g->rows[i]) ? target_of (g, &g->rows[i], &doctor) : NULL;

                if (who)
                    say (said, who, position, doctor);
            }
    for (size_t i = 0; i < said->count; i++)
        any = any || said->doctor[i];
    for (size_t i = 0; !any && i < said->count; i++)
        said->group[i] = 5;
    said->who[said->count] = "Z";
    said->group[said->count++] = any ? 6 : 5;
}

/* Same people in the same order, asked at once exactly when the groups are the same. */
static bool agrees (const struct resolution *result, const struct said *said)
{
    if (result->count != said->count)
        return false;
    for (size_t i = 0; i < said->count; i++) {
        const char *who = result->items[i].person_id ? result->items[i].person_id : result->items[i].office_id;

        if (strcmp (who, said->who[i]) != 0
            || (i > 0 && (result->items[i].position == result->items[i - 1].position) != (said->group[i] == said->group[i - 1])))
            return false;
    }
    return true;
}

static bool is_utf8_end (const char *text)
{
    size_t size = strlen (text), back = 0;

    while (back < 4 && back < size && ((unsigned char) text[size - 1 - back] & 0xC0) == 0x80)
        back++;
    return size == 0 || back == 0 || (unsigned char) text[size - 1 - back] >= (back == 1 ? 0xC0 : back == 2 ? 0xE0 : 0xF0);
}

/* What the engine, the pages and the messages rely on, whatever the input was. */
static const char *broken_promise (const struct resolution *result)
{
    const struct answerer *last = result->count ? &result->items[result->count - 1] : NULL;
    bool doctor = false;

    if (!last || last->target != TARGET_KIND_LAST_RESORT || result->items[0].position != 1)
        return "the last resort is last, the first position is 1";
    for (size_t i = 0; i < result->count; i++) {
        const struct answerer *entry = &result->items[i];

        doctor = doctor || entry->person_id;
        if (!entry->name || !entry->reason || strlen (entry->reason) > 200 || !is_utf8_end (entry->reason))
            return "an entry has a name, and a reason of at most 200 whole bytes";
        if (entry->delay_seconds < DELAY_LEAST_SECONDS)
            return "a delay is at least 10 s";
        if (i > 0 && entry->position != result->items[i - 1].position && entry->position != result->items[i - 1].position + 1)
            return "positions have no holes";
    }
    return !doctor && last->position != 1 ? "without a doctor the last resort is asked at once" : NULL;
}

static void test_generated (const char *zone)
{
    int different = 0, broken = 0, alone = 0, several = 0;
    char name[140];

    setenv ("TZ", zone, 1);
    tzset ();
    seed = 7;
    for (int i = 0; i < CASES; i++) {
        struct generated g;
        struct resolution result;
        struct said said;
        const char *promise;
        ARENA (arena);

        draw_case (&g);
        result = resolve (&arena, &g.input, g.instant, g.tag);
        second_resolver (&g, &said);
        promise = broken_promise (&result);
        if (promise && !broken++)
            note ("case %d: %s", i, promise);
        if (!agrees (&result, &said) && !different++)
            note ("case %d differs", i);
        alone += result.count == 1;
        several += result.count > 2;
    }
    snprintf (name, sizeof name, "N-20 N-14 TZ=%s: ten thousand generated cases give the order of a second resolver", zone);
    is_number (different, 0, name);
    snprintf (name, sizeof name, "N-30 TZ=%s: ...and keep every promise", zone);
    is_number (broken, 0, name);
    ok (alone > CASES / 20 && several > CASES / 10, "...some of them with nobody but the last resort, some with several others");
}

/* ---- rows one by one: band edges ----------------------------------------------------------------------------------------------------- */

static void test_edges (void)
{
    static const int weekdays_only[] = { DAY_CLASS_WEEKDAY }, newyear[] = { DAY_CLASS_NEWYEAR }, saturday[] = { DAY_CLASS_SATURDAY };
    static const struct { const int *class; int from, to, month, day, minute; int64_t extra; bool speaks; const char *says; } rows[] = {
        { weekdays_only, 1080, 1950, 12, 28, 1080, 0, true, "N-22 the night of 12-28 begins at 18:00" },
        { weekdays_only, 1080, 1950, 12, 28, 1080, -1, false, "N-22 ...not a microsecond before" },
        { weekdays_only, 1080, 1950, 12, 29, 510, -1, true, "N-22 ...lasts to 08:29:59.999999 of the year end" },
        { weekdays_only, 1080, 1950, 12, 29, 510, 0, false, "N-22 ...and not to 08:30" },
        { weekdays_only, 0, 1440, 2, 28, 1440, -1, false, "2026-02-28 is a Saturday to its last instant" },
        { saturday, 0, 1440, 2, 28, 1440, -1, true, "...and as one" },
        { saturday, 0, 1440, 2, 28, 1440, 0, false, "...at midnight it is March, and Sunday" },
        { saturday, 0, 2880, 2, 28, 2880, -1, true, "a band of two days reaches through Sunday" },
        { saturday, 0, 2880, 2, 28, 2880, 0, false, "...and ends with it" },
        { newyear, 0, 1440, 1, 1, 720, 0, false, "1-1 is a national holiday, not new year" },
        { newyear, 0, 1440, 1, 2, 0, 0, true, "1-2 is new year from midnight in Japan" },
        { newyear, 1439, 1440, 1, 3, 1439, 0, true, "the last minute of 1-3" },
        { newyear, 1439, 1440, 1, 4, 0, 0, false, "...is over at midnight" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chain_row row = { .position = 1, .day_classes = { rows[i].class, 1 }, .from_minute = rows[i].from, .to_minute = rows[i].to };
        int64_t day, at = tokyo_instant (day_number_of (2026, rows[i].month, rows[i].day), rows[i].minute) + rows[i].extra;

        is_number (chain_row_matches (&row, at, CONDITION_TAG_OTHER, &day), rows[i].speaks, rows[i].says);
    }
}

/* ---- words --------------------------------------------------------------------------------------------------------------------------- */

static void test_reasons (void)
{
    static const int all[] = { 1, 2, 3, 4, 5, 6 }, circulation[] = { CONDITION_TAG_CIRCULATION };
    struct chain_row rows[60] = { { 0 } };
    struct known_person left[60];
    char ids[60][16];
    int64_t noon = tokyo_instant (day_number_of (2026, 9, 22), 720);
    struct resolver_input input = {
        .rows = rows, .people = left, .team_consent = true, .last_resort_name = "最終", .last_resort_office_id = "Z"
    };
    struct resolution result;
    ARENA (arena);

    for (int i = 0; i < 60; i++) {
        snprintf (ids[i], sizeof ids[i], "p%d", i);
        left[i] = (struct known_person) { .person_id = ids[i], .name = "副主治医のとても長い名前", .left = true };
        rows[i] = (struct chain_row) { .position = 1, .day_classes = { all, 6 }, .to_minute = 1440, .target = TARGET_KIND_PERSON,
                                       .person_id = ids[i] };
    }
    input.row_count = input.person_count = 60;
    result = resolve (&arena, &input, noon, CONDITION_TAG_OTHER);
    ok (result.count == 1 && strlen (result.items[0].reason) <= 200 && is_utf8_end (result.items[0].reason),
        "sixty people who were passed over are named as far as two hundred bytes go, never half a character");
    left[0].left = false;
    rows[0].tags = (struct enum_list) { circulation, 1 };
    rows[0].from_minute = 1080;
    rows[0].to_minute = 1950;
    input.row_count = input.person_count = 1;
    result = resolve (&arena, &input, tokyo_instant (day_number_of (2026, 9, 22), 1260), CONDITION_TAG_CIRCULATION);
    is (result.items[0].reason, "火曜・祝日 18:00–翌8:30・循環器：担当の医師等", "a reason names day, class, night band and field");
    result = resolve (&arena, &input, tokyo_instant (day_number_of (2026, 9, 23), 120), CONDITION_TAG_CIRCULATION);
    is (result.items[0].reason, "火曜・祝日 18:00–翌8:30・循環器：担当の医師等", "N-22 ...after midnight still the day the night began");
    input.last_resort_name = NULL;
    input.row_count = 0;
    result = resolve (&arena, &input, noon, CONDITION_TAG_OTHER);
    ok (result.count == 0 && result.chain_note, "with nothing set at all the answer is empty, not a crash");
}

int main (void)
{
    test_generated ("UTC");
    test_generated ("Asia/Tokyo");
    test_generated ("America/New_York");
    test_edges ();
    test_reasons ();
    return done ();
}
