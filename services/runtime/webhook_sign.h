/* webhook_sign.h - signatures after Standard Webhooks 1.0.0 (symmetric): base64 (HMAC-SHA256 (secret, "id.timestamp.body")), prefixed
 * "v1,". The secret is "whsec_" and base64 of 24 to 64 bytes.  Pure. */
#ifndef RUNTIME_WEBHOOK_SIGN_H
#define RUNTIME_WEBHOOK_SIGN_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"

bool webhook_secret_is_valid (const char *secret);
/* NULL when the secret is not valid. */
const char *webhook_signature (struct arena *arena, const char *secret, const char *id, int64_t timestamp_seconds, const char *body);

/* May messages be sent to this address?  prefixes: comma-separated, each with scheme, host and a path ending in "/" (compared as text after
 * the check that the address holds no user name, no backslash and no dot segments). */
bool webhook_is_allowed (const char *url, const char *prefixes);

#endif
