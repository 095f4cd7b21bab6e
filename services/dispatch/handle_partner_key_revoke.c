/* handle_partner_key_revoke.c - take a key from a partner at once.
 *
 * Takes:      partner_key_revoke             (proto/dispatch/partner_key_revoke.command)
 * Refuses:    not_for_you  no such key, or revoked before
 * Publishes:  nothing
 * Repeats:    is refused
 */
#include "dispatch.h"
#include "partner_store.h"

int dispatch_handle_partner_key_revoke (struct dispatch *self, struct request *request, const struct partner_key_revoke *message,
                                        struct done *answer, struct error *err)
{
    bool done;

    (void) self;
    (void) answer;
    if (partner_key_end (request, message, &done, err) < 0)
        return -1;
    return done ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such key in force");
}
