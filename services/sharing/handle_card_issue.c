/* handle_card_issue.c - a 安心連携カード with a random number; the one before stops at once.
 *
 * Takes:      card_issue
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only
 *             already_there  a card of this id
 * Publishes:  nothing; the number is a search key from this moment
 * Repeats:    a second time is refused as already_there
 */
#include "ems_key_store.h"
#include "ids.h"
#include "paper_store.h"
#include "patient_edit.h"

int sharing_handle_card_issue (struct sharing *self, struct request *request, const struct card_issue *message, struct card_issued *answer,
                               struct error *err)
{
    char *number = arena_alloc (request->arena, CARD_NUMBER_TEXT);
    unsigned char random[10];
    struct record patient;

    (void) self;
    random_fill (random, sizeof random);
    ems_card_number (random, number);
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || paper_store_issue_card (request, patient.municipality, message, number, err) < 0
        || ems_key_store_card (request->db, request->arena, patient.municipality, message->patient_id, number, err) < 0)
        return -1;
    answer->card_id = message->card_id;
    answer->number = number;
    return patient_store_touch (request, patient.municipality, message->patient_id, err);
}
