/* alert_answering.c - see alert_answering.h. */
#include "alert_answering.h"
#include "alert_news.h"
#include "alert_view.h"
#include "clock.h"
#include "roster.h"
#include "words.h"

enum { SHIFT_LOOK_SECONDS = 3 * 24 * 3600 };

static const char *words_of_answer (const struct answering *a)
{
    struct arena *arena = a->act->arena;
    const struct alert_answer *message = a->message;
    const char *words = message->answer == ALERT_ANSWER_KIND_CANNOT ? words_of (&decline_reason_type, (int) message->decline)
                                                                    : words_of (&alert_answer_kind_type, (int) message->answer);

    if (message->answer == ALERT_ANSWER_KIND_VISIT)
        words = arena_print (arena, "%s（%s 到着予定）", words, words_time (arena, message->arrival_at));
    if (a->recorded_by)
        words = arena_print (arena, "%s（電話で回答、記録：%s）", words, a->recorded_by);
    if (a->drafted_by)
        words = arena_print (arena, "%s（案：%s（代行））", words, a->drafted_by);
    if (message->text)
        words = arena_print (arena, "%s：%s", words, message->text);
    return words_clip (arena, words, 600);
}

static int write_line (const struct answering *a, enum timeline_kind kind, struct error *err)
{
    struct timeline_entry line = { .kind = kind, .at = a->act->now, .person_id = a->person_id, .name = a->name,
                                   .text = words_of_answer (a) };

    if (alert_add_line (a->act->db, a->alert, &line, err) < 0)
        return -1;
    if (!a->recorded_by)
        return 0;
    line.kind = TIMELINE_KIND_BY_TELEPHONE;
    line.person_id = a->act->person_id;
    line.text = arena_print (a->act->arena, "%sの回答を記録", a->name);
    line.name = a->recorded_by;
    return alert_add_line (a->act->db, a->alert, &line, err);
}

static int tell (const struct answering *a, enum feed_kind kind, struct error *err)
{
    return alert_tell (a->act, a->alert, kind, (struct text_list) { 0 }, NULL, err);
}

static void poke_if_told (const struct answering *a)
{
    if (a->alert->has_incident)
        poke_after_commit (a->act->batch, "alert_engine");
}

/* ---- taking it ------------------------------------------------------------------------------------------------------------------------
 */

/* When the shift ends from which the holder was asked; whoever has the next one is then offered the alert. */
static int shift_end (const struct answering *a, int64_t *ret, struct error *err)
{
    int64_t now = a->act->now, to = now + (int64_t) SHIFT_LOOK_SECONDS * SECOND_US;
    struct rotation_list_of rotations;
    struct absence_list_of absences;
    struct duty_spans spans;
    const struct duty_span *span;

    *ret = 0;
    if (!a->own->rotation_id || !class_is_emergency (a->alert->class))
        return 0;
    if (roster_rotations_by_id (a->act->db, a->act->arena, (struct text_list) { .items = &a->own->rotation_id, .count = 1 }, &rotations, err) < 0
        || roster_absences (a->act->db, a->act->arena, roster_members (a->act->arena, &rotations), now, to, &absences, err) < 0)
        return -1;
    if (rotations.count == 0)
        return 0;
    spans = rotation_shifts (a->act->arena, &rotations.items[0], absences.items, absences.count, now, to);
    span = duty_at (&spans, now);
    if (span && span->person_id && a->own->view.person_id && strcmp (span->person_id, a->own->view.person_id) == 0 && span->to < to)
        *ret = span->to;
    return 0;
}

static int take (const struct answering *a, enum timeline_kind kind, struct error *err)
{
    struct db *db = a->act->db;

    a->alert->deadline_at = a->alert->arrived_at || a->alert->in_hand_at
        ? 0 : class_deadline (kind_of (a->alert), a->message->answer, a->message->arrival_at, a->act->now);
    if (shift_end (a, &a->alert->handover_at, err) < 0
        || alert_answer_try (db, a->alert, a->own->try_id, TRY_STATE_ACCEPTED, a->message, a->act->now, err) < 0
        || alert_call_off (db, a->alert, a->own->try_id, err) < 0
        || alert_hold (db, a->alert, a->person_id, a->name, a->message, err) < 0
        || delivery_cancel (db, a->alert->alert_id, err) < 0
        || write_line (a, kind, err) < 0
        || news_add (a->act, a->alert, NEWS_CHANGE, kind == TIMELINE_KIND_HANDED_OVER ? "引き継がれました" : "引き受けられました", err) < 0)
        return -1;
    poke_if_told (a);
    return tell (a, FEED_KIND_ALERT_ACCEPTED, err);
}

