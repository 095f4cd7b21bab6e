/* hear_contact_point_changed.c - how a person is reached has changed.
 *
 * Takes:      contact_point_changed      (proto/registry/contact_point_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "projection_store.h"

int notify_hear_contact_point_changed (struct notify *self, struct hearing *hearing, const struct contact_point_changed *event,
                                       struct error *err)
{
    (void) self;
    return projection_put_contact_point (hearing->db, event, hearing->event->subjectversion, err);
}
