/* handle_consent_record.c - a consent of the person is recorded (S-22); it opens the record from its first day.
 *
 * Takes:      consent_record
 * Refuses:    not_for_you      the record is not open to the actor
 *             not_for_role     open for reading only
 *             field_missing    an agent without name or relation; duty_doctors without rotation
 *             period_reversed, already_there
 *             list_too_long    sixty consents stand already; withdrawn ones do not count
 * Publishes:  consent_changed, with all scopes in force
 * Repeats:    a second time is refused as already_there
 */
#include "consent.h"
#include "consent_store.h"
#include "patient_edit.h"
#include "today.h"

static int check_room (const struct consent_list *consents, const char *consent_id, struct error *err)
{
    size_t standing = 0;

    for (size_t i = 0; i < consents->count; i++) {
        if (strcmp (consents->items[i].consent_id, consent_id) == 0)
            return fail (err, ERROR_ALREADY_THERE, "/consent_id", "recorded before");
        standing += !consents->items[i].has_withdrawn_at;
    }
    if (standing < CONSENT_MOST)
        return 0;
    fail (err, ERROR_LIST_TOO_LONG, NULL, "%d consents", CONSENT_MOST);
    return fail_param (err, "most", "%d", CONSENT_MOST);
}

static void add_view (struct consent_list *consents, const struct consent_record *message)
{
    consents->items[consents->count++] = (struct consent_view) {
        .consent_id = message->consent_id, .scope = message->scope, .rotation_id = message->rotation_id, .from = message->from,
        .to = message->to,
    };
}

static int announce_consents (struct request *request, const struct record *patient, const struct consent_record *message,
                              const struct consent_list *consents, const char *today, struct error *err)
{
    struct consent_changed event = { .patient_id = message->patient_id };

    consent_summary (consents->items, consents->count, today, request->arena, &event);
    return announce (request, &consent_changed_message, &event, patient->municipality, err);
}

int sharing_handle_consent_record (struct sharing *self, struct request *request, const struct consent_record *message,
                                   struct done *answer, struct error *err)
{
    struct consent_list consents;
    struct record patient;
    char today[DATE_TEXT];

    (void) self;
    (void) answer;
    today_text (request->now, today);
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || consent_check (message, err) < 0
        || consent_store_list (request->db, request->arena, patient.municipality, message->patient_id, &consents, err) < 0
        || check_room (&consents, message->consent_id, err) < 0)
        return -1;
    add_view (&consents, message);
    if (consent_store_add (request, patient.municipality, message, consent_is_in_force (&consents.items[consents.count - 1], today),
                           err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0
        || patient_store_refresh (request->db, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce_consents (request, &patient, message, &consents, today, err);
}
