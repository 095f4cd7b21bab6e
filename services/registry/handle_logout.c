/* logout: ends this session.
 *
 * Takes:     nothing.
 * Refuses:   nothing from a session; also a locked one may end.
 * Publishes: nothing; rings "session" so that the gateway closes its streams.
 * Repeats:   the second time nothing happens.
 */
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_logout (struct registry *self, struct request *request, const struct logout *message, struct session_closed *answer,
                            struct error *err)
{
    bool ended;

    (void) self;
    (void) message;
    if (!request->actor->session_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no session");
    if (session_end_one (request, request->actor->person_id, request->actor->session_id, "logout", &ended, err) < 0)
        return -1;
    answer->session_token = "";
    return 0;
}
