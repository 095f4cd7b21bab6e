/* S-30, A-35: what is answered without a log-in is answered so often and no oftener. */
#include "stranger_gate.h"

#include "tap.h"

static const int64_t second = 1000000, start = 1795000000000000LL;

static int passes (struct stranger_gate *gate, const char *source, int times, int64_t at)
{
    int count = 0;

    for (int i = 0; i < times; i++)
        count += stranger_gate_pass (gate, source, at);
    return count;
}

int main (void)
{
    struct stranger_gate *gate = stranger_gate_new (60, 20);

    is_number (passes (gate, "192.0.2.1", 30, start), 20, "a source may ask twenty times at once");
    is_number (passes (gate, "192.0.2.2", 30, start), 20, "another one, too");
    is_number (passes (gate, "192.0.2.1", 30, start + second), 1, "after a second once more");
    is_number (passes (gate, "192.0.2.1", 30, start + 11 * second), 10, "after ten more seconds ten times");
    is_number (passes (gate, "192.0.2.1", 30, start), 0, "a clock that goes back gives nothing");
    is_number (passes (gate, "192.0.2.1", 90, start + 3600 * second), 20, "an hour of quiet does not add up to more than twenty");
    is_number (passes (gate, NULL, 30, start), 20, "who comes from nowhere is counted, too");
    stranger_gate_destroy (&gate);
    ok (gate == NULL, "and it can be closed");
    return done ();
}
