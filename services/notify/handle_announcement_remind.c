/* handle_announcement_remind.c - those institutions that have not confirmed an announcement are told once more, and nobody else.
 *
 * Takes:      announcement_remind            (proto/notify/announcement_remind.command)
 * Refuses:    not_for_you   no such announcement of the own municipality
 * Publishes:  nothing; the job announcements tells them
 * Repeats:    whoever was told within the last day is left alone, so a second time reminds nobody
 */
#include "announcement_store.h"
#include "notify.h"

int notify_handle_announcement_remind (struct notify *self, struct request *request, const struct announcement_remind *message,
                                       struct announcement_reminded *answer, struct error *err)
{
    struct announcement_row row;

    (void) self;
    if (announcement_find (request, message->announcement_id, NULL, &row, err) < 0)
        return -1;
    if (!row.found || !announcement_manages_from (request->actor, row.located_in))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such announcement");
    if (announcement_again (request, message->announcement_id, &answer->offices, err) < 0)
        return -1;
    if (answer->offices)
        poke_after_commit (request->batch, "announcements");
    return 0;
}
