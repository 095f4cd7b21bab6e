/* duty.h - who is on duty from when to when, as lines for people.  Times in µs; everything lives in the arena given. */
#ifndef NOTIFY_DUTY_H
#define NOTIFY_DUTY_H

#include "roster.h"

struct duty_lines { struct duty_line *items; size_t count; };

/* Every span of the rotations of a municipality (NULL: all) that touches [from, to), rotation by rotation. */
int duty_load (struct db *db, struct arena *arena, const struct shift_source *source, const char *municipality, int64_t from, int64_t to,
               struct duty_lines *ret, struct error *err);

/* The spans of each of these rotations that touch [from, to); gives the rotations what lies on their rules.  source NULL: computed. */
int duty_spans_load (struct db *db, struct arena *arena, const struct shift_source *source, struct rotation_list_of *rotations, int64_t from,
                     int64_t to, struct duty_spans **ret, struct error *err);

/* Names for lines of these rotations; spans: one list a rotation. */
struct names;
int duty_names (struct db *db, struct arena *arena, const struct rotation_list_of *rotations, const struct duty_spans *spans,
                struct names **ret, struct error *err);
struct duty_line duty_line_of (struct arena *arena, const struct names *names, const struct rotation_rule *rule,
                               const struct duty_span *span);

/* Pure: the lines of a municipality (NULL: all) that hold at the instant, and those that start after it and before `to`, by start.
 * Fills now and coming only; more than the answer's limits are left out. */
void duty_split (const struct duty_lines *lines, const char *municipality, int64_t at, int64_t to, struct arena *arena,
                 struct duty_now_answer *answer);

enum { DUTY_STANDARD_DAYS = 2, DUTY_MOST_DAYS = 31 };
int64_t duty_days (const struct duty_now *message);

#endif
