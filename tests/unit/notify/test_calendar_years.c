/* The calendar of duty over a century: what the Act says of every year, checked with rules written down a second time; hard dates one by
 * one. */
#include "calendar.h"
#include "clock.h"
#include "tap.h"

enum { FIRST = 1949, LAST = 2099 };

static int64_t day_of (int year, int month, int day)
{
    return day_number_of (year, month, day);
}

static int weekday_by_zeller (int year, int month, int day)
{
    int y = month < 3 ? year - 1 : year, m = month < 3 ? month + 12 : month;
    int h = (day + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7;      /* 0 Saturday */

    return (h + 5) % 7 + 1;
}

static int month_days (int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* Day numbers, weekdays and texts go round for every day, leap days too. */
static void test_dates (void)
{
    int64_t expected = day_of (FIRST, 1, 1);
    int wrong = 0;

    for (int year = FIRST; year <= LAST; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= month_days (year, month); day++, expected++) {
                int64_t number = day_of (year, month, day);
                struct tokyo back = tokyo_of (tokyo_instant (number, 1439));
                char text[11], wanted[40];

                snprintf (wanted, sizeof wanted, "%04d-%02d-%02d", year, month, day);
                day_number_text (number, text);
                wrong += number != expected || calendar_weekday (number) != weekday_by_zeller (year, month, day)
                    || back.day_number != number || back.day != day || back.month != month || back.weekday != calendar_weekday (number)
                    || strcmp (text, wanted) != 0 || day_number_of_text (wanted) != number;
            }
    is_number (wrong, 0, "every date of 1949-2099 has its number, weekday and text, in both directions");
}

/* A class is one of six, and the first that applies. */
static void test_classes (void)
{
    int wrong = 0;

    for (int64_t day = day_of (FIRST, 1, 1); day <= day_of (LAST, 12, 31); day++) {
        struct tokyo date = tokyo_of (tokyo_instant (day, 0));
        enum day_class class = calendar_class (day), wanted = DAY_CLASS_WEEKDAY;

        if (date.weekday >= 6)
            wanted = date.weekday == 6 ? DAY_CLASS_SATURDAY : DAY_CLASS_SUNDAY;
        if (date.month == 1 && date.day <= 3)
            wanted = DAY_CLASS_NEWYEAR;
        if (date.month == 12 && date.day >= 29)
            wanted = DAY_CLASS_YEAREND;
        if (calendar_is_national (day))
            wanted = DAY_CLASS_NATIONAL;
        wrong += class != wanted;
    }
    is_number (wrong, 0, "N-21 national goes before year end and new year, those before the weekend, on every day");
}

/* The Act, article 3: a holiday on a Sunday is made up for by the next day that is none. */
static void test_substitutes (void)
{
    int lost = 0;

    for (int64_t day = day_of (1974, 1, 1); day <= day_of (LAST, 12, 20); day++) {
        int64_t next = day + 1;

        if (calendar_weekday (day) != 7 || !calendar_is_national (day))
            continue;
        while (calendar_is_national (next) && next < day + 5)
            next++;
        lost += next == day + 1;                 /* the Monday at the least is a holiday */
    }
    is_number (lost, 0, "N-21 after every holiday on a Sunday since 1974 the Monday is a holiday, too");
}

/* A Tuesday in September between Respect for the Aged Day and the equinox. */
static bool is_between (int64_t day)
{
    return calendar_weekday (day) == 2 && tokyo_of (tokyo_instant (day, 0)).month == 9 && calendar_is_national (day - 1)
        && calendar_is_national (day + 1);
}

/* Since 2022: sixteen by name, one more for each on a Sunday, one more between two in September. */
static void test_counts (void)
{
    int different = 0;

    for (int year = 2022; year <= LAST; year++) {
        int count = 0, wanted = 16;

        for (int64_t day = day_of (year, 1, 1); day < day_of (year + 1, 1, 1); day++) {
            count += calendar_is_national (day);
            wanted += (calendar_weekday (day) == 7 && calendar_is_national (day)) || is_between (day);
        }
        different += count != wanted;
    }
    is_number (different, 0, "N-21 every year of 2022-2099 has sixteen holidays, what makes up for Sundays, and the citizens' holiday");
}

/* Equinoxes lie where the sky puts them; the Act's formula never leaves these days. */
static void test_equinoxes (void)
{
    int spring = 0, autumn = 0;

    for (int year = 1949; year <= 2099; year++) {
        spring += calendar_is_national (day_of (year, 3, 20)) || calendar_is_national (day_of (year, 3, 21))
            || calendar_is_national (day_of (year, 3, 19));
        autumn += calendar_is_national (day_of (year, 9, 22)) || calendar_is_national (day_of (year, 9, 23))
            || calendar_is_national (day_of (year, 9, 24));
    }
    is_number (spring, 2099 - 1949 + 1, "N-21 the spring equinox is 3-19 to 3-21 of every year");
    is_number (autumn, 2099 - 1949 + 1, "N-21 the autumn equinox is 9-22 to 9-24 of every year");
}

static bool is_closed (int64_t day)
{
    enum day_class class = calendar_class (day);

    return class != DAY_CLASS_WEEKDAY && class != DAY_CLASS_SATURDAY;
}

/* Runs of closed days of notify-and-ems §3.1; Saturday is not one. */
static void test_runs (void)
{
    static const struct { int year, month, day, length; } runs[] = {
        { 2025, 12, 28, 8 }, { 2026, 12, 29, 6 }, { 2026, 5, 3, 4 }, { 2026, 9, 20, 4 } };

    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        int64_t first = day_of (runs[i].year, runs[i].month, runs[i].day), day = first;
        char name[90];

        while (is_closed (day))
            day++;
        snprintf (name, sizeof name, "N-21 from %d-%02d-%02d clinics are closed for %d days", runs[i].year, runs[i].month, runs[i].day,
                  runs[i].length);
        ok (!is_closed (first - 1) && day - first == runs[i].length, name);
    }
}

static void test_hard_dates (void)
{
    static const struct { int year, month, day; bool national; const char *why;
    } rows[] = { { 1973, 4, 29, true, "a holiday on a Sunday" },
                 { 1973, 4, 30, true, "the first substitute holiday there was" },
                 { 1972, 5, 6, false, "before 1973 nothing was made up for" },
                 { 1985, 5, 4, false, "before the citizens' holiday: a Saturday" },
                 { 1988, 5, 4, true, "the first citizens' holiday" },
                 { 1989, 2, 24, true, "a state funeral" },
                 { 1990, 11, 12, true, "an enthronement" },
                 { 1993, 6, 9, true, "a wedding" },
                 { 1999, 1, 15, true, "coming of age on its old day" },
                 { 2000, 1, 15, false, "...moved to a Monday since 2000" },
                 { 2000, 1, 10, true, "...to the second" },
                 { 2000, 2, 29, false, "a leap day of a century" },
                 { 2006, 5, 4, true, "still a citizens' holiday" },
                 { 2007, 5, 4, true, "a holiday of its own" },
                 { 2008, 5, 6, true, "made up for three days later" },
                 { 2009, 9, 22, true, "a citizens' holiday in September" },
                 { 2015, 9, 22, true, "...and again" },
                 { 2016, 8, 11, true, "the first mountain day" },
                 { 2018, 12, 24, true, "made up for the emperor's birthday" },
                 { 2019, 12, 23, false, "no emperor's birthday in 2019" },
                 { 2019, 2, 23, false, "...neither of them" },
                 { 2020, 2, 24, true, "made up for the new one" },
                 { 2020, 7, 23, true, "the sea, moved for the games" },
                 { 2020, 7, 20, false, "...from here" },
                 { 2021, 7, 22, true, "...and once more" },
                 { 2021, 10, 11, false, "no sports day in October" },
                 { 2024, 2, 12, true, "made up for a Sunday" },
                 { 2028, 2, 29, false, "a leap day is an ordinary day" },
                 { 2032, 9, 21, true, "the next citizens' holiday in September" },
                 { 2033, 3, 21, true, "made up for an equinox on a Sunday" },
                 { 2100, 2, 28, false, "2100 has no leap day" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[120];

        snprintf (name, sizeof name, "N-21 %d-%02d-%02d is %s: %s", rows[i].year, rows[i].month, rows[i].day,
                  rows[i].national ? "a holiday" : "none", rows[i].why);
        is_number (calendar_is_national (day_of (rows[i].year, rows[i].month, rows[i].day)), rows[i].national, name);
    }
}

/* The same in every host time zone, also on days on which New York has 23 or 25 hours. */
static void test_zones (void)
{
    static const char *const zones[] = { "UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati" };
    uint64_t sums[4] = { 0 };

    for (size_t zone = 0; zone < 4; zone++) {
        setenv ("TZ", zones[zone], 1);
        tzset ();
        for (int64_t day = day_of (2019, 1, 1); day <= day_of (2030, 12, 31); day++)
            sums[zone] = sums[zone] * 7 + (uint64_t) calendar_class (day) + (uint64_t) tokyo_of (tokyo_instant (day, 1439)).minute;
    }
    ok (sums[0] == sums[1] && sums[1] == sums[2] && sums[2] == sums[3], "N-14 N-21 2019-2030 is the same whatever zone the host is in");
}

static void test_sets (void)
{
    for (int class = 1; class <= 6; class++)
        if (calendar_in (0x3f & ~(1u << (class - 1)), (enum day_class) class) || !calendar_in (1u << (class - 1), (enum day_class) class))
            ok (false, "a class is in the set when its bit is");
    for (int weekday = 1; weekday <= 7; weekday++)
        if (strncmp (calendar_weekday_ja (weekday), &"月火水木金土日"[3 * (weekday - 1)], 3) != 0)
            ok (false, "weekdays have their letters in order");
}

int main (void)
{
    test_dates ();
    test_classes ();
    test_substitutes ();
    test_counts ();
    test_equinoxes ();
    test_runs ();
    test_hard_dates ();
    test_zones ();
    test_sets ();
    return done ();
}
