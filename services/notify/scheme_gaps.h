/* scheme_gaps.h - which offices of a person's order will no longer come as attending or deputy doctor's office.  Pure.
 *
 * Looked at are the offices of the order's rows (as chain_warnings () does), or where 看取り has no rows of its own those of the attending and
 * deputy doctors.  An office that never joined, or has not begun, is not said to end.  Source: U-04, N-31.
 */
#ifndef NOTIFY_SCHEME_GAPS_H
#define NOTIFY_SCHEME_GAPS_H

#include "scheme.h"

struct scheme_gap { const char *office_id; int64_t from, to; };                     /* instants, µs */
struct scheme_gaps { struct scheme_gap *items; size_t count; };

/* Different offices the order relies on. */
struct text_list scheme_gap_offices (struct arena *arena, const struct resolver_input *input);
/* Those whose part ends before `to`, or has ended; each until the next part begins, at most `to`. */
struct scheme_gaps scheme_gaps (struct arena *arena, const struct resolver_input *input, const struct scheme_known *known, int64_t now,
                                int64_t to);

#endif
