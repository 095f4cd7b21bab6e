/* ems_key_store.h - the search keys of a person, written with the person (schema/0010_ems.sql, table ems_key). */
#ifndef SHARING_EMS_KEY_STORE_H
#define SHARING_EMS_KEY_STORE_H

#include "ems_keys.h"
#include "sharing.h"

extern const struct db_statement ems_key_statements[];

struct ems_person {
    const char *municipality, *municipality_name, *patient_id, *name, *name_kana, *birth_date, *phone, *address;
    struct text_list contact_phones;
    const char *card;                           /* number of the valid card */
};
struct ems_person_list { struct ems_person *items; size_t count; };

/* Pure: all keys of a person. */
void ems_keys_of (const struct ems_person *person, struct arena *arena, struct ems_keys *ret);

/* The new head's keys in place of the old ones; a card's key stays.  municipality_name is read.  Queued. */
int ems_key_store_replace (struct db *db, struct arena *arena, struct ems_person *person, struct error *err);
/* The key of the valid card; NULL: none any more. */
int ems_key_store_card (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, const char *number,
                        struct error *err);

/* For the job and for hearings (engine role).  People whose keys are not yet made by EMS_RULES, locked, with cards. */
int ems_key_store_waiting (struct db *db, struct arena *arena, int64_t most, struct ems_person_list *ret, struct error *err);
/* Writes them and marks the person as done: exactly one, or the job fails. */
int ems_key_store_fill (struct db *db, struct arena *arena, const struct ems_person *person, struct error *err);
/* A municipality got another name, so that addresses begin elsewhere: its people are done again. */
int ems_key_store_renamed (struct db *db, const char *municipality, const char *name, struct error *err);

#endif
