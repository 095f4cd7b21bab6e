#include "hearing_listener.h"
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/eventfd.h>
#include "clock.h"
#include "events.h"
#include "job_store.h"
#include "log.h"

enum { PAUSE_MS = 200, IDLE_MS = 1000 };

struct hearing_thread { struct listener *listeners[HEARING_PUBLISHERS_MAX]; size_t count; };

/* ---- what is told about it --------------------------------------------------------------------------------------------------------- */

void listener_tell (struct listener *listener, bool ready, const char *fmt, ...)
{
    va_list args;

    va_start (args, fmt);
    pthread_mutex_lock (&listener->told_lock);
    vsnprintf (listener->told, sizeof listener->told, fmt, args);
    listener->told_ready = ready;
    pthread_mutex_unlock (&listener->told_lock);
    va_end (args);
}

size_t hearing_facts (struct hearing_thread *hearing, struct arena *arena, struct status_fact *ret, size_t most)
{
    size_t count = 0;

    for (; hearing && count < hearing->count && count < most; count++) {
        struct listener *listener = hearing->listeners[count];

        pthread_mutex_lock (&listener->told_lock);
        ret[count] = (struct status_fact) { .name = arena_print (arena, "hears %s", listener->source),
                                            .value = arena_text (arena, listener->told), .ready = listener->told_ready };
        pthread_mutex_unlock (&listener->told_lock);
    }
    return count;
}

/* ---- the loop ---------------------------------------------------------------------------------------------------------------------- */

static int connect_all (struct listener *listener, struct error *err)
{
    if (!listener->client) {
        listener->client = bus_client_open (listener->run_dir, err);
        if (!listener->client || bus_client_subscribe (listener->client, listener->source, "event", listener_rung, listener, err) < 0)
            return -1;
    }
    if (!listener->db) {
        struct db *db = db_open (listener->database, err);

        if (!db || runtime_prepare (listener->runtime, db, err) < 0) {
            db_close (&db);
            return -1;
        }
        listener->db = listener->batch.db = db;
    }
    return db_is_open (listener->db) ? 0 : db_reopen (listener->db, err);
}

/* Whoever takes the lease after an unclean stop does not know which event it was that stopped the process. */
static int take_lease (struct listener *listener, struct error *err)
{
    struct hearing_cursor cursor;
    int64_t fence = 0;

    if (hearing_store_cursor (listener->db, listener->source, listener->lease, &cursor, err) < 0
        || lease_take (listener->db, listener->lease, listener->runtime->name, &fence, err) < 0)
        return -1;
    listener->renewed = clock_monotonic_us ();
    if (fence && fence != listener->last_fence) {
        listener->careful = cursor.was_stopped_cleanly ? 0 : CAREFUL_EVENTS;
        memset (listener->known, 0, sizeof listener->known);
        listener->resting_count = 0;
    }
    listener->fence = fence;
    if (fence)
        listener->last_fence = fence;
    listener->cursor = cursor;
    return 0;
}

static int tick (struct listener *listener, struct error *err)
{
    listener->next_tick = clock_monotonic_us () + TICK_US;
    if (take_lease (listener, err) < 0)
        return -1;
    if (listener->fence == 0) {
        listener_forget_rung (listener);
        listener_tell (listener, true, "another process follows");
        return 0;
    }
    listener->sweep_due = true;
    return listener->cursor.filled ? listener_pull_due (listener, err) : 0;
}

static int step (struct listener *listener, struct error *err)
{
    if (clock_monotonic_us () >= listener->next_tick && tick (listener, err) < 0)
        return -1;
    if (listener->fence == 0)
        return 0;
    if (!listener->cursor.filled)
        return listener_fill (listener, err);
    if (listener_pull_behind (listener, err) < 0)
        return -1;
    if (listener->sweep_due && listener_sweep (listener, err) < 0)
        return -1;
    listener_tell (listener, true, listener->sweep_due ? "catching up" : "following");
    return 0;
}

static bool has_work (const struct listener *listener)
{
    return listener->fence && (!listener->cursor.filled || listener->behind_count > 0 || listener->sweep_due);
}

static void wait_for_work (struct listener *listener, int most_ms)
{
    struct pollfd fds[2] = { { .fd = listener->wake, .events = POLLIN } };
    int64_t left = (listener->next_tick - clock_monotonic_us ()) / 1000 + 1;
    int bus = listener->client ? bus_client_timeout (listener->client) : -1;

    if (left > most_ms)
        left = most_ms;
    if (bus >= 0 && bus < left)
        left = bus;
    fds[1] = (struct pollfd) { .fd = listener->client ? bus_client_fd (listener->client) : -1, .events = POLLIN };
    if (!atomic_load (&listener->stopping))
        poll (fds, 2, left < 0 ? 0 : (int) left);
    if (listener->client)
        bus_client_work (listener->client);
}

