/* handle_alert_hand_over.c - whoever holds an alert offers it to somebody else, and stays responsible until that one accepts.
 *
 * Takes:      alert_hand_over                (proto/notify/alert_hand_over.command)
 * Refuses:    not_for_you        unknown, or not open to the actor
 *             already_ended, not_accepted_yet
 *             not_the_holder     somebody else holds it
 *             answerer_unknown   nobody known, or the holder himself
 * Publishes:  alert_person_asked, urgent
 * Repeats:    asks once more
 *
 * Without a person the engine, poked, offers it to whoever has duty now.
 */
#include "alert_hand.h"
#include "alert_times.h"
#include "alert_view.h"

static int offer (struct act *act, struct alert_row *alert, const char *person_id, struct error *err)
{
    struct answerer entry = { .target = TARGET_KIND_PERSON, .person_id = person_id, .delay_seconds = DELAY_STANDARD_SECONDS };
    const char *office, *phone, *municipality;

    if (strcmp (person_id, act->person_id) == 0)
        return fail (err, ERROR_ANSWERER_UNKNOWN, "/person_id", "the holder himself");
    if (alert_names (act->db, act->arena, person_id, NULL, alert->municipality, &entry.name, &office, &phone, &municipality, err) < 0)
        return -1;
    if (!entry.name)
        return fail (err, ERROR_ANSWERER_UNKNOWN, "/person_id", "nobody known");
    if (alert_person_office (act->db, act->arena, person_id, &entry.office_id, err) < 0
        || alert_touch (act->db, alert, err) < 0)
        return -1;
    return alert_offer (act, alert, &entry, err);
}

int notify_handle_alert_hand_over (struct notify *self, struct request *request, const struct alert_hand_over *message,
                                   struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct alert_row alert;

    if (hand_get (request, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!is_holder (&alert, request->actor))
        return fail (err, ERROR_NOT_THE_HOLDER, NULL, "held by somebody else");
    if (message->person_id) {
        if (offer (&act, &alert, message->person_id, err) < 0)
            return -1;
    } else {
        alert.handover_at = request->now;
        if (alert_set_times (request->db, &alert, err) < 0)
            return -1;
        poke_after_commit (request->batch, "alert_engine");
    }
    return alert_view_again (request, message->alert_id, answer, err);
}
