/* login_passkey: second factor by passkey with user verification; opens the session.
 *
 * Takes:     the ticket of login_start and what the authenticator signed over its challenge.
 * Refuses:   login_wrong, whatever was wrong.
 * Publishes: nothing; a line in the log-in log, also when refused.
 * Repeats:   ticket and challenge work once.
 */
#include "login.h"
#include "registry_routes.h"

int registry_handle_login_passkey (struct registry *self, struct request *request, const struct login_passkey *message,
                                   struct session_opened *answer, struct error *err)
{
    struct proof proof = { .assertion = message->assertion };

    return login_open (self, request, message->ticket, &proof, answer, err);
}
