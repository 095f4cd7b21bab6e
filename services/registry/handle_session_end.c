/* session_end: ends a session, for instance on a lost device: one's own, or – for an office's manager – of somebody who works there (S-04).
 *
 * Takes:     the session's id.
 * Refuses:   not_for_you when there is no such session, or it is of somebody who is neither oneself nor, for a manager, of the own office.
 * Publishes: rings "session"; when a manager did it, account_changed, so that the person hears of it; a line in the log-in log with who did it.
 * Repeats:   an ended session stays ended.
 */
#include "access_store.h"
#include "registry_routes.h"
#include "session_store.h"
#include "sessions.h"
#include "staff_rules.h"

static int end_for_office (struct request *request, const char *person_id, const char *session_id, struct error *err)
{
    const struct actor *actor = request->actor;
    const struct access_line line = { "ended", "manager", person_id, session_id, request->header->device, actor->person_id, request->now };
    const struct account_changed event = { .person_id = person_id, .change = ACCOUNT_CHANGE_SESSION_ENDED, .by = actor->person_id };
    bool ended;

    if (session_store_end (request->db, session_id, "revoked", request->now, &ended, err) < 0)
        return -1;
    if (!ended)
        return 0;
    ring_after_commit (request->batch, "session", session_id, 0);
    if (access_log (request->db, &line, err) < 0)
        return -1;
    return announce (request, &account_changed_message, &event, actor->municipality, err);
}

int registry_handle_session_end (struct registry *self, struct request *request, const struct session_end *message, struct done *answer,
                                 struct error *err)
{
    struct session session;
    bool found, ended, works_here;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || session_store_session (request->db, message->session_id, request->arena, &found, &session, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such session");
    if (strcmp (session.person_id, request->actor->person_id) == 0)
        return session_end_one (request, session.person_id, message->session_id, "revoked", &ended, err);
    if (access_works_in (request->db, session.person_id, request->actor->office_id, &works_here, err) < 0
        || may_end_session (request->actor, works_here, err) < 0)
        return -1;
    return end_for_office (request, session.person_id, message->session_id, err);
}
