/* terminal_list: the terminals of an office: invited, in use, revoked.
 *
 * Takes:     the office.
 * Refuses:   session_locked; not_for_you: no such office, or another municipality's.
 * Publishes: nothing.  Devices and staff, no patient: no ledger row is due.
 * Repeats:   reads only.
 */
#include "office_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "terminal_store.h"

int registry_handle_terminal_list (struct registry *self, struct request *request, const struct terminal_list *message,
                                   struct terminal_list_answer *answer, struct error *err)
{
    struct office_put office;
    bool found;

    (void) self;
    if (session_must_be_open (request, err) < 0
        || office_store_office (request->db, message->office_id, request->arena, &found, &office, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office");
    if (may_change_office (request->actor, office.municipality, err) < 0)
        return -1;
    return terminal_list (request, message->office_id, &answer->terminals, err);
}
