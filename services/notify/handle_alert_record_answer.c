/* handle_alert_record_answer.c - an answer given by telephone, recorded by the reporter, who is on call, the call-taker or a proxy.
 *
 * Takes:      alert_record_answer            (proto/notify/alert_record_answer.command)
 * Refuses:    arrival_needed, time_in_past, reason_needed   the answer is not complete in itself
 *             not_for_you         unknown, or not open to the actor
 *             not_for_role        the actor neither reported it, nor is on call, nor a proxy of the clinic whose doctor was asked
 *             answerer_unknown    neither a person nor an office of the list of this alert, or an office without the name of who spoke
 *             already_accepted, already_ended   as alert_answer
 * Publishes:  as alert_answer
 * Repeats:    as alert_answer: the second record for the holder replaces the first
 *
 * It counts as the answer itself.  Who answered is told, and corrects it by answering; who recorded stands in the course.
 */
#include "alert_answering.h"
#include "alert_hand.h"
#include "alert_view.h"

static const struct try_row *try_of (const struct try_rows *tries, const struct alert_record_answer *message)
{
    const struct try_row *best = NULL;

    for (size_t i = 0; i < tries->count; i++) {
        const struct try_row *row = &tries->items[i];

        if (row->view.target != TARGET_KIND_HOSPITAL
            && (message->person_id ? row->view.person_id && strcmp (row->view.person_id, message->person_id) == 0
                                   : !row->view.person_id && row->office_id && message->office_id
                                         && strcmp (row->office_id, message->office_id) == 0)
            && (!best || row->view.state != TRY_STATE_PLANNED))
            best = row;
    }
    return best;
}

static int fill (struct answering *a, const struct alert_record_answer *message, struct error *err)
{
    const struct request *request = a->act->request;
    const char *office, *phone, *municipality;

    a->own = try_of (a->tries, message);
    if (!a->own || (!message->person_id && !message->name))
        return fail (err, ERROR_ANSWERER_UNKNOWN, "/person_id", "nobody of the list");
    a->person_id = message->person_id;
    a->name = message->person_id ? a->own->view.name : arena_print (a->act->arena, "%s（%s）", message->name, a->own->view.name);
    if (alert_names (request->db, request->arena, request->actor->person_id, request->actor->office_id, a->alert->municipality,
                     &a->recorded_by, &office, &phone, &municipality, err) < 0)
        return -1;
    a->recorded_by = a->recorded_by ? a->recorded_by : "氏名未取得";
    return 0;
}

int notify_handle_alert_record_answer (struct notify *self, struct request *request, const struct alert_record_answer *message,
                                       struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    const struct alert_answer said = { .alert_id = message->alert_id, .answer = message->answer, .has_arrival_at = message->has_arrival_at,
        .arrival_at = message->arrival_at, .decline = message->decline, .text = message->text };
    struct answering answering = { .act = &act, .message = &said };
    struct try_rows tries = { 0 };
    struct alert_row alert;
    enum follow what = FOLLOW_NOTHING;

    if (answering_open (request, &said, &alert, &tries, err) < 0)
        return -1;
    if (alert.state != ALERT_STATE_ENDED && !may_record (&alert, &tries, request->actor))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "neither reported it, nor answers calls, nor is a proxy of who was asked");
    answering.alert = &alert;
    answering.tries = &tries;
    if (fill (&answering, message, err) < 0
        || answering_decide (&answering, standing_here (&alert, answering.own, answering.person_id), &what, err) < 0
        || answering_follow (&answering, what, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
