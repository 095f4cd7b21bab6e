/* answer_patient.c - the head of one person's record, with team and consents.
 *
 * Takes:      patient
 * Refuses:    not_for_you  unknown, or not open to the actor
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "patient_view.h"

int sharing_handle_patient (struct sharing *self, struct request *request, const struct patient *message,
                            struct patient_answer *answer, struct error *err)
{
    struct record patient;

    (void) self;
    if (patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || patient_view_read (request, &patient, message->patient_id, answer, err) < 0)
        return -1;
    return disclose_patient (request, &patient, message->patient_id, "head team consents", err);
}
