/* handle_designated_hospital_answer.c - what the hospital answered: registered, or declined with a reason.
 *
 * Takes:      designated_hospital_answer
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such registration
 *             not_for_role   open for reading only, and the asked hospital is another one
 *             already_ended  answered or ended before
 *             text_empty, reason_needed
 * Publishes:  designated_hospital_changed
 * Repeats:    a second time is refused as already_ended
 */
#include "hospital_news.h"
#include "papers.h"

/* The asked hospital's liaison answers for itself, without a seat in the team; else whoever may edit writes down what it said. */
static int check_may_answer (const struct request *request, const struct record *patient, const struct designation_list *hospitals,
                             const char *designation_id, struct error *err)
{
    if (standing_ground (&patient->standing) == GROUND_HOSPITAL && actor_is (request->actor, ROLE_HOSPITAL_LIAISON)
        && designation_is_of (hospitals, designation_id, request->actor->office_id))
        return 0;
    return standing_check_edit (&patient->standing, err);
}

int sharing_handle_designated_hospital_answer (struct sharing *self, struct request *request,
                                               const struct designated_hospital_answer *message,
                       struct done *answer, struct error *err)
{
    struct designation_list hospitals;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_store_lock (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || paper_store_hospitals (request->db, request->arena, patient.municipality, message->patient_id, &hospitals, err) < 0
        || check_may_answer (request, &patient, &hospitals, message->designation_id, err) < 0
        || designation_check_answer (&hospitals, message, err) < 0
        || paper_store_answer (request, patient.municipality, message, err) < 0)
        return -1;
    return announce_hospital (request, patient.municipality, message->patient_id, err) < 0
        ? -1 : patient_store_refresh (request->db, patient.municipality, message->patient_id, err);
}
