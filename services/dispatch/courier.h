/* courier.h - replies on their way to partners, many at once: one that hangs holds up nobody else's.
 *
 * Limits: 2 s to connect, `whole_ms` a reply, COURIER_MOST in flight; no redirects, no proxy; only http and https.  Nothing of a reply is
 * kept but in memory: who is not told of a landing (a process that died) sends again when the claim has run out.  Threads: the caller's.
 */
#ifndef DISPATCH_COURIER_H
#define DISPATCH_COURIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "codec.h"

enum { COURIER_MOST = 64 };

struct courier;
struct parcel { int64_t number, attempts; const char *url, *media_type, *id, *signature; int64_t seconds; struct bytes body; };
struct landing { int64_t number, attempts; long status; };     /* status 0: nobody answered */

struct courier *courier_open (int whole_ms);
void courier_close (struct courier **courier);          /* what is on its way is given up */
size_t courier_in_flight (const struct courier *courier);
/* Copies what it needs; false: no room, or no memory for a transfer. */
bool courier_send (struct courier *courier, const struct parcel *parcel);
/* Lets everything move on for at most so long, shorter when something lands. */
void courier_work (struct courier *courier, int milliseconds);
bool courier_landed (struct courier *courier, struct landing *ret);     /* one; false: none */

#endif
