/* handle_outbound_release.c - after a restore: a person confirms that messages may leave again.
 *
 * Takes:      outbound_release               (proto/notify/outbound_release.command)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    changes nothing
 */
#include "delivery_store.h"
#include "notify.h"

int notify_handle_outbound_release (struct notify *self, struct request *request, const struct outbound_release *message,
                                    struct done *answer, struct error *err)
{
    (void) self;
    (void) answer;
    if ((message->has_discard_older_than && delivery_discard_older (request->db, message->discard_older_than, err) < 0)
        || delivery_release (request->db, request->actor->person_id, err) < 0)
        return -1;
    poke_after_commit (request->batch, "deliver");
    return 0;
}