/* Waits and is not only woken by a bell: what failed a moment ago fails again. */
static void pause_after (struct listener *listener, const struct error *err)
{
    int64_t until = clock_monotonic_us () + PAUSE_MS * 1000;

    listener_tell (listener, listener->cursor.filled && db_is_open (listener->db), "%s: %s", error_name_of (err), err->detail);
    listener->sweep_due = true;         /* bells of this time may be lost */
    while (!atomic_load (&listener->stopping) && clock_monotonic_us () < until)
        wait_for_work (listener, PAUSE_MS / 4);
}

static void close_all (struct listener *listener)
{
    struct error ignored = { 0 };

    if (listener->db && db_is_open (listener->db) && listener->fence) {
        hearing_store_release (listener->db, listener->lease, listener->runtime->name, &ignored);
        db_flush (listener->db, &ignored);
    }
    listener_forget_rung (listener);
    batch_close (&listener->batch);
    db_close (&listener->db);
    bus_client_close (&listener->client);
    arena_done (&listener->arena);
}

static void *listen_to (void *arg)
{
    struct listener *listener = arg;

    while (!atomic_load (&listener->stopping)) {
        struct error err = { 0 };

        arena_reset (&listener->arena);
        if (connect_all (listener, &err) < 0 || step (listener, &err) < 0)
            pause_after (listener, &err);
        else
            wait_for_work (listener, has_work (listener) ? 0 : IDLE_MS);
    }
    close_all (listener);
    return NULL;
}

/* ---- life -------------------------------------------------------------------------------------------------------------------------- */

static void listener_free (struct listener *listener)
{
    uint64_t one = 1;

    atomic_store (&listener->stopping, true);
    if (listener->running && write (listener->wake, &one, sizeof one) == sizeof one)
        pthread_join (listener->thread, NULL);
    if (listener->wake >= 0)
        close (listener->wake);
    pthread_mutex_destroy (&listener->told_lock);
    free (listener);
}

static int listener_start (struct hearing_thread *hearing, struct runtime *runtime, const char *source, const char *database,
                           const char *run_dir, struct error *err)
{
    struct listener *listener = calloc (1, sizeof *listener);

    if (!listener)
        abort ();
    listener->runtime = runtime;
    listener->source = source;
    listener->database = database;
    listener->run_dir = run_dir;
    listener->batch = (struct batch) { .runtime = runtime, .client = &listener->client };
    listener->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
    snprintf (listener->lease, sizeof listener->lease, "hear:%s", source);
    snprintf (listener->told, sizeof listener->told, "starting");
    pthread_mutex_init (&listener->told_lock, NULL);
    hearing->listeners[hearing->count++] = listener;
    listener->running = listener->wake >= 0 && pthread_create (&listener->thread, NULL, listen_to, listener) == 0;
    return listener->running ? 0 : fail (err, ERROR_BUG, NULL, "hearing: no thread for %s: %s", source, strerror (errno));
}

static bool is_first_of (const struct service *service, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp (service->heard[i].from, service->heard[at].from) == 0)
            return false;
    return true;
}

static int start_all (struct hearing_thread *hearing, struct runtime *runtime, const char *database, const char *run_dir, struct error *err)
{
    const struct service *service = runtime->service;

    for (size_t i = 0; i < service->heard_count; i++) {
        if (!is_first_of (service, i))
            continue;
        if (hearing->count == HEARING_PUBLISHERS_MAX)
            return fail (err, ERROR_BUG, NULL, "hearing: more than %d publishers", HEARING_PUBLISHERS_MAX);
        if (listener_start (hearing, runtime, service->heard[i].from, database, run_dir, err) < 0)
            return -1;
    }
    return 0;
}

struct hearing_thread *hearing_start (struct runtime *runtime, const char *engine_database, const char *run_dir, struct error *err)
{
    struct hearing_thread *hearing = calloc (1, sizeof *hearing);

    if (!hearing)
        abort ();
    if (start_all (hearing, runtime, engine_database, run_dir, err) < 0)
        hearing_stop (&hearing);
    return hearing;
}

void hearing_stop (struct hearing_thread **hearing)
{
    if (!*hearing)
        return;
    for (size_t i = 0; i < (*hearing)->count; i++)
        listener_free ((*hearing)->listeners[i]);
    free (*hearing);
    *hearing = NULL;
}
