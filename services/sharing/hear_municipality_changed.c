/* hear_municipality_changed.c - registry: a municipality of the region was added or renamed.  Effect: its row here. */
#include "registry_store.h"

int sharing_hear_municipality_changed (struct sharing *self, struct hearing *hearing, const struct municipality_changed *event,
                                       struct error *err)
{
    (void) self;
    return registry_store_municipality (hearing->db, event, hearing->event->subjectversion, err);
}
