/* handle_card_revoke.c - a card is lost or no longer wanted: its number finds nobody from this moment (E-43).
 *
 * Takes:      card_revoke
 * Refuses:    not_for_you           the record is not open to the actor, or there is no such card
 *             not_for_role          open for reading only
 *             already_ended         revoked before
 *             field_unknown_choice  a state other than lost and ended
 * Publishes:  nothing
 * Repeats:    a second time is refused as already_ended
 */
#include "ems_key_store.h"
#include "paper_store.h"
#include "patient_edit.h"

int sharing_handle_card_revoke (struct sharing *self, struct request *request, const struct card_revoke *message, struct done *answer,
                                struct error *err)
{
    struct record patient;
    struct card_list cards;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_cards (request, patient.municipality, message->patient_id, &cards, err) < 0
        || card_check_revoke (&cards, message, err) < 0
        || paper_store_revoke_card (request, patient.municipality, message, err) < 0
        || ems_key_store_card (request->db, request->arena, patient.municipality, message->patient_id, NULL, err) < 0)
        return -1;
    return patient_store_touch (request, patient.municipality, message->patient_id, err);
}
