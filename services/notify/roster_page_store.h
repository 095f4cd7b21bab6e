/* roster_page_store.h - what the pages of the roster read beside shifts: absences, one's rotations, a person's order of doctors. */
#ifndef NOTIFY_ROSTER_PAGE_STORE_H
#define NOTIFY_ROSTER_PAGE_STORE_H

#include "roster_store.h"

extern const struct db_statement roster_page_statements[];

/* Absences that have not ended: of everybody, or of this person and of people of this office (NULL: none). */
int page_absences (struct db *db, struct arena *arena, bool everybody, const char *person_id, const char *office_id,
                   struct absence_line_list *ret, struct error *err);

/* Rotations in which this person can have duty after `from`. */
int page_rotations_of (struct db *db, struct arena *arena, const char *person_id, int64_t from, struct text_list *ret, struct error *err);

struct chain_head { int64_t version, set_at; const char *set_by; bool terminal, emergency_nursing; };
/* The newest order of this kind; version 0: none. */
int page_chain_head (struct db *db, struct arena *arena, const char *patient_id, bool terminal, struct chain_head *ret, struct error *err);
/* The people in the team who may be asked. */
int page_team (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err);

/* The municipality of a person who is open to the reader, NULL: not open or not known; and the offices of the team whose telephone is
 * kept on the device (attending doctor, deputies, home nursing), those that have one.  Ask, db_flush, take. */
struct page_asked { db_rows *person, *numbers; };
int page_ask_person (struct db *db, const char *patient_id, struct page_asked *ret, struct error *err);
const char *page_take_person (const struct page_asked *asked, struct arena *arena, struct known_offices *ret_numbers);

/* Who was told of the last change of doctors or order, and whether it was read. */
int page_doctors_told (struct db *db, struct arena *arena, const char *patient_id, struct chain_told_list *ret, struct error *err);

#endif
