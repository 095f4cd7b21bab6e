/* hear_consent_changed.c - the consents of a person in force: whether the order of doctors may be used, and who may see.
 *
 * Takes:      consent_changed            (proto/sharing/consent_changed.event)
 * Refuses:    nothing
 * Publishes:  a notice to the team, but not to whoever recorded it, and not while a projection is rebuilt
 * Repeats:    the newest version stays
 */
#include "feed_store.h"
#include "notify.h"
#include "projection_store.h"

static int tell_team (struct hearing *hearing, const struct consent_changed *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_CONSENT_CHANGED, .at = hearing->event->time, .patient_id = event->patient_id,
                                   .by = hearing->event->actor };

    return feed_add_team (&feed, &notice, err);
}

int notify_hear_consent_changed (struct notify *self, struct hearing *hearing, const struct consent_changed *event, struct error *err)
{
    const char *municipality = hearing->event->municipality;

    (void) self;
    if (!municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "a consent without municipality");
    if (projection_put_consent (hearing->db, hearing->arena, event, municipality, hearing->event->subjectversion, err) < 0
        || projection_refresh_access (hearing->db, municipality, event->patient_id, err) < 0)
        return -1;
    return hearing->replay ? 0 : tell_team (hearing, event, err);
}
