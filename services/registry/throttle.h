/* throttle.h - how long the next log-in has to wait: pure, no I/O.
 *
 * A count is kept per account name and per network source.  Every attempt counts when it begins; a complete log-in (both factors) takes the
 * count back.  So the count never tells whether a password alone was right.  Times in µs since 1970.
 */
#ifndef THROTTLE_H
#define THROTTLE_H

#include <stdint.h>

enum { THROTTLE_MEMORY_MINUTES = 60, THROTTLE_LONGEST_MINUTES = 60 };

struct throttle {
    int64_t attempts;           /* begun and not completed */
    int64_t last_us;            /* when the last one began; 0: never */
    int64_t blocked_until_us;   /* 0: not blocked */
};

/* Minutes still to wait, rounded up; 0 when an attempt may begin now. */
int64_t throttle_minutes_left (const struct throttle *throttle, int64_t now_us);

/* The row after one more attempt at `now`: from the `most`th on the next one waits 1, 2, 4 … 60 minutes.
 * Forgets after an hour of quiet. */
struct throttle throttle_after_attempt (const struct throttle *throttle, int64_t most, int64_t now_us);

#endif
