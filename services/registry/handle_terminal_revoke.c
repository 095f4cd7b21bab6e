/* terminal_revoke: a terminal, or an invitation, counts no more.
 *
 * Takes:     office and terminal.
 * Refuses:   not_for_you: no such terminal, another office's, another municipality's.
 * Publishes: nothing; sessions opened there lock like any other from now on (the gateway remembers a session for a second at most); a line
 *            in the log-in log.
 * Repeats:   a revoked terminal stays as it is.
 */
#include "access_store.h"
#include "people.h"
#include "registry.h"
#include "registry_routes.h"
#include "terminal_store.h"

int registry_handle_terminal_revoke (struct registry *self, struct request *request, const struct terminal_revoke *message,
                                     struct done *answer, struct error *err)
{
    const struct actor *actor = request->actor;
    const struct access_line line = { "terminal_revoked", message->terminal_id, actor->person_id, actor->session_id,
                                      request->header->device, NULL, request->now };
    struct office_put office;
    struct terminal old;

    (void) answer;
    if (office_for_change (request, message->office_id, &office, err) < 0
        || terminal_get (request, office.municipality, message->terminal_id, &old, err) < 0)
        return -1;
    if (!old.office_id || strcmp (old.office_id, message->office_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such terminal");
    if (old.revoked)
        return 0;
    if (terminal_end (request, office.municipality, message->terminal_id, self->idle_minutes * 60, err) < 0)
        return -1;
    return access_log (request->db, &line, err);
}
