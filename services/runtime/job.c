#include "job.h"
#include <errno.h>
#include "bus_client.h"
#include "clock.h"
#include "failpoint.h"
#include "job_store.h"
#include "log.h"
#include "metrics.h"
#include "options.h"

struct job_thread {
    pthread_t thread;
    bool running;
    const struct job *job;
    void *self;
    struct batch batch;
    struct lease_hold hold;
    struct bus_client *client;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool poked, stopping;
};

static int run_retain (void *self, struct job_run *run, struct error *err)
{
    int64_t touched;

    (void) self;
    if (store_retain (run->db, &touched, err) < 0)
        return -1;
    *run->again = touched >= 5000;
    return 0;
}

static int run_seal (void *self, struct job_run *run, struct error *err)
{
    int64_t sealed;

    (void) self;
    return store_seal (run->db, &sealed, err);
}

static const struct job own_jobs[] = {
    { "retain", 3600 * 1000, run_retain },
    { "seal_ledger", 60 * 1000, run_seal },
};
enum { OWN_JOBS = sizeof own_jobs / sizeof *own_jobs };

/* ---- one run ------------------------------------------------------------------------------------------------------------------------ */

static int run_in_transaction (struct batch *batch, const struct job *job, void *self, int64_t fence, bool *ret_ran, bool *ret_again,
                               struct error *err)
{
    ARENA (arena);
    struct job_run run = { .db = batch->db, .arena = &arena, .fence = fence, .batch = batch, .again = ret_again };
    char name[80];

    snprintf (name, sizeof name, "job:%s", job->name);
    if (lease_check (batch->db, name, batch->runtime->name, fence, ret_ran, &run.now, err) < 0)
        return -1;
    if (*ret_ran && job->run (self, &run, err) < 0)
        return -1;
    failpoint_forget ();
    failpoint_about (job->name);
    failpoint ("job_before_commit");
    return db_commit (batch->db, err);
}

/* Renewing writes a row, so it is not done before every run of a job that runs often. */
static int hold_lease (struct batch *batch, const struct job *job, struct lease_hold *hold, struct error *err)
{
    int64_t now = clock_monotonic_us ();
    char name[80];

    if (hold->fence > 0 && now - hold->taken_us < LEASE_SECONDS * SECOND_US / 2)
        return 0;
    snprintf (name, sizeof name, "job:%s", job->name);
    hold->fence = 0;
    hold->taken_us = now;
    return lease_take (batch->db, name, batch->runtime->name, &hold->fence, err);
}

int job_run_once (struct batch *batch, const struct job *job, void *self, struct lease_hold *hold, bool *ret_ran, bool *ret_again,
                  struct error *err)
{
    *ret_ran = *ret_again = false;
    if ((!db_is_open (batch->db) && db_reopen (batch->db, err) < 0) || hold_lease (batch, job, hold, err) < 0)
        return -1;
    if (hold->fence == 0)
        return 0;
    if (db_begin (batch->db, err) < 0
        || run_in_transaction (batch, job, self, hold->fence, ret_ran, ret_again, err) < 0) {
        db_rollback (batch->db);
        batch_dropped (batch);
        *ret_again = false;
        return -1;
    }
    batch_committed (batch);
    if (!*ret_ran)
        hold->fence = 0;
    return 0;
}

/* ---- the thread --------------------------------------------------------------------------------------------------------------------- */

static struct timespec time_in (int ms)
{
    struct timespec at;

    clock_gettime (CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += (long) (ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* Until the time, a poke, or the stop; false: stop. */
static bool wait_for (struct job_thread *thread, int ms)
{
    struct timespec until = time_in (ms);
    bool going;

    pthread_mutex_lock (&thread->mutex);
    while (!thread->poked && !thread->stopping)
        if (pthread_cond_timedwait (&thread->wake, &thread->mutex, &until) == ETIMEDOUT)
            break;
    thread->poked = false;
    going = !thread->stopping;
    pthread_mutex_unlock (&thread->mutex);
    return going;
}

static void *run (void *arg)
{
    struct job_thread *thread = arg;
    int pause = 0;

    while (wait_for (thread, pause)) {
        struct error err = { 0 };
        bool ran, again;
        int status = job_run_once (&thread->batch, thread->job, thread->self, &thread->hold, &ran, &again, &err);

        if (status < 0)
            log_event (LOG_LEVEL_WARNING, "job failed", "job", thread->job->name, "outcome", error_name_of (&err), "detail", err.detail,
                       NULL);
        pause = status < 0 ? 1000 : again ? 0 : thread->job->period_ms;
        if (status == 0 && !ran && pause > 1000)
            pause = 1000;               /* somebody else holds the lease: be there when it runs out */
    }
    if (thread->client)
        bus_client_close (&thread->client);
    return NULL;
}

static int open_thread (struct runtime *runtime, struct job_thread *thread, const struct job *job, void *self, struct error *err)
{
    pthread_condattr_t monotonic;

    thread->job = job;
    thread->self = self;
    thread->batch.runtime = runtime;
    thread->batch.client = &thread->client;
    pthread_mutex_init (&thread->mutex, NULL);
    pthread_condattr_init (&monotonic);
    pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init (&thread->wake, &monotonic);
    pthread_condattr_destroy (&monotonic);
    thread->batch.db = db_open (option_text (runtime->options, "engine-database"), err);
    return thread->batch.db ? runtime_prepare (runtime, thread->batch.db, err) : -1;
}

int jobs_open (struct runtime *runtime, struct error *err)
{
    size_t count = runtime->service->job_count + OWN_JOBS;

    runtime->jobs = calloc (count, sizeof *runtime->jobs);
    if (!runtime->jobs)
        abort ();
    for (; runtime->job_count < count; runtime->job_count++) {
        size_t i = runtime->job_count;
        bool own = i < OWN_JOBS;

        if (open_thread (runtime, &runtime->jobs[i], own ? &own_jobs[i] : &runtime->service->jobs[i - OWN_JOBS],
                         own ? NULL : runtime->self, err) < 0) {
            runtime->job_count++;
            return -1;
        }
    }
    return 0;
}

int jobs_start (struct runtime *runtime, struct error *err)
{
    for (size_t i = 0; i < runtime->job_count; i++) {
        if (pthread_create (&runtime->jobs[i].thread, NULL, run, &runtime->jobs[i]) != 0)
            return fail (err, ERROR_TRY_LATER, NULL, "no thread for a job");
        runtime->jobs[i].running = true;
    }
    return 0;
}

static void wake (struct job_thread *thread, bool stop)
{
    pthread_mutex_lock (&thread->mutex);
    thread->poked = true;
    thread->stopping |= stop;
    pthread_cond_signal (&thread->wake);
    pthread_mutex_unlock (&thread->mutex);
}

void job_poke (struct runtime *runtime, const char *job)
{
    for (size_t i = 0; i < runtime->job_count; i++)
        if (strcmp (runtime->jobs[i].job->name, job) == 0)
            wake (&runtime->jobs[i], false);
}

void jobs_stop (struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->job_count; i++)
        wake (&runtime->jobs[i], true);
    for (size_t i = 0; i < runtime->job_count; i++) {
        struct job_thread *thread = &runtime->jobs[i];

        if (thread->running)
            pthread_join (thread->thread, NULL);
        batch_close (&thread->batch);
        db_close (&thread->batch.db);
        pthread_cond_destroy (&thread->wake);
        pthread_mutex_destroy (&thread->mutex);
    }
    free (runtime->jobs);
    runtime->jobs = NULL;
    runtime->job_count = 0;
}
