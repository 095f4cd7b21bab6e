/* handle_partner_put.c - set up a partner: a fire organisation, how it writes and what it may see.
 *
 * Takes:      partner_put                    (proto/dispatch/partner_put.command)
 * Refuses:    field_…   an address, code, item or secret that is none, or a webhook that is not on the allow-list
 * Publishes:  nothing
 * Repeats:    writes the same again
 */
#include "dispatch.h"
#include "partner_rules.h"
#include "partner_store.h"

int dispatch_handle_partner_put (struct dispatch *self, struct request *request, const struct partner_put *message, struct done *answer,
                                 struct error *err)
{
    (void) answer;
    if (partner_check (message, self->webhook_allow, err) < 0)
        return -1;
    return partner_put (request, message, err);
}
