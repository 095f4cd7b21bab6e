/* handle_closure_put.c - close a municipality or an office on some days.
 *
 * Takes:      closure_put                    (proto/notify/closure_put.command)
 * Refuses:    not_for_role   another municipality's or office's calendar
 *             already_there  the id stands for another calendar's closure, or for one that was taken back
 *             field_missing, date_invalid, period_reversed, period_too_long   not a closure
 * Publishes:  closure_changed; in force for the next step of every open alert
 * Repeats:    writes and tells the same again
 */
#include <string.h>
#include "duty_change_store.h"
#include "duty_rules.h"
#include "notify.h"
#include "swap_act.h"

static bool same (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

static int tell (struct request *request, const struct closure_put *closure, struct error *err)
{
    const struct closure_changed event = { .closure_id = closure->closure_id, .municipality = closure->municipality,
        .office_id = closure->office_id, .first_day = closure->first_day, .last_day = closure->last_day, .name = closure->name };

    return announce (request, &closure_changed_message, &event, closure->municipality, err);
}

int notify_handle_closure_put (struct notify *self, struct request *request, const struct closure_put *message, struct done *answer,
                               struct error *err)
{
    struct stored_closure stored;

    (void) self;
    (void) answer;
    if (closure_check (message, err) < 0 || closure_decide (request->actor, message->municipality, message->office_id, err) < 0
        || closure_find (request->db, request->arena, message->closure_id, &stored, err) < 0)
        return -1;
    if (stored.found && (stored.removed || !same (stored.area, message->municipality) || !same (stored.office_id, message->office_id)))
        return fail (err, ERROR_ALREADY_THERE, "/closure_id", "the id stands for another closure");
    if (closure_put (request->db, message, request->actor->person_id, err) < 0
        || (message->municipality
            && (closure_raise_rotations (request->db, message->municipality, err) < 0
                || swap_recheck_area (request, message->municipality, err) < 0))
        || tell (request, message, err) < 0)
        return -1;
    return duty_changed (request, err);
}
