/* office_phones.h - telephones of offices and the hours in which they are answered (practice.md "Offices have phones").  Pure.
 *
 * A band belongs to the day it begins; which class that day has is said by the calendar with the closures of the municipality and of the
 * office itself.  A telephone without bands is always answered.  Of several the first that is answered rings.
 */
#ifndef NOTIFY_OFFICE_PHONES_H
#define NOTIFY_OFFICE_PHONES_H

#include "calendar.h"
#include "messages.h"

struct phone_band { unsigned classes; int from, to; };          /* bits of day classes; minutes after the day's midnight, to up to 2880 */
struct phone_line { const char *office_id, *number; const struct phone_band *bands; size_t band_count; };
struct phone_lines { const struct phone_line *items; size_t count; };

/* Days are those of this municipality; an office's closures are found by the line's office. */
struct phone_calendar { const struct closures *closures; const char *area; };

/* The first line answered at the instant; office_id: of this office only, NULL: of any.  NULL: none. */
const struct phone_line *phone_at (const struct phone_lines *lines, const struct phone_calendar *calendar, const char *office_id,
                                   int64_t instant);

/* The first stretch of [from, to) in which one of them is answered. */
bool phone_next_open (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t from, int64_t to, int64_t *ret_from,
                      int64_t *ret_to);
/* The first stretch of [from, to) in which none is. */
bool phone_next_silent (const struct phone_lines *lines, const struct phone_calendar *calendar, int64_t from, int64_t to,
                        int64_t *ret_from, int64_t *ret_to);

/* Lines as the store keeps them, "office number classes from to classes from to …"; one that cannot be read is left out. */
struct phone_lines phone_read (struct arena *arena, struct text_list lines);

/* As the store keeps them: three numbers a band. */
struct i64_list phone_numbers_of (struct arena *arena, struct phone_hours_list hours);
struct phone_hours_list phone_hours_of (struct arena *arena, const struct phone_line *line);
/* Refuses hours without days, or that end before they begin; the field is named, below the pointer. */
int hours_check (struct phone_hours_list hours, const char *pointer, struct arena *arena, struct error *err);

/* Refuses an empty name, what is no number, hours without days or that end before they begin, a number twice.  The field is named.
 * ret_numbers: as kept, beside phones. */
int phones_check (const struct office_phones_put *put, struct arena *arena, const char ***ret_numbers, struct error *err);

#endif
