/* alert_hand.c - see alert_hand.h. */
#include "alert_hand.h"
#include "alert_news.h"

int hand_get (struct request *request, const char *alert_id, bool taken, struct alert_row *ret, struct error *err)
{
    if (alert_turn (request->db, err) < 0
        || alert_get (request->db, request->arena, alert_id, true, ret, err) < 0)
        return -1;
    if (!ret->alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such alert for the actor");
    if (ret->state == ALERT_STATE_ENDED)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "ended");
    if (taken && ret->state != ALERT_STATE_ACCEPTED)
        return fail (err, ERROR_NOT_ACCEPTED_YET, NULL, "nobody holds it");
    return 0;
}

int hand_name (struct request *request, const struct alert_row *alert, const char **ret, struct error *err)
{
    const char *office, *phone, *municipality;

    return alert_names (request->db, request->arena, request->actor->person_id, request->actor->office_id, alert->municipality, ret, &office,
                        &phone, &municipality, err);
}

bool is_holder (const struct alert_row *alert, const struct actor *actor)
{
    return alert->accepted_by && actor->person_id && strcmp (alert->accepted_by, actor->person_id) == 0;
}

static bool is_reporter (const struct alert_row *alert, const struct actor *actor)
{
    return (alert->reported_by && actor->person_id && strcmp (alert->reported_by, actor->person_id) == 0)
        || (alert->reporter_office && actor->office_id && strcmp (alert->reporter_office, actor->office_id) == 0);
}

bool may_say_arrived (const struct alert_row *alert, const struct actor *actor)
{
    return alert->state != ALERT_STATE_ENDED
        && (is_holder (alert, actor) || is_on_call_staff (actor) || actor_is (actor, ROLE_AMBULANCE_CREW));
}

static bool hears_answers (const struct alert_row *alert, const struct actor *actor)
{
    return is_reporter (alert, actor) || is_on_call_staff (actor);
}

/* A proxy hears the clinic's doctor on the telephone, also after he has answered. */
static bool is_proxy_of_asked (const struct try_rows *tries, const struct actor *actor)
{
    for (size_t i = 0; actor_is (actor, ROLE_CLINIC_PROXY) && i < tries->count; i++) {
        const struct try_row *row = &tries->items[i];

        if (row->view.person_id && row->view.state != TRY_STATE_PLANNED && row->office_id && actor->office_id
            && strcmp (row->office_id, actor->office_id) == 0)
            return true;
    }
    return false;
}

bool may_record (const struct alert_row *alert, const struct try_rows *tries, const struct actor *actor)
{
    return alert->state != ALERT_STATE_ENDED && (hears_answers (alert, actor) || is_proxy_of_asked (tries, actor));
}

bool may_raise (const struct alert_row *alert, const struct standing_to *standing, const struct actor *actor)
{
    return alert->state != ALERT_STATE_ENDED
        && (alert->class == ALERT_CLASS_E2 || alert->response == INCIDENT_RESPONSE_SINGLE_CALL)
        && (is_reporter (alert, actor) || standing->in_team || is_on_call_staff (actor));
}

bool may_answer_hospital (const struct alert_row *alert, const struct try_rows *tries, const struct actor *actor)
{
    bool own = false;

    for (size_t i = 0; i < tries->count; i++)
        own |= tries->items[i].view.target == TARGET_KIND_HOSPITAL && tries->items[i].office_id && actor->office_id
            && strcmp (tries->items[i].office_id, actor->office_id) == 0;
    return alert->state != ALERT_STATE_ENDED && alert->hospital_asked_at != 0
        && (own || is_holder (alert, actor) || hears_answers (alert, actor));
}

int hand_stop_by (struct act *act, struct alert_row *alert, const struct timeline_entry *line, const char *words, struct error *err)
{
    alert->deadline_at = alert->handover_at = 0;
    alert->overdue = false;
    if (alert_set_times (act->db, alert, err) < 0
        || alert_add_line (act->db, alert, line, err) < 0
        || news_add (act, alert, NEWS_CHANGE, words, err) < 0)
        return -1;
    if (alert->has_incident)
        poke_after_commit (act->batch, "alert_engine");
    return 0;
}

int hand_stop_clock (struct act *act, struct alert_row *alert, enum timeline_kind kind, const char *words, struct error *err)
{
    struct timeline_entry line = { .kind = kind, .at = act->now, .person_id = act->person_id };

    if (hand_name (act->request, alert, &line.name, err) < 0)
        return -1;
    return hand_stop_by (act, alert, &line, words, err);
}
