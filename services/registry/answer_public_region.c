/* public_region: the region as residents see it, nobody logged in.
 *
 * Takes:     nothing.
 * Refuses:   too_many_requests of one network source.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_public_region (struct registry *self, struct request *request, const struct public_region *message,
                                   struct public_region_answer *answer, struct error *err)
{
    (void) message;
    if (stranger_may_ask (self, request, err) < 0
        || public_store_municipalities (request->db, request->arena, &answer->municipalities, err) < 0
        || public_store_region (request->db, &answer->facilities, &answer->proofed, err) < 0)
        return -1;
    answer->region = self->region_name;
    answer->desk_phone = *self->desk_phone ? self->desk_phone : NULL;
    return 0;
}
