/* put_rules.h - what may stand in a municipality, an office, a person or an agreement: pure, no I/O.
 *
 * Each: 0, or -1 with the field that is wrong.  …_changes: false when a PUT says what is there already – then nothing is written or
 * announced.
 */
#ifndef PUT_RULES_H
#define PUT_RULES_H

#include <stdbool.h>
#include "arena.h"
#include "error.h"
#include "messages.h"

/* Completes a code of five digits; refuses a wrong check digit and the code of a ward, which its city covers. */
int municipality_check (struct municipality_put *put, struct arena *arena, struct error *err);
int office_check (const struct office_put *put, struct arena *arena, struct error *err);
int person_check (const struct person_put *put, struct arena *arena, struct error *err);
/* Completes it: each kind and profession once, in order; no kind named: people's records. */
int agreement_check (struct agreement_put *put, struct arena *arena, struct error *err);
int support_desk_check (const struct support_desk_put *put, struct arena *arena, struct error *err);

int mandate_check (const struct mandate_put *put, struct arena *arena, struct error *err);
int population_check (const struct population_put *put, struct arena *arena, struct error *err);

bool municipality_changes (const struct municipality_put *old, const struct municipality_put *put);
bool office_changes (const struct office_put *old, const struct office_put *put);
bool person_changes (const struct person_put *old, const struct person_put *put);
bool agreement_changes (const struct agreement_put *old, const struct agreement_put *put);

/* Known roles, each once, in order of their number. */
int roles_check (struct enum_list roles, struct arena *arena, struct enum_list *ret, struct error *err);
bool roles_same (struct enum_list a, struct enum_list b);

bool municipality_code_is_valid (const char *code);     /* six digits, not the region's own */
bool email_is_plausible (const char *address);          /* one @ between printable ASCII without spaces; a header cannot be smuggled in */

#endif
