/* handle_override_add.c - 代診: somebody else, or nobody, is on duty for a while.
 *
 * Takes:      override_add                   (proto/notify/override_add.command)
 * Refuses:    override_conflict  another override covers part of that time; the record says which, with the id in the words
 *             not_for_role       somebody else's duty, and the actor does not coordinate there
 *             not_a_colleague    who comes works in another office
 *             not_for_you        no such rotation
 *             already_there      the id stands for another override, or for one that was taken back
 *             period_reversed, period_too_long, time_in_past, nobody_changed, field_missing   not an override
 * Publishes:  nothing; in force for the next step of every open alert; told to who leaves and who comes
 * Repeats:    the same override_id changes nothing
 */
#include <string.h>
#include "duty_change_store.h"
#include "duty_rules.h"
#include "notify.h"
#include "roster_rules.h"
#include "swap_act.h"

static bool same (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

/* 1: it stands already; 0: not there. */
static int check_stored (struct request *request, const struct override_add *message, struct error *err)
{
    struct stored_change stored;

    if (change_find (request->db, request->arena, message->override_id, &stored, err) < 0)
        return -1;
    if (!stored.change_id)
        return 0;
    if (stored.removed || stored.kind != DUTY_CHANGE_KIND_OVERRIDE || !same (stored.rotation_id, message->rotation_id)
        || stored.from != message->from || stored.to != message->to || !same (stored.remove_id, message->remove)
        || !same (stored.add_id, message->add))
        return fail (err, ERROR_ALREADY_THERE, "/override_id", "the id stands for another override");
    return 1;
}

static int lock_scope (struct request *request, const struct override_add *message, const char **ret_area, struct error *err)
{
    *ret_area = NULL;
    if (!message->rotation_id)
        return change_lock_person (request->db, message->remove, err);
    if (change_lock_rotation (request->db, request->arena, message->rotation_id, ret_area, err) < 0)
        return -1;
    return *ret_area ? 0 : fail (err, ERROR_NOT_FOR_YOU, "/rotation_id", "no such rotation");
}

static int decide (struct request *request, const struct override_add *message, const char *area, struct error *err)
{
    const struct actor *actor = request->actor;
    struct override_facts facts = { .area = area, .remove_id = message->remove, .add_id = message->add };

    if (message->remove && roster_shares_office (request->db, message->remove, actor->office_id, &facts.removes_own, err) < 0)
        return -1;
    if (actor_is (actor, ROLE_DOCTOR) && !actor_is (actor, ROLE_CLINIC_PROXY))
        facts.removes_own = same (message->remove, actor->person_id);
    if (message->remove && message->add
        && change_same_office (request->db, message->remove, message->add, &facts.same_office, err) < 0)
        return -1;
    return override_decide (actor, &facts, err);
}

static int check_conflict (struct request *request, const struct override_add *message, struct error *err)
{
    struct override_conflict *conflict = request->conflict;
    struct stored_change other;

    if (change_find_conflict (request->db, request->arena, message, &other, err) < 0)
        return -1;
    if (!other.change_id)
        return 0;
    if (conflict)
        *conflict = (struct override_conflict) { .override_id = other.change_id, .rotation_id = other.rotation_id, .from = other.from,
            .to = other.to, .add_name = other.add_name, .entered_by = other.entered_by_name, .reason = other.reason };
    fail (err, ERROR_OVERRIDE_CONFLICT, "/from", "another override covers that time");
    return fail_param (err, "id", "%s", other.change_id);
}

static int store (struct request *request, const struct override_add *message, struct error *err)
{
    struct duty_change change = { .change_id = message->override_id, .kind = DUTY_CHANGE_KIND_OVERRIDE, .rotation_id = message->rotation_id,
        .from = message->from, .to = message->to, .remove_id = message->remove, .add_id = message->add,
        .add_office_id = message->add_office };

    if (message->add && !change.add_office_id
        && change_office_of (request->db, request->arena, message->rotation_id, message->add, &change.add_office_id, err) < 0)
        return -1;
    if (change_add (request->db, &change, message->reason, request->actor->person_id, request->now, err) < 0)
        return -1;
    return message->rotation_id ? change_raise_rotation (request->db, message->rotation_id, err)
                                : roster_raise_rotations_of (request->db, message->remove, err);
}

/* Who has duty in that time before the change, and who comes. */
static int people_of (struct request *request, const struct override_add *message, struct text_list *ret, struct error *err)
{
    struct text_list holders = { 0 };
    const char **people;

    if (message->rotation_id && !message->remove
        && duty_holders (request, message->rotation_id, message->from, message->to, &holders, err) < 0)
        return -1;
    people = arena_alloc (request->arena, (holders.count + 2) * sizeof *people);
    for (size_t i = 0; i < holders.count; i++)
        people[ret->count++] = holders.items[i];
    if (message->remove)
        people[ret->count++] = message->remove;
    if (message->add)
        people[ret->count++] = message->add;
    ret->items = people;
    return 0;
}

int notify_handle_override_add (struct notify *self, struct request *request, const struct override_add *message, struct done *answer,
                                struct error *err)
{
    struct text_list people = { 0 };
    const char *area;
    int stands;

    (void) self;
    (void) answer;
    if (override_check (message, request->now, err) < 0 || lock_scope (request, message, &area, err) < 0
        || decide (request, message, area, err) < 0)
        return -1;
    stands = check_stored (request, message, err);
    if (stands != 0)
        return stands < 0 ? -1 : 0;
    if (check_conflict (request, message, err) < 0 || people_of (request, message, &people, err) < 0 || store (request, message, err) < 0
        || (message->rotation_id && swap_recheck (request, message->rotation_id, err) < 0)
        || duty_tell (request, FEED_KIND_SHIFT_CHANGED, people, err) < 0)
        return -1;
    return duty_changed (request, err);
}
