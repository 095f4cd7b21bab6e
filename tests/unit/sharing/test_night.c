/* Visits entrusted for nights and holidays (U-33): when the duty is, and what may be written. */
#include "night.h"
#include "calendar.h"
#include "clock.h"
#include "tap.h"

#define HOUR(day, minute) tokyo_instant (day_number_of (2026, 11, day), minute)         /* 11-20 is a Friday, 11-23 a national holiday */
#define BIT(band) (1u << (NIGHT_BAND_##band - 1))

static const struct night_calendar national;                                            /* without local closures */

enum { EVENING = 18 * 60, MORNING = 24 * 60 + 8 * 60 + 30, H = 60 };

static bool is_window (struct night_window window, int64_t from, int64_t to)
{
    if (window.from == from && window.to == to)
        return true;
    note ("%lld … %lld", (long long) window.from, (long long) window.to);
    return false;
}

static void test_nights (void)
{
    const struct night_time nights = { HOUR (19, 12 * H), HOUR (26, 12 * H), BIT (NIGHT) };

    ok (is_window (night_window_at (&nights, &national, HOUR (20, 12 * H)), HOUR (20, EVENING), HOUR (20, MORNING)),
        "U-33: by day the duty is the coming night, 18:00 to 8:30");
    ok (is_window (night_window_at (&nights, &national, HOUR (21, 3 * H)), HOUR (20, EVENING), HOUR (20, MORNING)),
        "U-33: after midnight it is still the night of the day before");
    ok (is_window (night_window_at (&nights, &national, HOUR (20, MORNING)), HOUR (21, EVENING), HOUR (21, MORNING)),
        "U-33: at 8:30 sharp the next one");
    ok (is_window (night_window_open (&nights, &national, HOUR (20, MORNING)), HOUR (20, EVENING), HOUR (20, MORNING)),
        "U-33: …but it stays open for two hours, for the report");
    ok (is_window (night_window_open (&nights, &national, HOUR (21, 10 * H + 30)), HOUR (21, EVENING), HOUR (21, MORNING)),
        "U-33: …and no longer");
    ok (is_window (night_window_at (&nights, &national, HOUR (22, 12 * H)), HOUR (22, EVENING), HOUR (22, MORNING)),
        "U-33: nights alone leave Sunday's day out");
}

static void test_days (void)
{
    const struct night_time both = { HOUR (19, 12 * H), HOUR (26, 12 * H), BIT (NIGHT) | BIT (HOLIDAY) };
    const struct night_time saturdays = { HOUR (19, 12 * H), HOUR (26, 12 * H), BIT (SATURDAY) };
    const struct night_time always = { HOUR (19, 12 * H), HOUR (26, 12 * H), BIT (ALWAYS) | BIT (NIGHT) };

    ok (is_window (night_window_at (&both, &national, HOUR (22, 12 * H)), HOUR (21, EVENING), HOUR (23, MORNING)),
        "U-33: Saturday's night, Sunday, the holiday on Monday and its night are one duty");
    ok (is_window (night_window_at (&saturdays, &national, HOUR (20, 0)), HOUR (21, 0), HOUR (22, 0)), "U-33: a Saturday from midnight to midnight");
    ok (!night_window_at (&saturdays, &national, HOUR (22, 0)).to, "U-33: …and no second one before the end");
    ok (is_window (night_window_at (&always, &national, HOUR (20, 0)), HOUR (19, 12 * H), HOUR (26, 12 * H)), "U-33: always is one duty");
}

static void test_ends (void)
{
    const struct night_time late = { HOUR (20, 20 * H), HOUR (21, 2 * H), BIT (NIGHT) };
    const struct night_time early = { HOUR (20, 3 * H), HOUR (20, 12 * H), BIT (NIGHT) };
    const struct night_time none = { HOUR (20, 10 * H), HOUR (20, 15 * H), BIT (NIGHT) | BIT (HOLIDAY) };

    ok (is_window (night_window_at (&late, &national, HOUR (20, 0)), HOUR (20, 20 * H), HOUR (21, 2 * H)), "U-33: cut at its first and last moment");
    ok (is_window (night_window_at (&early, &national, HOUR (20, 0)), HOUR (20, 3 * H), HOUR (20, 8 * H + 30)),
        "U-33: the night of the day before counts, too");
    ok (!night_window_at (&none, &national, HOUR (20, 0)).to, "U-33: a working day's noon holds no duty");
    ok (!night_window_at (&late, &national, HOUR (21, 2 * H)).to && night_window_open (&late, &national, HOUR (21, 2 * H)).to,
        "U-33: after the last one there is none, but its two hours");
    is_number (night_grace_end ((struct night_window) { 0 }), 0, "no duty has no end");
}

