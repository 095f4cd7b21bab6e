/* calendar.c - see calendar.h. */
#include "calendar.h"
#include <string.h>
#include "clock.h"

/* A holiday on a fixed day, in force from one year to another. */
struct fixed { int month, day, from, to; };
static const struct fixed fixed_days[] = {
    { 1, 1, 1949, 9999 },                                   /* 元日 */
    { 1, 15, 1949, 1999 },                                  /* 成人の日 */
    { 2, 11, 1967, 9999 },                                  /* 建国記念の日 */
    { 2, 23, 2020, 9999 },                                  /* 天皇誕生日 */
    { 4, 29, 1949, 9999 },                                  /* 天皇誕生日, みどりの日, 昭和の日 */
    { 5, 3, 1949, 9999 },                                   /* 憲法記念日 */
    { 5, 4, 2007, 9999 },                                   /* みどりの日 */
    { 5, 5, 1949, 9999 },                                   /* こどもの日 */
    { 7, 20, 1996, 2002 },                                  /* 海の日 */
    { 7, 23, 2020, 2020 }, { 7, 22, 2021, 2021 },
    { 8, 11, 2016, 2019 }, { 8, 11, 2022, 9999 },           /* 山の日 */
    { 8, 10, 2020, 2020 }, { 8, 8, 2021, 2021 },
    { 9, 15, 1966, 2002 },                                  /* 敬老の日 */
    { 10, 10, 1966, 1999 },                                 /* 体育の日 */
    { 7, 24, 2020, 2020 }, { 7, 23, 2021, 2021 },           /* スポーツの日 */
    { 11, 3, 1948, 9999 },                                  /* 文化の日 */
    { 11, 23, 1948, 9999 },                                 /* 勤労感謝の日 */
    { 12, 23, 1989, 2018 },                                 /* 天皇誕生日 */
    { 4, 10, 1959, 1959 }, { 2, 24, 1989, 1989 }, { 11, 12, 1990, 1990 },   /* 皇室の行事 */
    { 6, 9, 1993, 1993 }, { 5, 1, 2019, 2019 }, { 10, 22, 2019, 2019 },
};

/* A holiday on the nth Monday of a month (ハッピーマンデー). */
struct monday { int month, nth, from, to; };
static const struct monday mondays[] = {
    { 1, 2, 2000, 9999 },                                   /* 成人の日 */
    { 7, 3, 2003, 2019 }, { 7, 3, 2022, 9999 },             /* 海の日 */
    { 9, 3, 2003, 9999 },                                   /* 敬老の日 */
    { 10, 2, 2000, 2019 }, { 10, 2, 2022, 9999 },           /* 体育の日, スポーツの日 */
};

enum { SUBSTITUTE_SINCE_DAY = 1197 /* 1973-04-12 */, CITIZENS_SINCE_DAY = 5839 /* 1985-12-27 */ };

