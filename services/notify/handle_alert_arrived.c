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
#include "alert_news.h"
#include "alert_view.h"

static int arrive (struct act *act, struct alert_row *alert, struct error *err)
{
    struct timeline_entry line = { .kind = TIMELINE_KIND_ARRIVED, .at = act->now, .person_id = act->person_id };

    alert->arrived_at = act->now;
    alert->deadline_at = alert->handover_at = 0;
    alert->overdue = false;
    if (hand_name (act->request, alert, &line.name, err) < 0
        || alert_set_times (act->db, alert, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0
        || news_add (act, alert, NEWS_CHANGE, "到着しました", err) < 0)
        return -1;
    if (alert->has_incident)
        poke_after_commit (act->batch, "alert_engine");
    return 0;
}

int notify_handle_alert_arrived (struct notify *self, struct request *request, const struct alert_arrived *message,
                                 struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct alert_row alert;

    if (hand_get (request, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!may_say_arrived (&alert, request->actor))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "neither holder nor nurse");
    if (!alert.arrived_at && arrive (&act, &alert, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
