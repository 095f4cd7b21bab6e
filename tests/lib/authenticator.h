/* authenticator.h - a passkey authenticator in software, for tests: makes what a browser would return for navigator.credentials.
 *
 * Keys by OpenSSL: ES256, EdDSA, RS256.  Everything can be made wrong on purpose: set the fields before the call.
 */
#ifndef AUTHENTICATOR_H
#define AUTHENTICATOR_H

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include "arena.h"
#include "codec.h"
#include "text_codes.h"

enum { AUTHENTICATOR_ES256 = -7, AUTHENTICATOR_EDDSA = -8, AUTHENTICATOR_RS256 = -257 };

struct authenticator {
    EVP_PKEY *key;
    int algorithm;
    unsigned char credential_id[16];
    const char *relying_party, *origin, *extra;     /* extra: more members of clientDataJSON, ", \"x\": 1" */
    unsigned flags;                                 /* 1 present, 4 verified */
    uint32_t count;
};

struct authenticator_answer { const char *credential_id, *client_data, *attestation, *authenticator_data, *signature; };

static inline struct authenticator authenticator_new (int algorithm, unsigned char number)
{
    struct authenticator new = { .algorithm = algorithm, .relying_party = "localhost", .origin = "http://localhost:8080", .extra = "",
                                 .flags = 5 };

    memset (new.credential_id, number, sizeof new.credential_id);
    new.key = algorithm == AUTHENTICATOR_ES256 ? EVP_EC_gen ("P-256") : algorithm == AUTHENTICATOR_EDDSA ? EVP_PKEY_Q_keygen (NULL, NULL,
                                                                                                                              "ED25519")
                                                                                                         : EVP_RSA_gen (2048);
    return new;
}

static inline void authenticator_done (struct authenticator *authenticator)
{
    EVP_PKEY_free (authenticator->key);
}

struct authenticator_bytes { unsigned char data[1024]; size_t size; };

static inline void authenticator_add (struct authenticator_bytes *to, const void *data, size_t size)
{
    memcpy (to->data + to->size, data, size);
    to->size += size;
}

/* "a1b2" → bytes */
static inline void authenticator_hex (struct authenticator_bytes *to, const char *hex)
{
    for (; *hex; hex += 2) {
        unsigned value;

        sscanf (hex, "%2x", &value);
        to->data[to->size++] = (unsigned char) value;
    }
}

static inline void authenticator_cose (const struct authenticator *authenticator, struct authenticator_bytes *to)
{
    unsigned char raw[300];
    size_t size = 0;
    BIGNUM *n = NULL;

    if (authenticator->algorithm == AUTHENTICATOR_ES256) {
        EVP_PKEY_get_octet_string_param (authenticator->key, OSSL_PKEY_PARAM_PUB_KEY, raw, sizeof raw, &size);
        authenticator_hex (to, "a5010203262001215820");
        authenticator_add (to, raw + 1, 32);
        authenticator_hex (to, "225820");
        authenticator_add (to, raw + 33, 32);
    }
    else if (authenticator->algorithm == AUTHENTICATOR_EDDSA) {
        size = sizeof raw;
        EVP_PKEY_get_raw_public_key (authenticator->key, raw, &size);
        authenticator_hex (to, "a4010103272006215820");
        authenticator_add (to, raw, 32);
    }
    else {
        EVP_PKEY_get_bn_param (authenticator->key, OSSL_PKEY_PARAM_RSA_N, &n);
        BN_bn2binpad (n, raw, 256);
        BN_free (n);
        authenticator_hex (to, "a401030339010020590100");
        authenticator_add (to, raw, 256);
        authenticator_hex (to, "2143010001");
    }
}

static inline void authenticator_head (const struct authenticator *authenticator, unsigned flags, struct authenticator_bytes *to)
{
    unsigned char head[37];

    SHA256 ((const unsigned char *) authenticator->relying_party, strlen (authenticator->relying_party), head);
    head[32] = (unsigned char) flags;
    for (int i = 0; i < 4; i++)
        head[33 + i] = (unsigned char) (authenticator->count >> (24 - 8 * i));
    authenticator_add (to, head, sizeof head);
}

static inline const char *authenticator_text (struct arena *arena, const void *data, size_t size)
{
    char *text = arena_alloc (arena, BASE64URL_TEXT (size));

    base64url_write (data, size, text);
    return text;
}

static inline char *authenticator_json (const struct authenticator *authenticator, const char *type, const char *challenge,
                                        struct arena *arena)
{
    return arena_print (arena, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false%s}", type, challenge,
                        authenticator->origin, authenticator->extra);
}

/* navigator.credentials.create, attestation "none". */
static inline struct authenticator_answer authenticator_create (const struct authenticator *authenticator, const char *challenge,
                                                                struct arena *arena)
{
    char *json = authenticator_json (authenticator, "webauthn.create", challenge, arena);
    struct authenticator_bytes data = { .size = 0 }, object = { .size = 0 };
    unsigned char length[2];

    authenticator_head (authenticator, authenticator->flags | 64, &data);
    authenticator_hex (&data, "000000000000000000000000000000000010");
    authenticator_add (&data, authenticator->credential_id, sizeof authenticator->credential_id);
    authenticator_cose (authenticator, &data);
    authenticator_hex (&object, "a363666d74646e6f6e656761747453746d74a0686175746844617461");
    authenticator_hex (&object, "59");
    length[0] = (unsigned char) (data.size >> 8);
    length[1] = (unsigned char) data.size;
    authenticator_add (&object, length, 2);
    authenticator_add (&object, data.data, data.size);
    return (struct authenticator_answer) { .credential_id = authenticator_text (arena, authenticator->credential_id,
                                                                                sizeof authenticator->credential_id),
                                           .client_data = authenticator_text (arena, json, strlen (json)),
                                           .attestation = authenticator_text (arena, object.data, object.size) };
}

/* navigator.credentials.get */
static inline struct authenticator_answer authenticator_get (const struct authenticator *authenticator, const char *challenge,
                                                             struct arena *arena)
{
    char *json = authenticator_json (authenticator, "webauthn.get", challenge, arena);
    struct authenticator_bytes data = { .size = 0 }, whole = { .size = 0 };
    unsigned char hash[32], signature[600];
    size_t size = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new ();

    authenticator_head (authenticator, authenticator->flags, &data);
    SHA256 ((const unsigned char *) json, strlen (json), hash);
    authenticator_add (&whole, data.data, data.size);
    authenticator_add (&whole, hash, sizeof hash);
    EVP_DigestSignInit (context, NULL, authenticator->algorithm == AUTHENTICATOR_EDDSA ? NULL : EVP_sha256 (), NULL, authenticator->key);
    EVP_DigestSign (context, signature, &size, whole.data, whole.size);
    EVP_MD_CTX_free (context);
    return (struct authenticator_answer) { .credential_id = authenticator_text (arena, authenticator->credential_id,
                                                                                sizeof authenticator->credential_id),
                                           .client_data = authenticator_text (arena, json, strlen (json)),
                                           .authenticator_data = authenticator_text (arena, data.data, data.size),
                                           .signature = authenticator_text (arena, signature, size) };
}

#endif
