/* public_facility: one office or clinic as residents see it, nobody logged in.
 *
 * Takes:     which.
 * Refuses:   too_many_requests of one network source; not_for_you: there is none, or residents do not see it.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_public_facility (struct registry *self, struct request *request, const struct public_facility *message,
                                     struct public_facility_answer *answer, struct error *err)
{
    if (stranger_may_ask (self, request, err) < 0
        || public_store_one (request->db, request->arena, message->facility_id, &answer->facility, err) < 0)
        return -1;
    return answer->facility ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "nothing that residents see");
}
