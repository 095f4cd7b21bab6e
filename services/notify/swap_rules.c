/* swap_rules.c - see swap_rules.h. */
#include "swap_rules.h"
#include <string.h>

static int check_part (int64_t from, int64_t to, int64_t now, const char *pointer, struct error *err)
{
    if (to <= from)
        return fail (err, ERROR_PERIOD_REVERSED, pointer, "ends before it begins");
    return to > now ? 0 : fail (err, ERROR_TIME_IN_PAST, pointer, "it is over");
}

int swap_check (const struct swap_ask *command, const char *asker, int64_t now, struct error *err)
{
    bool back = command->back_rotation_id != NULL;

    if (!asker || strcmp (asker, command->taker) == 0)
        return fail (err, ERROR_NOBODY_CHANGED, "/taker", "the same person");
    if (back != command->has_back_from || back != command->has_back_to)
        return fail (err, ERROR_FIELD_MISSING, "/back_rotation_id", "rotation, start and end, or none of them");
    if (check_part (command->from, command->to, now, "/to", err) < 0)
        return -1;
    return back ? check_part (command->back_from, command->back_to, now, "/back_to", err) : 0;
}

/* Walks the spans through [from, to) without a hole. */
static bool all_are (const struct duty_spans *spans, int64_t from, int64_t to, const char *person_id)
{
    int64_t covered = from;

    for (size_t i = 0; i < spans->count && covered < to; i++) {
        const struct duty_span *span = &spans->items[i];
        bool good = person_id ? span->person_id && strcmp (span->person_id, person_id) == 0
                              : span->change && span->change->kind != DUTY_CHANGE_KIND_TABLE;

        if (span->to <= covered)
            continue;
        if (span->from > covered || !good)
            return false;
        covered = span->to;
    }
    return covered >= to;
}

bool swap_holds_all (const struct duty_spans *spans, const char *person_id, int64_t from, int64_t to)
{
    return all_are (spans, from, to, person_id);
}

bool swap_is_whole (const struct duty_spans *spans, int64_t from, int64_t to)
{
    return all_are (spans, from, to, NULL);
}

bool swap_is_member (const struct rotation_rule *rule, const char *person_id, const char **ret_office)
{
    for (size_t i = 0; i < rule->member_count; i++)
        if (strcmp (rule->members[i], person_id) == 0) {
            *ret_office = rule->offices[i];
            return true;
        }
    return false;
}

size_t swap_changes (const struct swap *swap, struct duty_change ret[2])
{
    ret[0] = (struct duty_change) { .change_id = swap->swap_id, .kind = DUTY_CHANGE_KIND_SWAP, .rotation_id = swap->given.rotation_id,
        .from = swap->given.from, .to = swap->given.to, .remove_id = swap->asker, .add_id = swap->taker,
        .add_office_id = swap->taker_office };
    ret[1] = (struct duty_change) { .change_id = swap->back_change, .kind = DUTY_CHANGE_KIND_SWAP, .rotation_id = swap->back.rotation_id,
        .from = swap->back.from, .to = swap->back.to, .remove_id = swap->taker, .add_id = swap->asker,
        .add_office_id = swap->asker_office };
    return swap->back.rotation_id ? 2 : 1;
}
