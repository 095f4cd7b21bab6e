/* reply_act.c - see reply_act.h. */
#include "reply_act.h"
#include "alert_answering.h"
#include "alert_view.h"
#include "clock.h"
#include "words.h"

static int no (struct reply_taken *ret, const char *words)
{
    *ret = (struct reply_taken) { .taken = false, .words = words };
    return 0;
}

/* Who of the office answers: told by a digit, or its only one. */
static const struct reply_person *who (const struct reply_people *people, char name)
{
    size_t wanted = name >= '1' && name <= '9' ? (size_t) (name - '1') : people->count;

    if (people->count == 1 && !name)
        return people->items;
    return wanted < people->count ? &people->items[wanted] : NULL;
}

static const char *ask_name (struct arena *arena, const struct reply_people *people)
{
    const char *words = "どなたが対応されますか。答えの番号に続けて、お名前の番号を押してください：";

    for (size_t i = 0; i < people->count; i++)
        words = arena_print (arena, "%s%zu %s ", words, i + 1, people->items[i].name);
    return words_clip (arena, people->count ? words : "この窓口で答えられる方が登録されていません。", 300);
}

static bool asks (const struct try_row *row, const char *person_id, const char *office_id)
{
    if (person_id)
        return row->view.person_id && strcmp (row->view.person_id, person_id) == 0;
    return !row->view.person_id && row->office_id && strcmp (row->office_id, office_id) == 0;
}

static const struct try_row *entry_for (const struct try_rows *tries, const char *person_id, const char *office_id)
{
    const struct try_row *best = NULL;

    for (size_t i = 0; i < tries->count; i++)
        if (asks (&tries->items[i], person_id, office_id) && (!best || tries->items[i].view.state != TRY_STATE_PLANNED))
            best = &tries->items[i];
    return best;
}

/* The entry whose number rang; where the office's rang for somebody of it who has none of his own, that one's. */
static const struct try_row *entry_of (const struct try_rows *tries, const struct replier *replier, const char *person_id)
{
    const struct try_row *best = entry_for (tries, replier->person_id, replier->office_id);

    return best || replier->person_id ? best : entry_for (tries, person_id, NULL);
}

static const char *refusal_words (struct arena *arena, const struct error *err, const struct alert_row *alert)
{
    switch (err->key) {
    case ERROR_ALREADY_ACCEPTED:
        return arena_print (arena, "すでに%sさんが引き受けています。", alert->accepted_name ? alert->accepted_name : "他の方");
    case ERROR_ALREADY_ENDED:
        return "この急変への対応は終了しています。";
    default:
        return "この急変への対応は、いまは依頼されていません。";
    }
}

static const char *taken_words (struct arena *arena, const struct replied *replied, const char *number)
{
    const char *answer = words_of (&alert_answer_kind_type, (int) replied->answer);

    if (replied->answer == ALERT_ANSWER_KIND_VISIT)
        return arena_print (arena, "受付番号%s、%s（%lld分後）を受け付けました。", number, answer, (long long) replied->minutes);
    return arena_print (arena, "受付番号%s、「%s」を受け付けました。", number, answer);
}

static int answer_as (struct act *act, struct alert_row *alert, const struct replier *replier, const struct reply_person *person,
                      const struct replied *replied, struct reply_taken *ret, struct error *err)
{
    const struct alert_answer said = { .alert_id = alert->alert_id, .answer = replied->answer,
        .has_arrival_at = replied->answer == ALERT_ANSWER_KIND_VISIT, .arrival_at = act->now + replied->minutes * 60 * SECOND_US,
        .decline = replied->answer != ALERT_ANSWER_KIND_CANNOT ? 0 : replied->decline ? replied->decline : DECLINE_REASON_OTHER,
        .text = arena_print (act->arena, "%sで回答", replied->by) };
    struct try_rows tries;
    struct answering answering = { .act = act, .message = &said, .alert = alert, .tries = &tries, .person_id = person->person_id,
                                   .name = person->name };
    enum follow what = FOLLOW_NOTHING;

    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0)
        return -1;
    answering.own = entry_of (&tries, replier, person->person_id);
    if (answering_decide (&answering, standing_here (alert, answering.own, person->person_id), &what, err) < 0) {
        const char *words = refusal_words (act->arena, err, alert);

        *err = (struct error) { 0 };
        return no (ret, words);
    }
    if (answering_follow (&answering, what, err) < 0)
        return -1;
    *ret = (struct reply_taken) { .taken = true, .words = taken_words (act->arena, replied, message_number (act->arena, alert->alert_id)) };
    return 0;
}

int reply_act (struct notify *self, struct request *request, const struct replier *replier, const struct replied *replied,
               struct reply_taken *ret, struct error *err)
{
    struct act act = act_of_request (self, request);
    const struct reply_person *person;
    struct reply_people people;
    struct alert_row alert;

    if (reply_people (request->db, request->arena, replier, &people, err) < 0)
        return -1;
    person = who (&people, replied->name);
    if (!person)
        return no (ret, ask_name (request->arena, &people));
    if (alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, replier->alert_id, true, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return no (ret, "この番号の急変はありません。");
    act.person_id = person->person_id;
    return answer_as (&act, &alert, replier, person, replied, ret, err);
}
