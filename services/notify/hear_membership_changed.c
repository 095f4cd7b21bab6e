/* hear_membership_changed.c - a person joined, changed roles in, or left an office: names and who may answer for an office.
 *
 * Takes:      membership_changed         (proto/registry/membership_changed.event)
 * Refuses:    nothing
 * Publishes:  nothing; who has left is not asked any more, so open alerts are planned again
 * Repeats:    the newest version stays
 */
#include "notify.h"
#include "projection_store.h"
#include "roster_store.h"

int notify_hear_membership_changed (struct notify *self, struct hearing *hearing, const struct membership_changed *event, struct error *err)
{
    (void) self;
    if (projection_put_membership (hearing->db, event, hearing->event->subjectversion, err) < 0)
        return -1;
    if (hearing->replay || event->roles.count > 0)
        return 0;
    poke_after_commit (hearing->batch, "alert_engine");
    return roster_changed (hearing->db, err);
}
