/* alert_steps.c - see alert_steps.h. */
#include "alert_steps.h"
#include "alert_reach.h"
#include "clock.h"
#include "ids.h"
#include "incident_store.h"
#include "informed.h"
#include "roster.h"
#include "words.h"

enum { MISSED_SECONDS = 60 };

/* ---- facts for messages to the outside ------------------------------------------------------------------------------------------------
 */

static int facts_of (struct act *act, const struct alert_row *alert, struct outside_facts *ret, struct error *err)
{
    const char *person, *office, *phone, *municipality;

    if (alert_names (act->db, act->arena, alert->reported_by, alert->reporter_office, alert->municipality, &person, &office, &phone,
                     &municipality, err) < 0)
        return -1;
    *ret = (struct outside_facts) {
        .alert_id = alert->alert_id, .municipality = alert->municipality, .municipality_name = municipality, .urgency = alert->urgency,
        .tag = alert->tag, .class = alert->class, .exercise = alert->exercise,
        .office = alert->reporter_office ? office : alert->reporter_name, .callback = message_can_be_dialled (alert->callback) ? alert->callback : phone,
        .reported_at = alert->observed_at,
        .last_resort_name = alert->last_resort_name, .last_resort_phone = alert->last_resort_phone };
    return 0;
}

static struct outgoing outgoing_of (const struct act *act, const struct outside_facts *facts, bool asks)
{
    return (
        struct outgoing){ .db = act->db, .arena = act->arena, .facts = facts, .now = act->now, .asks = asks, .voice = act->self->voice,
                          .is_e0 = facts->class == ALERT_CLASS_E0 };
}

/* ---- one target ------------------------------------------------------------------------------------------------------------------------
 */

static struct text_list one_text (struct act *act, const char *text)
{
    const char **items = arena_alloc (act->arena, sizeof *items);

    items[0] = text;
    return (struct text_list) { .items = items, .count = 1 };
}

static bool names (struct text_list list, const char *id)
{
    for (size_t i = 0; id && i < list.count; i++)
        if (strcmp (list.items[i], id) == 0)
            return true;
    return false;
}

static struct text_list only_these (struct act *act, struct text_list people, struct text_list allowed)
{
    const char **items = arena_alloc (act->arena, (people.count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < people.count; i++)
        if (names (allowed, people.items[i]))
            items[count++] = people.items[i];
    return (struct text_list) { .items = items, .count = count };
}

/* Whom asking this entry reaches: its people, and the telephone that rings (NULL: none).  In a drill only drill contacts. */
static int reach_of (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct text_list *ret,
                     struct ringing *ret_ringing, struct error *err)
{
    struct drill drill;

    if (alert_ringing (act, alert, entry, ret_ringing, err) < 0)
        return -1;
    if (entry->person_id)
        *ret = one_text (act, entry->person_id);
    else if (alert_office_staff (act->db, act->arena, entry->office_id, ret, err) < 0)
        return -1;
    if (!alert->exercise)
        return 0;
    if (drill_get (act->db, act->arena, alert->municipality, &drill, err) < 0)
        return -1;
    *ret = only_these (act, *ret, drill.people);
    if (!names (drill.offices, ret_ringing->office_id))
        ret_ringing->number = NULL;
    return 0;
}

static int announce_asked (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct error *err)
{
    const struct alert_person_asked event = {
        .alert_id = alert->alert_id, .patient_id = alert->patient_id, .person_id = entry->person_id,
        .office_id = entry->office_id ? entry->office_id : alert->last_resort_office, .target = entry->target,
        .rotation_id = entry->rotation_id, .until = act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US };

    if (!event.office_id || alert->exercise)
        return 0;
    return act_announce (act, &alert_person_asked_message, &event, alert->municipality, err);
}

/* Nobody is called twice in one instant: a doctor stands in the order and is staff of an office asked beside him. */
static struct text_list not_called_yet (struct act *act, const struct alert_row *alert, struct text_list people)
{
    bool same = act->called_alert && strcmp (act->called_alert, alert->alert_id) == 0;
    size_t before = same ? act->called.count : 0, count = 0;
    const char **all = arena_alloc (act->arena, (before + people.count + 1) * sizeof *all);

