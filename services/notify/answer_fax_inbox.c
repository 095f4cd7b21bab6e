/* answer_fax_inbox.c - FAX that came in for the actor's office: what waits and what was done.
 *
 * Takes:      fax_inbox   (proto/notify/fax_inbox.query)
 * Refuses:    nothing
 * Publishes:  nothing; no row in the ledger is due: it shows numbers, times and the headings this office wrote itself, nobody in care.
 *             Looking at a page is another query, which writes one
 * Repeats:    reads again
 */
#include "fax_in_store.h"
#include "notify.h"

int notify_handle_fax_inbox (struct notify *self, struct request *request, const struct fax_inbox *message, struct fax_inbox_answer *answer,
                             struct error *err)
{
    (void) self;
    (void) message;
    return fax_in_list (request, answer, err);
}
