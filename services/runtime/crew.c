#include "crew.h"
#include "log.h"
#include "options.h"
#include "outbox.h"

enum { WORKERS_MAX = 16, READERS_MAX = 8, ENGINES = 2, ASIDES = 2, CREW_MAX = WORKERS_MAX + READERS_MAX + ENGINES + ASIDES + 3 };

struct crew {
    struct runtime *runtime;
    struct worker workers[CREW_MAX];
    int worker_count;
    struct queue *commands[WORKERS_MAX], *engines[ENGINES];
    int shard_count;
    struct queue *urgent, *queries, *engine_queries, *aside, *papers;
    struct queue *queues[CREW_MAX];     /* each once */
    int queue_count;
};

static struct queue *new_queue (struct crew *crew)
{
    struct queue *queue = queue_open ();

    crew->queues[crew->queue_count++] = queue;
    return queue;
}

static int hire (struct crew *crew, struct queue *queue, const char *database, struct error *err)
{
    struct worker *worker = &crew->workers[crew->worker_count++];

    return worker_open (worker, crew->runtime, queue, option_text (crew->runtime->options, database), err);
}

static int hire_aside (struct crew *crew, struct error *err)
{
    const struct aside *aside = crew->runtime->service->aside;
    char option[64];

    if (!aside)
        return 0;
    snprintf (option, sizeof option, "%s-database", aside->name);
    crew->aside = new_queue (crew);
    for (int i = 0; i < ASIDES; i++)
        if (hire (crew, crew->aside, option, err) < 0)
            return -1;
    return 0;
}

static bool is_paper (const struct route *route)
{
    return (route->message->flags & IS_QUERY) && route->answer == &file_answer_message;
}

/* One at a time: a month of a big municipality takes a third of a second, and everybody's alert page waits for a reader. */
static int hire_printer (struct crew *crew, struct error *err)
{
    const struct service *service = crew->runtime->service;
    bool prints = false;

    for (size_t i = 0; i < service->route_count; i++)
        prints |= is_paper (&service->routes[i]);
    if (!prints)
        return 0;
    crew->papers = new_queue (crew);
    crew->workers[crew->worker_count].most = 1;
    return hire (crew, crew->papers, "database", err);
}

static int hire_all (struct crew *crew, struct error *err)
{
    int readers = (int) option_number (crew->runtime->options, "readers");

    crew->shard_count = (int) option_number (crew->runtime->options, "workers");
    for (int i = 0; i < crew->shard_count; i++)
        if (hire (crew, crew->commands[i] = new_queue (crew), "database", err) < 0)
            return -1;
    for (int i = 0; i < ENGINES; i++)
        if (hire (crew, crew->engines[i] = new_queue (crew), "engine-database", err) < 0)
            return -1;
    crew->queries = new_queue (crew);
    for (int i = 0; i < readers; i++)
        if (hire (crew, crew->queries, "database", err) < 0)
            return -1;
    crew->urgent = new_queue (crew);
    crew->engine_queries = new_queue (crew);
    if (hire (crew, crew->urgent, "database", err) < 0 || hire_aside (crew, err) < 0 || hire_printer (crew, err) < 0)
        return -1;
    return hire (crew, crew->engine_queries, "engine-database", err);
}

struct crew *crew_open (struct runtime *runtime, struct error *err)
{
    struct crew *crew = calloc (1, sizeof *crew);

    if (!crew)
        abort ();
    crew->runtime = runtime;
    if (hire_all (crew, err) < 0)
        crew_free (&crew);
    return crew;
}

int crew_start (struct crew *crew, struct error *err)
{
    for (int i = 0; i < crew->worker_count; i++)
        if (worker_start (&crew->workers[i], err) < 0)
            return -1;
    return 0;
}

static struct queue *queue_for (struct crew *crew, const struct task *task)
{
    bool query = !task->route || (task->route->message->flags & IS_QUERY);

    if (task->done)
        return crew->engine_queries;    /* refused already: wants its denial recorded and its reply */
    if (task_is_aside (task, crew->runtime))
        return crew->aside;
    if (task_needs_engine (task, crew->runtime))
        return query ? crew->engine_queries : crew->engines[task_shard (task) % ENGINES];
    if (query)
        return task->route && crew->papers && is_paper (task->route) ? crew->papers : crew->queries;
    if (task->route->message->flags & IS_URGENT)
        return crew->urgent;
    return crew->commands[task_shard (task) % (uint64_t) crew->shard_count];
}

/* An event locks its subject before its handler takes any lock of its own, as the listeners' batches do.  After another request in the same
 * transaction the order would be the reverse, and PostgreSQL finds a deadlock only after a second: too long for an emergency. */
static bool goes_alone (const struct task *task)
{
    return task->route && task->route->message == &direct_event_message;
}

void crew_give (struct crew *crew, struct task *task)
{
    struct error err = { 0 };

    task->alone = goes_alone (task);
    if (queue_put (queue_for (crew, task), task))
        return;
    fail (&err, ERROR_TRY_LATER, NULL, "too many requests are waiting, or the service is stopping");
    if (!task->done)
        task_fail (task, &err);
    task->next = NULL;
    outbox_replies (crew->runtime->outbox, task);
}

void crew_close (struct crew *crew)
{
    for (int i = 0; i < crew->queue_count; i++)
        queue_close (crew->queues[i]);
    for (int i = 0; i < crew->worker_count; i++)
        worker_stop (&crew->workers[i]);
}

void crew_free (struct crew **crew)
{
    if (!*crew)
        return;
    crew_close (*crew);
    for (int i = 0; i < (*crew)->queue_count; i++)
        queue_free (&(*crew)->queues[i]);
    free (*crew);
    *crew = NULL;
}

int crew_waiting (struct crew *crew)
{
    int waiting = 0;

    for (int i = 0; i < crew->queue_count; i++)
        waiting += queue_length (crew->queues[i]);
    return waiting;
}
