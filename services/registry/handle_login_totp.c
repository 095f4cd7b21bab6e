/* login_totp: second factor by one-time code; opens the session.
 *
 * Takes:     the ticket of login_start and six digits.
 * Refuses:   login_wrong, whatever was wrong: password, code, a code used before, an old or used ticket, five tries, no office.
 * Publishes: nothing; a line in the log-in log, also when refused.
 * Repeats:   a ticket opens one session; the second use is refused.
 */
#include "login.h"
#include "registry_routes.h"

int registry_handle_login_totp (struct registry *self, struct request *request, const struct login_totp *message,
                                struct session_opened *answer, struct error *err)
{
    struct proof proof = { .code = message->code };

    return login_open (self, request, message->ticket, &proof, answer, err);
}
