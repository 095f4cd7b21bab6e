/* job_incident.c - finds the person of an incident, opens its alert, and tells the partner whom to call.
 *
 * One incident a run.  The other services are asked first, without a lock, within 1.8 s in all; then the incident is locked, read again,
 * and everything is written in one transaction.  Whoever did not answer is named in the reply; matching is tried again every 5 s.
 */
#include "asking.h"
#include "ids.h"
#include "incident_change.h"
#include "reply.h"
#include "reply_store.h"
#include "response.h"

enum { BUDGET_MS = 1800, MATCH_AGAIN_US = 5 * 1000000, MISSING_MOST = 3 };
#define REPLY_LIFE_US (4 * 3600 * 1000000ll)

struct composing {
    struct job_run *run;
    struct asking asking;
    struct partner partner;
    struct incident incident;
    bool asked, found, strong;          /* sharing was asked who it is; it answered; the record may be released at once */
    enum match_result result;
    const struct ems_candidate *person; /* the one; NULL when not certain */
    struct ems_record_answer record;
    bool has_record;
    struct ems_contacts_answer contacts;
    bool has_contacts, contacts_are_new;
    int64_t contacts_at;
    const char *missing[MISSING_MOST];
    size_t missing_count;
};

static void miss (struct composing *all, const char *what)
{
    if (all->missing_count < MISSING_MOST)
        all->missing[all->missing_count++] = what;
}

/* ---- questions ---------------------------------------------------------------------------------------------------------------------- */

static bool has_keys (const struct ems_find *query)
{
    return query->card || query->phone || query->other_phone || query->name || query->name_kana || query->address;
}

static void find_person (struct composing *all)
{
    struct ems_find query = find_of_message (all->incident.read, &all->partner);
    struct ems_find_answer answer = { 0 };

    if (!all->incident.match_due || all->incident.match != MATCH_STATE_WAITING)
        return;
    all->asked = true;
    all->result = MATCH_RESULT_NONE;
    all->found = !has_keys (&query) || ask_find (&all->asking, &query, &answer);
    if (!all->found) {
        all->result = (enum match_result) 0;
        miss (all, "match");
        return;
    }
    if (!has_keys (&query))
        return;
    all->result = answer.result;
    if (answer.result == MATCH_RESULT_UNIQUE && answer.candidates.count == 1) {
        all->person = &answer.candidates.items[0];
        all->strong = all->person->strong;
    }
}

/* Released at once only for the card or two independent keys (§4.6); and anew, never from memory, when a reply with the record has not left
 * and this one takes its place. */
static int fetch_record (struct composing *all, struct error *err)
{
    struct error refused;
    struct ems_record query = {
        .municipalities = all->partner.municipalities, .ground = EMS_GROUND_UNIQUE_MATCH, .incident_id = all->incident.incident_id,
        .running = all->incident.state == INCIDENT_STATE_OPEN, .partner_id = all->partner.partner_id, .partner_name = all->partner.name,
        .unit = all->incident.read->unit };
    struct enum_list fields = fields_of_partner (all->run->arena, &all->partner);
    bool waits;

    if (reply_record_waits (all->run->db, all->incident.incident_id, &waits, err) < 0)
        return -1;
    query.patient_id = all->person ? all->person->patient_id : all->incident.patient_id;
    query.fields.items = fields.items;
    query.fields.count = fields.count;
    if (!query.patient_id || !(all->person ? all->strong : waits))
        return 0;
    all->has_record = ask_record (&all->asking, &query, &all->record, &refused);
    if (!all->has_record)
        miss (all, "record");
    return 0;
}

static int stored_contacts (struct composing *all, struct error *err)
{
    if (!all->incident.contacts.data || !all->incident.contacts.size)
        return 0;
    if (codec_unpack (&ems_contacts_answer_message, all->incident.contacts, all->run->arena, &all->contacts, err) < 0)
        return -1;
    all->has_contacts = true;
    all->contacts_at = all->incident.contacts_at;
    return 0;
}

/* With notify away: the last resort as it was last known, so that no reply is without a number. */
static int last_known_contact (struct composing *all, const char *town, struct error *err)
{
    struct last_known known;
    struct ems_contact *contact = arena_alloc (all->run->arena, sizeof *contact);

    if (last_known_find (all->run->db, all->run->arena, town, &known, err) < 0)
        return -1;
    if (!known.name)
        return 0;
    *contact = (struct ems_contact){ .order = 1,
                                     .target = TARGET_KIND_LAST_RESORT,
                                     .role = "最終連絡先",
                                     .name = known.name,
                                     .phone = known.phone,
                                     .state = EMS_CONTACT_STATE_ALWAYS };
    all->contacts.contacts.items = contact;
    all->contacts.contacts.count = 1;
    all->contacts_at = known.at;
    all->has_contacts = true;
    return 0;
}

