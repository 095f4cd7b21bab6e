/* alert_plan.c - see alert_plan.h. */
#include "alert_plan.h"

static bool was_asked (const struct answerer *entry, const struct tried *tried, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tried[i].state != TRY_STATE_PLANNED && tried[i].state != TRY_STATE_CALLED_OFF && tried[i].state != TRY_STATE_SKIPPED
            && tried[i].target != TARGET_KIND_HOSPITAL
            && (tried[i].target == TARGET_KIND_LAST_RESORT) == (entry->target == TARGET_KIND_LAST_RESORT)
            && same_answerer (tried[i].person_id, tried[i].office_id, entry->person_id, entry->office_id))
            return true;
    return false;
}

struct resolution plan_rest (struct arena *arena, const struct resolution *order, const struct tried *tried, size_t count,
                             int after_position)
{
    struct resolution rest = { .items = arena_alloc (arena, (order->count + 1) * sizeof *rest.items), .chain_note = order->chain_note };
    int position = after_position, group = 0;

    for (size_t i = 0; i < order->count; i++) {
        struct answerer entry = order->items[i];

        if (was_asked (&entry, tried, count))
            continue;
        if (rest.count == 0 || entry.position != group)
            position++;
        group = entry.position;
        entry.position = position;
        rest.items[rest.count++] = entry;
    }
    return rest;
}

static bool is_open (const struct tried *entry)
{
    return entry->state == TRY_STATE_ASKED || entry->state == TRY_STATE_SEEN;
}

bool step_is_spent (const struct tried *tried, size_t count, int position)
{
    size_t doctors = 0, doctors_open = 0, others_open = 0;

    for (size_t i = 0; i < count; i++) {
        bool beside = tried[i].target == TARGET_KIND_OFFICE;

        if (tried[i].position != position || tried[i].target == TARGET_KIND_HOSPITAL || tried[i].state == TRY_STATE_PLANNED
            || tried[i].state == TRY_STATE_SKIPPED)
            continue;
        doctors += !beside;
        doctors_open += !beside && is_open (&tried[i]);
        others_open += beside && is_open (&tried[i]);
    }
    return doctors > 0 ? doctors_open == 0 : others_open == 0;
}

int first_delay (const struct resolution *plan)
{
    int delay = plan->count ? plan->items[0].delay_seconds : LAST_RESORT_REPEAT_SECONDS;

    for (size_t i = 0; i < plan->count && plan->items[i].position == plan->items[0].position; i++)
        if (plan->items[i].delay_seconds < delay)
            delay = plan->items[i].delay_seconds;
    return delay;
}
