/* session_end: ends one of one's own sessions, for instance on a lost device.
 *
 * Takes:     the session's id.
 * Refuses:   not_for_you when there is no such session or it is somebody else's.
 * Publishes: nothing; rings "session".
 * Repeats:   an ended session stays ended.
 */
#include "registry_routes.h"
#include "session_store.h"
#include "sessions.h"

int registry_handle_session_end (struct registry *self, struct request *request, const struct session_end *message, struct done *answer,
                                 struct error *err)
{
    struct session session;
    bool found, ended;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || session_store_session (request->db, message->session_id, request->arena, &found, &session, err) < 0)
        return -1;
    if (!found || strcmp (session.person_id, request->actor->person_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not an own session");
    return session_end_one (request, session.person_id, message->session_id, "revoked", &ended, err);
}
