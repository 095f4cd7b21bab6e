/* session_rules.c - see session_rules.h. */
#include "session_rules.h"

#include <sodium.h>
#include "ids.h"
#include "text_codes.h"

_Static_assert (BASE64URL_TEXT (TOKEN_BYTES) == TOKEN_TEXT, "a token fits its text");

bool is_desk (struct text_list roles)
{
    for (size_t i = 0; i < roles.count; i++)
        if (strcmp (roles.items[i], "dispatch_desk") != 0 && strcmp (roles.items[i], "last_resort") != 0)
            return false;
    return roles.count > 0;
}

bool session_locks_idle (struct text_list roles, bool at_terminal)
{
    return !at_terminal || !is_desk (roles);
}

void token_digest (const char *text, unsigned char ret_sha256[32])
{
    crypto_hash_sha256 (ret_sha256, (const unsigned char *) text, strlen (text));
}

void token_new (char ret_text[TOKEN_TEXT], unsigned char ret_sha256[32])
{
    unsigned char random[TOKEN_BYTES];

    random_fill (random, sizeof random);
    base64url_write (random, sizeof random, ret_text);
    token_digest (ret_text, ret_sha256);
}
