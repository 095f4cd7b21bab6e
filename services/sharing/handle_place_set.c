/* handle_place_set.c - where the person is now: at home, in hospital, in a short stay … ; alerts and crews read it.
 *
 * Takes:      place_set
 * Refuses:    not_for_you      the record is not open to the actor
 *             not_for_role     open for reading only
 *             phone_invalid, period_reversed
 * Publishes:  patient_changed
 * Repeats:    a second time writes the same place again, as a new version
 */
#include "head.h"
#include "patient_edit.h"

int sharing_handle_place_set (struct sharing *self, struct request *request, const struct place_set *message, struct done *answer,
                              struct error *err)
{
    struct patient_changed event;
    struct record patient;

    (void) self;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || head_check_place (message, err) < 0
        || patient_store_set_place (request, patient.municipality, message, patient.place_version + 1, err) < 0
        || patient_store_state (request->db, request->arena, patient.municipality, message->patient_id, &event, err) < 0)
        return -1;
    event.by = request->actor->person_id;
    if (announce (request, &patient_changed_message, &event, patient.municipality, err) < 0)
        return -1;
    answer->has_version = true;
    answer->version = patient.place_version + 1;
    return 0;
}
