/* public_desks: desks for questions about care at home, for everybody (O-01).
 *
 * Takes:     one municipality, or none: all.
 * Refuses:   nothing.
 * Publishes: nothing.  What it shows is public, nobody is in it: no ledger row is due.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "support_desk_store.h"

int registry_handle_public_desks (struct registry *self, struct request *request, const struct public_desks *message,
                                  struct support_desk_list_answer *answer, struct error *err)
{
    (void) self;
    return support_desk_store_list (request, message->municipality, false, &answer->desks, err);
}