    for (size_t i = 0; i < before; i++)
        all[i] = act->called.items[i];
    for (size_t i = 0; i < people.count; i++)
        if (!names ((struct text_list) { .items = all, .count = before + count }, people.items[i]))
            all[before + count++] = people.items[i];
    act->called_alert = alert->alert_id;
    act->called = (struct text_list) { .items = all, .count = before + count };
    return (struct text_list) { .items = all + before, .count = count };
}

/* Never instead of the doctor: a notice in the application for the proxies of the clinic, and nothing that rings.  In a drill only drill
 * contacts hear of it. */
static int tell_proxies (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_DOCTOR_ASKED, .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = alert->reported_by };
    struct feed_writer feed = act_feed (act);

    if (!entry->person_id || !entry->office_id || alert->exercise || alert->synthetic)
        return 0;
    return feed_add_proxies (&feed, &notice, entry->person_id, act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US, err);
}

/* Opens the alert to the target, tells its people in the feed and on every channel, and writes it down. */
static int call (struct act *act, const struct alert_row *alert, const struct outside_facts *facts, const struct answerer *entry,
                 enum feed_kind kind, const char *words, struct error *err)
{
    const struct notice notice = { .kind = kind, .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = alert->reported_by };
    const struct timeline_entry line = { .kind = TIMELINE_KIND_ASKED, .at = act->now, .person_id = entry->person_id, .name = entry->name,
                                         .text = words };
    struct outgoing out = outgoing_of (act, facts, true);
    struct feed_writer feed = act_feed (act);
    struct ringing ringing;
    struct text_list staff;

    if (alert->synthetic)
        return delivery_add_call (&out, entry->office_id, act->self->self_test_phone, err) < 0 ? -1 : alert_add_line (act->db, alert, &line, err);
    if (!entry->person_id && !entry->office_id && !entry->phone)
        return 0;                               /* a municipality without last resort */
    if (reach_of (act, alert, entry, &staff, &ringing, err) < 0)
        return -1;
    staff = not_called_yet (act, alert, staff);
    if (entry->person_id && ringing.number && not_called_yet (act, alert, one_text (act, ringing.number)).count == 0)
        ringing.number = NULL;                  /* the telephone of two who have none of their own */
    if (feed_add_people (&feed, &notice, staff, err) < 0
        || delivery_add_people (&out, staff, err) < 0
        || (ringing.number && *ringing.number && delivery_add_call (&out, ringing.office_id, ringing.number, err) < 0)
        || alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    return tell_proxies (act, alert, entry, err);
}

static int ask_one (struct act *act, const struct alert_row *alert, const struct outside_facts *facts, const struct answerer *entry,
                    struct error *err)
{
    int64_t until = act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US;

    if (((entry->person_id || entry->office_id)
         && alert_open_access (act->db, alert, entry->person_id ? NULL : entry->office_id, entry->person_id, "asked", until, err) < 0)
        || alert_add_try (act->db, alert, entry, TRY_STATE_ASKED, act->now, act->now, err) < 0
        || call (act, alert, facts, entry, FEED_KIND_ALERT_ASKED, entry->reason, err) < 0
        || announce_asked (act, alert, entry, err) < 0)
        return -1;
    return 0;
}

/* ---- the plan --------------------------------------------------------------------------------------------------------------------------
 */

struct planned { struct resolution rest; int64_t roster_version; int last_position; struct try_rows tries; };

static struct tried *tried_of (struct act *act, const struct try_rows *tries)
{
    struct tried *tried = arena_alloc (act->arena, (tries->count + 1) * sizeof *tried);

