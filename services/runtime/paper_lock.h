/* paper_lock.h - a PDF that opens with a password only: for sheets that lie outside the system (S-58).
 *
 * AES with 256 bits (ISO 32000-2, revision 6); what opens it opens all of it, printing included.  Pure but for random numbers.  Threads: any.
 * Memory: the arena's.  Errors: bug when the bytes are no PDF, or the password is empty.
 */
#ifndef RUNTIME_PAPER_LOCK_H
#define RUNTIME_PAPER_LOCK_H

#include "arena.h"
#include "codec.h"
#include "error.h"

enum { PAPER_PASSWORD_SIZE = 20 };          /* with its end: 16 digits in groups of four, about 53 bits */

void paper_password (char ret[PAPER_PASSWORD_SIZE]);
int paper_lock (struct arena *arena, struct bytes plain, const char *password, struct bytes *ret, struct error *err);

#endif
