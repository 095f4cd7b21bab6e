/* hear_scheme_part_changed.c - an office joined the scheme of attending and deputy doctors, or its part changed: kept for the warnings of a
 * person's order (U-04).
 *
 * Takes:      scheme_part_changed        (proto/registry/scheme_part_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "scheme_store.h"

int notify_hear_scheme_part_changed (struct notify *self, struct hearing *hearing, const struct scheme_part_changed *event,
                                     struct error *err)
{
    (void) self;
    return scheme_put (hearing->db, hearing->arena, event, hearing->event->subjectversion, err);
}
