/* hear_night_entrust_changed.c - a person's doctor entrusts visits at night to another office's duty, or has taken that back (U-33).
 *
 * Takes:      night_entrust_changed      (proto/sharing/night_entrust_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    an older version never wins
 */
#include "night_store.h"
#include "notify.h"

int notify_hear_night_entrust_changed (struct notify *self, struct hearing *hearing, const struct night_entrust_changed *event,
                                       struct error *err)
{
    (void) self;
    if (!hearing->event->municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "an entrustment without municipality");
    return night_entrust_put (hearing->db, hearing->arena, event, hearing->event->municipality, hearing->event->subjectversion, err);
}
