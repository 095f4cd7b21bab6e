/* answer_rotation_list.c - the duty rotations.
 *
 * Takes:      rotation_list                  (proto/notify/rotation_list.query)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    reads again
 */
#include "notify.h"
#include "roster.h"

enum { MOST = 100 };

static const char *name_among (const struct known_people *people, const char *person_id)
{
    for (size_t i = 0; i < people->count; i++)
        if (strcmp (people->items[i].person_id, person_id) == 0)
            return people->items[i].name;
    return "氏名未取得";
}

static struct rotation_view view_of (struct arena *arena, const struct rotation_rule *rule, const struct known_people *people)
{
    const char **names = arena_alloc (arena, (rule->member_count + 1) * sizeof *names);

    for (size_t i = 0; i < rule->member_count; i++)
        names[i] = name_among (people, rule->members[i]);
    return (struct rotation_view) { .rotation_id = rule->rotation_id, .name = rule->name, .municipality = rule->area, .kind = rule->kind,
        .members = { .items = rule->members, .count = rule->member_count }, .names = { .items = names, .count = rule->member_count },
        .version = rule->version };
}

int notify_handle_rotation_list (struct notify *self, struct request *request, const struct rotation_list *message,
                                 struct rotation_list_answer *answer, struct error *err)
{
    struct rotation_list_of rotations;
    struct known_people people;
    struct rotation_view *views;

    (void) self;
    (void) message;
    if (roster_rotations (request->db, request->arena, NULL, &rotations, err) < 0
        || roster_people (request->db, request->arena, roster_members (request->arena, &rotations), &people, err) < 0)
        return -1;
    views = arena_alloc (request->arena, (rotations.count + 1) * sizeof *views);
    answer->rotations.count = rotations.count < MOST ? rotations.count : MOST;
    for (size_t i = 0; i < answer->rotations.count; i++)
        views[i] = view_of (request->arena, &rotations.items[i], &people);
    answer->rotations.items = views;
    return 0;
}
