/* login.c - see login.h. */
#include "login.h"

#include "ids.h"
#include "session_rules.h"
#include "terminal_store.h"

static const int64_t minute_us = 60 * 1000000LL;

const char *login_fold (struct arena *arena, const char *login)
{
    char *folded = arena_text (arena, login);

    for (char *c = folded; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char) (*c - 'A' + 'a');
    return folded;
}

bool login_is_typable (const char *folded)
{
    for (const char *c = folded; *c; c++)
        if (*c <= ' ' || *c > '~')
            return false;
    return *folded;
}

struct throttle_key login_key_of (const char *folded)
{
    struct throttle_key key = { .scope = "login" };

    token_digest (folded, key.digest);
    return key;
}

/* ---- counting attempts --------------------------------------------------------------------------------------------------------------- */

struct attempt { struct login_try try; const struct throttle_key *login; struct throttle_key source; int64_t minutes; };

static int charge (struct db *db, const struct throttle_key *key, const struct throttle *before, int64_t most, int64_t now,
                   struct error *err)
{
    struct throttle after = throttle_after_attempt (before, most, now);

    return login_store_set_throttle (db, key, &after, err);
}

/* The name is always locked before the source, so that two attempts cannot wait for each other. */
static int count_attempt (struct db *db, void *what, struct error *err)
{
    struct attempt *attempt = what;
    const struct registry *self = attempt->try.self;
    int64_t now = attempt->try.request->now, wait_source;
    struct throttle login, source;
    struct login_line line;

    if ((attempt->login && login_store_throttle (db, attempt->login, now, &login, err) < 0)
        || login_store_throttle (db, &attempt->source, now, &source, err) < 0)
        return -1;
    wait_source = throttle_minutes_left (&source, now);
    attempt->minutes = attempt->login ? throttle_minutes_left (&login, now) : 0;
    if (wait_source > attempt->minutes)
        attempt->minutes = wait_source;
    line = login_line_of (&attempt->try, "blocked", wait_source > 0 ? "source" : "login", NULL);
    if (attempt->minutes > 0)
        return login_store_log (db, &line, err);
    if (attempt->login && charge (db, attempt->login, &login, self->login_failures, now, err) < 0)
        return -1;
    return charge (db, &attempt->source, &source, self->source_failures, now, err);
}

int login_count_attempt (struct registry *self, struct request *request, const struct throttle_key *key, struct error *err)
{
    struct attempt attempt = { .try = { .self = self, .request = request }, .login = key, .source = login_source_of (request) };

    if (key)
        attempt.try.ticket.login_key = (struct bytes) { key->digest, DIGEST };
    if (login_book_do (self->book, count_attempt, &attempt, err) < 0)
        return -1;
    if (attempt.minutes == 0)
        return 0;
    fail (err, ERROR_LOGIN_BLOCKED, NULL, "too many attempts");
    return fail_param (err, "minutes", "%lld", (long long) attempt.minutes);
}

/* ---- tickets ------------------------------------------------------------------------------------------------------------------------- */

static int add_ticket (struct db *db, void *what, struct error *err)
{
    struct login_try *try = what;
    bool is_login = strcmp (try->ticket.kind, "login") == 0;
    struct login_line line = login_line_of (try, "started", try->ticket.kind, try->ticket.session_id);

    if (is_login && !try->ticket.password_right)
        line = login_line_of (try, "refused", try->ticket.person_id ? "password" : "name", NULL);
    if (login_store_add_ticket (db, try->digest, &try->ticket, try->request->now + TICKET_MINUTES * minute_us, err) < 0)
        return -1;
    return login_store_log (db, &line, err);
}

int login_hand_out (struct registry *self, struct request *request, struct ticket *ticket, const char **ret_ticket, struct error *err)
{
    struct login_try try = { .self = self, .request = request };
    char text[TOKEN_TEXT], challenge[TOKEN_TEXT];
    unsigned char unused[DIGEST];

    token_new (text, try.digest);
    token_new (challenge, unused);
    ticket->challenge = arena_text (request->arena, challenge);
    *ret_ticket = arena_text (request->arena, text);
    try.ticket = *ticket;
    return login_book_do (self->book, add_ticket, &try, err);
}

/* ---- the second step, in the request's transaction ----------------------------------------------------------------------------------- */

