/* night_calendar.h - which days visits entrusted for nights and holidays fall on (往診代行, U-33): the one place where sharing, which opens the
 * record, and notify, which asks by telephone, look.
 *
 * Nights are 18:00 to 8:30; a night belongs to the day it starts, and every day has one.  Saturdays, and Sundays with holidays and the
 * year's end, are whole days, midnight to midnight in Japan.  A day on which the person's municipality or the attending doctor's office is
 * closed (お盆休み, 開院記念日) is a holiday too; a closed Saturday is both, because a closure takes no entrusted day away.
 *
 * Bands are bits (bits.h) of enum night_band.  Pure.
 */
#ifndef RUNTIME_NIGHT_CALENDAR_H
#define RUNTIME_NIGHT_CALENDAR_H

#include "calendar.h"

enum { NIGHT_EVENING = 18 * 60, NIGHT_MORNING = 8 * 60 + 30 };

/* Whose closures count, of those given; either may be NULL. */
struct night_calendar { struct closures closures; const char *area, *office_id; };

/* The closure that makes this day a holiday for them; NULL: none. */
const struct closure *night_closure (const struct night_calendar *calendar, int64_t day_number);

/* The bands that hold all of this day; a night alone never does. */
uint64_t night_whole_day (const struct night_calendar *calendar, int64_t day_number);

#endif
