/* session_list: where am I logged in? (S-04)
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing; shows only the asker's own sessions: no ledger row is due.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "session_store.h"
#include "sessions.h"

int registry_handle_session_list (struct registry *self, struct request *request, const struct session_list *message,
                                  struct session_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return session_store_list (request->db, request->actor->person_id, request->actor->session_id, request->now, request->arena,
                               &answer->sessions, err);
}
