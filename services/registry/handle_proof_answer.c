/* proof_answer: the office confirms its proof or asks for a correction, by the link.
 *
 * Takes:     the token, a correction or none, who answers for the office.
 * Refuses:   too_many_requests of one network source; not_for_you: no link of this region; letter_answered: the link is used up; text_empty:
 *            nobody answers.
 * Publishes: facility_changed; with a correction facility_reported, to who looks after the facility.
 * Repeats:   the second time is refused.
 */
#include "facility_proof.h"
#include "public_search.h"
#include "registry_routes.h"

int registry_handle_proof_answer (struct registry *self, struct request *request, const struct proof_answer *message,
                                  struct done *answer, struct error *err)
{
    const struct proof_said said = { message->correction, message->given_by };
    struct proof_row proof;

    (void) answer;
    if (stranger_may_ask (self, request, err) < 0 || proof_of_token (self, request, message->token, &proof, err) < 0)
        return -1;
    if (proof.answered_at)
        return fail (err, ERROR_LETTER_ANSWERED, NULL, "used up");
    return proof_take (request, &proof, &said, err);
}
