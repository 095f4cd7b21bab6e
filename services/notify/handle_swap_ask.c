/* handle_swap_ask.c - ask a colleague to take one's shift.
 *
 * Takes:      swap_ask                       (proto/notify/swap_ask.command)
 * Refuses:    not_on_duty    the shift is not all the asker's, or the one in return not all the colleague's
 *             not_a_member   the colleague does not belong to the rotation, or the asker not to the other one: the patients have consented
 *                            to the doctors of a rotation
 *             not_for_you    no such rotation
 *             already_there  the id stands for another swap
 *             nobody_changed, field_missing, period_reversed, time_in_past   not a swap
 * Publishes:  nothing; the colleague is told, and nothing changes
 * Repeats:    the same swap_id changes nothing
 */
#include <string.h>
#include "notify.h"
#include "swap_act.h"

static struct swap swap_of (const struct request *request, const struct swap_ask *message)
{
    return (struct swap) { .swap_id = message->swap_id, .state = SWAP_STATE_ASKED, .asker = request->actor->person_id,
        .taker = message->taker, .given = { message->rotation_id, message->from, message->to },
        .back = { message->back_rotation_id, message->back_from, message->back_to }, .reason = message->reason };
}

static bool same_part (const struct shift_part *a, const struct shift_part *b)
{
    if (!a->rotation_id || !b->rotation_id)
        return a->rotation_id == b->rotation_id;
    return strcmp (a->rotation_id, b->rotation_id) == 0 && a->from == b->from && a->to == b->to;
}

static bool same_swap (const struct swap *a, const struct swap *b)
{
    return strcmp (a->asker, b->asker) == 0 && strcmp (a->taker, b->taker) == 0 && same_part (&a->given, &b->given)
        && same_part (&a->back, &b->back);
}

static int check_member (struct request *request, const char *rotation_id, const char *person_id, const char *pointer,
                         const char **ret_office, struct error *err)
{
    struct rotation_list_of rotations;

    if (roster_rotations_by_id (request->db, request->arena, (struct text_list) { &rotation_id, 1 }, &rotations, err) < 0)
        return -1;
    if (rotations.count && swap_is_member (rotations.items, person_id, ret_office))
        return 0;
    return fail (err, ERROR_NOT_A_MEMBER, pointer, "not of this rotation");
}

static int check_members (struct request *request, struct swap *swap, struct error *err)
{
    if (check_member (request, swap->given.rotation_id, swap->taker, "/taker", &swap->taker_office, err) < 0)
        return -1;
    return swap->back.rotation_id
        ? check_member (request, swap->back.rotation_id, swap->asker, "/back_rotation_id", &swap->asker_office, err) : 0;
}

int notify_handle_swap_ask (struct notify *self, struct request *request, const struct swap_ask *message, struct done *answer,
                            struct error *err)
{
    struct swap swap = swap_of (request, message), stored;
    bool fits;

    (void) self;
    (void) answer;
    if (swap_check (message, swap.asker, request->now, err) < 0 || swap_find (request->db, request->arena, swap.swap_id, &stored, err) < 0)
        return -1;
    if (stored.swap_id)
        return same_swap (&stored, &swap) ? 0 : fail (err, ERROR_ALREADY_THERE, "/swap_id", "the id stands for another swap");
    if (swap_lock (request, &swap, err) < 0 || check_members (request, &swap, err) < 0 || swap_fits (request, &swap, &fits, err) < 0)
        return -1;
    if (!fits)
        return fail (err, ERROR_NOT_ON_DUTY, "/from", "not all of it");
    if (swap_add (request->db, &swap, request->now, err) < 0)
        return -1;
    return duty_tell (request, FEED_KIND_SWAP_ASKED, (struct text_list) { &swap.taker, 1 }, err);
}
