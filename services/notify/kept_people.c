/* kept_people.c - see kept_people.h. */
#include "kept_people.h"

/* known false: there is nobody, and nothing, of that id. */
struct kept_person { struct known_person person; bool known; struct absence_list_of absences; };
struct kept_office { struct known_office office; bool known; };

static const char *person_key (struct arena *arena, const char *id) { return arena_print (arena, "person %s", id); }
static const char *office_key (struct arena *arena, const char *id) { return arena_print (arena, "office %s", id); }

static struct text_list not_kept (struct arena *arena, const struct roster_kept *kept, const char *(*key) (struct arena *, const char *),
                                  struct text_list ids)
{
    const char **missing = arena_alloc (arena, (ids.count + 1) * sizeof *missing);
    size_t count = 0;

    for (size_t i = 0; i < ids.count; i++)
        if (!roster_kept_find (kept, key (arena, ids.items[i])))
            missing[count++] = ids.items[i];
    return (struct text_list) { .items = missing, .count = count };
}

static void keep_person (struct roster_kept *kept, const char *id, const struct known_people *known, const struct absence_list_of *absences)
{
    struct arena *arena = roster_kept_arena (kept);
    struct kept_person *one = arena_alloc (arena, sizeof *one);

    one->absences.items = arena_alloc (arena, (absences->count + 1) * sizeof *one->absences.items);
    for (size_t i = 0; i < known->count; i++)
        if (strcmp (known->items[i].person_id, id) == 0) {
            one->person = known->items[i];
            one->known = true;
        }
    for (size_t i = 0; i < absences->count; i++)
        if (strcmp (absences->items[i].person_id, id) == 0)
            one->absences.items[one->absences.count++] = absences->items[i];
    roster_kept_put (kept, person_key (arena, id), one);
}

static void keep_office (struct roster_kept *kept, const char *id, const struct known_offices *known)
{
    struct arena *arena = roster_kept_arena (kept);
    struct kept_office *one = arena_alloc (arena, sizeof *one);

    for (size_t i = 0; i < known->count; i++)
        if (strcmp (known->items[i].office_id, id) == 0)
            *one = (struct kept_office) { known->items[i], true };
    roster_kept_put (kept, office_key (arena, id), one);
}

static int read_missing (struct db *db, struct arena *arena, struct roster_kept *kept, struct text_list people, struct text_list offices,
                         struct error *err)
{
    struct absence_list_of absences;
    struct known_offices desks;
    struct known_people known;
    db_rows *who, *where, *absent;
    int64_t from, to;

    roster_kept_hour (kept, &from, &to);
    if (roster_ask_people (db, arena, people, &who, err) < 0 || roster_ask_absences (db, arena, people, from, to, &absent, err) < 0
        || roster_ask_offices (db, arena, offices, &where, err) < 0 || db_flush (db, err) < 0)
        return -1;
    roster_take_people (who, roster_kept_arena (kept), &known);
    roster_take_absences (absent, roster_kept_arena (kept), &absences);
    roster_take_offices (where, roster_kept_arena (kept), &desks);
    for (size_t i = 0; i < people.count; i++)
        keep_person (kept, people.items[i], &known, &absences);
    for (size_t i = 0; i < offices.count; i++)
        keep_office (kept, offices.items[i], &desks);
    return 0;
}

static void take_people (struct arena *arena, const struct roster_kept *kept, struct text_list ids, struct resolver_input *input,
                         struct absence_list_of *ret_absences)
{
    const struct kept_person **found = arena_alloc (arena, (ids.count + 1) * sizeof *found);
    struct known_person *people = arena_alloc (arena, (ids.count + 1) * sizeof *people);
    size_t absent = 0;

    for (size_t i = 0; i < ids.count; i++) {
        found[i] = roster_kept_find (kept, person_key (arena, ids.items[i]));
        absent += found[i]->absences.count;
        if (found[i]->known)
            people[input->person_count++] = found[i]->person;
    }
    *ret_absences = (struct absence_list_of) { arena_alloc (arena, (absent + 1) * sizeof *ret_absences->items), 0 };
    for (size_t i = 0; i < ids.count; i++)
        for (size_t j = 0; j < found[i]->absences.count; j++)
            ret_absences->items[ret_absences->count++] = found[i]->absences.items[j];
    input->people = people;
    input->absences = ret_absences->items;
    input->absence_count = ret_absences->count;
}

static void take_offices (struct arena *arena, const struct roster_kept *kept, struct text_list ids, struct resolver_input *input)
{
    struct known_office *offices = arena_alloc (arena, (ids.count + 1) * sizeof *offices);

    for (size_t i = 0; i < ids.count; i++) {
        const struct kept_office *found = roster_kept_find (kept, office_key (arena, ids.items[i]));

        if (found->known)
            offices[input->office_count++] = found->office;
    }
    input->offices = offices;
}

int kept_people (struct db *db, struct arena *arena, struct roster_kept *kept, struct text_list people, struct text_list offices,
                 struct resolver_input *input, struct absence_list_of *ret_absences, struct error *err)
{
    struct text_list new_people = not_kept (arena, kept, person_key, people), new_offices = not_kept (arena, kept, office_key, offices);

    if (new_people.count + new_offices.count > 0 && read_missing (db, arena, kept, new_people, new_offices, err) < 0)
        return -1;
    input->person_count = input->office_count = 0;
    take_people (arena, kept, people, input, ret_absences);
    take_offices (arena, kept, offices, input);
    return 0;
}
