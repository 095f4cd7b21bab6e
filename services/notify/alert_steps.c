/* alert_steps.c - see alert_steps.h. */
#include "alert_steps.h"
#include "clock.h"
#include "ids.h"
#include "roster.h"
#include "words.h"

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
        .tag = alert->tag, .office = office, .callback = message_can_be_dialled (alert->callback) ? alert->callback : phone, .reported_at = alert->observed_at,
        .last_resort_name = alert->last_resort_name, .last_resort_phone = alert->last_resort_phone };
    return 0;
}

static struct outgoing outgoing_of (const struct act *act, const struct outside_facts *facts, bool asks)
{
    return (
        struct outgoing){ .db = act->db, .arena = act->arena, .facts = facts, .now = act->now, .asks = asks, .voice = act->self->voice };
}

/* ---- one target ------------------------------------------------------------------------------------------------------------------------
 */

static struct text_list one_person (struct act *act, const char *person_id)
{
    const char **items = arena_alloc (act->arena, sizeof *items);

    items[0] = person_id;
    return (struct text_list) { .items = items, .count = 1 };
}

static int staff_of (struct act *act, const struct answerer *entry, struct text_list *ret, struct error *err)
{
    if (entry->person_id) {
        *ret = one_person (act, entry->person_id);
        return 0;
    }
    return alert_office_staff (act->db, act->arena, entry->office_id, ret, err);
}

static int announce_asked (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct error *err)
{
    const struct alert_person_asked event = {
        .alert_id = alert->alert_id, .patient_id = alert->patient_id, .person_id = entry->person_id,
        .office_id = entry->office_id ? entry->office_id : alert->last_resort_office, .target = entry->target,
        .rotation_id = entry->rotation_id, .until = act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US };

    return act_announce (act, &alert_person_asked_message, &event, alert->municipality, err);
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
    struct text_list staff;

    if (staff_of (act, entry, &staff, err) < 0
        || feed_add_people (&feed, &notice, staff, err) < 0
        || delivery_add_people (&out, staff, err) < 0
        || (!entry->person_id && delivery_add_call (&out, entry->office_id, entry->phone, err) < 0)
        || alert_add_line (act->db, alert, &line, err) < 0)
        return -1;
    return 0;
}

static int ask_one (struct act *act, const struct alert_row *alert, const struct outside_facts *facts, const struct answerer *entry,
                    struct error *err)
{
    int64_t until = act->now + (int64_t) ASKED_ACCESS_SECONDS * SECOND_US;

    if (alert_open_access (act->db, alert, entry->person_id ? NULL : entry->office_id, entry->person_id, "asked", until, err) < 0
        || alert_add_try (act->db, alert, entry, TRY_STATE_ASKED, act->now, act->now, err) < 0
        || call (act, alert, facts, entry, FEED_KIND_ALERT_ASKED, entry->reason, err) < 0
        || announce_asked (act, alert, entry, err) < 0)
        return -1;
    return 0;
}

/* ---- the plan --------------------------------------------------------------------------------------------------------------------------
 */

struct planned { struct resolution rest; int64_t roster_version; int last_position; };

static const struct tried *tried_of (struct act *act, const struct try_rows *tries)
{
    struct tried *tried = arena_alloc (act->arena, (tries->count + 1) * sizeof *tried);

    for (size_t i = 0; i < tries->count; i++)
        tried[i] = (struct tried) { .try_id = tries->items[i].try_id, .position = (int) tries->items[i].view.position,
            .target = tries->items[i].view.target, .person_id = tries->items[i].view.person_id, .office_id = tries->items[i].office_id,
            .state = tries->items[i].view.state };
    return tried;
}

/* When every projection is lost, the desk written into the alert still stands. */
static void keep_desk (const struct alert_row *alert, struct resolver_input *input)
{
    if (input->last_resort_name)
        return;
    input->last_resort_office_id = alert->last_resort_office;
    input->last_resort_name = alert->last_resort_name;
    input->last_resort_phone = alert->last_resort_phone;
}

static int make_plan (struct act *act, struct alert_row *alert, const struct resolver_input *given, struct planned *ret, struct error *err)
{
    struct resolver_input loaded;
    struct resolution order;
    struct try_rows tries;
    int64_t chain_version;

    if (roster_version (act->db, &ret->roster_version, err) < 0
        || alert_get_tries (act->db, act->arena, alert, &tries, err) < 0)
        return -1;
    if (!given && roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, alert->chain_version, act->now, &loaded,
                               &chain_version, err) < 0)
        return -1;
    if (given)
        loaded = *given;
    keep_desk (alert, &loaded);
    order = resolve (act->arena, &loaded, act->now, alert->tag);
    ret->last_position = 0;
    for (size_t i = 0; i < tries.count; i++)
        if (tries.items[i].view.state != TRY_STATE_PLANNED && tries.items[i].view.position > ret->last_position)
            ret->last_position = (int) tries.items[i].view.position;
    ret->rest = plan_rest (act->arena, &order, tried_of (act, &tries), tries.count, ret->last_position);
    alert->chain_note = order.chain_note;
    return 0;
}

