/* zap.h - the answers of our ZAP handler (RFC 27), as a function of the request alone.
 *
 * Whatever the request holds, the answer is a whole ZAP 1.0 reply of six frames: 200 only for mechanism CURVE, the right domain and one
 * 32-byte key that the look-up knows.  User id: "<principal> <key>".  No metadata ever goes back: clients could fill it.
 */
#ifndef RUNTIME_ZAP_H
#define RUNTIME_ZAP_H

#include "zeromq.h"
#include <stdbool.h>

enum { USER_ID_BYTES = 80 };

/* Writes the user id of a key (Z85); false when it is not allowed. */
typedef bool (*zap_lookup) (const char *key, char ret_user_id[USER_ID_BYTES]);

zmsg_t *zap_answer (zmsg_t *request, const char *domain,
                    zap_lookup lookup); /* request stays the caller's; the answer is the caller's too */

#endif
