/* answer_feed_since.c - new notices of connected people, for the gateway's live streams.  Patients' names are not in it: the page has
 * those of its own patients, or reads the feed.
 *
 * Takes:      feed_since                     (proto/notify/feed_since.query), services only
 * Refuses:    nothing; an unknown or older position is answered by resync
 * Publishes:  nothing; no ledger row is due: it names no patient; what a notice is about is read by a query that
 *             writes one
 * Repeats:    reads again
 */
#include "feed_store.h"
#include "notify.h"

int notify_handle_feed_since (struct notify *self, struct request *request, const struct feed_since *message,
                              struct feed_since_answer *answer, struct error *err)
{
    (void) self;
    return feed_news (request, message, answer, err);
}
