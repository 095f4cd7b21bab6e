/* answer_alert.c - one alert with its whole course.
 *
 * Takes:      alert                          (proto/notify/alert.query)
 * Refuses:    not_for_you  unknown, or not open to the reader
 * Publishes:  nothing; writes the disclosure ledger
 * Repeats:    reads again
 */
#include "alert_view.h"
#include "notify.h"

int notify_handle_alert (struct notify *self, struct request *request, const struct alert *message, struct alert_view *answer,
                         struct error *err)
{
    (void) self;
    return alert_view_again (request, message->alert_id, answer, err);
}
