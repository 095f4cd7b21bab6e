#include "tap.h"
#include "clock.h"

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

int main (void)
{
    int64_t before = clock_monotonic_us ();

    dates ();
    tokyo ();
    ok (clock_monotonic_us () >= before, "the monotonic clock does not go back");
    ok (clock_real_us () > 1700000000LL * SECOND_US, "the real clock is after 2023");
    return done ();
}
