/* survey_list: surveys the reader looks after, by row-level security.
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "survey_store.h"

int registry_handle_survey_list (struct registry *self, struct request *request, const struct survey_list *message,
                                 struct survey_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return survey_rows (request, &answer->surveys, err);
}
