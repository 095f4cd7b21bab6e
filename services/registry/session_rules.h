/* session_rules.h - pure rules of sessions and tokens. */
#ifndef SESSION_RULES_H
#define SESSION_RULES_H

#include <stdbool.h>
#include "codec.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT = 44, TICKET_MINUTES = 5 };

/* Desks that show no patient on their own (dispatch desk, last resort) stay open for the shift at a registered terminal of their office;
 * everywhere else, and everybody else, locks when idle. */
bool session_locks_idle (struct text_list roles, bool at_terminal);
bool is_desk (struct text_list roles);                  /* no other role than those two */

/* 256 random bits: the text for the browser and the SHA-256 that is kept. */
void token_new (char ret_text[TOKEN_TEXT], unsigned char ret_sha256[32]);
void token_digest (const char *text, unsigned char ret_sha256[32]);

#endif
