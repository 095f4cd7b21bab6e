/* municipality_list: municipalities of the region, and those where a known facility lies.
 *
 * Takes:     whether only those of the region are wanted.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "office_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_municipality_list (struct registry *self, struct request *request, const struct municipality_list *message,
                                       struct municipality_list_answer *answer, struct error *err)
{
    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return office_store_municipalities (request->db, message->has_in_region && message->in_region, request->arena,
                                        &answer->municipalities, err);
}
