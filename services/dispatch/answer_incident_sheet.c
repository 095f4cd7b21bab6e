/* answer_incident_sheet.c - 情報提供書: what was released, printed; the record is asked for anew, so that paper is never older than the page.
 *
 * Takes:      incident_sheet
 * Refuses:    not_for_you  nothing was released to this person by this look-up within the hour
 *             try_later    sharing does not answer
 * Publishes:  nothing; both ledgers hold that it was printed
 * Repeats:    prints anew
 */
#include "asking.h"
#include "lookup_rules.h"
#include "lookup_store.h"
#include "sheet.h"

static int check (const struct lookup *lookup, const struct request *request, struct error *err)
{
    bool own = lookup->lookup_id && strcmp (lookup->person_id, request->actor->person_id) == 0;

    if (!own || !lookup->patient_id || lookup->ground == EMS_GROUND_BREAK_GLASS
        || request->now - lookup->released_at > LOOKUP_LIFE_SECONDS * 1000000ll)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nothing to print");
    return 0;
}

static int fetch (struct asking *asking, struct request *request, const struct lookup *lookup, const struct partner *partner,
                  struct ems_record_answer *ret, struct error *err)
{
    struct enum_list fields = fields_of_partner (request->arena, partner);
    struct ems_record query = { .patient_id = lookup->patient_id,
                                .municipalities = partner->municipalities,
                                .ground = lookup->ground,
                                .incident_id = lookup->incident_id,
                                .running = lookup->incident_id != NULL,
                                .partner_id = partner->partner_id,
                                .partner_name = partner->name,
                                .unit = lookup->unit,
                                .person_id = request->actor->person_id };

    query.fields.items = fields.items;
    query.fields.count = fields.count;
    return ask_record (asking, &query, ret, err) ? 0 : -1;
}

int dispatch_handle_incident_sheet (struct dispatch *self, struct request *request, const struct incident_sheet *message,
                                    struct file_answer *answer, struct error *err)
{
    struct ems_contacts_answer contacts = { 0 };
    struct ems_record_answer record = { 0 };
    struct sheet_facts facts;
    struct ems_contacts query;
    struct partner partner;
    struct asking asking;
    struct lookup lookup;

    asking_of_request (&asking, self, request, 2000);
    if (lookup_read (request, message->lookup_id, &lookup, err) < 0 || check (&lookup, request, err) < 0
        || partner_find (request->db, request->arena, lookup.partner_id, &partner, err) < 0
        || fetch (&asking, request, &lookup, &partner, &record, err) < 0)
        return -1;
    query =
        (struct ems_contacts){ .municipality = record.municipality, .patient_id = lookup.patient_id, .incident_id = lookup.incident_id };
    (void) ask_contacts (&asking, &query, &contacts);
    facts = (struct sheet_facts) { .record = &record, .contacts = contacts.contacts.items, .contact_count = contacts.contacts.count,
                                   .partner_name = partner.name, .unit = lookup.unit, .issued_at = request->now };
    if (sheet_print (request->arena, &facts, &answer->body, err) < 0)
        return -1;
    answer->media_type = "application/pdf";
    answer->file_name = "jouhou-teikyousho.pdf";
    return disclose (request, (struct text_list){ &lookup.patient_id, 1 }, "ems_record", enum_name (&ems_ground_type, (int)lookup.ground),
                     err);
}
