/* resolver.h - who is asked for this person at this instant, in which order, and why.  The only resolver: the engine, the roster, the
 * printed sheet and the look-up all call it.
 *
 * In order: rows of the person's chain that match the instant (day class and weekday of the day on which the row's band began, so that a
 * night belongs to the day it starts; minutes of that band, half open; tag of the trouble) by position → who of the rotation has duty →
 * without those who are away, who left, or whom the person did not consent to → an empty step disappears → the municipality's last resort,
 * always there and always last.  When no doctor is left, the last resort stands in the first step, beside whoever else is asked.
 * Rows of one position are asked at once; nobody is asked twice.
 *
 * Pure and total: reads no clock and no database; with any input the answer holds the last resort (or, when even that is not set, whoever
 * the chain gives).  Memory: the arena's; texts may point into the input.  Source: notify-and-ems §3.2.
 */
#ifndef NOTIFY_RESOLVER_H
#define NOTIFY_RESOLVER_H

#include "rotation.h"

enum { DELAY_STANDARD_SECONDS = 180, DELAY_LEAST_SECONDS = 10, LAST_RESORT_REPEAT_SECONDS = 120 };

struct known_person {
    const char *person_id, *name, *office_id, *office, *phone;
    bool left;                                      /* every membership has ended */
};
struct known_office { const char *office_id, *name, *phone; };

struct resolver_input {
    const struct chain_row *rows;                   /* any order */
    size_t row_count;
    const struct rotation_rule *rotations;
    const struct duty_spans *shifts;                /* of each rotation, covering the instant */
    size_t rotation_count;
    const struct absence *absences;
    size_t absence_count;
    const struct known_person *people;
    size_t person_count;
    const struct known_office *offices;
    size_t office_count;
    const char *const *consented_rotations;         /* rotations whose doctors the person consented to */
    size_t consented_count;
    bool team_consent;                              /* without it the chain is not used */
    const char *attending_office_id;                /* asked beside the last resort when the chain cannot be used; may be NULL */
    const char *last_resort_office_id, *last_resort_name, *last_resort_phone;    /* NULL: not set */
};

struct answerer {
    int position;                                   /* from 1; equal positions are asked at once */
    enum target_kind target;
    const char *person_id, *rotation_id, *office_id;
    const char *name, *office, *phone, *reason;
    int delay_seconds;                              /* until the next position */
};

struct resolution {
    struct answerer *items;
    size_t count;
    const char *chain_note;                         /* Japanese; NULL when the chain was used as it stands */
};

struct resolution resolve (struct arena *arena, const struct resolver_input *input, int64_t instant, enum condition_tag tag);

/* Does this row speak for the instant?  Gives the day its band began. */
bool chain_row_matches (const struct chain_row *row, int64_t instant, enum condition_tag tag, int64_t *ret_day);

/* Two entries ask the same person or desk. */
bool same_answerer (const char *person_a, const char *office_a, const char *person_b, const char *office_b);

#endif
