/* job_shift_tables.c - keeps Redis in step: after a change of a rotation (poked by its commit), and when Redis has lost a table. */
#include "clock.h"
#include "notify.h"
#include "shift_cache_store.h"

static bool is_among (struct text_list ids, const char *id)
{
    for (size_t i = 0; i < ids.count; i++)
        if (strcmp (ids.items[i], id) == 0)
            return true;
    return false;
}

int notify_job_shift_tables (void *self, struct job_run *run, struct error *err)
{
    struct shift_cache *cache = ((struct notify *) self)->shifts;
    struct rotation_list_of rotations;
    struct text_list stale;

    if (!cache)
        return 0;
    if (shift_stale (run->db, run->arena, run->now, &stale, err) < 0
        || roster_rotations (run->db, run->arena, NULL, &rotations, err) < 0)
        return -1;
    for (size_t i = 0; i < rotations.count; i++)
        if ((is_among (stale, rotations.items[i].rotation_id) || !shift_cache_holds (cache, run->arena, &rotations.items[i]))
            && shift_cache_write (cache, run->db, run->arena, &rotations.items[i], run->now, err) < 0)
            return -1;
    return 0;
}
