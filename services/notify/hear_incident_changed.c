/* hear_incident_changed.c - an incident was updated, cancelled, raised, matched to a person, taken in hand, or closed.
 *
 * Takes:      incident_changed               (proto/dispatch/incident_changed.event)
 * Refuses:    nothing
 * Publishes:  matched: as incident_opened; cancelled: alert_ended when nothing else keeps the alert open
 * Repeats:    heard once (inbox)
 */
#include "incident_alert.h"
#include "alert_hand.h"
#include "alert_news.h"
#include "incident_words.h"

struct changing { struct act *act; const struct incident_changed *event; struct incident_row *incident; struct alert_row *alert; };

static int note_change (const struct changing *c, const char *words, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_INCIDENT_CHANGED, .at = c->act->now, .name = c->incident->partner_name,
                                         .text = words };

    if (alert_add_line (c->act->db, c->alert, &line, err) < 0
        || alert_touch (c->act->db, c->alert, err) < 0)
        return -1;
    poke_after_commit (c->act->batch, "alert_engine");
    return 0;
}

static int matched (struct act *act, const struct incident_changed *event, const struct incident_row *incident, const char *municipality,
                    struct error *err)
{
    const struct incident_case what = { .incident_id = event->incident_id, .alert_id = event->alert_id, .patient_id = event->patient_id,
        .municipality = municipality, .partner_name = incident->incident_id ? incident->partner_name : event->partner_name,
        .number = incident->incident_id ? incident->number : event->number,
        .unit = event->unit ? event->unit : incident->unit, .crew_phone = event->crew_phone ? event->crew_phone : incident->crew_phone,
        .complaint = event->complaint ? event->complaint : incident->complaint ? incident->complaint : INCIDENT_COMPLAINT_OTHER,
        .tag = event->tag ? event->tag : CONDITION_TAG_OTHER,
        .response = event->response ? event->response : INCIDENT_RESPONSE_FULL, .exercise = event->exercise,
        .called_at = event->called_at, .received_at = event->received_at };

    if (!what.alert_id || !what.patient_id || !municipality || incident->alert_id)
        return 0;
    return incident_open (act, &what, err);
}

static int updated (const struct changing *c, struct error *err)
{
    const struct incident_changed *event = c->event;
    struct incident_row row = *c->incident;

    row.complaint = event->complaint ? event->complaint : row.complaint;
    row.unit = event->unit ? event->unit : row.unit;
    row.crew_phone = event->crew_phone ? event->crew_phone : row.crew_phone;
    if (incident_put (c->act->db, &row, err) < 0)
        return -1;
    return c->alert->alert_id && c->alert->state != ALERT_STATE_ENDED
        ? note_change (c, incident_words (c->act->arena, row.complaint, row.unit, row.crew_phone), err) : 0;
}

/* Those who were asked hear it outside the application too: they may be on their way. */
static int tell_asked (const struct changing *c, struct error *err)
{
    const char *person, *office, *phone, *municipality;
    struct act *act = c->act;
    struct letter letter = { .municipality = c->alert->municipality, .now = act->now };
    struct text_list asked;

    if (c->alert->exercise)
        return 0;
    if (alert_names (act->db, act->arena, NULL, NULL, c->alert->municipality, &person, &office, &phone, &municipality, err) < 0
        || alert_asked_people (act->db, act->arena, c->alert, true, &asked, err) < 0)
        return -1;
    letter.subject = arena_print (act->arena, "【救急出動の取消】%s %s", municipality ? municipality : c->alert->municipality,
                                  message_number (act->arena, c->alert->alert_id));
    letter.text = "消防から出動の取消の連絡がありました。対応は不要です。\nこの連絡には、ご本人の氏名と病名は書かれていません。\n";
    for (size_t i = 0; i < asked.count; i++) {
        letter.person_id = asked.items[i];
        if (delivery_add_letter (act->db, &letter, err) < 0)
            return -1;
    }
    poke_after_commit (act->batch, "deliver");
    return 0;
}

/* Ends the alert when only incidents made it and none of them is left; a nurse's own report goes on. */
static int cancelled (const struct changing *c, struct error *err)
{
    struct text_list live;

    if (incident_end (c->act->db, c->event->incident_id, err) < 0)
        return -1;
    if (!c->alert->alert_id || c->alert->state == ALERT_STATE_ENDED)
        return 0;
    if (note_change (c, "出動が取り消されました", err) < 0
        || incidents_of_alert (c->act->db, c->act->arena, c->alert->alert_id, true, &live, err) < 0)
        return -1;
    if (live.count || c->alert->reported_by)
        return news_add (c->act, c->alert, NEWS_CHANGE, "救急出動が取り消されました", err);
    if (tell_asked (c, err) < 0)
        return -1;
    return alert_finish (c->act, c->alert, NULL, c->incident->partner_name, "救急出動の取消", err);
}

static int raised (const struct changing *c, struct error *err)
{
    if (!c->alert->alert_id || c->alert->state == ALERT_STATE_ENDED)
        return 0;
    return alert_raise_to (c->act, c->alert, ALERT_CLASS_E0, INCIDENT_RESPONSE_FULL, "救急隊・指令が医師との通話を求めています", err);
}

/* The crew is there: whoever announced an arrival is not overdue any more.  A search goes on, for a doctor is still wanted. */
static int in_hand (const struct changing *c, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_IN_HAND, .at = c->act->now, .name = c->incident->partner_name,
                                         .text = c->event->unit ? c->event->unit : c->incident->unit };

    if (!c->alert->alert_id || c->alert->state == ALERT_STATE_ENDED || c->alert->in_hand_at)
        return 0;
    c->alert->in_hand_at = c->act->now;
    if (c->alert->state == ALERT_STATE_ACCEPTED)
        return hand_stop_by (c->act, c->alert, &line, "救急隊が対応中です", err);
    if (alert_set_times (c->act->db, c->alert, err) < 0
        || alert_add_line (c->act->db, c->alert, &line, err) < 0)
        return -1;
    return news_add (c->act, c->alert, NEWS_CHANGE, "救急隊が対応中です", err);
}

int notify_hear_incident_changed (struct notify *self, struct hearing *hearing, const struct incident_changed *event, struct error *err)
{
    struct act act = act_of_hearing (self, hearing);
    struct incident_row incident;
    struct alert_row alert;
    const struct changing c = { &act, event, &incident, &alert };

    if (hearing->replay)
        return 0;
    if (incident_alert (&act, event->incident_id, &incident, &alert, err) < 0)
        return -1;
    if (event->change == INCIDENT_CHANGE_MATCHED)
        return matched (&act, event, &incident, hearing->event->municipality, err);
    if (!incident.incident_id)
        return 0;
    switch (event->change) {
    case INCIDENT_CHANGE_UPDATED:
        return updated (&c, err);
    case INCIDENT_CHANGE_CANCELLED:
        return cancelled (&c, err);
    case INCIDENT_CHANGE_RAISED:
        return raised (&c, err);
    case INCIDENT_CHANGE_IN_HAND:
        return in_hand (&c, err);
    default:
        return incident_end (hearing->db, event->incident_id, err);
    }
}
