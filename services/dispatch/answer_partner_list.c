/* answer_partner_list.c - every partner and whether replies reach it.
 *
 * Takes:      partner_list
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows organisations, no person in care
 * Repeats:    reads again
 */
#include "dispatch.h"
#include "partner_store.h"

int dispatch_handle_partner_list (struct dispatch *self, struct request *request, const struct partner_list *message,
                                  struct partner_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    return partner_list_read (request, answer, err);
}
