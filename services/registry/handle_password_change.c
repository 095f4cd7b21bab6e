/* handle_password_change.c - somebody changes their own password (S-03; every other session ends).
 *
 * Takes:     the present password and the new one.
 * Refuses:   session_locked; login_blocked after too many wrong ones (counted with the log-ins of that name); password_wrong; password_weak;
 *            password_same.
 * Publishes: account_changed, so that the person hears of it everywhere; rings "session" for every session that ended; a line in the log-in log.
 *            Log-ins begun with the old password end.
 * Repeats:   when the new one is already in force, nothing happens and no session ends.
 */
#include "access_store.h"
#include "login.h"
#include "password.h"
#include "registry_routes.h"
#include "sessions.h"

struct change { struct login_try try; struct account_row account; };

/* ---- in the login book: the command role cannot read a hash ------------------------------------------------------------------------- */

static int look_up (struct db *db, void *what, struct error *err)
{
    struct change *change = what;
    const struct request *request = change->try.request;

    return login_store_account_of (db, request->actor->person_id, request->arena, &change->account, err);
}

static int write_refusal (struct db *db, void *what, struct error *err)
{
    struct change *change = what;
    struct login_line line = login_line_of (&change->try, "refused", "password_change", change->try.request->actor->session_id);

    return login_store_log (db, &line, err);
}

/* Whoever is between the two steps of a log-in gave the old password. */
static int drop_tickets (struct db *db, void *what, struct error *err)
{
    struct change *change = what;

    return login_store_drop_tickets (db, change->account.person_id, change->try.request->now, err);
}

/* ---- deciding ----------------------------------------------------------------------------------------------------------------------- */

static int refuse_wrong (struct change *change, struct error *err)
{
    if (login_book_do (change->try.self->book, write_refusal, change, err) < 0)
        return -1;
    return fail (err, ERROR_PASSWORD_WRONG, "/password", "not the present password");
}

static int check_new (const struct change *change, const struct password_change *message, struct error *err)
{
    if (strcmp (message->password, message->new_password) == 0)
        return fail (err, ERROR_PASSWORD_SAME, "/new_password", "the same");
    if (password_check (message->new_password, change->account.login) == PASSWORD_GOOD)
        return 0;
    fail (err, ERROR_PASSWORD_WEAK, "/new_password", "weak");
    return fail_param (err, "least", "%d", PASSWORD_LEAST);
}

/* *ret_done: sent again after it was done. */
static int prove (struct change *change, const struct password_change *message, bool *ret_done, struct error *err)
{
    struct registry *self = change->try.self;
    bool right;

    *ret_done = false;
    if (password_hash_verify (self->gate, change->account.password_hash, message->password, &right, err) < 0)
        return -1;
    if (!right && password_hash_verify (self->gate, change->account.password_hash, message->new_password, ret_done, err) < 0)
        return -1;
    return right || *ret_done ? 0 : refuse_wrong (change, err);
}

/* ---- storing ------------------------------------------------------------------------------------------------------------------------ */

static int end_others (struct request *request, struct error *err)
{
    const struct actor *actor = request->actor;
    struct text_list ids;

    if (access_end_others (request->db, actor->person_id, actor->session_id, request->now, request->arena, &ids, err) < 0)
        return -1;
    for (size_t i = 0; i < ids.count; i++) {
        const struct access_line line = { "ended", "password", actor->person_id, ids.items[i], request->header->device, NULL,
                                          request->now };

        ring_after_commit (request->batch, "session", ids.items[i], 0);
        if (access_log (request->db, &line, err) < 0)
            return -1;
    }
    return 0;
}

static int store (struct change *change, const char *password, struct error *err)
{
    struct request *request = change->try.request;
    const struct actor *actor = request->actor;
    const struct access_line line = { "password_changed", NULL, actor->person_id, actor->session_id, request->header->device, NULL,
                                      request->now };
    const struct account_changed event = { .person_id = actor->person_id, .change = ACCOUNT_CHANGE_PASSWORD_CHANGED };
    char hash[PASSWORD_HASH_TEXT];

    if (password_hash_make (change->try.self->gate, password, hash, err) < 0
        || access_set_password (request->db, actor->person_id, arena_text (request->arena, hash), err) < 0
        || end_others (request, err) < 0
        || access_log (request->db, &line, err) < 0)
        return -1;
    return announce (request, &account_changed_message, &event, actor->municipality, err);
}

int registry_handle_password_change (struct registry *self, struct request *request, const struct password_change *message,
                                     struct done *answer, struct error *err)
{
    struct change change = { .try = { .self = self, .request = request } };
    struct throttle_key key;
    int64_t version;
    bool done;

    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, request->actor->person_id, &version, err) < 0
        || login_book_do (self->book, look_up, &change, err) < 0)
        return -1;
    if (!change.account.person_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no account");
    key = login_key_of (change.account.login);
    change.try.ticket = (struct ticket) { .person_id = change.account.person_id, .login_key = { key.digest, sizeof key.digest } };
    if (login_count_attempt (self, request, &key, err) < 0
        || prove (&change, message, &done, err) < 0
        || login_take_back (&change.try, err) < 0)
        return -1;
    if (done)
        return 0;
    if (check_new (&change, message, err) < 0
        || login_book_do (self->book, drop_tickets, &change, err) < 0)
        return -1;
    return store (&change, message->new_password, err);
}
