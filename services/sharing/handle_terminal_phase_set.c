/* handle_terminal_phase_set.c - 看取り begins or ends, by the word of the attending or a deputy doctor, with a date (practice.md).
 *
 * Takes:      terminal_phase_set
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only
 *             not_attending  a doctor without the seat of the attending or a deputy doctor
 *             document_date  from tomorrow on
 *             phone_invalid
 * Publishes:  patient_changed
 * Repeats:    a second time writes the same phase again, as a new version of the head
 */
#include "head.h"
#include "paper_store.h"
#include "patient_edit.h"
#include "team_store.h"
#include "today.h"

static int check (struct request *request, const struct record *patient, const struct terminal_phase_set *message, struct error *err)
{
    struct team_list team;
    char today[DATE_TEXT];

    today_text (request->now, today);
    if (team_store_list (request->db, request->arena, patient->municipality, message->patient_id, &team, err) < 0)
        return -1;
    if (!papers_is_attending (team.items, team.count, request->actor->person_id, request->actor->office_id))
        return fail (err, ERROR_NOT_ATTENDING, NULL, "neither the attending nor a deputy doctor");
    if (!head_phone_is_valid (message->terminal_first_phone))
        return fail (err, ERROR_PHONE_INVALID, "/terminal_first_phone", "not digits and hyphens");
    return wish_check_date (message->since, today, err);
}

int sharing_handle_terminal_phase_set (struct sharing *self, struct request *request, const struct terminal_phase_set *message,
                                       struct done *answer, struct error *err)
{
    struct patient_changed event;
    struct record patient;

    (void) self;
    if (patient_for_edit (request, message->patient_id, &patient, err) < 0
        || check (request, &patient, message, err) < 0
        || paper_store_set_phase (request, patient.municipality, message, patient.head_version + 1, err) < 0
        || patient_store_state (request->db, request->arena, patient.municipality, message->patient_id, &event, err) < 0)
        return -1;
    event.by = request->actor->person_id;
    answer->has_version = true;
    answer->version = patient.head_version + 1;
    return announce (request, &patient_changed_message, &event, patient.municipality, err);
}
