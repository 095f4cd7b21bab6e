/* one_time_code.h - one-time codes for a person's log-in (RFC 6238: SHA-1, six digits, 30 s) and fresh secrets.  Pure but for randomness.
 */
#ifndef OPERATOR_ONE_TIME_CODE_H
#define OPERATOR_ONE_TIME_CODE_H

#include <stdbool.h>
#include <stdint.h>

enum { TOTP_SECRET_TEXT = 33 };

/* secret: base32 without padding, at most 64 characters; spaces are passed over.  False when it is not base32. */
bool one_time_code (const char *secret, int64_t seconds, char ret[7]);
void one_time_secret (char ret[TOTP_SECRET_TEXT]);         /* 20 random bytes as base32 */
void random_password (char ret[25]);                        /* 24 letters and digits, none that look alike */

#endif
