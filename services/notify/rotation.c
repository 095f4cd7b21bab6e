/* rotation.c - see rotation.h. */
#include "rotation.h"
#include <string.h>
#include "clock.h"
#include "duty_layers.h"
#include "rotation_turns.h"

/* One rule's part of the time: [low, high). */
struct building { struct duty_builder spans; const struct rotation_rule *rule; int64_t low, high; };

/* One person's turn; index counts from the anchor. */
static void add_turn (struct building *building, int64_t day, int64_t from, int64_t to, int64_t index)
{
    const struct rotation_rule *rule = building->rule;
    struct duty_span span = { .from = from > building->low ? from : building->low, .to = to < building->high ? to : building->high,
                              .day = day };

    if (rule->member_count > 0) {
        size_t member = (size_t) (index + rule->offset) % rule->member_count;

        span.person_id = span.turn_id = rule->members[member];
        span.office_id = rule->offices[member];
    }
    duty_add (&building->spans, span);
}

/* A day's band, cut where the turn passes on by the clock. */
static void add_day_by_clock (struct building *building, int64_t day)
{
    const struct rotation_rule *rule = building->rule;
    int64_t start = tokyo_instant (rule->anchor, rule->handoff_minute);
    int64_t from = tokyo_instant (day, rule->from_minute), to = tokyo_instant (day, rule->to_minute);

    if (from < start)
        from = start;
    while (from < to) {
        int64_t turn = turn_of_instant (rule, from), next = turn_start (rule, turn + 1);

        add_turn (building, day, from, next < to ? next : to, turn);
        from = next;
    }
}

static void add_rule (struct building *building, int64_t from, int64_t to)
{
    const struct rotation_rule *rule = building->rule;
    int64_t first = tokyo_of (from).day_number - 2, last = tokyo_of (to).day_number, index = -1;

    if (first < rule->anchor - 1)
        first = rule->anchor - 1;
    for (int64_t day = first; day <= last; day++) {
        if (!rotation_covers (rule, day) || tokyo_instant (day, rule->to_minute) <= from || tokyo_instant (day, rule->from_minute) >= to)
            continue;
        if (rule->advance == ROTATION_ADVANCE_EVERY_HANDOFF) {
            add_day_by_clock (building, day);
            continue;
        }
        if (day < rule->anchor)
            continue;
        index = index < 0 || rule->kind != ROTATION_KIND_DAILY ? turn_when_active (rule, day) : index + 1;
        add_turn (building, day, tokyo_instant (day, rule->from_minute), tokyo_instant (day, rule->to_minute), index);
    }
}

/* The older rule until the newer one holds. */
static void add_rules (struct duty_builder *spans, const struct rotation_rule *rule, int64_t from, int64_t to, int64_t until)
{
    struct building building = { .rule = rule, .low = rule->before ? rule->since : INT64_MIN, .high = until };

    if (rule->before && from < rule->since)
        add_rules (spans, rule->before, from, to, rule->since);
    if (until <= from || (rule->before && rule->since >= to))
        return;
    building.spans = *spans;
    add_rule (&building, from, to);
    *spans = building.spans;
}

static int by_start (const void *a, const void *b)
{
    const struct duty_span *one = a, *other = b;

    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return one->to < other->to ? -1 : one->to > other->to;
}

static struct duty_spans touching (struct duty_spans spans, int64_t from, int64_t to)
{
    size_t count = 0;

    for (size_t i = 0; i < spans.count; i++)
        if (spans.items[i].to > from && spans.items[i].from < to)
            spans.items[count++] = spans.items[i];
    spans.count = count;
    if (count > 1)
        qsort (spans.items, count, sizeof *spans.items, by_start);
    return spans;
}

struct duty_spans rotation_shifts (struct arena *arena, const struct rotation_rule *rule,
                                   const struct absence *absences, size_t absence_count, int64_t from, int64_t to)
{
    struct duty_builder builder = { .arena = arena };
    int64_t wide_from = from, wide_to = to;

    duty_widen (rule, &wide_from, &wide_to);
    add_rules (&builder, rule, wide_from, wide_to, INT64_MAX);
    return touching (duty_lay (arena, rule, builder.spans, absences, absence_count), from, to);
}

const struct duty_span *duty_at (const struct duty_spans *spans, int64_t instant)
{
    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].from <= instant && instant < spans->items[i].to)
            return &spans->items[i];
    return NULL;
}

bool is_absent (const struct absence *absences, size_t count, const char *person_id, int64_t instant, int64_t *ret_until)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (absences[i].person_id, person_id) == 0 && absences[i].from <= instant && instant < absences[i].to) {
            *ret_until = absences[i].to;
            return true;
        }
    return false;
}
