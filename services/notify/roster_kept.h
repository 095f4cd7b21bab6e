/* roster_kept.h - what orders of doctors read about the region, kept decoded by each thread that answers: rotations with what lies on them
 * and their shifts, the last resort, people and offices with how they are reached, absences.
 *
 * Never believed by itself.  A reader asks PostgreSQL, in its own transaction and before anything else, for the version of those rows
 * (table roster_rows, raised by triggers in every transaction that changes one).  What was kept of another version, of another incarnation
 * of the database or for another hour is forgotten.  What is kept was read after its version, so it is never older than that says.
 * Nothing about a person in care is kept; the rows kept know no row-level security, every reader of the service sees the same.
 *
 * Threads: each has its own, so nothing is locked; what it gives lives until the same thread's next roster_kept_begin ().
 * Limits: 20,000 entries, then it begins anew.
 */
#ifndef NOTIFY_ROSTER_KEPT_H
#define NOTIFY_ROSTER_KEPT_H

#include <stdint.h>
#include "arena.h"

struct roster_keeper;
struct roster_kept;
struct rows_version { int64_t incarnation, version; };

struct roster_keeper *roster_keeper_open (void);
void roster_keeper_close (struct roster_keeper **keeper);       /* when the other threads have ended */

/* What this thread has kept of this version, for an hour that holds the instant: nothing, if that is another than the last time. */
struct roster_kept *roster_kept_begin (struct roster_keeper *keeper, struct rows_version version, int64_t instant);
void roster_kept_hour (const struct roster_kept *kept, int64_t *ret_from, int64_t *ret_to);

/* Where values to be kept are made; freed when they are forgotten. */
struct arena *roster_kept_arena (struct roster_kept *kept);

const void *roster_kept_find (const struct roster_kept *kept, const char *key);                    /* NULL: not kept */
void roster_kept_put (struct roster_kept *kept, const char *key, const void *value);               /* copies the key */

#endif
