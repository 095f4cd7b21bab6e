/* The battery of the mesh: every way in which ZeroMQ's security is known to fail open must be closed (S-13, F-41, F-42). */
#include "tap.h"
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "allow_list.h"
#include "clock.h"
#include "keys.h"
#include "mesh.h"
#include "codec.h"
#include "zap.h"

enum { PATIENCE_MS = 30000 };            /* for what must come; a machine may stall */

static struct error err;
static char dir[] = "/tmp/renkei-mesh.XXXXXX";
static char endpoint[80];

/* ---- the handler's answer, as a function -------------------------------------------------------------------------------------------- */

static bool knows_everybody (const char *key, char ret_user_id[USER_ID_BYTES])
{
    snprintf (ret_user_id, USER_ID_BYTES, "svc:notify %s", key);
    return true;
}

static bool knows_nobody (const char *key, char ret_user_id[USER_ID_BYTES])
{
    (void) key;
    (void) ret_user_id;
    return false;
}

struct zap_case { const char *name, *version, *domain, *mechanism; size_t key_bytes; int keys; bool allowed; zap_lookup lookup; };

static zmsg_t *request_of (const struct zap_case *it)
{
    static const unsigned char key[64];
    zmsg_t *request = zmsg_new ();

    zmsg_addstr (request, it->version);
    zmsg_addstr (request, "42");
    zmsg_addstr (request, it->domain);
    zmsg_addstr (request, "127.0.0.1");
    zmsg_addstr (request, "");
    zmsg_addstr (request, it->mechanism);
    for (int i = 0; i < it->keys; i++)
        zmsg_addmem (request, key, it->key_bytes);
    return request;
}

static char *frame_text (zmsg_t *message, int number)
{
    zframe_t *frame = zmsg_first (message);

    while (frame && number-- > 0)
        frame = zmsg_next (message);
    return frame ? zframe_strdup (frame) : strdup ("");
}

static bool is_reply (zmsg_t *answer, const char *status)
{
    char *version = frame_text (answer, 0), *code = frame_text (answer, 2), *metadata = frame_text (answer, 5);
    bool good = zmsg_size (answer) == 6 && strcmp (version, "1.0") == 0 && strcmp (code, status) == 0 && *metadata == '\0';

    free (version);
    free (code);
    free (metadata);
    return good;
}

static void answers (void)
{
    static const struct zap_case cases[] = {
        { "a known key is let in", "1.0", "renkei", "CURVE", 32, 1, true, knows_everybody },
        { "S-13: an unknown key is refused", "1.0", "renkei", "CURVE", 32, 1, false, knows_nobody },
        { "S-13: another domain is refused", "1.0", "global", "CURVE", 32, 1, false, knows_everybody },
        { "S-13: an empty domain is refused", "1.0", "", "CURVE", 32, 1, false, knows_everybody },
        { "S-13: version 2.0 is refused", "2.0", "renkei", "CURVE", 32, 1, false, knows_everybody },
        { "S-13: no version is refused", "", "renkei", "CURVE", 32, 1, false, knows_everybody },
        { "S-13: mechanism NULL is refused", "1.0", "renkei", "NULL", 32, 1, false, knows_everybody },
        { "S-13: mechanism PLAIN is refused", "1.0", "renkei", "PLAIN", 8, 2, false, knows_everybody },
        { "S-13: mechanism GSSAPI is refused", "1.0", "renkei", "GSSAPI", 32, 1, false, knows_everybody },
        { "S-13: a key of 31 bytes is refused", "1.0", "renkei", "CURVE", 31, 1, false, knows_everybody },
        { "S-13: a key of 33 bytes is refused", "1.0", "renkei", "CURVE", 33, 1, false, knows_everybody },
        { "S-13: no key is refused", "1.0", "renkei", "CURVE", 32, 0, false, knows_everybody },
        { "S-13: two keys are refused", "1.0", "renkei", "CURVE", 32, 2, false, knows_everybody },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zmsg_t *request = request_of (&cases[i]), *answer = zap_answer (request, "renkei", cases[i].lookup);
        char *id = frame_text (answer, 1);

        ok (is_reply (answer, cases[i].allowed ? "200" : "400") && strcmp (id, "42") == 0, cases[i].name);
        free (id);
        zmsg_destroy (&answer);
        zmsg_destroy (&request);
    }
}

