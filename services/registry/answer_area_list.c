/* area_list: areas by which facilities are found.
 *
 * Takes:     a municipality, or none for the whole region.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.  Towns are shown to who may change them.
 * Repeats:   reads only.
 */
#include "area_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_area_list (struct registry *self, struct request *request, const struct area_list *message,
                               struct area_list_answer *answer, struct error *err)
{
    (void) self;
    if (session_must_be_open (request, err) < 0 || area_store_medical (request, &answer->medical, err) < 0
        || area_store_care (request, message->municipality, &answer->care, err) < 0)
        return -1;
    return area_store_missing (request, &answer->missing, err);
}
