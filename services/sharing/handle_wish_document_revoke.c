/* handle_wish_document_revoke.c - the person takes a document of wish back; a crew that asks from now on reads "withdrawn" (EMS-09).
 *
 * Takes:      wish_document_revoke
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such document
 *             not_for_role   open for reading only
 *             already_ended  taken back before
 *             document_date  taken back tomorrow
 * Publishes:  nothing; the record moves to the top of lists
 * Repeats:    a second time is refused as already_ended
 */
#include <string.h>
#include "paper_store.h"
#include "patient_edit.h"
#include "today.h"

static int check_stands (const struct wish_list *documents, const char *document_id, struct error *err)
{
    for (size_t i = 0; i < documents->count; i++)
        if (strcmp (documents->items[i].document_id, document_id) == 0)
            return documents->items[i].revoked_on ? fail (err, ERROR_ALREADY_ENDED, NULL, "taken back before") : 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such document");
}

int sharing_handle_wish_document_revoke (struct sharing *self, struct request *request, const struct wish_document_revoke *message,
                                         struct done *answer, struct error *err)
{
    struct wish_list documents;
    struct record patient;
    char today[DATE_TEXT];

    (void) self;
    (void) answer;
    today_text (request->now, today);
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_documents (request, patient.municipality, message->patient_id, &documents, err) < 0
        || check_stands (&documents, message->document_id, err) < 0
        || wish_check_date (message->revoked_on, today, err) < 0
        || paper_store_revoke_document (request, patient.municipality, message, err) < 0)
        return -1;
    return patient_store_touch (request, patient.municipality, message->patient_id, err);
}
