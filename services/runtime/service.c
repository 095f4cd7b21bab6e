#include "service.h"
#include <signal.h>
#include <unistd.h>
#include "bus.h"
#include "clock.h"
#include "hearing.h"
#include "ids.h"
#include "job.h"
#include "log.h"
#include "mesh.h"
#include "metrics.h"
#include "options.h"
#include "outbox.h"
#include "status.h"

enum { DATABASE_WAIT_S = 30, CANARY_S = 60, METRICS_S = 10 };

static const struct option common_options[] = {
    { "config", OPTION_PATH, "", 0, 0, "File with settings." },
    { "run-dir", OPTION_PATH, NULL, 0, 0, "Folder of the region's sockets." },
    { "keys-dir", OPTION_PATH, NULL, 0, 0, "Folder of the mesh's keys." },
    { "database", OPTION_TEXT, NULL, 0, 0, "libpq connection string of the service's role." },
    { "engine-database", OPTION_TEXT, NULL, 0, 0, "libpq connection string of the engine role." },
    { "redis", OPTION_PATH, "", 0, 0, "Redis' Unix socket; empty: do without." },
    { "workers", OPTION_NUMBER, "4", 1, 16, "Threads for commands, each with a connection." },
    { "readers", OPTION_NUMBER, "2", 1, 8, "Threads for queries, each with a connection." },
    { "log-level", OPTION_TEXT, "info", 0, 0, "debug, info, warning or error." },
    { "test-mode", OPTION_FLAG, "no", 0, 1, "Allows what only tests may do." },
    { NULL, OPTION_TEXT, NULL, 0, 0, NULL },
};

static const struct options *settings;      /* set once, before the threads start */

const struct options *service_options (void)
{
    return settings;
}

/* ---- what the dispatcher calls after a commit --------------------------------------------------------------------------------------- */

static void ring (struct runtime *runtime, const struct doorbell *bell)
{
    outbox_bell (runtime->outbox, bell);
}

static void send_direct (struct runtime *runtime, const struct event_envelope *event)
{
    outbox_direct (runtime->outbox, event);
}

/* ---- start -------------------------------------------------------------------------------------------------------------------------- */

/* -1: none of them. */
static int level_of (const char *name)
{
    static const char *const names[] = { "debug", "info", "warning", "error" };

    for (int i = 0; i < 4; i++)
        if (strcmp (name, names[i]) == 0)
            return i;
    return -1;
}

static void name_process (struct runtime *runtime)
{
    char id[UUID_TEXT];

    uuid_new (id);
    snprintf (runtime->name, sizeof runtime->name, "%.20s:%d:%.12s", runtime->service->name, (int) getpid (), id + 24);
}

static int read_settings (struct runtime *runtime, int argc, char **argv, struct error *err)
{
    const struct option *const tables[] = { common_options, runtime->service->options, NULL };
    int level;

    runtime->options = settings = options_read (runtime->service->name, tables, argc, argv, err);
    if (!settings)
        return -1;
    level = level_of (option_text (settings, "log-level"));
    if (level < 0)
        return fail (err, ERROR_MALFORMED, NULL, "log-level: say debug, info, warning or error");
    log_open (runtime->service->name, (enum log_level) level);
    return 0;
}

/* Signals are taken by sigtimedwait in the first thread only. */
static void block_signals (sigset_t *ret)
{
    sigemptyset (ret);
    sigaddset (ret, SIGTERM);
    sigaddset (ret, SIGINT);
    pthread_sigmask (SIG_BLOCK, ret, NULL);
    signal (SIGPIPE, SIG_IGN);
}

struct parts { struct crew *crew; struct bus *bus; bool mesh, started; };

/* A database that is not there yet is waited for; a schema that does not fit is not. */
static int connect_all (struct runtime *runtime, struct parts *parts, struct error *err)
{
    for (int second = 0;; second++) {
        parts->crew = crew_open (runtime, err);
        if (parts->crew && jobs_open (runtime, err) == 0)
            return 0;
        crew_free (&parts->crew);
        jobs_stop (runtime);
        if (err->key != ERROR_TRY_LATER || second == DATABASE_WAIT_S)
            return -1;
        log_event (LOG_LEVEL_WARNING, "waiting for the database", "detail", err->detail, NULL);
        sleep (1);
    }
}

static int check_mesh (struct runtime *runtime, struct error *err)
{
    char place[160], principal[64];

    snprintf (place, sizeof place, "ipc://%s/%s.sock", option_text (settings, "run-dir"), runtime->service->name);
    snprintf (principal, sizeof principal, "svc:%s", runtime->service->name);
    return mesh_canary (place, principal, err);
}

