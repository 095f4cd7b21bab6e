/* shared.c - see shared.h. */
#include "shared.h"

#include "shared_store.h"
#include "text.h"
#include "text_same.h"

static bool is_mobile (const char *device)
{
    return device && (strstr (device, "Mobile") || strstr (device, "Android") || strstr (device, "iPhone") || strstr (device, "iPad"));
}

/* A phone changes its network while one walks; a PC does not. */
static bool differ (const struct shared_use *a, const struct shared_use *b)
{
    bool mobile = is_mobile (a->device);

    if (mobile != is_mobile (b->device) || !a->device || !b->device)
        return false;
    return strcmp (a->device, b->device) != 0 || (!mobile && !text_same (a->source, b->source));
}

bool shared_is_suspicious (const struct shared_use *uses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (differ (&uses[i], &uses[j]))
                return true;
    return false;
}

/* ---- once a minute -------------------------------------------------------------------------------------------------------------------- */

static struct text_list devices_of (const struct shared_use *uses, size_t count, struct arena *arena)
{
    const char **items = arena_alloc (arena, (SHARED_DEVICES_MOST + 1) * sizeof *items);
    size_t kept = 0;

    for (size_t i = 0; i < count && kept < SHARED_DEVICES_MOST; i++)
        if (uses[i].device)
            items[kept++] = text_cut (arena, uses[i].device, 200);
    return (struct text_list) { items, kept };
}

static int64_t places_of (const struct shared_use *uses, size_t count)
{
    int64_t places = 0;

    for (size_t i = 0; i < count; i++) {
        bool seen = false;

        for (size_t j = 0; j < i; j++)
            seen = seen || text_same (uses[i].source, uses[j].source);
        places += !seen;
    }
    return places;
}

int shared_job (void *service, struct job_run *run, struct error *err)
{
    struct shared_person *people;
    size_t count;

    (void) service;
    if (shared_store_in_use (run->db, run->now, run->arena, &people, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (shared_is_suspicious (people[i].uses, people[i].count)
            && shared_store_note (run->db, people[i].person_id, devices_of (people[i].uses, people[i].count, run->arena),
                                  places_of (people[i].uses, people[i].count), run->now, run->arena, err) < 0)
            return -1;
    return 0;
}
