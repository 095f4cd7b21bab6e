/* handle_alert_end.c - a person ends an alert and says how it ended.
 *
 * Takes:      alert_end                      (proto/notify/alert_end.command)
 * Refuses:    not_for_you    unknown, or not open to the actor
 *             not_for_role   neither reporter, holder, care manager nor doctor of the team
 *             already_ended  a person has ended it
 * Publishes:  alert_ended, urgent
 * Repeats:    refused as already_ended
 */
#include "alert_open.h"
#include "alert_states.h"
#include "alert_view.h"

int notify_handle_alert_end (struct notify *self, struct request *request, const struct alert_end *message, struct alert_view *answer,
                             struct error *err)
{
    struct act act = act_of_request (self, request);
    const char *name, *office, *phone, *municipality;
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
    if (alert_names (request->db, request->arena, request->actor->person_id, request->actor->office_id, alert.municipality, &name, &office,
                     &phone, &municipality, err) < 0
        || alert_finish (&act, &alert, request->actor->person_id, name, message->outcome, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
