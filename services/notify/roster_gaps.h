/* roster_gaps.h - where the roster fails: of a rotation, and of a person's order of doctors.  Pure.
 *
 * An order fails in a minute in which resolve () would find no doctor for trouble without a name (tag other).  It is painted into a board of
 * minutes instead of asking resolve () for every minute of a year; tests compare the two.
 */
#ifndef NOTIFY_ROSTER_GAPS_H
#define NOTIFY_ROSTER_GAPS_H

#include "resolver.h"

enum { GAP_PARTS = 800, GAP_DAYS = 365, GAP_SOON_DAYS = 14, GAP_YEAREND_MONTH = 12 };

struct gap { enum gap_kind kind; int64_t from, to; const char *person_id; };
struct gaps { struct gap *items; size_t count; };

/* Spans without anybody, or with somebody who left or cannot be reached – of whom only the office's telephone is known, outside its hours;
 * touching ones of one kind and person are one.  Cut at from and to.  At most GAP_PARTS beyond one a span. */
struct gaps rotation_gaps (struct arena *arena, const struct duty_spans *spans, const struct known_person *people, size_t person_count,
                           const struct phone_calendar *calendar, int64_t from, int64_t to);

/* The minutes of [from, to) without a doctor, as stretches; at most `most`.  Whole minutes of the clock.  input: as for resolve (), but shifts and absences cover the
 * whole interval.  At most GAP_DAYS + 1 days.  Nothing when the order is not in use. */
struct gaps chain_gaps (struct arena *arena, const struct resolver_input *input, int64_t from, int64_t to, size_t most);

/* Touches 12/29-1/3 of any year. */
bool gap_is_yearend (int64_t from, int64_t to);
/* Warned daily: begins within 14 days; in 年末年始 from 12/1 on. */
bool gap_is_soon (int64_t from, int64_t to, int64_t now);

#endif
