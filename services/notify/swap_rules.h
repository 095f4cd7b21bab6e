/* swap_rules.h - what a swap must look like, and whether it still fits the shifts.  Pure. */
#ifndef NOTIFY_SWAP_RULES_H
#define NOTIFY_SWAP_RULES_H

#include "rotation.h"
#include "swap_store.h"

int swap_check (const struct swap_ask *command, const char *asker, int64_t now, struct error *err);

/* All of [from, to) is this person's duty. */
bool swap_holds_all (const struct duty_spans *spans, const char *person_id, int64_t from, int64_t to);
/* All of [from, to) is on duty by a swap, or by what was entered upon it: what was agreed is what happens. */
bool swap_is_whole (const struct duty_spans *spans, int64_t from, int64_t to);

bool swap_is_member (const struct rotation_rule *rule, const char *person_id, const char **ret_office);

/* The halves of an accepted swap; back_change must be set when there is one.  Gives how many (1 or 2). */
size_t swap_changes (const struct swap *swap, struct duty_change ret[2]);

#endif
