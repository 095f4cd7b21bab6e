/* office_session_list: where are the people of this office logged in? (S-04: a lost device)
 *
 * Takes:     nothing; the office is the one the asker acts for.
 * Refuses:   session_locked; not_for_role for everybody but the office's manager and the administrator.
 * Publishes: nothing; shows devices and times, never what somebody did or for which other office.  Staff, no patient: no
 *            ledger row is due.
 * Repeats:   reads only.
 */
#include "access_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_office_session_list (struct registry *self, struct request *request, const struct office_session_list *message,
                                         struct office_session_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return access_office_sessions (request->db, request->actor->office_id, request->actor->session_id, request->now, request->arena,
                                   &answer->sessions, err);
}
