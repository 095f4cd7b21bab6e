/* incident_change.c - see incident_change.h. */
#include "incident_change.h"
#include "ids.h"
#include "response.h"

const char *incident_id_of (struct arena *arena, const char *partner_id, const char *number)
{
    char id[UUID_TEXT];

    uuid_from_name (partner_id, number, id);
    return arena_text (arena, id);
}

/* ---- events ------------------------------------------------------------------------------------------------------------------------- */

struct incident_changed incident_changed_of (const struct incident *incident, enum incident_change change)
{
    return (struct incident_changed) {
        .incident_id = incident->incident_id, .alert_id = incident->alert_id, .patient_id = incident->patient_id, .change = change,
        .complaint = incident->complaint, .tag = tag_of_complaint (incident->complaint, incident->terminal), .response = incident->response,
        .unit = incident->read->unit, .crew_phone = incident->read->crew_phone, .exercise = incident->exercise,
    };
}

void incident_matched_of (struct incident_changed *event, const struct incident *incident, const struct partner *partner)
{
    event->partner_id = partner->partner_id;
    event->partner_name = partner->name;
    event->number = incident->number;
    event->has_called_at = incident->read->has_called_at;
    event->called_at = incident->read->called_at;
    event->has_received_at = true;
    event->received_at = incident->received_at;
}

struct incident_result incident_result_of (const struct incident *incident, int64_t now)
{
    const struct intake_message *read = incident->read;

    return (struct incident_result) {
        .incident_id = incident->incident_id, .alert_id = incident->alert_id, .patient_id = incident->patient_id, .outcome = read->outcome,
        .hospital_name = read->hospital_name, .hospital_phone = read->hospital_phone, .has_arrived_at = read->has_arrived_at,
        .arrived_at = read->arrived_at, .has_family_joined = read->has_family_joined, .family_joined = read->family_joined,
        .handed_to = read->handed_to, .reported_at = now, .exercise = incident->exercise,
    };
}

struct incident_opened incident_opened_of (const struct incident *incident, const struct partner *partner)
{
    const struct intake_message *read = incident->read;

    return (struct incident_opened) {
        .incident_id = incident->incident_id, .partner_id = partner->partner_id, .partner_name = partner->name, .number = incident->number,
        .alert_id = incident->alert_id, .patient_id = incident->patient_id, .complaint = incident->complaint,
        .tag = tag_of_complaint (incident->complaint, incident->terminal), .response = incident->response, .exercise = incident->exercise,
        .has_called_at = read->has_called_at, .called_at = read->called_at, .received_at = incident->received_at, .unit = read->unit,
        .crew_phone = read->crew_phone,
    };
}

bool incident_wants_match (const struct incident *incident)
{
    return incident->match == MATCH_STATE_WAITING && (incident->state == INCIDENT_STATE_OPEN || incident->state == INCIDENT_STATE_CLOSED);
}

/* ---- change ------------------------------------------------------------------------------------------------------------------------- */

static void begin (struct incident *incident, const struct partner *partner, const char *incident_id, const char *number, int64_t now,
                   struct arena *arena)
{
    char alert[UUID_TEXT];

    uuid_new (alert);
    *incident = (struct incident) { .incident_id = incident_id, .partner_id = partner->partner_id, .number = number,
                                    .alert_id = arena_text (arena, alert), .match = MATCH_STATE_WAITING, .received_at = now };
}

static int take_over (struct incident *incident, const struct incident_fold *fold, int64_t now, struct arena *arena, struct error *err)
{
    struct intake_message *content = arena_alloc (arena, sizeof *content);

    *content = fold->content;
    incident->read = content;
    incident->state = fold->state;
    incident->exercise = fold->exercise;
    incident->raised |= fold->raise;
    incident->complaint = content->complaint ? content->complaint : INCIDENT_COMPLAINT_OTHER;
    incident->outcome = fold->state == INCIDENT_STATE_CLOSED ? content->outcome : (enum transport_outcome) 0;
    incident->last_at = now;
    return codec_pack (&intake_message_message, content, arena, &incident->content, err);
}

static int tell (struct request *request, const struct incident *incident, enum incident_change change, struct error *err)
{
    struct incident_changed event = incident_changed_of (incident, change);

    return announce (request, &incident_changed_message, &event, incident->located_in, err);
}

static int tell_all (struct request *request, const struct incident *incident, const struct incident_step *step, struct error *err)
{
    if ((step->cancelled && tell (request, incident, INCIDENT_CHANGE_CANCELLED, err) < 0)
        || (step->raised && tell (request, incident, INCIDENT_CHANGE_RAISED, err) < 0)
        || (step->in_hand && tell (request, incident, INCIDENT_CHANGE_IN_HAND, err) < 0)
        || (step->updated && tell (request, incident, INCIDENT_CHANGE_UPDATED, err) < 0))
        return -1;
    return 0;
}

/* A person may be looked for again when there is something new to look by. */
static bool can_match_anew (const struct incident *incident, const struct intake_message *was)
{
    const struct intake_message *now = incident->read;

    return !incident->patient_id && (!was || !was->card != !now->card || !was->name_kana != !now->name_kana || !was->name != !now->name
        || !was->birth_date != !now->birth_date || !was->phone != !now->phone || !was->caller_phone != !now->caller_phone
        || !was->address != !now->address);
}

int incident_change (struct request *request, const struct partner *partner, const char *incident_id, const char *number,
                     const struct intake_message *extra, struct incident *incident, struct error *err)
{
    const struct intake_message **messages, *was = incident->incident_id ? incident->read : NULL;
    struct incident_was before = { incident->state, incident->opened, incident->exercise, was };
    const struct partner_rule *rules;
    struct incident_fold fold;
    struct incident_step step;
    char alert[UUID_TEXT];
    size_t count, rule_count;

    if (message_all (request->db, request->arena, incident_id, &messages, &count, err) < 0
        || partner_rules_read (request->db, request->arena, partner->partner_id, &rules, &rule_count, err) < 0)
        return -1;
    if (extra)
        messages[count++] = extra;
    if (!incident->incident_id)
        begin (incident, partner, incident_id, number, request->now, request->arena);
    incident_fold (messages, count, &fold);
    step = incident_next (&before, &fold);
    if (take_over (incident, &fold, request->now, request->arena, err) < 0)
        return -1;
    incident->response = response_of (rules, rule_count, incident->complaint, incident->terminal, incident->raised);
    if (step.reopen) {
        uuid_new (alert);
        incident->alert_id = arena_text (request->arena, alert);
        incident->opened = false;
    }
    incident->reply_due |= step.reply;
    incident->result_due |= step.result;
    if ((step.open || step.result || step.updated) && can_match_anew (incident, was))
        incident->match = MATCH_STATE_WAITING;
    if (incident_write (request->db, incident, incident_wants_match (incident) ? request->now : 0, err) < 0
        || (step.result && result_add (request->db, incident_id, incident->read, request->actor->person_id, request->now, err) < 0)
        || tell_all (request, incident, &step, err) < 0)
        return -1;
    poke_after_commit (request->batch, "incident");
    return 0;
}
