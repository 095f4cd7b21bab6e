/* pace.h - how fast an adapter may be fed: its contract in messages a second, as a bucket that fills steadily.  Pure.
 *
 * Information takes what is in the bucket.  Emergencies that ask may borrow a second's worth ahead, so that the contract never makes them
 * wait while information does; what they borrowed, information pays back.  per_second 0: no contract.
 */
#ifndef NOTIFY_PACE_H
#define NOTIFY_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace { double per_second, tokens; int64_t at; };     /* at: monotonic, µs; 0: not begun */

int64_t pace_room (struct pace *pace, int64_t now, bool urgent, int64_t most);      /* how many may go now, at most `most` */
void pace_take (struct pace *pace, int64_t count);
int64_t pace_wait_ms (const struct pace *pace, bool urgent);                        /* until there is room for one; 0: there is */

#endif
