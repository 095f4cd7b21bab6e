#include "clock.h"

enum { TOKYO_OFFSET_SECONDS = 9 * 3600, MINUTE_US = 60 * SECOND_US };

static const int64_t DAY_US = (int64_t) 86400 * SECOND_US;
static const int64_t OFFSET_US = (int64_t) TOKYO_OFFSET_SECONDS * SECOND_US;

static int64_t read_us (clockid_t which)
{
    struct timespec now;

    if (clock_gettime (which, &now) < 0)
        abort ();
    return (int64_t) now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

int64_t clock_real_us (void)
{
    return read_us (CLOCK_REALTIME);
}

int64_t clock_monotonic_us (void)
{
    return read_us (CLOCK_MONOTONIC);
}

static int64_t floor_divide (int64_t value, int64_t by)
{
    int64_t quotient = value / by;

    return value % by < 0 ? quotient - 1 : quotient;
}

/* Days of the Gregorian calendar counted from years that begin in March, so that the leap day comes last; an era is 400 years. */
enum { ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };

int64_t day_number_of (int year, int month, int day)
{
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = floor_divide (shifted, 400);
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - DAYS_TO_1970;
}

static void date_of (int64_t day_number, int *ret_year, int *ret_month, int *ret_day)
{
    int64_t days = day_number + DAYS_TO_1970;
    int64_t era = floor_divide (days, ERA_DAYS);
    int64_t of_era = days - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    *ret_day = (int) (of_year - (153 * month + 2) / 5 + 1);
    *ret_month = (int) (month < 10 ? month + 3 : month - 9);
    *ret_year = (int) (year + era * 400 + (*ret_month <= 2 ? 1 : 0));
}

struct tokyo tokyo_of (int64_t us)
{
    struct tokyo tokyo = { 0 };
    int64_t local = us + OFFSET_US;

    tokyo.day_number = floor_divide (local, DAY_US);
    tokyo.minute = (int) ((local - tokyo.day_number * DAY_US) / MINUTE_US);
    tokyo.weekday = (int) ((tokyo.day_number % 7 + 10) % 7) + 1;       /* 1970-01-01 was a Thursday */
    date_of (tokyo.day_number, &tokyo.year, &tokyo.month, &tokyo.day);
    return tokyo;
}

int64_t tokyo_instant (int64_t day_number, int minute)
{
    return day_number * DAY_US + (int64_t) minute * MINUTE_US - OFFSET_US;
}

static int digits (const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int64_t day_number_of_text (const char *date)
{
    int64_t number;
    int year, month, day, back_year, back_month, back_day;

    if (!date || strlen (date) != 10 || date[4] != '-' || date[7] != '-')
        return INT64_MIN;
    year = digits (date, 4);
    month = digits (date + 5, 2);
    day = digits (date + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return INT64_MIN;
    number = day_number_of (year, month, day);
    date_of (number, &back_year, &back_month, &back_day);
    return back_day == day && back_month == month ? number : INT64_MIN;
}

void day_number_text (int64_t day_number, char ret[11])
{
    int year, month, day;

    date_of (day_number, &year, &month, &day);
    snprintf (ret, 11, "%04u-%02u-%02u", (unsigned) year % 10000u, (unsigned) month % 100u, (unsigned) day % 100u);
}
