/* login_passkey_start: a ticket for logging in by a passkey alone, which is two factors: the device, and the finger or PIN it asks for.
 *
 * Takes:     nothing; who it is, the passkey says.
 * Refuses:   login_blocked after too many attempts from this network source.
 * Publishes: nothing.
 * Repeats:   every call is an attempt and gives a new ticket.
 */
#include "login.h"
#include "registry_routes.h"

int registry_handle_login_passkey_start (struct registry *self, struct request *request, const struct login_passkey_start *message,
                                         struct login_start_answer *answer, struct error *err)
{
    static const char *const no_credentials[1];         /* passkeys are discoverable: the browser knows its own */
    struct ticket ticket = { .kind = "login", .password_right = true };

    (void) message;
    if (login_count_attempt (self, request, NULL, err) < 0
        || login_hand_out (self, request, &ticket, &answer->ticket, err) < 0)
        return -1;
    answer->challenge = ticket.challenge;
    answer->credentials = (struct text_list) { no_credentials, 0 };
    return 0;
}
