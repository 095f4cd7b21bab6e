/* boundary_list: where the region's municipalities lie, and which have no outline.
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "boundary_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_boundary_list (struct registry *self, struct request *request, const struct boundary_list *message,
                                   struct boundary_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return boundary_store_list (request, &answer->boundaries, &answer->missing, err);
}
