/* The Japanese calendar of duty, by rule, compared with the Cabinet Office's list. */
#include "calendar.h"
#include "clock.h"
#include "tap.h"

enum { FIRST_YEAR = 1973, LAST_YEAR = 2027, DAYS_MOST = 2000 };

static enum day_class class_of (int year, int month, int day)
{
    return calendar_class (day_number_of (year, month, day));
}

/* The list: CP932, CRLF, "2026/1/1,<name>"; only the digits are read. */
static size_t read_list (int64_t *days)
{
    const char *shared = getenv ("RENKEI_SHARED");
    char path[400], line[200];
    size_t count = 0;
    int year, month, day;
    FILE *file;

    snprintf (path, sizeof path, "%s/data/holidays/syukujitsu.csv", shared ? shared : "../shared");
    file = fopen (path, "r");
    while (file && count < DAYS_MOST && fgets (line, sizeof line, file))
        if (sscanf (line, "%d/%d/%d,", &year, &month, &day) == 3)
            days[count++] = day_number_of (year, month, day);
    if (file)
        fclose (file);
    return count;
}

static bool is_listed (const int64_t *days, size_t count, int64_t day)
{
    for (size_t i = 0; i < count; i++)
        if (days[i] == day)
            return true;
    return false;
}

static void compare_with_list (void)
{
    static int64_t days[DAYS_MOST];
    size_t count = read_list (days);
    int64_t last = day_number_of (LAST_YEAR, 12, 31);
    int different = 0;

    if (count == 0) {
        printf ("ok %d # SKIP the Cabinet Office's list is not here (RENKEI_SHARED)\n", ++tap_count);
        return;
    }
    for (int64_t day = day_number_of (FIRST_YEAR, 1, 1); day <= last; day++)
        if (calendar_is_national (day) != is_listed (days, count, day)) {
            char text[11];

            day_number_text (day, text);
            note ("%s differs", text);
            different++;
        }
    is_number (different, 0, "N-21 every day of 1973-2027 is a holiday by rule exactly when the Cabinet Office lists it");
}

int main (void)
{
    compare_with_list ();
    is_number (class_of (2026, 5, 6), DAY_CLASS_NATIONAL, "N-21 2026-05-06 is a substitute holiday");
    is_number (class_of (2026, 9, 22), DAY_CLASS_NATIONAL, "N-21 2026-09-22 is a citizens' holiday between two holidays");
    is_number (class_of (2027, 3, 22), DAY_CLASS_NATIONAL, "N-21 2027-03-22 is a substitute holiday");
    is_number (class_of (2019, 4, 30), DAY_CLASS_NATIONAL, "2019-04-30, between two holidays of the accession");
    is_number (class_of (2020, 10, 12), DAY_CLASS_WEEKDAY, "2020 moved the sports day away from October");
    is_number (class_of (2021, 8, 9), DAY_CLASS_NATIONAL, "2021-08-09 stands in for a mountain day on a Sunday");
    is_number (class_of (2026, 12, 28), DAY_CLASS_WEEKDAY, "12-28 is still an ordinary Monday");
    is_number (class_of (2026, 12, 29), DAY_CLASS_YEAREND, "12-29 to 12-31 are year end");
    is_number (class_of (2026, 12, 31), DAY_CLASS_YEAREND, "...12-31 too");
    is_number (class_of (2027, 1, 1), DAY_CLASS_NATIONAL, "1-1 is a national holiday");
    is_number (class_of (2027, 1, 3), DAY_CLASS_NEWYEAR, "1-2 and 1-3 are new year, even on a Sunday");
    is_number (class_of (2027, 1, 4), DAY_CLASS_WEEKDAY, "1-4 is ordinary again");
    is_number (class_of (2026, 9, 19), DAY_CLASS_SATURDAY, "a Saturday");
    is_number (class_of (2026, 9, 27), DAY_CLASS_SUNDAY, "a Sunday");
    is_number (calendar_weekday (day_number_of (1969, 12, 31)), 3, "weekdays before 1970 are right: 1969-12-31 was a Wednesday");
    is (calendar_weekday_ja (7), "日", "weekdays have their Japanese letter");
    return done ();
}
