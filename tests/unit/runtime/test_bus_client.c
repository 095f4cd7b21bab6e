/* What a caller on the bus gets from a peer that answers, refuses, is silent, talks nonsense, stops or comes back. */
#include "tap.h"
#include <poll.h>
#include <pthread.h>
#include "bus_client.h"
#include "clock.h"
#include "keys.h"
#include "mesh.h"
#include "zeromq.h"

static char dir[] = "/tmp/renkei-bus.XXXXXX";
static struct error err;

/* ---- a peer whose manners are told by the trace field of each request ---------------------------------------------------------------- */

struct peer { pthread_t thread; _Atomic bool stop; _Atomic int received; };

static void add (zmsg_t *message, const struct message_type *type, const void *value)
{
    ARENA (arena);
    struct bytes bytes;

    if (codec_pack (type, value, &arena, &bytes, &err) == 0)
        zmsg_addmem (message, bytes.data, bytes.size);
}

static void refuse (zmsg_t *reply)
{
    static const struct error_param params[] = { { "name", "山本" } };
    static const struct field_error fields[] = { { "/reason", "text_empty" } };
    const struct reply_header header = {
        .kind = ERROR_KIND_CONFLICT, .key = "already_accepted", .params = { params, 1 }, .fields = { fields, 1 }
    };

    add (reply, &reply_header_message, &header);
}

static void reply_to (zsock_t *socket, zmsg_t *request, const char *manner)
{
    zmsg_t *reply = zmsg_new ();
    zframe_t *to = zmsg_pop (request), *correlation = zmsg_pop (request);
    const struct reply_header good = { .ok = true };
    const struct done done = { .has_version = true, .version = 7 };

    zmsg_append (reply, &to);
    if (strcmp (manner, "wrong number") == 0)
        memset (zframe_data (correlation), 0x7f, zframe_size (correlation));
    zmsg_append (reply, &correlation);
    if (strcmp (manner, "refuse") == 0)
        refuse (reply);
    else if (strcmp (manner, "garbage") == 0)
        zmsg_addstr (reply, "\xdd\x05");
    else {
        add (reply, &reply_header_message, &good);
        add (reply, &done_message, &done);
    }
    zmsg_send (&reply, socket);
}

static void serve_one (struct peer *peer, zsock_t *socket, zsock_t *bell)
{
    ARENA (arena);
    struct request_header header = { 0 };
    struct error ignored;
    zmsg_t *request = zmsg_recv (socket);
    zframe_t *frame;

    if (!request)
        return;
    peer->received++;
    zmsg_first (request);
    zmsg_next (request);
    frame = zmsg_next (request);
    codec_unpack (&request_header_message, (struct bytes) { zframe_data (frame), zframe_size (frame) }, &arena, &header, &ignored);
    if (header.trace && strcmp (header.trace, "ring") == 0) {
        struct doorbell rung = { .topic = "event", .subject = "0190b0a0-0000-7000-8000-000000000001", .position = 5 };
        zmsg_t *message = zmsg_new ();

        zmsg_addstr (message, "event");
        add (message, &doorbell_message, &rung);
        zmsg_send (&message, bell);
        zstr_sendm (bell, "event");
        zstr_send (bell, "no doorbell");
        zstr_sendx (bell, "feed", "", NULL);
    }
    if (mesh_principal_of (frame) && !(header.trace && strcmp (header.trace, "silent") == 0))
        reply_to (socket, request, header.trace ? header.trace : "");
    zmsg_destroy (&request);
}

static void *serve (void *arg)
{
    struct peer *peer = arg;
    char endpoint[96], bell_endpoint[96];
    struct error failed = { 0 };
    zsock_t *socket, *bell;

    snprintf (endpoint, sizeof endpoint, "ipc://%s/registry.sock", dir);
    snprintf (bell_endpoint, sizeof bell_endpoint, "ipc://%s/registry.bell.sock", dir);
    socket = mesh_bind (ZMQ_ROUTER, endpoint, &failed);
    bell = mesh_bind (ZMQ_PUB, bell_endpoint, &failed);
    if (socket)
        zsock_set_rcvtimeo (socket, 20);
    while (socket && bell && !peer->stop)
        serve_one (peer, socket, bell);
    zsock_destroy (&bell);
    zsock_destroy (&socket);
    return NULL;
}

