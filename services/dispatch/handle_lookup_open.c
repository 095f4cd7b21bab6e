/* handle_lookup_open.c - release one person's agreed items on a ground given by one key (EMS-07, EMS-08, EMS-10).
 *
 * Takes:      lookup_open                    (proto/dispatch/lookup_open.command)
 * Refuses:    not_for_you    not the own look-up, older than an hour, or a person who was not found by it
 *             reason_needed  a ground, unit or reason is missing;  not_for_role  a ground that is not for this role
 *             try_later      sharing does not answer
 * Publishes:  incident_changed (matched) when the look-up was for an incident whose person was not known
 * Repeats:    releases again, with its own rows in both ledgers
 */
#include "asking.h"
#include "incident_change.h"
#include "lookup_rules.h"
#include "lookup_store.h"

enum { BUDGET_MS = 2500 };

struct releasing {
    struct request *request;
    const struct lookup_open *message;
    struct asking asking;
    struct lookup lookup;
    struct partner partner;
    struct incident incident;           /* NULL incident_id: for none, or not this office's */
    const char *patient_id, *break_id;
    struct ems_record_answer record;
};

static int read_all (struct releasing *all, struct error *err)
{
    struct request *request = all->request;

    if (lookup_read (request, all->message->lookup_id, &all->lookup, err) < 0)
        return -1;
    if (!all->lookup.lookup_id || strcmp (all->lookup.person_id, request->actor->person_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not this person's look-up");
    if (partner_find (request->db, request->arena, all->lookup.partner_id, &all->partner, err) < 0)
        return -1;
    if (!all->partner.enabled)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the fire organisation is cut off");
    if (all->lookup.incident_id && incident_find (request->db, request->arena, all->lookup.incident_id, &all->incident, err) < 0)
        return -1;
    return 0;
}

static struct lookup_standing standing_of (const struct releasing *all)
{
    struct lookup_standing standing = { .result = all->lookup.result,
                                        .strong = all->lookup.strong,
                                        .by_telephone = all->lookup.by_telephone,
                                        .has_number = all->lookup.number != NULL,
                                        .break_glass = all->partner.break_glass,
                                        .age_us = all->request->now - all->lookup.asked_at };

    for (size_t i = 0; all->message->patient_id && i < all->lookup.candidates.count; i++)
        standing.is_candidate |= strcmp (all->lookup.candidates.items[i], all->message->patient_id) == 0;
    return standing;
}

/* Without consent: sharing opens for one certain match only, where the municipality allows it, and has it reviewed. */
static int break_glass (struct releasing *all, struct error *err)
{
    const struct lookup_open *message = all->message;
    struct ems_break_glass query = { .municipalities = all->partner.municipalities,
                                     .partner_id = all->partner.partner_id,
                                     .partner_name = all->partner.name,
                                     .unit = message->unit,
                                     .reason = message->reason,
                                     .incident_id = all->lookup.incident_id,
                                     .person_id = all->request->actor->person_id,
                                     .card = message->card,
                                     .phone = message->phone,
                                     .name = message->name,
                                     .name_kana = message->name_kana,
                                     .birth_date = message->birth_date,
                                     .address = message->address };
    struct ems_break_glass_answer opened = { 0 };

    if (ask_break_glass (&all->asking, &query, &opened, err) < 0)
        return -1;
    if (opened.result != MATCH_RESULT_UNIQUE || !opened.patient_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nobody, or not certain");
    all->patient_id = opened.patient_id;
    all->break_id = opened.break_id;
    return 0;
}

static int fetch_record (struct releasing *all, struct error *err)
{
    struct enum_list fields = fields_of_partner (all->request->arena, &all->partner);
    struct ems_record query = {
        .patient_id = all->patient_id, .municipalities = all->partner.municipalities, .ground = all->message->ground,
        .incident_id = all->lookup.incident_id, .break_id = all->break_id, .partner_id = all->partner.partner_id,
        .partner_name = all->partner.name, .unit = all->message->unit ? all->message->unit : all->lookup.unit,
        .person_id = all->request->actor->person_id,
        .running = all->lookup.incident_id && (!all->incident.incident_id || all->incident.state == INCIDENT_STATE_OPEN) };

    query.fields.items = fields.items;
    query.fields.count = fields.count;
    return ask_record (&all->asking, &query, &all->record, err) ? 0 : -1;
}

static int answer_record (struct releasing *all, struct lookup_record *answer, struct error *err)
{
    struct ems_record_view *view = arena_alloc (all->request->arena, sizeof *view);
    struct bytes packed;

    /* The view is the same list and closed as well: whatever else came does not go on (EMS-08). */
    if (codec_pack (&ems_record_answer_message, &all->record, all->request->arena, &packed, err) < 0
        || codec_unpack (&ems_record_view_message, packed, all->request->arena, view, err) < 0)
        return -1;
    answer->lookup_id = all->lookup.lookup_id;
    answer->record = view;
    answer->released_at = all->request->now;
    return 0;
}

static void answer_contacts (struct releasing *all, struct lookup_record *answer)
{
    struct ems_contacts query = { .municipality = all->record.municipality,
                                  .patient_id = all->patient_id,
                                  .incident_id = all->lookup.incident_id };
    const char **missing = arena_alloc (all->request->arena, sizeof *missing);
    struct ems_contacts_answer contacts = { 0 };

    missing[0] = "contacts";
    if (!ask_contacts (&all->asking, &query, &contacts)) {
        answer->missing = (struct text_list) { missing, 1 };
        return;
    }
    answer->contacts.items = contacts.contacts.items;
    answer->contacts.count = contacts.contacts.count;
}

/* Choosing the person of an incident opens its alert. */
static int match_incident (struct releasing *all, struct error *err)
{
    struct request *request = all->request;
    struct incident_changed event;
    int64_t version;

    if (!all->incident.incident_id || all->incident.patient_id || all->incident.state != INCIDENT_STATE_OPEN)
        return 0;
    if (subject_lock (request->db, request->arena, all->incident.incident_id, &version, err) < 0
        || incident_find (request->db, request->arena, all->incident.incident_id, &all->incident, err) < 0)
        return -1;
    if (all->incident.patient_id)
        return 0;
    all->incident.patient_id = all->patient_id;
    all->incident.located_in = all->record.municipality;
    all->incident.match = MATCH_STATE_FOUND;
    all->incident.reply_due = true;
    all->incident.terminal = all->record.acp && all->record.acp->terminal_phase;
    poke_after_commit (request->batch, "incident");
    if (incident_write (request->db, &all->incident, 0, err) < 0)
        return -1;
    if (!all->incident.opened)
        return 0;                                       /* the job opens it with its person */
    event = incident_changed_of (&all->incident, INCIDENT_CHANGE_MATCHED);
    incident_matched_of (&event, &all->incident, &all->partner);
    return announce (request, &incident_changed_message, &event, all->incident.located_in, err);
}

int dispatch_handle_lookup_open (struct dispatch *self, struct request *request, const struct lookup_open *message,
                                 struct lookup_record *answer, struct error *err)
{
    struct releasing all = { .request = request, .message = message, .patient_id = message->patient_id };
    struct lookup_standing standing;

    asking_of_request (&all.asking, self, request, BUDGET_MS);
    if (read_all (&all, err) < 0)
        return -1;
    standing = standing_of (&all);
    if (lookup_check_open (request->actor, &standing, message, err) < 0
        || (message->ground == EMS_GROUND_BREAK_GLASS && break_glass (&all, err) < 0)
        || fetch_record (&all, err) < 0 || answer_record (&all, answer, err) < 0)
        return -1;
    answer_contacts (&all, answer);
    if (lookup_release (request, message, all.patient_id, err) < 0 || match_incident (&all, err) < 0)
        return -1;
    return disclose (request, (struct text_list){ &all.patient_id, 1 }, "ems_record", enum_name (&ems_ground_type, (int)message->ground),
                     err);
}
