/* alert_open.c - see alert_open.h. */
#include "alert_open.h"
#include "informed.h"
#include "alert_news.h"
#include "clock.h"
#include "report_rules.h"
#include "roster.h"

int alert_gather (struct act *act, struct alert_row *alert, struct resolver_input *ret, struct error *err)
{
    if (alert_patient (act->db, act->arena, alert->patient_id, alert, err) < 0
        || roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, 0, act->now, ret, &alert->chain_version, err) < 0)
        return -1;
    alert->patient_name = alert->patient_name ? alert->patient_name : "氏名未取得";
    alert->reporter_name = alert->reporter_name ? alert->reporter_name : "氏名未取得";
    alert->last_resort_office = ret->last_resort_office_id;
    alert->last_resort_name = ret->last_resort_name ? ret->last_resort_name : "";
    alert->last_resort_phone = ret->last_resort_phone ? ret->last_resort_phone : "";
    alert->state = ALERT_STATE_SEARCHING;
    return alert->class == ALERT_CLASS_E2 ? alert_reading (act, alert, &alert->reading_at, &alert->reading_by, err) : 0;
}

/* ---- beginning ------------------------------------------------------------------------------------------------------------------------
 */

static int write_head (struct act *act, const struct alert_row *alert, const struct entry_row *entry, struct error *err)
{
    const struct timeline_entry reported = { .kind = TIMELINE_KIND_REPORTED, .at = alert->observed_at, .person_id = alert->reported_by,
        .name = alert->reporter_name,
        .text = entry->incident_id ? entry->happened : report_late_words (act->arena, alert->observed_at, alert->received_at) };
    const struct timeline_entry note = { .kind = TIMELINE_KIND_NOTE, .at = act->now, .text = "訓練です。訓練の連絡先にだけ連絡します" };

    if (alert_add (act->db, alert, err) < 0
        || entry_add (act->db, alert, entry, err) < 0
        || alert_add_line (act->db, alert, &reported, err) < 0)
        return -1;
    return alert->exercise ? alert_add_line (act->db, alert, &note, err) : 0;
}

static enum feed_kind start_kind (const struct alert_row *alert)
{
    return alert->class == ALERT_CLASS_E0 ? FEED_KIND_INCIDENT_OPENED : FEED_KIND_EMERGENCY;
}

/* 看取り by night: the others sleep until 8:00; the care manager's entry in the application, which wakes nobody, stands at once all the same. */
static bool may_sleep (const struct act *act, const struct alert_row *alert)
{
    return alert->terminal_phase && class_waking_time (act->now) > act->now;
}

static int tell_managers (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct notice notice = { .kind = start_kind (alert), .at = act->now, .patient_id = alert->patient_id, .alert_id = alert->alert_id,
                                   .by = alert->reported_by };
    struct feed_writer feed = act_feed (act);
    struct text_list managers;

    if (alert->exercise || alert->synthetic)
        return 0;
    return informed_managers (act, alert, &managers, err) < 0 ? -1 : feed_add_people (&feed, &notice, managers, err);
}

static int inform (struct act *act, const struct alert_row *alert, int64_t *ret_informed, struct error *err)
{
    struct timeline_entry informed = { .kind = TIMELINE_KIND_INFORMED, .at = act->now };
    struct timeline_entry note = { .kind = TIMELINE_KIND_NOTE, .at = act->now, .text = alert->chain_note };
    struct text_list asked;

    *ret_informed = 0;
    if (alert->chain_note && alert_add_line (act->db, alert, &note, err) < 0)
        return -1;
    if (may_sleep (act, alert)) {
        note.text = "看取りのため、ほかの方には朝8時にお知らせします";
        return alert_add_line (act->db, alert, &note, err) < 0 || news_add (act, alert, NEWS_START, "", err) < 0
            || tell_managers (act, alert, err) < 0 ? -1 : 0;
    }
    if (alert_asked_people (act->db, act->arena, alert, true, &asked, err) < 0
        || alert_tell (act, alert, start_kind (alert), asked, ret_informed, err) < 0
        || alert_tell_outside (act, alert, err) < 0)
        return -1;
    informed.text = arena_print (act->arena, "ケアチームなど%lld名にお知らせしました", (long long) *ret_informed);
    return *ret_informed ? alert_add_line (act->db, alert, &informed, err) : 0;
}

/* The hospital's agreement may say that it is told at the start. */
static int tell_hospital (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct notice notice = { .kind = start_kind (alert), .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = alert->reported_by };
    struct timeline_entry line = { .kind = TIMELINE_KIND_INFORMED, .at = act->now, .text = "合意に基づき、同時にお知らせしました" };
    struct feed_writer feed = act_feed (act);
    struct hospital_row hospital;
    struct text_list staff;

    if (alert->exercise || !class_is_emergency (alert->class))
        return 0;
    if (hospital_get (act->db, act->arena, alert->patient_id, &hospital, err) < 0)
        return -1;
    if (!hospital.parallel_notice || !hospital.agreed || !hospital.office_id)
        return 0;
    line.name = hospital.name;
    if (alert_office_staff (act->db, act->arena, hospital.office_id, &staff, err) < 0
        || alert_open_access (act->db, alert, hospital.office_id, NULL, "asked", act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US, err) < 0
        || feed_add_people (&feed, &notice, staff, err) < 0)
        return -1;
    return alert_add_line (act->db, alert, &line, err);
}

