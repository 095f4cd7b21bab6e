#include "bus.h"
#include "zeromq.h"
#include "bus_client.h"
#include "events.h"
#include "log.h"
#include "mesh.h"
#include "metrics.h"
#include "options.h"
#include "outbox.h"

enum { TURN_MAX = 200 };

struct bus {
    struct runtime *runtime;
    struct crew *crew;
    pthread_t thread;
    bool running;
    zsock_t *router, *publisher;
    long long keys_version;
    struct bus_client *client;          /* for direct events */
    atomic_bool taking, ending;
    struct metric *dropped;
};

static const char *endpoint (struct bus *bus, const char *suffix, char ret[160])
{
    snprintf (ret, 160, "ipc://%s/%s%s", option_text (bus->runtime->options, "run-dir"), bus->runtime->service->name, suffix);
    return ret;
}

/* ---- requests ----------------------------------------------------------------------------------------------------------------------- */

static struct bytes copy_frame (struct arena *arena, zframe_t *frame)
{
    size_t size = zframe_size (frame);

    return (struct bytes) { (unsigned char *) arena_copy (arena, (const char *) zframe_data (frame), size), size };
}

static void take_request (struct bus *bus, zmsg_t *message)
{
    zframe_t *sender = zmsg_first (message), *correlation = zmsg_next (message), *header = zmsg_next (message), *body = zmsg_next (message);
    const char *principal = body ? mesh_principal_of (header) : NULL;
    struct task *task;

    if (!principal || zmsg_size (message) != 4 || zframe_size (correlation) != 8) {
        metric_add (bus->dropped, NULL, 1);
        return;
    }
    task = task_new ();
    task->sender = copy_frame (&task->arena, sender);
    task->correlation = copy_frame (&task->arena, correlation);
    task_read (task, bus->runtime, principal, copy_frame (&task->arena, header), copy_frame (&task->arena, body));
    crew_give (bus->crew, task);
}

static void take_requests (struct bus *bus)
{
    for (int i = 0; i < TURN_MAX; i++) {
        zmsg_t *message = (zsock_events (bus->router) & ZMQ_POLLIN) ? zmsg_recv (bus->router) : NULL;

        if (!message)
            return;
        take_request (bus, message);
        zmsg_destroy (&message);
    }
}

/* ---- what leaves -------------------------------------------------------------------------------------------------------------------- */

static void send_reply (struct bus *bus, struct task *task)
{
    struct bytes header = task_reply_header (task);
    zmsg_t *message = zmsg_new ();

    zmsg_addmem (message, task->sender.data, task->sender.size);
    zmsg_addmem (message, task->correlation.data, task->correlation.size);
    zmsg_addmem (message, header.data, header.size);
    zmsg_addmem (message, task->answer_bytes.data, task->answer_bytes.size);
    zmsg_send (&message, bus->router);          /* an asker that has gone is no error: a ROUTER drops it */
    zmsg_destroy (&message);
}

static void send_bell (struct bus *bus, struct outgoing *one)
{
    zmsg_t *message = zmsg_new ();

    zmsg_addstr (message, one->topic);
    zmsg_addmem (message, one->body.data, one->body.size);
    zmsg_send (&message, bus->publisher);
    zmsg_destroy (&message);
}

/* One that gets lost comes by the normal lane: the log has it. */
static void send_direct (struct bus *bus, struct outgoing *one)
{
    struct error err = { 0 };

    if (bus->client && direct_event_send (bus->client, &one->event, &err) < 0)
        log_event (LOG_LEVEL_WARNING, "direct event not sent", "type", one->event.type, "detail", err.detail, NULL);
}

static void send_all (struct bus *bus)
{
    for (struct outgoing *one = outbox_take (bus->runtime->outbox), *next; one; one = next) {
        next = one->next;
        if (one->kind == OUTGOING_REPLY)
            send_reply (bus, one->task);
        else if (one->kind == OUTGOING_BELL)
            send_bell (bus, one);
        else
            send_direct (bus, one);
        outgoing_free (one);
    }
}

/* ---- the thread --------------------------------------------------------------------------------------------------------------------- */

/* Subscribers send nothing whose sender could be checked: after a change of the allow-list all of them must shake hands again. */
static void renew_publisher (struct bus *bus)
{
    struct error err = { 0 };
    char place[160];

    if (mesh_version () == bus->keys_version)
        return;
    bus->keys_version = mesh_version ();
    zsock_destroy (&bus->publisher);
    bus->publisher = mesh_bind (ZMQ_PUB, endpoint (bus, ".bell.sock", place), &err);
    if (!bus->publisher) {
        log_event (LOG_LEVEL_ERROR, "no publisher", "detail", err.detail, NULL);
        abort ();
    }
}

static long wait_ms (struct bus *bus)
{
    int timeout = bus->client ? bus_client_timeout (bus->client) : -1;

    return timeout < 0 || timeout > 1000 ? 1000 : timeout;
}

static void *run (void *arg)
{
    struct bus *bus = arg;
    struct error err = { 0 };

    bus->client = bus_client_open (option_text (bus->runtime->options, "run-dir"), &err);
    while (!atomic_load (&bus->ending)) {
        bool taking = atomic_load (&bus->taking);
        zmq_pollitem_t items[] = {
            { NULL, outbox_fd (bus->runtime->outbox), ZMQ_POLLIN, 0 },
            { NULL, bus->client ? bus_client_fd (bus->client) : -1, ZMQ_POLLIN, 0 },
            { zsock_resolve (bus->router), 0, ZMQ_POLLIN, 0 },
        };

        zmq_poll (items, taking ? 3 : 2, wait_ms (bus));
        if (taking)
            take_requests (bus);
        send_all (bus);
        if (bus->client)
            bus_client_work (bus->client);
        renew_publisher (bus);
    }
    send_all (bus);
    bus_client_close (&bus->client);
    return NULL;
}

struct bus *bus_open (struct runtime *runtime, struct crew *crew, struct error *err)
{
    struct bus *bus = calloc (1, sizeof *bus);
    char place[160];

    if (!bus)
        abort ();
    bus->runtime = runtime;
    bus->crew = crew;
    bus->taking = true;
    bus->dropped = metric_counter ("renkei_requests_dropped_total", NULL, "Messages without an allowed sender or with wrong frames.");
    bus->keys_version = mesh_version ();
    bus->router = mesh_bind (ZMQ_ROUTER, endpoint (bus, ".sock", place), err);
    bus->publisher = bus->router ? mesh_bind (ZMQ_PUB, endpoint (bus, ".bell.sock", place), err) : NULL;
    if (!bus->publisher)
        bus_stop (&bus);
    return bus;
}

int bus_start (struct bus *bus, struct error *err)
{
    if (pthread_create (&bus->thread, NULL, run, bus) != 0)
        return fail (err, ERROR_TRY_LATER, NULL, "no thread for the bus");
    bus->running = true;
    return 0;
}

void bus_stop_taking (struct bus *bus)
{
    atomic_store (&bus->taking, false);
}

void bus_stop (struct bus **bus)
{
    if (!*bus)
        return;
    atomic_store (&(*bus)->ending, true);
    if ((*bus)->running)
        pthread_join ((*bus)->thread, NULL);
    zsock_destroy (&(*bus)->router);
    zsock_destroy (&(*bus)->publisher);
    free (*bus);
    *bus = NULL;
}
