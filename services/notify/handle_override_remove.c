/* handle_override_remove.c - take back an override.
 *
 * Takes:      override_remove                (proto/notify/override_remove.command)
 * Refuses:    not_for_you   no such override in force
 *             not_for_role  somebody else's duty, and the actor does not coordinate there
 *             time_in_past  it is over: what was stays written
 * Publishes:  nothing; in force for the next step of every open alert; told to who had left and who had come
 * Repeats:    refused as not_for_you
 */
#include <string.h>
#include "duty_change_store.h"
#include "duty_rules.h"
#include "notify.h"
#include "swap_act.h"

static bool same (const char *a, const char *b)
{
    return a && b && strcmp (a, b) == 0;
}

static int decide (struct request *request, const struct stored_change *stored, const char *area, struct error *err)
{
    const struct actor *actor = request->actor;
    bool own = same (stored->entered_by, actor->person_id) || same (stored->remove_id, actor->person_id);

    if (duty_coordinates (actor, area) || own)
        return 0;
    return fail (err, ERROR_NOT_FOR_ROLE, NULL, "somebody else's override");
}

int notify_handle_override_remove (struct notify *self, struct request *request, const struct override_remove *message, struct done *answer,
                                   struct error *err)
{
    struct stored_change stored;
    const char *area = NULL;

    (void) self;
    (void) answer;
    if (change_find (request->db, request->arena, message->override_id, &stored, err) < 0)
        return -1;
    if (!stored.change_id || stored.removed || stored.kind != DUTY_CHANGE_KIND_OVERRIDE)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such override");
    if (stored.rotation_id && change_lock_rotation (request->db, request->arena, stored.rotation_id, &area, err) < 0)
        return -1;
    if (decide (request, &stored, area, err) < 0)
        return -1;
    if (stored.to <= request->now)
        return fail (err, ERROR_TIME_IN_PAST, NULL, "it is over");
    if (change_remove (request->db, stored.change_id, request->actor->person_id, err) < 0
        || (stored.rotation_id ? change_raise_rotation (request->db, stored.rotation_id, err)
                               : roster_raise_rotations_of (request->db, stored.remove_id, err)) < 0
        || (stored.rotation_id && swap_recheck (request, stored.rotation_id, err) < 0)
        || duty_tell (request, FEED_KIND_SHIFT_CHANGED,
                      (struct text_list) { (const char *const[]) { stored.remove_id, stored.add_id }, 2 }, err) < 0)
        return -1;
    return duty_changed (request, err);
}
