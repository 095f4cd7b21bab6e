/* U-33: visits entrusted for nights and holidays on local closures: sharing, which opens the record, and notify, which asks by telephone, say
 * the same about every half hour, and both say what the rule says when it is written down another way. */
#include <stdlib.h>
#include "night.h"
#include "clock.h"
#include "night_rules.h"
#include "tap.h"

#define TOWN "011002"
#define OTHER_TOWN "011003"
#define CLINIC "clinic"
#define DUTY_CLINIC "duty clinic"
#define BIT(band) (1u << (NIGHT_BAND_##band - 1))
#define DAY(month, day) day_number_of (2026, month, day)                /* 2026-08-13 is a Thursday, 08-11 a national holiday */
#define AT(month, day, minute) tokyo_instant (DAY (month, day), minute)

enum { H = 60, HALF_HOURS = 48, CASES = 40, CLOSURES_MOST = 6, PERIOD_DAYS = 20 };

static bool is_window (struct night_window window, int64_t from, int64_t to)
{
    if (window.from == from && window.to == to)
        return true;
    note ("%lld … %lld", (long long) window.from, (long long) window.to);
    return false;
}

/* ---- one by one ------------------------------------------------------------------------------------------------------------------------ */

static const struct closure bon = { .area = TOWN, .name = "お盆休み", .first_day = 0, .last_day = 0 };

static struct closure closed (struct closure whose, int64_t first, int64_t last)
{
    whose.first_day = first;
    whose.last_day = last;
    return whose;
}

static void test_day (void)
{
    const struct night_time holidays = { AT (8, 12, 0), AT (8, 22, 0), BIT (HOLIDAY) }, both = { AT (8, 12, 0), AT (8, 22, 0), BIT (NIGHT) | BIT (HOLIDAY) };
    const struct night_time nights = { AT (8, 12, 0), AT (8, 22, 0), BIT (NIGHT) }, saturdays = { AT (8, 12, 0), AT (8, 22, 0), BIT (SATURDAY) };
    struct closure list[] = { closed (bon, DAY (8, 13), DAY (8, 13)) };
    struct night_calendar calendar = { { list, 1 }, TOWN, CLINIC };

    ok (is_window (night_window_at (&holidays, &calendar, AT (8, 12, 12 * H)), AT (8, 13, 0), AT (8, 14, 0)),
        "U-33: a closed Thursday is a duty from midnight to midnight");
    ok (is_window (night_window_at (&both, &calendar, AT (8, 12, 20 * H)), AT (8, 12, 18 * H), AT (8, 14, 8 * H + 30)),
        "U-33: …and one with the nights around it");
    ok (is_window (night_window_at (&nights, &calendar, AT (8, 13, 12 * H)), AT (8, 13, 18 * H), AT (8, 14, 8 * H + 30)),
        "U-33: …but not for nights alone");
    list[0].last_day = DAY (8, 16);
    ok (is_window (night_window_at (&holidays, &calendar, AT (8, 12, 12 * H)), AT (8, 13, 0), AT (8, 17, 0)),
        "U-33: the closed Saturday and the Sunday go on from it");
    ok (is_window (night_window_at (&saturdays, &calendar, AT (8, 12, 12 * H)), AT (8, 15, 0), AT (8, 16, 0)),
        "U-33: a closed Saturday stays a Saturday, too");
    list[0] = closed ((struct closure) { .office_id = CLINIC, .name = "開院記念日" }, DAY (8, 19), DAY (8, 19));
    ok (is_window (night_window_at (&holidays, &calendar, AT (8, 17, 0)), AT (8, 19, 0), AT (8, 20, 0)), "U-33: the clinic's own day counts");
    calendar.office_id = DUTY_CLINIC;
    ok (!night_window_at (&holidays, &calendar, AT (8, 17, 0)).to, "U-33: …another office's does not");
    list[0] = closed ((struct closure) { .area = OTHER_TOWN, .name = "よその町" }, DAY (8, 19), DAY (8, 19));
    ok (!night_window_at (&holidays, &calendar, AT (8, 17, 0)).to, "U-33: …nor another town's");
}

static void test_words (void)
{
    struct closure list[] = { closed (bon, DAY (8, 13), DAY (8, 15)), closed ((struct closure) { .office_id = CLINIC, .name = "改装" }, DAY (8, 17), DAY (8, 18)),
                              closed ((struct closure) { .area = OTHER_TOWN, .name = "よその町" }, DAY (8, 12), DAY (8, 20)) };
    const struct night_calendar calendar = { { list, 3 }, TOWN, CLINIC };
    const struct night_window window = { AT (8, 14, 18 * H), AT (8, 18, 0) };
    struct night_closure_list found;
    ARENA (arena);

    found = night_closures_in (&arena, &calendar, BIT (HOLIDAY), window);
    ok (found.count == 2 && strcmp (found.items[0].name, "お盆休み") == 0 && strcmp (found.items[0].first_day, "2026-08-13") == 0
        && strcmp (found.items[0].last_day, "2026-08-15") == 0 && strcmp (found.items[1].name, "改装") == 0,
        "U-33: a duty names each closure within it once, with all of its days");
    is_number (night_closures_in (&arena, &calendar, BIT (NIGHT), window).count, 0, "U-33: …nights do not depend on them");
    is_number (night_closures_in (&arena, &calendar, BIT (HOLIDAY), (struct night_window) { AT (8, 16, 0), AT (8, 17, 0) }).count, 0,
               "U-33: …and what begins at its end is not within it");
    is_number (night_closures_in (&arena, &calendar, BIT (HOLIDAY), (struct night_window) { 0 }).count, 0, "no duty, no closure");
}