int calendar_weekday (int64_t day_number)
{
    int64_t from_monday = (day_number + 3) % 7;             /* 1970-01-01 was a Thursday */

    return (int) (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

const char *calendar_weekday_ja (int weekday)
{
    static const char *const names[] = { "月", "火", "水", "木", "金", "土", "日" };

    return names[(weekday + 6) % 7];
}

static int equinox (int year, bool spring)
{
    double base = year < 1980 ? (spring ? 20.8357 : 23.2588) : (spring ? 20.8431 : 23.2488);
    int leaps = year < 1980 ? (year - 1983) / 4 : (year - 1980) / 4;

    return (int) (base + 0.242194 * (year - 1980)) - leaps;
}

static bool is_fixed (const struct tokyo *day)
{
    for (size_t i = 0; i < sizeof fixed_days / sizeof *fixed_days; i++)
        if (fixed_days[i].month == day->month && fixed_days[i].day == day->day
            && fixed_days[i].from <= day->year && day->year <= fixed_days[i].to)
            return true;
    return false;
}

static bool is_monday (const struct tokyo *day)
{
    if (day->weekday != 1)
        return false;
    for (size_t i = 0; i < sizeof mondays / sizeof *mondays; i++)
        if (mondays[i].month == day->month && mondays[i].nth == (day->day + 6) / 7
            && mondays[i].from <= day->year && day->year <= mondays[i].to)
            return true;
    return false;
}

/* 国民の祝日: a holiday by name, before substitute and citizens' holidays. */
static bool is_named (int64_t day_number)
{
    struct tokyo day = tokyo_of (tokyo_instant (day_number, 0));

    if (is_fixed (&day) || is_monday (&day))
        return true;
    return day.year >= 1949
        && ((day.month == 3 && day.day == equinox (day.year, true)) || (day.month == 9 && day.day == equinox (day.year, false)));
}

/* 振替休日: since 1973 the Monday after a holiday on a Sunday; since 2007 the first day after it that is not itself a holiday. */
static bool is_substitute (int64_t day_number)
{
    int64_t day = day_number - 1;

    if (day < SUBSTITUTE_SINCE_DAY)
        return false;
    if (day_number < day_number_of (2007, 1, 1))
        return calendar_weekday (day) == 7 && is_named (day);
    while (is_named (day)) {
        if (calendar_weekday (day) == 7)
            return true;
        day--;
    }
    return false;
}

/* 国民の休日: a day between two holidays; before 2007 not when it was a Sunday or a substitute holiday. */
static bool is_citizens (int64_t day_number)
{
    if (day_number < CITIZENS_SINCE_DAY || calendar_weekday (day_number) == 7)
        return false;
    return is_named (day_number - 1) && is_named (day_number + 1);
}

bool calendar_is_national (int64_t day_number)
{
    return is_named (day_number) || is_substitute (day_number) || is_citizens (day_number);
}

enum day_class calendar_class (int64_t day_number)
{
    struct tokyo day = tokyo_of (tokyo_instant (day_number, 0));

    if (calendar_is_national (day_number))
        return DAY_CLASS_NATIONAL;
    if (day.month == 12 && day.day >= 29)
        return DAY_CLASS_YEAREND;
    if (day.month == 1 && day.day <= 3)
        return DAY_CLASS_NEWYEAR;
    if (day.weekday == 7)
        return DAY_CLASS_SUNDAY;
    return day.weekday == 6 ? DAY_CLASS_SATURDAY : DAY_CLASS_WEEKDAY;
}

static bool is_of (const struct closure *closure, const char *area, const char *office_id)
{
    if (closure->area)
        return area && strcmp (closure->area, area) == 0;
    return closure->office_id && office_id && strcmp (closure->office_id, office_id) == 0;
}

const struct closure *calendar_closure (const struct closures *closures, const char *area, const char *office_id, int64_t day_number)
{
    for (size_t i = 0; closures && i < closures->count; i++) {
        const struct closure *closure = &closures->items[i];

        if (closure->first_day <= day_number && day_number <= closure->last_day && is_of (closure, area, office_id))
            return closure;
    }
    return NULL;
}

enum day_class calendar_class_at (const struct closures *closures, const char *area, const char *office_id, int64_t day_number)
{
    enum day_class class = calendar_class (day_number);

    if ((class == DAY_CLASS_WEEKDAY || class == DAY_CLASS_SATURDAY) && calendar_closure (closures, area, office_id, day_number))
        return DAY_CLASS_LOCAL;
    return class;
}

int calendar_band_check (int64_t from_minute, int64_t to_minute, const char *from_pointer, const char *to_pointer, struct error *err)
{
    enum { DAY_MINUTES = 1440, TWO_DAYS_MINUTES = 2880 };

    if (from_minute < 0 || from_minute >= DAY_MINUTES)
        return fail_range (err, from_pointer, 0, DAY_MINUTES - 1);
    if (to_minute < 1 || to_minute > TWO_DAYS_MINUTES)
        return fail_range (err, to_pointer, 1, TWO_DAYS_MINUTES);
    return to_minute > from_minute ? 0 : fail (err, ERROR_PERIOD_REVERSED, to_pointer, "the band ends before it begins");
}
