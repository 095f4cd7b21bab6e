/* office_choose: act for another of one's own offices, or there for a municipality that lets it; the next request has that context.
 *
 * Takes:     the office, and the municipality (none: the office's own).  At a terminal of that office a desk's session does not lock, elsewhere it does.
 * Refuses:   not_for_you when one does not work there, or the municipality does not let the office act for it today (KU-11).
 * Publishes: nothing; rings "session" so that streams opened for the office before are closed.
 * Repeats:   choosing the same office again changes nothing.
 */
#include "mandate_store.h"
#include "people_store.h"
#include "registry.h"
#include "registry_routes.h"
#include "session_rules.h"
#include "session_store.h"
#include "sessions.h"
#include "terminal_store.h"
#include "text_same.h"

/* NULL for the office's own. */
static int municipality_wanted (struct request *request, const struct office_choose *message, const char *own, const char **ret,
                                struct error *err)
{
    bool may;

    *ret = message->municipality && strcmp (message->municipality, own) != 0 ? message->municipality : NULL;
    if (!*ret)
        return 0;
    if (mandate_store_holds (request, message->office_id, *ret, &may, err) < 0)
        return -1;
    return may ? 0 : fail (err, ERROR_NOT_FOR_YOU, "/municipality", "it does not let this office act for it");
}

int registry_handle_office_choose (struct registry *self, struct request *request, const struct office_choose *message, struct done *answer,
                                   struct error *err)
{
    const char *membership_id, *terminal_id, *acts_for;
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
    if (municipality_wanted (request, message, membership.municipality, &acts_for, err) < 0)
        return -1;
    if (request->actor->office_id && strcmp (request->actor->office_id, message->office_id) == 0
        && text_same (request->actor->municipality, acts_for ? acts_for : membership.municipality))
        return 0;
    if (terminal_use (request, message->office_id, &terminal_id, err) < 0)
        return -1;
    ring_after_commit (request->batch, "session", request->actor->session_id, 0);
    return session_store_choose (request->db, request->actor->session_id, message->office_id, acts_for, terminal_id,
                                 session_locks_idle (names_of_roles (request->arena, membership.roles), terminal_id),
                                 self->idle_minutes * 60, err);
}
