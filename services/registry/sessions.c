/* sessions.c - see sessions.h. */
#include "sessions.h"

#include "session_store.h"

int session_must_be_open (const struct request *request, struct error *err)
{
    if (!request->actor->person_id || !request->actor->session_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no session");
    if (request->actor->strength == SESSION_STRENGTH_LOCKED)
        return fail (err, ERROR_SESSION_LOCKED, NULL, "locked");
    return 0;
}

static int ended (struct request *request, const char *person_id, const char *session_id, const char *why, struct error *err)
{
    const char *event = strcmp (why, "logout") == 0 ? "logout" : "ended";

    ring_after_commit (request->batch, "session", session_id, 0);
    return session_store_log (request->db, event, why, person_id, session_id, request->header->device, request->now, err);
}

int session_end_one (struct request *request, const char *person_id, const char *session_id, const char *why, bool *ret_ended,
                     struct error *err)
{
    if (session_store_end (request->db, session_id, why, request->now, ret_ended, err) < 0)
        return -1;
    return *ret_ended ? ended (request, person_id, session_id, why, err) : 0;
}

int sessions_end_of (struct request *request, const char *person_id, const char *office_id, const char *why, struct error *err)
{
    struct text_list ids;

    if (session_store_end_all (request->db, person_id, office_id, why, request->now, request->arena, &ids, err) < 0)
        return -1;
    for (size_t i = 0; i < ids.count; i++)
        if (ended (request, person_id, ids.items[i], why, err) < 0)
            return -1;
    return 0;
}
