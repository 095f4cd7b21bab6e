/* handle_partner_cut.c - cut a partner off, or let it in again: nothing is taken from it and nothing is sent to it.
 *
 * Takes:      partner_cut                    (proto/dispatch/partner_cut.command)
 * Refuses:    not_for_you  no such partner;  reason_needed  without a reason
 * Publishes:  nothing; counts from this commit on
 * Repeats:    writes the same again
 */
#include "dispatch.h"
#include "partner_store.h"

int dispatch_handle_partner_cut (struct dispatch *self, struct request *request, const struct partner_cut *message, struct done *answer,
                                 struct error *err)
{
    bool done;

    (void) self;
    (void) answer;
    if (!*message->reason)
        return fail (err, ERROR_REASON_NEEDED, "/reason", "no reason");
    if (partner_switch (request, message, &done, err) < 0)
        return -1;
    return done ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such partner");
}
