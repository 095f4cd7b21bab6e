/* handle_break_glass_allow.c - the municipality allows or forbids looking without consent when life is in danger; forbidden as standard.
 *
 * Takes:      break_glass_allow
 * Refuses:    not_for_you  another municipality's rule
 * Publishes:  nothing
 * Repeats:    a second time sets the same
 */
#include <string.h>
#include "break_glass_store.h"

int sharing_handle_break_glass_allow (struct sharing *self, struct request *request, const struct break_glass_allow *message,
                                      struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    if (!request->actor->municipality || strcmp (request->actor->municipality, message->municipality) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "another municipality");
    return break_glass_store_allow (request, message, err);
}
