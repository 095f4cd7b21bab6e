/* crew.h - all workers of a service, and which of them a request goes to.
 *
 * Commands with a person's context: by hash of their key, so that two with one key never run at once; urgent ones to a worker of their own.
 * Queries: readers, which share a queue; those answered by a file have a worker of their own, which prints one at a time.  Requests
 * without a context and the common messages: engine workers.
 * What the service sets aside (service.h): two workers of that role.
 */
#ifndef RUNTIME_CREW_H
#define RUNTIME_CREW_H

#include "worker.h"

struct crew;

struct crew *crew_open (struct runtime *runtime, struct error *err);    /* connects and prepares everything; starts no thread */
int crew_start (struct crew *crew, struct error *err);
/* Gives the task to a thread; one that finds no room is answered at once (try_later). */
void crew_give (struct crew *crew, struct task *task);
void crew_close (struct crew *crew);                    /* no more requests; ends when those that wait are answered */
void crew_free (struct crew **crew);
int crew_waiting (struct crew *crew);                   /* requests in all queues */

#endif
