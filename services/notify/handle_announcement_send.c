/* handle_announcement_send.c - the institutions of one or several municipalities are told something (U-22, KU-05).
 *
 * Takes:      announcement_send              (proto/notify/announcement_send.command)
 * Refuses:    text_empty      no title or no text
 *             field_missing   to no municipality
 *             not_for_role    a municipality without an agreement with the own one
 *             nobody_receives no institution fits
 *             already_there   the id was used before
 * Publishes:  nothing; the job announcements tells the institutions recorded here
 * Repeats:    a second time is refused as already_there; with the same key the runtime repeats the first answer
 */
#include "announcement_store.h"
#include "notify.h"

static void count_ways (const struct announcement_targets *to, struct announcement_sent *answer)
{
    answer->offices = (int64_t) to->count;
    for (size_t i = 0; i < to->count; i++) {
        enum announcement_way way = announcement_way_of (&to->items[i]);

        answer->application += way == ANNOUNCEMENT_WAY_APPLICATION;
        answer->fax += way == ANNOUNCEMENT_WAY_FAX;
        answer->by_hand += way == ANNOUNCEMENT_WAY_BY_HAND;
    }
}

int notify_handle_announcement_send (struct notify *self, struct request *request, const struct announcement_send *message,
                                     struct announcement_sent *answer, struct error *err)
{
    struct announcement_area_list reach;
    struct announcement_targets all, to;

    (void) self;
    if (announcement_reach (request, announcement_manages_from (request->actor, ""), &reach, err) < 0
        || announcement_check (request->arena, message, &reach, err) < 0
        || announcement_offices_of (request, message->municipalities, &all, err) < 0
        || announcement_choose (request->arena, message, &all, &to, err) < 0
        || announcement_add (request, message, &to, err) < 0)
        return -1;
    count_ways (&to, answer);
    poke_after_commit (request->batch, "announcements");
    return 0;
}
