/* night.c - see night.h. */
#include "night.h"
#include "bits.h"
#include "blank.h"
#include "clock.h"
#include "head.h"

enum { DAY_MINUTES = 1440, CLOSURES_SHOWN = 10 };

#define MINUTE_US (60 * (int64_t) SECOND_US)
#define DAY_US (DAY_MINUTES * MINUTE_US)

static bool has (const struct night_time *time, enum night_band band)
{
    return time->bands >> (band - 1) & 1;
}

static const char *day_text (struct arena *arena, int64_t day)
{
    char *text = arena_alloc (arena, 11);

    day_number_text (day, text);
    return text;
}

static int64_t later (int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier (int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Grows `window` by [from, to) if that touches it; false: a gap lies between.  An empty window takes it. */
static bool grow (struct night_window *window, const struct night_time *time, int64_t from, int64_t to)
{
    from = later (from, time->from);
    to = earlier (to, time->until);
    if (from >= to)
        return true;
    if (!window->to)
        *window = (struct night_window) { from, to };
    else if (from <= window->to)
        window->to = later (window->to, to);
    else
        return false;
    return true;
}

/* Days in order; of each the whole day, then its night.  A window that has ended before `now` makes room for the next one. */
struct night_window night_window_at (const struct night_time *time, const struct night_calendar *calendar, int64_t now)
{
    int64_t first = tokyo_of (time->from).day_number - 1, last = tokyo_of (time->until).day_number;
    struct night_window window = { 0 };

    if (has (time, NIGHT_BAND_ALWAYS))
        grow (&window, time, time->from, time->until);
    for (int64_t day = first; day <= last; day++) {
        bool whole = (night_whole_day (calendar, day) & time->bands) != 0;
        bool touches = (!whole || grow (&window, time, tokyo_instant (day, 0), tokyo_instant (day, DAY_MINUTES)))
            && (!has (time, NIGHT_BAND_NIGHT)
                || grow (&window, time, tokyo_instant (day, NIGHT_EVENING), tokyo_instant (day, DAY_MINUTES + NIGHT_MORNING)));

        if (touches)
            continue;
        if (window.to > now)
            return window;
        window = (struct night_window) { 0 };
        day--;
    }
    return window.to > now ? window : (struct night_window) { 0 };
}

int64_t night_grace_end (struct night_window window)
{
    return window.to ? window.to + NIGHT_GRACE_MINUTES * MINUTE_US : 0;
}

struct night_window night_window_open (const struct night_time *time, const struct night_calendar *calendar, int64_t now)
{
    return night_window_at (time, calendar, now - NIGHT_GRACE_MINUTES * MINUTE_US);
}

struct night_closure_list night_closures_in (struct arena *arena, const struct night_calendar *calendar, uint64_t bands,
                                             struct night_window window)
{
    const struct night_time time = { .bands = bands };
    int64_t first = tokyo_of (window.from).day_number, last = tokyo_of (window.to - 1).day_number;
    struct night_closure *items = arena_alloc (arena, CLOSURES_SHOWN * sizeof *items);
    const struct closure *before = NULL;
    size_t count = 0;

    if (!window.to || !has (&time, NIGHT_BAND_HOLIDAY))
        return (struct night_closure_list) { 0 };
    for (int64_t day = first; day <= last && count < CLOSURES_SHOWN; day++) {
        const struct closure *closure = night_closure (calendar, day);

        if (closure && closure != before)
            items[count++] = (struct night_closure) { closure->name, day_text (arena, closure->first_day), day_text (arena, closure->last_day) };
        before = closure;
    }
    return (struct night_closure_list) { items, count };
}

int night_check_entrust (const struct night_visit_entrust *message, const struct night_calendar *calendar, int64_t now, struct error *err)
{
    const struct night_time time = { message->from, message->until, bits_of_enums (message->bands) };

    if (message->until <= message->from)
        return fail (err, ERROR_PERIOD_REVERSED, "/until", "ends before it begins");
    if (message->until <= now)
        return fail (err, ERROR_TIME_IN_PAST, "/until", "it has ended already");
    if (message->until - message->from > NIGHT_DAYS_MOST * DAY_US) {
        fail (err, ERROR_PERIOD_TOO_LONG, "/until", "longer than a quarter of a year");
        return fail_param (err, "most", "%d", NIGHT_DAYS_MOST);
    }
    if (message->bands.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/bands", "no band");
    if (!night_window_at (&time, calendar, now).to)
        return fail (err, ERROR_TIME_IN_PAST, "/bands", "no such night or day in that time");
    if (is_blank (message->request))
        return fail (err, ERROR_TEXT_EMPTY, "/request", "nothing is said");
    if (message->call_doctor && is_blank (message->doctor_phone))
        return fail (err, ERROR_TEXT_EMPTY, "/doctor_phone", "may be called, but where");
    if (!head_phone_is_valid (message->doctor_phone))
        return fail (err, ERROR_PHONE_INVALID, "/doctor_phone", "not digits and hyphens");
    return 0;
}

int night_check_report (const struct night_visit_report *message, int64_t now, struct error *err)
{
    if (message->left_at < message->visited_at)
        return fail (err, ERROR_PERIOD_REVERSED, "/left_at", "left before arriving");
    if (message->left_at > now)
        return fail (err, ERROR_VISIT_TIME, "/left_at", "in the future");
    if (message->visited_at < now - NIGHT_REPORT_DAYS * DAY_US)
        return fail (err, ERROR_VISIT_TIME, "/visited_at", "longer ago than a week");
    if (is_blank (message->found))
        return fail (err, ERROR_TEXT_EMPTY, "/found", "nothing is said");
    if (is_blank (message->done))
        return fail (err, ERROR_TEXT_EMPTY, "/done", "nothing is said");
    return 0;
}
