/* consent_store.h - consents of a person in the database, and the access they open in an emergency. */
#ifndef SHARING_CONSENT_STORE_H
#define SHARING_CONSENT_STORE_H

#include "sharing.h"
#include "team_store.h"

extern const struct db_statement consent_statements[];

struct consent_list { struct consent_view *items; size_t count; };

/* All, oldest first, withdrawn ones too; at most 60, the newest. */
int consent_store_list (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct consent_list *ret,
                        struct error *err);
int consent_store_add (struct request *request, const char *municipality, const struct consent_record *consent, bool in_force,
                       struct error *err);
int consent_store_withdraw (struct request *request, const char *municipality, const struct consent_withdraw *consent, struct error *err);

/* For hearings and jobs (engine role). */
/* Where the patient lives; NULL when unknown. */
int consent_store_municipality (struct db *db, struct arena *arena, const char *patient_id, const char **ret, struct error *err);
int consent_store_open (struct db *db, const char *municipality, const struct alert_person_asked *asked, int ground,
                        const char *consent_id, struct error *err);
/* Patients with a consent that begins or has ended by `today` without having been announced; marks them. At most `most`. */
int consent_store_turn (struct db *db, struct arena *arena, const char *today, int64_t most, struct patient_key_list *ret,
                        struct error *err);

#endif
