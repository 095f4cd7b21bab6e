/* hear_patient_changed.c - the head of a person's record: what an alert needs to name the person.
 *
 * Takes:      patient_changed            (proto/sharing/patient_changed.event)
 * Refuses:    nothing
 * Publishes:  a notice to the team, but not to whoever changed it, and not while a projection is rebuilt
 * Repeats:    the newest version stays
 */
#include "feed_store.h"
#include "notify.h"
#include "projection_store.h"

static int tell_team (struct hearing *hearing, const struct patient_changed *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_PATIENT_CHANGED, .at = hearing->event->time, .patient_id = event->patient_id,
                                   .by = event->by };

    return feed_add_team (&feed, &notice, err);
}

int notify_hear_patient_changed (struct notify *self, struct hearing *hearing, const struct patient_changed *event, struct error *err)
{
    (void) self;
    if (projection_put_patient (hearing->db, event, hearing->event->subjectversion, err) < 0)
        return -1;
    return hearing->replay ? 0 : tell_team (hearing, event, err);
}
