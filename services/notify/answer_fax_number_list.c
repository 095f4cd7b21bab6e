/* answer_fax_number_list.c - FAX numbers of offices, and whether patients' pages may go there.
 *
 * Takes:      fax_number_list   (proto/notify/fax_number_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows offices
 * Repeats:    reads again
 */
#include "fax_store.h"
#include "notify.h"

int notify_handle_fax_number_list (struct notify *self, struct request *request, const struct fax_number_list *message, struct fax_number_list_answer *answer,
                      struct error *err)
{
    (void) self;
    (void) message;
    return fax_numbers (request, answer, err);
}
