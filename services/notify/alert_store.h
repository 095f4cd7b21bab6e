/* alert_store.h - alerts, their tries and their course.  Rows a reader may not see do not exist for him (row-level security). */
#ifndef NOTIFY_ALERT_STORE_H
#define NOTIFY_ALERT_STORE_H

#include "alert_class.h"
#include "alert_plan.h"
#include "service.h"

extern const struct db_statement alert_statements[];
extern const struct db_statement alert_read_statements[];

static inline bool is_visit (const struct alert_answer *answer)
{
    return answer->answer == ALERT_ANSWER_KIND_VISIT;
}

struct alert_row {
    const char *municipality, *alert_id, *patient_id;           /* alert_id NULL: there is none */
    const char *patient_name, *patient_kana, *birth_date, *patient_phone;
    enum place_kind place;
    const char *place_name, *place_phone;
    bool terminal_phase;
    const char *terminal_first_phone;
    enum alert_class class;
    enum urgency urgency;
    enum condition_tag tag;
    enum reporter_kind reporter;                                /* 0: not known */
    bool exercise, synthetic;
    enum incident_response response;                            /* 0: no incident */
    const char *happened, *callback;
    enum alert_state state;
    int64_t observed_at, received_at;
    const char *reported_by, *reporter_name, *reporter_office;  /* by and office NULL: the fire service */
    int64_t chain_version;
    const char *chain_note;
    const char *last_resort_office, *last_resort_name, *last_resort_phone;      /* office NULL: the municipality has none */
    int step, rounds;
    int64_t next_action_at;                                     /* 0: nothing to do */
    int64_t called_at;                                          /* of this act only: when everybody asked was called again */
    int64_t entered_at, reading_at;                             /* of the newest report; e2: when it is read */
    const char *reading_by;
    int64_t deadline_at, hospital_due_at, handover_at;          /* while somebody holds it; 0: none */
    bool overdue;
    int64_t arrived_at, in_hand_at, hospital_asked_at;          /* 0: not yet */
    enum hospital_answer hospital_answer;
    enum hospital_refusal hospital_refusal;
    int failures;                                               /* steps that failed in a row */
    bool has_incident;
    int64_t roster_version;
    const char *accepted_by, *accepted_name;
    int64_t arrival_at;                                         /* 0: none */
    const char *outcome;
    int64_t version;
};
struct alert_rows { struct alert_row *items; size_t count; };

struct try_row {
    struct alert_try view;
    int64_t try_id;
    const char *rotation_id, *office_id;
    int delay_seconds;
};
struct try_rows { struct try_row *items; size_t count; };

/* How the acting person stands to somebody. */
struct standing_to { const char *municipality; bool in_team, in_office, attends, manages, is_last_resort; };

struct timeline_entry { enum timeline_kind kind; int64_t at; const char *person_id, *name, *text; };

static inline struct alert_kind kind_of (const struct alert_row *alert)
{
    return (struct alert_kind) { .class = alert->class, .response = alert->response, .terminal = alert->terminal_phase };
}

/* May answer for an asked office or desk. */
static inline bool is_on_call_staff (const struct actor *actor)
{
    return actor_is (actor, ROLE_DOCTOR) || actor_is (actor, ROLE_VISITING_NURSE) || actor_is (actor, ROLE_LAST_RESORT)
        || actor_is (actor, ROLE_HOSPITAL_NIGHT_DESK);
}

int alert_turn (struct db *db, struct error *err);              /* before anything else that writes alerts or feeds */
int alert_standing (struct db *db, struct arena *arena, const char *patient_id, struct standing_to *ret, struct error *err);
int alert_filling (struct db *db, struct arena *arena, struct text_list *ret, struct error *err);
/* Patient's fields of ret are filled; ret->patient_name NULL when the projection does not hold the person yet. */
int alert_patient (struct db *db, struct arena *arena, const char *patient_id, struct alert_row *ret, struct error *err);
int alert_names (struct db *db, struct arena *arena, const char *person_id, const char *office_id, const char *municipality,
                 const char **ret_person, const char **ret_office, const char **ret_phone, const char **ret_municipality,
                 struct error *err);

/* Staff on call of an office or desk: whoever may answer for it. */
int alert_office_staff (struct db *db, struct arena *arena, const char *office_id, struct text_list *ret, struct error *err);
/* Everybody asked so far, staff of asked offices included, and the reporter; told: also who has no telephone and was told in the application. */
int alert_asked_people (struct db *db, struct arena *arena, const struct alert_row *alert, bool told, struct text_list *ret,
                        struct error *err);

/* Offices whose telephone belongs on the device: attending doctor's clinic, visiting nursing. */
int alert_number_offices (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err);

int alert_get (struct db *db, struct arena *arena, const char *alert_id, bool lock, struct alert_row *ret, struct error *err);
int alert_get_tries (struct db *db, struct arena *arena, const struct alert_row *alert, struct try_rows *ret, struct error *err);
/* Oldest first; of a long course the newest 400. */
int alert_get_lines (struct db *db, struct arena *arena, const struct alert_row *alert, struct timeline_line_list *ret, struct error *err);
/* Does the course say that this person has seen it? */
int alert_was_seen (struct db *db, const struct alert_row *alert, const char *person_id, bool *ret, struct error *err);
/* open_only; before: "state|received|id" of the last one, parts; asked_office and person say whether it waits for the reader. */
int alert_get_list (struct request *request, bool open_only, bool has_before, bool before_open, int64_t before_at, const char *before_id,
                    int64_t limit, struct alert_rows *ret, bool *ret_waits, struct error *err);

