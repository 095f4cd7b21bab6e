/* handle_swap_withdraw.c - take back a swap.
 *
 * Takes:      swap_withdraw                  (proto/notify/swap_withdraw.command)
 * Refuses:    not_for_you    no such swap, or somebody else's
 *             already_ended  declined, or no longer fitting
 *             time_in_past   accepted, and its first shift has begun
 * Publishes:  nothing; both parties are told
 * Repeats:    taken back already: changes nothing
 */
#include <string.h>
#include "duty_rules.h"
#include "notify.h"
#include "swap_act.h"

static bool is_party (const struct actor *actor, const struct swap *swap)
{
    const char *person = actor->person_id;

    if (!person)
        return false;
    return strcmp (person, swap->asker) == 0 || (swap->state != SWAP_STATE_ASKED && strcmp (person, swap->taker) == 0);
}

static int64_t first_start (const struct swap *swap)
{
    return swap->back.rotation_id && swap->back.from < swap->given.from ? swap->back.from : swap->given.from;
}

static int take_back (struct request *request, const struct swap *swap, struct error *err)
{
    if (first_start (swap) <= request->now)
        return fail (err, ERROR_TIME_IN_PAST, NULL, "its first shift has begun");
    if (swap_lock (request, swap, err) < 0 || swap_undo (request, swap, err) < 0)
        return -1;
    return duty_changed (request, err);
}

int notify_handle_swap_withdraw (struct notify *self, struct request *request, const struct swap_withdraw *message, struct done *answer,
                                 struct error *err)
{
    struct swap swap;

    (void) self;
    (void) answer;
    if (swap_find (request->db, request->arena, message->swap_id, &swap, err) < 0)
        return -1;
    if (!swap.swap_id || !(is_party (request->actor, &swap) || duty_coordinates (request->actor, NULL)))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such swap of the actor's");
    if (swap.state == SWAP_STATE_WITHDRAWN)
        return 0;
    if (swap.state != SWAP_STATE_ASKED && swap.state != SWAP_STATE_ACCEPTED)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "declined or stale");
    if ((swap.state == SWAP_STATE_ACCEPTED && take_back (request, &swap, err) < 0)
        || swap_set (request->db, &swap, SWAP_STATE_WITHDRAWN, request->actor->person_id, request->now, err) < 0)
        return -1;
    return duty_tell (request, FEED_KIND_SHIFT_CHANGED, (struct text_list) { (const char *const[]) { swap.asker, swap.taker }, 2 }, err);
}
