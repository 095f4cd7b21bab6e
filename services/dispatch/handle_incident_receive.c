/* handle_incident_receive.c - a partner's message as it is: kept byte for byte, answered with an Ack or an Error in its own format.
 *
 * Takes:      incident_receive               (proto/dispatch/incident_receive.command)
 * Refuses:    log_in_first   no such key, a revoked one, or the partner is cut off; everything else is answered with an Error (EMS-14)
 * Publishes:  incident_changed (updated, cancelled, raised, in_hand); the job `incident` announces incident_opened and incident_result
 * Repeats:    the same bytes get the same answer and do nothing (V-03)
 */
#include "dispatch.h"
#include "receive.h"

int dispatch_handle_incident_receive (struct dispatch *self, struct request *request, const struct incident_receive *message,
                                      struct incident_receipt *answer, struct error *err)
{
    struct received received = { message->body, message->content_type };
    struct partner partner;
    struct receipt receipt;

    (void) self;
    if (partner_by_key (request->db, request->arena, message->bearer, request->now, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no such key, or the partner is cut off");
    if (receive (request, &partner, &received, &receipt, err) < 0)
        return -1;
    answer->body = receipt.body;
    answer->media_type = receipt.media_type;
    return 0;
}
