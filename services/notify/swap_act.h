/* swap_act.h - what several handlers do with swaps. */
#ifndef NOTIFY_SWAP_ACT_H
#define NOTIFY_SWAP_ACT_H

#include "duty_act.h"
#include "swap_rules.h"

/* Locks the rotations of both halves, lower id first. */
int swap_lock (struct request *request, const struct swap *swap, struct error *err);
/* Is the given part asker's duty, and the other one the taker's, as things stand? */
int swap_fits (struct request *request, const struct swap *swap, bool *ret, struct error *err);
/* Writes or takes back the halves and raises their rotations. */
int swap_apply (struct request *request, const struct swap *swap, struct error *err);
int swap_undo (struct request *request, const struct swap *swap, struct error *err);
/* After a change of this rotation: swaps that no longer fit are marked stale, and both parties and the coordinators are told. */
int swap_recheck (struct request *request, const char *rotation_id, struct error *err);
int swap_recheck_area (struct request *request, const char *area, struct error *err);

#endif
