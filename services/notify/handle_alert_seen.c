/* handle_alert_seen.c - somebody has seen an alert; that stops nothing.
 *
 * Takes:      alert_seen                     (proto/notify/alert_seen.command)
 * Refuses:    not_for_you  unknown, or not open to the actor
 * Publishes:  nothing
 * Repeats:    the first time counts; a second changes nothing
 */
#include "act.h"
#include "alert_view.h"

static int mark (struct act *act, const struct alert_row *alert, const struct try_row *own, struct error *err)
{
    const char *office, *phone, *municipality;
    struct timeline_entry line = { .kind = TIMELINE_KIND_SEEN, .at = act->now, .person_id = act->person_id };

    if (alert_names (act->db, act->arena, act->person_id, act->request->actor->office_id, alert->municipality, &line.name, &office, &phone,
                     &municipality, err) < 0
        || (own && alert_see_try (act->db, alert, own->try_id, act->now, err) < 0)
        || alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    return alert_touch (act->db, alert, err);
}

int notify_handle_alert_seen (struct notify *self, struct request *request, const struct alert_seen *message, struct done *answer,
                              struct error *err)
{
    struct act act = act_of_request (self, request);
    const struct try_row *own;
    struct alert_row alert;
    struct try_rows tries;
    bool was_seen;

    if (alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, message->alert_id, true, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such alert for the actor");
    if (alert_get_tries (request->db, request->arena, &alert, &tries, err) < 0
        || alert_was_seen (request->db, &alert, request->actor->person_id, &was_seen, err) < 0)
        return -1;
    own = own_try (&tries, request->actor);
    answer->has_version = true;
    answer->version = alert.version;
    if (alert_move (alert.state, HAPPENING_SEE, own ? standing_of (own->view.state) : STANDING_NONE)->follow != FOLLOW_MARK
        || was_seen)
        return 0;
    answer->version++;
    return mark (&act, &alert, own, err);
}
