/* password_hash.h - Argon2id (libsodium), t=2, m=19,456 KiB unless set otherwise; at most two at once, a bounded queue before them.
 *
 * One hash takes about 22 ms and 19 MiB here: without the gate, log-in would be a way to stop the machine.  Any thread may call.
 * Source: OWASP ASVS 5.0 appendix C.
 */
#ifndef PASSWORD_HASH_H
#define PASSWORD_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "error.h"

enum { PASSWORD_HASH_TEXT = 128, HASHES_AT_ONCE = 2, HASHES_WAITING = 8 };

struct hash_gate;

struct hash_gate *hash_gate_new (int64_t passes, int64_t kibibytes, struct error *err);
void hash_gate_destroy (struct hash_gate **gate);

int password_hash_make (struct hash_gate *gate, const char *password, char ret[PASSWORD_HASH_TEXT], struct error *err);
/* hash NULL: nobody has this name; the same work is done and the result is false. */
int password_hash_verify (struct hash_gate *gate, const char *hash, const char *password, bool *ret_right, struct error *err);
bool password_hash_is_old (const struct hash_gate *gate, const char *hash);     /* made with other settings */

#endif
