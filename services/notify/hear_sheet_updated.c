/* hear_sheet_updated.c - a section of a sharing sheet has a new version: one notice to each of the team but the writer, in one statement.
 *
 * Takes:      sheet_updated              (proto/sharing/sheet_updated.event)
 * Refuses:    nothing
 * Publishes:  nothing; the bells of the connected ring after commit
 * Repeats:    heard once (inbox)
 */
#include "feed_store.h"
#include "notify.h"

int notify_hear_sheet_updated (struct notify *self, struct hearing *hearing, const struct sheet_updated *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_SHEET_UPDATED, .at = hearing->event->time, .urgent = event->urgent,
        .patient_id = event->patient_id, .section = event->section, .version = event->version, .by = event->by };

    (void) self;
    return hearing->replay ? 0 : feed_add_team (&feed, &notice, err);
}