static void short_requests (void)
{
    static const struct zap_case whole = { "", "1.0", "renkei", "CURVE", 32, 1, true, knows_everybody };
    int wrong = 0;

    for (size_t frames = 0; frames < 7; frames++) {
        zmsg_t *request = request_of (&whole), *answer;

        while (zmsg_size (request) > frames) {
            zframe_t *last = zmsg_last (request);

            zmsg_remove (request, last);
            zframe_destroy (&last);
        }
        answer = zap_answer (request, "renkei", knows_everybody);
        wrong += !is_reply (answer, "400");
        zmsg_destroy (&answer);
        zmsg_destroy (&request);
    }
    ok (wrong == 0, "S-13: requests of 0 to 6 frames are refused in whole replies");
}

/* ---- the handler as it runs ---------------------------------------------------------------------------------------------------------- */

static void garbage_to_handler (void)
{
    int refused = 0;

    for (int i = 0; i < 200; i++) {
        zsock_t *handler = zsock_new (ZMQ_REQ);
        zmsg_t *request = zmsg_new (), *answer;
        unsigned char bytes[300];
        int frames = i % 10;

        zsock_set_rcvtimeo (handler, PATIENCE_MS);
        zsock_connect (handler, "inproc://zeromq.zap.01");
        for (int f = 0; f <= frames; f++) {
            for (size_t b = 0; b < sizeof bytes; b++)
                bytes[b] = (unsigned char) (i * 31 + f * 7 + (int) b * 13);
            zmsg_addmem (request, bytes, i % 3 ? (size_t) (i * 37 % 300) : 0);
        }
        zmsg_send (&request, handler);
        answer = zmsg_recv (handler);
        refused += answer && is_reply (answer, "400");
        zmsg_destroy (&answer);
        zsock_destroy (&handler);
    }
    ok (refused == 200, "S-13: the running handler answers every kind of garbage with 400 and lives on");
}

/* ---- a service and its callers ------------------------------------------------------------------------------------------------------- */

/* A client with keys of our choosing, as an attacker would make one. */
static zsock_t *client_with (const char *public_key, const char *secret_key, const char *server_key)
{
    zsock_t *client = zsock_new (ZMQ_DEALER);

    zsock_set_linger (client, 0);
    zsock_set_rcvtimeo (client, 1000);
    zsock_set_immediate (client, 1);
    zsock_set_sndtimeo (client, 300);
    if (public_key) {
        zsock_set_curve_publickey (client, public_key);
        zsock_set_curve_secretkey (client, secret_key);
        zsock_set_curve_serverkey (client, server_key);
    }
    zsock_connect (client, "%s", endpoint);
    return client;
}

/* What the server reads next, as principal and whether a message came at all. */
static bool server_reads (zsock_t *server, int wait_ms, const char **ret_principal)
{
    zsock_set_rcvtimeo (server, wait_ms);
    zmsg_t *message = zmsg_recv (server);
    bool came = message != NULL;

    *ret_principal = came ? mesh_principal_of (zmsg_last (message)) : NULL;
    zmsg_destroy (&message);
    return came;
}

static void known_key (zsock_t *server)
{
    const char *principal;
    zsock_t *client = mesh_connect (ZMQ_DEALER, endpoint, "svc:registry", &err);

    ok (client != NULL, "a known principal gets a socket");
    zstr_send (client, "hello");
    ok (server_reads (server, PATIENCE_MS, &principal), "...and its message arrives");
    is (principal, "svc:registry", "...under its name");
    zsock_destroy (&client);
}

/* The codec lets a message be 1 MiB; encrypted it is a little longer, and a limit met on the way breaks the whole connection. */
static void the_longest_message (zsock_t *server)
{
    zsock_t *client = mesh_connect (ZMQ_DEALER, endpoint, "svc:registry", &err);
    char *bytes = calloc (1, CODEC_MESSAGE_MAX + 100000);
    static const size_t sizes[] = { CODEC_MESSAGE_MAX - 1, CODEC_MESSAGE_MAX, 1 };
    const char *principal;

    for (size_t i = 0; i < 3; i++) {
        zframe_t *frame = zframe_new (bytes, sizes[i]);

        zframe_send (&frame, client, 0);
        ok (server_reads (server, PATIENCE_MS, &principal),
            i < 2 ? "a message of the longest the codec makes arrives" : "...and so does the next");
    }
    zmq_send (zsock_resolve (client), bytes, CODEC_MESSAGE_MAX + 100000, 0);
    ok (!server_reads (server, 500, &principal), "one a good deal longer does not");
    free (bytes);
    zsock_destroy (&client);
}

