/* handle_call_record.c - last resort: what was done about a telephone call (U-34).  A caller nobody knows leaves no data of anybody.
 *
 * Takes:      call_record                    (proto/dispatch/call_record.command)
 * Refuses:    not_for_you   another office's call
 * Publishes:  nothing
 * Repeats:    writes the same again
 */
#include "dispatch.h"
#include "lookup_store.h"

int dispatch_handle_call_record (struct dispatch *self, struct request *request, const struct call_record *message, struct done *answer,
                                 struct error *err)
{
    (void) self;
    (void) answer;
    return call_write (request, message, err);
}
