/* job_last_resort.c - asks notify after each town's last resort from time to time, so that a reply carries its number when notify is away.
 */
#include "asking.h"
#include "reply_store.h"

int dispatch_job_last_resort (void *service, struct job_run *run, struct error *err)
{
    struct ems_contacts query = { 0 };
    struct ems_contacts_answer answer = { 0 };
    const struct ems_contact *last;
    struct asking asking;

    if (last_known_stale (run->db, run->arena, run->now, &query.municipality, err) < 0)
        return -1;
    if (!query.municipality)
        return 0;
    asking_of_job (&asking, service, run, 1000);
    if (!ask_contacts (&asking, &query, &answer) || answer.contacts.count == 0)
        return 0;
    last = &answer.contacts.items[answer.contacts.count - 1];
    *run->again = true;
    return last_known_put (run->db, query.municipality, last->name, last->phone, run->now, err);
}
