/* handle_alert_hospital_answer.c - the hospital can take the person, or cannot; said by itself or recorded from the telephone (U-21).
 *
 * Takes:      alert_hospital_answer          (proto/notify/alert_hospital_answer.command)
 * Refuses:    not_for_you         unknown, or not open to the actor
 *             already_ended
 *             hospital_not_asked  nobody has asked it
 *             reason_needed       cannot, without why
 *             not_for_role        neither the hospital's own people nor whoever hears its answer
 * Publishes:  nothing itself; whoever takes part is told at once, and what comes next
 * Repeats:    the newer answer stands
 */
#include "alert_hand.h"
#include "alert_news.h"
#include "alert_view.h"
#include "words.h"

static const char *words_of_hospital (struct arena *arena, const struct alert_hospital_answer *message)
{
    const char *words = words_of (&hospital_answer_type, (int) message->answer);

    if (message->refusal)
        words = arena_print (arena, "%s（%s）", words, words_of (&hospital_refusal_type, (int) message->refusal));
    if (message->answer != HOSPITAL_ANSWER_ACCEPT)
        words = arena_print (arena, "%s。次の段階へ進んでください", words);
    return words_clip (arena, message->text ? arena_print (arena, "%s：%s", words, message->text) : words, 600);
}

static int write_answer (struct act *act, struct alert_row *alert, const struct alert_hospital_answer *message, struct error *err)
{
    static const enum try_state states[] = { 0, TRY_STATE_ACCEPTED, TRY_STATE_DECLINED, TRY_STATE_NO_ANSWER };
    struct timeline_entry line = { .kind = TIMELINE_KIND_HOSPITAL_ANSWERED, .at = act->now, .person_id = act->person_id,
                                   .text = words_of_hospital (act->arena, message) };

    alert->hospital_due_at = 0;
    alert->hospital_answer = message->answer;
    alert->hospital_refusal = message->answer == HOSPITAL_ANSWER_DECLINE ? message->refusal : 0;
    if (hand_name (act->request, alert, &line.name, err) < 0
        || alert_set_hospital (act->db, alert, err) < 0
        || alert_silence_hospital (act->db, alert, states[message->answer], err) < 0
        || alert_set_times (act->db, alert, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0
        || news_add (act, alert, NEWS_CHANGE, "医療機関から受入れの回答がありました", err) < 0)
        return -1;
    return alert_tell (act, alert, FEED_KIND_HOSPITAL_ANSWER, (struct text_list) { 0 }, NULL, err);
}

int notify_handle_alert_hospital_answer (struct notify *self, struct request *request, const struct alert_hospital_answer *message,
                                         struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct alert_row alert;
    struct try_rows tries;

    if (hand_get (request, message->alert_id, false, &alert, err) < 0
        || alert_get_tries (request->db, request->arena, &alert, &tries, err) < 0)
        return -1;
    if (!alert.hospital_asked_at)
        return fail (err, ERROR_HOSPITAL_NOT_ASKED, NULL, "never asked");
    if (message->answer == HOSPITAL_ANSWER_DECLINE && !message->refusal)
        return fail (err, ERROR_REASON_NEEDED, "/refusal", "cannot without a reason");
    if (!may_answer_hospital (&alert, &tries, request->actor))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "neither the hospital's nor a listener");
    if (write_answer (&act, &alert, message, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
