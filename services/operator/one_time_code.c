/* one_time_code.c - one-time codes and fresh secrets: see one_time_code.h. */
#include "one_time_code.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>
#include "ids.h"

enum { SECRET_BYTES = 40, STEP_SECONDS = 30 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Bytes written, or -1. */
static int from_base32 (const char *text, unsigned char ret[SECRET_BYTES])
{
    unsigned bits = 0;
    int held = 0, size = 0;

    for (; *text; text++) {
        const char upper = *text >= 'a' && *text <= 'z' ? (char) (*text - 'a' + 'A') : *text;
        const char *at = strchr (alphabet, upper);

        if (*text == ' ' || *text == '=')
            continue;
        if (!at || size == SECRET_BYTES)
            return -1;
        bits = (bits << 5 | (unsigned) (at - alphabet)) & 0xfff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            ret[size++] = (unsigned char) (bits >> held);
        }
    }
    return size;
}

bool one_time_code (const char *secret, int64_t seconds, char ret[7])
{
    unsigned char key[SECRET_BYTES], step[8], mac[EVP_MAX_MD_SIZE];
    uint64_t counter = (uint64_t) (seconds / STEP_SECONDS);
    unsigned mac_size = 0, number;
    int size = from_base32 (secret, key), offset;

    if (size <= 0)
        return false;
    for (int i = 0; i < 8; i++)
        step[i] = (unsigned char) (counter >> (56 - 8 * i));
    if (!HMAC (EVP_sha1 (), key, size, step, sizeof step, mac, &mac_size))
        return false;
    offset = mac[mac_size - 1] & 15;
    number = ((unsigned) mac[offset] & 0x7f) << 24 | (unsigned) mac[offset + 1] << 16 | (unsigned) mac[offset + 2] << 8 | mac[offset + 3];
    snprintf (ret, 7, "%06u", number % 1000000);
    return true;
}

static void random_text (const char *of, size_t choices, char *ret, size_t size)
{
    random_fill (ret, size);
    for (size_t i = 0; i < size; i++)
        ret[i] = of[(unsigned char) ret[i] % choices];
    ret[size] = 0;
}

void one_time_secret (char ret[TOTP_SECRET_TEXT])
{
    random_text (alphabet, 32, ret, TOTP_SECRET_TEXT - 1);
}

void random_password (char ret[25])
{
    static const char clear[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789abcdefg";      /* 64 */

    random_text (clear, 64, ret, 24);
}
