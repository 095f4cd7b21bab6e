/* handle_alert_end.c - a person ends an alert and says how it ended.
 *
 * Takes:      alert_end                      (proto/notify/alert_end.command)
 * Refuses:    not_for_you    unknown, or not open to the actor
 *             not_for_role   neither reporter, holder, care manager nor doctor of the team
 *             already_ended  a person has ended it
 * Publishes:  alert_ended, urgent
 * Repeats:    refused as already_ended
 */
#include "alert_steps.h"
#include "alert_view.h"

static int close_it (struct act *act, const struct alert_row *alert, const char *outcome, struct error *err)
{
    struct timeline_entry line = { .kind = TIMELINE_KIND_ENDED, .at = act->now, .person_id = act->person_id, .text = outcome };
    const struct alert_ended event = { .alert_id = alert->alert_id, .patient_id = alert->patient_id, .ended_by = act->person_id,
                                       .ended_at = act->now };
    const char *office, *phone, *municipality;

    if (alert_names (act->db, act->arena, act->person_id, act->request->actor->office_id, alert->municipality, &line.name, &office, &phone,
                     &municipality, err) < 0
        || alert_close (act->db, alert, act->person_id, outcome, act->now, err) < 0
        || alert_call_off (act->db, alert, 0, err) < 0
        || delivery_cancel (act->db, alert->alert_id, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0
        || act_announce (act, &alert_ended_message, &event, alert->municipality, err) < 0)
        return -1;
    return alert_tell (act, alert, FEED_KIND_ALERT_ENDED, (struct text_list) { 0 }, NULL, err);
}

int notify_handle_alert_end (struct notify *self, struct request *request, const struct alert_end *message, struct alert_view *answer,
                             struct error *err)
{
    struct act act = act_of_request (self, request);
    struct standing_to standing;
    struct alert_row alert;
    enum error_key refusal;

    if (alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such alert for the actor");
    if (alert_standing (request->db, request->arena, alert.patient_id, &standing, err) < 0)
        return -1;
    refusal = alert_end_refusal (alert.state, may_end (&alert, &standing, request->actor));
    if (refusal)
        return fail (err, refusal, NULL, "state %d", (int) alert.state);
    if (close_it (&act, &alert, message->outcome, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
