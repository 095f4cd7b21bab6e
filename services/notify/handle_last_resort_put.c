/* handle_last_resort_put.c - set the desk that is always asked last; without it a municipality has no alerts.
 *
 * Takes:      last_resort_put                (proto/notify/last_resort_put.command)
 * Refuses:    not_for_role   another municipality
 *             phone_invalid  the telephone holds no digits
 * Publishes:  nothing
 * Repeats:    writes the same again
 */
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

static int check_phone (const char *phone, struct error *err)
{
    return strcspn (phone, "0123456789") < strlen (phone) ? 0 : fail (err, ERROR_PHONE_INVALID, "/phone", "no digits");
}

int notify_handle_last_resort_put (struct notify *self, struct request *request, const struct last_resort_put *message, struct done *answer,
                                   struct error *err)
{
    (void) self;
    (void) answer;
    if (roster_decide (request->actor, message->municipality, err) < 0
        || check_phone (message->phone, err) < 0
        || roster_put_desk (request->db, message, request->actor->person_id, err) < 0
        || roster_changed (request->db, err) < 0)
        return -1;
    poke_after_commit (request->batch, "alert_engine");
    poke_after_commit (request->batch, "duty_copy");
    return 0;
}
