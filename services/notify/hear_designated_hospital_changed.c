/* hear_designated_hospital_changed.c - a person's designated hospital: whom the accepting doctor may ask.
 *
 * Takes:      designated_hospital_changed    (proto/sharing/designated_hospital_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    an older version never wins
 */
#include "incident_store.h"
#include "notify.h"

int notify_hear_designated_hospital_changed (struct notify *self, struct hearing *hearing, const struct designated_hospital_changed *event,
                                             struct error *err)
{
    (void) self;
    if (!hearing->event->municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "a hospital without municipality");
    return hospital_put (hearing->db, event, hearing->event->municipality, hearing->event->subjectversion, err);
}
