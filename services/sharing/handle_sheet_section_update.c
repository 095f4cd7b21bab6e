/* handle_sheet_section_update.c - a member of the care team replaces one section of a sharing sheet.
 *
 * Takes:      sheet_section_update
 * Refuses:    not_for_you          the record is not open to the actor
 *             not_for_role         open for reading only, or a section kept from the actor's role
 *             section_is_derived, item_not_in_section, item_twice, text_empty
 *             moved_on             somebody else was faster; sheet_conflict holds what is current and what the editor began from
 * Publishes:  sheet_updated, once
 * Repeats:    a second time is refused as moved_on; nothing is written twice
 *
 * One locking read, then writes that wait for nobody: this is the path that is run most.
 */
#include "disclosure.h"
#include "sheet.h"
#include "sheet_store.h"

/* The conflict record, so that nothing the editor wrote or read is lost.  Only for a reader who may see both. */
static int refuse_with_both (struct request *request, const struct record *patient, const struct sheet_section_update *message,
                             struct error *err)
{
    struct sheet_conflict *conflict = request->conflict;
    struct section_view current, base;
    struct error refused = *err;

    if (refused.key != ERROR_MOVED_ON || !conflict)
        return -1;
    if (sheet_store_version (request, patient->municipality, message->patient_id, message->section, patient->section_version, &current,
                             err) < 0
        || sheet_store_version (request, patient->municipality, message->patient_id, message->section, message->base_version, &base,
                                err) < 0)
        return -1;
    conflict->section = message->section;
    conflict->current = arena_alloc (request->arena, sizeof current);
    *(struct section_view *) conflict->current = current;
    conflict->base = base.entries;
    if (disclose_conflict (request, patient, message->patient_id, err) < 0)
        return -1;
    *err = refused;
    return -1;
}

static int announce_update (struct request *request, const struct record *patient, const struct sheet_section_update *message,
                            int64_t version, struct error *err)
{
    struct sheet_updated event = {
        .patient_id = message->patient_id, .section = message->section, .version = version,
        .urgent = message->has_urgent && message->urgent, .by = request->actor->person_id,
    };

    return announce (request, &sheet_updated_message, &event, patient->municipality, err);
}

int sharing_handle_sheet_section_update (struct sharing *self, struct request *request, const struct sheet_section_update *message,
                                         struct sheet_section_updated *answer, struct error *err)
{
    enum role role = roles_first (request->actor->roles);
    struct record patient;
    int64_t version;

    (void) self;
    if (patient_store_lock (request, message->patient_id, message->section, &patient, err) < 0)
        return -1;
    if (sheet_decide_update (&patient.standing, patient.section_version, message, &version, err) < 0)
        return refuse_with_both (request, &patient, message, err);
    if (sheet_store_add_version (request, patient.municipality, message, version, role, err) < 0
        || patient_store_set_section (request, patient.municipality, message->patient_id, message->section, version, err) < 0
        || announce_update (request, &patient, message, version, err) < 0)
        return -1;
    answer->version = version;
    answer->told = patient.others;
    return 0;
}
