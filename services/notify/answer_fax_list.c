/* answer_fax_list.c - FAXes that the actor's office sent.
 *
 * Takes:      fax_list   (proto/notify/fax_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows offices, numbers, times and the headings this office wrote
 *             itself, nobody in care and no page; looking at a page that came back is another query (fax_page), which writes one
 * Repeats:    reads again
 */
#include "fax_in_store.h"
#include "fax_store.h"
#include "notify.h"

int notify_handle_fax_list (struct notify *self, struct request *request, const struct fax_list *message, struct fax_list_answer *answer,
                      struct error *err)
{
    (void) self;
    (void) message;
    return fax_lines (request, answer, err) < 0 ? -1 : fax_in_answers (request, answer, err);
}
