/* hear_sheet_read.c - somebody has read what somebody else wrote: the writer is told.
 *
 * Takes:      sheet_read                 (proto/sharing/sheet_read.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    heard once (inbox)
 */
#include "feed_store.h"
#include "notify.h"

int notify_hear_sheet_read (struct notify *self, struct hearing *hearing, const struct sheet_read *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const struct notice notice = { .kind = FEED_KIND_SHEET_READ, .at = hearing->event->time, .patient_id = event->patient_id,
        .section = event->section, .version = event->version, .by = event->by };

    (void) self;
    if (hearing->replay || strcmp (event->by, event->writer) == 0)
        return 0;
    return feed_add_people (&feed, &notice, (struct text_list) { .items = &event->writer, .count = 1 }, err);
}
