/* incident_alert.c - see incident_alert.h. */
#include "incident_alert.h"
#include "clock.h"
#include "incident_words.h"

static struct alert_row draft (const struct act *act, const struct incident_case *what)
{
    return (struct alert_row) {
        .municipality = what->municipality, .alert_id = what->alert_id, .patient_id = what->patient_id, .class = ALERT_CLASS_E0,
        .urgency = incident_urgency (what->complaint), .tag = what->tag, .reporter = REPORTER_KIND_DISPATCH, .exercise = what->exercise,
        .response = what->response, .callback = what->crew_phone, .reporter_name = what->partner_name, .has_incident = true,
        .observed_at = what->called_at && what->called_at < act->now ? what->called_at : act->now, .received_at = act->now };
}

static int open_new (struct act *act, const struct incident_case *what, const struct entry_row *entry, struct error *err)
{
    struct alert_row alert = draft (act, what);
    struct resolver_input input;
    int64_t informed;

    if (alert_gather (act, &alert, &input, err) < 0)
        return -1;
    return alert_start (act, &alert, &input, entry, &informed, err);
}

int incident_open (struct act *act, const struct incident_case *what, struct error *err)
{
    struct incident_row incident = { .incident_id = what->incident_id, .municipality = what->municipality, .patient_id = what->patient_id,
        .alert_id = what->alert_id, .partner_name = what->partner_name, .number = what->number, .complaint = what->complaint,
        .exercise = what->exercise, .unit = what->unit, .crew_phone = what->crew_phone };
    const struct entry_row entry = { .entry_id = what->incident_id, .at = act->now, .class = ALERT_CLASS_E0,
        .reporter_name = what->partner_name, .happened = incident_words (act->arena, what->complaint, what->unit, what->crew_phone),
        .incident_id = what->incident_id, .number = what->number, .unit = what->unit, .crew_phone = what->crew_phone };
    struct alert_row alert;
    const char *open;

    if (alert_turn (act->db, err) < 0
        || alert_to_join (act->db, act->arena, what->patient_id, act->now - act->self->merge_us, what->exercise, &open, err) < 0)
        return -1;
    if (open)
        incident.alert_id = open;
    if (incident_put (act->db, &incident, err) < 0)
        return -1;
    if (!open)
        return open_new (act, what, &entry, err);
    if (alert_get (act->db, act->arena, open, true, &alert, err) < 0)
        return -1;
    return alert_join (act, &alert, &entry, incident_urgency (what->complaint), what->tag, what->response, err);
}

int incident_alert (struct act *act, const char *incident_id, struct incident_row *ret_incident, struct alert_row *ret, struct error *err)
{
    *ret = (struct alert_row) { 0 };
    if (alert_turn (act->db, err) < 0
        || incident_get (act->db, act->arena, incident_id, ret_incident, err) < 0)
        return -1;
    return ret_incident->alert_id ? alert_get (act->db, act->arena, ret_incident->alert_id, true, ret, err) : 0;
}
