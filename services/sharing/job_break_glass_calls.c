/* job_break_glass_calls.c - an opening without consent that nobody has reviewed within 24 hours escalates, and again each day (S-36).
 *
 * What is due stands in rows and moves on in the transaction that tells: killed anywhere, each step is told once.  A region that was down
 * for days tells one step when it is back, not all that it missed.
 */
#include "break_glass_store.h"
#include "jobs.h"

int sharing_break_glass_calls (void *self, struct job_run *run, struct error *err)
{
    struct break_glass_calls due;

    (void) self;
    if (break_glass_store_call (run->db, run->arena, run->now, &due, err) < 0)
        return -1;
    for (size_t i = 0; i < due.count; i++)
        if (job_announce (run, &break_glass_unreviewed_message, &due.items[i].event, due.items[i].municipality, err) < 0)
            return -1;
    *run->again = due.count > 0;
    return 0;
}
