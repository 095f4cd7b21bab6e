/* rotation.c - see rotation.h. */
#include "rotation.h"
#include "calendar.h"
#include "clock.h"

enum { DAY_MINUTES = 1440, WEEK_DAYS = 7, SPAN_GROWTH = 64 };

struct building { struct arena *arena; const struct rotation_rule *rule; struct duty_spans spans; size_t room; };

static void add (struct building *building, struct duty_span span)
{
    struct duty_spans *spans = &building->spans;

    if (span.from >= span.to)
        return;
    if (spans->count == building->room) {
        struct duty_span *more = arena_alloc (building->arena, (building->room + SPAN_GROWTH) * 2 * sizeof *more);

        if (spans->count)
            memcpy (more, spans->items, spans->count * sizeof *more);
        spans->items = more;
        building->room = (building->room + SPAN_GROWTH) * 2;
    }
    spans->items[spans->count++] = span;
}

/* One person's turn; index counts from the anchor. */
static void add_turn (struct building *building, int64_t from, int64_t to, int64_t index)
{
    const struct rotation_rule *rule = building->rule;
    struct duty_span span = { .from = from, .to = to };

    if (rule->member_count > 0) {
        size_t member = (size_t) index % rule->member_count;

        span.person_id = rule->members[member];
        span.office_id = rule->offices[member];
    }
    add (building, span);
}

static bool covers (const struct rotation_rule *rule, int64_t day)
{
    return calendar_in (rule->day_classes, calendar_class (day));
}

static int turn_days (const struct rotation_rule *rule)
{
    return rule->kind == ROTATION_KIND_WEEKLY ? WEEK_DAYS : 1;
}

/* A day's band, cut where the turn passes on by the clock. */
static void add_day_by_clock (struct building *building, int64_t day)
{
    const struct rotation_rule *rule = building->rule;
    int64_t start = tokyo_instant (rule->anchor, rule->handoff_minute);
    int64_t length = (int64_t) turn_days (rule) * DAY_MINUTES * 60 * SECOND_US;
    int64_t from = tokyo_instant (day, rule->from_minute), to = tokyo_instant (day, rule->to_minute);

    if (from < start)
        from = start;
    while (from < to) {
        int64_t index = (from - start) / length;
        int64_t next = start + (index + 1) * length;

        add_turn (building, from, next < to ? next : to, index);
        from = next;
    }
}

/* Turns that have passed before this day, counting only days (or weeks) that the rotation covers. */
static int64_t turns_before (const struct rotation_rule *rule, int64_t from_day, int64_t to_day)
{
    int64_t turns = 0, last_week = -1;

    for (int64_t day = from_day; day < to_day; day++) {
        int64_t week = (day - rule->anchor) / WEEK_DAYS;

        if (!covers (rule, day) || (rule->kind == ROTATION_KIND_WEEKLY && week == last_week))
            continue;
        last_week = week;
        turns++;
    }
    return turns;
}

static int64_t active_index (const struct rotation_rule *rule, int64_t day)
{
    if (rule->kind == ROTATION_KIND_WEEKLY)
        return turns_before (rule, rule->anchor, rule->anchor + (day - rule->anchor) / WEEK_DAYS * WEEK_DAYS);
    return turns_before (rule, rule->anchor, day);
}

/* Takes the absent parts out of a span. */
static void cut_span (struct building *to, struct duty_span span, const struct absence *absences, size_t count)
{
    for (size_t i = 0; i < count && span.person_id; i++) {
        const struct absence *absence = &absences[i];
        struct duty_span part = span;

        if (strcmp (absence->person_id, span.person_id) != 0 || absence->to <= span.from || absence->from >= span.to)
            continue;
        part.to = absence->from;
        if (part.from < part.to)
            cut_span (to, part, absences, count);
        part.from = absence->from > span.from ? absence->from : span.from;
        part.to = absence->to < span.to ? absence->to : span.to;
        part.absent_id = span.person_id;
        part.person_id = part.office_id = NULL;
        add (to, part);
        span.from = part.to;
    }
    add (to, span);
}

static struct duty_spans cut (struct arena *arena, const struct duty_spans *spans, const struct absence *absences, size_t count)
{
    struct building building = { .arena = arena };

    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].from < spans->items[i].to)
            cut_span (&building, spans->items[i], absences, count);
    return building.spans;
}

struct duty_spans rotation_shifts (struct arena *arena, const struct rotation_rule *rule,
                                   const struct absence *absences, size_t absence_count, int64_t from, int64_t to)
{
    struct building building = { .arena = arena, .rule = rule };
    int64_t first = tokyo_of (from).day_number - 2, last = tokyo_of (to).day_number;
    int64_t index = -1;

    if (first < rule->anchor - 1)
        first = rule->anchor - 1;
    for (int64_t day = first; day <= last; day++) {
        if (!covers (rule, day) || tokyo_instant (day, rule->to_minute) <= from || tokyo_instant (day, rule->from_minute) >= to)
            continue;
        if (rule->advance == ROTATION_ADVANCE_EVERY_HANDOFF) {
            add_day_by_clock (&building, day);
            continue;
        }
        if (day < rule->anchor)
            continue;
        index = index < 0 || rule->kind == ROTATION_KIND_WEEKLY ? active_index (rule, day) : index + 1;
        add_turn (&building, tokyo_instant (day, rule->from_minute), tokyo_instant (day, rule->to_minute), index);
    }
    return cut (arena, &building.spans, absences, absence_count);
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
