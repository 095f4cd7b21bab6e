/* answer_incident_list.c - incidents of the own fire organisation, newest first by receipt (EMS-24); nobody's name.
 *
 * Takes:      incident_list
 * Refuses:    nothing; another organisation's incidents are not there
 * Publishes:  nothing; no ledger row is due: it shows nobody's name or record
 * Repeats:    reads again
 */
#include "dispatch.h"
#include "incident_store.h"

int dispatch_handle_incident_list (struct dispatch *self, struct request *request, const struct incident_list *message,
                                   struct incident_list_answer *answer, struct error *err)
{
    (void) self;
    answer->now = request->now;
    return incident_list_read (request, message->has_open && message->open, message->after, page_size (message->has_limit, message->limit),
                               answer, err);
}
