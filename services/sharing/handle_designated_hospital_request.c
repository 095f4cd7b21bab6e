/* handle_designated_hospital_request.c - a hospital is asked to be this person's 急変時診療医療機関.
 *
 * Takes:      designated_hospital_request
 * Refuses:    not_for_you        the record is not open to the actor
 *             not_for_role       open for reading only
 *             hospital_in_force  another one is requested or confirmed; it is named
 *             text_empty, phone_invalid
 * Publishes:  designated_hospital_changed; with consent for hospitals the record opens to the asked office
 * Repeats:    a second time is refused as hospital_in_force
 */
#include "hospital_news.h"
#include "papers.h"
#include "patient_edit.h"

int sharing_handle_designated_hospital_request (struct sharing *self, struct request *request,
                                                const struct designated_hospital_request *message,
                       struct done *answer, struct error *err)
{
    struct designation_list hospitals;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_hospitals (request->db, request->arena, patient.municipality, message->patient_id, &hospitals, err) < 0
        || designation_check_request (&hospitals, message, err) < 0
        || paper_store_request (request, patient.municipality, message, err) < 0)
        return -1;
    return announce_hospital (request, patient.municipality, message->patient_id, err) < 0
        ? -1 : patient_store_refresh (request->db, patient.municipality, message->patient_id, err);
}
