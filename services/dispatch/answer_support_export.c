/* answer_support_export.c - 支援情報, piece by piece, for a desk's person (EMS-20).
 *
 * Takes:      support_export
 * Refuses:    not_for_you  no fire organisation, or cut off;  and as support_piece.h
 * Publishes:  nothing; writes the ledger, one row a piece
 * Repeats:    reads again
 */
#include "support_piece.h"

int dispatch_handle_support_export (struct dispatch *self, struct request *request, const struct support_export *message,
                                    struct support_export_answer *answer, struct error *err)
{
    const struct support_wish wish = { .encoding = message->encoding, .after = message->after, .delta = message->has_delta && message->delta };
    struct partner partner;

    if (partner_of_office (request->db, request->arena, request->actor->office_id, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no fire organisation, or cut off");
    return support_piece (self, request, &partner, &wish, answer, err);
}
