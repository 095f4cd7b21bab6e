/* handle_alert_raise.c - a change of condition is a sudden change after all: the doctor is called now.
 *
 * Takes:      alert_raise                    (proto/notify/alert_raise.command)
 * Refuses:    not_for_you      unknown, or not open to the actor
 *             already_ended    a person has ended it
 *             already_raised   it is a sudden change already
 *             not_for_role     neither reporter nor of the team
 * Publishes:  alert_person_asked for everybody asked at once, urgent
 * Repeats:    refused as already_raised
 */
#include "alert_hand.h"
#include "alert_open.h"
#include "alert_view.h"

int notify_handle_alert_raise (struct notify *self, struct request *request, const struct alert_raise *message, struct alert_view *answer,
                               struct error *err)
{
    struct act act = act_of_request (self, request);
    const char *words = message->text ? message->text : "急変として報告されました";
    struct standing_to standing;
    struct alert_row alert;

    if (hand_get (request, message->alert_id, false, &alert, err) < 0
        || alert_standing (request->db, request->arena, alert.patient_id, &standing, err) < 0)
        return -1;
    if (alert.class != ALERT_CLASS_E2 && alert.response != INCIDENT_RESPONSE_SINGLE_CALL)
        return fail (err, ERROR_ALREADY_RAISED, NULL, "class %d", (int) alert.class);
    if (!may_raise (&alert, &standing, request->actor))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "takes no part");
    if (alert_raise_to (&act, &alert, alert.class == ALERT_CLASS_E2 ? ALERT_CLASS_E1 : alert.class,
                        alert.response ? INCIDENT_RESPONSE_FULL : 0, words, err) < 0
        || alert_tell (&act, &alert, FEED_KIND_EMERGENCY, (struct text_list) { 0 }, NULL, err) < 0)
        return -1;
    poke_after_commit (request->batch, "alert_engine");
    return alert_view_again (request, message->alert_id, answer, err);
}
