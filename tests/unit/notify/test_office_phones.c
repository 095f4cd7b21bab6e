/* Telephones of offices and the hours in which they are answered (practice.md, "Offices have phones"): against a slow judge that knows one
 * minute at a time, over midnight, holidays, 12/29-1/3 and local closures; and what may be entered. */
#include "clock.h"
#include "office_phones.h"
#include "resolver.h"
#include "tap.h"

enum { CASES = 80, DAYS = 12, STEP_MINUTES = 15, LINES = 3, BANDS = 3 };
#define OFFICE "O"
#define SET(class) (1u << ((class) - 1))
static const int64_t MINUTE_US = 60LL * SECOND_US;
static struct arena arena;
static struct error err;
static uint32_t seed = 7;

static uint32_t draw (uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 9) % below;
}

static int64_t at (int year, int month, int day, int hour, int minute)
{
    return tokyo_instant (day_number_of (year, month, day), hour * 60 + minute);
}

/* ---- the office of the item: a desk by day, a carried telephone by night and on closed days ------------------------------------------ */

static const struct phone_band desk_hours[] = { { SET (DAY_CLASS_WEEKDAY), 540, 1080 } };
static const struct phone_band carried_hours[] = { { SET (DAY_CLASS_WEEKDAY), 1080, 1980 }, { SET (DAY_CLASS_SATURDAY), 480, 1980 } };
static const struct phone_line office[] = { { OFFICE, "desk", desk_hours, 1 }, { OFFICE, "carried", carried_hours, 2 } };
static const struct phone_lines both = { office, 2 };
static const struct closures none;
static const struct phone_calendar plain = { &none, "011002" };

static const char *rings (const struct phone_calendar *calendar, int64_t instant)
{
    const struct phone_line *line = phone_at (&both, calendar, NULL, instant);

    return line ? line->number : "nothing";
}

static void test_item (void)
{
    static const struct closure day_off = { .office_id = OFFICE, .first_day = 20637, .last_day = 20637 };   /* 2026-07-03, a Friday */
    const struct closures closures = { &day_off, 1 };
    const struct phone_calendar with = { &closures, "011002" };

    is (rings (&plain, at (2026, 7, 3, 9, 0)), "desk", "Offices have phones: by day the desk rings");
    is (rings (&plain, at (2026, 7, 3, 17, 59)), "desk", "...until its hours end");
    is (rings (&plain, at (2026, 7, 3, 18, 0)), "carried", "...then the duty phone (当番携帯), from that minute on");
    is (rings (&plain, at (2026, 7, 4, 8, 59)), "carried", "...over midnight: Friday's night ends on Saturday at nine");
    is (rings (&plain, at (2026, 7, 4, 3, 0)), "carried", "...and belongs to the day it starts");
    is (rings (&plain, at (2026, 7, 5, 9, 0)), "nothing", "on a Sunday nothing rings");
    is (rings (&plain, at (2026, 7, 5, 8, 59)), "carried", "...but Saturday's night until nine");
    is (rings (&plain, at (2026, 7, 20, 10, 0)), "nothing", "on a holiday (海の日, a Monday) neither");
    is (rings (&plain, at (2026, 12, 28, 23, 0)), "carried", "on 12/28 the night is a weekday's");
    is (rings (&plain, at (2026, 12, 29, 8, 59)), "carried", "...until 12/29 at nine");
    is (rings (&plain, at (2026, 12, 29, 10, 0)), "nothing", "12/29 is no weekday");
    is (rings (&plain, at (2027, 1, 2, 10, 0)), "nothing", "1/2, a Saturday, is 年始");
    is (rings (&plain, at (2027, 1, 4, 10, 0)), "desk", "on 1/4 the desk rings again");
    is (rings (&with, at (2026, 7, 3, 10, 0)), "nothing", "a closure of the office itself counts");
    is (rings (&with, at (2026, 7, 2, 20, 0)), "carried", "...not for the day before");
}

/* ---- against the judge --------------------------------------------------------------------------------------------------------------- */

static bool judge_band (const struct phone_band *band, const struct phone_calendar *calendar, const char *office_id, int64_t instant)
{
    struct tokyo now = tokyo_of (instant);

    for (int back = 0; back <= 2; back++) {
        int minute = now.minute + back * 1440;

        if (minute >= band->from && minute < band->to
            && calendar_in (band->classes, calendar_class_at (calendar->closures, calendar->area, office_id, now.day_number - back)))
            return true;
    }
    return false;
}

