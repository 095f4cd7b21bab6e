/* handle_partner_rules_put.c - what each complaint starts, as approved by the medical association.
 *
 * Takes:      partner_rules_put              (proto/dispatch/partner_rules_put.command)
 * Refuses:    not_for_you  no such partner;  item_twice  a complaint and phase stands twice
 * Publishes:  nothing; counts for the next message of an incident
 * Repeats:    writes the same again
 */
#include "dispatch.h"
#include "partner_rules.h"
#include "partner_store.h"

int dispatch_handle_partner_rules_put (struct dispatch *self, struct request *request, const struct partner_rules_put *message,
                                       struct done *answer, struct error *err)
{
    struct partner partner;

    (void) self;
    (void) answer;
    if (partner_check_rules (message, err) < 0
        || partner_find (request->db, request->arena, message->partner_id, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such partner");
    return partner_rules_write (request, message, err);
}
