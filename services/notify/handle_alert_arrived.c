/* handle_alert_arrived.c - the doctor or nurse has arrived: the announced arrival is not overdue any more.
 *
 * Takes:      alert_arrived                  (proto/notify/alert_arrived.command)
 * Refuses:    not_for_you       unknown, or not open to the actor
 *             already_ended     a person has ended it
 *             not_accepted_yet  nobody holds it
 *             not_for_role      neither the holder nor somebody who can know it
 * Publishes:  nothing itself; everybody who takes part gets it in the course
 * Repeats:    the first time stands
 */
#include "alert_hand.h"
#include "alert_view.h"

int notify_handle_alert_arrived (struct notify *self, struct request *request, const struct alert_arrived *message,
                                 struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct alert_row alert;

    if (hand_get (request, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!may_say_arrived (&alert, request->actor))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "neither holder nor nurse");
    if (!alert.arrived_at) {
        alert.arrived_at = act.now;
        if (hand_stop_clock (&act, &alert, TIMELINE_KIND_ARRIVED, "到着しました", err) < 0)
            return -1;
    }
    return alert_view_again (request, message->alert_id, answer, err);
}
