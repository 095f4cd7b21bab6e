/* alert_view.c - see alert_view.h. */
#include "alert_view.h"
#include "alert_draft.h"
#include "alert_hand.h"
#include "incident_store.h"

struct alert_line alert_line_of (const struct alert_row *alert, bool waits)
{
    return (struct alert_line) {
        .alert_id = alert->alert_id,
        .patient_id = alert->patient_id,
        .patient_name = alert->patient_name,
        .patient_kana = alert->patient_kana,
        .birth_date = alert->birth_date,
        .municipality = alert->municipality,
        .class = alert->class,
        .urgency = alert->urgency,
        .tag = alert->tag,
        .state = alert->state,
        .reported_at = alert->observed_at,
        .reported_by = alert->reporter_name,
        .has_next_at = alert->state == ALERT_STATE_SEARCHING && alert->next_action_at != 0,
        .next_at = alert->next_action_at,
        .accepted_by = alert->accepted_name,
        .has_arrival_at = alert->arrival_at != 0,
        .arrival_at = alert->arrival_at,
        .waits_for_me = waits,
        .has_exercise = alert->exercise, .exercise = alert->exercise,
        .has_overdue = alert->overdue, .overdue = alert->overdue,
        .has_arrived_at = alert->arrived_at != 0, .arrived_at = alert->arrived_at,
        .has_in_hand_at = alert->in_hand_at != 0, .in_hand_at = alert->in_hand_at,
        .has_reading_at = alert->reading_at != 0, .reading_at = alert->reading_at,
    };
}

static bool is_mine (const struct try_row *row, const struct actor *actor)
{
    if (row->view.target == TARGET_KIND_HOSPITAL)
        return false;                           /* answers for itself: alert_hospital_answer */
    if (row->view.person_id)
        return strcmp (row->view.person_id, actor->person_id) == 0;
    return row->office_id && actor->office_id && strcmp (row->office_id, actor->office_id) == 0 && is_on_call_staff (actor);
}

/* An entry in person counts before one of the office, a later one before an earlier one, any before a planned one. */
static int weight (const struct try_row *row)
{
    return (row->view.state != TRY_STATE_PLANNED) * 2 + (row->view.person_id != NULL);
}

const struct try_row *own_try (const struct try_rows *tries, const struct actor *actor)
{
    const struct try_row *best = NULL;

    for (size_t i = 0; i < tries->count; i++)
        if (is_mine (&tries->items[i], actor) && (!best || weight (&tries->items[i]) >= weight (best)))
            best = &tries->items[i];
    return best;
}

static bool is_actor (const char *person_id, const struct actor *actor)
{
    return person_id && actor->person_id && strcmp (person_id, actor->person_id) == 0;
}

bool may_end (const struct alert_row *alert, const struct standing_to *standing, const struct actor *actor)
{
    return is_actor (alert->reported_by, actor) || is_actor (alert->accepted_by, actor) || standing->manages || standing->attends;
}

static bool waits (const struct alert_row *alert, const struct try_row *own)
{
    bool offered = alert->state == ALERT_STATE_ACCEPTED && own
        && (own->view.state == TRY_STATE_ASKED || own->view.state == TRY_STATE_SEEN);

    return offered || (alert->state == ALERT_STATE_SEARCHING && own
        && (own->view.state == TRY_STATE_ASKED || own->view.state == TRY_STATE_SEEN || own->view.state == TRY_STATE_NO_ANSWER
            || own->view.state == TRY_STATE_SKIPPED));
}

static void fill_facts (const struct alert_row *alert, struct alert_view *answer)
{
    answer->version = alert->version;
    answer->happened = alert->happened;
    answer->received_at = alert->received_at;
    answer->callback = alert->callback;
    answer->patient_phone = alert->patient_phone;
    answer->place = alert->place;
    answer->place_name = alert->place_name;
    answer->place_phone = alert->place_phone;
    answer->terminal_phase = alert->terminal_phase;
    answer->terminal_first_phone = alert->terminal_first_phone;
    answer->chain_note = alert->chain_note;
    answer->last_resort_name = alert->last_resort_name;
    answer->last_resort_phone = alert->last_resort_phone;
    answer->outcome = alert->outcome;
}