static bool judge (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t instant)
{
    for (size_t i = 0; i < lines->count; i++) {
        bool answered = lines->items[i].band_count == 0;

        for (size_t j = 0; j < lines->items[i].band_count; j++)
            answered |= judge_band (&lines->items[i].bands[j], calendar, lines->items[i].office_id, instant);
        if (answered)
            return true;
    }
    return false;
}

struct generated { struct phone_band bands[LINES][BANDS]; struct phone_line lines[LINES]; struct phone_lines all; struct closure closure;
                   struct closures closures; int64_t from, to; };

static void generate (struct generated *g)
{
    static const int starts[] = { 0, 510, 1080, 1320 }, lengths[] = { 30, 540, 930, 1440 };

    g->from = at (2026, 12, 20 + (int) draw (8), (int) draw (24), 15 * (int) draw (4));
    g->to = g->from + DAYS * 1440 * MINUTE_US;
    g->all = (struct phone_lines) { g->lines, 1 + draw (LINES) };
    g->closure = (struct closure) { .area = draw (2) ? "011002" : NULL, .first_day = day_number_of (2026, 12, 24), .last_day = day_number_of (2026, 12, 25) };
    g->closure.office_id = g->closure.area ? NULL : OFFICE;
    g->closures = (struct closures) { &g->closure, draw (2) };
    for (int i = 0; i < LINES; i++) {
        g->lines[i] = (struct phone_line) { OFFICE, "1", g->bands[i], draw (20) ? 1 + draw (BANDS) : 0 };
        for (int j = 0; j < BANDS; j++) {
            g->bands[i][j] = (struct phone_band) { 1 + draw (127), starts[draw (4)], 0 };
            g->bands[i][j].to = g->bands[i][j].from + lengths[draw (4)];
        }
    }
}

static int64_t silent_minutes (const struct generated *g, const struct phone_calendar *calendar)
{
    int64_t from = g->from, begin, end, minutes = 0;

    for (; phone_next_silent (&g->all, calendar, from, g->to, &begin, &end); from = end)
        minutes += (end - begin) / MINUTE_US;
    return minutes;
}

static void test_generated (void)
{
    int wrong = 0, sums = 0, open = 0, shut = 0;

    for (int i = 0; i < CASES; i++) {
        struct generated g;
        struct phone_calendar calendar = { &g.closures, "011002" };
        int64_t silent = 0;

        generate (&g);
        for (int64_t now = g.from; now < g.to; now += STEP_MINUTES * MINUTE_US) {
            bool wanted = judge (&g.all, &calendar, now);

            wrong += wanted != (phone_at (&g.all, &calendar, NULL, now) != NULL);
            silent += wanted ? 0 : STEP_MINUTES;
            open += wanted;
            shut += !wanted;
        }
        sums += silent != silent_minutes (&g, &calendar);
    }
    is_number (wrong, 0, "which telephone rings, generated: in every quarter of twelve days about 年末年始 as a slow judge says");
    is_number (sums, 0, "N-31 ...and the stretches in which none does are just those");
    ok (open > 5000 && shut > 5000, "(with enough of both kinds)");
}

/* ---- who is asked -------------------------------------------------------------------------------------------------------------------- */

static void test_resolver (void)
{
    static const int all_days[] = { 1, 2, 3, 4, 5, 6, 7 };
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = { all_days, 7 }, .to_minute = 1440, .target = TARGET_KIND_OFFICE, .office_id = OFFICE },
        { .position = 2, .day_classes = { all_days, 7 }, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = "D" } };
    struct known_office known = { .office_id = OFFICE, .name = "みどり訪問看護", .phone = "registered", .phones = both };
    struct known_person doctor = { .person_id = "D", .name = "青葉", .office_id = OFFICE, .phone = "registered", .phones = both };
    const struct resolver_input input = { .rows = rows, .row_count = 2, .people = &doctor, .person_count = 1, .offices = &known,
        .office_count = 1, .team_consent = true, .last_resort_name = "Z", .last_resort_office_id = "Z", .area = "011002" };
    struct resolution order = resolve (&arena, &input, at (2026, 7, 3, 20, 0), CONDITION_TAG_OTHER);

    is (order.items[0].phone, "carried", "the step names the telephone of the hour, not the registered one");
    is (order.items[1].phone, "carried", "...for a doctor of that office, too");
    order = resolve (&arena, &input, at (2026, 7, 5, 12, 0), CONDITION_TAG_OTHER);
    is (order.items[0].person_id, "D", "outside its hours an office is not called: the next step's person is asked at once");
    ok (strstr (order.items[0].reason, "時間外の電話番号") != NULL, "...the reason says so in words");
    ok (order.skipped_count == 1 && order.skipped[0].why == SKIP_UNREACHABLE && strstr (order.skipped[0].text, "みどり訪問看護"),
        "N-29 ...and it is among those who cannot be reached");
    ok (!order.items[0].phone, "...and no number is shown that nobody answers");
    known.staff = true;
    order = resolve (&arena, &input, at (2026, 7, 5, 12, 0), CONDITION_TAG_OTHER);
    ok (order.items[0].office_id && !order.items[0].person_id && !order.items[0].phone,
        "an office whose people have telephones of their own is asked by those alone");
    doctor.by_office = doctor.by_hours = true;
    order = resolve (&arena, &input, at (2026, 7, 5, 12, 0), CONDITION_TAG_OTHER);
    ok (strcmp (order.items[order.count - 1].office_id, "Z") == 0 && order.skipped_count == 1
        && strstr (order.skipped[0].text, "青葉は時間外の電話番号"), "a doctor who has only the office's telephone is passed over then");
    known.phones = doctor.phones = (struct phone_lines) { 0 };
    doctor.by_hours = false;
    order = resolve (&arena, &input, at (2026, 7, 5, 12, 0), CONDITION_TAG_OTHER);
    is (order.items[0].phone, "registered", "an office that says no hours is called at any hour, as before");
}

