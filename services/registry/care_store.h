/* care_store.h - who looks after the people of an office: pledge, approval, keeper, review of rights; under the command role. */
#ifndef CARE_STORE_H
#define CARE_STORE_H

#include "db.h"
#include "messages.h"
#include "staff_rules.h"

extern const struct db_statement care_statements[];

/* *ret_found false: no such office. */
int care_store_office (struct db *db, const char *office_id, struct arena *arena, bool *ret_found, struct office_care *ret, struct error *err);
/* For the page; NULL: no such office.  now: a review older than a year is due. */
int care_store_standing (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct office_standing **ret,
                         struct error *err);

int care_store_pledge (struct db *db, const struct office_care *care, const char *version, const char *person_id, int64_t now,
                       struct error *err);
int care_store_approve (struct db *db, const struct office_care *care, bool approved, struct text_list roles, const char *person_id,
                        int64_t now, struct arena *arena, struct error *err);
int care_store_keep (struct db *db, const struct office_care *care, const char *keeper_id, const char *person_id, int64_t now,
                     struct error *err);

/* Everybody who works there now as "person role role …", in order of the person's id. */
int care_store_shown (struct db *db, const char *office_id, struct arena *arena, struct text_list *ret, struct error *err);
int care_store_review (struct db *db, const struct office_care *care, struct text_list shown, const char *person_id, int64_t now,
                       struct arena *arena, struct error *err);

/* What is left of somebody's first log-in: 2 the first password stands, 1 it was changed, 0 done. */
int care_store_course (struct db *db, const char *person_id, int64_t *ret, struct error *err);
int care_store_set_course (struct db *db, const char *person_id, int64_t left, struct error *err);

#endif
