/* job_ems_keys.c - search keys of people who were recorded before there were any, or whose municipality got another name.
 *
 * Page by page until nobody waits; a page whose rows do not come out as counted is rolled back as a whole and tried again.
 */
#include "ems_key_store.h"
#include "jobs.h"

enum { AT_ONCE = 200 };

int sharing_ems_keys (void *self, struct job_run *run, struct error *err)
{
    struct ems_person_list people;

    (void) self;
    if (ems_key_store_waiting (run->db, run->arena, AT_ONCE, &people, err) < 0)
        return -1;
    for (size_t i = 0; i < people.count; i++)
        if (ems_key_store_fill (run->db, run->arena, &people.items[i], err) < 0)
            return -1;
    *run->again = people.count > 0;
    return 0;
}