static void peer_start (struct peer *peer)
{
    peer->stop = false;
    peer->received = 0;
    pthread_create (&peer->thread, NULL, serve, peer);
}

static void peer_stop (struct peer *peer)
{
    peer->stop = true;
    pthread_join (peer->thread, NULL);
}

/* ---- calls --------------------------------------------------------------------------------------------------------------------------- */

static const char *call (struct bus_client *client, const char *service, const char *manner, bool is_command, int timeout_ms)
{
    static struct done answer;
    ARENA (arena);
    struct request_header header = { .trace = manner };
    const struct quarantine_release release = { .event_id = "0190b0a0-0000-7000-8000-000000000001", .reason = "x" };
    const struct quarantine_list list = { 0 };
    struct error failed = { 0 };

    answer = (struct done) { 0 };
    if (bus_client_call (client, service, &header, is_command ? &quarantine_release_message : &quarantine_list_message,
                         is_command ? (const void *)&release : (const void *)&list, &done_message, &answer, timeout_ms, &arena, &failed)
        < 0) {
        err = failed;
        return error_name_of (&err);
    }
    return answer.version == 7 ? "answered" : "wrong answer";
}

static void conversation (struct bus_client *client)
{
    is (call (client, "registry", "", true, 3000), "answered", "a command is answered");
    is (call (client, "registry", "", false, 3000), "answered", "a query is answered");
    is (call (client, "registry", "refuse", true, 3000), "already_accepted", "a refusal keeps its key");
    ok (err.param_count == 1 && strcmp (err.params[0].value, "山本") == 0, "...its values");
    ok (err.field_count == 1 && strcmp (err.fields[0].pointer, "/reason") == 0 && err.fields[0].key == ERROR_TEXT_EMPTY,
        "...and its fields");
    is (call (client, "registry", "garbage", true, 3000), "outcome_unknown", "I13: an answer nobody can read leaves the outcome unknown");
    is (call (client, "registry", "silent", true, 200), "outcome_unknown",
        "I13: a command that was handed over and not answered is unknown");
    is (call (client, "registry", "silent", false, 200), "try_later", "...a query can simply be asked again");
    is (call (client, "registry", "wrong number", false, 200), "try_later", "an answer to something else answers nothing");
    is (call (client, "registry", "", false, 3000), "answered", "...and disturbs nothing");
}

static void absent (struct bus_client *client)
{
    int64_t before = clock_monotonic_us (), took;

    is (call (client, "nobody", "", true, 300), "try_later", "a command to a service that is not there was surely not done");
    took = clock_monotonic_us () - before;
    ok (took >= 300000 && took < 600000, "...which is said at the deadline");
    is (call (client, "../registry", "", true, 300), "bug", "a path is not a service");
}

static void restart (struct bus_client *client, struct peer *peer)
{
    peer_stop (peer);
    zclock_sleep (300);
    is (call (client, "registry", "", true, 300), "try_later", "while the service is stopped a command is not handed over");
    peer_start (peer);
    is (call (client, "registry", "", true, 3000), "answered", "...and when it is back it is reached again");
}

/* ---- many at once -------------------------------------------------------------------------------------------------------------------- */

static int good, refused;

static void count_answer (void *arg, const struct reply_header *header, struct bytes body)
{
    (void) body;
    header->ok ? good++ : refused++;
    if (arg)
        *(int *) arg += 1;
}

static void turn (struct bus_client *client, int milliseconds)
{
    int64_t until = clock_monotonic_us () + milliseconds * 1000;
    struct pollfd poller = { .fd = bus_client_fd (client), .events = POLLIN };

    while (clock_monotonic_us () < until) {
        int wait = bus_client_timeout (client), left = (int) ((until - clock_monotonic_us ()) / 1000);

        poll (&poller, 1, wait < 0 || wait > left ? left < 0 ? 0 : left : wait);
        bus_client_work (client);
    }
}

static int send_many (struct bus_client *client, const char *service, const char *manner, int count, int timeout_ms)
{
    const struct request_header header = { .message = "quarantine_list", .version = 1, .trace = manner };
    int accepted = 0;

    good = refused = 0;
    for (int i = 0; i < count; i++)
        accepted += bus_client_send (client, service, &header, false, (struct bytes) { (const unsigned char *) "\x80", 1 }, timeout_ms,
                                     count_answer, NULL, &err) == 0;
    return accepted;
}

