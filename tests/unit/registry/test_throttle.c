/* S-08: how long a log-in has to wait. */
#include "throttle.h"

#include "tap.h"

static const int64_t minute = 60 * 1000000LL;
static const int64_t start = 1795000000000000LL;

static struct throttle after (int attempts, int64_t most)
{
    struct throttle throttle = { 0 };

    for (int i = 0; i < attempts; i++)
        throttle = throttle_after_attempt (&throttle, most, start);
    return throttle;
}

int main (void)
{
    static const struct { int attempts; int64_t minutes; } table[] = {
        { 0, 0 }, { 1, 0 }, { 4, 0 }, { 5, 1 }, { 6, 2 }, { 7, 4 }, { 8, 8 }, { 9, 16 }, { 10, 32 }, { 11, 60 }, { 12, 60 }, { 80, 60 },
    };
    struct throttle throttle;
    char name[80];

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        throttle = after (table[i].attempts, 5);
        snprintf (name, sizeof name, "S-08: after %d attempts one waits %lld minutes", table[i].attempts, (long long) table[i].minutes);
        is_number (throttle_minutes_left (&throttle, start), table[i].minutes, name);
    }
    throttle = after (5, 5);
    is_number (throttle_minutes_left (&throttle, start + minute - 1), 1, "the last moment still counts as a minute");
    is_number (throttle_minutes_left (&throttle, start + minute), 0, "then one may try again");
    throttle = throttle_after_attempt (&throttle, 5, start + 2 * minute);
    is_number (throttle_minutes_left (&throttle, start + 2 * minute), 2, "…and waits longer after the next failure");
    throttle = throttle_after_attempt (&throttle, 5, start + 70 * minute);
    is_number (throttle.attempts, 1, "an hour of quiet is forgiven");
    throttle = after (80, 5);
    throttle = throttle_after_attempt (&throttle, 5, start + 90 * minute);
    is_number (throttle.attempts, 81, "…but the time one had to wait is not quiet");
    throttle = after (29, 30);
    is_number (throttle_minutes_left (&throttle, start), 0, "a source, behind which an office sits, has more attempts");
    throttle = after (5, 5);
    is_number (throttle_minutes_left (&throttle, start - 10 * minute), 11, "a clock that steps back lets nobody in");
    return done ();
}
