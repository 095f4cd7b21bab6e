/* duty_copy.c - see duty_copy.h. */
#include "duty_copy.h"
#include <pthread.h>
#include "clock.h"

struct duty_copy {
    pthread_mutex_t mutex;              /* guards everything below */
    struct arena arena;
    struct duty_lines lines;
    struct desk_line *desks;
    size_t desk_count;
    int64_t taken, taken_monotonic;     /* taken 0: there is none */
};

struct duty_copy *duty_copy_open (void)
{
    struct duty_copy *copy = calloc (1, sizeof *copy);

    if (!copy)
        abort ();
    pthread_mutex_init (&copy->mutex, NULL);
    return copy;
}

void duty_copy_close (struct duty_copy **copy)
{
    if (!*copy)
        return;
    arena_done (&(*copy)->arena);
    pthread_mutex_destroy (&(*copy)->mutex);
    free (*copy);
    *copy = NULL;
}

/* ---- copying ------------------------------------------------------------------------------------------------------------------------ */

static struct duty_line line_into (struct arena *arena, const struct duty_line *line)
{
    struct duty_line copy = *line;

    copy.rotation_id = arena_text (arena, line->rotation_id);
    copy.rotation = arena_text (arena, line->rotation);
    copy.municipality = arena_text (arena, line->municipality);
    copy.person_id = arena_text (arena, line->person_id);
    copy.name = arena_text (arena, line->name);
    copy.office = arena_text (arena, line->office);
    copy.phone = arena_text (arena, line->phone);
    copy.day = arena_text (arena, line->day);
    copy.change_id = arena_text (arena, line->change_id);
    copy.instead_of = arena_text (arena, line->instead_of);
    copy.reason = arena_text (arena, line->reason);
    copy.entered_by = arena_text (arena, line->entered_by);
    return copy;
}

static struct duty_lines lines_into (struct arena *arena, const struct duty_line *items, size_t count)
{
    struct duty_lines copy = { arena_alloc (arena, (count + 1) * sizeof *copy.items), count };

    for (size_t i = 0; i < count; i++)
        copy.items[i] = line_into (arena, &items[i]);
    return copy;
}

static struct desk_line desk_into (struct arena *arena, const struct desk_line *desk)
{
    return (struct desk_line) { arena_text (arena, desk->municipality), arena_text (arena, desk->name), arena_text (arena, desk->phone) };
}

void duty_copy_put (struct duty_copy *copy, int64_t now, const struct duty_lines *lines, const struct desk_line_list *desks)
{
    struct arena fresh = { 0 };
    struct duty_lines own = lines_into (&fresh, lines->items, lines->count);
    struct desk_line *own_desks = arena_alloc (&fresh, (desks->count + 1) * sizeof *own_desks);

    for (size_t i = 0; i < desks->count; i++)
        own_desks[i] = desk_into (&fresh, &desks->items[i]);
    pthread_mutex_lock (&copy->mutex);
    arena_done (&copy->arena);
    copy->arena = fresh;
    copy->lines = own;
    copy->desks = own_desks;
    copy->desk_count = desks->count;
    copy->taken = now;
    copy->taken_monotonic = clock_monotonic_us ();
    pthread_mutex_unlock (&copy->mutex);
}

/* ---- answering; the mutex is held --------------------------------------------------------------------------------------------------- */

static void fill (const struct duty_copy *copy, int64_t at, const struct duty_now *message, struct arena *arena,
                  struct duty_now_answer *answer)
{
    struct desk_line *desks = arena_alloc (arena, (copy->desk_count + 1) * sizeof *desks);
    size_t count = 0;

    duty_split (&copy->lines, message->municipality, at, at + duty_days (message) * 86400 * SECOND_US, arena, answer);
    answer->now.items = lines_into (arena, answer->now.items, answer->now.count).items;
    answer->coming.items = lines_into (arena, answer->coming.items, answer->coming.count).items;
    for (size_t i = 0; i < copy->desk_count; i++)
        if (!message->municipality || strcmp (message->municipality, copy->desks[i].municipality) == 0)
            desks[count++] = desk_into (arena, &copy->desks[i]);
    answer->last_resorts = (struct desk_line_list) { desks, count };
    answer->as_of = copy->taken;
    answer->stale = true;
}

bool duty_copy_answer (struct duty_copy *copy, const struct duty_now *message, struct arena *arena, struct duty_now_answer *answer)
{
    bool usable;
    int64_t at;

    if (!copy)
        return false;
    pthread_mutex_lock (&copy->mutex);
    at = copy->taken + clock_monotonic_us () - copy->taken_monotonic;
    usable = copy->taken != 0 && at < copy->taken + COPY_DAYS * 86400LL * SECOND_US;
    if (usable)
        fill (copy, at, message, arena, answer);
    pthread_mutex_unlock (&copy->mutex);
    return usable;
}

bool duty_copy_desk (struct duty_copy *copy, const char *municipality, struct arena *arena, struct desk_line *ret)
{
    bool found = false;

    if (!copy || !municipality)
        return false;
    pthread_mutex_lock (&copy->mutex);
    for (size_t i = 0; !found && i < copy->desk_count; i++) {
        found = strcmp (copy->desks[i].municipality, municipality) == 0;
        if (found)
            *ret = desk_into (arena, &copy->desks[i]);
    }
    pthread_mutex_unlock (&copy->mutex);
    return found;
}
