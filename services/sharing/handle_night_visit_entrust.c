/* handle_night_visit_entrust.c - the attending or a deputy doctor entrusts visits at night and on holidays to another office's duty (U-33).
 *
 * Takes:      night_visit_entrust
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only
 *             only_attending a doctor without the seat of the attending or a deputy doctor
 *             team_consent_missing  the person has not consented to sharing in the team
 *             nobody_visits  no doctor and no visiting nurse belongs to that office
 *             period_reversed, period_too_long, time_in_past, field_missing, text_empty, phone_invalid
 *             already_there  an entrustment of this id
 * Publishes:  night_entrust_changed
 * Repeats:    a second time is refused as already_there
 *
 * Opens the person to that office during its duty, and no longer than consent and agreement allow.
 */
#include "bits.h"
#include "consent.h"
#include "consent_store.h"
#include "night_closure_store.h"
#include "night_news.h"
#include "papers.h"
#include "patient_edit.h"
#include "today.h"

static int check_consent (struct request *request, const struct record *patient, const char *patient_id, struct error *err)
{
    struct consent_list consents;
    char today[DATE_TEXT];

    today_text (request->now, today);
    if (consent_store_list (request->db, request->arena, patient->municipality, patient_id, &consents, err) < 0)
        return -1;
    if (!consent_for (consents.items, consents.count, CONSENT_SCOPE_TEAM, NULL, today))
        return fail (err, ERROR_TEAM_CONSENT_MISSING, NULL, "no consent for the team in force");
    return 0;
}

static int check_office (struct request *request, const struct night_visit_entrust *message, struct error *err)
{
    bool visits;

    if (night_store_visits_from (request, message->office_id, &visits, err) < 0)
        return -1;
    if (!visits)
        return fail (err, ERROR_NOBODY_VISITS, "/office_id", "neither a doctor nor a visiting nurse there");
    return 0;
}

int sharing_handle_night_visit_entrust (struct sharing *self, struct request *request, const struct night_visit_entrust *message,
                                        struct done *answer, struct error *err)
{
    const struct night_time time = { message->from, message->until, bits_of_enums (message->bands) };
    struct night_calendar calendar;
    struct record patient;

    (void) self;
    (void) answer;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || night_check_attending (request, &patient, message->patient_id, err) < 0
        || night_calendar_of (request, patient.municipality, message->patient_id, message->from, message->until, &calendar, err) < 0
        || night_check_entrust (message, &calendar, request->now, err) < 0
        || check_consent (request, &patient, message->patient_id, err) < 0
        || check_office (request, message, err) < 0
        || night_store_add (request, patient.municipality, message, night_window_open (&time, &calendar, request->now),
                            err) < 0
        || night_store_open (request->db, patient.municipality, message->patient_id, message->entrust_id, err) < 0
        || patient_store_touch (request, patient.municipality, message->patient_id, err) < 0)
        return -1;
    return announce_entrusts (request, patient.municipality, message->patient_id, err);
}
