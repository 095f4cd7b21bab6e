/* answer_preference.c - how the actor wants to be told.
 *
 * Takes:      preference                     (proto/notify/preference.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows the reader's own settings
 * Repeats:    reads again
 */
#include "notify.h"
#include "preference_store.h"

int notify_handle_preference (struct notify *self, struct request *request, const struct preference *message,
                              struct preference_answer *answer, struct error *err)
{
    (void) message;
    if (preference_get (request, answer, err) < 0)
        return -1;
    answer->push_key = self->push_key;
    return 0;
}
