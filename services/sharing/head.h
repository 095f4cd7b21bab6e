/* head.h - rules of the head of a record: names, telephones, and what is kept from whom.
 *
 * Infections are shown to roles that enter the home or transport (practice.md, patient page); who may not see them cannot change them
 * either, and a change by such a role leaves them as they are.  Whether somebody was told the name of the illness is a word to every
 * professional and to nobody else.  No I/O.
 */
#ifndef SHARING_HEAD_H
#define SHARING_HEAD_H

#include <stdbool.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"
#include "standing.h"

bool head_shows_infections (uint64_t roles);
bool head_shows_flags (uint64_t roles);                 /* told_person, told_family, allergies: every professional */

/* Takes out of an answer what these roles do not see. */
void head_hide (struct patient_answer *head, uint64_t roles);

/* Digits with hyphens between them, 3 to 15 digits (119 is one).  Absent is fine. */
bool head_phone_is_valid (const char *phone);

int head_check_register (const struct patient_register *person, uint64_t roles, struct error *err);
int head_decide_update (const struct standing *standing, int64_t current_version, const struct patient_head_update *change,
                        int64_t *ret_version, struct error *err);
int head_check_place (const struct place_set *place, struct error *err);

#endif
