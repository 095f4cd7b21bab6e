/* handle_alert_answer.c - one of the four answers of somebody who was asked.
 *
 * Takes:      alert_answer                   (proto/notify/alert_answer.command)
 * Refuses:    arrival_needed, time_in_past, reason_needed   the answer is not complete in itself
 *             not_for_you         unknown, or not open to the actor
 *             not_asked           the actor takes part but was not asked
 *             already_accepted    somebody else has taken it (with the name)
 *             already_ended       a person has ended it
 * Publishes:  nothing; everybody who takes part gets a notice
 * Repeats:    the holder's second answer replaces his first; a second refusal changes nothing
 *
 * Taking it calls everybody else off and cancels what has not left yet, in this transaction.  After a refusal the engine, poked, asks on.
 */
#include "alert_steps.h"
#include "alert_view.h"
#include "words.h"

struct answering {
    struct act *act;
    const struct alert_answer *message;
    struct alert_row *alert;
    const struct try_row *own;
    const struct try_rows *tries;
    const char *name;
};

static const char *words_of_answer (const struct answering *a)
{
    struct arena *arena = a->act->arena;
    const struct alert_answer *message = a->message;
    const char *words = message->answer == ALERT_ANSWER_KIND_CANNOT ? words_of (&decline_reason_type, (int) message->decline)
                                                                    : words_of (&alert_answer_kind_type, (int) message->answer);

    if (message->answer == ALERT_ANSWER_KIND_VISIT)
        words = arena_print (arena, "%s（%s 到着予定）", words, words_time (arena, message->arrival_at));
    if (message->text)
        words = arena_print (arena, "%s：%s", words, message->text);
    return words_clip (arena, words, 600);
}

static int write_line (const struct answering *a, enum timeline_kind kind, struct error *err)
{
    const struct timeline_entry line = { .kind = kind, .at = a->act->now, .person_id = a->act->person_id, .name = a->name,
                                         .text = words_of_answer (a) };

    return alert_add_line (a->act->db, a->alert, &line, err);
}

static int tell (const struct answering *a, enum feed_kind kind, struct error *err)
{
    return alert_tell (a->act, a->alert, kind, (struct text_list) { 0 }, NULL, err);
}

static int hold (const struct answering *a, struct error *err)
{
    struct db *db = a->act->db;

    if (alert_answer_try (db, a->alert, a->own->try_id, TRY_STATE_ACCEPTED, a->message, a->act->now, err) < 0
        || alert_call_off (db, a->alert, a->own->try_id, err) < 0
        || alert_hold (db, a->alert, a->act->person_id, a->name, a->message, err) < 0
        || delivery_cancel (db, a->alert->alert_id, err) < 0
        || write_line (a, TIMELINE_KIND_ACCEPTED, err) < 0)
        return -1;
    return tell (a, FEED_KIND_ALERT_ACCEPTED, err);
}

static int decline (const struct answering *a, struct error *err)
{
    if (alert_answer_try (a->act->db, a->alert, a->own->try_id, TRY_STATE_DECLINED, a->message, a->act->now, err) < 0
        || write_line (a, TIMELINE_KIND_DECLINED, err) < 0)
        return -1;
    return tell (a, FEED_KIND_ALERT_DECLINED, err);
}

/* Declined; when nobody of the step is left, the next one is due now. */
static int decline_and_go_on (const struct answering *a, struct error *err)
{
    struct tried *tried = arena_alloc (a->act->arena, (a->tries->count + 1) * sizeof *tried);

    for (size_t i = 0; i < a->tries->count; i++) {
        const struct try_row *row = &a->tries->items[i];

        tried[i] = (struct tried) { .try_id = row->try_id, .position = (int) row->view.position, .target = row->view.target,
                                    .state = row == a->own ? TRY_STATE_DECLINED : row->view.state };
    }
    if (decline (a, err) < 0)
        return -1;
    if (a->own->view.position != a->alert->step || !step_is_spent (tried, a->tries->count, a->alert->step))
        return alert_touch (a->act->db, a->alert, err);
    poke_after_commit (a->act->batch, "alert_engine");
    return alert_act_at (a->act->db, a->alert, a->act->now, err);
}

static int reopen (const struct answering *a, struct error *err)
{
    if (decline (a, err) < 0
        || alert_search_again (a->act->db, a->alert, a->act->now, err) < 0)
        return -1;
    poke_after_commit (a->act->batch, "alert_engine");
    return 0;
}

static int follow (const struct answering *a, enum follow what, struct error *err)
{
    switch (what) {
    case FOLLOW_HOLD:
    case FOLLOW_RENEW:
        return hold (a, err);
    case FOLLOW_DECLINE:
        return decline (a, err) < 0 ? -1 : alert_touch (a->act->db, a->alert, err);
    case FOLLOW_NEXT:
        return decline_and_go_on (a, err);
    case FOLLOW_REOPEN:
        return reopen (a, err);
    default:
        return 0;
    }
}

/* How the actor stands to it: the holder is the one who accepted, not everybody of his office.  A colleague has nothing to say any more
 * about the entry they share: it is the holder's, and refusing it would take it from him. */
static enum standing standing_here (const struct alert_row *alert, const struct try_row *own, const struct actor *actor)
{
    enum standing standing = own ? standing_of (own->view.state) : STANDING_NONE;

    if (standing != STANDING_HOLDER)
        return standing;
    return alert->accepted_by && strcmp (alert->accepted_by, actor->person_id) == 0 ? STANDING_HOLDER : STANDING_DECLINED;
}

static int decide (const struct alert_row *alert, const struct try_row *own, const struct request *request,
                   const struct alert_answer *message, enum follow *ret, struct error *err)
{
    enum alert_happening happening = is_taking (message->answer) ? HAPPENING_TAKE : HAPPENING_CANNOT;
    const struct alert_move *move;

    if (!alert->alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such alert for the actor");
    move = alert_move (alert->state, happening, standing_here (alert, own, request->actor));
    if (move->refusal) {
        fail (err, move->refusal, NULL, "state %d, answer %d", (int) alert->state, (int) message->answer);
        return fail_param (err, "name", "%s", alert->accepted_name ? alert->accepted_name : "他の方");
    }
    *ret = move->follow;
    return 0;
}

int notify_handle_alert_answer (struct notify *self, struct request *request, const struct alert_answer *message,
                                struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    const char *office, *phone, *municipality;
    struct answering answering = { .act = &act, .message = message };
    struct try_rows tries = { 0 };
    struct alert_row alert;
    enum follow what = FOLLOW_NOTHING;

    if (alert_check_answer (message, request->now, err) < 0
        || alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, message->alert_id, true, &alert, err) < 0
        || (alert.alert_id && alert_get_tries (request->db, request->arena, &alert, &tries, err) < 0))
        return -1;
    answering.alert = &alert;
    answering.tries = &tries;
    answering.own = own_try (&tries, request->actor);
    if (decide (&alert, answering.own, request, message, &what, err) < 0
        || alert_names (request->db, request->arena, request->actor->person_id, request->actor->office_id, alert.municipality,
                        &answering.name, &office, &phone, &municipality, err)
               < 0)
        return -1;
    answering.name = answering.name ? answering.name : "氏名未取得";
    if (follow (&answering, what, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
