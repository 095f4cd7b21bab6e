/* passkey_register_start: a ticket and a challenge to register a passkey of this device.
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing.
 * Repeats:   every call gives a new ticket.
 */
#include "login.h"
#include "people_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text_codes.h"

int registry_handle_passkey_register_start (struct registry *self, struct request *request, const struct passkey_register_start *message,
                                            struct passkey_register_start_answer *answer, struct error *err)
{
    const char *person_id = request->actor->person_id;
    struct ticket ticket = { .kind = "register", .person_id = person_id, .session_id = request->actor->session_id, .password_right = true };
    struct person_put person;
    char *user_id;
    bool found;

    (void) message;
    if (session_must_be_open (request, err) < 0
        || people_store_person (request->db, person_id, request->arena, &found, &person, err) < 0
        || people_store_login (request->db, person_id, request->arena, &answer->login, err) < 0)
        return -1;
    if (!found || !answer->login)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no account");
    if (login_hand_out (self, request, &ticket, &answer->ticket, err) < 0)
        return -1;
    user_id = arena_alloc (request->arena, BASE64URL_TEXT (strlen (person_id)));
    base64url_write (person_id, strlen (person_id), user_id);
    answer->challenge = ticket.challenge;
    answer->user_id = user_id;
    answer->name = person.name;
    answer->relying_party = self->relying_party.id;
    return 0;
}
