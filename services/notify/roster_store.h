/* roster_store.h - rotations, members, absences, chains, last resorts; and the loading of everything the resolver needs. */
#ifndef NOTIFY_ROSTER_STORE_H
#define NOTIFY_ROSTER_STORE_H

#include "resolver.h"
#include "roster_kept.h"
#include "rotation_era.h"
#include "service.h"

extern const struct db_statement roster_statements[];
extern const struct db_statement roster_change_statements[];

struct rotation_list_of { struct rotation_rule *items; size_t count; };
struct absence_list_of { struct absence *items; size_t count; };
struct known_people { struct known_person *items; size_t count; };
struct known_offices { struct known_office *items; size_t count; };
struct desk { const char *office_id, *name, *phone; };         /* last resort; name NULL: not set */

/* Rotations with their members; located_in NULL and ids empty: all. */
int roster_rotations (struct db *db, struct arena *arena, const char *located_in, struct rotation_list_of *ret, struct error *err);
int roster_rotations_by_id (struct db *db, struct arena *arena, struct text_list ids, struct rotation_list_of *ret, struct error *err);
int roster_absences (struct db *db, struct arena *arena, struct text_list people, int64_t from, int64_t to, struct absence_list_of *ret,
                     struct error *err);
int roster_people (struct db *db, struct arena *arena, struct text_list people, struct known_people *ret, struct error *err);
int roster_offices (struct db *db, struct arena *arena, struct text_list offices, struct known_offices *ret, struct error *err);
int roster_desk (struct db *db, struct arena *arena, const char *municipality, struct desk *ret, struct error *err);
/* Every municipality's; at most 100. */
int roster_desks (struct db *db, struct arena *arena, struct desk_line_list *ret, struct error *err);
int roster_version (struct db *db, int64_t *ret, struct error *err);
int roster_chain (struct db *db, struct arena *arena, const char *patient_id, int64_t version, struct resolver_input *ret,
                  int64_t *ret_version, struct error *err); /* version 0: the newest; ret_version 0: none */
int roster_consent (struct db *db, struct arena *arena, const char *patient_id, struct resolver_input *ret, struct error *err);

/* The same in two halves, so that several questions travel together: ask, db_flush, take.  *ret lives until the transaction ends; about
 * nobody nothing is asked, and *ret is NULL. */
int roster_ask_rows_version (struct db *db, db_rows **ret, struct error *err);
struct rows_version roster_take_rows_version (const db_rows *rows);
int roster_ask_chain (struct db *db, const char *patient_id, int64_t version, db_rows **ret, struct error *err);
void roster_take_chain (const db_rows *rows, struct arena *arena, struct resolver_input *ret, int64_t *ret_version);
int roster_ask_consent (struct db *db, const char *patient_id, db_rows **ret, struct error *err);
void roster_take_consent (const db_rows *rows, struct arena *arena, struct resolver_input *ret);
int roster_ask_rotations (struct db *db, struct arena *arena, struct text_list ids, db_rows **ret, struct error *err);
void roster_take_rotations (const db_rows *rows, struct arena *arena, struct rotation_list_of *ret);
int roster_ask_absences (struct db *db, struct arena *arena, struct text_list people, int64_t from, int64_t to, db_rows **ret,
                         struct error *err);
void roster_take_absences (const db_rows *rows, struct arena *arena, struct absence_list_of *ret);
int roster_ask_people (struct db *db, struct arena *arena, struct text_list people, db_rows **ret, struct error *err);
void roster_take_people (const db_rows *rows, struct arena *arena, struct known_people *ret);
int roster_ask_offices (struct db *db, struct arena *arena, struct text_list offices, db_rows **ret, struct error *err);
void roster_take_offices (const db_rows *rows, struct arena *arena, struct known_offices *ret);
int roster_ask_desk (struct db *db, const char *municipality, db_rows **ret, struct error *err);
void roster_take_desk (const db_rows *rows, struct arena *arena, struct desk *ret);

/* Changes; each raises the roster's version, and that of the rotations it touches. */
int roster_changed (struct db *db, struct error *err);
/* stored: the rotation as it stands, NULL when new; rule: as wanted. */
int roster_put_rotation (struct db *db, const struct rotation_put *command, const struct rotation_rule *stored,
                         const struct rotation_rule *rule, const struct rotation_era *era, int64_t *ret_version, struct error *err);
/* ret_count 0: it stands already. */
int roster_put_absence (struct db *db, const struct absence_add *command, const char *by, int64_t *ret_count, struct error *err);
/* NULL in *ret_person: no such absence in force. */
int roster_absence_person (struct db *db, struct arena *arena, const char *absence_id, const char **ret_person, struct error *err);
int roster_remove_absence (struct db *db, const char *absence_id, const char *by, struct error *err);
int roster_raise_rotations_of (struct db *db, const char *person_id, struct error *err);
int roster_put_desk (struct db *db, const struct last_resort_put *command, const char *by, struct error *err);
int roster_put_chain (struct db *db, const struct chain_put *command, const char *municipality, const char *by, int64_t now,
                      int64_t *ret_version, struct error *err);
int roster_shares_office (struct db *db, const char *person_id, const char *office_id, bool *ret, struct error *err);

#endif
