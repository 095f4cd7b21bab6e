#include "ids.h"
#include <errno.h>
#include <sodium.h>
#include <stdint.h>
#include <sys/random.h>
#include "clock.h"

void random_fill (void *bytes, size_t size)
{
    unsigned char *at = bytes;

    while (size > 0) {
        ssize_t got = getrandom (at, size, 0);

        if (got < 0 && errno != EINTR)
            abort ();
        if (got > 0) {
            at += got;
            size -= (size_t) got;
        }
    }
}

static void write_text (const unsigned char bytes[16], char ret[UUID_TEXT])
{
    static const char hex[] = "0123456789abcdef";
    char *at = ret;

    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[bytes[i] >> 4];
        *at++ = hex[bytes[i] & 15];
    }
    *at = '\0';
}

static void mark (unsigned char bytes[16], unsigned version)
{
    bytes[6] = (unsigned char) ((bytes[6] & 0x0fu) | version << 4);
    bytes[8] = (unsigned char) ((bytes[8] & 0x3fu) | 0x80u);
}

/* 48 bits of milliseconds, 12 bits of the fraction of a millisecond (RFC 9562 §6.2, method 3), 62 random bits. */
void uuid_new (char ret[UUID_TEXT])
{
    unsigned char bytes[16];
    int64_t now = clock_real_us ();
    uint64_t milliseconds = (uint64_t) now / 1000;
    unsigned fraction = (unsigned) ((now % 1000) * 4096 / 1000);

    random_fill (bytes, sizeof bytes);
    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char) (milliseconds >> (40 - 8 * i));
    bytes[6] = (unsigned char) (fraction >> 8);
    bytes[7] = (unsigned char) fraction;
    mark (bytes, 7);
    write_text (bytes, ret);
}

void uuid_from_name (const char *space, const char *name, char ret[UUID_TEXT])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init (&state);
    crypto_hash_sha256_update (&state, (const unsigned char *) space, strlen (space) + 1);
    crypto_hash_sha256_update (&state, (const unsigned char *) name, strlen (name));
    crypto_hash_sha256_final (&state, digest);
    mark (digest, 8);
    write_text (digest, ret);
}

bool uuid_is_valid (const char *text)
{
    if (!text || strlen (text) != UUID_TEXT - 1)
        return false;
    for (int i = 0; i < UUID_TEXT - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        char c = text[i];

        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}
