/* facility_proof: the proof of one facility, for its own office and for who looks after it.
 *
 * Takes:     the facility.
 * Refuses:   not_for_you: no such facility, or one the asker does not keep; session_locked.
 * Publishes: nothing.  Shown is what residents will see: no ledger row is due.  The link is for who prints it; the office itself answers in
 *            the page.
 * Repeats:   reads only.
 */
#include "facility_item_store.h"
#include "facility_proof.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility_proof (struct registry *self, struct request *request, const struct facility_proof *message,
                                    struct proof_view *answer, struct error *err)
{
    struct facility_kept kept;
    struct proof_row proof;

    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, message->facility_id, &kept, err) < 0
        || facility_may_keep (request->actor, &kept, err) < 0
        || facility_proof_store_latest (request, message->facility_id, &proof, err) < 0)
        return -1;
    return proof_show (self, request, message->facility_id, &proof, !kept.own_office, answer, err);
}
