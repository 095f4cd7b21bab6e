/* answer_ems_contacts.c - whom dispatch can call now: the resolver's answer, with the open alert's course.
 *
 * Takes:      ems_contacts                   (proto/notify/ems_contacts.query), from dispatch only
 * Refuses:    nothing: a person not known here has the municipality's last resort
 * Publishes:  nothing; dispatch writes what it shows into its own ledger
 * Repeats:    reads again
 */
#include "alert_contacts.h"
#include "notify.h"

/* The incident's alert, else the person's open one. */
static int find_alert (struct request *request, const struct ems_contacts *message, struct alert_row *ret, struct error *err)
{
    struct incident_row incident = { 0 };
    const char *alert_id = NULL;

    *ret = (struct alert_row) { 0 };
    if (message->incident_id && incident_get (request->db, request->arena, message->incident_id, &incident, err) < 0)
        return -1;
    alert_id = incident.alert_id;
    if (!alert_id && message->patient_id
        && alert_to_join (request->db, request->arena, message->patient_id, 0,
                          incident.exercise, &alert_id, err) < 0)
        return -1;
    return alert_id ? alert_get (request->db, request->arena, alert_id, false, ret, err) : 0;
}

int notify_handle_ems_contacts (struct notify *self, struct request *request, const struct ems_contacts *message,
                                struct ems_contacts_answer *answer, struct error *err)
{
    int64_t at = message->has_at ? message->at : request->now;
    struct alert_row alert;

    (void) self;
    if (find_alert (request, message, &alert, err) < 0)
        return -1;
    if (alert.alert_id) {
        answer->alert_id = alert.alert_id;
        answer->alert_state = alert.state;
    } else
        alert.patient_id = message->patient_id;
    alert.municipality = message->municipality;
    if (message->tag || !alert.tag)
        alert.tag = message->tag ? message->tag : CONDITION_TAG_OTHER;
    return alert_contacts_load (request->db, request->arena, &alert, at, &answer->contacts, err);
}