/* ---- what may be entered --------------------------------------------------------------------------------------------------------------- */

static const char *entered (struct office_phone phone, struct phone_hours hours, const char *second)
{
    struct office_phone phones[2] = { phone, { .name = "二台目", .number = second } };
    const struct office_phones_put put = { .office_id = "o", .phones = { phones, second ? 2 : 1 } };
    const char **numbers;

    if (hours.to_minute)
        phones[0].hours = (struct phone_hours_list) { &hours, 1 };
    err = (struct error) { 0 };
    return phones_check (&put, &arena, &numbers, &err) == 0 ? numbers[0] : arena_print (&arena, "%s %s", error_name_of (&err), err.fields[0].pointer);
}

static void test_entered (void)
{
    static const int days[] = { DAY_CLASS_WEEKDAY };
    const struct office_phone good = { .name = "当番携帯", .number = "０９９０－３０－０００１" };
    const struct phone_hours night = { { days, 1 }, 1080, 1980 };
    struct phone_hours wrong = night;

    is (entered (good, night, NULL), "0990-30-0001", "a number in full width is kept as one");
    is (entered (good, (struct phone_hours) { 0 }, NULL), "0990-30-0001", "no hours: always");
    is (entered ((struct office_phone) { .name = "　", .number = good.number }, night, NULL), "text_empty /phones/0/name", "a telephone has a name; the field is named");
    is (entered ((struct office_phone) { .name = "携帯", .number = "守衛室" }, night, NULL), "phone_invalid /phones/0/number", "words are no number");
    is (entered (good, night, "0990-30-0001"), "already_there /phones/1/number", "a number stands once");
    is (entered (good, night, "0990-30-0002"), "0990-30-0001", "...two of them may");
    wrong.day_classes.count = 0;
    is (entered (good, wrong, NULL), "field_missing /phones/0/hours/0/day_classes", "hours are of some day");
    wrong = night, wrong.from_minute = 1440;
    is (entered (good, wrong, NULL), "field_out_of_range /phones/0/hours/0/from_minute", "they begin on that day");
    wrong = night, wrong.to_minute = 2881;
    is (entered (good, wrong, NULL), "field_out_of_range /phones/0/hours/0/to_minute", "...and end on the next at the latest");
    wrong = night, wrong.to_minute = 1080;
    is (entered (good, wrong, NULL), "period_reversed /phones/0/hours/0/to_minute", "...after they began");
}

static void test_read (void)
{
    const struct phone_lines lines = phone_read (&arena, (struct text_list) { (const char *const[]) {
        "O 0990-1 1 540 1080 126 0 1440", "P 0990-2", "Q 0990-3 1 2", "broken" }, 4 });

    is_number ((int64_t) lines.count, 2, "what cannot be read is left out");
    ok (lines.items[0].band_count == 2 && lines.items[0].bands[1].classes == 126 && lines.items[0].bands[1].to == 1440, "bands come in threes");
    ok (strcmp (lines.items[1].number, "0990-2") == 0 && lines.items[1].band_count == 0, "...none of them: always");
    ok (!phone_at (&lines, &plain, "Q", 0) && phone_at (&lines, &plain, "P", 0), "of one office only its own are looked at");
}

int main (void)
{
    test_item ();
    test_generated ();
    test_resolver ();
    test_entered ();
    test_read ();
    arena_done (&arena);
    return done ();
}
