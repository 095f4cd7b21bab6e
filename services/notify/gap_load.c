/* gap_load.c - see gap_load.h. */
#include "gap_load.h"
#include "duty.h"
#include "roster_layers_store.h"
#include "scheme_store.h"

struct ids { const char **items; size_t count; };

/* What several orders share. */
struct shared { struct rotation_list_of rotations; struct duty_spans *spans; struct known_people people; struct absence_list_of absences;
                struct roster_layers layers; };

static void add (struct ids *ids, const char *id)
{
    for (size_t i = 0; id && i < ids->count; i++)
        if (strcmp (ids->items[i], id) == 0)
            return;
    if (id)
        ids->items[ids->count++] = id;
}

static struct text_list list_of (const struct ids *ids)
{
    return (struct text_list) { .items = ids->items, .count = ids->count };
}

static int load_orders (struct db *db, struct arena *arena, const struct due_chains *chains, struct resolver_input *inputs,
                        size_t *ret_room, struct error *err)
{
    struct desk desk;
    int64_t version;

    *ret_room = 1;
    for (size_t i = 0; i < chains->count; i++) {
        const struct due_chain *chain = &chains->items[i];

        inputs[i] = (struct resolver_input) { .area = chain->area };
        if (roster_chain (db, arena, chain->patient_id, 0, &inputs[i], &version, err) < 0
            || roster_consent (db, arena, chain->patient_id, &inputs[i], err) < 0 || roster_desk (db, arena, chain->area, &desk, err) < 0)
            return -1;
        inputs[i].last_resort_name = desk.name;
        *ret_room += inputs[i].row_count + inputs[i].deputy_count + 1;
    }
    return 0;
}

static struct text_list rotations_of (struct arena *arena, const struct resolver_input *inputs, size_t count, size_t room)
{
    struct ids ids = { .items = arena_alloc (arena, room * sizeof *ids.items) };

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < inputs[i].row_count; j++)
            add (&ids, inputs[i].rows[j].rotation_id);
    return list_of (&ids);
}

static struct text_list people_of (struct arena *arena, const struct resolver_input *inputs, size_t count, size_t room,
                                   const struct shared *shared)
{
    struct text_list members = roster_members (arena, &shared->rotations);
    struct ids ids = { .items = arena_alloc (arena, (room + members.count + 2 * shared->layers.everywhere_count) * sizeof *ids.items) };

    for (size_t i = 0; i < members.count; i++)
        add (&ids, members.items[i]);
    for (size_t i = 0; i < shared->layers.everywhere_count; i++)
        add (&ids, shared->layers.everywhere[i].add_id);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < inputs[i].row_count; j++)
            add (&ids, inputs[i].rows[j].person_id);
        for (size_t j = 0; j < inputs[i].deputy_count; j++)
            add (&ids, inputs[i].deputies[j].person_id);
        add (&ids, inputs[i].attending.person_id);
    }
    return list_of (&ids);
}

static int load_shared (struct db *db, struct arena *arena, const struct resolver_input *inputs, size_t count, size_t room, int64_t from,
                        int64_t to, struct shared *ret, struct error *err)
{
    struct text_list people;

    if (roster_rotations_by_id (db, arena, rotations_of (arena, inputs, count, room), &ret->rotations, err) < 0
        || duty_spans_load (db, arena, NULL, &ret->rotations, from, to, &ret->spans, err) < 0
        || roster_load_layers (db, arena, &ret->rotations, from, to, &ret->layers, err) < 0)
        return -1;
    people = people_of (arena, inputs, count, room, ret);
    return roster_people (db, arena, people, &ret->people, err) < 0 ? -1 : roster_absences (db, arena, people, from, to, &ret->absences, err);
}

static int load_scheme (struct db *db, struct arena *arena, const struct resolver_input *inputs, size_t count, size_t room,
                        struct scheme_known *ret, struct error *err)
{
    struct ids ids = { .items = arena_alloc (arena, room * sizeof *ids.items) };

    for (size_t i = 0; i < count; i++) {
        struct text_list offices = scheme_gap_offices (arena, &inputs[i]);

        for (size_t j = 0; j < offices.count; j++)
            add (&ids, offices.items[j]);
    }
    return scheme_of_offices (db, arena, list_of (&ids), ret, err);
}

int gap_load_chains (struct db *db, struct arena *arena, const struct due_chains *chains, int64_t from, int64_t to,
                     struct resolver_input **ret, struct scheme_known *ret_scheme, struct error *err)
{
    struct resolver_input *inputs = arena_alloc (arena, (chains->count + 1) * sizeof *inputs);
    struct shared shared;
    size_t room;

    if (load_orders (db, arena, chains, inputs, &room, err) < 0
        || load_shared (db, arena, inputs, chains->count, room, from, to, &shared, err) < 0)
        return -1;
    for (size_t i = 0; i < chains->count; i++) {
        struct resolver_input *input = &inputs[i];

        input->rotations = shared.rotations.items;
        input->rotation_count = shared.rotations.count;
        input->shifts = shared.spans;
        input->people = shared.people.items;
        input->person_count = shared.people.count;
        input->absences = shared.absences.items;
        input->absence_count = shared.absences.count;
        input->closures = shared.layers.closures;
        input->changes = shared.layers.everywhere;
        input->change_count = shared.layers.everywhere_count;
    }
    *ret = inputs;
    return load_scheme (db, arena, inputs, chains->count, room, ret_scheme, err);
}

int gap_load_rotations (struct db *db, struct arena *arena, struct text_list ids, int64_t from, int64_t to, struct rotation_list_of *rotations,
                        struct gaps **ret, struct error *err)
{
    struct known_people people;
    struct duty_spans *spans;

    *rotations = (struct rotation_list_of) { 0 };
    if (roster_rotations_by_id (db, arena, ids, rotations, err) < 0
        || duty_spans_load (db, arena, NULL, rotations, from, to, &spans, err) < 0
        || roster_people (db, arena, roster_members (arena, rotations), &people, err) < 0)
        return -1;
    *ret = arena_alloc (arena, (rotations->count + 1) * sizeof **ret);
    for (size_t i = 0; i < rotations->count; i++)
        (*ret)[i] = rotation_gaps (arena, &spans[i], people.items, people.count,
                                   &(struct phone_calendar) { &rotations->items[i].closures, rotations->items[i].area }, from, to);
    return 0;
}
