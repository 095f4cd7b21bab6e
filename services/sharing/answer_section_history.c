/* answer_section_history.c - all versions of one section, newest first.
 *
 * Takes:      section_history
 * Refuses:    not_for_you  unknown, not open to the actor, or a section kept from the actor's role
 *             malformed    a page key that is not one of ours
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "page_key.h"
#include "section_rights.h"
#include "sheet_store.h"

int sharing_handle_section_history (struct sharing *self, struct request *request, const struct section_history *message,
                                    struct section_history_answer *answer, struct error *err)
{
    int64_t size = page_size (message->has_limit, message->limit, HISTORY_STANDARD, HISTORY_MOST);
    int64_t before;
    struct section_list versions;
    struct record patient;

    (void) self;
    if (page_key_read (message->after, &before, err) < 0
        || patient_store_find (request, message->patient_id, message->section, &patient, err) < 0
        || section_check_read (&patient, message->section, err) < 0
        || sheet_store_history (request, patient.municipality, message->patient_id, message->section, before, size + 1, &versions, err) < 0)
        return -1;
    if ((int64_t) versions.count > size) {
        versions.count = (size_t) size;
        answer->next = arena_print (request->arena, "%lld", (long long) versions.items[size - 1].version);
    }
    answer->versions.items = versions.items;
    answer->versions.count = versions.count;
    return disclose_patient (request, &patient, message->patient_id, section_items (request, message->section, "history"), err);
}
