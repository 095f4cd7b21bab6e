/* answer_rotation_list.c - the duty rotations.
 *
 * Takes:      rotation_list                  (proto/notify/rotation_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care.  Who has one authenticator only is told to nobody but those who
 *             may change a rule
 * Repeats:    reads again
 */
#include "authenticator_store.h"
#include "bits.h"
#include "clock.h"
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

static const char *office_among (const struct known_offices *offices, const char *office_id)
{
    for (size_t i = 0; i < offices->count; i++)
        if (strcmp (offices->items[i].office_id, office_id) == 0 && offices->items[i].name)
            return offices->items[i].name;
    return "事業所（名称未取得）";
}

static void fill_rule (struct arena *arena, const struct rotation_rule *rule, struct rotation_view *view)
{
    char *anchor = arena_alloc (arena, 11);

    day_number_text (rule->anchor, anchor);
    view->advance = rule->advance;
    view->anchor = anchor;
    view->has_handoff_minute = view->has_from_minute = view->has_to_minute = true;
    view->handoff_minute = rule->handoff_minute;
    view->from_minute = rule->from_minute;
    view->to_minute = rule->to_minute;
    view->day_classes = enums_of_bits (arena, rule->day_classes);
    view->weekdays = numbers_of_bits (arena, rule->weekdays);
    view->weeks = numbers_of_bits (arena, rule->weeks);
    view->has_since = rule->since != 0;
    view->since = rule->since;
}

static struct rotation_view view_of (struct arena *arena, const struct rotation_rule *rule, const struct known_people *people,
                                     const struct known_offices *known)
{
    const char **names = arena_alloc (arena, (rule->member_count + 1) * sizeof *names);
    const char **offices = arena_alloc (arena, (rule->member_count + 1) * sizeof *offices);
    struct rotation_view view = { .rotation_id = rule->rotation_id, .name = rule->name, .municipality = rule->area, .kind = rule->kind,
        .members = { .items = rule->members, .count = rule->member_count }, .names = { .items = names, .count = rule->member_count },
        .office_ids = { .items = rule->offices, .count = rule->member_count },
        .offices = { .items = offices, .count = rule->member_count }, .version = rule->version };

    for (size_t i = 0; i < rule->member_count; i++) {
        names[i] = name_among (people, rule->members[i]);
        offices[i] = office_among (known, rule->offices[i]);
    }
    fill_rule (arena, rule, &view);
    return view;
}

static bool may_change (const struct actor *actor)
{
    return actor_is (actor, ROLE_ROTA_OFFICE) || actor_is (actor, ROLE_ADMINISTRATOR) || actor_is (actor, ROLE_OPERATOR);
}

static struct text_list lacking_of (struct arena *arena, const struct rotation_rule *rule, struct text_list lacking)
{
    const char **items = arena_alloc (arena, (rule->member_count + 1) * sizeof *items);
    struct text_list list = { .items = items };

    for (size_t i = 0; i < rule->member_count; i++)
        for (size_t k = 0; k < lacking.count; k++)
            if (strcmp (rule->members[i], lacking.items[k]) == 0)
                items[list.count++] = rule->members[i];
    return list;
}

int notify_handle_rotation_list (struct notify *self, struct request *request, const struct rotation_list *message,
                                 struct rotation_list_answer *answer, struct error *err)
{
    struct rotation_list_of rotations;
    struct known_people people;
    struct known_offices offices;
    struct rotation_view *views;
    struct text_list members, lacking = { 0 };

    (void) self;
    (void) message;
    if (roster_rotations (request->db, request->arena, NULL, &rotations, err) < 0)
        return -1;
    members = roster_members (request->arena, &rotations);
    if (roster_people (request->db, request->arena, members, &people, err) < 0
        || (may_change (request->actor) && authenticator_lacking (request->db, request->arena, members, &lacking, err) < 0)
        || roster_offices (request->db, request->arena, roster_offices_of (request->arena, &rotations), &offices, err) < 0)
        return -1;
    views = arena_alloc (request->arena, (rotations.count + 1) * sizeof *views);
    answer->rotations.count = rotations.count < MOST ? rotations.count : MOST;
    for (size_t i = 0; i < answer->rotations.count; i++) {
        views[i] = view_of (request->arena, &rotations.items[i], &people, &offices);
        views[i].one_authenticator = lacking_of (request->arena, &rotations.items[i], lacking);
    }
    answer->rotations.items = views;
    return 0;
}
