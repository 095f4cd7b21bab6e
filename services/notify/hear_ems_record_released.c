/* hear_ems_record_released.c - a record was released to the ambulance service.  After break-glass the care manager and those who answer for
 * the municipality's data are told at once (EMS-10); an ordinary release stands in the ledger only.
 *
 * Takes:      ems_record_released            (proto/sharing/ems_record_released.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    heard once (inbox)
 */
#include "act.h"
#include "incident_store.h"

int notify_hear_ems_record_released (struct notify *self, struct hearing *hearing, const struct ems_record_released *event,
                                     struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_EMERGENCY_ACCESS, .at = hearing->now, .urgent = true,
                                   .patient_id = event->patient_id };
    struct act act = act_of_hearing (self, hearing);
    struct feed_writer feed = act_feed (&act);
    struct text_list people;

    if (hearing->replay || event->ground != EMS_GROUND_BREAK_GLASS)
        return 0;
    if (team_managers_and_keepers (hearing->db, hearing->arena, event->patient_id, hearing->event->municipality, &people, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, people, err);
}
