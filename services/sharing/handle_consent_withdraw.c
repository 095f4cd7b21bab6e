/* handle_consent_withdraw.c - the person withdraws a consent; in force at once, in this transaction (S-25).
 *
 * Takes:      consent_withdraw
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such consent
 *             not_for_role   open for reading only
 *             already_ended  withdrawn before
 * Publishes:  consent_changed, with all scopes still in force
 * Repeats:    a second time is refused as already_ended
 */
#include "consent.h"
#include "consent_store.h"
#include "patient_edit.h"
#include "today.h"

static int withdraw_from (struct consent_list *consents, const char *consent_id, int64_t now, struct error *err)
{
    for (size_t i = 0; i < consents->count; i++) {
        struct consent_view *consent = &consents->items[i];

        if (strcmp (consent->consent_id, consent_id) != 0)
            continue;
        if (consent->has_withdrawn_at)
            return fail (err, ERROR_ALREADY_ENDED, NULL, "withdrawn before");
        consent->has_withdrawn_at = true;
        consent->withdrawn_at = now;
        return 0;
    }
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such consent");
}

int sharing_handle_consent_withdraw (struct sharing *self, struct request *request, const struct consent_withdraw *message,
                                     struct done *answer, struct error *err)
{
    struct consent_changed event = { .patient_id = message->patient_id };
    struct consent_list consents;
    struct record patient;
    char today[DATE_TEXT];

    (void) self;
    (void) answer;
    today_text (request->now, today);
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || consent_store_list (request->db, request->arena, patient.municipality, message->patient_id, &consents, err) < 0
        || withdraw_from (&consents, message->consent_id, request->now, err) < 0)
        return -1;
    consent_summary (consents.items, consents.count, today, request->arena, &event);
    if (consent_store_withdraw (request, patient.municipality, message, err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0
        || patient_store_refresh (request->db, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce (request, &consent_changed_message, &event, patient.municipality, err);
}
