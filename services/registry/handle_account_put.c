/* account_put: gives a person an account – login name, first password, secret for one-time codes.
 *
 * Takes:     person, login, password, secret in base32 (at least 160 bits), whether the first log-in asks for a password of one's own.
 * Refuses:   not_for_you as in person_put; password_weak; a login somebody else has; an officer or manager cannot replace an account
 *            whose first password was changed (S-09: a lost factor is renewed by somebody who acts for the region).
 * Publishes: authenticators_changed (one: the code); replacing takes the passkeys away, ends all sessions of the person and rings for each; a
 *            line in the log-in log.
 * Repeats:   the same PUT again changes and announces nothing and ends no session.
 */
#include "care_store.h"
#include "login.h"
#include "password.h"
#include "people.h"
#include "registry_routes.h"
#include "session_store.h"
#include "sessions.h"
#include "text_codes.h"
#include "totp.h"

struct wanted { const char *person_id, *login, *password; bool first_login; struct bytes secret; struct arena *arena; struct account_row account; };

static int check (const struct account_put *message, struct wanted *wanted, struct arena *arena, struct error *err)
{
    unsigned char *secret = arena_alloc (arena, TOTP_SECRET_MOST);

    wanted->login = login_fold (arena, message->login);
    if (!*wanted->login)
        return fail (err, ERROR_TEXT_EMPTY, "/login", "empty");
    if (!login_is_typable (wanted->login))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/login", "not printable ASCII");
    if (password_check (message->password, wanted->login) != PASSWORD_GOOD) {
        fail (err, ERROR_PASSWORD_WEAK, "/password", "weak");
        return fail_param (err, "least", "%d", PASSWORD_LEAST);
    }
    if (!base32_read (message->totp_secret, secret, TOTP_SECRET_MOST, &wanted->secret.size) || wanted->secret.size < TOTP_SECRET_LEAST)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/totp_secret", "not base32 of 160 to 320 bits");
    wanted->secret.data = secret;
    return 0;
}

static int look_up (struct db *db, void *what, struct error *err)
{
    struct wanted *wanted = what;

    return login_store_account_of (db, wanted->person_id, wanted->arena, &wanted->account, err);
}

/* Read by the engine connection: the command role cannot see hashes and secrets. */
static int is_same (struct registry *self, struct wanted *wanted, bool *ret_same, struct error *err)
{
    struct bytes secret;
    bool right = false;

    *ret_same = false;
    if (login_book_do (self->book, look_up, wanted, err) < 0)
        return -1;
    if (!wanted->account.person_id || strcmp (wanted->account.login, wanted->login) != 0
        || !secret_open (&self->secret_key, wanted->person_id, wanted->account.totp_sealed, wanted->arena, &secret)
        || secret.size != wanted->secret.size || memcmp (secret.data, wanted->secret.data, secret.size) != 0)
        return 0;
    if (password_hash_verify (self->gate, wanted->account.password_hash, wanted->password, &right, err) < 0)
        return -1;
    *ret_same = right;
    return 0;
}

static int store (struct registry *self, struct request *request, const struct wanted *wanted, bool is_new, struct error *err)
{
    struct bytes sealed = secret_seal (&self->secret_key, wanted->person_id, wanted->secret, request->arena);
    char hash[PASSWORD_HASH_TEXT];

    if (password_hash_make (self->gate, wanted->password, hash, err) < 0
        || people_store_put_account (request->db, wanted->person_id, wanted->login, arena_text (request->arena, hash), sealed,
                                     wanted->first_login, is_new, err) < 0
        || (!is_new && (people_store_forget_passkeys (request->db, wanted->person_id, err) < 0
                        || sessions_end_of (request, wanted->person_id, NULL, "replaced", err) < 0))
        || announce_authenticators (request, wanted->person_id, 0, err) < 0)
        return -1;
    return session_store_log (request->db, "account_set", is_new ? "new" : "replaced", wanted->person_id, request->actor->session_id,
                              request->header->device, request->now, err);
}

/* left: of the first log-in; while the first password stands, whoever gave the account may give it anew, because the letter was lost. */
static int decide (const struct request *request, const char *person_id, const char *old_login, const char *owner, int64_t left,
                   struct error *err)
{
    if (owner && strcmp (owner, person_id) != 0)
        return fail (err, ERROR_ALREADY_THERE, "/login", "the login is taken");
    if (old_login && left < 2 && !acts_for_region (request->actor))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "an account is replaced by the region only");
    return 0;
}

int registry_handle_account_put (struct registry *self, struct request *request, const struct account_put *message, struct done *answer,
                                 struct error *err)
{
    struct wanted wanted = { .person_id = message->person_id, .password = message->password, .arena = request->arena,
                             .first_login = message->has_first_login && message->first_login };
    const char *old_login, *owner;
    struct person_put person;
    bool found, same;
    int64_t version, left;

    (void) answer;
    if (check (message, &wanted, request->arena, err) < 0
        || subject_lock (request->db, request->arena, message->person_id, &version, err) < 0
        || person_for_change (request, message->person_id, &found, &person, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such person");
    if (is_same (self, &wanted, &same, err) < 0)
        return -1;
    if (same)
        return 0;
    if (people_store_login (request->db, message->person_id, request->arena, &old_login, err) < 0
        || people_store_login_owner (request->db, wanted.login, request->arena, &owner, err) < 0
        || care_store_course (request->db, message->person_id, &left, err) < 0
        || decide (request, message->person_id, old_login, owner, left, err) < 0)
        return -1;
    return store (self, request, &wanted, !old_login, err);
}
