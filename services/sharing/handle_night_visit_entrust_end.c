/* handle_night_visit_entrust_end.c - the attending or a deputy doctor takes an entrustment back; the record closes to that office at once.
 *
 * Takes:      night_visit_entrust_end
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only
 *             only_attending a doctor without the seat of the attending or a deputy doctor
 *             already_ended  ended before, or no such entrustment
 * Publishes:  night_entrust_changed
 * Repeats:    a second time is refused as already_ended
 */
#include "night_news.h"
#include "patient_edit.h"

int sharing_handle_night_visit_entrust_end (struct sharing *self, struct request *request, const struct night_visit_entrust_end *message,
                                            struct done *answer, struct error *err)
{
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || night_check_attending (request, &patient, message->patient_id, err) < 0
        || night_store_end (request, patient.municipality, message, err) < 0
        || night_store_open (request->db, patient.municipality, message->patient_id, message->entrust_id, err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce_entrusts (request, patient.municipality, message->patient_id, err);
}
