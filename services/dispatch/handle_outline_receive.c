/* handle_outline_receive.c - the fire organisation confirms that it has a version of the scheme; the receipt stays (U-23).
 *
 * Takes:      outline_receive                (proto/dispatch/outline_receive.command)
 * Refuses:    not_for_you   another organisation's, or no such version
 * Publishes:  nothing
 * Repeats:    the first receipt stays
 */
#include "dispatch.h"
#include "lookup_store.h"

int dispatch_handle_outline_receive (struct dispatch *self, struct request *request, const struct outline_receive *message,
                                     struct done *answer, struct error *err)
{
    bool done;

    (void) self;
    (void) answer;
    if (outline_confirm (request, message, &done, err) < 0)
        return -1;
    return done ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such version of this organisation");
}
