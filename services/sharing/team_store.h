/* team_store.h - seats of care teams in the database.  Used by handlers (under row-level security) and by hearings (engine role). */
#ifndef SHARING_TEAM_STORE_H
#define SHARING_TEAM_STORE_H

#include "sharing.h"

extern const struct db_statement team_statements[];

struct team_list { struct team_member *items; size_t count; };

/* Seats held now, by seat and since when. */
int team_store_list (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct team_list *ret,
                     struct error *err);
/* Roles of a person's membership in an office; 0 without one. */
int team_store_roles (struct db *db, const char *person_id, const char *office_id, uint64_t *ret, struct error *err);
int team_store_add (struct request *request, const char *municipality, const struct team_member_add *change, enum role role,
                    struct error *err);
int team_store_end (struct request *request, const char *municipality, const char *patient_id, const char *member_id, struct error *err);

/* For hearings: patients, of whatever municipality, in ascending order. */
struct patient_key { const char *municipality, *patient_id; };
struct patient_key_list { struct patient_key *items; size_t count; };
/* Ends every seat of a person in an office, marked as vacant, and says of whom. */
int team_store_leave (struct db *db, struct arena *arena, const char *person_id, const char *office_id, int64_t now,
                      struct patient_key_list *ret, struct error *err);
/* Patients in whose team an office of `municipality` has a seat. */
int team_store_served_from (struct db *db, struct arena *arena, const char *municipality, struct patient_key_list *ret, struct error *err);
int team_store_served_by (struct db *db, struct arena *arena, const char *office_id, struct patient_key_list *ret, struct error *err);

#endif
