/* worker.h - threads that take requests from a queue and run them in transactions of their own connection. */
#ifndef RUNTIME_WORKER_H
#define RUNTIME_WORKER_H

#include "queue.h"

struct worker {
    pthread_t thread;
    bool running;
    struct queue *queue;                /* may be shared by several workers */
    int most;                           /* requests in one transaction; 0: BATCH_MAX */
    struct batch batch;
    struct bus_client *client;
};

/* Opens the connection and prepares every statement, in the caller's thread. */
int worker_open (struct worker *worker, struct runtime *runtime, struct queue *queue, const char *conninfo, struct error *err);
int worker_start (struct worker *worker, struct error *err);
void worker_stop (struct worker *worker);          /* after its queue was closed: waits until it is empty */

#endif