/* Every minute of three weeks against the rule said the other way round: in a band or not? */
static bool in_band (unsigned bands, int64_t day, int minute)
{
    enum day_class class = calendar_class (day);
    bool night = minute >= EVENING || minute < MORNING - 24 * H;

    return (bands & BIT (ALWAYS)) || ((bands & BIT (NIGHT)) && night) || ((bands & BIT (SATURDAY)) && class == DAY_CLASS_SATURDAY)
        || ((bands & BIT (HOLIDAY)) && class != DAY_CLASS_SATURDAY && class != DAY_CLASS_WEEKDAY);
}

static void test_all (void)
{
    int64_t first = day_number_of (2026, 12, 20);
    int wrong = 0;

    for (unsigned bands = 1; bands < 16; bands++) {
        const struct night_time time = { tokyo_instant (first, 0), tokyo_instant (first + 21, 0), bands };

        for (int minute = 0; minute < 21 * 24 * H; minute += 30) {
            int64_t at = tokyo_instant (first, minute);
            struct night_window window = night_window_at (&time, &national, at);
            bool inside = window.to && window.from <= at && at < window.to;

            wrong += inside != in_band (bands, first + minute / (24 * H), minute % (24 * H));
        }
    }
    is_number (wrong, 0, "U-33: over the turn of the year every half hour is on duty or not, as its bands say");
}

/* ---- what may be written -------------------------------------------------------------------------------------------------------------- */

static int entrust (struct night_visit_entrust message)
{
    static int bands[] = { NIGHT_BAND_NIGHT };
    struct error err = { 0 };

    message.bands.items = message.bands.items ? message.bands.items : bands;
    message.bands.count = message.bands.count == 9 ? 0 : 1;
    message.request = message.request ? message.request : "呼吸苦のときは往診をお願いします";
    message.until = message.until ? message.until : HOUR (26, 0);
    message.from = message.from ? message.from : HOUR (19, 0);
    return night_check_entrust (&message, &national, HOUR (20, 12 * H), &err) < 0 ? (int) err.key : 0;
}

static void test_entrust_words (void)
{
    is_number (entrust ((struct night_visit_entrust) { 0 }), 0, "U-33: nights of a week may be entrusted");
    is_number (entrust ((struct night_visit_entrust) { .until = HOUR (18, 0) }), ERROR_PERIOD_REVERSED, "not backwards");
    is_number (entrust ((struct night_visit_entrust) { .until = HOUR (20, 0) }), ERROR_TIME_IN_PAST, "nor what has passed");
    is_number (entrust ((struct night_visit_entrust) { .until = HOUR (20 + 92, 0) }), ERROR_PERIOD_TOO_LONG, "nor for longer than 92 days");
    is_number (entrust ((struct night_visit_entrust) { .from = HOUR (20, 13 * H), .until = HOUR (20, 17 * H) }), ERROR_TIME_IN_PAST,
               "nor where no such night lies");
    is_number (entrust ((struct night_visit_entrust) { .bands.count = 9 }), ERROR_FIELD_MISSING, "when is said");
    is_number (entrust ((struct night_visit_entrust) { .request = "　 " }), ERROR_TEXT_EMPTY, "what is wished is said");
    is_number (entrust ((struct night_visit_entrust) { .call_doctor = true }), ERROR_TEXT_EMPTY, "who may be called says where");
    is_number (entrust ((struct night_visit_entrust) { .doctor_phone = "でんわ" }), ERROR_PHONE_INVALID, "with a number that is one");
}

static int report (struct night_visit_report message)
{
    struct error err = { 0 };

    message.visited_at = message.visited_at ? message.visited_at : HOUR (20, 2 * H);
    message.left_at = message.left_at ? message.left_at : HOUR (20, 3 * H);
    message.found = message.found ? message.found : "SpO2 88%";
    message.done = message.done ? message.done : "酸素を開始";
    return night_check_report (&message, HOUR (20, 9 * H), &err) < 0 ? (int) err.key : 0;
}

static void test_report_words (void)
{
    is_number (report ((struct night_visit_report) { 0 }), 0, "U-33: a visit of the night is reported in the morning");
    is_number (report ((struct night_visit_report) { .left_at = HOUR (20, H) }), ERROR_PERIOD_REVERSED, "nobody leaves before arriving");
    is_number (report ((struct night_visit_report) { .left_at = HOUR (20, 10 * H) }), ERROR_VISIT_TIME, "nor in the future");
    is_number (report ((struct night_visit_report) { .visited_at = HOUR (13, 0) }), ERROR_VISIT_TIME, "nor longer ago than a week");
    is_number (report ((struct night_visit_report) { .found = " " }), ERROR_TEXT_EMPTY, "what was found is said");
    is_number (report ((struct night_visit_report) { .done = "　" }), ERROR_TEXT_EMPTY, "and what was done");
}

int main (void)
{
    test_nights ();
    test_days ();
    test_ends ();
    test_all ();
    test_entrust_words ();
    test_report_words ();
    return done ();
}
