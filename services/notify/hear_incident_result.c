/* hear_incident_result.c - how a run ended: the team is told at once, the alert ends or goes on.
 *
 * Takes:      incident_result                (proto/dispatch/incident_result.event)
 * Refuses:    nothing; a result without alert is told to the person's team
 * Publishes:  alert_ended, when the person was brought to a hospital or has died
 * Repeats:    heard once (inbox)
 *
 * Not transported: the alert goes on, a doctor may still be needed.  Handed over to a doctor: it is in hand.
 */
#include "incident_alert.h"
#include "alert_news.h"
#include "incident_words.h"
#include "words.h"

static int tell_team (struct act *act, const struct incident_result *event, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_TRANSPORT_RESULT, .at = act->now, .urgent = true, .patient_id = event->patient_id };
    struct feed_writer feed = act_feed (act);

    return event->patient_id && !event->exercise ? feed_add_team (&feed, &notice, err) : 0;
}

static int write_result (struct act *act, const struct alert_row *alert, const struct incident_row *incident, const char *words,
                         struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_TRANSPORT_RESULT, .at = act->now, .name = incident->partner_name,
                                         .text = words };

    if (alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    return alert_tell (act, alert, FEED_KIND_TRANSPORT_RESULT, (struct text_list) { 0 }, NULL, err);
}

static int go_on (struct act *act, struct alert_row *alert, const struct incident_result *event, struct error *err)
{
    if (event->outcome == TRANSPORT_OUTCOME_HANDED_TO_DOCTOR && alert->state == ALERT_STATE_ACCEPTED) {
        alert->in_hand_at = alert->in_hand_at ? alert->in_hand_at : act->now;
        alert->deadline_at = alert->handover_at = 0;
        alert->overdue = false;
        if (alert_set_times (act->db, alert, err) < 0)
            return -1;
    } else if (alert_touch (act->db, alert, err) < 0)
        return -1;
    poke_after_commit (act->batch, "alert_engine");
    return news_add (act, alert, NEWS_CHANGE, "救急搬送の結果が入りました", err);
}

int notify_hear_incident_result (struct notify *self, struct hearing *hearing, const struct incident_result *event, struct error *err)
{
    struct act act = act_of_hearing (self, hearing);
    const char *words = incident_result_words (hearing->arena, event);
    struct incident_row incident;
    struct alert_row alert;

    if (hearing->replay)
        return 0;
    if (incident_alert (&act, event->incident_id, &incident, &alert, err) < 0
        || incident_end (hearing->db, event->incident_id, err) < 0)
        return -1;
    if (!alert.alert_id)
        return tell_team (&act, event, err);
    if (write_result (&act, &alert, &incident, words, err) < 0)
        return -1;
    if (alert.state == ALERT_STATE_ENDED)
        return 0;
    if (event->outcome == TRANSPORT_OUTCOME_TRANSPORTED || event->outcome == TRANSPORT_OUTCOME_DEATH_CONFIRMED)
        return alert_finish (&act, &alert, NULL, incident.partner_name, words_clip (hearing->arena, words, 400), err);
    return go_on (&act, &alert, event, err);
}
