/* duty_act.c - see duty_act.h. */
#include "duty_act.h"
#include <string.h>

int duty_changed (struct request *request, struct error *err)
{
    if (roster_changed (request->db, err) < 0)
        return -1;
    poke_after_commit (request->batch, "shift_tables");
    poke_after_commit (request->batch, "duty_copy");
    poke_after_commit (request->batch, "alert_engine");
    poke_after_commit (request->batch, "gap_check");
    return 0;
}

int duty_holders (struct request *request, const char *rotation_id, int64_t from, int64_t to, struct text_list *ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct duty_spans *spans;
    const char **people;

    *ret = (struct text_list) { 0 };
    if (roster_rotations_by_id (request->db, request->arena, (struct text_list) { &rotation_id, 1 }, &rotations, err) < 0
        || duty_spans_load (request->db, request->arena, NULL, &rotations, from, to, &spans, err) < 0)
        return -1;
    if (rotations.count == 0)
        return 0;
    people = arena_alloc (request->arena, (spans->count + 1) * sizeof *people);
    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].person_id)
            people[ret->count++] = spans->items[i].person_id;
    ret->items = people;
    return 0;
}

int duty_tell (struct request *request, enum feed_kind kind, struct text_list people, struct error *err)
{
    const struct notice notice = { .kind = kind, .at = request->now, .by = request->actor->person_id };
    struct feed_writer feed = { .db = request->db, .arena = request->arena, .batch = request->batch };
    const char **others = arena_alloc (request->arena, (people.count + 1) * sizeof *others);
    struct text_list told = { .items = others };

    for (size_t i = 0; i < people.count; i++)
        if (people.items[i] && (!request->actor->person_id || strcmp (people.items[i], request->actor->person_id) != 0))
            others[told.count++] = people.items[i];
    return told.count ? feed_add_people (&feed, &notice, told, err) : 0;
}
