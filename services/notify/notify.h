/* notify.h - the notify service: who must be told, and making sure they were.
 *
 * Threads: the struct is written at start and read afterwards; its parts lock themselves (shift_cache.h, sender.h).
 */
#ifndef NOTIFY_NOTIFY_H
#define NOTIFY_NOTIFY_H

#include <stdbool.h>
#include "fax_work.h"
#include "notify_routes.h"
#include "options.h"
#include "push_crypt.h"
#include "link_token.h"
#include "service.h"

struct adapters;
struct duty_copy;
struct roster_keeper;
struct shift_cache;
struct sender;

/* What the engine remembers between two runs; nothing that decides, only what it tried last and what the clocks said. */
struct engine_memory { char working[40]; int64_t working_version; bool telling; int64_t last_now, last_monotonic; };

struct notify {
    bool voice;                             /* an adapter for calls and SMS is configured */
    int64_t merge_us;                       /* a further report of a person within this time goes into the open alert; 0: never */
    int night_hour;                         /* a report of a night visit is to be read by then; 0: the standard */
    const char *self_test_phone;            /* what the machine calls to test the whole way; NULL or "": nothing is tested */
    const char *paper_dir;                  /* where nightly papers lie; NULL or "": none are made */
    struct engine_memory engine;            /* of the job alert_engine's thread only */
    const char *webhook_allow;              /* comma-separated prefixes of addresses; "" allows none */
    struct shift_cache *shifts;             /* NULL: shift tables are always computed */
    struct roster_keeper *keeper;           /* of what resolve reads about the region; NULL: it is read every time */
    struct sender *sender;                  /* NULL in tests without one */
    const struct adapters *adapters;        /* how messages leave, for what comes back; NULL: nothing does */
    struct link_key links;                  /* of one-time links */
    struct push_pair push_pair;
    const char *push_allow;                 /* prefixes of push services' addresses */
    const char *push_key;                   /* public key for push messages; NULL: there are none */
    struct fax_work fax;                    /* of the job fax_in's thread only; reader NULL: nothing is taken */
    struct duty_copy *duty_copy;            /* NULL: nothing is kept for the time the database is away */
};

extern const struct option notify_options[];
extern const struct service notify_service;
int notify_start (void *self, struct error *err);
void notify_stop (void *self);

/* Jobs. */
int notify_job_alert_engine (void *self, struct job_run *run, struct error *err);
int notify_job_alert_news (void *self, struct job_run *run, struct error *err);
int notify_job_alert_auditor (void *self, struct job_run *run, struct error *err);
int notify_job_self_test (void *self, struct job_run *run, struct error *err);
int notify_job_shift_tables (void *self, struct job_run *run, struct error *err);
int notify_job_deliver (void *self, struct job_run *run, struct error *err);
int notify_job_reports (void *self, struct job_run *run, struct error *err);
int notify_job_night_reports (void *service, struct job_run *run, struct error *err);
int notify_job_announcements (void *service, struct job_run *run, struct error *err);
int notify_job_office_paper (void *service, struct job_run *run, struct error *err);
int notify_job_delivery_follow (void *self, struct job_run *run, struct error *err);
int notify_job_duty_copy (void *self, struct job_run *run, struct error *err);
int notify_job_fax_in (void *self, struct job_run *run, struct error *err);
int notify_job_gap_check (void *self, struct job_run *run, struct error *err);

/* With the database away (service.h). */
int notify_away_duty_now (void *self, struct request *request, const void *message, void *answer, struct error *err);
int notify_away_emergency_report (void *self, struct request *request, const void *message, void *answer, struct error *err);

#endif
