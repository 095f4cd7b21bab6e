/* callback_read.h - what a provider calls back with: is it from the provider, and what does it say?  Pure.
 *
 * Signed: the bearer is "SECONDS.HEX", hex HMAC-SHA256 (callback secret) of SECONDS, a full stop and the body, at most five minutes from
 * now; or it is a fixed key.  Compared in constant time.  The body is JSON or a form (a form's fields are read as "/field").
 */
#ifndef NOTIFY_CALLBACK_READ_H
#define NOTIFY_CALLBACK_READ_H

#include "adapter_file.h"

enum { CALLBACK_SKEW_SECONDS = 300 };

struct callback {
    const char *provider_id, *message_id;           /* of a message of ours; either may be NULL */
    int receipt;                                    /* enum receipt_kind; 0: none */
    bool has_sequence;
    int64_t sequence;
    const char *digits;                             /* keys pressed; NULL: none */
    const char *from, *text;                        /* a text message; NULL: none */
};

bool callback_is_genuine (struct arena *arena, const struct adapter_file *file, const char *bearer, struct bytes body, int64_t real_now);
/* False: not readable. */
bool callback_read (struct arena *arena, const struct adapter_file *file, struct bytes body, struct callback *ret);

#endif