/* Who could not come is for those who look for help now.  After the end only the person himself reads it, and the audit (practice.md): the
 * rows of alert_try and alert_line are kept whole. */
static bool is_hidden (const struct alert_row *alert, const char *person_id, const struct actor *actor)
{
    return alert->state == ALERT_STATE_ENDED && !is_actor (person_id, actor);
}

/* Who could not be called stands behind those who are. */
static void fill_tries (const struct request *request, const struct alert_row *alert, const struct try_rows *tries, struct alert_view *answer)
{
    struct alert_try *items = arena_alloc (request->arena, (tries->count + 1) * sizeof *items);
    size_t count = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < tries->count && count < 60; i++) {
            const struct alert_try *view = &tries->items[i].view;

            if ((view->state == TRY_STATE_SKIPPED) == (pass == 1)
                && (view->state != TRY_STATE_DECLINED || !is_hidden (alert, view->person_id, request->actor)))
                items[count++] = *view;
        }
    answer->tries.items = items;
    answer->tries.count = count;
}

static void hide_declines (const struct request *request, const struct alert_row *alert, struct alert_view *answer)
{
    struct timeline_line *lines = arena_alloc (request->arena, (answer->timeline.count + 1) * sizeof *lines);
    size_t count = 0;

    for (size_t i = 0; i < answer->timeline.count; i++)
        if (answer->timeline.items[i].kind != TIMELINE_KIND_DECLINED || !is_hidden (alert, answer->timeline.items[i].person_id, request->actor))
            lines[count++] = answer->timeline.items[i];
    answer->timeline.items = lines;
    answer->timeline.count = count;
}

static void fill_rights (const struct request *request, const struct alert_row *alert, const struct standing_to *standing,
                         const struct try_rows *tries, struct alert_view *answer)
{
    const struct actor *actor = request->actor;
    bool taken = alert->state == ALERT_STATE_ACCEPTED;

    answer->has_may_record = answer->has_may_raise = answer->has_may_arrive = answer->has_may_ask_hospital = true;
    answer->has_may_answer_hospital = answer->has_may_hand_over = true;
    answer->may_record = may_record (alert, tries, actor);
    answer->may_raise = may_raise (alert, standing, actor);
    answer->may_arrive = taken && may_say_arrived (alert, actor);
    answer->may_ask_hospital = taken && answer->hospital_name && (is_holder (alert, actor) || is_on_call_staff (actor));
    answer->may_answer_hospital = may_answer_hospital (alert, tries, actor);
    answer->may_hand_over = taken && is_holder (alert, actor);
}

static int fill_hospital (struct request *request, const struct alert_row *alert, struct alert_view *answer, struct error *err)
{
    bool night = class_waking_time (request->now) > request->now;
    struct hospital_row hospital;

    if (hospital_get (request->db, request->arena, alert->patient_id, &hospital, err) < 0)
        return -1;
    if (hospital.agreed) {
        answer->hospital_name = hospital.name;
        answer->hospital_phone = night && hospital.night_phone ? hospital.night_phone : hospital.phone;
    }
    answer->has_hospital_asked_at = alert->hospital_asked_at != 0;
    answer->hospital_asked_at = alert->hospital_asked_at;
    answer->hospital_answer = alert->hospital_answer;
    answer->hospital_refusal = alert->hospital_refusal;
    answer->has_deadline_at = alert->deadline_at != 0;
    answer->deadline_at = alert->deadline_at;
    return 0;
}

/* ---- what a proxy prepares, and the doctor finds ---------------------------------------------------------------------------------------
 */

static bool is_open_to_draft (const struct alert_row *alert, const struct try_row *own)
{
    return own && own->view.person_id && draft_refusal (alert, own, own->office_id) == 0;
}

static struct alert_draft draft_view (const struct try_row *own, const struct draft_row *draft, bool may_draft)
{
    struct alert_draft view = { .person_id = own->view.person_id, .name = own->view.name, .may_draft = may_draft };

