/* push_crypt.c - see push_crypt.h. */
#include "push_crypt.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <sodium.h>
#include <string.h>
#include "ids.h"

enum { HASH = 32, KEY = 16, NONCE = 12, TAG = 16, RECORD = 4096, HEAD = PUSH_SALT + 4 + 1 + PUSH_PUBLIC };

bool push_read (const char *base64url, unsigned char *ret, size_t size)
{
    size_t got = 0;

    return base64url && sodium_base642bin (ret, size, base64url, strlen (base64url), NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0
        && got == size;
}

const char *push_write (struct arena *arena, const void *bytes, size_t size)
{
    size_t room = sodium_base64_ENCODED_LEN (size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc (arena, room);

    return sodium_bin2base64 (text, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* ---- keys --------------------------------------------------------------------------------------------------------------------------------- */

bool push_pair_of (const unsigned char private_key[PUSH_PRIVATE], struct push_pair *ret)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name (NID_X9_62_prime256v1);
    BIGNUM *number = BN_bin2bn (private_key, PUSH_PRIVATE, NULL);
    EC_POINT *point = EC_POINT_new (group);
    bool good = number && point && !BN_is_zero (number) && BN_cmp (number, EC_GROUP_get0_order (group)) < 0
        && EC_POINT_mul (group, point, number, NULL, NULL, NULL) == 1
        && EC_POINT_point2oct (group, point, POINT_CONVERSION_UNCOMPRESSED, ret->public_key, PUSH_PUBLIC, NULL) == PUSH_PUBLIC;

    memcpy (ret->private_key, private_key, PUSH_PRIVATE);
    EC_POINT_free (point);
    BN_clear_free (number);
    EC_GROUP_free (group);
    return good;
}

bool push_pair_new (struct push_pair *ret)
{
    unsigned char random[PUSH_PRIVATE];

    for (int i = 0; i < 8; i++) {
        random_fill (random, sizeof random);
        if (push_pair_of (random, ret))
            return true;
    }
    return false;
}

/* private_key NULL: the public half only. */
static EVP_PKEY *key_of (const unsigned char *private_key, const unsigned char public_key[PUSH_PUBLIC])
{
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new ();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
    BIGNUM *number = private_key ? BN_bin2bn (private_key, PUSH_PRIVATE, NULL) : NULL;
    OSSL_PARAM *params = NULL;
    EVP_PKEY *key = NULL;

    if (build && context && OSSL_PARAM_BLD_push_utf8_string (build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0)
        && OSSL_PARAM_BLD_push_octet_string (build, OSSL_PKEY_PARAM_PUB_KEY, public_key, PUSH_PUBLIC)
        && (!number || OSSL_PARAM_BLD_push_BN (build, OSSL_PKEY_PARAM_PRIV_KEY, number)) && (params = OSSL_PARAM_BLD_to_param (build)) != NULL
        && EVP_PKEY_fromdata_init (context) == 1)
        EVP_PKEY_fromdata (context, &key, number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params);
    OSSL_PARAM_free (params);
    OSSL_PARAM_BLD_free (build);
    EVP_PKEY_CTX_free (context);
    BN_clear_free (number);
    return key;
}

static bool agree (const struct push_pair *own, const unsigned char theirs[PUSH_PUBLIC], unsigned char ret[HASH])
{
    EVP_PKEY *mine = key_of (own->private_key, own->public_key), *peer = key_of (NULL, theirs);
    EVP_PKEY_CTX *context = mine ? EVP_PKEY_CTX_new (mine, NULL) : NULL;
    size_t size = HASH;
    bool good = context && peer && EVP_PKEY_derive_init (context) == 1 && EVP_PKEY_derive_set_peer (context, peer) == 1
        && EVP_PKEY_derive (context, ret, &size) == 1 && size == HASH;

    EVP_PKEY_CTX_free (context);
    EVP_PKEY_free (peer);
    EVP_PKEY_free (mine);
    return good;
}

/* ---- encryption --------------------------------------------------------------------------------------------------------------------------- */

static void mac (const void *key, size_t key_size, const void *text, size_t size, unsigned char ret[HASH])
{
    unsigned length = HASH;

    HMAC (EVP_sha256 (), key, (int) key_size, text, size, ret, &length);
}

/* HKDF's last step for at most one block: HMAC (prk, info || 1). */
static void expand (const unsigned char prk[HASH], const void *info, size_t size, unsigned char ret[HASH])
{
    unsigned char text[200];

    memcpy (text, info, size);
    text[size] = 1;
    mac (prk, HASH, text, size + 1, ret);
}

static void derive (const unsigned char shared[HASH], const unsigned char auth[PUSH_AUTH], const unsigned char browser[PUSH_PUBLIC],
                    const unsigned char own[PUSH_PUBLIC], const unsigned char salt[PUSH_SALT], unsigned char key[HASH], unsigned char nonce[HASH])
{
    static const char info[] = "WebPush: info", for_key[] = "Content-Encoding: aes128gcm", for_nonce[] = "Content-Encoding: nonce";
    unsigned char prk[HASH], input[HASH], context[sizeof info + 2 * PUSH_PUBLIC];

    memcpy (context, info, sizeof info);                            /* with its zero */
    memcpy (context + sizeof info, browser, PUSH_PUBLIC);
    memcpy (context + sizeof info + PUSH_PUBLIC, own, PUSH_PUBLIC);
    mac (auth, PUSH_AUTH, shared, HASH, prk);
    expand (prk, context, sizeof context, input);
    mac (salt, PUSH_SALT, input, HASH, prk);
    expand (prk, for_key, sizeof for_key, key);
    expand (prk, for_nonce, sizeof for_nonce, nonce);
}

static bool seal (const unsigned char *key, const unsigned char *nonce, const unsigned char *plain, size_t size, unsigned char *ret)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
    int length = 0, rest = 0;
    bool good = context && EVP_EncryptInit_ex (context, EVP_aes_128_gcm (), NULL, key, nonce) == 1
        && EVP_EncryptUpdate (context, ret, &length, plain, (int) size) == 1 && EVP_EncryptFinal_ex (context, ret + length, &rest) == 1
        && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, TAG, ret + size) == 1;

    EVP_CIPHER_CTX_free (context);
    return good;
}

struct bytes push_encrypt (struct arena *arena, const char *p256dh, const char *auth_text, const char *text, const struct push_pair *pair,
                           const unsigned char *salt)
{
    size_t size = strlen (text) + 1;                                /* with the mark of the last record */
    unsigned char browser[PUSH_PUBLIC], auth[PUSH_AUTH], shared[HASH], key[HASH], nonce[HASH], made[PUSH_SALT];
    unsigned char *out = arena_alloc (arena, HEAD + size + TAG), *plain = arena_alloc (arena, size);
    struct push_pair fresh;

    random_fill (made, sizeof made);
    salt = salt ? salt : made;
    if (size > PUSH_TEXT_MOST || !push_read (p256dh, browser, sizeof browser) || !push_read (auth_text, auth, sizeof auth)
        || (!pair && !push_pair_new (&fresh)))
        return (struct bytes) { NULL, 0 };
    pair = pair ? pair : &fresh;
    if (!agree (pair, browser, shared))
        return (struct bytes) { NULL, 0 };
    derive (shared, auth, browser, pair->public_key, salt, key, nonce);
    memcpy (plain, text, size - 1);
    plain[size - 1] = 2;
    memcpy (out, salt, PUSH_SALT);
    out[PUSH_SALT + 2] = RECORD >> 8;
    out[PUSH_SALT + 4] = PUSH_PUBLIC;
    memcpy (out + PUSH_SALT + 5, pair->public_key, PUSH_PUBLIC);
    return seal (key, nonce, plain, size, out + HEAD) ? (struct bytes) { out, HEAD + size + TAG } : (struct bytes) { NULL, 0 };
}

/* ---- who sends it --------------------------------------------------------------------------------------------------------------------------- */

/* ES256: r and s, 32 bytes each. */
static bool sign (const struct push_pair *key, const char *text, unsigned char ret[2 * HASH])
{
    EVP_PKEY *own = key_of (key->private_key, key->public_key);
    EVP_MD_CTX *context = EVP_MD_CTX_new ();
    unsigned char der[100];
    const unsigned char *at = der;
    size_t size = sizeof der;
    ECDSA_SIG *pair = NULL;
    bool good = own && context && EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, own) == 1
        && EVP_DigestSign (context, der, &size, (const unsigned char *) text, strlen (text)) == 1
        && (pair = d2i_ECDSA_SIG (NULL, &at, (long) size)) != NULL && BN_bn2binpad (ECDSA_SIG_get0_r (pair), ret, HASH) == HASH
        && BN_bn2binpad (ECDSA_SIG_get0_s (pair), ret + HASH, HASH) == HASH;

    ECDSA_SIG_free (pair);
    EVP_MD_CTX_free (context);
    EVP_PKEY_free (own);
    return good;
}

const char *push_authorization (struct arena *arena, const struct push_pair *key, const char *endpoint, const char *subject, int64_t expires)
{
    static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
    const char *host = strstr (endpoint, "://");
    size_t origin = host ? (size_t) (host + 3 - endpoint) + strcspn (host + 3, "/?#") : 0;
    unsigned char signature[2 * HASH];
    const char *claims, *text;

    if (!host || strpbrk (endpoint, "\"\\") || strpbrk (subject, "\"\\"))
        return NULL;
    claims = arena_print (arena, "{\"aud\":\"%.*s\",\"exp\":%lld,\"sub\":\"%s\"}", (int) origin, endpoint, (long long) expires, subject);
    text = arena_print (arena, "%s.%s", push_write (arena, head, sizeof head - 1), push_write (arena, claims, strlen (claims)));
    if (!sign (key, text, signature))
        return NULL;
    return arena_print (arena, "vapid t=%s.%s, k=%s", text, push_write (arena, signature, sizeof signature),
                        push_write (arena, key->public_key, PUSH_PUBLIC));
}
