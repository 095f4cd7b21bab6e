/* calendar.h - the Japanese calendar of duty: which class a date has.
 *
 * National holidays follow the Act on National Holidays (国民の祝日に関する法律, 昭和23年法律第178号, with its amendments up to 2018 and the special
 * rules for 2019, 2020 and 2021), including substitute holidays (振替休日) and citizens' holidays (国民の休日).  The equinoxes are computed by the
 * formula of the National Astronomical Observatory's yearly notice (valid 1900-2099).  12/29-12/31 and 1/2-1/3 are not holidays of that
 * Act, but clinics close: they have classes of their own.  Compared in tests with the Cabinet Office's list, 1973-2027.  The Act may be
 * changed (2019-2021 were): days after CALENDAR_SETTLED_YEAR, the last one compared with published lists, are computed and warned about.
 *
 * A closure of a municipality or of an office makes a weekday or a Saturday `local`; a day that is closed by itself stays what it is.
 *
 * Pure: no clock, no time zone, no I/O.  Dates are day numbers since 1970-01-01 (clock.h).
 */
#ifndef RUNTIME_CALENDAR_H
#define RUNTIME_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"

bool calendar_is_national (int64_t day_number);
enum day_class calendar_class (int64_t day_number);     /* national wins over year end, new year, Sunday and Saturday */

enum { CALENDAR_SETTLED_YEAR = 2030 };

/* Closed on these days, both included, beside the holidays: either a municipality (area) or an office. */
struct closure { const char *area, *office_id, *name; int64_t first_day, last_day; };
struct closures { const struct closure *items; size_t count; };

/* Closed for this municipality or this office (either may be NULL)?  NULL: no. */
const struct closure *calendar_closure (const struct closures *closures, const char *area, const char *office_id, int64_t day_number);
enum day_class calendar_class_at (const struct closures *closures, const char *area, const char *office_id, int64_t day_number);

/* Sets of day classes are bits (bits.h). */
static inline bool calendar_in (uint64_t set, enum day_class class)
{
    return set >> (class - 1) & 1;
}

int calendar_weekday (int64_t day_number);              /* 1 Monday … 7 Sunday */
const char *calendar_weekday_ja (int weekday);          /* "月" … "日" */

/* A band of minutes after a day's midnight: begins on that day (0 to 1439), ends after it began and by the end of the next (2880).
 * ERROR_FIELD_OUT_OF_RANGE or ERROR_PERIOD_REVERSED at the pointer that is wrong. */
int calendar_band_check (int64_t from_minute, int64_t to_minute, const char *from_pointer, const char *to_pointer, struct error *err);

#endif
