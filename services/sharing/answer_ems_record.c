/* answer_ems_record.c - the agreed minimum about one person goes to the fire service.
 *
 * Takes:      ems_record
 * Refuses:    not_for_you    unknown, without the consent in force, or outside the partner's municipalities: all alike; an opening without
 *                            consent that is over, or another partner's
 *             reason_needed  a release chosen by a person without unit, or an opening without its number
 * Publishes:  ems_record_released; writes the release and the ledger in the same transaction
 * Repeats:    every release is one more row
 */
#include "ems_release.h"
#include "ems_store.h"
#include "ids.h"
#include "today.h"

static int announce_release (struct request *request, const struct ems_record *message, const char *municipality, struct error *err)
{
    struct ems_record_released event = { .patient_id = message->patient_id, .ground = message->ground, .incident_id = message->incident_id,
                                         .partner_name = message->partner_name, .unit = message->unit, .at = request->now };

    return announce (request, &ems_record_released_message, &event, municipality, err);
}

static int write_down (struct request *request, const struct ems_record *message, const char *municipality, unsigned fields,
                       struct error *err)
{
    const char *const subjects[] = { message->patient_id };
    char release_id[UUID_TEXT];

    uuid_new (release_id);
    if (ems_store_release (request, message, municipality, release_id, ems_field_names (fields, request->arena), err) < 0
        || disclose (request, (struct text_list) { subjects, 1 }, arena_print (request->arena, "ems %s", release_id),
                     enum_name (&ems_ground_type, message->ground), err) < 0)
        return -1;
    return announce_release (request, message, municipality, err);
}

/* On every other ground a person who is seen has consented. */
static bool may_be_told (const struct ems_record *message, const struct ems_person_view *person)
{
    if (!person->found)
        return false;
    return message->ground != EMS_GROUND_BREAK_GLASS
           || (person->break_partner && strcmp (person->break_partner, message->partner_id) == 0);
}

int sharing_handle_ems_record (struct sharing *self, struct request *request, const struct ems_record *message,
                               struct ems_record_answer *answer, struct error *err)
{
    unsigned fields = ems_fields (message->fields, message->running);
    struct ems_person_view person;
    char today[DATE_TEXT];

    (void) self;
    today_text (request->now, today);
    if (ems_check_release (message, err) < 0
        || ems_store_enter (request, message->municipalities, message->break_id, NULL, err) < 0
        || ems_store_head (request, message->patient_id, &person, err) < 0)
        return -1;
    if (!may_be_told (message, &person))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nobody who may be told of");
    if (ems_store_rest (request, message->patient_id, &person, err) < 0)
        return -1;
    ems_tell (&person, fields, today, request->arena, answer);
    answer->patient_id = message->patient_id;
    answer->municipality = person.municipality;
    answer->at = request->now;
    return write_down (request, message, person.municipality, fields, err);
}
