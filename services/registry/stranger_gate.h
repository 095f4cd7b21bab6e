/* stranger_gate.h - how often one network source may ask what is answered without a log-in.
 *
 * A source may ask `burst` times at once and `per_minute` times a minute in the long run; behind one address may be a whole town hall.
 * Sources share 65,536 counters by a keyed hash: two that share one are only limited sooner, and nobody can choose whom to share with.
 * Threads: any.  Times in µs.
 */
#ifndef STRANGER_GATE_H
#define STRANGER_GATE_H

#include <stdbool.h>
#include <stdint.h>

struct stranger_gate;

struct stranger_gate *stranger_gate_new (int64_t per_minute, int64_t burst);
void stranger_gate_destroy (struct stranger_gate **gate);
/* source NULL: unknown, counted together. */
bool stranger_gate_pass (struct stranger_gate *gate, const char *source, int64_t now_us);

#endif
