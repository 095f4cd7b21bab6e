/* session_unlock_start: a ticket and a challenge to unlock this session.
 *
 * Takes:     nothing.
 * Refuses:   log_in_first without a session; login_blocked after too many attempts.
 * Publishes: nothing.
 * Repeats:   every call is an attempt and gives a new ticket.
 */
#include "login.h"
#include "registry_routes.h"

struct own { const char *person_id; struct arena *arena; struct account_row account; struct text_list credentials; };

static int look_up (struct db *db, void *what, struct error *err)
{
    struct own *own = what;

    if (login_store_account_of (db, own->person_id, own->arena, &own->account, err) < 0)
        return -1;
    return login_store_credentials (db, own->person_id, own->arena, &own->credentials, err);
}

int registry_handle_session_unlock_start (struct registry *self, struct request *request, const struct session_unlock_start *message,
                                          struct login_start_answer *answer, struct error *err)
{
    struct own own = { .person_id = request->actor->person_id, .arena = request->arena };
    struct ticket ticket = { .kind = "unlock", .person_id = own.person_id, .session_id = request->actor->session_id,
                             .password_right = true };
    struct throttle_key key;

    (void) message;
    if (!own.person_id || !ticket.session_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no session");
    if (login_book_do (self->book, look_up, &own, err) < 0)
        return -1;
    if (!own.account.person_id)
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "no account");
    key = login_key_of (own.account.login);
    ticket.login_key = (struct bytes) { key.digest, sizeof key.digest };
    if (login_count_attempt (self, request, &key, err) < 0 || login_hand_out (self, request, &ticket, &answer->ticket, err) < 0)
        return -1;
    answer->challenge = ticket.challenge;
    answer->credentials = own.credentials;
    return 0;
}