/* Locks ticket and factor.  *ret_reason when one was used meanwhile. */
static int lock_proof (const struct login_try *try, const char **ret_reason, struct error *err)
{
    struct db *db = try->request->db;
    bool used;
    int64_t last;

    *ret_reason = NULL;
    if (login_confirm_ticket (db, try->digest, &used, err) < 0)
        return -1;
    if (used)
        *ret_reason = "ticket";
    if (used || !try->proof)
        return 0;
    if (try->proof->assertion) {
        if (login_confirm_count (db, try->credential_id, &last, err) < 0)
            return -1;
        *ret_reason = sign_count_is_good (last, try->count) ? NULL : "passkey: counter used before";
        return 0;
    }
    if (login_confirm_step (db, try->ticket.person_id, &last, err) < 0)
        return -1;
    *ret_reason = try->step > last ? NULL : "code used before";
    return 0;
}

int login_use (const struct login_try *try, struct error *err)
{
    const struct request *request = try->request;

    if (login_confirm_use_ticket (request->db, try->digest, request->now, err) < 0)
        return -1;
    if (!try->proof)
        return 0;
    if (try->proof->assertion)
        return login_confirm_use_count (request->db, try->credential_id, try->count, err);
    return login_confirm_use_step (request->db, try->ticket.person_id, try->step, err);
}

/* Nothing is written in the request's transaction before everything is known to be good. */
static int prove_and_lock (struct login_try *try, const char *ticket, struct error *err)
{
    const char *reason;

    if (login_prove (try, ticket, err) < 0 || lock_proof (try, &reason, err) < 0)
        return -1;
    return reason ? login_refuse (try, reason, err) : 0;
}

static int open_session (struct login_try *try, struct session_opened *answer, struct error *err)
{
    struct request *request = try->request;
    const struct registry *self = try->self;
    struct new_session session = { .person_id = try->ticket.person_id, .office_id = try->home.office_id, .strength = try->strength,
                                   .device = request->header->device, .source = request->header->source, .now = request->now,
                                   .expires = request->now + self->session_hours * 60 * minute_us,
                                   .idle_seconds = self->idle_minutes * 60 };
    struct login_line line;
    char token[TOKEN_TEXT], id[UUID_TEXT];

    if (terminal_use (request, session.office_id, &session.terminal_id, err) < 0)
        return -1;
    session.locks_idle = session_locks_idle (try->home.roles, session.terminal_id);
    token_new (token, session.token_sha256);
    uuid_new (id);
    session.session_id = arena_text (request->arena, id);
    *answer = (struct session_opened) {
        .session_token = arena_text (request->arena, token), .session_id = session.session_id, .person_id = session.person_id,
        .name = try->home.name, .idle_minutes = session.locks_idle ? self->idle_minutes : self->session_hours * 60 };
    line = login_line_of (try, "opened", try->strength, session.session_id);
    if (login_confirm_open (request->db, &session, err) < 0)
        return -1;
    return login_confirm_log (request->db, &line, err);
}

int login_open (struct registry *self, struct request *request, const char *ticket, const struct proof *proof,
                struct session_opened *answer, struct error *err)
{
    struct login_try try = { .self = self, .request = request, .kind = "login", .proof = proof };

    if (prove_and_lock (&try, ticket, err) < 0 || login_use (&try, err) < 0 || open_session (&try, answer, err) < 0)
        return -1;
    return login_take_back (&try, err);
}

int login_unlock (struct registry *self, struct request *request, const char *ticket, const struct proof *proof, struct error *err)
{
    struct login_try try = { .self = self, .request = request, .kind = "unlock", .proof = proof };
    struct login_line line;

    if (prove_and_lock (&try, ticket, err) < 0 || login_use (&try, err) < 0)
        return -1;
    line = login_line_of (&try, "unlocked", try.strength, try.ticket.session_id);
    if (login_confirm_log (request->db, &line, err) < 0)
        return -1;
    return login_take_back (&try, err);
}

int login_begin_register (struct registry *self, struct request *request, const char *ticket, struct login_try *ret, struct error *err)
{
    *ret = (struct login_try) { .self = self, .request = request, .kind = "register" };
    return prove_and_lock (ret, ticket, err);
}
