/* login_start: first factor.
 *
 * Takes:     login name and password of nobody in particular.
 * Refuses:   login_blocked after too many attempts of this name or this network source; nothing else – a wrong password and a name nobody
 *            has get the same answer after the same work (S-08).
 * Publishes: nothing.
 * Repeats:   every call is an attempt and gives a new ticket.
 */
#include "login.h"
#include "registry_routes.h"

/* Never listed here: that would tell which names exist.  Passkeys are discoverable: the browser knows its own. */
static const char *const no_credentials[1];

struct lookup { const char *login; struct arena *arena; struct account_row account; const char *new_hash; };

static int look_up (struct db *db, void *what, struct error *err)
{
    struct lookup *lookup = what;

    return login_store_account_of_login (db, lookup->login, lookup->arena, &lookup->account, err);
}

static int rehash (struct db *db, void *what, struct error *err)
{
    struct lookup *lookup = what;

    return login_store_rehash (db, lookup->account.person_id, lookup->new_hash, err);
}

static int renew_hash (struct registry *self, struct lookup *lookup, const char *password, struct error *err)
{
    char hash[PASSWORD_HASH_TEXT];

    if (!password_hash_is_old (self->gate, lookup->account.password_hash))
        return 0;
    lookup->new_hash = hash;
    if (password_hash_make (self->gate, password, hash, err) < 0)
        return -1;
    return login_book_do (self->book, rehash, lookup, err);
}

int registry_handle_login_start (struct registry *self, struct request *request, const struct login_start *message,
                                 struct login_start_answer *answer, struct error *err)
{
    struct lookup lookup = { .login = login_fold (request->arena, message->login), .arena = request->arena };
    struct throttle_key key = login_key_of (lookup.login);
    struct ticket ticket = { .kind = "login", .login_key = { key.digest, sizeof key.digest } };

    if (login_count_attempt (self, request, &key, err) < 0
        || login_book_do (self->book, look_up, &lookup, err) < 0
        || password_hash_verify (self->gate, lookup.account.password_hash, message->password, &ticket.password_right, err) < 0
        || (ticket.password_right && renew_hash (self, &lookup, message->password, err) < 0))
        return -1;
    ticket.person_id = lookup.account.person_id;
    if (login_hand_out (self, request, &ticket, &answer->ticket, err) < 0)
        return -1;
    answer->challenge = ticket.challenge;
    answer->credentials = (struct text_list) { no_credentials, 0 };
    return 0;
}
