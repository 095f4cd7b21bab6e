/* webhook_sign.c - see webhook_sign.h. */
#include "webhook_sign.h"
#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { SECRET_LEAST = 24, SECRET_MOST = 64, DIGEST_BYTES = 32 };

static const char prefix[] = "whsec_";

/* The decoder passes over blanks and takes padding anywhere for zeros: here nothing but the alphabet, and padding at the end only. */
static bool is_base64 (const char *text)
{
    size_t letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    size_t padding = strspn (text + letters, "=");

    return padding <= 2 && !text[letters + padding];
}

/* Bytes of the secret; 0 when it is not one. */
static size_t secret_bytes (const char *secret, unsigned char ret[SECRET_MOST + 3])
{
    size_t size = strlen (secret), padding = 0;
    int bytes;

    if (strncmp (secret, prefix, sizeof prefix - 1) != 0)
        return 0;
    secret += sizeof prefix - 1;
    size -= sizeof prefix - 1;
    if (size == 0 || size % 4 != 0 || size / 4 * 3 > SECRET_MOST + 2 || !is_base64 (secret))
        return 0;
    bytes = EVP_DecodeBlock (ret, (const unsigned char *) secret, (int) size);
    padding = (size_t) (secret[size - 1] == '=') + (secret[size - 2] == '=');
    if (bytes < 0 || (size_t) bytes - padding < SECRET_LEAST || (size_t) bytes - padding > SECRET_MOST)
        return 0;
    return (size_t) bytes - padding;
}

bool webhook_secret_is_valid (const char *secret)
{
    unsigned char bytes[SECRET_MOST + 3];

    return secret && secret_bytes (secret, bytes) > 0;
}

const char *webhook_signature (struct arena *arena, const char *secret, const char *id, int64_t timestamp_seconds, const char *body)
{
    unsigned char key[SECRET_MOST + 3], digest[DIGEST_BYTES], text[64];
    const char *content = arena_print (arena, "%s.%lld.%s", id, (long long) timestamp_seconds, body);
    size_t size = secret_bytes (secret, key);
    unsigned length = sizeof digest;

    if (size == 0 || !HMAC (EVP_sha256 (), key, (int) size, (const unsigned char *) content, strlen (content), digest, &length))
        return NULL;
    EVP_EncodeBlock (text, digest, sizeof digest);
    return arena_print (arena, "v1,%s", (const char *) text);
}

/* "." and ".." between slashes or at the end of the path: whoever sends it would take them away and come out elsewhere. */
static bool has_dot_segment (const char *url)
{
    for (const char *dot = strstr (url, "/."); dot; dot = strstr (dot + 1, "/.")) {
        const char *end = dot + 1 + strspn (dot + 1, ".");

        if (end - dot <= 3 && (!*end || *end == '/' || *end == '?'))
            return true;
    }
    return false;
}

static bool is_plain (const char *url)
{
    const char *host = strstr (url, "://"), *end;

    if (!host || has_dot_segment (url) || strchr (url, '\\') || strchr (url, '#'))
        return false;
    host += 3;
    end = host + strcspn (host, "/?");
    if (memchr (host, '@', (size_t) (end - host)))
        return false;
    for (const char *c = url; *c; c++)
        if ((unsigned char) *c <= 0x20 || (unsigned char) *c >= 0x7f || *c == '%')
            return false;
    return true;
}

bool webhook_is_allowed (const char *url, const char *prefixes)
{
    if (!url || !prefixes || !is_plain (url))
        return false;
    while (*prefixes) {
        size_t size = strcspn (prefixes, ",");

        /* "https://host/" at least: a prefix without a path would also fit "https://host.elsewhere" */
        if (size > sizeof "http://x" - 1 && prefixes[size - 1] == '/' && strncmp (url, prefixes, size) == 0)
            return true;
        prefixes += size + (prefixes[size] == ',');
    }
    return false;
}