static void unknown_keys (zsock_t *server, const char *server_key)
{
    const char *principal;
    struct key_pair own;
    zsock_t *clients[3];

    zmq_curve_keypair (own.public_key, own.secret_key);
    clients[0] = client_with (own.public_key, own.secret_key, server_key);
    clients[1] = client_with (NULL, NULL, NULL);
    zmq_curve_keypair (own.public_key, own.secret_key);
    clients[2] = client_with (own.public_key, own.secret_key, own.public_key);
    for (int i = 0; i < 3; i++)
        zstr_send (clients[i], "let me in");
    ok (!server_reads (server, 500, &principal), "S-13: a fresh key, no security and a wrong server key get no message through");
    for (int i = 0; i < 3; i++)
        zsock_destroy (&clients[i]);
}

static void claimed_name (zsock_t *server, const struct key_pair *notify, const char *server_key)
{
    const char *principal;
    zsock_t *client = zsock_new (ZMQ_DEALER);

    zsock_set_identity (client, "gateway");
    zsock_set_linger (client, 0);
    zsock_set_curve_publickey (client, notify->public_key);
    zsock_set_curve_secretkey (client, notify->secret_key);
    zsock_set_curve_serverkey (client, server_key);
    zsock_connect (client, "%s", endpoint);
    zstr_send (client, "I am the gateway");
    ok (server_reads (server, PATIENCE_MS, &principal), "a client may call itself what it wants");
    is (principal, "svc:notify", "S-13: ...but counts as the principal its key belongs to");
    zsock_destroy (&client);
}

static void no_user_id (void)
{
    zsock_t *bound = zsock_new (ZMQ_PULL), *sender = zsock_new (ZMQ_PUSH);
    zmsg_t *message;

    zsock_bind (bound, "inproc://test-plain");
    zsock_connect (sender, "inproc://test-plain");
    zstr_send (sender, "forwarded");
    message = zmsg_recv (bound);
    ok (mesh_principal_of (zmsg_first (message)) == NULL, "S-13: a frame without User-Id is nobody's");
    ok (mesh_principal_of (NULL) == NULL, "...and so is no frame");
    zmsg_destroy (&message);
    zsock_destroy (&bound);
    zsock_destroy (&sender);
}

static void no_domain (const struct key_pair *pair)
{
    static const char elsewhere[] = "inproc-wrong-domain";
    struct key_pair stranger;
    const char *principal;
    char address[80], kept[sizeof endpoint];
    zsock_t *server = zsock_new (ZMQ_ROUTER), *client;

    snprintf (address, sizeof address, "ipc://%s/%s", dir, elsewhere);
    zsock_set_zap_domain (server, "elsewhere");
    zsock_set_curve_server (server, 1);
    zsock_set_curve_publickey (server, pair->public_key);
    zsock_set_curve_secretkey (server, pair->secret_key);
    zsock_bind (server, "%s", address);
    zmq_curve_keypair (stranger.public_key, stranger.secret_key);
    memcpy (kept, endpoint, sizeof kept);
    snprintf (endpoint, sizeof endpoint, "%s", address);
    client = client_with (pair->public_key, pair->secret_key, pair->public_key);
    zstr_send (client, "x");
    ok (!server_reads (server, 400, &principal), "S-13: a socket with another domain lets nobody in, not even a known key");
    memcpy (endpoint, kept, sizeof kept);
    zsock_destroy (&client);
    zsock_destroy (&server);
}

static void raw_garbage (zsock_t *server)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *principal;
    zsock_t *client;
    int fds[60], opened = 0;

    snprintf (address.sun_path, sizeof address.sun_path, "%s", endpoint + strlen ("ipc://"));
    for (int i = 0; i < 60; i++) {
        unsigned char bytes[128];

        for (size_t b = 0; b < sizeof bytes; b++)
            bytes[b] = (unsigned char) (i * 17 + (int) b * 5);
        if (i % 3 == 0)
            memcpy (bytes, "\xff\0\0\0\0\0\0\0\1\x7f\3\0CURVE", 17);
        fds[i] = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect (fds[i], (struct sockaddr *) &address, sizeof address) == 0 && write (fds[i], bytes, (size_t) (i * 2 + 1)) > 0)
            opened++;
    }
    ok (opened == 60, "sixty raw connections send garbage or nothing whole");
    client = mesh_connect (ZMQ_DEALER, endpoint, "svc:registry", &err);
    zstr_send (client, "still there?");
    ok (server_reads (server, PATIENCE_MS, &principal) && principal, "F-42: ...and a known principal is served meanwhile");
    zsock_destroy (&client);
    for (int i = 0; i < 60; i++)
        close (fds[i]);
}

