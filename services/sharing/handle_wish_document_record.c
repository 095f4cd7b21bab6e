/* handle_wish_document_record.c - a document of wish exists: what it is, from when and by whom, for which condition, where the paper is.
 *
 * Takes:      wish_document_record
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only
 *             document_date  the paper would be of tomorrow
 *             already_there  a document of this id
 * Publishes:  nothing; the record moves to the top of lists
 * Repeats:    a second time is refused as already_there
 */
#include "paper_store.h"
#include "patient_edit.h"
#include "today.h"

int sharing_handle_wish_document_record (struct sharing *self, struct request *request, const struct wish_document_record *message,
                                         struct done *answer, struct error *err)
{
    struct record patient;
    char today[DATE_TEXT];

    (void) self;
    (void) answer;
    today_text (request->now, today);
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || wish_check_date (message->written_on, today, err) < 0
        || paper_store_add_document (request, patient.municipality, message, err) < 0)
        return -1;
    return patient_store_touch (request, patient.municipality, message->patient_id, err);
}
