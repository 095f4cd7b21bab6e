/* answer_sheet.c - the sharing sheet: eleven sections in their current versions, and who has read them.
 *
 * Takes:      sheet
 * Refuses:    not_for_you  unknown, or not open to the actor
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "sheet.h"
#include "sheet_store.h"

static void hide_sections (struct section_list *sections, uint64_t roles)
{
    for (size_t i = 0; i < sections->count; i++)
        if (sheet_is_hidden (sections->items[i].section, roles)) {
            sections->items[i].entries.count = 0;
            sections->items[i].has_hidden = sections->items[i].hidden = true;
        }
}

int sharing_handle_sheet (struct sharing *self, struct request *request, const struct sheet *message, struct sheet_answer *answer,
                          struct error *err)
{
    struct section_list sections;
    struct record patient;

    (void) self;
    if (patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || sheet_store_current (request, &patient, message->patient_id, &sections, err) < 0
        || sheet_store_readers (request, &patient, message->patient_id, answer, err) < 0)
        return -1;
    hide_sections (&sections, request->actor->roles);
    answer->patient_id = message->patient_id;
    answer->version = patient.version;
    answer->sections.items = sections.items;
    answer->sections.count = sections.count;
    return disclose_patient (request, &patient, message->patient_id, "sheet", err);
}
