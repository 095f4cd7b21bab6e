/* area_rules.h - what may stand in a list of 二次医療圏 and in a 日常生活圏域: pure, no I/O.
 *
 * Lists of the ministry name municipalities by five digits and wards instead of their city.  Ownership: results live in the arena given.
 */
#ifndef AREA_RULES_H
#define AREA_RULES_H

#include "arena.h"
#include "error.h"
#include "messages.h"

/* Municipalities with six digits, and each designated city all of whose wards in the list lie in one area.  Refuses, naming the row: what is
 * no code, an area without four digits, no name, a municipality that is listed twice. */
int medical_areas_read (const struct medical_areas_put *put, struct arena *arena, struct medical_area_member_list *ret, struct error *err);

/* Refuses an empty name or town. */
int care_area_check (const struct care_area_put *put, struct error *err);

#endif
