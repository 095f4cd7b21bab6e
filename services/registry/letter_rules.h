/* letter_rules.h - letters to facilities: what one asks, its return code, and what of an answer is written where (A-10 ...,
 * pure, no I/O.
 *
 * A survey asks of each facility what fits its kind; a regular confirmation shows table 1 and what else is known.  What an answer does not
 * mention stays as it is and counts as confirmed.  Items are bits: item n is bit n - 1 (bits.h).  Ownership: the arena's.
 */
#ifndef REGISTRY_LETTER_RULES_H
#define REGISTRY_LETTER_RULES_H

#include "facility_item_rules.h"

enum { LETTER_CODE = 8, LETTERS_A_FILE = 20, LETTERS_MOST = 5000, LETTERS_A_RUN = 100 };
/* Who does not answer three letters has to be telephoned. */
enum { ASKED_MOST = 3, REMIND_CONFIRMATION_DAYS = 30, REMIND_SURVEY_DAYS = 7, LINK_DAYS = 60, LATE_DAYS = 14 };

/* Characters of which none looks like another: 40 random bits. */
void letter_code_new (char ret[LETTER_CODE + 1]);
/* As somebody types it: small and full-width letters, blanks, hyphens. */
const char *letter_code_read (struct arena *arena, const char *typed);
/* In two groups of four. */
const char *letter_code_text (struct arena *arena, const char *code);

/* What is asked of a facility of this kind; items 0: table 1, and what is known beyond it.  Free places are told when they change. */
struct enum_list letter_items (enum facility_kind kind, uint64_t items, const struct known_items *known, struct arena *arena);
/* The same with what is known. */
struct letter_item_list letter_questions (struct enum_list asked, const struct known_items *known, const struct facility_consents *consents,
                                          struct arena *arena);

/* A published number need not be asked for; NULL: none is. */
void letter_fill_published (struct letter_item_list questions, const char *phone, const char *fax);

/* 0, or -1 with the field: an item that was not asked, nobody who answered. */
int letter_answer_check (const struct facility_item_given_list *given, const struct letter_consent_list *consents, const char *given_by,
                         struct enum_list asked, struct error *err);

/* Consents that change, as they begin. */
struct facility_consents letter_consents (const struct facility_consents *known, const struct letter_consent_list *said, const char *given_by,
                                          const char *today, struct arena *arena);
/* What is said is written, and all that was asked is confirmed at `now`; consents: as they are after the answer. */
struct facility_turn letter_turn (const struct known_items *known, const struct facility_items_put *put, struct enum_list asked,
                                  const struct facility_consents *consents, int64_t now, struct arena *arena);

/* What a facility says of itself: what is new and has to be approved is taken out of *given and returned. */
struct facility_item_given_list review_split (struct facility_item_given_list *given, uint64_t review_items, const struct known_items *known,
                                              struct arena *arena);

int survey_check (const struct survey_put *put, const char *today, struct error *err);
int consultation_check (const struct survey_consult *consult, const char *today, struct error *err);
int setting_check (const struct upkeep_setting_put *put, struct error *err);

#endif
