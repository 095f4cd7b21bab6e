/* How fast an adapter may be fed: its contract is kept over time, and never holds what asks in an emergency. */
#include "clock.h"
#include "pace.h"
#include "tap.h"

/* How many go in so many seconds when there is always more to send, looked at every 20 ms. */
static int64_t sent_in (struct pace *pace, int seconds, bool urgent)
{
    int64_t now = 5 * (int64_t) SECOND_US, all = 0;

    for (int i = 0; i < seconds * 50; i++, now += SECOND_US / 50) {
        int64_t room = pace_room (pace, now, urgent, 32);

        pace_take (pace, room);
        all += room;
    }
    return all;
}

static void test_contract (void)
{
    struct pace fifty = { .per_second = 50 }, slow = { .per_second = 0.5 }, none = { 0 };
    int64_t got = sent_in (&fifty, 26, false);

    ok (got >= 1300 * 95 / 100 && got <= 1300 * 105 / 100, "N-12 an adapter that takes 50/s is given 50/s, within 5 %");
    is_number (sent_in (&slow, 10, false), 5, "N-56 ...one that takes one in two seconds, that");
    is_number (sent_in (&none, 1, false), 50 * 32, "...one without a contract, all there is");
}

static void test_emergencies (void)
{
    struct pace pace = { .per_second = 10 };
    int64_t now = SECOND_US;

    pace_take (&pace, pace_room (&pace, now, false, 100));
    is_number (pace_room (&pace, now, false, 100), 0, "information has used up what there is");
    is_number (pace_room (&pace, now, true, 100), 10, "N-56 ...what asks in an emergency borrows a second's worth");
    pace_take (&pace, 10);
    is_number (pace_room (&pace, now, true, 100), 0, "...not more");
    ok (pace_wait_ms (&pace, true) > 0 && pace_wait_ms (&pace, true) <= 5000, "N-56 ...and then waits less than 5 s");
    is_number (pace_room (&pace, now + SECOND_US / 2, false, 100), 0, "...while information pays it back");
    is_number (pace_room (&pace, now + SECOND_US / 2, true, 100), 5, "a clock that stands still gives nothing away");
    is_number (pace_wait_ms (&(struct pace) { 0 }, false), 0, "without a contract nobody waits");
}

int main (void)
{
    test_contract ();
    test_emergencies ();
    return done ();
}
