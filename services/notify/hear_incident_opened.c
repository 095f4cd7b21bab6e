/* hear_incident_opened.c - dispatch sent an ambulance: the people on duty are called at once.
 *
 * Takes:      incident_opened                (proto/dispatch/incident_opened.event)
 * Refuses:    nothing; without a person found the incident is kept and nobody is called
 * Publishes:  alert_person_asked for everybody asked, urgent; alert_moved follows from the engine
 * Repeats:    heard once (inbox)
 */
#include "incident_alert.h"

int notify_hear_incident_opened (struct notify *self, struct hearing *hearing, const struct incident_opened *event, struct error *err)
{
    struct act act = act_of_hearing (self, hearing);
    const struct incident_case what = { .incident_id = event->incident_id, .alert_id = event->alert_id, .patient_id = event->patient_id,
        .municipality = hearing->event->municipality, .partner_name = event->partner_name, .number = event->number, .unit = event->unit,
        .crew_phone = event->crew_phone, .complaint = event->complaint, .tag = event->tag, .response = event->response,
        .exercise = event->exercise, .called_at = event->called_at, .received_at = event->received_at };
    const struct incident_row unmatched = { .incident_id = event->incident_id, .partner_name = event->partner_name,
        .number = event->number, .complaint = event->complaint, .exercise = event->exercise, .unit = event->unit,
        .crew_phone = event->crew_phone };

    if (hearing->replay)
        return 0;
    if (!event->patient_id || !what.municipality)
        return incident_put (hearing->db, &unmatched, err);
    return incident_open (&act, &what, err);
}
