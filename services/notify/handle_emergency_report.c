/* handle_emergency_report.c - somebody reports that a person suddenly got worse.
 *
 * Takes:      emergency_report               (proto/notify/emergency_report.command)
 * Refuses:    not_for_you          nobody known, or neither the person's team, a colleague of it, nor the last resort reports
 *             last_resort_missing  the municipality has no last resort: alerts are not switched on
 *             already_there        the same alert_id for somebody else
 *             no_drill_contact     a drill without anybody to call
 * Publishes:  emergency_reported and one alert_person_asked for everybody asked at once, urgent
 * Repeats:    the same alert_id again is answered with what became of it; nobody is asked twice
 * Away:       alarm_away with the last resort's telephone; nothing is recorded or kept for later
 *
 * One transaction: alert, plan, first step asked, everybody else informed, messages to the outside queued.  "Today" is a change of
 * condition (E2): after hours the doctor reads it when the answer says, and the reporter may raise it.  A second report for the same person
 * within ten minutes goes into the open alert (N-03).
 */
#include "alert_open.h"
#include "duty_copy.h"
#include "report_rules.h"
#include "text.h"

enum { PARAM_MOST = 119 };

static enum reporter_kind reporter_of (const struct actor *actor)
{
    if (actor_is (actor, ROLE_DOCTOR))
        return REPORTER_KIND_DOCTOR;
    if (actor_is (actor, ROLE_VISITING_NURSE))
        return REPORTER_KIND_NURSE;
    return actor_is (actor, ROLE_HELPER) || actor_is (actor, ROLE_LAST_RESORT) ? REPORTER_KIND_FAMILY : REPORTER_KIND_STAFF;
}

static struct alert_row draft (const struct request *request, const struct emergency_report *message, const struct standing_to *standing)
{
    return (struct alert_row) {
        .municipality = standing->municipality,
        .alert_id = message->alert_id,
        .patient_id = message->patient_id,
        .class = class_of_urgency (message->urgency),
        .urgency = message->urgency,
        .tag = message->tag,
        .reporter = reporter_of (request->actor),
        .exercise = message->has_exercise && message->exercise,
        .happened = message->happened,
        .callback = message->callback,
        .state = ALERT_STATE_SEARCHING,
        .observed_at = report_observed_at (message->observed_at, request->now),
        .received_at = request->now,
        .reported_by = request->actor->person_id,
        .reporter_office = request->actor->office_id,
    };
}

static struct entry_row entry_of (const struct alert_row *alert)
{
    return (struct entry_row) { .entry_id = alert->alert_id, .at = alert->observed_at, .class = alert->class,
                                .reported_by = alert->reported_by, .reporter_name = alert->reporter_name, .happened = alert->happened };
}

/* The reporter's office may see the alert and what the order is found from. */
static int open_to_reporter (struct act *act, struct alert_row *alert, const char *alert_id, struct error *err)
{
    const char *office, *phone, *municipality, *own = alert->alert_id;

    alert->alert_id = alert_id;
    if (alert_open_access (act->db, alert, alert->reporter_office, NULL, "reported", 0, err) < 0)
        return -1;
    alert->alert_id = own;
    if (alert_names (act->db, act->arena, alert->reported_by, alert->reporter_office, alert->municipality, &alert->reporter_name, &office,
                     &phone, &municipality, err) < 0)
        return -1;
    alert->reporter_name = alert->reporter_name ? alert->reporter_name : "氏名未取得";
    return 0;
}

static int announce_report (struct act *act, const struct alert_row *alert, struct error *err)
{
    const struct emergency_reported event = { .alert_id = alert->alert_id, .patient_id = alert->patient_id, .urgency = alert->urgency,
        .tag = alert->tag, .reported_by = alert->reported_by, .reported_at = alert->observed_at };

    return alert->exercise ? 0 : act_announce (act, &emergency_reported_message, &event, alert->municipality, err);
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
    answer->class = alert->class;
    answer->has_reading_at = alert->reading_at != 0;
    answer->reading_at = alert->reading_at;
    answer->reading_by = alert->reading_by;
    answer->has_exercise = alert->exercise;
    answer->exercise = alert->exercise;
    return 0;
}

