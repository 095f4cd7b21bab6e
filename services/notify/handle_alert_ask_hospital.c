/* handle_alert_ask_hospital.c - the accepting doctor or nurse asks the designated hospital whether it can take the person (U-20).
 *
 * Takes:      alert_ask_hospital             (proto/notify/alert_ask_hospital.command)
 * Refuses:    not_for_you        unknown, or not open to the actor
 *             already_ended, not_accepted_yet
 *             not_the_holder     neither the holder nor on-call staff of the case
 *             hospital_missing   none is registered, or it has not agreed
 * Publishes:  alert_person_asked for the hospital's office, urgent
 * Repeats:    asks once more; the answer of before is forgotten
 *
 * By night (20:00 to 8:00) the telephone of its emergency desk rings.  Without an answer in a quarter of an hour the engine writes so.
 */
#include "alert_hand.h"
#include "alert_view.h"
#include "clock.h"
#include "incident_store.h"

static int ask_it (struct act *act, struct alert_row *alert, const struct hospital_row *hospital, struct error *err)
{
    bool night = class_waking_time (act->now) > act->now;
    const struct answerer entry = { .position = alert->step ? alert->step : 1, .target = TARGET_KIND_HOSPITAL,
        .office_id = hospital->office_id, .name = hospital->name, .office = hospital->name,
        .phone = night && hospital->night_phone ? hospital->night_phone : hospital->phone ? hospital->phone : hospital->night_phone,
        .reason = "急変時診療医療機関への受入れの相談", .delay_seconds = HOSPITAL_SECONDS };
    struct timeline_entry line = { .kind = TIMELINE_KIND_HOSPITAL_ASKED, .at = act->now, .person_id = act->person_id, .text = hospital->name };

    alert->hospital_asked_at = act->now;
    alert->hospital_answer = 0;
    alert->hospital_refusal = 0;
    alert->hospital_due_at = act->now + (int64_t) HOSPITAL_SECONDS * SECOND_US;
    if (hand_name (act->request, alert, &line.name, err) < 0
        || alert_silence_hospital (act->db, alert, TRY_STATE_CALLED_OFF, err) < 0
        || alert_set_hospital (act->db, alert, err) < 0
        || alert_set_times (act->db, alert, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    poke_after_commit (act->batch, "deliver");
    return alert_ask_entry (act, alert, &entry, err);
}

int notify_handle_alert_ask_hospital (struct notify *self, struct request *request, const struct alert_ask_hospital *message,
                                      struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct hospital_row hospital;
    struct alert_row alert;

    if (hand_get (request, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!is_holder (&alert, request->actor) && !is_on_call_staff (request->actor))
        return fail (err, ERROR_NOT_THE_HOLDER, NULL, "neither holder nor nurse");
    if (hospital_get (request->db, request->arena, alert.patient_id, &hospital, err) < 0)
        return -1;
    if (!hospital.name || !hospital.agreed || !(hospital.office_id || hospital.phone || hospital.night_phone))
        return fail (err, ERROR_HOSPITAL_MISSING, NULL, "no hospital, or none that has agreed");
    if (ask_it (&act, &alert, &hospital, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
