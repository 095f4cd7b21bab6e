/* night.h - visits at night and on holidays entrusted to another office's duty (往診代行, U-33): when its duty is, and what may be written.
 *
 * An entrustment says from when to when, and in which bands of that time: nights 18:00 to 8:30 (a night belongs to the day it starts),
 * Saturdays, Sundays with holidays and the year's end, or always.  What touches or overlaps is one duty.  On a local closure of the person's
 * municipality or the attending doctor's office the day is a holiday (night_calendar.h).  The entrusted office sees the person during the
 * duty and two hours more, for its report.
 *
 * A report is written by whoever visited, of a time up to now and not longer ago than a week; a correction is a further report.
 * Times µs since 1970 UTC, half open.  Pure.  Source: domain.md U-33.
 */
#ifndef SHARING_NIGHT_H
#define SHARING_NIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"
#include "night_calendar.h"

enum { NIGHT_DAYS_MOST = 92, NIGHT_REPORT_DAYS = 7, NIGHT_GRACE_MINUTES = 120 };

struct night_time { int64_t from, until; uint64_t bands; };     /* bands: bit (night_band - 1) */
struct night_window { int64_t from, to; };                      /* to 0: there is none */

/* The duty that holds `now`, or the next one. */
struct night_window night_window_at (const struct night_time *time, const struct night_calendar *calendar, int64_t now);
/* The same, but a duty whose grace lasts still is the present one: what the entrusted office's access follows. */
struct night_window night_window_open (const struct night_time *time, const struct night_calendar *calendar, int64_t now);
int64_t night_grace_end (struct night_window window);

/* The local closures within a duty of those bands, at most ten; none where the bands know no holidays. */
struct night_closure_list night_closures_in (struct arena *arena, const struct night_calendar *calendar, uint64_t bands,
                                             struct night_window window);

int night_check_entrust (const struct night_visit_entrust *message, const struct night_calendar *calendar, int64_t now, struct error *err);
int night_check_report (const struct night_visit_report *message, int64_t now, struct error *err);

#endif
