/* hear_authenticators_changed.c - with how many authenticators somebody can log in: kept for who enters a rotation.
 *
 * Takes:      authenticators_changed     (proto/registry/authenticators_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing; who is a member already stays one when the number falls
 * Repeats:    the newest version stays
 */
#include "authenticator_store.h"
#include "notify.h"

int notify_hear_authenticators_changed (struct notify *self, struct hearing *hearing, const struct authenticators_changed *event,
                                        struct error *err)
{
    (void) self;
    return authenticator_put (hearing->db, event, hearing->event->subjectversion, err);
}
