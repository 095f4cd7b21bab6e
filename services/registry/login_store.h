/* login_store.h - SQL of log-in.
 *
 * What must stay although a log-in is refused (tries, counts, the log) runs on the login book's connection, in its transactions; what
 * belongs
 * to the session that is opened (ticket used, code used, the session) runs in the request's transaction: login_confirm_*.  The book passes
 * over
 * a ticket that a request holds locked instead of waiting, so the two cannot wait for each other.
 *
 * Times are decision time in µs; steps are TOTP steps.  Everything returned lives in the arena given.
 */
#ifndef LOGIN_STORE_H
#define LOGIN_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include "db.h"
#include "throttle.h"
#include "webauthn.h"

enum { DIGEST = 32 };

struct throttle_key { const char *scope; unsigned char digest[DIGEST]; };       /* "login" or "source" */

struct account_row {
    const char *person_id;              /* NULL: nobody */
    const char *login;
    const char *password_hash;
    struct bytes totp_sealed;
};

struct ticket {
    const char *kind;                   /* "login", "unlock", "register" */
    const char *person_id, *session_id; /* NULL when there is none */
    struct bytes login_key;             /* empty when there is none */
    bool password_right;
    const char *challenge;
};

struct home { const char *office_id; struct text_list roles; const char *name; };      /* where a person starts; office_id NULL: nowhere */

struct new_session {
    const char *session_id, *person_id, *office_id, *strength, *device, *source;
    const char *terminal_id;            /* NULL: at no terminal of that office */
    unsigned char token_sha256[DIGEST];
    int64_t now, expires;
    bool locks_idle;
    int64_t idle_seconds;
};

struct login_line {
    const char *event, *reason, *person_id, *session_id;
    struct bytes login_key;
    const char *source, *device;
    int64_t now;
};

int login_store_prepare (struct db *db, struct error *err);

/* The row, locked; made when missing. */
int login_store_throttle (struct db *db, const struct throttle_key *key, int64_t now, struct throttle *ret, struct error *err);
int login_store_set_throttle (struct db *db, const struct throttle_key *key, const struct throttle *throttle, struct error *err);
/* A complete log-in: the account's count starts anew, the source gets its attempt back. */
int login_store_take_back (struct db *db, struct bytes login_key, const struct throttle_key *source, struct error *err);

int login_store_account_of_login (struct db *db, const char *login, struct arena *arena, struct account_row *ret, struct error *err);
int login_store_account_of (struct db *db, const char *person_id, struct arena *arena, struct account_row *ret, struct error *err);
int login_store_rehash (struct db *db, const char *person_id, const char *password_hash, struct error *err);

int login_store_add_ticket (struct db *db, const unsigned char digest[DIGEST], const struct ticket *ticket, int64_t expires,
                            struct error *err);
/* Uses up one of five tries; false when there is no such ticket, it is used, too old or out of tries. */
int login_store_try_ticket (struct db *db, const unsigned char digest[DIGEST], const char *kind, int64_t now, struct arena *arena,
                            bool *ret_found, struct ticket *ret, struct error *err);
/* Log-ins this person has begun: their tickets are worth nothing any more. */
int login_store_drop_tickets (struct db *db, const char *person_id, int64_t now, struct error *err);
int login_store_passkey (struct db *db, const char *person_id, struct bytes credential_id, struct arena *arena, bool *ret_found,
                         struct passkey *ret, struct error *err);
/* *ret NULL: nobody's. */
int login_store_passkey_owner (struct db *db, struct bytes credential_id, struct arena *arena, const char **ret, struct error *err);
int login_store_credentials (struct db *db, const char *person_id, struct arena *arena, struct text_list *ret, struct error *err);
int login_store_home (struct db *db, const char *person_id, struct arena *arena, struct home *ret, struct error *err);
int login_store_log (struct db *db, const struct login_line *line, struct error *err);

/* ---- in the request's transaction ---- */

extern const struct db_statement confirm_statements[];

/* Locks it; used when it was used before or is not there. */
int login_confirm_ticket (struct db *db, const unsigned char digest[DIGEST], bool *ret_used, struct error *err);
int login_confirm_use_ticket (struct db *db, const unsigned char digest[DIGEST], int64_t now, struct error *err);
/* Locks and returns the last TOTP step used (-1: none) or the signature counter; then sets it, if it still rises. */
int login_confirm_step (struct db *db, const char *person_id, int64_t *ret_last, struct error *err);
int login_confirm_use_step (struct db *db, const char *person_id, int64_t step, struct error *err);
int login_confirm_count (struct db *db, struct bytes credential_id, int64_t *ret_count, struct error *err);
int login_confirm_use_count (struct db *db, struct bytes credential_id, int64_t count, struct error *err);
int login_confirm_open (struct db *db, const struct new_session *session, struct error *err);
int login_confirm_log (struct db *db, const struct login_line *line, struct error *err);

#endif