/* Sent again: told what became of it, also when it went into another alert. */
static int repeat (struct act *act, const struct alert_row *alert, const char *by, const struct emergency_report *message,
                   struct emergency_report_answer *answer, struct error *err)
{
    if (strcmp (alert->patient_id, message->patient_id) != 0 || !by || strcmp (by, act->person_id) != 0)
        return fail (err, ERROR_ALREADY_THERE, "/alert_id", "the alert id is taken");
    answer->has_joined = answer->joined = strcmp (alert->alert_id, message->alert_id) != 0;
    return fill_answer (act, alert, answer, err);
}

static int find_repeated (struct act *act, const char *alert_id, struct alert_row *ret, const char **ret_by, struct error *err)
{
    const char *joined;

    *ret = (struct alert_row) { 0 };
    if (entry_alert (act->db, act->arena, alert_id, &joined, ret_by, err) < 0
        || alert_get (act->db, act->arena, joined ? joined : alert_id, false, ret, err) < 0)
        return -1;
    if (!joined)
        *ret_by = ret->reported_by;
    return 0;
}

static int start (struct act *act, struct alert_row *alert, struct emergency_report_answer *answer, struct error *err)
{
    struct resolver_input input;
    struct entry_row entry;

    if (open_to_reporter (act, alert, alert->alert_id, err) < 0
        || alert_gather (act, alert, &input, err) < 0
        || announce_report (act, alert, err) < 0)
        return -1;
    entry = entry_of (alert);
    if (alert_start (act, alert, &input, &entry, &answer->informed, err) < 0)
        return -1;
    return fill_answer (act, alert, answer, err);
}

/* Within the merge window this person's alert is already open: one alert, two entries (N-03). */
static int join (struct act *act, struct alert_row *report, const char *open, struct emergency_report_answer *answer, struct error *err)
{
    struct alert_row alert;
    struct entry_row entry;

    if (open_to_reporter (act, report, open, err) < 0
        || alert_get (act->db, act->arena, open, true, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the open alert is not to be seen");
    entry = entry_of (report);
    if (alert_join (act, &alert, &entry, report->urgency, report->tag, 0, err) < 0)
        return -1;
    answer->has_joined = answer->joined = true;
    return fill_answer (act, &alert, answer, err);
}

static int check_drill (struct act *act, const struct alert_row *alert, struct error *err)
{
    struct drill drill;

    if (!alert->exercise)
        return 0;
    if (drill_get (act->db, act->arena, alert->municipality, &drill, err) < 0)
        return -1;
    return drill.people.count + drill.offices.count ? 0 : fail (err, ERROR_NO_DRILL_CONTACT, "/exercise", "no drill contact");
}

int notify_handle_emergency_report (struct notify *self, struct request *request, const struct emergency_report *message,
                                    struct emergency_report_answer *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    struct standing_to standing;
    struct alert_row existing, alert;
    const char *by, *open;

    if (alert_turn (request->db, err) < 0
        || alert_standing (request->db, request->arena, message->patient_id, &standing, err) < 0
        || report_decide (&standing, request->actor, err) < 0
        || find_repeated (&act, message->alert_id, &existing, &by, err) < 0)
        return -1;
    if (existing.alert_id)
        return repeat (&act, &existing, by, message, answer, err);
    alert = draft (request, message, &standing);
    if (report_check_desk (request, alert.municipality, err) < 0
        || check_drill (&act, &alert, err) < 0
        || alert_to_join (request->db, request->arena, message->patient_id, request->now - self->merge_us, alert.exercise, &open, err) < 0)
        return -1;
    return open ? join (&act, &alert, open, answer, err) : start (&act, &alert, answer, err);
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
