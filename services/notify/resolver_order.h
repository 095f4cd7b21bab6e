/* resolver_order.h - the order of those who are asked, turned by who reports; see resolver.h.  Pure. */
#ifndef NOTIFY_RESOLVER_ORDER_H
#define NOTIFY_RESOLVER_ORDER_H

#include "resolver.h"

/* Positions count 1, 2, … afterwards; within a position the order of the chain stays. */
void order_for_reporter (struct arena *arena, struct resolution *result, enum reporter_kind reporter, bool emergency_nursing);

/* Everybody in the first step; the last resort, if a row has named it, is left out: it follows anyway. */
void order_all_at_once (struct resolution *result);

#endif
