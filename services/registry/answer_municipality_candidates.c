/* municipality_candidates: municipalities that could take part in the region, those of the same 二次医療圏 first (KU-01).
 *
 * Takes:     part of the name, or the beginning of the code; nothing: all.
 * Refuses:   log_in_first, session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "region_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_municipality_candidates (struct registry *self, struct request *request, const struct municipality_candidates *message,
                                             struct municipality_candidates_answer *answer, struct error *err)
{
    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return region_store_candidates (request, message->text, &answer->candidates, err);
}
