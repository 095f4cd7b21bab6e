/* hear_night_visit_reported.c - a visit at night was reported: the person's doctors and nurses have it in their feed at once, and it is
 * followed until a doctor has read it (U-33, job_night_reports.c).
 *
 * Takes:      night_visit_reported       (proto/sharing/night_visit_reported.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    heard once (inbox)
 */
#include "feed_store.h"
#include "night_rules.h"
#include "night_store.h"
#include "notify.h"

int notify_hear_night_visit_reported (struct notify *self, struct hearing *hearing, const struct night_visit_reported *event,
                                      struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_NIGHT_VISIT, .at = event->reported_at, .patient_id = event->patient_id,
                                   .by = event->by };
    struct text_list readers;

    (void) self;
    if (!hearing->event->municipality)
        return fail (err, ERROR_MALFORMED, "/municipality", "a visit without municipality");
    if (hearing->replay)
        return 0;
    if (night_report_add (hearing->db, event, hearing->event->municipality, night_letter_at (event->reported_at), err) < 0
        || night_readers (hearing->db, hearing->arena, event->patient_id, &readers, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, readers, err);
}