static const char *town_of (const struct composing *all)
{
    return all->person ? all->person->municipality : all->incident.located_in ? all->incident.located_in
           : all->partner.municipalities.count ? all->partner.municipalities.items[0] : "";
}

static int fetch_contacts (struct composing *all, struct error *err)
{
    const char *patient = all->person ? all->person->patient_id : all->incident.patient_id;
    bool terminal = all->has_record && all->record.acp && all->record.acp->terminal_phase;
    struct ems_contacts query = { .municipality = town_of (all), .patient_id = patient, .incident_id = all->incident.incident_id,
                                  .tag = tag_of_complaint (all->incident.complaint, terminal || all->incident.terminal) };

    if (all->incident.contacts_fresh && !all->person)
        return stored_contacts (all, err);
    if (ask_contacts (&all->asking, &query, &all->contacts)) {
        all->has_contacts = all->contacts_are_new = true;
        all->contacts_at = all->run->now;
        return 0;
    }
    miss (all, "contacts");
    if (stored_contacts (all, err) < 0)
        return -1;
    return all->has_contacts ? 0 : last_known_contact (all, query.municipality, err);
}

static int remember_last_resort (struct composing *all, struct error *err)
{
    size_t count = all->contacts.contacts.count;
    const struct ems_contact *last = count ? &all->contacts.contacts.items[count - 1] : NULL;

    if (!all->contacts_are_new || !last || last->target != TARGET_KIND_LAST_RESORT)
        return 0;
    return last_known_put (all->run->db, town_of (all), last->name, last->phone, all->run->now, err);
}

/* ---- what follows ------------------------------------------------------------------------------------------------------------------- */

static bool is_unmatched_still (const struct composing *all, const struct incident *incident)
{
    return all->asked && incident->match == MATCH_STATE_WAITING && !incident->patient_id;
}

/* True when the person is known now and was not before. */
static bool take_match (struct composing *all, struct incident *incident)
{
    if (!is_unmatched_still (all, incident))
        return false;
    incident->match_attempts++;
    if (!all->found)
        return false;
    incident->match = all->person ? MATCH_STATE_FOUND : all->result == MATCH_RESULT_NONE ? MATCH_STATE_NOT_FOUND : MATCH_STATE_CHOOSE;
    if (!all->person)
        return false;
    incident->patient_id = all->person->patient_id;
    incident->located_in = all->person->municipality;
    incident->matched_by = (struct enum_list) { (const int *) all->person->by.items, all->person->by.count };
    incident->terminal = all->has_record && all->record.acp && all->record.acp->terminal_phase;
    return true;
}

static int open_alert (struct composing *all, struct incident *incident, struct error *err)
{
    struct incident_opened event = incident_opened_of (incident, &all->partner);

    incident->opened = true;
    return job_announce (all->run, &incident_opened_message, &event, incident->located_in, err);
}

static int tell_matched (struct composing *all, struct incident *incident, struct error *err)
{
    struct incident_changed event = incident_changed_of (incident, INCIDENT_CHANGE_MATCHED);

    incident_matched_of (&event, incident, &all->partner);
    return job_announce (all->run, &incident_changed_message, &event, incident->located_in, err);
}

static int tell_result (struct composing *all, struct incident *incident, struct error *err)
{
    struct incident_result event = incident_result_of (incident, all->run->now);

    incident->result_due = false;
    return job_announce (all->run, &incident_result_message, &event, incident->located_in, err);
}

static int announce_all (struct composing *all, struct incident *incident, bool matched, struct error *err)
{
    if (incident->state == INCIDENT_STATE_OPEN && !incident->opened)
        return open_alert (all, incident, err);
    if (incident->state == INCIDENT_STATE_OPEN && matched && tell_matched (all, incident, err) < 0)
        return -1;
    if (incident->state == INCIDENT_STATE_CLOSED && (incident->result_due || matched))
        return tell_result (all, incident, err);
    return 0;
}

/* ---- the reply ---------------------------------------------------------------------------------------------------------------------- */

static enum match_result result_of (const struct composing *all, const struct incident *incident)
{
    if (all->asked && all->found)
        return all->result;
    return incident->match == MATCH_STATE_FOUND ? MATCH_RESULT_UNIQUE : incident->match == MATCH_STATE_CHOOSE ? MATCH_RESULT_MULTIPLE
           : incident->match == MATCH_STATE_NOT_FOUND ? MATCH_RESULT_NONE : (enum match_result) 0;
}

