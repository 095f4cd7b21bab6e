/* handle_alert_answer.c - one of the four answers of somebody who was asked.
 *
 * Takes:      alert_answer                   (proto/notify/alert_answer.command)
 * Refuses:    arrival_needed, time_in_past, reason_needed   the answer is not complete in itself
 *             not_for_you         unknown, or not open to the actor
 *             not_asked           the actor takes part but was not asked
 *             already_accepted    somebody else has taken it (with the name)
 *             already_ended       a person has ended it
 * Publishes:  nothing itself; everybody who takes part gets a notice, dispatch an alert_moved from the engine
 * Repeats:    the holder's second answer replaces his first (so he corrects what was recorded for him); a second refusal changes nothing
 *
 * Taking it calls everybody else off and cancels what has not left yet, in this transaction.  After a refusal the engine, poked, asks on.
 * Whoever is offered an alert that another holds takes it over.
 */
#include "alert_answering.h"
#include "alert_draft.h"
#include "alert_view.h"

/* The answer is the doctor's own; who had prepared it stands beside it. */
static int see_draft (struct answering *a, struct error *err)
{
    const struct draft_row *draft;
    struct draft_rows drafts;

    if (!a->own || !a->own->view.person_id)
        return 0;
    if (draft_list (a->act->db, a->act->arena, a->alert, &drafts, err) < 0)
        return -1;
    draft = draft_of (&drafts, a->own->try_id);
    if (draft_counts (draft, a->own) && draft_says (draft, a->message))
        a->drafted_by = draft->drafted_name;
    return 0;
}

int notify_handle_alert_answer (struct notify *self, struct request *request, const struct alert_answer *message,
                                struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    const char *office, *phone, *municipality;
    struct answering answering = { .act = &act, .message = message, .person_id = request->actor->person_id };
    struct try_rows tries = { 0 };
    struct alert_row alert;
    enum follow what = FOLLOW_NOTHING;

    if (answering_open (request, message, &alert, &tries, err) < 0)
        return -1;
    answering.alert = &alert;
    answering.tries = &tries;
    answering.own = own_try (&tries, request->actor);
    if (answering_decide (&answering, standing_here (&alert, answering.own, answering.person_id), &what, err) < 0
        || see_draft (&answering, err) < 0
        || alert_names (request->db, request->arena, request->actor->person_id, request->actor->office_id, alert.municipality,
                        &answering.name, &office, &phone, &municipality, err)
               < 0)
        return -1;
    answering.name = answering.name ? answering.name : "氏名未取得";
    if (answering_follow (&answering, what, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
