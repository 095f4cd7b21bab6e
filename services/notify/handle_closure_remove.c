/* handle_closure_remove.c - take back a closure.
 *
 * Takes:      closure_remove                 (proto/notify/closure_remove.command)
 * Refuses:    not_for_you   no such closure in force
 *             not_for_role  another municipality's or office's calendar
 * Publishes:  closure_changed; in force for the next step of every open alert
 * Repeats:    refused as not_for_you
 */
#include "duty_change_store.h"
#include "duty_rules.h"
#include "notify.h"
#include "swap_act.h"

static int tell (struct request *request, const char *closure_id, const struct stored_closure *closure, struct error *err)
{
    const struct closure_changed event = { .closure_id = closure_id, .municipality = closure->area, .office_id = closure->office_id,
        .first_day = closure->first_day, .last_day = closure->last_day, .name = closure->name, .has_removed = true, .removed = true };

    return announce (request, &closure_changed_message, &event, closure->area, err);
}

int notify_handle_closure_remove (struct notify *self, struct request *request, const struct closure_remove *message, struct done *answer,
                                  struct error *err)
{
    struct stored_closure stored;

    (void) self;
    (void) answer;
    if (closure_find (request->db, request->arena, message->closure_id, &stored, err) < 0)
        return -1;
    if (!stored.found || stored.removed)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such closure");
    if (closure_decide (request->actor, stored.area, stored.office_id, err) < 0
        || closure_remove (request->db, message->closure_id, request->actor->person_id, err) < 0
        || (stored.area && (closure_raise_rotations (request->db, stored.area, err) < 0
                            || swap_recheck_area (request, stored.area, err) < 0))
        || tell (request, message->closure_id, &stored, err) < 0)
        return -1;
    return duty_changed (request, err);
}
