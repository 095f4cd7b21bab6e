/* alert_times.c - see alert_times.h. */
#include "alert_times.h"
#include "alert_news.h"
#include "clock.h"
#include "incident_store.h"
#include "roster.h"

static int write_line (struct act *act, const struct alert_row *alert, enum timeline_kind kind, const char *name, const char *text,
                       struct error *err)
{
    const struct timeline_entry line = { .kind = kind, .at = act->now, .name = name, .text = text };

    return alert_add_line (act->db, alert, &line, err);
}

/* ---- the announced arrival has passed: the holder is called again, and whoever has duty now ---------------------------------------------
 */

static const struct try_row *holder_of (const struct try_rows *tries)
{
    for (size_t i = 0; i < tries->count; i++)
        if (tries->items[i].view.state == TRY_STATE_ACCEPTED && tries->items[i].view.target != TARGET_KIND_HOSPITAL)
            return &tries->items[i];
    return NULL;
}

static int overdue (struct act *act, struct alert_row *alert, struct error *err)
{
    const struct try_row *holder;
    struct try_rows tries;

    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0)
        return -1;
    holder = holder_of (&tries);
    alert->overdue = true;
    alert->state = ALERT_STATE_SEARCHING;
    if (write_line (act, alert, TIMELINE_KIND_OVERDUE, alert->accepted_name, "予定を過ぎても到着・対応中の連絡がありません", err) < 0
        || alert_search_again (act->db, alert, act->now, err) < 0
        || (holder && alert_ask_try (act->db, alert, holder->try_id, act->now, err) < 0)
        || (holder && alert_call_again (act, alert, holder, "予定を過ぎたため、もう一度連絡", err) < 0)
        || news_add (act, alert, NEWS_CHANGE, "予定を過ぎても到着の連絡がなく、ほかの方にも連絡しています", err) < 0
        || alert_tell (act, alert, FEED_KIND_ALERT_NEXT, (struct text_list) { 0 }, NULL, err) < 0)
        return -1;
    return alert_ask_afresh (act, alert, err);
}

/* ---- the hospital said nothing ----------------------------------------------------------------------------------------------------------
 */

static int hospital_silent (struct act *act, struct alert_row *alert, struct error *err)
{
    alert->hospital_due_at = 0;
    alert->hospital_answer = HOSPITAL_ANSWER_NONE;
    if (write_line (act, alert, TIMELINE_KIND_HOSPITAL_ANSWERED, NULL, "回答なし（次の段階へ進んでください）", err) < 0
        || alert_set_hospital (act->db, alert, err) < 0
        || alert_silence_hospital (act->db, alert, TRY_STATE_NO_ANSWER, err) < 0
        || alert_set_times (act->db, alert, err) < 0)
        return -1;
    return alert_tell (act, alert, FEED_KIND_HOSPITAL_ANSWER, (struct text_list) { 0 }, NULL, err);
}

/* ---- the holder's shift ends --------------------------------------------------------------------------------------------------------------
 */

int alert_offer (struct act *act, struct alert_row *alert, const struct answerer *entry, struct error *err)
{
    struct answerer offered = *entry;

    offered.position = alert->step + 1;
    offered.reason = arena_print (act->arena, "引継ぎの確認（いまは%sが担当）", alert->accepted_name ? alert->accepted_name : "他の方");
    poke_after_commit (act->batch, "deliver");
    return alert_ask_entry (act, alert, &offered, err);
}

/* The first doctor of the order who is not the holder and was not offered it already. */
static const struct answerer *next_on_duty (const struct resolution *order, const struct alert_row *alert, const struct try_rows *tries)
{
    for (size_t i = 0; i < order->count; i++) {
        const struct answerer *entry = &order->items[i];
        bool known = alert->accepted_by && entry->person_id && strcmp (alert->accepted_by, entry->person_id) == 0;

        if (!entry->person_id)
            continue;
        for (size_t j = 0; j < tries->count; j++)
            known |= (tries->items[j].view.state == TRY_STATE_ASKED || tries->items[j].view.state == TRY_STATE_SEEN)
                && same_answerer (tries->items[j].view.person_id, tries->items[j].office_id, entry->person_id, entry->office_id);
        if (!known)
            return entry;
    }
    return NULL;
}

static int hand_over (struct act *act, struct alert_row *alert, struct error *err)
{
    struct resolver_input input;
    struct resolution order;
    struct try_rows tries;
    const struct answerer *entry;
    int64_t version;

    alert->handover_at = 0;
    if (roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, alert->chain_version, act->now, &input, &version, err) < 0
        || alert_get_tries (act->db, act->arena, alert, &tries, err) < 0
        || alert_set_times (act->db, alert, err) < 0)
        return -1;
    input.reporter = alert->reporter;
    order = resolve (act->arena, &input, act->now, alert->tag);
    entry = alert->exercise ? NULL : next_on_duty (&order, alert, &tries);
    return entry ? alert_offer (act, alert, entry, err) : 0;
}

int alert_time_came (struct act *act, struct alert_row *alert, struct error *err)
{
    if (alert->deadline_at && alert->deadline_at <= act->now)
        return overdue (act, alert, err);
    if (alert->hospital_due_at && alert->hospital_due_at <= act->now)
        return hospital_silent (act, alert, err);
    if (alert->handover_at && alert->handover_at <= act->now)
        return hand_over (act, alert, err);
    return alert_set_times (act->db, alert, err);
}
