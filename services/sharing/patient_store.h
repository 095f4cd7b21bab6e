/* patient_store.h - patients and their heads in the database.
 *
 * Everything runs in the request's transaction under row-level security: a patient who is not open to the office is not there.
 * Texts live in the request's arena.  Writes are queued; one that finds the record closed meanwhile fails with not_for_you.
 */
#ifndef SHARING_PATIENT_STORE_H
#define SHARING_PATIENT_STORE_H

#include "sharing.h"
#include "standing.h"

extern const struct db_statement patient_statements[];

/* What every handler asks first, in one round trip. */
struct record {
    struct standing standing;           /* .found false: nothing else is set */
    const char *municipality;
    int64_t version;                    /* of the whole record: its subject's */
    int64_t head_version, place_version, section_version;
    struct text_list sections;          /* current version of each section, as text */
    int64_t others;                     /* people with a seat, the actor not counted */
};

/* section: whose version is wanted, 0 for none. */
int patient_store_find (struct request *request, const char *patient_id, enum sheet_section section, struct record *ret, struct error *err);
/* The same, and locks the patient until the transaction ends. */
int patient_store_lock (struct request *request, const char *patient_id, enum sheet_section section, struct record *ret, struct error *err);

/* True when the context's set of municipalities holds it. */
int patient_store_may_record_in (struct request *request, const char *municipality, bool *ret, struct error *err);
int patient_store_register (struct request *request, const struct patient_register *person, struct error *err);
/* New version of the head; what the message does not carry, and infections unless `with_infections`, stay as they were. */
int patient_store_write_head (struct request *request, const char *municipality, const struct patient_head_update *change,
                              int64_t version, bool with_infections, struct error *err);
int patient_store_set_place (struct request *request, const char *municipality, const struct place_set *place, int64_t version,
                             struct error *err);
/* The record changed: it moves to the top of lists. */
int patient_store_touch (struct request *request, const char *municipality, const char *patient_id, struct error *err);
int patient_store_set_section (struct request *request, const char *municipality, const char *patient_id, enum sheet_section section,
                               int64_t version, struct error *err);

/* Brings access in line with what is true now: last of all writes, because it may close the record to the actor. */
int patient_store_refresh (struct db *db, const char *municipality, const char *patient_id, struct error *err);

/* Head with place and contacts; team, consents, may_edit and ground are left to the caller. */
int patient_store_head (struct request *request, const struct record *patient, const char *patient_id, struct patient_answer *ret,
                        struct error *err);
/* The state event of the present head, for announcing inside the transaction that changed it. */
int patient_store_state (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct patient_changed *ret,
                         struct error *err);

#endif