static void test_offices (void)
{
    const struct closure list[] = { closed (bon, DAY (8, 13), DAY (8, 13)) };
    const struct night_calendar calendar = { { list, 1 }, TOWN, CLINIC };
    const struct night_entrusted entrusted[] = { { CLINIC, AT (8, 1, 0), AT (8, 13, 9 * H), BIT (HOLIDAY) },
                                                 { DUTY_CLINIC, AT (8, 13, 0), AT (8, 20, 0), BIT (HOLIDAY) | BIT (NIGHT) } };

    is (night_office (entrusted, 2, &calendar, AT (8, 13, 8 * H)), CLINIC, "U-33: of several the first one that holds visits");
    is (night_office (entrusted, 2, &calendar, AT (8, 13, 9 * H)), DUTY_CLINIC, "U-33: …at its last moment the next");
    ok (!night_office (entrusted, 2, &calendar, AT (8, 14, 9 * H)), "U-33: …and on the next working day nobody");
    ok (!night_office (NULL, 0, &calendar, AT (8, 13, 9 * H)), "…nor where nothing is entrusted");
}

/* ---- the rule said another way: a table of the year, day by day --------------------------------------------------------------------- */

static int64_t year_first;
static bool is_closed[400], is_holiday[400], is_saturday[400];

static void write_year (const struct closure *closures, size_t count)
{
    for (int i = 0; i < 400; i++) {
        enum day_class class = calendar_class (year_first + i);

        is_saturday[i] = class == DAY_CLASS_SATURDAY;
        is_holiday[i] = class == DAY_CLASS_SUNDAY || class == DAY_CLASS_NATIONAL || class == DAY_CLASS_YEAREND || class == DAY_CLASS_NEWYEAR;
        is_closed[i] = false;
    }
    for (size_t k = 0; k < count; k++) {
        const char *whose = closures[k].area ? closures[k].area : closures[k].office_id;

        for (int64_t day = closures[k].first_day; day <= closures[k].last_day; day++)
            if (strcmp (whose, TOWN) == 0 || strcmp (whose, CLINIC) == 0)
                is_closed[day - year_first] = true;
    }
}

static bool is_on_duty (const struct night_time *time, int64_t day, int half_hour)
{
    int64_t at = tokyo_instant (day, half_hour * 30), i = day - year_first;

    if (at < time->from || at >= time->until)
        return false;
    if (time->bands & BIT (ALWAYS))
        return true;
    if (time->bands & BIT (NIGHT) && (half_hour < 17 || half_hour >= 36))
        return true;
    if (time->bands & BIT (SATURDAY) && is_saturday[i])
        return true;
    return time->bands & BIT (HOLIDAY) && (is_holiday[i] || is_closed[i]);
}

static size_t random_closures (struct closure *ret)
{
    static const char *const offices[] = { CLINIC, DUTY_CLINIC };
    static const char *const towns[] = { TOWN, OTHER_TOWN };
    size_t count = (size_t) rand () % (CLOSURES_MOST + 1);

    for (size_t i = 0; i < count; i++) {
        int64_t first = year_first + 5 + rand () % 357;

        ret[i] = (struct closure) { .name = "休み", .first_day = first, .last_day = first + rand () % 9 };
        if (rand () % 2)
            ret[i].area = towns[rand () % 2];
        else
            ret[i].office_id = offices[rand () % 2];
    }
    return count;
}

struct wrong { int sharing, notify, windows; };

/* Around each closure, where the rule has something to decide, and once where it has not. */
static void judge (const struct night_calendar *calendar, int64_t first, uint64_t bands, struct wrong *ret)
{
    const struct night_time time = { tokyo_instant (first, 7 * H), tokyo_instant (first + PERIOD_DAYS, 13 * H), bands };
    const struct night_entrusted entrusted = { DUTY_CLINIC, time.from, time.until, bands };
    bool before = false;

    for (int64_t day = first - 1; day <= first + PERIOD_DAYS + 1; day++)
        for (int half = 0; half < HALF_HOURS; half++) {
            int64_t at = tokyo_instant (day, half * 30);
            struct night_window window = night_window_at (&time, calendar, at);
            bool on = is_on_duty (&time, day, half);

            ret->sharing += (window.to && window.from <= at) != on;
            ret->notify += (night_office (&entrusted, 1, calendar, at) != NULL) != on;
            ret->windows += on && !before && window.from != at;           /* what touches is one duty */
            before = on;
        }
}

static void test_generated (void)
{
    struct closure closures[CLOSURES_MOST];
    struct wrong wrong = { 0 };

    srand (20260813);
    year_first = DAY (4, 1);
    for (int i = 0; i < CASES; i++) {
        struct night_calendar calendar = { { closures, random_closures (closures) }, TOWN, CLINIC };
        uint64_t bands = 1 + (uint64_t) rand () % 15;

        write_year (closures, calendar.closures.count);
        judge (&calendar, year_first + 2 + rand () % 300, bands, &wrong);
        for (size_t k = 0; k < calendar.closures.count; k++)
            judge (&calendar, closures[k].first_day - 1 - rand () % 3, bands & ~BIT (ALWAYS) ? bands & ~BIT (ALWAYS) : BIT (HOLIDAY), &wrong);
    }
    is_number (wrong.sharing, 0, "U-33: over a year of generated closures the record is open in the half hours of the duty, and in no other");
    is_number (wrong.notify, 0, "U-33: …in the same half hours the order of doctors names whose duty visits");
    is_number (wrong.windows, 0, "U-33: …and each duty begins where it begins");
}

int main (void)
{
    test_day ();
    test_words ();
    test_offices ();
    test_generated ();
    return done ();
}
