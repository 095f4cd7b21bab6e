/* answer_delivery_list.c - messages that left or should leave the region; they name nobody.
 *
 * Takes:      delivery_list                  (proto/notify/delivery_list.query)
 * Refuses:    nothing; messages of other municipalities are not there
 * Publishes:  nothing; no ledger row is due: it shows to whom messages went, neither their text nor whom they
 *             are about
 * Repeats:    reads again
 */
#include "delivery_store.h"
#include "notify.h"

int notify_handle_delivery_list (struct notify *self, struct request *request, const struct delivery_list *message,
                                 struct delivery_list_answer *answer, struct error *err)
{
    (void) self;
    return delivery_list_rows (request, message->alert_id, answer, err);
}
