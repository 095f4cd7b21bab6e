/* handle_push_unsubscribe.c - no more push messages to this browser.
 *
 * Takes:      push_unsubscribe               (proto/notify/push_unsubscribe.command)
 * Refuses:    nothing; a browser that is not the actor's stays as it is
 * Publishes:  nothing
 * Repeats:    changes nothing
 */
#include "notify.h"
#include "push_store.h"

int notify_handle_push_unsubscribe (struct notify *self, struct request *request, const struct push_unsubscribe *message,
                                    struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    return push_unsubscribe (request, message->subscription_id, err);
}
