/* fairness.h - how duty is shared: shifts, nights, holidays, year's end, calls, acceptances and notices, per person, office and in all
 * (N-65, X-03).
 *
 * Counted per shift and person: a night has at least two hours between 22:00 and 05:00; a holiday shift belongs to a Sunday or national
 * holiday; a year-end shift to 12/29-1/3 (and counts there, not as a holiday).  A shift cut in two by an absence or a 代診 counts once for
 * each of the two.  balance: shifts over 52 weeks less an equal share of each rotation among its members, in tenths.
 *
 * Pure.  Memory: the arena's.
 */
#ifndef NOTIFY_FAIRNESS_H
#define NOTIFY_FAIRNESS_H

#include "duty.h"

struct duty_figures { const char *person_id; int64_t calls, accepts, notices, read; bool has_median, muted; int64_t median_seconds; };
struct duty_figures_list { struct duty_figures *items; size_t count; };
struct staff_member { const char *person_id, *name, *office_id, *office; uint64_t roles; };
struct staff_list { struct staff_member *items; size_t count; };

struct fairness_input {
    const struct duty_lines *lines;                 /* of 52 weeks at least, rotation by rotation */
    const struct rotation_list_of *rotations;       /* their members share equally */
    const struct duty_figures_list *figures;        /* of the period */
    const struct staff_list *staff;                 /* each person once */
    int64_t from, to;                               /* the period, µs */
    int64_t since_52;                               /* 52 weeks before `to` */
};

/* Persons with duty, calls or notices, by name; offices by name; the sum of all. */
struct fairness_result { struct fairness_line_list people, offices; struct fairness_line total; };
void fairness_count (struct arena *arena, const struct fairness_input *input, struct fairness_result *ret);

bool duty_is_night (int64_t from, int64_t to);

#endif
