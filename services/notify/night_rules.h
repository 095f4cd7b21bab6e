/* night_rules.h - when a report of a visit at night is written about and asked for again (U-33).
 *
 * The doctors read it in their feed at once.  A letter without names goes at 7:30 in the morning; a report that comes in the morning itself,
 * until noon, goes at once.  If no doctor of the person has read it by the set hour of the next working day, and not before two hours after
 * the letter, the deputy, the clinic, the office that visited and the rota office are told; again each working day, five times.
 * Pure.  Times µs since 1970 UTC.
 */
#ifndef NOTIFY_NIGHT_RULES_H
#define NOTIFY_NIGHT_RULES_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"
#include "night_calendar.h"

enum { NIGHT_REMINDERS_MOST = 5, NIGHT_HOUR_STANDARD = 10 };

/* Visits entrusted to an office's duty, as sharing told; bands: bit (night_band - 1). */
struct night_entrusted { const char *office_id; int64_t from, until; uint64_t bands; };

/* Does one of these bands hold at the instant?  Nights 18:00 to 8:30, Saturdays, Sundays with holidays, the year's end and local closures
 * (night_calendar.h), always. */
bool night_holds (uint64_t bands, const struct night_calendar *calendar, int64_t instant);
/* The office whose duty visits at the instant; the first of several.  NULL: nobody's. */
const char *night_office (const struct night_entrusted *entrusted, size_t count, const struct night_calendar *calendar, int64_t instant);

int64_t night_letter_at (int64_t reported_at);
int64_t night_read_by (int64_t letter_at, int hour);
int64_t night_again_at (int64_t now, int hour);         /* the next working day */

const char *night_letter_subject (void);
const char *night_letter_text (struct arena *arena, int64_t reports);
const char *night_unread_subject (void);
const char *night_unread_text (struct arena *arena, int64_t reports);

#endif
