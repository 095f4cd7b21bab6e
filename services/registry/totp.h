/* totp.h - one-time codes: RFC 6238 with HMAC-SHA-1, 30-second steps, six digits.
 *
 * Real time only (also in test mode, where decision time may differ): the clock of the authenticator is real.
 * A code is good in its own step and for 5 s after it; that it is used once is kept in the database (last step, compare and set).
 */
#ifndef TOTP_H
#define TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOTP_STEP_SECONDS = 30, TOTP_GRACE_SECONDS = 5, TOTP_SECRET_LEAST = 20, TOTP_SECRET_MOST = 40 };

/* The code of a step as six digits. */
void totp_code (const unsigned char *secret, size_t size, int64_t step, char ret[7]);

/* Step the code belongs to, or -1.  Compares in constant time; only ASCII digits count. */
int64_t totp_match (const unsigned char *secret, size_t size, int64_t real_us, const char *code);

#endif
