/* secret.h - seals one-time-code secrets at rest with a key that is not in the database (libsodium secretbox, XSalsa20-Poly1305).
 *
 * The sealed text names its owner, so that a row moved to another person does not open.  Key file: exactly 32 bytes, 0600.
 */
#ifndef SECRET_H
#define SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "codec.h"
#include "error.h"

struct secret_key { unsigned char bytes[32]; };

int secret_key_read (const char *path, struct secret_key *ret, struct error *err);

/* owner: uuid as text. */
struct bytes secret_seal (const struct secret_key *key, const char *owner, struct bytes plain, struct arena *arena);
bool secret_open (const struct secret_key *key, const char *owner, struct bytes sealed, struct arena *arena, struct bytes *ret);

#endif
