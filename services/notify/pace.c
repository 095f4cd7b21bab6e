/* pace.c - see pace.h. */
#include "pace.h"
#include "clock.h"

enum { BURST_DIVISOR = 10 };            /* the bucket holds a tenth of a second's worth, at least one */

static double burst (const struct pace *pace)
{
    return pace->per_second / BURST_DIVISOR > 1 ? pace->per_second / BURST_DIVISOR : 1;
}

static double room (const struct pace *pace, bool urgent)
{
    return pace->tokens + (urgent ? (pace->per_second > 1 ? pace->per_second : 1) : 0);
}

static void fill (struct pace *pace, int64_t now)
{
    if (pace->at == 0)
        pace->tokens = burst (pace);
    else if (now > pace->at)
        pace->tokens += pace->per_second * (double) (now - pace->at) / SECOND_US;
    if (pace->tokens > burst (pace))
        pace->tokens = burst (pace);
    pace->at = now;
}

int64_t pace_room (struct pace *pace, int64_t now, bool urgent, int64_t most)
{
    double there;

    if (pace->per_second <= 0)
        return most;
    fill (pace, now);
    there = room (pace, urgent);
    return there < 1 ? 0 : there < (double) most ? (int64_t) there : most;
}

void pace_take (struct pace *pace, int64_t count)
{
    if (pace->per_second > 0)
        pace->tokens -= (double) count;
}

int64_t pace_wait_ms (const struct pace *pace, bool urgent)
{
    double missing = 1 - room (pace, urgent);

    return pace->per_second <= 0 || missing <= 0 ? 0 : (int64_t) (missing / pace->per_second * 1000) + 1;
}
