/* own_message.c - see own_message.h. */
#include "own_message.h"
#include "ids.h"

static int keep (struct request *request, const struct incident *incident, const struct intake_message *message, struct error *err)
{
    struct intake intake = { .message = *message, .format = MESSAGE_FORMAT_JSON, .verdict = INTAKE_VERDICT_ACCEPTED };
    struct new_message new = { .partner_id = incident->partner_id,
                               .sender = message->sender,
                               .id = message->id,
                               .incident_id = incident->incident_id,
                               .intake = &intake,
                               .ack = { (const unsigned char *)"", 0 },
                               .ack_media = "none",
                               .has_sent = true };
    bool is_new;

    if (codec_pack (&intake_message_message, message, request->arena, &new.content, err) < 0)
        return -1;
    new.raw = new.content;
    new.sha256 = key_hash (request->arena, message->id);
    return message_add (request->db, &new, request->now, &is_new, err);
}

int own_message_take (struct request *request, const char *incident_id, bool also_closed, struct intake_message *message, struct error *err)
{
    struct incident incident;
    struct partner partner;
    char id[UUID_TEXT];
    int64_t version;

    if (subject_lock (request->db, request->arena, incident_id, &version, err) < 0
        || incident_find (request->db, request->arena, incident_id, &incident, err) < 0)
        return -1;
    if (!incident.incident_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not an incident of this office");
    if (incident.state != INCIDENT_STATE_OPEN && !(also_closed && incident.state == INCIDENT_STATE_CLOSED))
        return fail (err, ERROR_ALREADY_ENDED, NULL, "the incident has ended");
    if (partner_find (request->db, request->arena, incident.partner_id, &partner, err) < 0)
        return -1;
    uuid_new (id);
    message->id = arena_text (request->arena, id);
    message->sender = "renkei";
    message->status = incident.exercise ? INCIDENT_STATUS_EXERCISE : INCIDENT_STATUS_ACTUAL;
    message->sent = request->now;
    message->incident = incident.number;
    if (incident_change (request, &partner, incident_id, incident.number, message, &incident, err) < 0)
        return -1;
    return keep (request, &incident, message, err);
}