    if (!draft_counts (draft, own))
        return view;
    view.answer = draft->answer;
    view.has_arrival_at = draft->has_arrival_at;
    view.arrival_at = draft->arrival_at;
    view.decline = draft->decline;
    view.text = draft->text;
    view.drafted_by = draft->drafted_name;
    view.has_drafted_at = true;
    view.drafted_at = draft->drafted_at;
    return view;
}

/* A proxy: every doctor of the office who was asked and may still answer.  Anybody else: the own entry, once something is prepared for it. */
static int fill_drafts (const struct request *request, const struct alert_row *alert, const struct try_rows *tries, struct alert_view *answer,
                        struct error *err)
{
    const struct actor *actor = request->actor;
    struct alert_draft *items = arena_alloc (request->arena, (tries->count + 1) * sizeof *items);
    struct draft_rows drafts = { 0 };
    bool is_proxy = actor_is (actor, ROLE_CLINIC_PROXY), read = false;

    answer->drafts.items = items;
    for (size_t i = 0; i < tries->count && answer->drafts.count < 20; i++) {
        const struct try_row *row = &tries->items[i];
        bool mine = is_actor (row->view.person_id, actor), may_draft = is_proxy && !mine;

        if ((!mine && (!is_proxy || !row->office_id || !actor->office_id || strcmp (row->office_id, actor->office_id) != 0))
            || !is_open_to_draft (alert, row)
            || row != draft_entry (tries, row->view.person_id, row->office_id))
            continue;
        if (!read && draft_list (request->db, request->arena, alert, &drafts, err) < 0)
            return -1;
        read = true;
        items[answer->drafts.count] = draft_view (row, draft_of (&drafts, row->try_id), may_draft);
        answer->drafts.count += may_draft || items[answer->drafts.count].answer;
    }
    return 0;
}

static const char *ground_of (const struct request *request, const struct alert_row *alert, const struct standing_to *standing,
                              const struct try_row *own)
{
    if (standing->in_office)
        return "care_team";
    if (is_actor (alert->reported_by, request->actor))
        return "reported";
    return !own && actor_is (request->actor, ROLE_CLINIC_PROXY) ? "proxy" : "asked";
}

static int write_ledger (struct request *request, const struct alert_row *alert, const char *ground, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, sizeof *subjects);

    subjects[0] = alert->patient_id;
    return disclose (request, (struct text_list) { .items = subjects, .count = 1 }, "alert", ground, err);
}

int alert_view_fill (struct request *request, const struct alert_row *alert, struct alert_view *answer, struct error *err)
{
    struct standing_to standing;
    struct try_rows tries;
    const struct try_row *own;

    if (alert_standing (request->db, request->arena, alert->patient_id, &standing, err) < 0
        || alert_get_tries (request->db, request->arena, alert, &tries, err) < 0
        || alert_get_lines (request->db, request->arena, alert, &answer->timeline, err) < 0
        || entry_list (request->db, request->arena, alert, &answer->entries, err) < 0
        || fill_hospital (request, alert, answer, err) < 0
        || fill_drafts (request, alert, &tries, answer, err) < 0)
        return -1;
    own = own_try (&tries, request->actor);
    if (write_ledger (request, alert, ground_of (request, alert, &standing, own), err) < 0)
        return -1;
    fill_rights (request, alert, &standing, &tries, answer);
    fill_facts (alert, answer);
    fill_tries (request, alert, &tries, answer);
    hide_declines (request, alert, answer);
    answer->my_answer_due = waits (alert, own);
    answer->alert = arena_alloc (request->arena, sizeof *answer->alert);
    *(struct alert_line *) answer->alert = alert_line_of (alert, answer->my_answer_due);
    answer->reporter_is_me = is_actor (alert->reported_by, request->actor);
    answer->may_end = alert_end_refusal (alert->state, may_end (alert, &standing, request->actor)) == 0;
    return 0;
}

int alert_view_again (struct request *request, const char *alert_id, struct alert_view *answer, struct error *err)
{
    struct alert_row alert;

    if (alert_get (request->db, request->arena, alert_id, false, &alert, err) < 0)
        return -1;
    if (!alert.alert_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the alert is not open any more");
    return alert_view_fill (request, &alert, answer, err);
}
