/* duty.c - see duty.h. */
#include "duty.h"
#include "clock.h"
#include "duty_change_store.h"
#include "roster_layers_store.h"

enum { NOW_MOST = 100, COMING_MOST = 1000 };

struct names { struct known_people people; struct known_offices offices; struct change_details details; };

int64_t duty_days (const struct duty_now *message)
{
    return message->has_days && message->days >= 1 && message->days <= DUTY_MOST_DAYS ? message->days : DUTY_STANDARD_DAYS;
}

/* ---- dividing ----------------------------------------------------------------------------------------------------------------------- */

static int by_start (const void *a, const void *b)
{
    const struct duty_line *one = a, *other = b;

    return one->from < other->from ? -1 : one->from > other->from;
}

void duty_split (const struct duty_lines *lines, const char *municipality, int64_t at, int64_t to, struct arena *arena,
                 struct duty_now_answer *answer)
{
    struct duty_line *now = arena_alloc (arena, NOW_MOST * sizeof *now), *coming = arena_alloc (arena, COMING_MOST * sizeof *coming);

    answer->now.count = answer->coming.count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct duty_line *line = &lines->items[i];

        if (line->to <= at || line->from >= to || (municipality && strcmp (municipality, line->municipality) != 0))
            continue;
        if (line->from <= at && answer->now.count < NOW_MOST)
            now[answer->now.count++] = *line;
        else if (line->from > at && answer->coming.count < COMING_MOST)
            coming[answer->coming.count++] = *line;
    }
    qsort (coming, answer->coming.count, sizeof *coming, by_start);
    answer->now.items = now;
    answer->coming.items = coming;
}

/* ---- loading ------------------------------------------------------------------------------------------------------------------------ */

static const struct known_person *person_of (const struct names *names, const char *person_id)
{
    for (size_t i = 0; person_id && i < names->people.count; i++)
        if (strcmp (names->people.items[i].person_id, person_id) == 0)
            return &names->people.items[i];
    return NULL;
}

static const struct known_office *office_of (const struct names *names, const char *office_id)
{
    for (size_t i = 0; office_id && i < names->offices.count; i++)
        if (strcmp (names->offices.items[i].office_id, office_id) == 0)
            return &names->offices.items[i];
    return NULL;
}

static const char *name_of (const struct names *names, const char *person_id)
{
    const struct known_person *person = person_of (names, person_id);

    return person ? person->name : NULL;
}

static void tell_change (const struct names *names, const struct duty_span *span, struct duty_line *line)
{
    if (!duty_is_by_hand (span))
        return;
    line->change = span->change->kind;
    line->change_id = span->change->change_id;
    for (size_t i = 0; i < names->details.count; i++)
        if (strcmp (names->details.items[i].change_id, line->change_id) == 0) {
            line->reason = names->details.items[i].reason;
            line->entered_by = names->details.items[i].entered_by;
        }
}

struct duty_line duty_line_of (struct arena *arena, const struct names *names, const struct rotation_rule *rule,
                               const struct duty_span *span)
{
    const struct known_person *person = person_of (names, span->person_id);
    const struct known_office *office = office_of (names, span->office_id);
    struct duty_line line = { .rotation_id = rule->rotation_id, .rotation = rule->name, .municipality = rule->area,
        .from = span->from, .to = span->to, .person_id = span->person_id, .name = person ? person->name : NULL,
        .office = office ? office->name : person ? person->office : NULL, .phone = office ? office->phone : person ? person->phone : NULL,
        .gap = span->person_id == NULL, .has_unreachable = true, .unreachable = person && person->unreachable,
        .day_class = calendar_class_at (&rule->closures, rule->area, NULL, span->day), .day = arena_alloc (arena, 11) };

    day_number_text (span->day, (char *) line.day);
    if (span->absent_id || duty_is_by_hand (span))
        line.instead_of = name_of (names, span->absent_id ? span->absent_id : span->turn_id);
    tell_change (names, span, &line);
    return line;
}

/* Ids of what was put by hand in these spans. */
static struct text_list changes_in (struct arena *arena, const struct duty_spans *spans, size_t count)
{
    struct text_list ids = { 0 };
    const char **items;
    size_t room = 1;

    for (size_t i = 0; i < count; i++)
        room += spans[i].count;
    ids.items = items = arena_alloc (arena, room * sizeof *items);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < spans[i].count; j++)
            if (duty_is_by_hand (&spans[i].items[j]))
                items[ids.count++] = spans[i].items[j].change->change_id;
    return ids;
}

int duty_names (struct db *db, struct arena *arena, const struct rotation_list_of *rotations, const struct duty_spans *spans,
                struct names **ret, struct error *err)
{
    *ret = arena_alloc (arena, sizeof **ret);
    if (roster_people (db, arena, roster_members (arena, rotations), &(*ret)->people, err) < 0
        || roster_offices (db, arena, roster_offices_of (arena, rotations), &(*ret)->offices, err) < 0)
        return -1;
    return change_details (db, arena, changes_in (arena, spans, rotations->count), &(*ret)->details, err);
}

static void add_lines (struct duty_lines *lines, size_t *room, struct arena *arena, const struct names *names,
                       const struct rotation_rule *rule, const struct duty_spans *spans)
{
    if (lines->count + spans->count > *room) {
        struct duty_line *more = arena_alloc (arena, (2 * lines->count + spans->count) * sizeof *more);

        memcpy (more, lines->items, lines->count * sizeof *more);
        *room = 2 * lines->count + spans->count;
        lines->items = more;
    }
    for (size_t i = 0; i < spans->count; i++)
        lines->items[lines->count++] = duty_line_of (arena, names, rule, &spans->items[i]);
}

int duty_spans_load (struct db *db, struct arena *arena, const struct shift_source *source, struct rotation_list_of *rotations, int64_t from,
                     int64_t to, struct duty_spans **ret, struct error *err)
{
    struct absence_list_of absences;
    struct roster_layers layers;

    if (roster_load_layers (db, arena, rotations, from, to, &layers, err) < 0
        || roster_absences (db, arena, roster_members (arena, rotations), from, to, &absences, err) < 0)
        return -1;
    *ret = arena_alloc (arena, (rotations->count + 1) * sizeof **ret);
    for (size_t i = 0; i < rotations->count; i++)
        (*ret)[i] = source ? source->shifts (source->with, db, arena, &rotations->items[i], &absences, from, to)
                           : rotation_shifts (arena, &rotations->items[i], absences.items, absences.count, from, to);
    return 0;
}

int duty_load (struct db *db, struct arena *arena, const struct shift_source *source, const char *municipality, int64_t from, int64_t to,
               struct duty_lines *ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct duty_spans *spans;
    struct names *names;
    size_t room = 64;

    if (roster_rotations (db, arena, municipality, &rotations, err) < 0
        || duty_spans_load (db, arena, source, &rotations, from, to, &spans, err) < 0
        || duty_names (db, arena, &rotations, spans, &names, err) < 0)
        return -1;
    *ret = (struct duty_lines) { arena_alloc (arena, room * sizeof *ret->items), 0 };
    for (size_t i = 0; i < rotations.count; i++)
        add_lines (ret, &room, arena, names, &rotations.items[i], &spans[i]);
    return 0;
}
