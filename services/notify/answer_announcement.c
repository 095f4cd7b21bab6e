/* answer_announcement.c - one announcement with its text, and for who looks after it the receipts by institution (U-22).
 *
 * Takes:      announcement                   (proto/notify/announcement.query)
 * Refuses:    not_for_you   it is not for the reader's office, nor of the municipality the reader looks after
 * Publishes:  nothing; nobody in care is named, so no ledger row is due
 * Repeats:    reads again
 */
#include "announcement_store.h"
#include "notify.h"

int notify_handle_announcement (struct notify *self, struct request *request, const struct announcement *message,
                                struct announcement_answer *answer, struct error *err)
{
    (void) self;
    if (announcement_read (request, message->announcement_id, answer, err) < 0)
        return -1;
    return answer->announcement->manages ? announcement_receipts (request, message, answer, err) : 0;
}
