#include "worker.h"
#include <inttypes.h>
#include "bus_client.h"
#include "clock.h"
#include "failpoint.h"
#include "log.h"
#include "metrics.h"
#include "outbox.h"

static struct { struct metric *requests, *seconds, *batches; } metrics;
static pthread_once_t metrics_once = PTHREAD_ONCE_INIT;

static void declare_metrics (void)
{
    metrics.requests = metric_counter ("renkei_requests_total", "outcome", "Requests answered, by outcome.");
    metrics.seconds = metric_seconds ("renkei_request_seconds", "message", "From arrival to the reply, by message.");
    metrics.batches = metric_counter ("renkei_batches_total", NULL, "Transactions that carried requests.");
}

/* What services ask each other many times a second, and nobody looks for unless it fails. */
static bool is_routine (const struct task *task)
{
    return task->ok && task->route && (task->route->message->flags & IS_QUERY) && !task->header->context;
}

static enum log_level level_of (const struct task *task)
{
    if (is_routine (task))
        return LOG_LEVEL_DEBUG;
    return task->err.key == ERROR_BUG ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO;
}

static void tell (const struct task *task)
{
    const char *outcome = task->ok ? task->replayed ? "replayed" : "ok" : error_name_of (&task->err);
    const char *message = task->route ? task->header->message : "unknown";
    int64_t took = clock_monotonic_us () - task->arrived_us;
    char ms[32];

    snprintf (ms, sizeof ms, "%" PRId64 ".%03d", took / 1000, (int) (took % 1000));
    metric_add (metrics.requests, outcome, 1);
    metric_observe (metrics.seconds, message, (double) took / SECOND_US);
    log_event (level_of (task), "request", "message", message, "outcome", outcome, "ms", ms,
               "from", task->actor.principal, "trace", task->header && task->header->trace ? task->header->trace : "",
               "detail", task->ok ? "" : task->err.detail, NULL);
}

static void refuse_late (struct task *tasks)
{
    int64_t now = clock_real_us ();
    struct error err = { 0 };

    fail (&err, ERROR_TRY_LATER, NULL, "the deadline passed in the queue");
    for (struct task *task = tasks; task; task = task->next)
        if (!task->done && task->header->has_deadline && task->header->deadline <= now)
            task_fail (task, &err);
}

static void pass_before_reply (const struct task *tasks)
{
    failpoint_forget ();
    for (const struct task *task = tasks; task; task = task->next)
        if (task->ok)
            failpoint_about (task->route->message->name);
    failpoint ("before_reply");
}

static void work (struct worker *worker, struct task *tasks)
{
    struct runtime *runtime = worker->batch.runtime;

    refuse_late (tasks);
    execute (&worker->batch, tasks);
    metric_add (metrics.batches, NULL, 1);
    execute_denials (&worker->batch, tasks);
    for (struct task *task = tasks; task; task = task->next)
        tell (task);
    pass_before_reply (tasks);
    outbox_replies (runtime->outbox, tasks);
}

static void *run (void *arg)
{
    struct worker *worker = arg;

    for (struct task *tasks; (tasks = queue_take (worker->queue, worker->most ? worker->most : BATCH_MAX)) != NULL;)
        work (worker, tasks);
    if (worker->client)
        bus_client_close (&worker->client);        /* belongs to this thread */
    return NULL;
}

int worker_open (struct worker *worker, struct runtime *runtime, struct queue *queue, const char *conninfo, struct error *err)
{
    pthread_once (&metrics_once, declare_metrics);
    worker->queue = queue;
    worker->batch.runtime = runtime;
    worker->batch.client = &worker->client;
    worker->batch.db = db_open (conninfo, err);
    if (!worker->batch.db)
        return -1;
    return runtime_prepare (runtime, worker->batch.db, err);
}

int worker_start (struct worker *worker, struct error *err)
{
    if (pthread_create (&worker->thread, NULL, run, worker) != 0)
        return fail (err, ERROR_TRY_LATER, NULL, "no thread for a worker");
    worker->running = true;
    return 0;
}

void worker_stop (struct worker *worker)
{
    if (worker->running)
        pthread_join (worker->thread, NULL);
    worker->running = false;
    batch_close (&worker->batch);
    db_close (&worker->batch.db);
}
