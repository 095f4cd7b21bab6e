/* queue.h - requests waiting for a thread.  Many put, one or more take; a thread takes everything that waits, up to a batch;
 * a task that is `alone` comes out by itself.
 *
 * Limits: QUEUE_MAX requests; more are refused at once (try_later), so that memory stays bounded.
 */
#ifndef RUNTIME_QUEUE_H
#define RUNTIME_QUEUE_H

#include "runtime.h"

enum { QUEUE_MAX = 4096 };

struct queue *queue_open (void);
void queue_free (struct queue **queue);
bool queue_put (struct queue *queue, struct task *task);        /* false: full or closed; the task stays the caller's */
struct task *queue_take (struct queue *queue, int most);        /* waits; NULL when closed and empty */
void queue_close (struct queue *queue);
int queue_length (struct queue *queue);

#endif
