/* handle_designated_hospital_answer.c - what the hospital answered: registered, or declined with a reason.
 *
 * Takes:      designated_hospital_answer
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such registration
 *             not_for_role   open for reading only
 *             already_ended  answered or ended before
 *             text_empty, reason_needed
 * Publishes:  designated_hospital_changed
 * Repeats:    a second time is refused as already_ended
 */
#include "hospital_news.h"
#include "papers.h"
#include "patient_edit.h"

int sharing_handle_designated_hospital_answer (struct sharing *self, struct request *request,
                                               const struct designated_hospital_answer *message,
                       struct done *answer, struct error *err)
{
    struct designation_list hospitals;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_hospitals (request->db, request->arena, patient.municipality, message->patient_id, &hospitals, err) < 0
        || designation_check_answer (&hospitals, message, err) < 0
        || paper_store_answer (request, patient.municipality, message, err) < 0)
        return -1;
    return announce_hospital (request, patient.municipality, message->patient_id, err);
}
