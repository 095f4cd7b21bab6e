/* terminal_rules.c - see terminal_rules.h. */
#include "terminal_rules.h"

#include <string.h>
#include "ids.h"
#include "session_rules.h"
#include "text.h"

static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

_Static_assert (sizeof letters - 1 == 32, "every letter is as likely");

void terminal_code_new (char ret[TERMINAL_CODE + 1])
{
    unsigned char random[TERMINAL_CODE];

    random_fill (random, sizeof random);
    for (int i = 0; i < TERMINAL_CODE; i++)
        ret[i] = letters[random[i] % 32];
    ret[TERMINAL_CODE] = '\0';
}

void terminal_code_hash (struct arena *arena, const char *office_id, const char *code, unsigned char ret_sha256[32])
{
    const char *narrow = text_narrow (arena, code);
    char *plain = arena_alloc (arena, strlen (narrow) + 1), *to = plain;

    for (const char *c = narrow; *c; c++) {
        if (*c >= 'a' && *c <= 'z')
            *to++ = (char) (*c - 'a' + 'A');
        else if (*c != ' ' && *c != '-')
            *to++ = *c;
    }
    token_digest (arena_print (arena, "%s %s", office_id, plain), ret_sha256);
}
