/* hear_facility_reported.c - what is known of a facility differs, or a report of that was settled: whom it concerns hears in the feed.
 *
 * Takes:      facility_reported          (proto/registry/facility_reported.event)
 * Refuses:    nothing
 * Publishes:  a notice, but not while a projection is rebuilt
 * Repeats:    heard once (inbox)
 */
#include "feed_store.h"
#include "notify.h"

static enum feed_kind kind_of (enum report_outcome outcome)
{
    return outcome == REPORT_OUTCOME_CORRECTED ? FEED_KIND_FACILITY_CORRECTED
         : outcome == REPORT_OUTCOME_RIGHT     ? FEED_KIND_FACILITY_RIGHT
                                               : FEED_KIND_FACILITY_REPORTED;
}

int notify_hear_facility_reported (struct notify *self, struct hearing *hearing, const struct facility_reported *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = kind_of (event->outcome), .at = hearing->event->time, .by = event->by };

    (void) self;
    if (hearing->replay || event->people.count == 0)
        return 0;
    return feed_add_people (&feed, &notice, event->people, err);
}
