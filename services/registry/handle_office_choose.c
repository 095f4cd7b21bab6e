/* office_choose: act for another of one's own offices; the next request has that office's context.
 *
 * Takes:     the office.  At a terminal of that office a desk's session does not lock, elsewhere it does.
 * Refuses:   not_for_you when one does not work there.
 * Publishes: nothing; rings "session" so that streams opened for the office before are closed.
 * Repeats:   choosing the same office again changes nothing.
 */
#include "people_store.h"
#include "registry.h"
#include "registry_routes.h"
#include "session_rules.h"
#include "session_store.h"
#include "sessions.h"
#include "terminal_store.h"

int registry_handle_office_choose (struct registry *self, struct request *request, const struct office_choose *message, struct done *answer,
                                   struct error *err)
{
    const char *membership_id, *terminal_id;
    struct membership membership;
    bool found;

    (void) answer;
    if (session_must_be_open (request, err) < 0)
        return -1;
    membership_id = membership_id_of (request->arena, request->actor->person_id, message->office_id);
    if (people_store_membership (request->db, membership_id, request->arena, &found, &membership, err) < 0)
        return -1;
    if (!found || membership.ended)
        return fail (err, ERROR_NOT_FOR_YOU, "/office_id", "no membership there");
    if (request->actor->office_id && strcmp (request->actor->office_id, message->office_id) == 0)
        return 0;
    if (terminal_use (request, message->office_id, &terminal_id, err) < 0)
        return -1;
    ring_after_commit (request->batch, "session", request->actor->session_id, 0);
    return session_store_choose (request->db, request->actor->session_id, message->office_id, terminal_id,
                                 session_locks_idle (names_of_roles (request->arena, membership.roles), terminal_id),
                                 self->idle_minutes * 60, err);
}
