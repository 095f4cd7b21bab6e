/* terminal_rules.h - the code that invites a terminal: pure, no I/O. */
#ifndef TERMINAL_RULES_H
#define TERMINAL_RULES_H

#include "arena.h"

enum { TERMINAL_CODE = 10, TERMINAL_MINUTES = 15 };

/* Ten characters of which none looks like another (no 0 O 1 I): 50 random bits. */
void terminal_code_new (char ret[TERMINAL_CODE + 1]);

/* Of the code as somebody types it – small or full-width letters, blanks, hyphens – for this office alone. */
void terminal_code_hash (struct arena *arena, const char *office_id, const char *code, unsigned char ret_sha256[32]);

#endif
