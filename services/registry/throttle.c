/* throttle.c - see throttle.h. */
#include "throttle.h"

static const int64_t minute_us = 60 * 1000000LL;

int64_t throttle_minutes_left (const struct throttle *throttle, int64_t now_us)
{
    int64_t left = throttle->blocked_until_us - now_us;

    return left > 0 ? (left + minute_us - 1) / minute_us : 0;
}

static int64_t delay_minutes (int64_t over)
{
    int64_t minutes = over > 6 ? THROTTLE_LONGEST_MINUTES : 1LL << over;

    return minutes > THROTTLE_LONGEST_MINUTES ? THROTTLE_LONGEST_MINUTES : minutes;
}

struct throttle throttle_after_attempt (const struct throttle *throttle, int64_t most, int64_t now_us)
{
    struct throttle next = *throttle;
    int64_t quiet_since = next.blocked_until_us > next.last_us ? next.blocked_until_us : next.last_us;

    if (now_us - quiet_since > THROTTLE_MEMORY_MINUTES * minute_us)
        next = (struct throttle) { 0 };
    next.attempts++;
    next.last_us = now_us;
    next.blocked_until_us = next.attempts >= most ? now_us + delay_minutes (next.attempts - most) * minute_us : 0;
    return next;
}