int alert_open_access (struct db *db, const struct alert_row *alert, const char *office_id, const char *person_id, const char *ground,
                       int64_t until, struct error *err);       /* until 0: no end */
int alert_add (struct db *db, const struct alert_row *alert, struct error *err);
int alert_drop_planned (struct db *db, const struct alert_row *alert, struct error *err);
int alert_add_try (struct db *db, const struct alert_row *alert, const struct answerer *entry, enum try_state state, int64_t due_at,
                   int64_t asked_at, struct error *err);
int alert_add_line (struct db *db, const struct alert_row *alert, const struct timeline_entry *entry, struct error *err);
int alert_set_step (struct db *db, const struct alert_row *alert, int step, int64_t next_action_at, int64_t roster_version,
                    const char *chain_note, struct error *err);
/* Asked or seen up to this step, and his time is up: no answer.  Who was asked beside somebody who declined still has his time. */
int alert_silence (struct db *db, const struct alert_row *alert, int position, int64_t now, struct error *err);
/* Everybody without an answer is asked once more; sets the round. */
int alert_ask_all_again (struct db *db, const struct alert_row *alert, int rounds, int64_t now, struct error *err);
int alert_set_rounds (struct db *db, const struct alert_row *alert, int rounds, struct error *err);
int alert_call_off (struct db *db, const struct alert_row *alert, int64_t but_try,
                    struct error *err); /* asked, seen, planned → called off */
int alert_answer_try (struct db *db, const struct alert_row *alert, int64_t try_id, enum try_state state, const struct alert_answer *answer,
                      int64_t now, struct error *err);
int alert_see_try (struct db *db, const struct alert_row *alert, int64_t try_id, int64_t now, struct error *err);
/* Taken; deadline and handover as in *alert. */
int alert_hold (struct db *db, const struct alert_row *alert, const char *person_id, const char *name, const struct alert_answer *answer,
                struct error *err);
int alert_ask_try (struct db *db, const struct alert_row *alert, int64_t try_id, int64_t now, struct error *err);       /* asked once more */
int alert_silence_hospital (struct db *db, const struct alert_row *alert, enum try_state state, struct error *err);
int alert_release (struct db *db, const struct alert_row *alert, struct error *err);    /* the holder's entry: called off, for a new holder */
int alert_search_again (struct db *db, const struct alert_row *alert, int64_t next_action_at, struct error *err);
/* The times that run while somebody holds it, as in *alert; the next action is the earliest of them. */
int alert_set_times (struct db *db, const struct alert_row *alert, struct error *err);
/* Class, urgency, response, time of the newest report, reading time and whether it has an incident, as in *alert. */
int alert_set_kind (struct db *db, const struct alert_row *alert, struct error *err);
int alert_set_hospital (struct db *db, const struct alert_row *alert, struct error *err);
int alert_act_at (struct db *db, const struct alert_row *alert, int64_t next_action_at, struct error *err);
int alert_close (struct db *db, const struct alert_row *alert, const char *by, const char *outcome, int64_t now, struct error *err);
int alert_touch (struct db *db, const struct alert_row *alert, struct error *err);                     /* raises the version */

/* Is there anything for the engine?  Asked before it takes its turn, so that it does not stand in the way when there is nothing. */
int alert_any_due (struct db *db, int64_t now, bool *ret, struct error *err);
/* Its last run did not come to its end if it still stands at that version with the same work: it waits, so that the others are not held up.
 * telling: that run was to tell dispatch, which leaves the version as it is; what came due since then does not wait. */
int alert_put_off (struct db *db, const char *alert_id, int64_t version, bool telling, int64_t now, struct error *err);
/* An alert with incidents whose newest version dispatch does not know, locked, or none. */
int alert_claim_moved (struct db *db, struct arena *arena, struct alert_row *ret, struct error *err);
int alert_told_moved (struct db *db, const struct alert_row *alert, struct error *err);
/* The open alert a further report of this person belongs to; *ret NULL: none. */
int alert_to_join (struct db *db, struct arena *arena, const char *patient_id, int64_t since, bool exercise, const char **ret,
                   struct error *err);
/* Searching alerts that should have been acted on before this instant, or have no next action; at most a hundred. */
int alert_overdue (struct db *db, struct arena *arena, int64_t before, struct alert_rows *ret, struct error *err);
int alert_rearm (struct db *db, const struct alert_row *alert, int64_t now, struct error *err);
int alert_person_office (struct db *db, struct arena *arena, const char *person_id, const char **ret, struct error *err);
/* The clock was set back: what is due in open alerts moves with it. */
int alert_shift_times (struct db *db, int64_t by, struct error *err);

/* The oldest alert with something to do, locked, or none; and open ones planned under another roster. */
int alert_claim_due (struct db *db, struct arena *arena, int64_t now, struct alert_row *ret, struct error *err);
int alert_claim_stale (struct db *db, struct arena *arena, int64_t roster_version, struct alert_row *ret, struct error *err);

#endif
