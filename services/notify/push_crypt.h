/* push_crypt.h - Web Push: encryption of a message for one browser (RFC 8291 over RFC 8188, aes128gcm) and the proof of who sends it
 * (RFC 8292, VAPID).  Pure but for random keys.
 *
 * Keys as in the Web: P-256 public keys are 65 bytes, private ones 32; in text base64url without padding.  A message holds at most
 * PUSH_TEXT_MOST bytes, in one record.
 */
#ifndef NOTIFY_PUSH_CRYPT_H
#define NOTIFY_PUSH_CRYPT_H

#include <stdbool.h>
#include "arena.h"
#include "codec.h"

enum { PUSH_PUBLIC = 65, PUSH_PRIVATE = 32, PUSH_AUTH = 16, PUSH_SALT = 16, PUSH_TEXT_MOST = 2800 };

struct push_pair { unsigned char private_key[PUSH_PRIVATE], public_key[PUSH_PUBLIC]; };

bool push_pair_new (struct push_pair *ret);
bool push_pair_of (const unsigned char private_key[PUSH_PRIVATE], struct push_pair *ret);      /* false: not a key of P-256 */
bool push_read (const char *base64url, unsigned char *ret, size_t size);                       /* exactly so many bytes */
const char *push_write (struct arena *arena, const void *bytes, size_t size);

/* NULL data: the browser's keys are none.  pair and salt NULL: made new, as they must be for every message. */
struct bytes push_encrypt (struct arena *arena, const char *p256dh, const char *auth, const char *text, const struct push_pair *pair,
                           const unsigned char *salt);

/* "vapid t=…, k=…" for the origin of the endpoint, good until `expires` (seconds since 1970, at most a day ahead).  NULL: no origin. */
const char *push_authorization (struct arena *arena, const struct push_pair *key, const char *endpoint, const char *subject, int64_t expires);

#endif
