/* handle_emergency_report.c - somebody reports that a person suddenly got worse.
 *
 * Takes:      emergency_report               (proto/notify/emergency_report.command)
 * Refuses:    not_for_you          nobody known, or neither the person's team, a colleague of it, nor the last resort reports
 *             last_resort_missing  the municipality has no last resort: alerts are not switched on
 *             already_there        the same alert_id for somebody else
 * Publishes:  emergency_reported and one alert_person_asked for everybody asked at once, urgent
 * Repeats:    the same alert_id again is answered with what became of it; nobody is asked twice
 * Away:       alarm_away with the last resort's telephone; nothing is recorded or kept for later
 *
 * One transaction: alert, plan, first step asked, everybody else informed, messages to the outside queued.
 */
#include "alert_steps.h"
#include "clock.h"
#include "duty_copy.h"
#include "report_rules.h"
#include "roster.h"
#include "text.h"

enum { PARAM_MOST = 119 };

static struct alert_row draft (const struct request *request, const struct emergency_report *message, const struct standing_to *standing)
{
    return (struct alert_row) {
        .municipality = standing->municipality,
        .alert_id = message->alert_id,
        .patient_id = message->patient_id,
        .urgency = message->urgency,
        .tag = message->tag,
        .happened = message->happened,
        .callback = message->callback,
        .state = ALERT_STATE_SEARCHING,
        .observed_at = report_observed_at (message->observed_at, request->now),
        .received_at = request->now,
        .reported_by = request->actor->person_id,
        .reporter_office = request->actor->office_id,
    };
}

/* The reporter's office may see the alert and what the order is found from; then names, chain and consents are read. */
static int gather (struct act *act, struct alert_row *alert, struct resolver_input *ret, struct error *err)
{
    const char *office, *phone, *municipality;

    if (alert_open_access (act->db, alert, alert->reporter_office, NULL, "reported", 0, err) < 0
        || alert_patient (act->db, act->arena, alert->patient_id, alert, err) < 0
        || alert_names (act->db, act->arena, alert->reported_by, alert->reporter_office, alert->municipality, &alert->reporter_name,
                        &office, &phone, &municipality, err)
               < 0
        || roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, 0, act->now, ret, &alert->chain_version, err)
               < 0)
        return -1;
    alert->patient_name = alert->patient_name ? alert->patient_name : "氏名未取得";
    alert->reporter_name = alert->reporter_name ? alert->reporter_name : "氏名未取得";
    alert->last_resort_office = ret->last_resort_office_id;
    alert->last_resort_name = ret->last_resort_name;
    alert->last_resort_phone = ret->last_resort_phone;
    return 0;
}

static int write_head (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct timeline_entry reported = { .kind = TIMELINE_KIND_REPORTED, .at = alert->observed_at, .person_id = alert->reported_by,
        .name = alert->reporter_name, .text = report_late_words (act->arena, alert->observed_at, alert->received_at) };

    if (alert_add (act->db, alert, err) < 0)
        return -1;
    return alert_add_line (act->db, alert, &reported, err);
}

static int inform (struct act *act, const struct alert_row *alert, int64_t *ret_informed, struct error *err)
{
    struct timeline_entry informed = { .kind = TIMELINE_KIND_INFORMED, .at = act->now };
    struct timeline_entry note = { .kind = TIMELINE_KIND_NOTE, .at = act->now, .text = alert->chain_note };
    struct text_list asked;

    if ((alert->chain_note && alert_add_line (act->db, alert, &note, err) < 0)
        || alert_asked_people (act->db, act->arena, alert, &asked, err) < 0
        || alert_tell (act, alert, FEED_KIND_EMERGENCY, asked, ret_informed, err) < 0
        || alert_tell_outside (act, alert, err) < 0)
        return -1;
    informed.text = arena_print (act->arena, "ケアチームなど%lld名にお知らせしました", (long long) *ret_informed);
    return *ret_informed ? alert_add_line (act->db, alert, &informed, err) : 0;
}

static int announce_report (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct emergency_reported event = { .alert_id = alert->alert_id, .patient_id = alert->patient_id, .urgency = alert->urgency,
        .tag = alert->tag, .reported_by = alert->reported_by, .reported_at = alert->observed_at };

    return act_announce (act, &emergency_reported_message, &event, alert->municipality, err);
}

static int fill_answer (struct act *act, const struct alert_row *alert, struct emergency_report_answer *answer, struct error *err)
{
    struct alert_try *items;
    struct try_rows tries;

    if (alert_get_tries (act->db, act->arena, alert, &tries, err) < 0
        || alert_filling (act->db, act->arena, &answer->incomplete, err) < 0)
        return -1;
    items = arena_alloc (act->arena, (tries.count + 1) * sizeof *items);
    for (size_t i = 0; i < tries.count && i < 40; i++) {
        items[i] = tries.items[i].view;
        answer->asked.count = i + 1;
    }
    answer->asked.items = items;
    answer->alert_id = alert->alert_id;
    answer->has_next_at = alert->state == ALERT_STATE_SEARCHING && alert->next_action_at != 0;
    answer->next_at = alert->next_action_at;
    return 0;
}

static int repeat (struct act *act, const struct alert_row *alert, const struct emergency_report *message,
                   struct emergency_report_answer *answer, struct error *err)
{
    if (strcmp (alert->patient_id, message->patient_id) != 0 || strcmp (alert->reported_by, act->person_id) != 0)
        return fail (err, ERROR_ALREADY_THERE, "/alert_id", "the alert id is taken");
    return fill_answer (act, alert, answer, err);
}

static int start (struct act *act, struct alert_row *alert, const struct resolver_input *input, struct emergency_report_answer *answer,
                  struct error *err)
{
    if (write_head (act, alert, err) < 0
        || announce_report (act, alert, err) < 0
        || alert_ask_next (act, alert, input, err) < 0
        || inform (act, alert, &answer->informed, err) < 0
        || fill_answer (act, alert, answer, err) < 0)
        return -1;
    poke_after_commit (act->batch, "deliver");
    return 0;
}

int notify_handle_emergency_report (struct notify *self, struct request *request, const struct emergency_report *message,
                                    struct emergency_report_answer *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct standing_to standing;
    struct alert_row existing, alert;
    struct resolver_input input;

    if (alert_turn (request->db, err) < 0
        || alert_standing (request->db, request->arena, message->patient_id, &standing, err) < 0
        || report_decide (&standing, request->actor, err) < 0
        || alert_get (request->db, request->arena, message->alert_id, false, &existing, err) < 0)
        return -1;
    if (existing.alert_id)
        return repeat (&act, &existing, message, answer, err);
    alert = draft (request, message, &standing);
    if (report_check_desk (request, alert.municipality, err) < 0
        || gather (&act, &alert, &input, err) < 0
        || start (&act, &alert, &input, answer, err) < 0)
        return -1;
    return 0;
}

/* No alert is accepted without the database: whoever reports must learn it at once, and whom to call. */
int notify_away_emergency_report (void *service, struct request *request, const void *message, void *answer, struct error *err)
{
    const struct notify *self = service;
    struct desk_line desk;

    (void) message;
    (void) answer;
    if (!duty_copy_desk (self->duty_copy, request->actor->municipality, request->arena, &desk))
        return fail (err, ERROR_TRY_LATER, NULL, "the database is away and no last resort is known");
    fail (err, ERROR_ALARM_AWAY, NULL, "the database is away");
    fail_param (err, "name", "%s", text_cut (request->arena, desk.name, PARAM_MOST));
    return fail_param (err, "phone", "%s", desk.phone);
}
