/* target.h - the address of a request: path in segments, query in pairs; percent-decoded once, refused when it is odd.
 *
 * Only origin-form ("/api/v1/…?…").  Refused: fragments, a backslash, control characters, NUL, bad UTF-8, "." and ".." as segments, an
 * encoded slash inside of a segment, more than 16 segments or 32 pairs, a name that occurs twice.  Source: RFC 3986, RFC 9112 §3.2.1.
 */
#ifndef GATEWAY_TARGET_H
#define GATEWAY_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"

enum { TARGET_SEGMENT_MAX = 16, TARGET_PAIR_MAX = 32, TARGET_BYTES_MAX = 2048 };

struct target {
    const char *path;                               /* as sent, without query: for logs and problems never needed decoded */
    const char *segments[TARGET_SEGMENT_MAX];       /* "/" has none; a slash at the end makes an empty last one */
    size_t segment_count;
    struct { const char *name, *value; } pairs[TARGET_PAIR_MAX];
    size_t pair_count;
};

/* False when it is refused. */
bool target_read (const char *raw, struct arena *arena, struct target *ret);
const char *target_value (const struct target *target, const char *name);   /* NULL when there is none */

/* The value of a cookie in a Cookie header; NULL when it is not there or there twice (RFC 6265 §5.4). */
const char *cookie_value (struct arena *arena, const char *header, const char *name);

#endif
