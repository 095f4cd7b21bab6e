/* rotation.h - from a rotation's rule to its shift table: who is on duty, from when to when.
 *
 * A rotation covers a band (from_minute … to_minute after midnight in Japan) on the days of its classes; a night belongs to the day it
 * starts.  The turn passes on
 *   every_handoff  at handoff_minute of every day (daily) or of every seventh day from the anchor (weekly), whether or not that day is
 * covered; when_active    with every covered day (daily), or with every week from the anchor's weekday that holds a covered day (weekly).
 * An absence cuts a shift: the absent part has nobody and says who is missing.  Before the anchor nobody is on duty.
 *
 * Pure: no clock, no time zone of the host, no I/O.  Times µs since 1970 UTC, half open [from, to).  Limits: 60 members, 400 days an
 * interval; turns are counted day by day from the anchor.  Memory: the arena's.
 */
#ifndef NOTIFY_ROTATION_H
#define NOTIFY_ROTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "messages.h"

struct rotation_rule {
    const char *rotation_id, *name, *area;
    int64_t version;                                /* of everything that decides its shifts */
    enum rotation_kind kind;
    enum rotation_advance advance;
    int64_t anchor;                                 /* day number */
    int handoff_minute;
    unsigned day_classes;                           /* set, see calendar.h */
    int from_minute, to_minute;
    const char *const *members;                     /* person ids in order of turn */
    const char *const *offices;                     /* each member's office */
    size_t member_count;
};

struct absence { const char *person_id; int64_t from, to; };

struct duty_span {
    int64_t from, to;
    const char *person_id;                          /* NULL: nobody */
    const char *office_id;
    const char *absent_id;                          /* whose turn it would be, when that person is away */
};
struct duty_spans { struct duty_span *items; size_t count; };

/* Everything of the rule that overlaps [from, to), in order, not cut at its ends. */
struct duty_spans rotation_shifts (struct arena *arena, const struct rotation_rule *rule,
                                   const struct absence *absences, size_t absence_count, int64_t from, int64_t to);

/* The span that holds the instant; NULL when the rotation does not cover it. */
const struct duty_span *duty_at (const struct duty_spans *spans, int64_t instant);

/* Absent at that instant?  Gives the end of the absence. */
bool is_absent (const struct absence *absences, size_t count, const char *person_id, int64_t instant, int64_t *ret_until);

#endif
