/* swap_act.c - see swap_act.h. */
#include "swap_act.h"
#include <string.h>
#include "duty_change_store.h"

int swap_lock (struct request *request, const struct swap *swap, struct error *err)
{
    const char *first = swap->given.rotation_id, *second = swap->back.rotation_id, *area;

    if (second && strcmp (second, first) < 0) {
        const char *swapped = first;

        first = second;
        second = swapped;
    }
    if (change_lock_rotation (request->db, request->arena, first, &area, err) < 0)
        return -1;
    if (!area)
        return fail (err, ERROR_NOT_FOR_YOU, "/rotation_id", "no such rotation");
    if (!second || strcmp (first, second) == 0)
        return 0;
    if (change_lock_rotation (request->db, request->arena, second, &area, err) < 0)
        return -1;
    return area ? 0 : fail (err, ERROR_NOT_FOR_YOU, "/back_rotation_id", "no such rotation");
}

static int spans_of (struct request *request, const struct shift_part *part, struct duty_spans *ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct duty_spans *spans;

    *ret = (struct duty_spans) { 0 };
    if (roster_rotations_by_id (request->db, request->arena, (struct text_list) { &part->rotation_id, 1 }, &rotations, err) < 0
        || duty_spans_load (request->db, request->arena, NULL, &rotations, part->from, part->to, &spans, err) < 0)
        return -1;
    if (rotations.count)
        *ret = spans[0];
    return 0;
}

int swap_fits (struct request *request, const struct swap *swap, bool *ret, struct error *err)
{
    struct duty_spans spans;

    if (spans_of (request, &swap->given, &spans, err) < 0)
        return -1;
    *ret = swap_holds_all (&spans, swap->asker, swap->given.from, swap->given.to);
    if (!*ret || !swap->back.rotation_id)
        return 0;
    if (spans_of (request, &swap->back, &spans, err) < 0)
        return -1;
    *ret = swap_holds_all (&spans, swap->taker, swap->back.from, swap->back.to);
    return 0;
}

int swap_apply (struct request *request, const struct swap *swap, struct error *err)
{
    struct duty_change changes[2];
    size_t count = swap_changes (swap, changes);

    for (size_t i = 0; i < count; i++)
        if (change_add (request->db, &changes[i], swap->reason, swap->asker, request->now, err) < 0
            || change_raise_rotation (request->db, changes[i].rotation_id, err) < 0)
            return -1;
    return 0;
}

int swap_undo (struct request *request, const struct swap *swap, struct error *err)
{
    struct duty_change changes[2];
    size_t count = swap_changes (swap, changes);

    for (size_t i = 0; i < count; i++)
        if (change_remove (request->db, changes[i].change_id, request->actor->person_id, err) < 0
            || change_raise_rotation (request->db, changes[i].rotation_id, err) < 0)
            return -1;
    return 0;
}

static int part_is_whole (struct request *request, const struct shift_part *part, bool *ret, struct error *err)
{
    struct duty_spans spans;

    if (spans_of (request, part, &spans, err) < 0)
        return -1;
    *ret = swap_is_whole (&spans, part->from, part->to);
    return 0;
}

static int still_fits (struct request *request, const struct swap *swap, bool *ret, struct error *err)
{
    if (swap->state == SWAP_STATE_ASKED)
        return swap_fits (request, swap, ret, err);
    if (part_is_whole (request, &swap->given, ret, err) < 0)
        return -1;
    return *ret && swap->back.rotation_id ? part_is_whole (request, &swap->back, ret, err) : 0;
}

static int make_stale (struct request *request, const struct swap *swap, const char *area, struct error *err)
{
    const char *const parties[] = { swap->asker, swap->taker };
    struct text_list coordinators;

    if (swap->state == SWAP_STATE_ACCEPTED && swap_undo (request, swap, err) < 0)
        return -1;
    if (swap_set (request->db, swap, SWAP_STATE_STALE, request->actor->person_id, request->now, err) < 0
        || swap_coordinators (request->db, request->arena, area, &coordinators, err) < 0
        || duty_tell (request, FEED_KIND_SHIFT_CHANGED, (struct text_list) { parties, 2 }, err) < 0)
        return -1;
    return duty_tell (request, FEED_KIND_SHIFT_CHANGED, coordinators, err);
}

int swap_recheck (struct request *request, const char *rotation_id, struct error *err)
{
    struct swaps swaps;
    const char *area;

    if (swap_open_of (request->db, request->arena, rotation_id, request->now, &swaps, err) < 0
        || change_lock_rotation (request->db, request->arena, rotation_id, &area, err) < 0)
        return -1;
    for (size_t i = 0; i < swaps.count; i++) {
        bool fits;

        if (still_fits (request, &swaps.items[i], &fits, err) < 0)
            return -1;
        if (!fits && make_stale (request, &swaps.items[i], area, err) < 0)
            return -1;
    }
    return 0;
}

int swap_recheck_area (struct request *request, const char *area, struct error *err)
{
    struct rotation_list_of rotations;

    if (roster_rotations (request->db, request->arena, area, &rotations, err) < 0)
        return -1;
    for (size_t i = 0; i < rotations.count; i++)
        if (swap_recheck (request, rotations.items[i].rotation_id, err) < 0)
            return -1;
    return 0;
}
