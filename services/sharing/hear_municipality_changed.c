/* hear_municipality_changed.c - registry: a municipality of the region was added or renamed.
 *
 * Effect: its row here.  Addresses are compared without the municipality's name, so its people's search keys are made again (job ems_keys).
 */
#include "ems_key_store.h"
#include "registry_store.h"

int sharing_hear_municipality_changed (struct sharing *self, struct hearing *hearing, const struct municipality_changed *event,
                                       struct error *err)
{
    (void) self;
    if (ems_key_store_renamed (hearing->db, event->code, event->name, err) < 0)
        return -1;
    return registry_store_municipality (hearing->db, event, hearing->event->subjectversion, err);
}
