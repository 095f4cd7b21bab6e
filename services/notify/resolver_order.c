/* resolver_order.c - see resolver_order.h. */
#include "resolver_order.h"

static bool is_station (const struct answerer *entry)
{
    return entry->target == TARGET_KIND_OFFICE && !entry->stands_in;
}

static bool is_doctor (const struct answerer *entry)
{
    return entry->target == TARGET_KIND_PERSON || entry->target == TARGET_KIND_ROTATION || entry->stands_in;
}

/* The first position that holds such an entry; 0: none. */
static int first_position (const struct resolution *result, bool (*is) (const struct answerer *entry))
{
    for (size_t i = 0; i < result->count; i++)
        if (is (&result->items[i]))
            return result->items[i].position;
    return 0;
}

/* Stable by position, then counted anew from 1. */
static void settle (struct arena *arena, struct resolution *result)
{
    struct answerer *sorted = arena_alloc (arena, (result->count + 1) * sizeof *sorted);
    size_t count = 0;
    int next = 0;

    while (count < result->count) {
        int position = INT32_MAX;

        for (size_t i = 0; i < result->count; i++)
            if (result->items[i].position >= 0 && result->items[i].position < position)
                position = result->items[i].position;
        next++;
        for (size_t i = 0; i < result->count; i++)
            if (result->items[i].position == position) {
                sorted[count] = result->items[i];
                sorted[count++].position = next;
                result->items[i].position = -1;
            }
    }
    for (size_t i = 0; i < count; i++)
        result->items[i] = sorted[i];
}

/* Family and other staff: the stations alone, the doctors after three minutes or when the station passes it on. */
static void station_first (struct resolution *result)
{
    for (size_t i = 0; i < result->count; i++)
        if (is_station (&result->items[i])) {
            result->items[i].position = 0;
            result->items[i].delay_seconds = DELAY_STANDARD_SECONDS;
        }
}

/* The first of these at once, beside whoever stands in the first step already. */
static void at_once (struct resolution *result, bool (*is) (const struct answerer *entry))
{
    int first = first_position (result, is);

    for (size_t i = 0; i < result->count; i++)
        if (is (&result->items[i]) && result->items[i].position == first)
            result->items[i].position = 1;
}

void order_for_reporter (struct arena *arena, struct resolution *result, enum reporter_kind reporter, bool emergency_nursing)
{
    bool both = first_position (result, is_station) && first_position (result, is_doctor);

    if (emergency_nursing && both && (reporter == REPORTER_KIND_FAMILY || reporter == REPORTER_KIND_STAFF))
        station_first (result);
    else if (reporter == REPORTER_KIND_DISPATCH || (emergency_nursing && reporter == REPORTER_KIND_NURSE))
        at_once (result, is_doctor);
    if (reporter == REPORTER_KIND_DISPATCH)
        at_once (result, is_station);
    settle (arena, result);
}

void order_all_at_once (struct resolution *result)
{
    size_t count = 0;

    for (size_t i = 0; i < result->count; i++)
        if (result->items[i].target != TARGET_KIND_LAST_RESORT) {
            result->items[count] = result->items[i];
            result->items[count++].position = 1;
        }
    result->count = count;
}
