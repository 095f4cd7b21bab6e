/* job_deliver.c - wakes the sender after a commit that queued messages; the sender also looks every second. */
#include "notify.h"
#include "sender.h"

int notify_job_deliver (void *self, struct job_run *run, struct error *err)
{
    struct sender *sender = ((struct notify *) self)->sender;

    (void) run;
    (void) err;
    if (sender)
        sender_poke (sender);
    return 0;
}
