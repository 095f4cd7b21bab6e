/* dispatch.h - the dispatch service: fire and ambulance organisations, what they send, who they may ask after, what they are told.
 *
 * Threads: settings are written at start; what is atomic is shared; `stumbles` belongs to the job `incident`, `claimed` and `courier` to the job
 * `reply`.
 */
#ifndef DISPATCH_DISPATCH_H
#define DISPATCH_DISPATCH_H

#include "dispatch_routes.h"
#include "options.h"
#include "service.h"

enum { REPLY_CLAIMS = 32 };
struct claimed_replies { int64_t numbers[REPLY_CLAIMS]; int count; };

struct dispatch {
    const char *webhook_allow;          /* comma-separated prefixes of addresses; "" allows none */
    const char *drop_dir;               /* where partners lay down files; NULL or "": nowhere */
    int ask_ms;                         /* what another service is waited for; the reply says what is missing */
    int64_t stumbles;                   /* of the job `incident`: runs that failed in a row; so many are passed over */
    struct claimed_replies claimed;     /* by the last run of the job `reply` */
    struct courier *courier;            /* opened by its first run */
    int send_ms;                        /* what a partner may take for one reply; 0: the standard */
    _Atomic int64_t sharing_failed_us, notify_failed_us;        /* monotonic; 0: answered the last time (asking.h) */
};

extern const struct option dispatch_options[];
extern const struct service dispatch_service;
int dispatch_start (void *self, struct error *err);
void dispatch_stop (void *self);

enum { LIST_MOST = 200, LIST_STANDARD = 50 };

static inline int64_t page_size (bool has, int64_t limit)
{
    return !has ? LIST_STANDARD : limit < 1 ? 1 : limit > LIST_MOST ? LIST_MOST : limit;
}

/* Jobs. */
int dispatch_job_incident (void *self, struct job_run *run, struct error *err);
int dispatch_job_reply (void *self, struct job_run *run, struct error *err);
int dispatch_job_file_drop (void *self, struct job_run *run, struct error *err);
int dispatch_job_last_resort (void *self, struct job_run *run, struct error *err);

#endif
