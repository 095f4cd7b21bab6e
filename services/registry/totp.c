/* totp.c - see totp.h. */
#include "totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

static const int64_t second_us = 1000000;

void totp_code (const unsigned char *secret, size_t size, int64_t step, char ret[7])
{
    unsigned char counter[8], digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0, offset;
    uint32_t number;

    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char) ((uint64_t) step >> (56 - 8 * i));
    if (!HMAC (EVP_sha1 (), secret, (int) size, counter, sizeof counter, digest, &length) || length != 20)
        abort ();                       /* OpenSSL without SHA-1 cannot serve log-ins at all */
    offset = digest[19] & 15u;          /* RFC 4226 §5.3, dynamic truncation */
    number = (uint32_t) (digest[offset] & 127) << 24 | (uint32_t) digest[offset + 1] << 16
             | (uint32_t) digest[offset + 2] << 8 | digest[offset + 3];
    snprintf (ret, 7, "%06u", (unsigned) (number % 1000000));
}

static bool is_six_digits (const char *code)
{
    return strlen (code) == 6 && strspn (code, "0123456789") == 6;
}

static bool is_code_of (const unsigned char *secret, size_t size, int64_t step, const char *code)
{
    char wanted[7];

    totp_code (secret, size, step, wanted);
    return sodium_memcmp (wanted, code, 6) == 0;
}

int64_t totp_match (const unsigned char *secret, size_t size, int64_t real_us, const char *code)
{
    int64_t seconds = real_us / second_us;
    int64_t step = seconds / TOTP_STEP_SECONDS;

    if (!is_six_digits (code))
        return -1;
    if (is_code_of (secret, size, step, code))
        return step;
    if (seconds % TOTP_STEP_SECONDS < TOTP_GRACE_SECONDS && is_code_of (secret, size, step - 1, code))
        return step - 1;
    return -1;
}
