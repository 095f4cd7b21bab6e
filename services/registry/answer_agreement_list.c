/* agreement_list: agreements between municipalities and their terms (KU-08).
 *
 * Takes:     nothing.
 * Refuses:   log_in_first, session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "agreement_store.h"
#include "clock.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"

int registry_handle_agreement_list (struct registry *self, struct request *request, const struct agreement_list *message,
                                    struct agreement_list_answer *answer, struct error *err)
{
    const bool all = acts_for_region (request->actor) || actor_is (request->actor, ROLE_PREFECTURE);
    char today[11];

    (void) self;
    (void) message;
    day_number_text (tokyo_of (request->now).day_number, today);
    if (session_must_be_open (request, err) < 0)
        return -1;
    answer->may_edit = acts_for_region (request->actor);
    return agreement_store_list (request, all ? NULL : request->actor->municipality, today, &answer->agreements, err);
}
