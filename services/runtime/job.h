/* job.h - recurring work: one thread and one engine connection a job, so that a slow one (mail) never holds another (alert steps).
 *
 * A job runs in a transaction of its own while this process holds the lease "job:NAME".  The lease is renewed between runs; inside the run
 * its fence is checked and an advisory lock held until the end, so that a process that was stopped in the middle and woke up after another
 * took over changes nothing.  The runtime's own jobs: retain (every hour; partitions and old rows), seal_ledger (every minute).
 */
#ifndef RUNTIME_JOB_H
#define RUNTIME_JOB_H

#include "runtime.h"

int jobs_open (struct runtime *runtime, struct error *err);     /* connects and prepares; starts no thread */
int jobs_start (struct runtime *runtime, struct error *err);
void jobs_stop (struct runtime *runtime);                       /* waits for the runs in progress */

/* One run as the thread would make it; *ret_ran false: the lease is somebody else's.  For tests too. */
struct lease_hold { int64_t fence, taken_us; };         /* fence 0: not held; taken_us: monotonic */
int job_run_once (struct batch *batch, const struct job *job, void *self, struct lease_hold *hold, bool *ret_ran, bool *ret_again,
                  struct error *err);

#endif
