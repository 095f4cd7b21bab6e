/* webauthn.h - checks what a browser returns for a passkey: pure, no I/O, bounded; libfido2 checks signature, flags and relying-party hash.
 *
 * What libfido2 leaves to the caller is done here: type, challenge, exact origin, crossOrigin, credential owner, signature counter,
 * algorithm (ES256, EdDSA, RS256 only), user verification and user presence required.  That a challenge is used once is the ticket's work.
 * A registration with attestation "none" carries no signature; its structure and the relying-party hash are checked, nothing else can be.
 * Source: W3C WebAuthn Level 2 §7.1, §7.2; libfido2 1.12 (src/assert.c).  Bytes come from strangers: fuzzed in tests/fuzz/registry.
 */
#ifndef WEBAUTHN_H
#define WEBAUTHN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "codec.h"
#include "error.h"

enum { CREDENTIAL_ID_MOST = 256, PUBLIC_KEY_MOST = 1024, CHALLENGE_BYTES = 32 };

struct relying_party {
    const char *id;                     /* host name, "localhost" */
    struct text_list origins;           /* allowed, exact: "https://renkei.example.jp" */
};

struct passkey {
    struct bytes credential_id;
    int algorithm;                      /* COSE: -7 ES256, -8 EdDSA, -257 RS256 */
    struct bytes public_key;            /* as libfido2 gives it */
    int64_t sign_count;
};

/* All still base64url, as declared in passkey_assertion.type and passkey_register.command. */
struct signed_assertion { const char *credential_id, *client_data, *authenticator_data, *signature, *user_handle; };

/* clientDataJSON alone: type, challenge (base64url), origin, crossOrigin.  why is for the log. */
bool client_data_is_good (struct bytes json, const char *type, const char *challenge, const struct relying_party *party,
                          const char **ret_why);

/* 0 and the passkey to keep, or -1 with ERROR_LOGIN_WRONG and the reason in detail. */
int webauthn_register (const struct relying_party *party, const char *challenge, const char *client_data, const char *attestation,
                       struct arena *arena, struct passkey *ret, struct error *err);

/* Verifies against the passkey of that credential id; owner is the person's id, ret_count the counter to store. */
int webauthn_verify (const struct relying_party *party, const char *challenge, const struct passkey *passkey, const char *owner,
                     const struct signed_assertion *assertion, struct arena *arena, int64_t *ret_count, struct error *err);

/* Signature counter: rises, or is not used at all (0 and 0). */
bool sign_count_is_good (int64_t kept, int64_t received);

#endif
