/* duty_layers.c - see duty_layers.h. */
#include "duty_layers.h"
#include <string.h>
#include "clock.h"

enum { SPAN_GROWTH = 64 };

void duty_add (struct duty_builder *builder, struct duty_span span)
{
    struct duty_spans *spans = &builder->spans;

    if (span.from >= span.to)
        return;
    if (spans->count == builder->room) {
        struct duty_span *more = arena_alloc (builder->arena, (builder->room + SPAN_GROWTH) * 2 * sizeof *more);

        if (spans->count)
            memcpy (more, spans->items, spans->count * sizeof *more);
        spans->items = more;
        builder->room = (builder->room + SPAN_GROWTH) * 2;
    }
    spans->items[spans->count++] = span;
}

static bool same (const char *a, const char *b)
{
    return a && b && strcmp (a, b) == 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------------------------- */

/* On the days of a table the rule only says when somebody is wanted. */
static void blank_tables (const struct rotation_rule *rule, struct duty_spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        for (size_t j = 0; j < rule->table_count; j++) {
            struct duty_span *span = &spans->items[i];

            if (rule->tables[j].first_day <= span->day && span->day <= rule->tables[j].last_day)
                span->person_id = span->office_id = span->turn_id = NULL;
        }
}

/* ---- absences ----------------------------------------------------------------------------------------------------------------------- */

/* Takes the absent parts out of a span. */
static void cut_span (struct duty_builder *to, struct duty_span span, const struct absence *absences, size_t count)
{
    for (size_t i = 0; i < count && span.person_id; i++) {
        const struct absence *absence = &absences[i];
        struct duty_span part = span;

        if (!same (absence->person_id, span.person_id) || absence->to <= span.from || absence->from >= span.to)
            continue;
        part.to = absence->from;
        if (part.from < part.to)
            cut_span (to, part, absences, count);
        part.from = absence->from > span.from ? absence->from : span.from;
        part.to = absence->to < span.to ? absence->to : span.to;
        part.absent_id = span.person_id;
        part.person_id = part.office_id = NULL;
        duty_add (to, part);
        span.from = part.to;
    }
    duty_add (to, span);
}

static struct duty_spans cut (struct arena *arena, const struct duty_spans *spans, const struct absence *absences, size_t count)
{
    struct duty_builder builder = { .arena = arena };

    for (size_t i = 0; i < spans->count; i++)
        cut_span (&builder, spans->items[i], absences, count);
    return builder.spans;
}

/* ---- changes ------------------------------------------------------------------------------------------------------------------------ */

static bool by (const struct duty_span *span, enum duty_change_kind kind)
{
    return span->change && span->change->kind == kind;
}

/* Does the change take this span? */
static bool takes (const struct duty_change *change, const struct duty_span *span)
{
    if (change->kind == DUTY_CHANGE_KIND_OVERRIDE && by (span, DUTY_CHANGE_KIND_OVERRIDE))
        return false;
    if (!change->remove_id)
        return true;
    if (same (span->person_id, change->remove_id))
        return true;
    if (change->kind == DUTY_CHANGE_KIND_SWAP)
        return !by (span, DUTY_CHANGE_KIND_SWAP) && same (span->turn_id, change->remove_id);
    return !span->person_id && same (span->absent_id, change->remove_id);
}

static bool fills (const struct duty_change *change)
{
    return change->rotation_id && !change->remove_id && change->add_id;
}

static struct duty_span changed (struct duty_span span, const struct duty_change *change)
{
    if (change->kind == DUTY_CHANGE_KIND_TABLE)
        span.turn_id = change->add_id;
    span.absent_id = change->add_id ? NULL : span.person_id ? span.person_id : span.absent_id;
    span.person_id = change->add_id;
    span.office_id = change->add_office_id;
    span.change = change;
    return span;
}

/* Time that nobody covers; a night that a table puts there belongs to the day on which it begins. */
static void fill_hole (struct duty_builder *to, const struct duty_change *change, int64_t from, int64_t until)
{
    const struct duty_span hole = { .from = from, .to = until, .day = tokyo_of (change->from).day_number };

    duty_add (to, changed (hole, change));
}

static void put_into (struct duty_builder *to, const struct duty_change *change, struct duty_span span)
{
    struct duty_span before = span, after = span;

    if (!takes (change, &span)) {
        duty_add (to, span);
        return;
    }
    before.to = span.to < change->from ? span.to : change->from;
    duty_add (to, before);
    after.from = span.from > change->to ? span.from : change->to;
    span.from = span.from > change->from ? span.from : change->from;
    span.to = span.to < change->to ? span.to : change->to;
    if (span.from < span.to)
        duty_add (to, changed (span, change));
    duty_add (to, after);
}

static struct duty_spans put (struct arena *arena, const struct duty_spans *spans, const struct duty_change *change)
{
    struct duty_builder builder = { .arena = arena };
    int64_t covered = change->from;

    for (size_t i = 0; i < spans->count; i++) {
        struct duty_span span = spans->items[i];

        if (fills (change) && covered < change->to && covered < span.from)
            fill_hole (&builder, change, covered, span.from < change->to ? span.from : change->to);
        if (span.to > covered)
            covered = span.to;
        put_into (&builder, change, span);
    }
    if (fills (change) && covered < change->to)
        fill_hole (&builder, change, covered, change->to);
    return builder.spans;
}

static void put_tables (struct arena *arena, const struct rotation_rule *rule, struct duty_spans *spans)
{
    for (size_t i = 0; i < rule->change_count; i++)
        if (rule->changes[i].kind == DUTY_CHANGE_KIND_TABLE)
            *spans = put (arena, spans, &rule->changes[i]);
}

/* Overrides and swaps of the rotation as they were entered, each upon what stood then; afterwards those of a person wherever asked. */
static void put_entered (struct arena *arena, const struct rotation_rule *rule, bool of_rotation, struct duty_spans *spans)
{
    for (size_t i = 0; i < rule->change_count; i++) {
        const struct duty_change *change = &rule->changes[i];

        if (change->kind != DUTY_CHANGE_KIND_TABLE && (change->rotation_id != NULL) == of_rotation)
            *spans = put (arena, spans, change);
    }
}

/* 代診 of a person outlasts a swap entered after it: whoever is said to be away is not called because a shift has come to him since. */
static void put_away_again (struct arena *arena, const struct rotation_rule *rule, struct duty_spans *spans)
{
    for (size_t i = 0; i < rule->change_count; i++) {
        const struct duty_change *change = &rule->changes[i];

        if (change->kind == DUTY_CHANGE_KIND_OVERRIDE && change->rotation_id && change->remove_id)
            *spans = put (arena, spans, change);
    }
}

struct duty_spans duty_lay (struct arena *arena, const struct rotation_rule *rule, struct duty_spans spans, const struct absence *absences,
                            size_t absence_count)
{
    blank_tables (rule, &spans);
    put_tables (arena, rule, &spans);
    spans = cut (arena, &spans, absences, absence_count);
    put_entered (arena, rule, true, &spans);
    put_away_again (arena, rule, &spans);
    put_entered (arena, rule, false, &spans);
    return spans;
}

void duty_widen (const struct rotation_rule *rule, int64_t *from, int64_t *to)
{
    int64_t first = *from, last = *to;

    for (size_t i = 0; i < rule->change_count; i++) {
        const struct duty_change *change = &rule->changes[i];

        if (!fills (change) || change->to <= first || change->from >= last)
            continue;
        *from = change->from < *from ? change->from : *from;
        *to = change->to > *to ? change->to : *to;
    }
}

const struct duty_change *duty_person_change (const struct duty_change *changes, size_t count, const char *person_id, int64_t instant)
{
    for (size_t i = 0; i < count; i++)
        if (!changes[i].rotation_id && changes[i].kind == DUTY_CHANGE_KIND_OVERRIDE && same (changes[i].remove_id, person_id)
            && changes[i].from <= instant && instant < changes[i].to)
            return &changes[i];
    return NULL;
}
