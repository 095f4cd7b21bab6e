/* import_hours.h - columns that say when a facility is open, made into slots as opening_hours.h knows them.  Pure.
 *
 * The header of such a column often says the opposite of its value: 「毎週決まった曜日に休診（月）」 is 1 when the clinic is OPEN on Mondays (definition:
 * 0：休診 1：診療); blank is not stated.  In 定期週 1 in all five weeks beside a weekly 0 is how some prefectures fill the form: it stays closed.
 */
#ifndef REGISTRY_IMPORT_HOURS_H
#define REGISTRY_IMPORT_HOURS_H

#include <stdbool.h>
#include "arena.h"
#include "import_profile.h"
#include "opening_hours.h"

enum { HOURS_DAYS = 8, HOURS_WEEKS = 5, HOURS_BANDS = 4, HOURS_EVERY_WEEK = 31 };

/* What the columns said: -1 nothing, 0 closed, 1 open, 2 one column says this, another that. */
struct hours_said {
    signed char weekly[HOURS_DAYS + 1], nth[HOURS_DAYS + 1][HOURS_WEEKS + 1];
    short from[HOURS_DAYS + 1][HOURS_BANDS + 1], to[HOURS_DAYS + 1][HOURS_BANDS + 1];   /* minutes of the day; -1: nothing */
    const char *note;
};

struct hours_read {
    struct opening_slot slots[HOURS_DAYS * HOURS_BANDS];
    int count, closed;                                  /* closed: bit day - 1 */
    const char *note;                                   /* other days off in words; NULL: none */
    const char *doubt;                                  /* NULL: nothing contradicts itself */
};

void hours_nothing (struct hours_said *said);
/* Takes one cell.  NULL, or why it does not look right. */
const char *hours_take (struct hours_said *said, const struct profile_time *time, struct arena *arena, const char *cell);
/* The days, as in 「月,火,木」, 「月～金」 or 「平日」, with one band of hours; the other weekdays are closed. */
const char *hours_take_days (struct hours_said *said, struct arena *arena, const char *days, const char *opens, const char *closes);

void hours_read (const struct hours_said *said, struct hours_read *ret);
/* {"slots":[[day,weeks,from,to],…],"closed":64,"words":"…"}; NULL when nothing is said. */
const char *hours_json (const struct hours_read *hours, struct arena *arena);

/* "9:30" is 570; -1 when it is no time of day.  24:00 and 翌2:00 are taken. */
int hours_minute (struct arena *arena, const char *cell);

#endif
