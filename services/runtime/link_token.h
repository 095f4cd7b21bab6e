/* link_token.h - the token of a one-time link: names what it opens and proves that this region made it.
 *
 * 16 bytes of an id and 16 bytes of HMAC-SHA256 over purpose and id, as 43 characters of base64url.  A token of one purpose ("reply",
 * "letter") opens nothing of another.  Nothing secret lies in the database; the key is 32 bytes in a file (setting link-key-file of notify,
 * which sends links, and of registry, which takes answers to letters).  The token opens no session.
 */
#ifndef RUNTIME_LINK_TOKEN_H
#define RUNTIME_LINK_TOKEN_H

#include <stdbool.h>
#include "arena.h"
#include "ids.h"

enum { LINK_KEY_BYTES = 32, LINK_TOKEN_TEXT = 44 };

struct link_key { unsigned char bytes[LINK_KEY_BYTES]; bool set; const char *base; };       /* base: "https://region.example" */

/* NULL without a key, or when id is no uuid. */
const char *link_token (struct arena *arena, const struct link_key *key, const char *purpose, const char *id);
/* False: not made with this key for this purpose, or not a token at all. */
bool link_token_read (const struct link_key *key, const char *purpose, const char *token, char ret_id[UUID_TEXT]);
/* 32 bytes of a file; false when there are fewer. */
bool link_key_read (const char *path, struct link_key *ret);

#endif