/* The old holder is responsible until this very transaction. */
static int take_over (const struct answering *a, struct error *err)
{
    if (alert_release (a->act->db, a->alert, err) < 0)
        return -1;
    return take (a, TIMELINE_KIND_HANDED_OVER, err);
}

/* ---- declining ------------------------------------------------------------------------------------------------------------------------
 */

static int decline (const struct answering *a, struct error *err)
{
    if (alert_answer_try (a->act->db, a->alert, a->own->try_id, TRY_STATE_DECLINED, a->message, a->act->now, err) < 0
        || write_line (a, TIMELINE_KIND_DECLINED, err) < 0
        || news_add (a->act, a->alert, NEWS_CHANGE, "対応できないとの回答がありました", err) < 0)
        return -1;
    poke_if_told (a);
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
    if (a->own->view.position == TOLD_POSITION || a->own->view.position != a->alert->step
        || !step_is_spent (tried, a->tries->count, a->alert->step))
        return alert_touch (a->act->db, a->alert, err);
    poke_after_commit (a->act->batch, "alert_engine");
    return alert_act_at (a->act->db, a->alert, a->act->now, err);
}

static int reopen (const struct answering *a, struct error *err)
{
    a->alert->overdue = false;
    if (decline (a, err) < 0
        || alert_search_again (a->act->db, a->alert, a->act->now, err) < 0)
        return -1;
    poke_after_commit (a->act->batch, "alert_engine");
    return 0;
}

int answering_follow (struct answering *a, enum follow what, struct error *err)
{
    switch (what) {
    case FOLLOW_HOLD:
    case FOLLOW_RENEW:
        return take (a, TIMELINE_KIND_ACCEPTED, err);
    case FOLLOW_TAKE_OVER:
        return take_over (a, err);
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

/* ---- deciding -------------------------------------------------------------------------------------------------------------------------
 */

/* A colleague has nothing to say any more about the entry they share: it is the holder's, and refusing it would take it from him. */
enum standing standing_here (const struct alert_row *alert, const struct try_row *own, const char *person_id)
{
    enum standing standing = own ? standing_of (own->view.state) : STANDING_NONE;

    if (alert->state == ALERT_STATE_ACCEPTED && own && own->view.target != TARGET_KIND_HOSPITAL
        && (own->view.state == TRY_STATE_ASKED || own->view.state == TRY_STATE_SEEN))
        return STANDING_OFFERED;
    if (standing != STANDING_HOLDER)
        return standing;
    if (!alert->accepted_by)
        return STANDING_HOLDER;                 /* only a name was recorded: anybody of that office may correct it */
    return person_id && strcmp (alert->accepted_by, person_id) == 0 ? STANDING_HOLDER : STANDING_DECLINED;
}

int answering_open (struct request *request, const struct alert_answer *said, struct alert_row *ret, struct try_rows *ret_tries,
                    struct error *err)
{
    if (alert_check_answer (said, request->now, err) < 0
        || alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, said->alert_id, true, ret, err) < 0)
        return -1;
    if (!ret->alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such alert for the actor");
    return alert_get_tries (request->db, request->arena, ret, ret_tries, err);
}

int answering_decide (const struct answering *a, enum standing standing, enum follow *ret, struct error *err)
{
    enum alert_happening happening = is_taking (a->message->answer) ? HAPPENING_TAKE : HAPPENING_CANNOT;
    const struct alert_move *move = alert_move (a->alert->state, happening, standing);

    if (move->refusal) {
        fail (err, move->refusal, NULL, "state %d, answer %d", (int) a->alert->state, (int) a->message->answer);
        return fail_param (err, "name", "%s", a->alert->accepted_name ? a->alert->accepted_name : "他の方");
    }
    *ret = move->follow;
    return 0;
}