/* ThreadSanitizer makes the peer too slow for its heartbeat when there are more. */
#ifdef __SANITIZE_THREAD__
enum { AT_ONCE = 300 };
#else
enum { AT_ONCE = 3000 };
#endif

static void many (struct bus_client *client)
{
    send_many (client, "registry", "", AT_ONCE, 60000);
    for (int i = 0; i < 400 && good < AT_ONCE; i++)
        turn (client, 100);
    ok (good == AT_ONCE && refused == 0, "thousands of requests at once are all answered");
    ok (send_many (client, "nobody", "", 10500, 400) == 10000 && err.key == ERROR_TRY_LATER,
        "more than 10,000 in flight are refused at once");
    for (int i = 0; i < 100 && refused < 10000; i++)
        turn (client, 100);
    ok (good == 0 && refused == 10000, "...and each of them ends at its deadline");
    ok (bus_client_timeout (client) > 0, "...after which there is no hurry");
}

static void chain (void *arg, const struct reply_header *header, struct bytes body)
{
    struct bus_client *client = arg;
    const struct request_header next = { .message = "quarantine_list", .version = 1 };

    (void) body;
    good += header->ok;
    if (good < 5)
        bus_client_send (client, "registry", &next, false, (struct bytes){ (const unsigned char *)"\x80", 1 }, 20000, chain, client, &err);
}

static void sending_from_callback (struct bus_client *client)
{
    const struct request_header header = { .message = "quarantine_list", .version = 1 };

    good = 0;
    bus_client_send (client, "registry", &header, false, (struct bytes) { (const unsigned char *) "\x80", 1 }, 20000, chain, client, &err);
    for (int i = 0; i < 100 && good < 5; i++)
        turn (client, 100);
    ok (good == 5, "an answer may send the next request");
}

/* ---- bells --------------------------------------------------------------------------------------------------------------------------- */

static int rings;
static int64_t last_position;

static void rung (void *arg, const char *service, const struct doorbell *bell)
{
    *(int *) arg += strcmp (service, "registry") == 0;
    last_position = bell->position;
}

static void bells (struct bus_client *client, struct peer *peer)
{
    ok (bus_client_subscribe (client, "registry", "event", rung, &rings, &err) == 0, "a topic can be subscribed to");
    for (int i = 0; i < 20 && !rings; i++) {
        call (client, "registry", "ring", false, 1000);
        turn (client, 100);
    }
    ok (rings > 0 && last_position == 5, "...its bell is heard");
    rings = 0;
    call (client, "registry", "ring", false, 1000);
    turn (client, 200);
    is_number (rings, 1, "...once, without the topics not asked for and what is no doorbell");
    peer_stop (peer);
    peer_start (peer);
    rings = 0;
    for (int i = 0; i < 20 && !rings; i++) {
        call (client, "registry", "ring", false, 1000);
        turn (client, 100);
    }
    ok (rings > 0, "...and again after the service was restarted");
}

static void rotation (struct peer *peer)
{
    struct bus_client *client;
    long long before = mesh_version ();

    keys_rotate (dir, "svc:registry", 60, &err);
    for (int i = 0; i < 30 && mesh_version () == before; i++)
        zclock_sleep (100);
    (void) peer;
    client = bus_client_open (dir, &err);
    is (call (client, "registry", "", true, 4000), "answered", "F-40: a peer that still runs with the key before is reached");
    bus_client_close (&client);
}

static void closing (void)
{
    struct bus_client *client = bus_client_open (dir, &err);

    send_many (client, "nobody", "", 3, 60000);
    bus_client_close (&client);
    ok (refused == 3 && !client, "closing ends what is in flight");
}

int main (void)
{
    struct peer peer = { 0 };
    struct bus_client *client;
    char command[64];

    if (!mkdtemp (dir))
        return 1;
    keys_make_region (dir, &err);
    keys_make_principal (dir, "svc:registry", &err);
    if (mesh_open (dir, "svc:registry", &err) < 0)
        return 1;
    peer_start (&peer);
    client = bus_client_open (dir, &err);
    conversation (client);
    absent (client);
    restart (client, &peer);
    many (client);
    sending_from_callback (client);
    bells (client, &peer);
    rotation (&peer);
    closing ();
    bus_client_close (&client);
    peer_stop (&peer);
    mesh_close ();
    snprintf (command, sizeof command, "rm -rf %s", dir);
    return system (command) != 0 || done ();
}