static int write_reply (struct composing *all, const struct incident *incident, struct error *err)
{
    struct arena *arena = all->run->arena;
    struct reply_facts facts = {
        .incident = incident, .result = result_of (all, incident), .contacts = all->contacts.contacts.items,
        .contact_count = all->contacts.contacts.count, .contacts_at = all->contacts_at, .record = all->has_record ? &all->record : NULL,
        .missing = { all->missing, all->missing_count }, .expires = all->run->now + REPLY_LIFE_US };
    enum message_format format;
    char id[UUID_TEXT];
    struct report report;
    struct bytes body;
    const char *media;

    if (message_report (all->run->db, arena, incident->incident_id, &report, err) < 0)
        return -1;
    uuid_new (id);
    format = all->partner.reply_format             ? all->partner.reply_format
             : report.format == MESSAGE_FORMAT_CAP ? MESSAGE_FORMAT_CAP
                                                   : MESSAGE_FORMAT_JSON;
    facts.head = (struct document_head) {
        .id = arena_print (arena, "renkei-reply-%s", id), .region = all->partner.region,
        .to = report.sender ? report.sender : all->partner.senders.items[0],
        .status = incident->exercise ? incident->read->status != INCIDENT_STATUS_ACTUAL ? incident->read->status : INCIDENT_STATUS_EXERCISE
                                     : INCIDENT_STATUS_ACTUAL,
        .sent = all->run->now, .incident = incident->number, .reference = report.id, .reference_sent = report.sent_at };
    body = reply_write (arena, format, &facts, &media);
    poke_after_commit (all->run->batch, "reply");
    return reply_add (
        all->run->db,
        &(struct new_reply){ facts.head.id, all->partner.partner_id, incident->incident_id, media, body, all->has_record, facts.expires },
        all->run->now, err);
}

static int pack_contacts (struct composing *all, struct incident *incident, struct error *err)
{
    if (!all->contacts_are_new)
        return 0;
    incident->contacts_at = all->contacts_at;
    return codec_pack (&ems_contacts_answer_message, &all->contacts, all->run->arena, &incident->contacts_new, err);
}

static int decide_response (struct composing *all, struct incident *incident, struct error *err)
{
    const struct partner_rule *rules;
    size_t count;

    if (partner_rules_read (all->run->db, all->run->arena, all->partner.partner_id, &rules, &count, err) < 0)
        return -1;
    incident->response = response_of (rules, count, incident->complaint, incident->terminal, incident->raised);
    return 0;
}

static int finish (struct composing *all, struct incident *incident, struct error *err)
{
    bool matched = take_match (all, incident), news = incident->reply_due || (all->asked && all->found), waits;

    if (decide_response (all, incident, err) < 0 || announce_all (all, incident, matched, err) < 0
        || (news && all->partner.enabled && incident->state != INCIDENT_STATE_ANNOUNCED && write_reply (all, incident, err) < 0)
        || pack_contacts (all, incident, err) < 0 || remember_last_resort (all, err) < 0)
        return -1;
    incident->reply_due = incident->result_due = false;
    incident->contacts_fresh = false;
    waits = incident_wants_match (incident);
    return incident_write (all->run->db, incident, waits ? all->run->now + MATCH_AGAIN_US : 0, err);
}

static int compose (struct dispatch *self, struct composing *all, struct error *err)
{
    struct job_run *run = all->run;
    struct incident incident;
    int64_t version;

    asking_of_job (&all->asking, self, run, BUDGET_MS);
    if (partner_find (run->db, run->arena, all->incident.partner_id, &all->partner, err) < 0)
        return -1;
    find_person (all);
    if (fetch_record (all, err) < 0 || fetch_contacts (all, err) < 0
        || subject_lock (run->db, run->arena, all->incident.incident_id, &version, err) < 0
        || incident_find (run->db, run->arena, all->incident.incident_id, &incident, err) < 0)
        return -1;
    return finish (all, &incident, err);
}

/* One that fails is passed over in the next run, so that it holds up nobody else. */
int dispatch_job_incident (void *service, struct job_run *run, struct error *err)
{
    struct dispatch *self = service;
    struct composing all = { .run = run };
    int64_t pass = self->stumbles++;

    if (incident_claim (run->db, run->arena, run->now, pass, &all.incident, err) < 0
        || (all.incident.incident_id && compose (self, &all, err) < 0))
        return -1;
    self->stumbles = 0;
    *run->again = all.incident.incident_id != NULL;
    return 0;
}
