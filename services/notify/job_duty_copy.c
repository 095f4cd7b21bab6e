/* job_duty_copy.c - keeps this process's copy of the duty table and of the last resorts (duty_copy.h) at most ten seconds old; poked by changes. */
#include "clock.h"
#include "duty_copy.h"
#include "notify.h"
#include "shift_cache_store.h"

int notify_job_duty_copy (void *service, struct job_run *run, struct error *err)
{
    const struct notify *self = service;
    const struct shift_source source = { NULL, shift_cache_shifts };      /* computed: a copy for bad times does not lean on Redis */
    struct desk_line_list desks;
    struct duty_lines lines;

    if (!self->duty_copy)
        return 0;
    if (duty_load (run->db, run->arena, &source, NULL, run->now, run->now + COPY_DAYS * 86400LL * SECOND_US, &lines, err) < 0
        || roster_desks (run->db, run->arena, &desks, err) < 0)
        return -1;
    duty_copy_put (self->duty_copy, run->now, &lines, &desks);
    return 0;
}