    for (size_t i = 0; i < tries->count; i++)
        tried[i] = (struct tried) { .try_id = tries->items[i].try_id, .position = (int) tries->items[i].view.position,
            .target = tries->items[i].view.target, .person_id = tries->items[i].view.person_id, .office_id = tries->items[i].office_id,
            .state = tries->items[i].view.state };
    return tried;
}

/* In a drill nobody else is even planned: drill contacts in the resolver's order, or all of them when it names none; then the desk. */
static int drill_order (struct act *act, const struct alert_row *alert, struct resolution *order, struct error *err)
{
    struct resolution ret = { .chain_note = order->chain_note };
    struct answerer *desk = NULL;
    struct drill drill;

    if (drill_get (act->db, act->arena, alert->municipality, &drill, err) < 0)
        return -1;
    ret.items = arena_alloc (act->arena, (order->count + drill.people.count + 1) * sizeof *ret.items);
    for (size_t i = 0; i < order->count; i++)
        if (order->items[i].target == TARGET_KIND_LAST_RESORT)
            desk = &order->items[i];
        else if (names (order->items[i].person_id ? drill.people : drill.offices,
                        order->items[i].person_id ? order->items[i].person_id : order->items[i].office_id))
            ret.items[ret.count++] = order->items[i];
    for (size_t i = 0; ret.count <= i && i < drill.people.count; i++) {
        const char *name, *office, *phone, *municipality;

        if (alert_names (act->db, act->arena, drill.people.items[i], NULL, alert->municipality, &name, &office, &phone, &municipality, err) < 0)
            return -1;
        ret.items[ret.count++] = (struct answerer) { .position = 1, .target = TARGET_KIND_PERSON, .person_id = drill.people.items[i],
            .name = name ? name : "氏名未取得", .reason = "訓練の連絡先", .delay_seconds = DELAY_STANDARD_SECONDS };
    }
    if (desk)
        ret.items[ret.count++] = *desk;
    *order = ret;
    return 0;
}

/* When every projection is lost, the desk written into the alert still stands. */
static void keep_desk (const struct alert_row *alert, struct resolver_input *input)
{
    if (input->last_resort_name || !alert->last_resort_office)
        return;
    input->last_resort_office_id = alert->last_resort_office;
    input->last_resort_name = alert->last_resort_name;
    input->last_resort_phone = alert->last_resort_phone;
}

/* Their entry of the list, at TOLD_POSITION: no step waits for it, but what they answer counts. */
static int list_unreachable (struct act *act, const struct alert_row *alert, struct answerer *entry, const char *why, struct error *err)
{
    const char *person, *municipality;

    if (alert_names (act->db, act->arena, entry->person_id, entry->office_id, alert->municipality, &person, &entry->office, &entry->phone,
                     &municipality, err) < 0)
        return -1;
    entry->name = entry->person_id ? person : entry->office;
    entry->name = entry->name ? entry->name : "氏名未取得";
    entry->reason = words_clip (act->arena, why, 600);
    entry->position = TOLD_POSITION;
    return alert_add_try (act->db, alert, entry, TRY_STATE_SKIPPED, act->now, act->now, err) < 0 ? -1
        : announce_asked (act, alert, entry, err);
}

/* Without a telephone nobody is waited for; but whoever looks at the application finds the emergency there, and may open and answer it. */
static int tell_unreachable (struct act *act, const struct alert_row *alert, const struct skipped *skipped, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_EMERGENCY, .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = alert->reported_by };
    struct answerer entry = { .target = !skipped->person_id ? TARGET_KIND_OFFICE : skipped->rotation_id ? TARGET_KIND_ROTATION
                                                                                                         : TARGET_KIND_PERSON,
                              .person_id = skipped->person_id, .office_id = skipped->office_id, .rotation_id = skipped->rotation_id };
    int64_t until = act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US;
    struct feed_writer feed = act_feed (act);
    struct ringing ringing;
    struct text_list staff;

