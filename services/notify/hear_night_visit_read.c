/* hear_night_visit_read.c - a doctor of the person has read the report of a visit: nothing more is asked for (U-33).
 *
 * Takes:      night_visit_read           (proto/sharing/night_visit_read.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    the first reader stays
 */
#include "night_store.h"
#include "notify.h"

int notify_hear_night_visit_read (struct notify *self, struct hearing *hearing, const struct night_visit_read *event, struct error *err)
{
    (void) self;
    if (hearing->replay || !hearing->event->municipality)
        return 0;
    return night_report_read (hearing->db, event, hearing->event->municipality, hearing->event->time, err);
}
