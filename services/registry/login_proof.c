/* login_proof.c - one try of a ticket: everything here stays although the request is refused.  See login.h. */
#include "login.h"

#include "clock.h"
#include "session_rules.h"
#include "text_codes.h"
#include "totp.h"

struct throttle_key login_source_of (const struct request *request)
{
    struct throttle_key key = { .scope = "source" };

    token_digest (request->header->source ? request->header->source : "", key.digest);
    return key;
}

struct login_line login_line_of (const struct login_try *try, const char *event, const char *reason, const char *session_id)
{
    const struct request_header *header = try->request->header;

    return (struct login_line) { event, reason, try->ticket.person_id, session_id, try->ticket.login_key, header->source, header->device,
                                 try->request->now };
}

static int prove_code (struct db *db, struct login_try *try, struct error *err)
{
    static const unsigned char nothing[96];     /* as long as a sealed secret: a name nobody has costs the same look-up and the same opening */
    struct bytes secret = { nothing, TOTP_SECRET_LEAST };
    struct account_row account = { 0 };
    const char *owner = try->ticket.person_id ? try->ticket.person_id : "00000000-0000-0000-0000-000000000000";
    bool known;

    if (login_store_account_of (db, owner, try->request->arena, &account, err) < 0)
        return -1;
    if (!account.person_id)
        account.totp_sealed = (struct bytes) { nothing, sizeof nothing };
    known = secret_open (&try->self->secret_key, owner, account.totp_sealed, try->request->arena, &secret) && account.person_id;
    try->strength = "totp";
    try->step = totp_match (secret.data, secret.size, clock_real_us (), try->proof->code);
    try->refused = known && try->step >= 0 ? NULL : "code";
    return 0;
}

static void check_assertion (struct login_try *try, const struct passkey *passkey)
{
    const struct passkey_assertion *sent = try->proof->assertion;
    struct signed_assertion assertion = { sent->credential_id, sent->client_data, sent->authenticator_data, sent->signature,
                                          sent->user_handle };
    struct error why = { 0 };

    try->credential_id = passkey->credential_id;
    try->refused = NULL;
    if (webauthn_verify (&try->self->relying_party, try->ticket.challenge, passkey, try->ticket.person_id, &assertion, try->request->arena,
                         &try->count, &why) < 0)
        try->refused = arena_text (try->request->arena, why.detail);
}

static int prove_passkey (struct db *db, struct login_try *try, struct error *err)
{
    unsigned char id[CREDENTIAL_ID_MOST];
    struct passkey passkey;
    bool found = false;
    size_t size;

    try->strength = "passkey";
    try->refused = "passkey: not known";
    if (!base64url_read (try->proof->assertion->credential_id, id, sizeof id, &size) || size == 0)
        return 0;
    if (!try->ticket.person_id && try->ticket.password_right
        && login_store_passkey_owner (db, (struct bytes) { id, size }, try->request->arena, &try->ticket.person_id, err) < 0)
        return -1;
    if (!try->ticket.person_id)
        return 0;
    if (login_store_passkey (db, try->ticket.person_id, (struct bytes) { id, size }, try->request->arena, &found, &passkey, err) < 0)
        return -1;
    if (found)
        check_assertion (try, &passkey);
    return 0;
}

static bool is_other_session (const struct login_try *try)
{
    const char *session_id = try->request->actor->session_id;

    return try->ticket.session_id && (!session_id || strcmp (session_id, try->ticket.session_id) != 0);
}

static int prove (struct db *db, struct login_try *try, struct error *err)
{
    bool found;

    if (login_store_try_ticket (db, try->digest, try->kind, try->request->now, try->request->arena, &found, &try->ticket, err) < 0)
        return -1;
    try->refused = found && !is_other_session (try) ? NULL : "ticket";
    if (try->refused || !try->proof)
        return 0;
    if ((try->proof->assertion ? prove_passkey (db, try, err) : prove_code (db, try, err)) < 0)
        return -1;
    if (!try->refused && !try->ticket.password_right)
        try->refused = "password";
    if (try->refused || strcmp (try->kind, "login") != 0)
        return 0;
    if (login_store_home (db, try->ticket.person_id, try->request->arena, &try->home, err) < 0)
        return -1;
    try->refused = try->home.office_id ? NULL : "no office";
    return 0;
}

/* A refused second factor counts like an attempt of that name. */
static int write_refusal (struct db *db, void *what, struct error *err)
{
    struct login_try *try = what;
    struct login_line line = login_line_of (try, "refused", try->refused, try->ticket.session_id);
    struct throttle_key key = { .scope = "login" };
    struct throttle before, after;

    if (try->ticket.login_key.size == DIGEST) {
        memcpy (key.digest, try->ticket.login_key.data, DIGEST);
        if (login_store_throttle (db, &key, try->request->now, &before, err) < 0)
            return -1;
        after = throttle_after_attempt (&before, try->self->login_failures, try->request->now);
        if (login_store_set_throttle (db, &key, &after, err) < 0)
            return -1;
    }
    return login_store_log (db, &line, err);
}

static int try_once (struct db *db, void *what, struct error *err)
{
    struct login_try *try = what;

    if (prove (db, try, err) < 0)
        return -1;
    return try->refused ? write_refusal (db, try, err) : 0;
}

int login_prove (struct login_try *try, const char *ticket, struct error *err)
{
    token_digest (ticket, try->digest);
    if (login_book_do (try->self->book, try_once, try, err) < 0)
        return -1;
    return try->refused ? fail (err, ERROR_LOGIN_WRONG, NULL, "%s", try->refused) : 0;
}

int login_refuse (struct login_try *try, const char *reason, struct error *err)
{
    try->refused = reason;
    if (login_book_do (try->self->book, write_refusal, try, err) < 0)
        return -1;
    return fail (err, ERROR_LOGIN_WRONG, NULL, "%s", reason);
}

static int take_back (struct db *db, void *what, struct error *err)
{
    struct login_try *try = what;
    struct throttle_key source = login_source_of (try->request);

    return login_store_take_back (db, try->ticket.login_key, &source, err);
}

int login_take_back (struct login_try *try, struct error *err)
{
    return login_book_do (try->self->book, take_back, try, err);
}
