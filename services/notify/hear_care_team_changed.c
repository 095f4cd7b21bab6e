/* hear_care_team_changed.c - the care team of a person, whole: who reports, who is informed, who may see.
 *
 * Takes:      care_team_changed          (proto/sharing/care_team_changed.event)
 * Refuses:    nothing
 * Publishes:  a notice to whoever has just joined; when 主治医 or 副主治医 are others than before, one to the rest of the team (U-12)
 * Repeats:    the team is written anew
 */
#include <string.h>
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

static bool is_doctor (enum team_seat seat)
{
    return seat == TEAM_SEAT_ATTENDING_DOCTOR || seat == TEAM_SEAT_DEPUTY_DOCTOR;
}

/* before: seat and person of each, as projection_doctors gives them; nobody: the team is new. */
static bool doctors_differ (struct arena *arena, const struct care_team_changed *event, struct text_list before)
{
    size_t doctors = 0, same = 0;

    for (size_t i = 0; i < event->seats.count; i++) {
        const struct team_seat_state *seat = &event->seats.items[i];
        const char *both = arena_print (arena, "%d %s", (int) seat->seat, seat->person_id);

        if (!is_doctor (seat->seat))
            continue;
        doctors++;
        for (size_t j = 0; j < before.count; j++)
            same += strcmp (before.items[j], both) == 0;
    }
    return before.count > 0 && (doctors != before.count || same != doctors);
}

static int tell_doctors (struct hearing *hearing, const struct care_team_changed *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_DOCTORS_CHANGED, .at = hearing->event->time, .patient_id = event->patient_id,
                                   .by = hearing->event->actor };

    return feed_add_team (&feed, &notice, err);
}

int notify_hear_care_team_changed (struct notify *self, struct hearing *hearing, const struct care_team_changed *event, struct error *err)
{
    const char *municipality = hearing->event->municipality;
    struct text_list before;

    (void) self;
    if (!municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "a team without municipality");
    if (projection_doctors (hearing->db, hearing->arena, municipality, event->patient_id, &before, err) < 0
        || projection_put_team (hearing->db, event, municipality, err) < 0
        || projection_refresh_access (hearing->db, municipality, event->patient_id, err) < 0)
        return -1;
    if (hearing->replay)
        return 0;
    if (doctors_differ (hearing->arena, event, before) && tell_doctors (hearing, event, err) < 0)
        return -1;
    return event->joined ? tell_joined (hearing, event, err) : 0;
}
