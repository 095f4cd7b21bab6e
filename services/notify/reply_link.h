/* reply_link.h - the token of a one-time link: names a reply and proves that this region made it.
 *
 * 16 bytes of the reply's id and 16 bytes of HMAC-SHA256 over them, as 43 characters of base64url.  Nothing secret lies in the database; the
 * key is 32 bytes in a file (notify's setting link-key-file).  The token opens no session and shows no person's data (answer_reply_link.c).
 */
#ifndef NOTIFY_REPLY_LINK_H
#define NOTIFY_REPLY_LINK_H

#include <stdbool.h>
#include "arena.h"
#include "ids.h"

enum { LINK_KEY_BYTES = 32, LINK_TOKEN_TEXT = 44 };

struct link_key { unsigned char bytes[LINK_KEY_BYTES]; bool set; const char *base; };       /* base: "https://region.example/r/" */

const char *reply_link_token (struct arena *arena, const struct link_key *key, const char *reply_id);
/* False: not made with this key, or not a token at all. */
bool reply_link_read (const struct link_key *key, const char *token, char ret_reply_id[UUID_TEXT]);
/* 32 bytes of a file; false when there are fewer. */
bool reply_link_key_read (const char *path, struct link_key *ret);

#endif
