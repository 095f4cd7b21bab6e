/* hear_office_changed.c - an office was added or changed: its name and telephones for whoever is asked.
 *
 * Takes:      office_changed             (proto/registry/office_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "projection_store.h"

int notify_hear_office_changed (struct notify *self, struct hearing *hearing, const struct office_changed *event, struct error *err)
{
    (void) self;
    return projection_put_office (hearing->db, event, hearing->event->subjectversion, err);
}
