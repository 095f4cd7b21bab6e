/* handle_designated_hospital_end.c - the registration with a hospital ends.
 *
 * Takes:      designated_hospital_end
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such registration
 *             not_for_role   open for reading only
 *             already_ended  declined or ended before
 *             reason_needed
 * Publishes:  designated_hospital_changed, without a hospital
 * Repeats:    a second time is refused as already_ended
 */
#include "hospital_news.h"
#include "papers.h"
#include "patient_edit.h"

int sharing_handle_designated_hospital_end (struct sharing *self, struct request *request, const struct designated_hospital_end *message,
                       struct done *answer, struct error *err)
{
    struct designation_list hospitals;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_hospitals (request->db, request->arena, patient.municipality, message->patient_id, &hospitals, err) < 0
        || designation_check_end (&hospitals, message, err) < 0
        || paper_store_end (request, patient.municipality, message, err) < 0)
        return -1;
    return announce_hospital (request, patient.municipality, message->patient_id, err) < 0
        ? -1 : patient_store_refresh (request->db, patient.municipality, message->patient_id, err);
}
