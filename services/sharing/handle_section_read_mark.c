/* handle_section_read_mark.c - somebody says: I have read this version.
 *
 * Takes:      section_read_mark
 * Refuses:    not_for_you         the record is not open to the actor, or the section is kept from the actor's role
 *             field_out_of_range  a version that was never written
 * Publishes:  sheet_read, when the reader is not the writer, the first time only
 * Repeats:    marking again, or an older version, changes nothing and announces nothing
 */
#include "section_rights.h"
#include "sheet_store.h"

static int check_version (const struct section_read_mark *message, const struct record *patient, struct error *err)
{
    if (message->version >= 1 && message->version <= patient->section_version)
        return 0;
    return fail_range (err, "/version", 1, patient->section_version);
}

static int announce_reading (struct request *request, const struct record *patient, const struct section_read_mark *message,
                             struct error *err)
{
    struct sheet_read event = {
        .patient_id = message->patient_id, .section = message->section, .version = message->version, .by = request->actor->person_id,
    };
    struct section_view view;

    if (sheet_store_version (request, patient->municipality, message->patient_id, message->section, message->version, &view, err) < 0)
        return -1;
    if (!view.written_by || strcmp (view.written_by, request->actor->person_id) == 0)
        return 0;
    event.writer = view.written_by;
    return announce (request, &sheet_read_message, &event, patient->municipality, err);
}

int sharing_handle_section_read_mark (struct sharing *self, struct request *request, const struct section_read_mark *message,
                                      struct done *answer, struct error *err)
{
    struct record patient;
    bool is_new;

    (void) self;
    if (patient_store_lock (request, message->patient_id, message->section, &patient, err) < 0
        || section_check_read (&patient, message->section, err) < 0
        || check_version (message, &patient, err) < 0
        || sheet_store_mark_read (request, patient.municipality, message, roles_first (request->actor->roles), &is_new, err) < 0
        || (is_new && announce_reading (request, &patient, message, err) < 0))
        return -1;
    answer->has_version = true;
    answer->version = message->version;
    return 0;
}
