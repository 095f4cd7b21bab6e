/* rotation.h - from a rotation's rule to its shift table: who is on duty, from when to when.
 *
 * A rotation covers a band (from_minute … to_minute after midnight in Japan) on the days of its classes, and of its weekdays and weeks of
 * the month if it names some; a night belongs to the day it starts.  The turn passes on
 *   every_handoff  at handoff_minute of every day (daily), of every seventh day from the anchor (weekly), of the anchor's day of every month
 * or the month's last day (monthly), of the anchor's nth weekday of every month, the fifth being the last (nth_weekday), whether or not
 * that day is covered; when_active    with every covered day (daily), or with every such week or month that holds a covered day.
 * Before the anchor nobody is on duty.
 *
 * On that rule lie, each over the one before (notify-and-ems §3.2): the calendar with local closures → a month's table → absences (the
 * absent part has nobody and says who is missing) → overrides and swaps of this rotation as they were entered, each upon what stood then, so
 * that 代診 entered for a swapped shift counts → overrides of a person wherever asked.  At most one override holds for an instant.  An
 * override of somebody who is not on duty does nothing.  What was put there by hand is not taken away by an absence.
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
#include "calendar.h"
#include "messages.h"

/* Somebody else, or nobody, for a while. */
struct duty_change {
    const char *change_id;                          /* override, swap or table */
    enum duty_change_kind kind;
    const char *rotation_id;                        /* NULL (override only): wherever remove_id would be asked */
    int64_t from, to;
    const char *remove_id;                          /* NULL: whoever it is, also where nobody is */
    const char *add_id, *add_office_id;             /* NULL: nobody */
};

/* Days whose shifts come from a table: what the rule covers there has nobody until a change of kind table puts somebody. */
struct table_days { int64_t first_day, last_day; };

struct rotation_rule {
    const char *rotation_id, *name, *area;
    int64_t version;                                /* of everything that decides its shifts */
    enum rotation_kind kind;
    enum rotation_advance advance;
    int64_t anchor;                                 /* day number */
    int handoff_minute;
    unsigned day_classes;                           /* set, see calendar.h */
    unsigned weekdays;                              /* set: bit (weekday - 1); 0: all */
    unsigned weeks;                                 /* set: bit 0-3 the first to fourth of the month, bit 4 the last; 0: all */
    int from_minute, to_minute;
    const char *const *members;                     /* person ids in order of turn */
    const char *const *offices;                     /* each member's office */
    size_t member_count;
    int offset;                                     /* which member the anchor's turn is */
    int64_t since;                                  /* holds from here on, */
    const struct rotation_rule *before;             /* and until then this one (its changes are not read); NULL: always */
    struct closures closures;
    const struct duty_change *changes;              /* of this rotation and of its people, in order of entry */
    size_t change_count;
    const struct table_days *tables;
    size_t table_count;
};

struct absence { const char *person_id; int64_t from, to; };

struct duty_span {
    int64_t from, to;
    const char *person_id;                          /* NULL: nobody */
    const char *office_id;
    const char *absent_id;                          /* whose turn it would be, when that person is away */
    int64_t day;                                    /* the day it belongs to */
    const char *turn_id;                            /* whose turn it is by rule or table; NULL: nobody's */
    const struct duty_change *change;               /* why it is somebody else; NULL: by rule */
};
struct duty_spans { struct duty_span *items; size_t count; };

/* Everything of the rotation that overlaps [from, to), in order, not cut at its ends. */
struct duty_spans rotation_shifts (struct arena *arena, const struct rotation_rule *rule,
                                   const struct absence *absences, size_t absence_count, int64_t from, int64_t to);

/* The span that holds the instant; NULL when the rotation does not cover it. */
const struct duty_span *duty_at (const struct duty_spans *spans, int64_t instant);

/* Put there by hand: an absence does not take it away. */
static inline bool duty_is_by_hand (const struct duty_span *span)
{
    return span->change && span->change->kind != DUTY_CHANGE_KIND_TABLE;
}

/* Absent at that instant?  Gives the end of the absence. */
bool is_absent (const struct absence *absences, size_t count, const char *person_id, int64_t instant, int64_t *ret_until);

/* Does the rotation cover a day? */
bool rotation_covers (const struct rotation_rule *rule, int64_t day);

/* When only the members change, who has the turn keeps it: from when on the new list holds (the next handover; 0 when no turn has begun), and the
 * offset that lets it go on behind that person. */
void rotation_follow (const struct rotation_rule *rule, const char *const *members, size_t count, int64_t now, int64_t *ret_since,
                      int *ret_offset);

#endif
