/* handle_rotation_put.c - add or change a duty rotation.
 *
 * Takes:      rotation_put                   (proto/notify/rotation_put.command)
 * Refuses:    not_for_role   another municipality's rotation
 *             already_there  the id belongs to a rotation of another municipality
 *             field_missing, field_out_of_range, period_reversed, date_invalid   the rule is not one
 *             second_authenticator   somebody who enters is known to have one authenticator only; /members/N says who.  Who is a member
 *                            already stays; somebody without an account has none to lose.  代診, swaps and a month's table are not asked:
 *                            at three in the morning whoever can come must get in, a lost alert costs a life
 * Publishes:  nothing; open alerts are planned again, the shift table in Redis is written after commit
 * Repeats:    the same rule again is a new version that says the same; who has the turn keeps it
 */
#include "authenticator_store.h"
#include "duty_change_store.h"
#include "notify.h"
#include "roster_layers_store.h"
#include "roster_rules.h"
#include "swap_act.h"

/* As it stands, locked; NULL: new. */
static int load_stored (struct request *request, const char *rotation_id, const struct rotation_rule **ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct roster_layers layers;
    const char *area;

    if (change_lock_rotation (request->db, request->arena, rotation_id, &area, err) < 0
        || roster_rotations_by_id (request->db, request->arena, (struct text_list) { &rotation_id, 1 }, &rotations, err) < 0
        || roster_load_layers (request->db, request->arena, &rotations, request->now, request->now + 1, &layers, err) < 0)
        return -1;
    *ret = rotations.count ? rotations.items : NULL;
    return 0;
}

int notify_handle_rotation_put (struct notify *self, struct request *request, const struct rotation_put *message, struct done *answer,
                                struct error *err)
{
    const struct rotation_rule *stored;
    struct rotation_rule rule;
    struct rotation_era era;
    struct text_list lacking;

    (void) self;
    if (roster_decide (request->actor, message->municipality, err) < 0
        || rotation_check (message, err) < 0
        || load_stored (request, message->rotation_id, &stored, err) < 0
        || authenticator_lacking (request->db, request->arena, message->members, &lacking, err) < 0
        || rotation_check_entering (message, stored, lacking, err) < 0)
        return -1;
    rule = rotation_rule_of (message);
    era = rotation_era_of (stored, &rule, request->now);
    if (roster_put_rotation (request->db, message, stored, &rule, &era, &answer->version, err) < 0
        || (stored && swap_recheck (request, message->rotation_id, err) < 0) || duty_changed (request, err) < 0)
        return -1;
    answer->has_version = true;
    return 0;
}
