/* hand_on_store.h - seats of somebody who leaves an office: handed to colleagues (engine role), counted for who manages the office. */
#ifndef SHARING_HAND_ON_STORE_H
#define SHARING_HAND_ON_STORE_H

#include "team_store.h"

extern const struct db_statement hand_on_statements[];

struct hand_on { const char *person_id, *office_id, *successor, *by; enum team_seat seat; enum role role; bool once; int64_t now; };

/* Every seat of that kind the leaver holds or left vacant goes to the successor; where a colleague of the office sits already, or where
 * the seat exists once and is taken, it just ends.  Says of which patients, in ascending order. */
int hand_on_store_move (struct db *db, const struct hand_on *hand_on, struct arena *arena, struct patient_key_list *ret, struct error *err);

int hand_on_store_count (struct db *db, const char *office_id, struct arena *arena, struct seat_count_list *ret, struct error *err);
/* People who work there now; roles[i] belongs to ret->items[i], whose seats are left to the caller. */
int hand_on_store_people (struct db *db, const char *office_id, struct arena *arena, struct seat_fit_list *ret, uint64_t **ret_roles,
                          struct error *err);
/* Where an office is; NULL: nobody knows it. */
int hand_on_store_place (struct db *db, const char *office_id, struct arena *arena, const char **ret, struct error *err);

#endif
