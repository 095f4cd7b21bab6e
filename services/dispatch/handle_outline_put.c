/* handle_outline_put.c - a new version of the agreed scheme for a fire organisation (U-23); versions are never changed.
 *
 * Takes:      outline_put                    (proto/dispatch/outline_put.command)
 * Refuses:    not_for_you   no such partner
 * Publishes:  nothing
 * Repeats:    the same idempotency key writes once; another makes another version
 */
#include "dispatch.h"
#include "lookup_store.h"
#include "partner_store.h"

int dispatch_handle_outline_put (struct dispatch *self, struct request *request, const struct outline_put *message, struct done *answer,
                                 struct error *err)
{
    struct partner partner;

    (void) self;
    (void) answer;
    if (partner_find (request->db, request->arena, message->partner_id, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such partner");
    return outline_add (request, message, err);
}
