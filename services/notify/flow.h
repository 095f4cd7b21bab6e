/* flow.h - one sender's messages in flight: claimed rows become hands, hands become results.  See sender.h.
 *
 * A flow belongs to one thread with its own connection.  Adapters are shared between flows: their pace is guarded by `lock`.
 */
#ifndef NOTIFY_FLOW_H
#define NOTIFY_FLOW_H

#include <pthread.h>
#include "adapter.h"

enum { FLOW_MOST = 64, CLAIM_MOST = 32 };

struct flow {
    struct adapters *adapters;
    pthread_mutex_t *lock;                  /* NULL: nobody else uses the adapters */
    enum lane first, last;
    void *multi;                            /* CURLM * */
    struct hand *flying, *landed;
    size_t in_flight;                       /* both */
    bool more;                              /* the last claim was full: claim again at once */
    int64_t wait_ms;                        /* a contract lets the next one go then; 0: nothing waits for that */
};

bool flow_open (struct flow *flow);
void flow_close (struct flow *flow);

/* One transaction: what has landed is written, and (unless claims is false) as much as there is room for is claimed and begun. */
int flow_turn (struct flow *flow, struct db *db, bool claims, size_t *ret_claimed, struct error *err);
/* Lets transfers go on for at most so long; returns early when one lands or when woken. */
void flow_wait (struct flow *flow, int64_t milliseconds);
void flow_wake (struct flow *flow);         /* from any thread */

#endif
