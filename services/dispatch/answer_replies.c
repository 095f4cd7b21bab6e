/* answer_replies.c - a partner without an address fetches its replies.
 *
 * Takes:      replies
 * Refuses:    log_in_first  no such key, a revoked one, or the partner is cut off
 * Publishes:  nothing; no ledger row is due: sharing wrote it when it released what a reply holds (ems_record)
 * Repeats:    gives the same until `after` confirms them
 */
#include "dispatch.h"
#include "partner_store.h"
#include "reply_store.h"

int dispatch_handle_replies (struct dispatch *self, struct request *request, const struct replies *message, struct replies_answer *answer,
                             struct error *err)
{
    struct partner partner;

    (void) self;
    if (partner_by_key (request->db, request->arena, message->bearer, request->now, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no such key, or the partner is cut off");
    if (message->has_after
        && reply_confirm (request->db, partner.partner_id, message->has_from ? message->from : 0, message->after, request->now, err) < 0)
        return -1;
    return reply_page (request->db, request->arena, partner.partner_id, request->now, answer, err);
}