    if (skipped->why != SKIP_UNREACHABLE || alert->synthetic || (!entry.person_id && !entry.office_id))
        return 0;
    if (reach_of (act, alert, &entry, &staff, &ringing, err) < 0
        || alert_open_access (act->db, alert, entry.person_id ? NULL : entry.office_id, entry.person_id, "asked", until, err) < 0
        || list_unreachable (act, alert, &entry, skipped->text, err) < 0
        || tell_proxies (act, alert, &entry, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, staff, err);
}

/* Stands in two rows of the order. */
static bool was_skipped (const struct resolution *order, size_t at)
{
    const struct skipped *one = &order->skipped[at];

    for (size_t i = 0; i < at; i++)
        if (order->skipped[i].why == one->why
            && same_answerer (order->skipped[i].person_id, order->skipped[i].office_id, one->person_id, one->office_id))
            return true;
    return false;
}

/* Who would have been asked and cannot be, once, at the beginning; whoever keeps the roster is told (N-29). */
static int write_skipped (struct act *act, const struct alert_row *alert, const struct resolution *order, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_ROSTER_GAP, .at = act->now, .alert_id = NULL };
    struct feed_writer feed = act_feed (act);
    struct text_list clerks;
    bool gap = false;

    for (size_t i = 0; i < order->skipped_count; i++) {
        const struct timeline_entry line = { .kind = TIMELINE_KIND_SKIPPED, .at = act->now, .person_id = order->skipped[i].person_id,
                                             .text = words_clip (act->arena, order->skipped[i].text, 600) };

        gap |= order->skipped[i].why == SKIP_UNREACHABLE || order->skipped[i].why == SKIP_NOBODY;
        if (alert_add_line (act->db, alert, &line, err) < 0
            || (!was_skipped (order, i) && tell_unreachable (act, alert, &order->skipped[i], err) < 0))
            return -1;
    }
    if (!gap || alert->exercise)
        return 0;
    if (rota_clerks (act->db, act->arena, alert->municipality, &clerks, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, clerks, err);
}

/* fresh: as if only whoever is being asked at this moment had been asked: who has duty now is called again. */
static int make_plan (struct act *act, struct alert_row *alert, const struct resolver_input *given, bool fresh, struct planned *ret,
                      struct error *err)
{
    struct resolver_input loaded;
    struct resolution order;
    struct tried *tried;
    int64_t chain_version;

    if (roster_version (act->db, &ret->roster_version, err) < 0
        || alert_get_tries (act->db, act->arena, alert, &ret->tries, err) < 0)
        return -1;
    if (!given && roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, alert->chain_version, act->now, &loaded,
                               &chain_version, err) < 0)
        return -1;
    if (given)
        loaded = *given;
    keep_desk (alert, &loaded);
    loaded.reporter = alert->reporter;
    order = resolve (act->arena, &loaded, act->now, alert->tag);
    if (alert->exercise && !alert->synthetic && drill_order (act, alert, &order, err) < 0)
        return -1;
    if (ret->tries.count == 0 && write_skipped (act, alert, &order, err) < 0)
        return -1;
    order = class_order (act->arena, &order, kind_of (alert));
    ret->last_position = 0;
    tried = tried_of (act, &ret->tries);
    for (size_t i = 0; i < ret->tries.count; i++) {
        if (tried[i].state != TRY_STATE_PLANNED && tried[i].position > ret->last_position)
            ret->last_position = tried[i].position;
        if (fresh && tried[i].state != TRY_STATE_ASKED && tried[i].state != TRY_STATE_DECLINED)
            tried[i].state = TRY_STATE_CALLED_OFF;
    }
    ret->rest = plan_rest (act->arena, &order, tried, ret->tries.count, ret->last_position);
    alert->chain_note = order.chain_note;
    return 0;
}

/* How long the step that begins with this entry waits. */
static int64_t delay_us (const struct resolution *rest, size_t from)
{
    struct resolution step = { .items = rest->items + from, .count = rest->count - from };

    return (int64_t) first_delay (&step) * SECOND_US;
}

/* What can wait is asked in working hours only. */
static int64_t due_of (const struct alert_row *alert, int64_t at)
{
    return alert->class == ALERT_CLASS_E2 ? class_working_time (at) : at;
}

/* Rows for everybody from `from` on, with the time at which each will be due if nobody answers. */
static int write_planned (struct act *act, const struct alert_row *alert, const struct resolution *rest, size_t from, int64_t due,
                          struct error *err)
{
    size_t step = from;

