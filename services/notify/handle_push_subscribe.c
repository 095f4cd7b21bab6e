/* handle_push_subscribe.c - push messages to this browser of the actor.
 *
 * Takes:      push_subscribe                 (proto/notify/push_subscribe.command)
 * Refuses:    field_unknown_choice  the address is none of a push service that this region sends to
 *             field_wrong_type      the browser's keys are none
 *             not_for_you           the id is somebody else's
 *             list_too_long         more than ten browsers
 * Publishes:  nothing
 * Repeats:    writes the same again
 */
#include "notify.h"
#include "push_crypt.h"
#include "push_store.h"
#include "webhook_sign.h"

int notify_handle_push_subscribe (struct notify *self, struct request *request, const struct push_subscribe *message, struct done *answer,
                                  struct error *err)
{
    unsigned char key[PUSH_PUBLIC], auth[PUSH_AUTH];

    (void) answer;
    if (!self->push_key || !webhook_is_allowed (message->endpoint, self->push_allow))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/endpoint", "not a push service of the allow-list");
    if (!push_read (message->p256dh, key, sizeof key) || key[0] != 4)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/p256dh", "not a public key of P-256");
    if (!push_read (message->auth, auth, sizeof auth))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/auth", "not 16 bytes");
    return push_subscribe (request, message, err);
}
