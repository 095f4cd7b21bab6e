/* opening_hours.h - when a facility is open, and when its doctors can be met: pure, no clock, no I/O.
 *
 * Days are 1 Monday … 7 Sunday and 8 national holidays (calendar.h).  A day with slots is open in them and closed outside; a day that is said to
 * be closed is closed; of a day without either nothing is known, and what is not known is never shown as open.  A slot holds in some weeks
 * of the month (the nth such weekday, 1 … 5) or in every one: 「第2・第4木曜休診」 is Thursday's slots in weeks 1, 3 and 5.  A slot without
 * times says that it is open on that day, but not when.  12/29 … 1/3 is the year's end: closed, as usual, or not said; not said leaves open
 * hours unknown.  Other days off (お盆) are kept in the words they came in and decide nothing.
 *
 * Minutes of the day in Japan: from 0 … 1439, to from + 1 … 2880 (「翌8:00」 is 1920).  At most four slots a day and week, 64 in all.
 */
#ifndef REGISTRY_OPENING_HOURS_H
#define REGISTRY_OPENING_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"
#include "messages.h"

enum { OPENING_HOLIDAY = 8, OPENING_DAYS = 8, OPENING_EVERY_WEEK = 31, OPENING_SLOTS_A_DAY = 4, OPENING_SLOTS_MOST = 64 };

struct opening_slot {
    int day, weeks;                     /* weeks: bit n - 1 */
    int from, to;                       /* both 0: open on that day, times not known */
};

struct opening_hours {
    const struct opening_slot *slots;
    size_t count;
    int closed;                         /* days said to be closed: bit day - 1 */
    bool holidays_as_weekdays;          /* a holiday is like any other such weekday; then nothing is said of day 8 */
    enum year_end year_end;             /* 0: not said */
    const char *closed_words;           /* other days off as they are written; NULL: none said */
};

enum opening { OPENING_UNKNOWN, OPENING_OPEN, OPENING_CLOSED };

/* hours NULL: unknown.  minute 0 … 1439. */
enum opening opening_at (const struct opening_hours *hours, int64_t day_number, int minute);

/* 0, or -1 with what is wrong below the pointer ("" for the top): /slots/3/day … , /closed. */
int opening_check (const struct opening_hours *hours, const char *pointer, struct error *err);

/* As people write it: 「月〜金 9:00–12:00・14:00–18:00、土 9:00–12:00（第2・第4休）、日・祝 休み」.  Never NULL, at most 400 bytes. */
char *opening_words (const struct opening_hours *hours, struct arena *arena);

/* ---- the same, looked for in a database ------------------------------------------------------------------------------------------ */

/* What kind of day it is for every facility alike: 1 … 7 a weekday, 8 … 14 a national holiday on that weekday. */
struct opening_day { int kind; int week /* its bit */; bool year_end; };
struct opening_day opening_day_of (int64_t day_number);

/* A day is cut at 8, 13, 18 and 24 h, so that what is open at night is not looked for among all mornings: 1 … 5. */
int opening_part_of (int minute);

/* Slots by kind of day and part, seven numbers each: kind, part, weeks, from, to, times known (1, 0), year_end (0: not said).  A facility is
 * open when one of the day, week and minute has its times known and, at the year's end, is as usual. */
enum { OPENING_PIECE_NUMBERS = 7 };
struct i64_list opening_pieces (const struct opening_hours *hours, struct arena *arena);

/* Kinds of day of which something is said, bit kind - 1; at the year's end bit kind + 13.  Said, and no piece matches: closed. */
int64_t opening_said (const struct opening_hours *hours);

#endif
