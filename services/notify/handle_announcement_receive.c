/* handle_announcement_receive.c - one of an institution confirms for all of it that it has an announcement; the receipt stays.
 *
 * Takes:      announcement_receive           (proto/notify/announcement_receive.command)
 * Refuses:    not_for_you   it is not for the actor's office
 * Publishes:  nothing
 * Repeats:    the first receipt stays and is the answer again, also to a colleague
 */
#include "announcement_store.h"
#include "notify.h"

int notify_handle_announcement_receive (struct notify *self, struct request *request, const struct announcement_receive *message,
                                        struct announcement_receipt *answer, struct error *err)
{
    (void) self;
    return announcement_confirm (request, message->announcement_id, answer, err);
}
