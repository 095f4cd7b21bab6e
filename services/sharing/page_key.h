/* page_key.h - the key of a page that goes on after a number: digits, above zero, as we gave it out.  Anything else is refused; begun anew,
 * it would show the first page for ever. */
#ifndef SHARING_PAGE_KEY_H
#define SHARING_PAGE_KEY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "error.h"

/* 0: from the beginning. */
static inline int page_key_read (const char *key, int64_t *ret, struct error *err)
{
    enum { DIGITS_MOST = 18 };
    size_t size = key ? strlen (key) : 0;

    *ret = 0;
    if (!key)
        return 0;
    if (size <= DIGITS_MOST && strspn (key, "0123456789") == size)
        *ret = strtoll (key, NULL, 10);
    return *ret > 0 ? 0 : fail (err, ERROR_MALFORMED, "/after", "not a page key");
}

#endif
