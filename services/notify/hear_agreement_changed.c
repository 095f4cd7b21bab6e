/* hear_agreement_changed.c - two municipalities agreed on sharing, changed or ended it.
 *
 * Takes:      agreement_changed          (proto/registry/agreement_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "projection_store.h"

int notify_hear_agreement_changed (struct notify *self, struct hearing *hearing, const struct agreement_changed *event, struct error *err)
{
    (void) self;
    return projection_put_agreement (hearing->db, event, hearing->event->subjectversion, err);
}