    for (size_t i = from; i < rest->count; i++) {
        if (rest->items[i].position != rest->items[step].position) {
            due = due_of (alert, due + delay_us (rest, step));
            step = i;
        }
        if (alert_add_try (act->db, alert, &rest->items[i], TRY_STATE_PLANNED, due, 0, err) < 0)
            return -1;
    }
    return 0;
}

/* Who stood in the plan but is no longer to be asked, though his time had come while nothing ran: it stays readable. */
static int write_missed (struct act *act, const struct alert_row *alert, const struct planned *plan, struct error *err)
{
    for (size_t i = 0; i < plan->tries.count; i++) {
        const struct try_row *row = &plan->tries.items[i];
        struct timeline_entry line = { .kind = TIMELINE_KIND_SKIPPED, .at = act->now, .person_id = row->view.person_id,
            .name = row->view.name, .text = "連絡が止まっていた間に予定の時刻を過ぎ、いまは当番ではないため連絡していません" };
        bool still = false;

        for (size_t j = 0; j < plan->rest.count; j++)
            still |= same_answerer (row->view.person_id, row->office_id, plan->rest.items[j].person_id, plan->rest.items[j].office_id);
        if (row->view.state == TRY_STATE_PLANNED && !still && row->view.due_at + (int64_t) MISSED_SECONDS * SECOND_US < act->now
            && alert_add_line (act->db, alert, &line, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- rounds: nobody is left to be asked for the first time ------------------------------------------------------------------------------
 */

static struct answerer desk_of (const struct alert_row *alert)
{
    return (struct answerer) { .target = TARGET_KIND_LAST_RESORT, .office_id = alert->last_resort_office, .name = alert->last_resort_name,
                               .phone = alert->last_resort_office ? alert->last_resort_phone : NULL };
}

static int nobody_reached (struct act *act, const struct alert_row *alert, const struct outside_facts *facts, struct error *err)
{
    const struct timeline_entry line = { .kind = TIMELINE_KIND_NOBODY_REACHED, .at = act->now, .text = "3回くり返しても誰も引き受けていません" };
    const struct answerer desk = desk_of (alert);

    if (alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    return call (act, alert, facts, &desk, FEED_KIND_ALERT_ASKED, "まだ誰にもつながっていません", err);
}

static bool is_waited_for (const struct try_row *row)
{
    return row->view.state == TRY_STATE_ASKED || row->view.state == TRY_STATE_SEEN;
}

/* Everybody without an answer once more, the last resort too; but nobody twice in one instant. */
static int ask_all_again (struct act *act, const struct alert_row *alert, const struct outside_facts *facts, const struct try_rows *tries,
                          struct error *err)
{
    for (size_t i = 0; i < tries->count; i++) {
        const struct try_row *row = &tries->items[i];
        const struct answerer entry = { .target = row->view.target, .person_id = row->view.person_id, .rotation_id = row->rotation_id,
            .office_id = row->office_id, .name = row->view.name, .phone = row->view.phone };

        if (row->view.target == TARGET_KIND_HOSPITAL || (!is_waited_for (row) && row->view.state != TRY_STATE_NO_ANSWER))
            continue;
        if (row->view.asked_at == act->now || (alert->called_at == act->now && is_waited_for (row)))
            continue;
        if (call (act, alert, facts, &entry, FEED_KIND_ALERT_ASKED, "まだ誰も引き受けていないため、もう一度連絡", err) < 0)
            return -1;
    }
    return alert_ask_all_again (act->db, alert, alert->rounds + 1, act->now, err);
}

/* Has the desk a line of its own in the list?  Of single_call and e2 it may have none. */
static bool desk_was_asked (const struct try_rows *tries)
{
    for (size_t i = 0; i < tries->count; i++)
        if (tries->items[i].view.target == TARGET_KIND_LAST_RESORT && tries->items[i].view.state != TRY_STATE_PLANNED)
            return true;
    return false;
}

static int ask_round (struct act *act, struct alert_row *alert, const struct outside_facts *facts, const struct planned *plan,
                      struct error *err)
{
    const struct answerer desk = desk_of (alert);
    int repeat = class_repeat_seconds (kind_of (alert), alert->rounds + 1);

    if (repeat == 0)
        alert->next_action_at = 0;
    else if (alert->rounds + 1 < ROUNDS_OF_ALL) {
        if (ask_all_again (act, alert, facts, &plan->tries, err) < 0
            || (!desk_was_asked (&plan->tries) && class_is_emergency (alert->class)
                && call (act, alert, facts, &desk, FEED_KIND_ALERT_ASKED, "まだ誰も引き受けていないため、もう一度連絡", err) < 0))
            return -1;
    } else if (nobody_reached (act, alert, facts, err) < 0 || alert_set_rounds (act->db, alert, alert->rounds + 1, err) < 0)
        return -1;
    if (repeat)
        alert->next_action_at = due_of (alert, act->now + (int64_t) repeat * SECOND_US);
    return alert_set_step (act->db, alert, alert->step, alert->next_action_at, plan->roster_version, alert->chain_note, err);
}

static int ask_step (struct act *act, struct alert_row *alert, const struct outside_facts *facts, const struct planned *plan,
                     struct error *err)
{
    const struct resolution *rest = &plan->rest;
    size_t first = 0;

    alert->step = rest->items[0].position;
    alert->next_action_at = due_of (alert, act->now + delay_us (rest, 0));
    for (; first < rest->count && rest->items[first].position == alert->step; first++)
        if (ask_one (act, alert, facts, &rest->items[first], err) < 0)
            return -1;
    if (write_planned (act, alert, rest, first, alert->next_action_at, err) < 0)
        return -1;
    return alert_set_step (act->db, alert, alert->step, alert->next_action_at, plan->roster_version, alert->chain_note, err);
}

static int ask_next (struct act *act, struct alert_row *alert, const struct resolver_input *input, bool fresh, struct error *err)
{
    struct outside_facts facts;
    struct planned plan;

    if (facts_of (act, alert, &facts, err) < 0
        || make_plan (act, alert, input, fresh, &plan, err) < 0
        || write_missed (act, alert, &plan, err) < 0
        || alert_drop_planned (act->db, alert, err) < 0)
        return -1;
    if (plan.rest.count == 0)
        return ask_round (act, alert, &facts, &plan, err);
    return ask_step (act, alert, &facts, &plan, err);
}

int alert_ask_next (struct act *act, struct alert_row *alert, const struct resolver_input *input, struct error *err)
{
    return ask_next (act, alert, input, false, err);
}

int alert_ask_afresh (struct act *act, struct alert_row *alert, struct error *err)
{
    return ask_next (act, alert, NULL, true, err);
}

int alert_ask_desk (struct act *act, struct alert_row *alert, struct error *err)
{
    const struct answerer desk = desk_of (alert);
    struct outside_facts facts;

    if (facts_of (act, alert, &facts, err) < 0
        || call (act, alert, &facts, &desk, FEED_KIND_ALERT_ASKED, "順番どおりの連絡ができないため、最終連絡先に直接連絡", err) < 0)
        return -1;
    return alert_act_at (act->db, alert, act->now + (int64_t) LAST_RESORT_REPEAT_SECONDS * SECOND_US, err);
}

int alert_ask_entry (struct act *act, struct alert_row *alert, const struct answerer *entry, struct error *err)
{
    struct outside_facts facts;

    if (facts_of (act, alert, &facts, err) < 0)
        return -1;
    return ask_one (act, alert, &facts, entry, err);
}

int alert_call_again (struct act *act, const struct alert_row *alert, const struct try_row *row, const char *words, struct error *err)
{
    const struct answerer entry = { .target = row->view.target, .person_id = row->view.person_id, .rotation_id = row->rotation_id,
        .office_id = row->office_id, .name = row->view.name, .phone = row->view.phone };
    struct outside_facts facts;

    if (facts_of (act, alert, &facts, err) < 0)
        return -1;
    return call (act, alert, &facts, &entry, FEED_KIND_ALERT_ASKED, words, err);
}

int alert_plan_again (struct act *act, struct alert_row *alert, struct error *err)
{
    struct planned plan;

    if (make_plan (act, alert, NULL, false, &plan, err) < 0
        || alert_drop_planned (act->db, alert, err) < 0
        || write_planned (act, alert, &plan.rest, 0, alert->next_action_at ? alert->next_action_at : act->now, err) < 0)
        return -1;
    return alert_set_step (act->db, alert, alert->step, alert->next_action_at, plan.roster_version, alert->chain_note, err);
}

int alert_plan_for (struct act *act, struct alert_row *alert, const struct resolver_input *input, int64_t at, struct error *err)
{
    alert->next_action_at = at;
    struct planned plan;

    if (make_plan (act, alert, input, false, &plan, err) < 0
        || write_planned (act, alert, &plan.rest, 0, at, err) < 0)
        return -1;
    return alert_set_step (act->db, alert, 0, at, plan.roster_version, alert->chain_note, err);
}

/* ---- telling ---------------------------------------------------------------------------------------------------------------------------
 */

int alert_tell (struct act *act, const struct alert_row *alert, enum feed_kind kind, struct text_list but, int64_t *ret_count,
                struct error *err)
{
    const struct notice notice = { .kind = kind, .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = act->person_id };
    struct feed_writer feed = act_feed (act);
    struct drill drill;

    if (ret_count)
        *ret_count = 0;
    if (alert->synthetic)
        return 0;
    if (!alert->exercise)
        return feed_add_circle (&feed, &notice, but, ret_count, err);
    if (drill_get (act->db, act->arena, alert->municipality, &drill, err) < 0)
        return -1;
    if (ret_count)
        *ret_count = (int64_t) drill.people.count;
    return feed_add_people (&feed, &notice, drill.people, err);
}

/* Who can be called. */
static struct outside_duty *duty_of (struct act *act, const struct try_rows *tries, size_t *ret_count)
{
    struct outside_duty *duty = arena_alloc (act->arena, (tries->count + 1) * sizeof *duty);

    *ret_count = 0;
    for (size_t i = 0; i < tries->count; i++)
        if (tries->items[i].view.state != TRY_STATE_SKIPPED)
            duty[(*ret_count)++] = (struct outside_duty) { .role = words_of (&target_kind_type, (int) tries->items[i].view.target),
            .name = tries->items[i].view.name, .office = tries->items[i].view.office, .phone = tries->items[i].view.phone };
    return duty;
}

static int tell_subscribers (struct act *act, const struct alert_row *alert, const struct outgoing *out, struct error *err)
{
    struct webhook_targets targets;
    struct try_rows tries;

    if (delivery_subscriptions (act->db, act->arena, alert->municipality, &targets, err) < 0
        || (targets.count && alert_get_tries (act->db, act->arena, alert, &tries, err) < 0))
        return -1;
    for (size_t i = 0; i < targets.count; i++) {
        char *delivery_id = arena_alloc (act->arena, UUID_TEXT);
        size_t count;
        const struct outside_duty *duty = duty_of (act, &tries, &count);

        uuid_new (delivery_id);
        if (delivery_add_webhook (out, delivery_id, targets.items[i].subscription_id,
                                  message_webhook (act->arena, delivery_id, out->facts, duty, count), err) < 0)
            return -1;
    }
    return 0;
}

int alert_tell_outside (struct act *act, const struct alert_row *alert, struct error *err)
{
    struct outside_facts facts;
    struct outgoing out;
    struct text_list asked;

    if (alert->exercise)
        return 0;
    if (facts_of (act, alert, &facts, err) < 0
        || alert_asked_people (act->db, act->arena, alert, false, &asked, err) < 0)
        return -1;
    out = outgoing_of (act, &facts, false);
    if (informed_hours (act, alert, asked, &out, err) < 0 || delivery_add_circle (&out, asked, err) < 0)
        return -1;
    return class_is_emergency (alert->class) ? tell_subscribers (act, alert, &out, err) : 0;
}
