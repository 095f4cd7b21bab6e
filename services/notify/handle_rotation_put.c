/* handle_rotation_put.c - add or change a duty rotation.
 *
 * Takes:      rotation_put                   (proto/notify/rotation_put.command)
 * Refuses:    not_for_role   another municipality's rotation
 *             already_there  the id belongs to a rotation of another municipality
 *             field_missing, field_out_of_range, period_reversed, date_invalid   the rule is not one
 * Publishes:  nothing; open alerts are planned again, the shift table in Redis is written after commit
 * Repeats:    the same rule again is a new version that says the same
 */
#include "calendar.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

int notify_handle_rotation_put (struct notify *self, struct request *request, const struct rotation_put *message, struct done *answer,
                                struct error *err)
{
    (void) self;
    if (roster_decide (request->actor, message->municipality, err) < 0
        || rotation_check (message, err) < 0
        || roster_put_rotation (request->db, message, calendar_set (message->day_classes), &answer->version, err) < 0
        || roster_changed (request->db, err) < 0)
        return -1;
    answer->has_version = true;
    poke_after_commit (request->batch, "shift_tables");
    poke_after_commit (request->batch, "duty_copy");
    poke_after_commit (request->batch, "alert_engine");
    return 0;
}
