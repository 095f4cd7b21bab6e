/* rotation_era.c - see rotation_era.h. */
#include "rotation_era.h"
#include <string.h>
#include "bits.h"
#include "clock.h"

struct rotation_rule rotation_rule_of (const struct rotation_put *command)
{
    return (struct rotation_rule) { .rotation_id = command->rotation_id, .name = command->name, .area = command->municipality,
        .kind = command->kind, .advance = command->advance, .anchor = day_number_of_text (command->anchor),
        .handoff_minute = (int) command->handoff_minute, .day_classes = (unsigned) bits_of_enums (command->day_classes),
        .weekdays = (unsigned) bits_of_numbers (command->weekdays), .weeks = (unsigned) bits_of_numbers (command->weeks),
        .from_minute = (int) command->from_minute, .to_minute = (int) command->to_minute, .members = command->members.items,
        .offices = command->office_ids.items, .member_count = command->members.count };
}

static bool same_turns (const struct rotation_rule *a, const struct rotation_rule *b)
{
    return a->kind == b->kind && a->advance == b->advance && a->anchor == b->anchor && a->handoff_minute == b->handoff_minute
        && a->day_classes == b->day_classes && a->weekdays == b->weekdays && a->weeks == b->weeks && a->from_minute == b->from_minute
        && a->to_minute == b->to_minute;
}

static bool same_list (const char *const *a, const char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (a[i], b[i]) != 0)
            return false;
    return true;
}

static bool same_members (const struct rotation_rule *a, const struct rotation_rule *b)
{
    return a->member_count == b->member_count && same_list (a->members, b->members, a->member_count)
        && same_list (a->offices, b->offices, a->member_count);
}

/* When the first turn of a rule begins. */
static int64_t begin_of (const struct rotation_rule *rule)
{
    return tokyo_instant (rule->anchor, rule->advance == ROTATION_ADVANCE_EVERY_HANDOFF ? rule->handoff_minute : rule->from_minute);
}

struct rotation_era rotation_era_of (const struct rotation_rule *stored, const struct rotation_rule *wanted, int64_t now)
{
    const struct rotation_rule *in_force = stored && stored->before && stored->since > now ? stored->before : stored;
    struct rotation_era era = { 0 };

    if (!stored)
        return era;
    if (same_turns (stored, wanted) && same_members (stored, wanted))
        return (struct rotation_era) { .since = stored->since, .offset = stored->offset };
    if (same_turns (in_force, wanted))
        rotation_follow (in_force, wanted->members, wanted->member_count, now, &era.since, &era.offset);
    else
        era.since = begin_of (wanted) > now ? begin_of (wanted) : now;
    era.moves_past = in_force != stored;
    era.keeps_past = !era.moves_past && era.since != 0;
    return era;
}
