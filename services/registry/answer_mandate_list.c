/* mandate_list: who lets which office act for it (KU-11).
 *
 * Takes:     nothing.
 * Refuses:   log_in_first, session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "clock.h"
#include "mandate_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_mandate_list (struct registry *self, struct request *request, const struct mandate_list *message,
                                  struct mandate_list_answer *answer, struct error *err)
{
    char today[11];

    (void) self;
    (void) message;
    day_number_text (tokyo_of (request->now).day_number, today);
    if (session_must_be_open (request, err) < 0)
        return -1;
    return mandate_store_list (request, today, &answer->mandates, err);
}
