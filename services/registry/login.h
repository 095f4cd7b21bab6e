/* login.h - the steps that log-in, unlocking and registering a passkey share.  See docs/decisions/0004-login.md.
 *
 * First step: count the attempt, then (log-in only) check the password, then hand out a ticket – always, so that nothing is told.
 * A log-in ticket of nobody whose password is right is one for a passkey alone: the passkey says who it is.
 * Second step: use up one try of the ticket, prove a second factor, then – in the request's own transaction – use the ticket and the factor
 * and open the session.  Refusals say ERROR_LOGIN_WRONG and nothing else; the log has the reason.
 */
#ifndef LOGIN_H
#define LOGIN_H

#include "login_store.h"
#include "registry.h"

/* What somebody offers as second factor: one of the two. */
struct proof { const char *code; const struct passkey_assertion *assertion; };

/* What one try of a ticket came to. */
struct login_try {
    struct registry *self;
    struct request *request;
    const char *kind;                   /* of ticket */
    const struct proof *proof;          /* NULL: none needed (registering) */
    unsigned char digest[DIGEST];       /* of the ticket */
    struct ticket ticket;
    const char *strength;               /* "totp" or "passkey" */
    int64_t step;                       /* totp: the step of the code */
    struct bytes credential_id;         /* passkey */
    int64_t count;                      /* passkey: counter received */
    struct home home;                   /* log-in: where the person starts */
    const char *refused;                /* the reason, for the log; NULL when it was good */
};

/* ASCII lower case; what is stored, looked up and counted. */
const char *login_fold (struct arena *arena, const char *login);
bool login_is_typable (const char *folded);         /* printable ASCII without blanks: the same bytes on every keyboard */
struct throttle_key login_key_of (const char *folded);

/* Counts an attempt of this name (NULL: nobody said one) and of the request's source; ERROR_LOGIN_BLOCKED when either must wait. */
int login_count_attempt (struct registry *self, struct request *request, const struct throttle_key *key, struct error *err);

/* A new ticket with a challenge: *ret_ticket and ticket->challenge are filled. */
int login_hand_out (struct registry *self, struct request *request, struct ticket *ticket, const char **ret_ticket, struct error *err);

/* Second step of log-in: opens the session. */
int login_open (struct registry *self, struct request *request, const char *ticket, const struct proof *proof,
                struct session_opened *answer, struct error *err);
/* Second step of unlocking this session: 0 when proven. */
int login_unlock (struct registry *self, struct request *request, const char *ticket, const struct proof *proof, struct error *err);
/* Second step of registering a passkey: a try whose ticket.challenge was given with the ticket; login_use when the rest was good, too. */
int login_begin_register (struct registry *self, struct request *request, const char *ticket, struct login_try *ret, struct error *err);
int login_use (const struct login_try *try, struct error *err);

/* login_proof.c: one try, in the login book; refusals are counted and written down there. */
int login_prove (struct login_try *try, const char *ticket, struct error *err);
int login_refuse (struct login_try *try, const char *reason, struct error *err);        /* writes it down; -1 with ERROR_LOGIN_WRONG */
int login_take_back (struct login_try *try, struct error *err);
struct throttle_key login_source_of (const struct request *request);
struct login_line login_line_of (const struct login_try *try, const char *event, const char *reason, const char *session_id);

#endif
