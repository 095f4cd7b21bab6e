/* answer_outline_list.c - versions of the scheme and who has confirmed them; desk and crew see their own organisation's.
 *
 * Takes:      outline_list
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows no person in care
 * Repeats:    reads again
 */
#include "dispatch.h"
#include "lookup_store.h"

int dispatch_handle_outline_list (struct dispatch *self, struct request *request, const struct outline_list *message,
                                  struct outline_list_answer *answer, struct error *err)
{
    bool fire = actor_is (request->actor, ROLE_DISPATCH_DESK) || actor_is (request->actor, ROLE_AMBULANCE_CREW);

    (void) self;
    (void) message;
    return outline_all (request, !fire, answer, err);
}