/* How long the step that begins with this entry waits. */
static int64_t delay_us (const struct resolution *rest, size_t from)
{
    struct resolution step = { .items = rest->items + from, .count = rest->count - from };

    return (int64_t) first_delay (&step) * SECOND_US;
}

/* Rows for everybody from `from` on, with the time at which each will be due if nobody answers. */
static int write_planned (struct act *act, const struct alert_row *alert, const struct resolution *rest, size_t from, int64_t due,
                          struct error *err)
{
    size_t step = from;

    for (size_t i = from; i < rest->count; i++) {
        if (rest->items[i].position != rest->items[step].position) {
            due += delay_us (rest, step);
            step = i;
        }
        if (alert_add_try (act->db, alert, &rest->items[i], TRY_STATE_PLANNED, due, 0, err) < 0)
            return -1;
    }
    return 0;
}

/* Nobody is left: the last resort once more. */
static int ask_desk_again (struct act *act, struct alert_row *alert, const struct outside_facts *facts, int64_t roster, struct error *err)
{
    const struct answerer desk = { .target = TARGET_KIND_LAST_RESORT, .office_id = alert->last_resort_office,
                                   .name = alert->last_resort_name, .phone = alert->last_resort_phone };
    int64_t next = act->now + (int64_t) LAST_RESORT_REPEAT_SECONDS * SECOND_US;

    if (call (act, alert, facts, &desk, FEED_KIND_ALERT_ASKED, "まだ誰も引き受けていないため、もう一度連絡", err) < 0)
        return -1;
    alert->next_action_at = next;
    return alert_set_step (act->db, alert, alert->step, next, roster, alert->chain_note, err);
}

static int ask_step (struct act *act, struct alert_row *alert, const struct outside_facts *facts, const struct planned *plan,
                     struct error *err)
{
    const struct resolution *rest = &plan->rest;
    size_t first = 0;

    alert->step = rest->items[0].position;
    alert->next_action_at = act->now + delay_us (rest, 0);
    for (; first < rest->count && rest->items[first].position == alert->step; first++)
        if (ask_one (act, alert, facts, &rest->items[first], err) < 0)
            return -1;
    if (write_planned (act, alert, rest, first, alert->next_action_at, err) < 0)
        return -1;
    return alert_set_step (act->db, alert, alert->step, alert->next_action_at, plan->roster_version, alert->chain_note, err);
}

int alert_ask_next (struct act *act, struct alert_row *alert, const struct resolver_input *input, struct error *err)
{
    struct outside_facts facts;
    struct planned plan;

    if (facts_of (act, alert, &facts, err) < 0
        || make_plan (act, alert, input, &plan, err) < 0
        || alert_drop_planned (act->db, alert, err) < 0)
        return -1;
    if (plan.rest.count == 0)
        return ask_desk_again (act, alert, &facts, plan.roster_version, err);
    return ask_step (act, alert, &facts, &plan, err);
}

int alert_plan_again (struct act *act, struct alert_row *alert, struct error *err)
{
    struct planned plan;

    if (make_plan (act, alert, NULL, &plan, err) < 0
        || alert_drop_planned (act->db, alert, err) < 0
        || write_planned (act, alert, &plan.rest, 0, alert->next_action_at ? alert->next_action_at : act->now, err) < 0)
        return -1;
    return alert_set_step (act->db, alert, alert->step, alert->next_action_at, plan.roster_version, alert->chain_note, err);
}

/* ---- telling ---------------------------------------------------------------------------------------------------------------------------
 */

int alert_tell (struct act *act, const struct alert_row *alert, enum feed_kind kind, struct text_list but, int64_t *ret_count,
                struct error *err)
{
    const struct notice notice = { .kind = kind, .at = act->now, .urgent = true, .patient_id = alert->patient_id,
                                   .alert_id = alert->alert_id, .by = act->person_id };
    struct feed_writer feed = act_feed (act);

    return feed_add_circle (&feed, &notice, but, ret_count, err);
}

static struct outside_duty *duty_of (struct act *act, const struct try_rows *tries)
{
    struct outside_duty *duty = arena_alloc (act->arena, (tries->count + 1) * sizeof *duty);

    for (size_t i = 0; i < tries->count; i++)
        duty[i] = (struct outside_duty) { .role = words_of (&target_kind_type, (int) tries->items[i].view.target),
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

        uuid_new (delivery_id);
        if (delivery_add_webhook (out, delivery_id, targets.items[i].subscription_id,
                                  message_webhook (act->arena, delivery_id, out->facts, duty_of (act, &tries), tries.count), err) < 0)
            return -1;
    }
    return 0;
}

int alert_tell_outside (struct act *act, const struct alert_row *alert, struct error *err)
{
    struct outside_facts facts;
    struct outgoing out;
    struct text_list asked;

    if (facts_of (act, alert, &facts, err) < 0
        || alert_asked_people (act->db, act->arena, alert, &asked, err) < 0)
        return -1;
    out = outgoing_of (act, &facts, false);
    if (delivery_add_circle (&out, asked, err) < 0)
        return -1;
    return tell_subscribers (act, alert, &out, err);
}
