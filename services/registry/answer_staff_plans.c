/* staff_plans: who joins, leaves or changes between two days.
 *
 * Takes:     two days, one office or all one looks after.
 * Refuses:   session_locked; date_invalid, period_reversed, period_too_long.
 * Publishes: nothing.  Staff, no patient: no ledger row is due.  A manager sees what he or she manages, an officer the own municipality.
 * Repeats:   reads only.
 */
#include "plans.h"
#include "registry_routes.h"

int registry_handle_staff_plans (struct registry *self, struct request *request, const struct staff_plans *message,
                                 struct staff_plans_answer *answer, struct error *err)
{
    const struct plan_wish wish = { .from = message->from, .to = message->to, .office_id = message->office_id };

    (void) self;
    return plans_read (request, &wish, &answer->plans, err);
}
