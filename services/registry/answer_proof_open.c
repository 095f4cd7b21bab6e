/* proof_open: the proof behind a link, nobody logged in.
 *
 * Takes:     the token.
 * Refuses:   too_many_requests of one network source; not_for_you: no link of this region.
 * Publishes: nothing.  Shown is what residents will see: no ledger row is due.
 * Repeats:   reads only; after the answer it shows the answer.
 */
#include "facility_proof.h"
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_proof_open (struct registry *self, struct request *request, const struct proof_open *message,
                                struct proof_view *answer, struct error *err)
{
    struct proof_row proof;

    if (stranger_may_ask (self, request, err) < 0 || proof_of_token (self, request, message->token, &proof, err) < 0)
        return -1;
    return proof_show (self, request, proof.facility_id, &proof, false, answer, err);
}
