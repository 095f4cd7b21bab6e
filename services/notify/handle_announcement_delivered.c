/* handle_announcement_delivered.c - an institution was handed an announcement, or got it by FAX; somebody writes that down.
 *
 * Takes:      announcement_delivered         (proto/notify/announcement_delivered.command)
 * Refuses:    not_for_you           no such announcement of the own municipality, or not for that institution
 *             already_there         somebody there has confirmed it already
 *             field_unknown_choice, date_invalid, field_out_of_range   not a delivery between sending and today
 * Publishes:  nothing
 * Repeats:    what is entered last stands
 */
#include "announcement_store.h"
#include "notify.h"

int notify_handle_announcement_delivered (struct notify *self, struct request *request, const struct announcement_delivered *message,
                                          struct done *answer, struct error *err)
{
    struct announcement_row row;

    (void) self;
    (void) answer;
    if (announcement_find (request, message->announcement_id, message->office_id, &row, err) < 0)
        return -1;
    if (!row.found || !announcement_manages_from (request->actor, row.located_in))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such institution of this announcement");
    if (row.received)
        return fail (err, ERROR_ALREADY_THERE, "/office_id", "confirmed there");
    if (announcement_check_delivery (message, row.sent_at, request->now, err) < 0)
        return -1;
    return announcement_mark_delivered (request, message, err);
}