static void wait_for_version (long long version)
{
    for (int i = 0; i < 300 && mesh_version () < version; i++)
        zclock_sleep (100);
}

static void revocation (zsock_t *server, const struct key_pair *notify, const char *server_key)
{
    const char *principal;
    long long before = mesh_version ();
    zsock_t *open = client_with (notify->public_key, notify->secret_key, server_key), *fresh;

    zstr_send (open, "before");
    ok (server_reads (server, PATIENCE_MS, &principal) && principal, "before its key is revoked a principal is heard");
    keys_revoke (dir, "svc:notify", &err);
    wait_for_version (before + 1);
    zstr_send (open, "after");
    ok (server_reads (server, PATIENCE_MS, &principal) && !principal, "S-13: afterwards its open connection is nobody's");
    ok (!mesh_is_allowed ("svc:notify") && mesh_is_allowed ("svc:registry"), "...and the mesh says so");
    fresh = client_with (notify->public_key, notify->secret_key, server_key);
    zstr_send (fresh, "again");
    ok (!server_reads (server, 500, &principal), "S-13: ...and a new connection is refused");
    zsock_destroy (&fresh);
    zsock_destroy (&open);
}

static void rotation (zsock_t *server)
{
    const char *principal;
    struct key_pair old;
    long long before = mesh_version ();
    zsock_t *open = mesh_connect (ZMQ_DEALER, endpoint, "svc:registry", &err), *fresh;

    zstr_send (open, "old");
    server_reads (server, PATIENCE_MS, &principal);
    keys_read_pair (dir, "svc:registry", &old, &err);
    keys_rotate (dir, "svc:registry", 3, &err);
    wait_for_version (before + 1);
    zstr_send (open, "old, within the grace");
    ok (server_reads (server, PATIENCE_MS, &principal) && principal, "F-40: while keys rotate the old one is still heard");
    fresh = mesh_connect_nth (ZMQ_DEALER, endpoint, "svc:registry", 1, &err);
    zstr_send (fresh, "to the running peer");
    ok (server_reads (server, PATIENCE_MS, &principal) && principal, "F-40: ...and a peer that still runs with its old key can be reached");
    ok (!mesh_connect_nth (ZMQ_DEALER, endpoint, "svc:registry", 2, &err) && err.key == ERROR_NOT_FOR_YOU, "...by no third key");
    zclock_sleep (3500);
    zstr_send (open, "old, too late");
    ok (server_reads (server, PATIENCE_MS, &principal) && !principal, "F-40: after the grace the old key is nobody's, on an open connection too");
    zsock_destroy (&open);
    zsock_destroy (&fresh);
}

static void bad_list_keeps_old (void)
{
    long long before = mesh_version ();
    char path[64];
    FILE *file;

    snprintf (path, sizeof path, "%s/allow-list", dir);
    file = fopen (path, "w");
    fputs ("renkei allow-list 1\nversion 99\nsignature 00\n", file);
    fclose (file);
    zclock_sleep (1300);
    ok (mesh_version () == before && mesh_is_allowed ("gateway"), "S-13: an allow-list nobody signed changes nothing");
}

static void empty_list (void)
{
    unsigned char secret[REGION_SECRET_BYTES], hex[2 * REGION_SECRET_BYTES];
    struct allow_list list = { .version = mesh_version () + 10 };
    char path[64], *text;
    FILE *file;
    size_t got;

    snprintf (path, sizeof path, "%s/region.key", dir);
    file = fopen (path, "r");
    got = fread (hex, 1, sizeof hex, file);
    fclose (file);
    for (size_t i = 0; got == sizeof hex && i < sizeof secret; i++)
        sscanf ((char *) hex + 2 * i, "%2hhx", &secret[i]);
    text = allow_list_print (&list, secret);
    snprintf (path, sizeof path, "%s/allow-list", dir);
    file = fopen (path, "w");
    fputs (text, file);
    fclose (file);
    free (text);
    wait_for_version (list.version);
    ok (!mesh_is_allowed ("gateway"), "S-13: an empty allow-list allows nobody");
    ok (mesh_canary (endpoint, "svc:registry", &err) < 0, "...not even ourselves, which the canary tells");
}

