/* hearing.h - the subscriber's side of events: one thread per publisher this service hears, each with its own engine connection.
 *
 * A bell says (subject, version): the thread pulls what it lacks of that subject and applies up to 64 events in one transaction (effects,
 * inbox, positions).  A sweep of the publisher's log every second finds what a lost bell hid and moves the cursor.  Only the holder of the
 * lease "hear:PUBLISHER" works.  An event that fails is tried 5 times with growing pauses, then only its subject waits in quarantine. After
 * an unclean stop events are tried one by one for a while, each attempt written down first.  At the first start, and for a rebuild,
 * projections are filled from the publisher's snapshots. Memory is the same however far behind we are.  Source: design §4.
 */
#ifndef RUNTIME_HEARING_H
#define RUNTIME_HEARING_H

#include "runtime.h"

enum { HEARING_PUBLISHERS_MAX = 8 };

/* A thread per publisher; NULL with *err when one cannot start.  The database and the publishers may come later.  A service that hears
 * nobody gets an object without threads. */
struct hearing_thread *hearing_start (struct runtime *runtime, const char *engine_database, const char *run_dir, struct error *err);
void hearing_stop (struct hearing_thread **hearing);        /* waits for the transactions under way; gives the leases back */

/* One fact per publisher: "hears registry" is "following", "filling municipality_changed", "no answer" … */
size_t hearing_facts (struct hearing_thread *hearing, struct arena *arena, struct status_fact *ret, size_t most);

#endif
