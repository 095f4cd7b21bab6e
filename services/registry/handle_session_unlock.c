/* session_unlock: unlocks this session by one second factor; the first was given when it was opened.
 *
 * Takes:     the ticket of session_unlock_start, and a one-time code or a passkey's signature.
 * Refuses:   field_missing when neither or both are there; login_wrong, whatever was wrong.
 * Publishes: nothing; a line in the log-in log, also when refused.
 * Repeats:   a ticket unlocks once; a session that is not locked stays as it is.
 */
#include "login.h"
#include "registry_routes.h"
#include "session_store.h"

int registry_handle_session_unlock (struct registry *self, struct request *request, const struct session_unlock *message,
                                    struct done *answer, struct error *err)
{
    struct proof proof = { message->code, message->assertion };

    (void) answer;
    if (!request->actor->session_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no session");
    if (!proof.code == !proof.assertion)
        return fail (err, ERROR_FIELD_MISSING, "/code", "one of code and assertion");
    if (request->actor->strength != SESSION_STRENGTH_LOCKED)
        return 0;
    if (login_unlock (self, request, message->ticket, &proof, err) < 0)
        return -1;
    return session_store_unlock (request->db, request->actor->session_id, request->now, err);
}
