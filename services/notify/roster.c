/* roster.c - see roster.h. */
#include "roster.h"
#include "clock.h"
#include "kept_people.h"
#include "roster_layers_store.h"

struct names { const char **items; size_t count; };

static struct text_list list_of (const struct names *names)
{
    return (struct text_list) { .items = names->items, .count = names->count };
}

static void add_name (struct names *names, const char *id)
{
    for (size_t i = 0; id && i < names->count; i++)
        if (strcmp (names->items[i], id) == 0)
            return;
    if (id)
        names->items[names->count++] = id;
}

static size_t people_room (const struct rotation_rule *rule)
{
    size_t room = 2 * rule->change_count;

    for (; rule; rule = rule->before)
        room += rule->member_count;
    return room;
}

static void add_rule_people (struct names *names, const struct rotation_rule *rule)
{
    for (size_t i = 0; i < rule->change_count; i++) {
        add_name (names, rule->changes[i].add_id);
        add_name (names, rule->changes[i].remove_id);
    }
    for (; rule; rule = rule->before)
        for (size_t i = 0; i < rule->member_count; i++)
            add_name (names, rule->members[i]);
}

static void add_rule_offices (struct names *names, const struct rotation_rule *rule)
{
    for (size_t i = 0; i < rule->change_count; i++)
        add_name (names, rule->changes[i].add_office_id);
    for (; rule; rule = rule->before)
        for (size_t i = 0; i < rule->member_count; i++)
            add_name (names, rule->offices[i]);
}

static struct names names_for (struct arena *arena, const struct rotation_list_of *rotations, size_t more)
{
    size_t room = more + 1;

    for (size_t i = 0; i < rotations->count; i++)
        room += people_room (&rotations->items[i]);
    return (struct names) { .items = arena_alloc (arena, room * sizeof (char *)) };
}

struct text_list roster_members (struct arena *arena, const struct rotation_list_of *rotations)
{
    struct names names = names_for (arena, rotations, 0);

    for (size_t i = 0; i < rotations->count; i++)
        add_rule_people (&names, &rotations->items[i]);
    return list_of (&names);
}

struct text_list roster_offices_of (struct arena *arena, const struct rotation_list_of *rotations)
{
    struct names names = names_for (arena, rotations, 0);

    for (size_t i = 0; i < rotations->count; i++)
        add_rule_offices (&names, &rotations->items[i]);
    return list_of (&names);
}

static struct text_list rotations_of (struct arena *arena, const struct resolver_input *input)
{
    struct names ids = { .items = arena_alloc (arena, (input->row_count + 1) * sizeof (char *)) };

    for (size_t i = 0; i < input->row_count; i++)
        add_name (&ids, input->rows[i].rotation_id);
    return list_of (&ids);
}

/* Needs the closures, which come with the rotations. */
static void settle_entrusted (struct resolver_input *input, int64_t instant)
{
    const struct night_calendar calendar = { input->closures, input->area, input->attending_office_id };
    const struct closure *closure = night_closure (&calendar, tokyo_of (instant).day_number);

    input->entrusted_office_id = night_office (input->entrusted, input->entrusted_count, &calendar, instant);
    input->entrusted_closure = closure ? closure->name : NULL;
}

/* With everything that depends on the person and the instant alone. */
static int load_rotations (struct db *db, struct arena *arena, struct resolver_input *input, int64_t from, int64_t to,
                           struct rotation_list_of *ret, struct error *err)
{
    struct text_list ids = rotations_of (arena, input);
    db_rows *rotations, *over, *at_desk;
    struct roster_layers layers;
    struct desk desk;

