/* hear_care_team_changed.c - the care team of a person, whole: who reports, who is informed, who may see.
 *
 * Takes:      care_team_changed          (proto/sharing/care_team_changed.event)
 * Refuses:    nothing
 * Publishes:  a notice to whoever has just joined
 * Repeats:    the team is written anew
 */
#include "feed_store.h"
#include "notify.h"
#include "projection_store.h"

static int tell_joined (struct hearing *hearing, const struct care_team_changed *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_TEAM_JOINED, .at = hearing->event->time, .patient_id = event->patient_id,
                                   .by = hearing->event->actor };

    return feed_add_people (&feed, &notice, (struct text_list) { .items = &event->joined, .count = 1 }, err);
}

int notify_hear_care_team_changed (struct notify *self, struct hearing *hearing, const struct care_team_changed *event, struct error *err)
{
    const char *municipality = hearing->event->municipality;

    (void) self;
    if (!municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "a team without municipality");
    if (projection_put_team (hearing->db, event, municipality, err) < 0
        || projection_refresh_access (hearing->db, municipality, event->patient_id, err) < 0)
        return -1;
    return event->joined && !hearing->replay ? tell_joined (hearing, event, err) : 0;
}
