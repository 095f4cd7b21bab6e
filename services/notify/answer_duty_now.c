/* answer_duty_now.c - who is on duty now and in the coming days, per municipality.
 *
 * Takes:      duty_now                       (proto/notify/duty_now.query)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    reads again
 */
#include "clock.h"
#include "notify.h"
#include "roster.h"
#include "shift_cache_store.h"

enum { STANDARD_DAYS = 2, MOST_DAYS = 31, NOW_MOST = 100, COMING_MOST = 1000 };

struct duty { struct request *request; struct known_people people; struct known_offices offices; struct duty_now_answer *answer; };

static const struct known_person *person_of (const struct duty *duty, const char *person_id)
{
    for (size_t i = 0; person_id && i < duty->people.count; i++)
        if (strcmp (duty->people.items[i].person_id, person_id) == 0)
            return &duty->people.items[i];
    return NULL;
}

static const struct known_office *office_of (const struct duty *duty, const char *office_id)
{
    for (size_t i = 0; office_id && i < duty->offices.count; i++)
        if (strcmp (duty->offices.items[i].office_id, office_id) == 0)
            return &duty->offices.items[i];
    return NULL;
}

static struct duty_line line_of (const struct duty *duty, const struct rotation_rule *rule, const struct duty_span *span)
{
    const struct known_person *person = person_of (duty, span->person_id);
    const struct known_office *office = office_of (duty, span->office_id);

    return (struct duty_line) { .rotation_id = rule->rotation_id, .rotation = rule->name, .municipality = rule->area,
        .from = span->from, .to = span->to, .person_id = span->person_id, .name = person ? person->name : NULL,
        .office = office ? office->name : person ? person->office : NULL, .phone = office ? office->phone : person ? person->phone : NULL,
        .gap = span->person_id == NULL };
}

static int by_start (const void *a, const void *b)
{
    const struct duty_line *one = a, *other = b;

    return one->from < other->from ? -1 : one->from > other->from;
}

static int load_names (struct duty *duty, const struct rotation_list_of *rotations, struct error *err)
{
    struct request *request = duty->request;
    struct text_list members = roster_members (request->arena, rotations);
    const char **offices;
    size_t count = 0, room = 1;

    for (size_t i = 0; i < rotations->count; i++)
        room += rotations->items[i].member_count;
    offices = arena_alloc (request->arena, room * sizeof *offices);
    for (size_t i = 0; i < rotations->count; i++)
        for (size_t j = 0; j < rotations->items[i].member_count; j++)
            offices[count++] = rotations->items[i].offices[j];
    if (roster_people (request->db, request->arena, members, &duty->people, err) < 0)
        return -1;
    return roster_offices (request->db, request->arena, (struct text_list) { .items = offices, .count = count }, &duty->offices, err);
}

/* A rotation's spans, divided into now and later. */
static void add_spans (struct duty *duty, const struct rotation_rule *rule, const struct duty_spans *spans, struct duty_line *now,
                       struct duty_line *coming)
{
    struct duty_now_answer *answer = duty->answer;

    for (size_t i = 0; i < spans->count; i++) {
        const struct duty_span *span = &spans->items[i];

        if (span->to <= answer->as_of)
            continue;
        if (span->from <= answer->as_of && answer->now.count < NOW_MOST)
            now[answer->now.count++] = line_of (duty, rule, span);
        else if (span->from > answer->as_of && answer->coming.count < COMING_MOST)
            coming[answer->coming.count++] = line_of (duty, rule, span);
    }
}

int notify_handle_duty_now (struct notify *self, struct request *request, const struct duty_now *message, struct duty_now_answer *answer,
                            struct error *err)
{
    int64_t days = message->has_days && message->days >= 1 && message->days <= MOST_DAYS ? message->days : STANDARD_DAYS;
    int64_t from = request->now, to = from + days * 86400 * SECOND_US;
    struct duty_line *now = arena_alloc (request->arena, NOW_MOST * sizeof *now),
                     *coming = arena_alloc (request->arena, COMING_MOST * sizeof *coming);
    struct duty duty = { .request = request, .answer = answer };
    struct rotation_list_of rotations;
    struct absence_list_of absences;

    if (roster_rotations (request->db, request->arena, message->municipality, &rotations, err) < 0
        || roster_absences (request->db, request->arena, roster_members (request->arena, &rotations), from, to, &absences, err) < 0
        || load_names (&duty, &rotations, err) < 0)
        return -1;
    answer->as_of = from;
    for (size_t i = 0; i < rotations.count; i++) {
        struct duty_spans spans = shift_cache_shifts (self->shifts, request->db, request->arena, &rotations.items[i], &absences, from, to);

        add_spans (&duty, &rotations.items[i], &spans, now, coming);
    }
    qsort (coming, answer->coming.count, sizeof *coming, by_start);
    answer->now.items = now;
    answer->coming.items = coming;
    return 0;
}
