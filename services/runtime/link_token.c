/* link_token.c - see link_token.h. */
#include "link_token.h"
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { ID_BYTES = 16, PROOF_BYTES = 16, ALL = ID_BYTES + PROOF_BYTES, PURPOSE_MOST = 16 };

static void prove (const struct link_key *key, const char *purpose, const unsigned char id[ID_BYTES], unsigned char ret[PROOF_BYTES])
{
    unsigned char digest[32], text[PURPOSE_MOST + ID_BYTES];
    size_t length = (size_t) snprintf ((char *) text, PURPOSE_MOST, "%s:", purpose);
    unsigned size = sizeof digest;

    memcpy (text + length, id, ID_BYTES);
    HMAC (EVP_sha256 (), key->bytes, LINK_KEY_BYTES, text, length + ID_BYTES, digest, &size);
    memcpy (ret, digest, PROOF_BYTES);
}

const char *link_token (struct arena *arena, const struct link_key *key, const char *purpose, const char *id)
{
    unsigned char bytes[ALL];
    char *token = arena_alloc (arena, sodium_base64_ENCODED_LEN (ALL, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
    size_t size = 0;

    if (!key->set || sodium_hex2bin (bytes, ID_BYTES, id, strlen (id), "-", &size, NULL) != 0 || size != ID_BYTES)
        return NULL;
    prove (key, purpose, bytes, bytes + ID_BYTES);
    sodium_bin2base64 (token, sodium_base64_ENCODED_LEN (ALL, sodium_base64_VARIANT_URLSAFE_NO_PADDING), bytes, ALL,
                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return token;
}

bool link_token_read (const struct link_key *key, const char *purpose, const char *token, char ret_id[UUID_TEXT])
{
    unsigned char bytes[ALL], proof[PROOF_BYTES];
    char hex[ID_BYTES * 2 + 1];
    size_t size = 0;

    if (!key->set || !token
        || sodium_base642bin (bytes, ALL, token, strlen (token), NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0
        || size != ALL)
        return false;
    prove (key, purpose, bytes, proof);
    if (CRYPTO_memcmp (proof, bytes + ID_BYTES, PROOF_BYTES) != 0)
        return false;
    sodium_bin2hex (hex, sizeof hex, bytes, ID_BYTES);
    snprintf (ret_id, UUID_TEXT, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    return true;
}

bool link_key_read (const char *path, struct link_key *ret)
{
    FILE *in = fopen (path, "re");

    if (!in)
        return false;
    ret->set = fread (ret->bytes, 1, LINK_KEY_BYTES, in) == LINK_KEY_BYTES;
    fclose (in);
    return ret->set;
}
