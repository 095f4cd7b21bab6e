/* answer_office_paper.c - what opens the nightly paper of the reader's office, to be written down before the night it is needed.
 *
 * Takes:      office_paper                   (proto/notify/office_paper.query)
 * Refuses:    nothing; without an office, or before the first night, the answer is empty
 * Publishes:  nothing; no ledger row is due: it names nobody in care
 * Repeats:    reads again
 */
#include "notify.h"
#include "office_paper_store.h"

int notify_handle_office_paper (struct notify *self, struct request *request, const struct office_paper *message,
                                struct office_paper_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    return request->actor->office_id ? office_paper_own (request, answer, err) : 0;
}
