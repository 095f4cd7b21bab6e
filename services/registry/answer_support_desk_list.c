/* support_desk_list: desks for questions about care at home (O-01); who looks after a municipality also finds the closed ones.
 *
 * Takes:     one municipality, or none: all.
 * Refuses:   log_in_first, session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "support_desk_store.h"

int registry_handle_support_desk_list (struct registry *self, struct request *request, const struct support_desk_list *message,
                                       struct support_desk_list_answer *answer, struct error *err)
{
    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return support_desk_store_list (request, message->municipality,
                                    acts_for_region (request->actor) || actor_is (request->actor, ROLE_MUNICIPAL_OFFICER), &answer->desks, err);
}
