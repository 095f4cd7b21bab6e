#include <stdbool.h>
#include "clock.h"
#include "tap.h"

static void dates (void)
{
    char text[11];
    int wrong = 0;

    ok (day_number_of (1970, 1, 1) == 0, "1970-01-01 is day 0");
    ok (day_number_of (2000, 2, 29) == 11016, "29 February 2000 exists");
    ok (day_number_of_text ("2026-11-22") == day_number_of (2026, 11, 22), "a date is read from text");
    ok (day_number_of_text ("2023-02-29") == INT64_MIN, "29 February 2023 is not a date");
    ok (day_number_of_text ("2100-02-29") == INT64_MIN, "2100 is no leap year");
    ok (day_number_of_text ("2024-13-01") == INT64_MIN, "month 13 is not a date");
    ok (day_number_of_text ("2024-1-01") == INT64_MIN && day_number_of_text ("2024-01-0x") == INT64_MIN
        && day_number_of_text ("") == INT64_MIN && day_number_of_text (NULL) == INT64_MIN, "other shapes are not dates");
    for (int64_t day = day_number_of (1900, 1, 1); day < day_number_of (2101, 1, 1); day++) {
        day_number_text (day, text);
        wrong += day_number_of_text (text) != day;
    }
    ok (wrong == 0, "every day of two centuries survives the way to text and back");
}

static void tokyo (void)
{
    struct tokyo at = tokyo_of (0);

    ok (at.year == 1970 && at.month == 1 && at.day == 1 && at.minute == 540 && at.weekday == 4, "the epoch is Thursday 9:00 in Tokyo");
    at = tokyo_of (tokyo_instant (day_number_of (2026, 11, 22), 0));
    ok (at.weekday == 7 && at.day == 22 && at.minute == 0, "2026-11-22 is a Sunday and begins at midnight");
    at = tokyo_of (tokyo_instant (day_number_of (2026, 12, 31), 26 * 60 + 30));
    ok (at.year == 2027 && at.month == 1 && at.day == 1 && at.minute == 150, "26:30 on New Year's Eve is 2:30 next year");
    at = tokyo_of (-1);
    ok (at.year == 1970 && at.minute == 539, "before 1970 the minute is still the one that has begun");
    at = tokyo_of (tokyo_instant (day_number_of (1969, 12, 28), 0));
    ok (at.weekday == 7, "weekdays are right before 1970 too");
}

/* Against glibc, for every day of two centuries, and whatever zone the host is in. */
static void against_glibc (void)
{
    static const char *const zones[] = { "UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati" };
    int wrong = 0;

    for (size_t i = 0; i < 4; i++) {
        setenv ("TZ", zones[i], 1);
        tzset ();
        for (int64_t day = day_number_of (1900, 1, 1) + (int64_t) i; day < day_number_of (2101, 1, 1); day += 3) {
            int minute = (int) ((day * 37 % 1440 + 1440) % 1440);
            int64_t us = tokyo_instant (day, minute);
            time_t local = (time_t) (us / SECOND_US + 9 * 3600);
            struct tokyo at = tokyo_of (us);
            struct tm parts;

            gmtime_r (&local, &parts);
            wrong += at.year != parts.tm_year + 1900 || at.month != parts.tm_mon + 1 || at.day != parts.tm_mday || at.day_number != day
                     || at.minute != minute || at.weekday % 7 != parts.tm_wday;
        }
    }
    unsetenv ("TZ");
    tzset ();
    is_number (wrong, 0, "date, weekday and minute in Tokyo are right for every day, with the host in four zones");
}

static void edges (void)
{
    static const struct { const char *text; bool valid; } dates[] = {
        { "0001-01-01", true }, { "9999-12-31", true }, { "0000-12-31", false }, { "2000-02-29", true }, { "1900-02-29", false },
        { "2026-04-31", false }, { "2026-04-30", true }, { "2026-00-01", false }, { "2026-01-00", false }, { "2026-01-32", false },
        { "2026/01/01", false }, { "20260101", false }, { "2026-01-01 ", false }, { "-026-01-01", false }, { "２０２６-01-01", false },
    };
    struct tokyo at;

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        ok ((day_number_of_text (dates[i].text) != INT64_MIN) == dates[i].valid, dates[i].text);
    at = tokyo_of (tokyo_instant (day_number_of (2026, 2, 28), 1440) - 1);
    ok (at.day == 28 && at.minute == 1439, "the last microsecond of a day belongs to it");
    at = tokyo_of (tokyo_instant (day_number_of (2026, 2, 28), 1440));
    ok (at.month == 3 && at.day == 1 && at.minute == 0, "24:00 is the next day's beginning");
    at = tokyo_of (tokyo_instant (day_number_of (2026, 1, 1), -1));
    ok (at.year == 2025 && at.minute == 1439, "a minute before midnight is the year before");
    at = tokyo_of (tokyo_instant (day_number_of (2026, 11, 22), 2880));
    ok (at.day == 24 && at.minute == 0, "48:00 is the day after the next");
}

int main (void)
{
    int64_t before = clock_monotonic_us ();

    dates ();
    tokyo ();
    against_glibc ();
    edges ();
    ok (clock_monotonic_us () >= before, "the monotonic clock does not go back");
    ok (clock_real_us () > 1700000000LL * SECOND_US, "the real clock is after 2023");
    return done ();
}
