/* duty.c - see duty.h. */
#include "duty.h"
#include "clock.h"

enum { NOW_MOST = 100, COMING_MOST = 1000 };

struct names { struct known_people people; struct known_offices offices; };

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

static struct duty_line line_of (const struct names *names, const struct rotation_rule *rule, const struct duty_span *span)
{
    const struct known_person *person = person_of (names, span->person_id);
    const struct known_office *office = office_of (names, span->office_id);

    return (struct duty_line) { .rotation_id = rule->rotation_id, .rotation = rule->name, .municipality = rule->area,
        .from = span->from, .to = span->to, .person_id = span->person_id, .name = person ? person->name : NULL,
        .office = office ? office->name : person ? person->office : NULL, .phone = office ? office->phone : person ? person->phone : NULL,
        .gap = span->person_id == NULL };
}

static int load_names (struct db *db, struct arena *arena, const struct rotation_list_of *rotations, struct names *ret, struct error *err)
{
    const char **offices;
    size_t count = 0, room = 1;

    for (size_t i = 0; i < rotations->count; i++)
        room += rotations->items[i].member_count;
    offices = arena_alloc (arena, room * sizeof *offices);
    for (size_t i = 0; i < rotations->count; i++)
        for (size_t j = 0; j < rotations->items[i].member_count; j++)
            offices[count++] = rotations->items[i].offices[j];
    if (roster_people (db, arena, roster_members (arena, rotations), &ret->people, err) < 0)
        return -1;
    return roster_offices (db, arena, (struct text_list) { .items = offices, .count = count }, &ret->offices, err);
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
        lines->items[lines->count++] = line_of (names, rule, &spans->items[i]);
}

int duty_load (struct db *db, struct arena *arena, const struct shift_source *source, const char *municipality, int64_t from, int64_t to,
               struct duty_lines *ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct absence_list_of absences;
    struct names names;
    size_t room = 64;

    if (roster_rotations (db, arena, municipality, &rotations, err) < 0
        || roster_absences (db, arena, roster_members (arena, &rotations), from, to, &absences, err) < 0
        || load_names (db, arena, &rotations, &names, err) < 0)
        return -1;
    *ret = (struct duty_lines) { arena_alloc (arena, room * sizeof *ret->items), 0 };
    for (size_t i = 0; i < rotations.count; i++) {
        struct duty_spans spans = source->shifts (source->with, db, arena, &rotations.items[i], &absences, from, to);

        add_lines (ret, &room, arena, &names, &rotations.items[i], &spans);
    }
    return 0;
}
