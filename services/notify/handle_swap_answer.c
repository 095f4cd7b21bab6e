/* handle_swap_answer.c - accept or decline a swap.
 *
 * Takes:      swap_answer                    (proto/notify/swap_answer.command)
 * Refuses:    not_for_you    no such swap, or asked of somebody else
 *             already_ended  it was answered otherwise, taken back, or no longer fits
 *             shift_moved    one of the shifts is no longer what was asked for
 *             time_in_past   it is over
 * Publishes:  nothing; accepted it is in force for the next step of every open alert; the asker is told
 * Repeats:    the same answer changes nothing
 */
#include <string.h>
#include "ids.h"
#include "notify.h"
#include "swap_act.h"

static int accept (struct request *request, struct swap *swap, struct error *err)
{
    bool fits;

    if (swap->given.to <= request->now)
        return fail (err, ERROR_TIME_IN_PAST, NULL, "it is over");
    if (swap_lock (request, swap, err) < 0 || swap_fits (request, swap, &fits, err) < 0)
        return -1;
    if (!fits)
        return fail (err, ERROR_SHIFT_MOVED, NULL, "a shift has changed");
    if (swap->back.rotation_id) {
        char *id = arena_alloc (request->arena, UUID_TEXT);

        uuid_new (id);
        swap->back_change = id;
    }
    return swap_apply (request, swap, err) < 0 ? -1 : duty_changed (request, err);
}

int notify_handle_swap_answer (struct notify *self, struct request *request, const struct swap_answer *message, struct done *answer,
                               struct error *err)
{
    enum swap_state wanted = message->accept ? SWAP_STATE_ACCEPTED : SWAP_STATE_DECLINED;
    struct swap swap;

    (void) self;
    (void) answer;
    if (swap_find (request->db, request->arena, message->swap_id, &swap, err) < 0)
        return -1;
    if (!swap.swap_id || !request->actor->person_id || strcmp (swap.taker, request->actor->person_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not asked of the actor");
    if (swap.state == wanted)
        return 0;
    if (swap.state != SWAP_STATE_ASKED)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "answered, taken back or stale");
    if ((message->accept && accept (request, &swap, err) < 0)
        || swap_set (request->db, &swap, wanted, request->actor->person_id, request->now, err) < 0)
        return -1;
    return duty_tell (request, FEED_KIND_SHIFT_CHANGED, (struct text_list) { &swap.asker, 1 }, err);
}
