/* answer_incident_view.c - one incident: what came, who is on duty, what was answered; the record itself is a look-up.
 *
 * Takes:      incident_view
 * Refuses:    not_for_you  another organisation's incident
 * Publishes:  nothing; no ledger row is due: it shows what the partner itself sent and who is on
 *             duty; who the person is, is told by a look-up, which writes one
 * Repeats:    reads again
 */
#include "dispatch.h"
#include "incident_store.h"
#include "partner_store.h"

static struct incident_line *line_of (struct arena *arena, const struct incident *incident, const struct partner *partner, int64_t waiting)
{
    struct incident_line *line = arena_alloc (arena, sizeof *line);

    *line = (struct incident_line) {
        .incident_id = incident->incident_id, .number = incident->number, .partner = partner->name, .state = incident->state,
        .match = incident->match, .exercise = incident->exercise, .complaint = incident->complaint, .unit = incident->read->unit,
        .outcome = incident->outcome, .has_called_at = incident->read->has_called_at, .called_at = incident->read->called_at,
        .received_at = incident->received_at, .last_at = incident->last_at, .replies_waiting = waiting };
    return line;
}

static int add_contacts (struct request *request, const struct incident *incident, struct incident_view_answer *answer, struct error *err)
{
    struct ems_contacts_answer contacts = { 0 };

    if (!incident->contacts.size)
        return 0;
    if (codec_unpack (&ems_contacts_answer_message, incident->contacts, request->arena, &contacts, err) < 0)
        return -1;
    answer->contacts.items = contacts.contacts.items;
    answer->contacts.count = contacts.contacts.count;
    answer->has_contacts_at = incident->has_contacts_at;
    answer->contacts_at = incident->contacts_at;
    return 0;
}

int dispatch_handle_incident_view (struct dispatch *self, struct request *request, const struct incident_view *message,
                                   struct incident_view_answer *answer, struct error *err)
{
    const char **missing = arena_alloc (request->arena, sizeof *missing);
    const struct incident_message_line *messages;
    struct incident incident;
    struct partner partner;
    int64_t waiting;

    (void) self;
    if (incident_find (request->db, request->arena, message->incident_id, &incident, err) < 0)
        return -1;
    if (!incident.incident_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not an incident of this office");
    if (partner_find (request->db, request->arena, incident.partner_id, &partner, err) < 0
        || message_list (request->db, request->arena, incident.incident_id, &messages, &answer->messages.count, err) < 0
        || incident_waiting (request->db, incident.incident_id, &waiting, err) < 0 || add_contacts (request, &incident, answer, err) < 0)
        return -1;
    missing[0] = "contacts";
    answer->missing = (struct text_list) { missing, incident.state == INCIDENT_STATE_OPEN && answer->contacts.count == 0 };
    answer->messages.items = messages;
    answer->incident = line_of (request->arena, &incident, &partner, waiting);
    answer->place = incident.read->address;
    answer->complaint_text = incident.read->complaint_text;
    answer->caller_phone = incident.read->caller_phone;
    answer->crew_phone = incident.read->crew_phone;
    answer->response = incident.response;
    answer->patient_id = incident.patient_id;
    answer->alert_state = incident.alert_state;
    answer->has_in_hand = true;
    answer->in_hand = incident.read->has_in_hand && incident.read->in_hand;
    return 0;
}
