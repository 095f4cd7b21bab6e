/* facility_proof_put: the office, logged in, confirms what residents will see or asks for a correction; or an officer writes down what came
 * back on paper or from a body for its members.
 *
 * Takes:     the facility, a correction or none, who answers for the office.
 * Refuses:   text_empty: nobody answers; not_for_you: no such facility, or one the sender does not keep.
 * Publishes: facility_changed; with a correction facility_reported, to who looks after the facility.
 * Repeats:   answered again, the newest answer counts; the older ones stay.
 */
#include "facility_item_store.h"
#include "facility_proof.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility_proof_put (struct registry *self, struct request *request, const struct facility_proof_put *message,
                                        struct done *answer, struct error *err)
{
    const struct proof_said said = { message->correction, message->given_by };
    struct facility_kept kept;
    struct proof_row proof;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, message->facility_id, &kept, err) < 0
        || facility_may_keep (request->actor, &kept, err) < 0
        || subject_lock (request->db, request->arena, message->facility_id, &version, err) < 0
        || facility_proof_store_latest (request, message->facility_id, &proof, err) < 0)
        return -1;
    if (!proof.proof_id || proof.answered_at)
        proof = (struct proof_row) { .facility_id = message->facility_id, .keeper = kept.keeper };
    return proof_take (request, &proof, &said, err);
}
