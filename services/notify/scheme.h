/* scheme.h - does a person's order name an office at times for which it has not joined the scheme of attending and deputy doctors?
 * Pure.
 *
 * A row of the order is covered when, for every day class, weekday, minute and condition it speaks for,
     a band of the office's part in force
 * covers it; a night covered in two pieces (until midnight, from midnight) is covered.  An office without any part never joined: nothing is
 * known of it, and nothing is said.  Days are day numbers (clock.h) in Japan.  Source: U-04, guide L616-618.
 */
#ifndef NOTIFY_SCHEME_H
#define NOTIFY_SCHEME_H

#include "resolver.h"

enum { SCHEME_SOON_DAYS = 30 };

struct scheme_hours { unsigned days, weekdays, tags; int from, to; };   /* sets: bit (n - 1); weekdays and tags 0: all */
struct scheme_joined {
    const char *office_id;
    int64_t from, until;                            /* INT64_MAX: until further notice */
    const struct scheme_hours *hours;
    size_t hours_count;
};
struct scheme_known { const struct scheme_joined *items; size_t count; };

/* A sentence for the user about a row that names this office; NULL: nothing to say. */
const char *scheme_warning (struct arena *arena, const struct scheme_known *known, const char *office_id, const char *office,
                            const struct chain_row *row, int64_t today);
/* The part in force ends within SCHEME_SOON_DAYS, and none follows it; NULL: nothing to say. */
const char *scheme_ending (struct arena *arena, const struct scheme_known *known, const char *office_id, const char *office, int64_t today);

/* Days of an office without a part: from the day after the last day of the part in force and those that follow it at once (of the last one,
 * when none is in force) until the next begins, INT64_MAX: none is known.  False: never ends, never joined, or has not begun. */
struct scheme_lapse { int64_t from, to; };
bool scheme_lapses (const struct scheme_known *known, const char *office_id, int64_t today, struct scheme_lapse *ret);

#endif