static void canary (void)
{
    static const char nowhere[] = "ipc:///tmp/renkei-nobody-listens-here";

    ok (mesh_canary (endpoint, "svc:registry", &err) == 0, "S-13: the canary is refused as a stranger and accepted as ourselves");
    ok (mesh_canary (nowhere, "svc:registry", &err) < 0, "...and tells when nobody listens");
}

/* ENFORCE_DOMAIN with an empty domain is the trap: libzmq then asks no handler and lets everybody in. */
static void canary_sees_open_door (void)
{
    zsock_t *open = zsock_new (ZMQ_ROUTER);
    struct key_pair own;
    char address[80];
    int enforce = 1;

    keys_read_pair (dir, "svc:registry", &own, &err);
    snprintf (address, sizeof address, "ipc://%s/open", dir);
    zsock_set_curve_server (open, 1);
    zsock_set_curve_publickey (open, own.public_key);
    zsock_set_curve_secretkey (open, own.secret_key);
    zmq_setsockopt (zsock_resolve (open), 93, &enforce, sizeof enforce);
    zsock_bind (open, "%s", address);
    ok (mesh_canary (address, "svc:registry", &err) < 0 && strstr (err.detail, "does not refuse"),
        "S-13: the canary sees a door left open");
    zsock_destroy (&open);
}

static void dead_handler (zsock_t **server)
{
    const char *principal;
    struct key_pair stranger, own;
    zsock_t *client;

    keys_read_pair (dir, "svc:registry", &own, &err);
    mesh_close ();
    zmq_curve_keypair (stranger.public_key, stranger.secret_key);
    client = client_with (stranger.public_key, stranger.secret_key, own.public_key);
    zstr_send (client, "is anybody watching?");
    ok (!server_reads (*server, 500, &principal), "F-41: with the handler dead a bound socket refuses strangers");
    ok (mesh_canary (endpoint, "svc:registry", &err) < 0, "F-41: ...and the canary tells that the handler is dead");
    ok (!mesh_bind (ZMQ_ROUTER, "ipc:///tmp/renkei-never", &err), "F-41: ...and no new socket can be bound");
    zsock_destroy (&client);
    zsock_destroy (server);
}

static void again_and_again (void)
{
    int opened = 0;

    for (int i = 0; i < 300; i++) {
        opened += mesh_open (dir, "svc:registry", &err) == 0;
        mesh_close ();
    }
    is_number (opened, 300, "a mesh that was closed can be opened at once, however late ZeroMQ lets go of its sockets");
}

int main (void)
{
    struct key_pair registry = { 0 }, notify = { 0 };
    char command[64];
    zsock_t *server;

    if (!mkdtemp (dir))
        return 1;
    snprintf (endpoint, sizeof endpoint, "ipc://%s/registry.sock", dir);
    answers ();
    short_requests ();
    ok (mesh_open (dir, "svc:registry", &err) < 0, "without keys there is no mesh");
    keys_make_region (dir, &err);
    keys_make_principal (dir, "svc:registry", &err);
    keys_make_principal (dir, "svc:notify", &err);
    keys_make_principal (dir, "gateway", &err);
    keys_read_pair (dir, "svc:registry", &registry, &err);
    keys_read_pair (dir, "svc:notify", &notify, &err);
    ok (!mesh_bind (ZMQ_ROUTER, endpoint, &err), "S-13: no socket before the handler");
    ok (mesh_open (dir, "svc:registry", &err) == 0, "with keys the mesh opens");
    garbage_to_handler ();
    server = mesh_bind (ZMQ_ROUTER, endpoint, &err);
    ok (server != NULL, "a service binds");
    known_key (server);
    the_longest_message (server);
    unknown_keys (server, registry.public_key);
    claimed_name (server, &notify, registry.public_key);
    no_user_id ();
    no_domain (&registry);
    raw_garbage (server);
    canary ();
    canary_sees_open_door ();
    revocation (server, &notify, registry.public_key);
    rotation (server);
    bad_list_keeps_old ();
    empty_list ();
    dead_handler (&server);
    again_and_again ();
    snprintf (command, sizeof command, "rm -rf %s", dir);
    return system (command) != 0 || done ();
}
