/* handle_feed_read.c - mark notices as read up to a position.
 *
 * Takes:      feed_read                      (proto/notify/feed_read.command)
 * Refuses:    nothing; a position beyond the feed means its end, one before the mark changes nothing
 * Publishes:  nothing
 * Repeats:    changes nothing
 */
#include "feed_store.h"
#include "notify.h"

int notify_handle_feed_read (struct notify *self, struct request *request, const struct feed_read *message, struct done *answer,
                             struct error *err)
{
    (void) self;
    (void) answer;
    return feed_mark_read (request, message->position, err);
}
