/* answer_partner_view.c - one partner with keys and rules.
 *
 * Takes:      partner_view
 * Refuses:    not_for_you  no such partner
 * Publishes:  nothing; no ledger row is due: it shows an organisation, no person in care
 * Repeats:    reads again
 */
#include "dispatch.h"
#include "partner_store.h"

int dispatch_handle_partner_view (struct dispatch *self, struct request *request, const struct partner_view *message,
                                  struct partner_view_answer *answer, struct error *err)
{
    (void) self;
    return partner_view_read (request, message->partner_id, answer, err);
}
