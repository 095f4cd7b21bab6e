/* terminal_store.h - registered terminals in the database: invited, registered, in use, revoked.
 *
 * terminal_use is for both roles (log-in has no context yet) by a function of the schema; everything else is under the command role, which
 * can write the token's digest and never read it.  Everything returned lives in the request's arena.
 */
#ifndef TERMINAL_STORE_H
#define TERMINAL_STORE_H

#include "service.h"
#include "session_rules.h"

extern const struct db_statement terminal_statements[];

struct terminal { const char *office_id; bool registered, revoked; };       /* office_id NULL: not there */

/* What the device's cookie stands for in this office; *ret NULL: nothing.  Notes the day, keeps the row locked until the commit. */
int terminal_use (struct request *request, const char *office_id, const char **ret, struct error *err);
int terminal_name (struct request *request, const char *office_id, const char **ret, struct error *err);    /* *ret NULL: no terminal */

int terminal_get (struct request *request, const char *municipality, const char *terminal_id, struct terminal *ret, struct error *err);
int terminal_list (struct request *request, const char *office_id, struct terminal_view_list *ret, struct error *err);
int terminal_is_invited (struct request *request, const char *office_id, bool *ret, struct error *err);

struct invitation { const char *municipality, *terminal_id, *office_id, *name; unsigned char code_sha256[32]; int64_t until; };
/* The same terminal again: a new code in place of the one before. */
int terminal_put (struct request *request, const struct invitation *invitation, struct error *err);

/* Uses the code up, if it still counts for an office; *ret_id NULL when it does not. */
int terminal_take (struct request *request, const unsigned char code_sha256[32], const unsigned char token_sha256[32], const char **ret_id,
                   const char **ret_name, struct error *err);
/* From now on the asker's own session is one opened there. */
int terminal_sit_down (struct request *request, const char *terminal_id, bool locks_idle, int64_t idle_seconds, struct error *err);
/* Sessions opened there lock like any other from now on. */
int terminal_end (struct request *request, const char *municipality, const char *terminal_id, int64_t idle_seconds, struct error *err);

#endif
