/* hear_municipality_changed.c - a municipality was added or changed.
 *
 * Takes:      municipality_changed       (proto/registry/municipality_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "projection_store.h"

int notify_hear_municipality_changed (struct notify *self, struct hearing *hearing, const struct municipality_changed *event,
                                      struct error *err)
{
    (void) self;
    return projection_put_municipality (hearing->db, event, hearing->event->subjectversion, err);
}
