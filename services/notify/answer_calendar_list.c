/* answer_calendar_list.c - the calendar addresses somebody has made, without their secrets.
 *
 * Takes:      calendar_list                  (proto/notify/calendar_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows the reader's own addresses
 * Repeats:    reads again
 */
#include "ical_store.h"
#include "notify.h"

int notify_handle_calendar_list (struct notify *self, struct request *request, const struct calendar_list *message,
                                 struct calendar_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    return ical_list (request->db, request->arena, request->actor->person_id, &answer->calendars, err);
}
