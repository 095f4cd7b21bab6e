/* answer_announcement_list.c - announcements for the reader's office, and those the reader looks after with their rates (KU-05).
 *
 * Takes:      announcement_list              (proto/notify/announcement_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; nobody in care is named, so no ledger row is due
 * Repeats:    reads again
 */
#include "announcement_store.h"
#include "notify.h"

int notify_handle_announcement_list (struct notify *self, struct request *request, const struct announcement_list *message,
                                     struct announcement_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (announcement_lines (request, &answer->announcements, err) < 0)
        return -1;
    if (!announcement_manages (request->actor))
        return 0;
    return announcement_reach (request, announcement_manages_from (request->actor, ""), &answer->reach, err);
}
