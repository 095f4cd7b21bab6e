/* terminal_list: the terminals of an office: invited, in use, revoked.
 *
 * Takes:     the office.
 * Refuses:   session_locked; not_for_you: no such office, or another municipality's.
 * Publishes: nothing.  Devices and staff, no patient: no ledger row is due.
 * Repeats:   reads only.
 */
#include "people.h"
#include "registry_routes.h"
#include "terminal_store.h"

int registry_handle_terminal_list (struct registry *self, struct request *request, const struct terminal_list *message,
                                   struct terminal_list_answer *answer, struct error *err)
{
    struct office_put office;

    (void) self;
    if (office_for_change (request, message->office_id, &office, err) < 0)
        return -1;
    return terminal_list (request, message->office_id, &answer->terminals, err);
}