static int start_mesh (struct runtime *runtime, struct parts *parts, struct error *err)
{
    char principal[64];

    snprintf (principal, sizeof principal, "svc:%s", runtime->service->name);
    if (mesh_open (option_text (settings, "keys-dir"), principal, err) < 0)
        return -1;
    parts->mesh = true;
    parts->bus = bus_open (runtime, parts->crew, err);
    return parts->bus ? 0 : -1;
}

static int start_service (struct runtime *runtime, struct parts *parts, struct error *err)
{
    const struct service *service = runtime->service;

    if (service->start && service->start (runtime->self, err) < 0)
        return -1;
    parts->started = true;
    return 0;
}

static int start_hearing (struct runtime *runtime, struct error *err)
{
    runtime->hearing = hearing_start (runtime, option_text (settings, "engine-database"), option_text (settings, "run-dir"), err);
    return runtime->hearing ? 0 : -1;
}

static int start_all (struct runtime *runtime, struct parts *parts, struct error *err)
{
    if (connect_all (runtime, parts, err) < 0
        || start_mesh (runtime, parts, err) < 0
        || start_service (runtime, parts, err) < 0
        || start_hearing (runtime, err) < 0
        || crew_start (parts->crew, err) < 0
        || bus_start (parts->bus, err) < 0
        || check_mesh (runtime, err) < 0)
        return -1;
    return jobs_start (runtime, err);
}

/* ---- run and stop ------------------------------------------------------------------------------------------------------------------- */

/* Requests that have arrived are answered; then the threads end in the order in which they need each other:
 * workers ask hearings for their state, both poke jobs, all of them ring. */
static void stop_all (struct runtime *runtime, struct parts *parts)
{
    runtime->stopping = true;
    if (parts->bus)
        bus_stop_taking (parts->bus);
    if (parts->crew)
        crew_close (parts->crew);
    hearing_stop (&runtime->hearing);
    jobs_stop (runtime);
    bus_stop (&parts->bus);
    crew_free (&parts->crew);
    if (parts->started && runtime->service->stop)
        runtime->service->stop (runtime->self);
    if (parts->mesh)
        mesh_close ();
    outbox_free (&runtime->outbox);
}

/* RUN_DIR/NAME.prom, replaced as a whole: for Prometheus' textfile collector and for people. */
static void write_metrics (struct runtime *runtime)
{
    ARENA (arena);
    const char *path = arena_print (&arena, "%s/%s.prom", option_text (settings, "run-dir"), runtime->service->name);
    const char *fresh = arena_print (&arena, "%s.new", path);
    FILE *file = fopen (fresh, "we");

    if (!file)
        return;
    fputs (metrics_print (&arena), file);
    if (fclose (file) != 0 || rename (fresh, path) != 0)
        unlink (fresh);
}

static void look_after_mesh (struct runtime *runtime)
{
    struct error err = { 0 };

    status_mesh (runtime, check_mesh (runtime, &err) == 0);
    if (err.key)
        log_event (LOG_LEVEL_ERROR, "mesh canary failed", "detail", err.detail, NULL);
}

static void watch (struct runtime *runtime, const sigset_t *signals)
{
    struct timespec wait = { .tv_sec = METRICS_S };
    int64_t canary = clock_monotonic_us ();

    status_mesh (runtime, true);
    while (sigtimedwait (signals, NULL, &wait) < 0) {
        write_metrics (runtime);
        if (clock_monotonic_us () - canary < (int64_t) CANARY_S * SECOND_US)
            continue;
        canary = clock_monotonic_us ();
        look_after_mesh (runtime);
    }
}

int service_run (const struct service *service, void *self, int argc, char **argv)
{
    struct runtime runtime = { .service = service, .self = self, .started_us = clock_monotonic_us (),
                               .ring = ring, .send_direct = send_direct, .poke = job_poke, .ask = ask_bus };
    struct parts parts = { 0 };
    struct error err = { 0 };
    sigset_t signals;
    int status;

    if (read_settings (&runtime, argc, argv, &err) < 0) {
        fprintf (stderr, "%s: %s\n", service->name, err.detail);
        return 2;
    }
    block_signals (&signals);
    name_process (&runtime);
    runtime_use_common_routes (&runtime);
    runtime.outbox = outbox_open ();
    status = start_all (&runtime, &parts, &err);
    if (status < 0) {
        log_event (LOG_LEVEL_ERROR, "cannot start", "outcome", error_name_of (&err), "detail", err.detail, NULL);
    } else {
        log_event (LOG_LEVEL_INFO, "started", "process", runtime.name, NULL);
        watch (&runtime, &signals);
        log_event (LOG_LEVEL_INFO, "stopping", NULL);
    }
    stop_all (&runtime, &parts);
    options_done ((struct options **) &runtime.options);
    settings = NULL;
    return status < 0;
}
