/* handle_subscription_put.c - send a municipality's emergencies to a partner's address as signed webhooks.
 *
 * Takes:      subscription_put               (proto/notify/subscription_put.command)
 * Refuses:    not_for_role          another municipality
 *             field_unknown_choice  the address is not on the allow-list, or the secret is not a Standard Webhooks secret
 * Publishes:  nothing
 * Repeats:    writes the same again
 */
#include "delivery_store.h"
#include "notify.h"
#include "roster_rules.h"
#include "webhook_sign.h"

int notify_handle_subscription_put (struct notify *self, struct request *request, const struct subscription_put *message,
                                    struct done *answer, struct error *err)
{
    (void) answer;
    if (roster_decide (request->actor, message->municipality, err) < 0)
        return -1;
    if (!webhook_is_allowed (message->url, self->webhook_allow))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/url", "not on the allow-list");
    if (!webhook_secret_is_valid (message->secret))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/secret", "not a Standard Webhooks secret");
    return delivery_put_subscription (request->db, message, request->actor->person_id, err);
}
