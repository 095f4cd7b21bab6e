/* answer_support_file.c - 支援情報 for the command system itself, by the partner's key: every day without a person (EMS-20).
 *
 * Takes:      support_file
 * Refuses:    log_in_first  no such key, a revoked one, or the partner is cut off;  and as support_piece.h
 * Publishes:  nothing; writes the ledger, one row a piece, in the name of the partner's office
 * Repeats:    reads again
 */
#include "support_piece.h"

int dispatch_handle_support_file (struct dispatch *self, struct request *request, const struct support_file *message,
                                  struct support_export_answer *answer, struct error *err)
{
    const struct support_wish wish = { .encoding = message->encoding, .after = message->after, .delta = message->has_delta && message->delta,
                                       .by_key = true };
    struct request by_key = *request;
    struct actor machine = *request->actor;
    struct partner partner;

    if (partner_by_key (request->db, request->arena, message->bearer, request->now, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no such key, or the partner is cut off");
    machine.office_id = partner.office_id;
    by_key.actor = &machine;
    return support_piece (self, &by_key, &partner, &wish, answer, err);
}