    if (roster_ask_rotations (db, arena, ids, &rotations, err) < 0 || roster_ask_layers (db, arena, ids, from, to, &over, err) < 0
        || roster_ask_desk (db, input->area, &at_desk, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_rotations (rotations, arena, ret);
    roster_take_desk (at_desk, arena, &desk);
    if (roster_take_layers (db, over, arena, ret, from, &layers, err) < 0)
        return -1;
    input->last_resort_office_id = desk.office_id;
    input->last_resort_name = desk.name;
    input->last_resort_phone = desk.phone;
    input->rotations = ret->items;
    input->rotation_count = ret->count;
    input->closures = layers.closures;
    input->changes = layers.everywhere;
    input->change_count = layers.everywhere_count;
    return 0;
}

static struct text_list people_of (struct arena *arena, const struct resolver_input *input, const struct rotation_list_of *rotations)
{
    struct names names = names_for (arena, rotations, input->row_count + 2 * input->change_count + input->deputy_count + 1);

    for (size_t i = 0; i < rotations->count; i++)
        add_rule_people (&names, &rotations->items[i]);
    for (size_t i = 0; i < input->row_count; i++)
        add_name (&names, input->rows[i].person_id);
    for (size_t i = 0; i < input->change_count; i++) {
        add_name (&names, input->changes[i].add_id);
        add_name (&names, input->changes[i].remove_id);
    }
    for (size_t i = 0; i < input->deputy_count; i++)
        add_name (&names, input->deputies[i].person_id);
    add_name (&names, input->attending.person_id);
    return list_of (&names);
}

static struct text_list offices_of (struct arena *arena, const struct resolver_input *input, const struct rotation_list_of *rotations)
{
    struct names ids = names_for (arena, rotations, input->row_count + input->change_count + input->deputy_count
                                                            + input->station_count + 2);

    for (size_t i = 0; i < rotations->count; i++)
        add_rule_offices (&ids, &rotations->items[i]);
    for (size_t i = 0; i < input->row_count; i++)
        add_name (&ids, input->rows[i].office_id);
    for (size_t i = 0; i < input->change_count; i++)
        add_name (&ids, input->changes[i].add_office_id);
    for (size_t i = 0; i < input->deputy_count; i++)
        add_name (&ids, input->deputies[i].office_id);
    for (size_t i = 0; i < input->station_count; i++)
        add_name (&ids, input->stations[i]);
    add_name (&ids, input->attending_office_id);
    add_name (&ids, input->entrusted_office_id);
    return list_of (&ids);
}

static int load_people (struct db *db, struct arena *arena, struct resolver_input *input, const struct rotation_list_of *rotations,
                        int64_t instant, struct absence_list_of *ret_absences, struct error *err)
{
    struct text_list people = people_of (arena, input, rotations), offices = offices_of (arena, input, rotations);
    db_rows *who, *where, *absent;
    struct known_people known;
    struct known_offices desks;

    if (roster_ask_people (db, arena, people, &who, err) < 0
        || roster_ask_absences (db, arena, people, instant, instant + SECOND_US, &absent, err) < 0
        || roster_ask_offices (db, arena, offices, &where, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_people (who, arena, &known);
    roster_take_absences (absent, arena, ret_absences);
    roster_take_offices (where, arena, &desks);
    input->people = known.items;
    input->person_count = known.count;
    input->absences = ret_absences->items;
    input->absence_count = ret_absences->count;
    input->offices = desks.items;
    input->office_count = desks.count;
    return 0;
}

static void load_shifts (struct db *db, struct arena *arena, const struct shift_source *source, struct resolver_input *input,
                         const struct absence_list_of *absences, int64_t from, int64_t to)
{
    struct duty_spans *shifts = arena_alloc (arena, (input->rotation_count + 1) * sizeof *shifts);

    for (size_t i = 0; i < input->rotation_count; i++)
        shifts[i] = source ? source->shifts (source->with, db, arena, &input->rotations[i], absences, from, to)
                           : rotation_shifts (arena, &input->rotations[i], absences->items, absences->count, from, to);
    input->shifts = shifts;
}

/* ---- what is kept about the region (roster_kept.h) -------------------------------------------------------------------------------------- */

struct kept_rotations { struct resolver_input part; struct rotation_list_of rotations; };

static const char *rotations_key (struct arena *arena, const struct resolver_input *input)
{
    const char *key = arena_print (arena, "rotations %s", input->area);

    for (size_t i = 0; i < input->row_count; i++)
        if (input->rows[i].rotation_id)
            key = arena_print (arena, "%s %s", key, input->rows[i].rotation_id);
    return key;
}

static void take_rotations (const struct kept_rotations *kept, struct resolver_input *input)
{
    input->last_resort_office_id = kept->part.last_resort_office_id;
    input->last_resort_name = kept->part.last_resort_name;
    input->last_resort_phone = kept->part.last_resort_phone;
    input->rotations = kept->part.rotations;
    input->rotation_count = kept->part.rotation_count;
    input->shifts = kept->part.shifts;
    input->closures = kept->part.closures;
    input->changes = kept->part.changes;
    input->change_count = kept->part.change_count;
}

static int read_rotations (struct db *db, struct roster_kept *kept, const struct resolver_input *input, struct kept_rotations **ret,
                           struct error *err)
{
    struct arena *arena = roster_kept_arena (kept);
    int64_t from, to;

    roster_kept_hour (kept, &from, &to);
    *ret = arena_alloc (arena, sizeof **ret);
    (*ret)->part = (struct resolver_input) { .area = input->area, .rows = input->rows, .row_count = input->row_count };
    return load_rotations (db, arena, &(*ret)->part, from, to, &(*ret)->rotations, err);
}

/* Rotations are kept when their shifts are there, too, and those need the absences of their people. */
static int take_kept (struct db *db, struct arena *arena, struct roster_kept *kept, const struct shift_source *source,
                      int64_t instant, struct resolver_input *input, struct error *err)
{
    const char *key = rotations_key (arena, input);
    const struct kept_rotations *found = roster_kept_find (kept, key);
    struct kept_rotations *made = NULL;
    struct absence_list_of absences;
    int64_t from, to;

    if (!found && read_rotations (db, kept, input, &made, err) < 0)
        return -1;
    found = found ? found : made;
    take_rotations (found, input);
    settle_entrusted (input, instant);
    if (kept_people (db, arena, kept, people_of (arena, input, &found->rotations), offices_of (arena, input, &found->rotations), input,
                     &absences, err) < 0)
        return -1;
    if (!made)
        return 0;
    roster_kept_hour (kept, &from, &to);
    load_shifts (db, roster_kept_arena (kept), source, &made->part, &absences, from, to);
    input->shifts = made->part.shifts;
    roster_kept_put (kept, key, made);
    return 0;
}

/* ---- everything ----------------------------------------------------------------------------------------------------------------------- */

/* The version is asked before what it speaks of: what is read meanwhile is at least as new. */
int roster_ask (struct db *db, struct roster_keeper *keeper, const char *patient_id, int64_t chain_version, struct roster_asked *ret,
                struct error *err)
{
    ret->keeper = keeper;
    if (keeper && roster_ask_rows_version (db, &ret->rows_version, err) < 0)
        return -1;
    return roster_ask_chain (db, patient_id, chain_version, &ret->chain, err) < 0 ? -1 : roster_ask_consent (db, patient_id, &ret->consent, err);
}

int roster_take (struct db *db, struct arena *arena, const struct roster_asked *asked, const struct shift_source *source,
                 const char *municipality, int64_t instant, struct resolver_input *ret, int64_t *ret_chain_version, struct error *err)
{
    struct rotation_list_of rotations;
    struct absence_list_of absences;

    *ret = (struct resolver_input) { .area = municipality };
    roster_take_chain (asked->chain, arena, ret, ret_chain_version);
    roster_take_consent (asked->consent, arena, ret);
    if (asked->keeper)
        return take_kept (db, arena, roster_kept_begin (asked->keeper, roster_take_rows_version (asked->rows_version), instant), source,
                          instant, ret, err);
    if (load_rotations (db, arena, ret, instant, instant + 1, &rotations, err) < 0)
        return -1;
    settle_entrusted (ret, instant);
    if (load_people (db, arena, ret, &rotations, instant, &absences, err) < 0)
        return -1;
    load_shifts (db, arena, source, ret, &absences, instant, instant + 1);
    return 0;
}

int roster_load (struct db *db, struct arena *arena, const struct shift_source *source, const char *municipality, const char *patient_id,
                 int64_t chain_version, int64_t instant, struct resolver_input *ret, int64_t *ret_chain_version, struct error *err)
{
    struct roster_asked asked;

    if (roster_ask (db, NULL, patient_id, chain_version, &asked, err) < 0 || db_flush (db, err) < 0)
        return -1;
    return roster_take (db, arena, &asked, source, municipality, instant, ret, ret_chain_version, err);
}
