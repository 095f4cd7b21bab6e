/* terminal_here: is the device asked from a terminal of the office acted for, and does an invitation wait?
 *
 * Takes:     nothing; the device is told by its cookie.
 * Refuses:   session_locked.
 * Publishes: nothing.  The asker's own device, no patient: no ledger row is due.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "terminal_store.h"

int registry_handle_terminal_here (struct registry *self, struct request *request, const struct terminal_here *message,
                                   struct terminal_here_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0 || terminal_name (request, request->actor->office_id, &answer->name, err) < 0)
        return -1;
    return terminal_is_invited (request, request->actor->office_id, &answer->invited, err);
}
