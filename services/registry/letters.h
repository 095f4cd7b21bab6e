/* letters.h - the letter somebody gets for the first log-in: log-in name, first password, QR code for one-time codes; one page each.
 *
 * Pure: only collects what is printed (paper.h).  The words in it are secret and live in the request's arena only.
 */
#ifndef LETTERS_H
#define LETTERS_H

#include "arena.h"
#include "codec.h"
#include "error.h"

struct letter { const char *name, *login, *password, *secret; };

int letters_print (const struct letter *letters, size_t count, const char *office, const char *region, int64_t now, struct arena *arena,
                   struct bytes *ret, struct error *err);

#endif
