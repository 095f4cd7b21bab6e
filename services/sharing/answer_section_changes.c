/* answer_section_changes.c - what changed between two versions of a section, item by item.
 *
 * Takes:      section_changes
 * Refuses:    not_for_you         unknown, not open to the actor, or a section kept from the actor's role
 *             field_out_of_range  a version that was never written
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "section_rights.h"
#include "sheet_store.h"

static int check_version (int64_t version, int64_t current, const char *pointer, struct error *err)
{
    if (version >= 0 && version <= current)
        return 0;
    return fail_range (err, pointer, 0, current);
}

static void compare (struct request *request, const struct section_view *before, const struct section_view *after,
                     struct section_changes_answer *answer)
{
    struct item_change *changes = arena_alloc (request->arena, SHEET_CHANGE_MAX * sizeof *changes);

    answer->changes.count = sheet_diff (before->entries.items, before->entries.count, after->entries.items, after->entries.count, changes);
    answer->changes.items = changes;
    answer->from_version = before->version;
    answer->to_version = after->version;
    answer->written_by = after->written_by;
    answer->written_by_name = after->written_by_name;
    answer->has_written_at = after->has_written_at;
    answer->written_at = after->written_at;
}

int sharing_handle_section_changes (struct sharing *self, struct request *request, const struct section_changes *message,
                                    struct section_changes_answer *answer, struct error *err)
{
    struct section_view before, after;
    struct record patient;
    int64_t to;

    (void) self;
    if (patient_store_find (request, message->patient_id, message->section, &patient, err) < 0
        || section_check_read (&patient, message->section, err) < 0)
        return -1;
    to = message->has_to_version ? message->to_version : patient.section_version;
    if (check_version (message->from_version, patient.section_version, "/from_version", err) < 0
        || check_version (to, patient.section_version, "/to_version", err) < 0
        || sheet_store_version (request, patient.municipality, message->patient_id, message->section, message->from_version, &before,
                                err) < 0
        || sheet_store_version (request, patient.municipality, message->patient_id, message->section, to, &after, err) < 0)
        return -1;
    compare (request, &before, &after, answer);
    return disclose_patient (request, &patient, message->patient_id, section_items (request, message->section, "changes"), err);
}