int alert_start (struct act *act, struct alert_row *alert, const struct resolver_input *input, const struct entry_row *entry,
                 int64_t *ret_informed, struct error *err)
{
    bool later = alert->class == ALERT_CLASS_E2 && alert->reading_at > act->now;

    if (write_head (act, alert, entry, err) < 0
        || (later ? alert_plan_for (act, alert, input, alert->reading_at, err) : alert_ask_next (act, alert, input, err)) < 0
        || inform (act, alert, ret_informed, err) < 0
        || tell_hospital (act, alert, err) < 0)
        return -1;
    poke_after_commit (act->batch, "deliver");
    if (alert->has_incident)
        poke_after_commit (act->batch, "alert_engine");
    return 0;
}

/* ---- joining and raising --------------------------------------------------------------------------------------------------------------
 */

static int raised_line (struct act *act, const struct alert_row *alert, const char *words, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_RAISED, .at = act->now, .person_id = act->person_id, .text = words };

    return alert_add_line (act->db, alert, &line, err);
}

/* Whoever was asked in the slower manner is called again in the faster one, and the rest of its first step with them; nobody twice in one
 * instant, as when an incident is opened and raised at once. */
static int call_now (struct act *act, struct alert_row *alert, struct error *err)
{
    struct try_rows tries;

    if (alert->state != ALERT_STATE_SEARCHING)
        return 0;
    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0)
        return -1;
    for (size_t i = 0; i < tries.count; i++)
        if ((tries.items[i].view.state == TRY_STATE_ASKED || tries.items[i].view.state == TRY_STATE_SEEN)
            && tries.items[i].view.asked_at != act->now
            && alert_call_again (act, alert, &tries.items[i], "緊急度が上がったため、もう一度連絡", err) < 0)
            return -1;
    alert->called_at = act->now;
    poke_after_commit (act->batch, "deliver");
    return alert_ask_next (act, alert, NULL, err);
}

int alert_raise_to (struct act *act, struct alert_row *alert, enum alert_class class, enum incident_response response, const char *words,
                    struct error *err)
{
    alert->class = class;
    alert->response = response;
    alert->reading_at = 0;
    alert->reading_by = NULL;
    alert->rounds = 0;
    if (alert->urgency == URGENCY_TODAY)
        alert->urgency = URGENCY_URGENT;
    if (alert_set_kind (act->db, alert, err) < 0
        || alert_set_rounds (act->db, alert, 0, err) < 0
        || raised_line (act, alert, words, err) < 0)
        return -1;
    return call_now (act, alert, err);
}

int alert_join (struct act *act, struct alert_row *alert, const struct entry_row *entry, enum urgency urgency, enum condition_tag tag,
                enum incident_response response, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_MERGED, .at = act->now, .person_id = entry->reported_by,
                                         .name = entry->reporter_name, .text = entry->incident_id ? entry->happened : NULL };
    bool stricter = alert->response == INCIDENT_RESPONSE_SINGLE_CALL && class_is_emergency (entry->class)
        && response != INCIDENT_RESPONSE_SINGLE_CALL;
    bool higher = class_is_above (entry->class, alert->class) || stricter;
    enum alert_class class = class_is_above (entry->class, alert->class) ? entry->class : alert->class;

    /* what was asked until somebody accepts is not made weaker */
    if (response == INCIDENT_RESPONSE_SINGLE_CALL || (stricter && !response))
        response = INCIDENT_RESPONSE_FULL;
    alert->entered_at = act->now;
    alert->has_incident |= entry->incident_id != NULL;
    alert->urgency = urgency < alert->urgency ? urgency : alert->urgency;
    alert->tag = higher ? tag : alert->tag;
    if (entry_add (act->db, alert, entry, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0
        || (higher ? alert_raise_to (act, alert, class, response, "より緊急の報告が加わりました", err)
                   : alert_set_kind (act->db, alert, err)) < 0
        || alert_tell (act, alert, entry->incident_id ? FEED_KIND_INCIDENT_OPENED : FEED_KIND_EMERGENCY, (struct text_list) { 0 }, NULL, err) < 0)
        return -1;
    poke_after_commit (act->batch, "alert_engine");
    return 0;
}

/* ---- ending ---------------------------------------------------------------------------------------------------------------------------
 */

static int announce_end (struct act *act, const struct alert_row *alert, const char *by, struct error *err)
{
    const struct alert_ended event = { .alert_id = alert->alert_id, .patient_id = alert->patient_id, .ended_by = by, .ended_at = act->now };

    return act_announce (act, &alert_ended_message, &event, alert->municipality, err);
}

int alert_finish (struct act *act, const struct alert_row *alert, const char *by, const char *name, const char *outcome, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_ENDED, .at = act->now, .person_id = by, .name = name, .text = outcome };

    if (alert_close (act->db, alert, by, outcome, act->now, err) < 0
        || alert_call_off (act->db, alert, 0, err) < 0
        || delivery_cancel (act->db, alert->alert_id, err) < 0
        || alert_add_line (act->db, alert, &line, err) < 0
        || announce_end (act, alert, by, err) < 0
        || news_add (act, alert, NEWS_END, "急変対応が終了しました", err) < 0
        || alert_tell (act, alert, FEED_KIND_ALERT_ENDED, (struct text_list) { 0 }, NULL, err) < 0)
        return -1;
    if (alert->has_incident)
        poke_after_commit (act->batch, "alert_engine");
    return 0;
}
