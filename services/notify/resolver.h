/* resolver.h - who is asked for this person at this instant, in which order, and why.  The only resolver: the engine, the roster, the
 * printed sheet and the look-up all call it.
 *
 * In order: rows of the person's chain that match the instant (day class, with local closures, and weekday of the day on which the row's
 * band began, so that a night belongs to the day it starts; minutes of that band, half open; tag of the trouble) by position → who of the
 * rotation has duty (rotation.h: absence < swap < override) → a person who is absent is passed over, one who is replaced by an override
 * is asked through the substitute, absent or not → without those who left, have no contact that works, or whom the person did not consent
 * to → an empty step disappears → the reporter's rule → the municipality's last resort, always there and always last.  When no doctor is
 * left, the last resort stands in the first step, beside whoever else is asked.  Telephones of offices have hours (office_phones.h): outside
 * them they do not ring, and who has no other is passed over.  Rows of one position are asked at once; nobody is asked
 * twice; only the last resort, named by a row, is asked there and again at the end.
 *
 * Who reports (practice.md): where 緊急時訪問看護 is agreed, family and other staff reach the station first and the doctors after 180 s; a
 * nurse reaches the first doctors at once.  Dispatch reaches the first doctors and the station at once, agreed or not.
 * 看取り has an order of its own: the rows made for it as they are written; without such rows the stations of the ordinary rows with the
 * attending doctor, then the deputies.  There the reporter changes nothing.  In both, where no row brings a station, those of the care
 * team are asked: a nurse who looks after the person is not left out because an order names doctors only (EMS-02).
 *
 * Visits entrusted to another office's duty (往診代行, U-33): that office is asked where the attending doctor would be, and where no row names
 * him, in the first step beside whoever is first; without a telephone of it, the order is as if nothing were entrusted.
 *
 * Pure and total: reads no clock and no database; with any input the answer holds the last resort (or, when even that is not set, whoever
 * the chain gives).  Memory: the arena's; texts may point into the input.  Source: notify-and-ems §3.2.
 */
#ifndef NOTIFY_RESOLVER_H
#define NOTIFY_RESOLVER_H

#include "night_rules.h"
#include "office_phones.h"
#include "rotation.h"

enum { DELAY_STANDARD_SECONDS = 180, DELAY_LEAST_SECONDS = 10, LAST_RESORT_REPEAT_SECONDS = 120 };

struct known_person {
    const char *person_id, *name, *office_id, *office, *phone;
    bool left;                                      /* every membership has ended */
    bool unreachable;                               /* no verified telephone or SMS of the person's own, none of the office */
    bool by_office;                                 /* no telephone or SMS of the person's own: the office's rings */
    bool by_hours;                                  /* ...and every one of the offices' has hours: out of reach when none is answered */
    struct phone_lines phones;                      /* of the person's offices that have said their hours */
};
/* phones: none: `phone` at any hour.  staff: its people have telephones of their own, whatever the hour. */
struct known_office { const char *office_id, *name, *phone; bool unreachable, staff; struct phone_lines phones; };
struct known_seat { const char *person_id, *office_id; };

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
    const char *area;                               /* the person's municipality, for its closures */
    struct closures closures;
    const struct duty_change *changes;              /* overrides that hold wherever a person is asked */
    size_t change_count;
    enum reporter_kind reporter;                    /* 0: the order as it is written */
    bool emergency_nursing;                         /* 緊急時訪問看護 is agreed */
    bool terminal, terminal_rows;                   /* 看取り; the rows were made for it */
    struct known_seat attending;                    /* person NULL: none */
    const struct known_seat *deputies;
    size_t deputy_count;
    const char *const *stations;                    /* offices of the care team's visiting nursing; one may stand there twice */
    size_t station_count;
    const struct night_entrusted *entrusted;        /* visits entrusted to an office's duty, whenever (U-33) */
    size_t entrusted_count;
    const char *entrusted_office_id;                /* whose duty visits for the attending doctor at this instant; NULL: nobody's */
    const char *entrusted_closure;                  /* what makes this day a holiday for that; NULL: nothing local */
};

struct answerer {
    int position;                                   /* from 1; equal positions are asked at once */
    enum target_kind target;
    const char *person_id, *rotation_id, *office_id;
    const char *name, *office, *phone, *reason;
    int delay_seconds;                              /* until the next position */
    bool stands_in;                                 /* an office asked in the attending doctor's place: a doctor, not a station */
    bool settled;                                   /* `rings` is known: */
    const char *rings, *rings_at;                   /* the office's number that rings at the instant, and whose; NULL: none */
};

/* Somebody who would have been asked. */
enum skip_why { SKIP_LEFT = 1, SKIP_ABSENT, SKIP_UNREACHABLE, SKIP_NOT_CONSENTED, SKIP_NOBODY, SKIP_REMOVED };
struct skipped { enum skip_why why; const char *person_id, *office_id, *rotation_id, *text; };

struct resolution {
    struct answerer *items;
    size_t count;
    const char *chain_note;                         /* Japanese; NULL when the chain was used as it stands */
    struct skipped *skipped;
    size_t skipped_count;
    bool calendar_unsettled;                        /* the holidays of that year are not settled (calendar.h) */
    bool terminal;                                  /* the order in 看取り */
};

struct resolution resolve (struct arena *arena, const struct resolver_input *input, int64_t instant, enum condition_tag tag);

/* Does this row speak for the instant?  Gives the day its band began.  In the calendar without closures. */
bool chain_row_matches (const struct chain_row *row, int64_t instant, enum condition_tag tag, int64_t *ret_day);
/* In the person's calendar. */
bool chain_row_speaks (const struct resolver_input *input, const struct chain_row *row, int64_t instant, enum condition_tag tag,
                       int64_t *ret_day);

/* Does it speak for the band that begins on this day? */
bool chain_row_speaks_of (const struct resolver_input *input, const struct chain_row *row, int64_t day, enum condition_tag tag);

/* The number that rings at the instant; NULL: none is known, or none is answered then. */
const char *office_number_at (const struct resolver_input *input, const struct known_office *office, int64_t instant);
const char *person_number_at (const struct resolver_input *input, const struct known_person *person, int64_t instant);
/* Nobody could be called then. */
bool office_is_silent (const struct resolver_input *input, const struct known_office *office, int64_t instant);
bool person_is_silent (const struct resolver_input *input, const struct known_person *person, int64_t instant);

/* Two entries ask the same person or desk. */
bool same_answerer (const char *person_a, const char *office_a, const char *person_b, const char *office_b);

#endif
