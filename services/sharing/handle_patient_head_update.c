/* handle_patient_head_update.c - names, telephones and the words every professional needs are changed.
 *
 * Takes:      patient_head_update
 * Refuses:    not_for_you    the record is not open to the actor
 *             not_for_role   open for reading only; or infections from a role that does not see them
 *             not_attending  看取り begun or ended by somebody else than the attending or a deputy doctor
 *             text_empty, phone_invalid
 *             moved_on       somebody else was faster; patient_answer shows what is current
 * Publishes:  patient_changed
 * Repeats:    a second time is refused as moved_on; nothing is written twice
 */
#include "disclosure.h"
#include "head.h"
#include "paper_store.h"
#include "patient_view.h"
#include "team_store.h"
#include "today.h"

static int refuse_with_current (struct request *request, const struct record *patient, const char *patient_id, struct error *err)
{
    struct error refused = *err;

    if (refused.key == ERROR_MOVED_ON && request->conflict
        && (patient_view_read (request, patient, patient_id, request->conflict, err) < 0
            || disclose_conflict (request, patient, patient_id, err) < 0))
        return -1;
    *err = refused;
    return -1;
}

/* *ret_changed: the phase is another one after this. */
static int check_phase (struct request *request, const struct record *patient, const struct patient_head_update *message,
                        bool *ret_changed, struct error *err)
{
    struct team_list team;
    const char *since;
    bool now;

    if (paper_store_phase (request, patient->municipality, message->patient_id, &now, &since, err) < 0)
        return -1;
    *ret_changed = now != message->terminal_phase;
    if (!*ret_changed)
        return 0;
    if (team_store_list (request->db, request->arena, patient->municipality, message->patient_id, &team, err) < 0)
        return -1;
    if (!papers_is_attending (team.items, team.count, request->actor->person_id, request->actor->office_id))
        return fail (err, ERROR_NOT_ATTENDING, "/terminal_phase", "neither the attending nor a deputy doctor");
    return 0;
}

static int store (struct request *request, const struct record *patient, const struct patient_head_update *message, int64_t version,
                  bool phase_changed, struct error *err)
{
    char today[DATE_TEXT];

    if (patient_store_write_head (request, patient->municipality, message, version, head_shows_infections (request->actor->roles), err) < 0)
        return -1;
    if (!phase_changed)
        return 0;
    today_text (request->now, today);
    return paper_store_note_phase (request, patient->municipality, message->patient_id, version, message->terminal_phase,
                                   arena_text (request->arena, today), err);
}

int sharing_handle_patient_head_update (struct sharing *self, struct request *request, const struct patient_head_update *message,
                                        struct done *answer, struct error *err)
{
    struct patient_changed event;
    struct record patient;
    bool phase_changed;
    int64_t version;

    (void) self;
    if (patient_store_lock (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0)
        return -1;
    if (head_decide_update (&patient.standing, patient.head_version, message, &version, err) < 0)
        return refuse_with_current (request, &patient, message->patient_id, err);
    if (check_phase (request, &patient, message, &phase_changed, err) < 0
        || store (request, &patient, message, version, phase_changed, err) < 0
        || patient_store_state (request->db, request->arena, patient.municipality, message->patient_id, &event, err) < 0)
        return -1;
    event.by = request->actor->person_id;
    if (announce (request, &patient_changed_message, &event, patient.municipality, err) < 0)
        return -1;
    answer->has_version = true;
    answer->version = version;
    return 0;
}
