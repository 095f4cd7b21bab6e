#include "mesh.h"
#include <pthread.h>
#include <sodium.h>
#include "clock.h"
#include "codec.h"
#include "keys.h"
#include "zap.h"

static const char domain[] = "renkei";

enum {
    OPTION_ZAP_ENFORCE_DOMAIN = 93,     /* ZMQ_ZAP_ENFORCE_DOMAIN: declared among the drafts, present in every build of 4.3 */
    FRAME_BYTES_MAX = CODEC_MESSAGE_MAX + 1024,     /* CURVE adds 33 bytes; over the limit libzmq drops the connection, not the message */
    HANDSHAKE_MS = 5000, HIGH_WATER_MARK = 10000, LINGER_MS = 500, HEARTBEAT_MS = 3000,
    HEARTBEAT_LOST_MS = 15000, RECONNECT_MS = 50, RECONNECT_MOST_MS = 1000, REFRESH_MS = 1000, CANARY_MS = 3000, NAMES_MAX = 512
};

/* The process has one mesh, as it has one ZeroMQ context.  The list is read by every receiving thread and replaced by the handler's. */
static struct {
    pthread_rwlock_t lock;
    struct allow_list *list;
    unsigned char digest[crypto_hash_sha256_BYTES];     /* of the list's text */
    const char *names[NAMES_MAX];                       /* every principal ever seen, so that a name outlives its list */
    size_t name_count;
    unsigned char region[REGION_PUBLIC_BYTES];
    char *keys_dir;
    struct key_pair own;
    zactor_t *handler;
} mesh = { .lock = PTHREAD_RWLOCK_INITIALIZER };

static int64_t now_seconds (void)
{
    return clock_real_us () / SECOND_US;
}

/* ---- the allow-list ---------------------------------------------------------------------------------------------------------------- */

static const char *name_of (const char *principal)
{
    for (size_t i = 0; i < mesh.name_count; i++)
        if (strcmp (mesh.names[i], principal) == 0)
            return mesh.names[i];
    return NULL;
}

static void remember_names (const struct allow_list *list)
{
    for (size_t i = 0; i < list->count && mesh.name_count < NAMES_MAX; i++)
        if (!name_of (list->keys[i].principal) && !(mesh.names[mesh.name_count++] = strdup (list->keys[i].principal)))
            abort ();
}

/* An older list than the one in force is refused like a wrong signature: the one in force stays. */
static int take_list (const char *text, size_t size, const unsigned char *digest, struct error *err)
{
    struct allow_list *list = calloc (1, sizeof *list);
    int rc;

    if (!list)
        abort ();
    rc = allow_list_parse (text, size, mesh.region, list, err);
    pthread_rwlock_wrlock (&mesh.lock);
    if (rc == 0 && mesh.list && list->version < mesh.list->version)
        rc = fail (err, ERROR_MALFORMED, NULL, "allow-list: version %lld is older than the one in force", (long long) list->version);
    if (rc == 0) {
        struct allow_list *old = mesh.list;

        mesh.list = list;
        list = old;
        memcpy (mesh.digest, digest, sizeof mesh.digest);
        remember_names (mesh.list);
    }
    pthread_rwlock_unlock (&mesh.lock);
    free (list);
    return rc;
}

static int refresh (struct error *err)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *text = NULL;
    size_t size = 0;
    int rc = 0;

    if (keys_read_list (mesh.keys_dir, &text, &size, err) < 0)
        return -1;
    crypto_hash_sha256 (digest, (const unsigned char *) text, size);
    if (!mesh.list || memcmp (digest, mesh.digest, sizeof digest) != 0)
        rc = take_list (text, size, digest, err);
    free (text);
    return rc;
}

bool mesh_is_allowed (const char *principal)
{
    bool allowed;

    pthread_rwlock_rdlock (&mesh.lock);
    allowed = mesh.list && principal && allow_list_key_of (mesh.list, principal, 0, now_seconds ());
    pthread_rwlock_unlock (&mesh.lock);
    return allowed;
}

long long mesh_version (void)
{
    long long version;

    pthread_rwlock_rdlock (&mesh.lock);
    version = mesh.list ? mesh.list->version : 0;
    pthread_rwlock_unlock (&mesh.lock);
    return version;
}

const char *mesh_principal_of (struct _zframe_t *frame)
{
    const char *user_id = frame ? zframe_meta (frame, "User-Id") : NULL;
    const char *space = user_id ? strchr (user_id, ' ') : NULL, *name = NULL;
    const struct allowed_key *key;

    if (!space)
        return NULL;
    pthread_rwlock_rdlock (&mesh.lock);
    key = mesh.list ? allow_list_find (mesh.list, space + 1, now_seconds ()) : NULL;
    if (key && strlen (key->principal) == (size_t) (space - user_id) && strncmp (key->principal, user_id, (size_t) (space - user_id)) == 0)
        name = name_of (key->principal);
    pthread_rwlock_unlock (&mesh.lock);
    return name;
}

/* ---- the handler's thread ---------------------------------------------------------------------------------------------------------- */

static bool look_up (const char *public_key, char ret_user_id[USER_ID_BYTES])
{
    const struct allowed_key *key;

    pthread_rwlock_rdlock (&mesh.lock);
    key = mesh.list ? allow_list_find (mesh.list, public_key, now_seconds ()) : NULL;
    if (key)
        snprintf (ret_user_id, USER_ID_BYTES, "%s %s", key->principal, key->key);
    pthread_rwlock_unlock (&mesh.lock);
    return key != NULL;
}

static void answer_one (zsock_t *socket)
{
    struct error ignored = { 0 };
    zmsg_t *request = zmsg_recv (socket), *answer;

    if (!request)
        return;
    refresh (&ignored);                 /* a file that cannot be used leaves the list in force */
    answer = zap_answer (request, domain, look_up);
    zmsg_send (&answer, socket);
    zmsg_destroy (&answer);
    zmsg_destroy (&request);
}

static const char zap_endpoint[] = "inproc://zeromq.zap.01";

/* A closed socket keeps its name until ZeroMQ's reaper thread comes to it, which on a busy machine may be after the next handler wants it. */
static void give_back (zsock_t *socket, int bound)
{
    if (bound >= 0)
        zsock_unbind (socket, "%s", zap_endpoint);
    zsock_destroy (&socket);
}

static void handle (zsock_t *pipe, void *args)
{
    zsock_t *socket = zsock_new (ZMQ_REP);
    int bound = socket ? zsock_bind (socket, "%s", zap_endpoint) : -1;
    zpoller_t *poller = zpoller_new (pipe, socket, NULL);
    struct error ignored = { 0 };

    *(int *) args = bound;
    zsock_signal (pipe, 0);
    for (void *ready = NULL; bound >= 0 && poller && ready != pipe;) {
        ready = zpoller_wait (poller, REFRESH_MS);
        if (ready == socket)
            answer_one (socket);
        else if (!ready)
            refresh (&ignored);
    }
    zpoller_destroy (&poller);
    give_back (socket, bound);
}

static int start_handler (struct error *err)
{
    int bound = -1;

    mesh.handler = zactor_new (handle, &bound);         /* returns after the handler has bound, or has failed to */
    if (mesh.handler && bound >= 0)
        return 0;
    zactor_destroy (&mesh.handler);
    return fail (err, ERROR_BUG, NULL, "mesh: the ZAP handler cannot bind");
}

int mesh_open (const char *keys_dir, const char *principal, struct error *err)
{
    if (mesh.handler)
        return fail (err, ERROR_BUG, NULL, "mesh: already open");
    setenv ("ZSYS_SIGHANDLER", "false", 1);             /* signals are the service's */
    if (!zsys_init () || !zsys_has_curve () || sodium_init () < 0)
        return fail (err, ERROR_BUG, NULL, "mesh: ZeroMQ without CURVE, or no libsodium");
    free (mesh.keys_dir);
    mesh.keys_dir = strdup (keys_dir);
    if (!mesh.keys_dir)
        abort ();
    if (keys_read_region (keys_dir, mesh.region, err) < 0 || keys_read_pair (keys_dir, principal, &mesh.own, err) < 0 || refresh (err) < 0)
        return -1;
    return start_handler (err);
}

void mesh_close (void)
{
    zactor_destroy (&mesh.handler);
    pthread_rwlock_wrlock (&mesh.lock);
    free (mesh.list);
    mesh.list = NULL;
    free (mesh.keys_dir);
    mesh.keys_dir = NULL;
    sodium_memzero (&mesh.own, sizeof mesh.own);
    pthread_rwlock_unlock (&mesh.lock);
}

/* ---- sockets ----------------------------------------------------------------------------------------------------------------------- */

static void set_limits (zsock_t *socket)
{
    zsock_set_maxmsgsize (socket, FRAME_BYTES_MAX);
    zsock_set_handshake_ivl (socket, HANDSHAKE_MS);
    zsock_set_sndhwm (socket, HIGH_WATER_MARK);
    zsock_set_rcvhwm (socket, HIGH_WATER_MARK);
    zsock_set_linger (socket, LINGER_MS);
    zsock_set_heartbeat_ivl (socket, HEARTBEAT_MS);
    zsock_set_heartbeat_timeout (socket, HEARTBEAT_LOST_MS);
    zsock_set_heartbeat_ttl (socket, HEARTBEAT_LOST_MS);
    zsock_set_reconnect_ivl (socket, RECONNECT_MS);
    zsock_set_reconnect_ivl_max (socket, RECONNECT_MOST_MS);
}

static int set_server (zsock_t *socket)
{
    int enforce = 1;

    zsock_set_zap_domain (socket, domain);
    zsock_set_curve_server (socket, 1);
    zsock_set_curve_publickey (socket, mesh.own.public_key);
    zsock_set_curve_secretkey (socket, mesh.own.secret_key);
    return zmq_setsockopt (zsock_resolve (socket), OPTION_ZAP_ENFORCE_DOMAIN, &enforce, sizeof enforce);
}

struct _zsock_t *mesh_bind (int socket_type, const char *endpoint, struct error *err)
{
    zsock_t *socket = mesh.handler ? zsock_new (socket_type) : NULL;

    if (!socket) {
        fail (err, ERROR_BUG, NULL, "mesh: %s", mesh.handler ? "no more sockets" : "not open, or its handler has stopped");
        return NULL;
    }
    set_limits (socket);
    if (set_server (socket) == 0 && zsock_bind (socket, "%s", endpoint) >= 0)
        return socket;
    fail (err, ERROR_BUG, NULL, "mesh: cannot bind %s: %s", endpoint, zmq_strerror (zmq_errno ()));
    zsock_destroy (&socket);
    return NULL;
}

static int key_of_peer (const char *principal, int nth, char ret[KEY_TEXT], struct error *err)
{
    const struct allowed_key *key;

    pthread_rwlock_rdlock (&mesh.lock);
    key = mesh.list ? allow_list_key_of (mesh.list, principal, (size_t) nth, now_seconds ()) : NULL;
    if (key)
        memcpy (ret, key->key, KEY_TEXT);
    pthread_rwlock_unlock (&mesh.lock);
    return key ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "mesh: no key number %d of %s", nth + 1, principal);
}

static zsock_t *new_client (int socket_type, const struct key_pair *own, const char *peer_key)
{
    zsock_t *socket = zsock_new (socket_type);

    if (!socket)
        return NULL;
    set_limits (socket);
    zsock_set_immediate (socket, 1);    /* queue only for peers that are there and have accepted us */
    zsock_set_curve_publickey (socket, own->public_key);
    zsock_set_curve_secretkey (socket, own->secret_key);
    zsock_set_curve_serverkey (socket, peer_key);
    return socket;
}

struct _zsock_t *mesh_connect_nth (int socket_type, const char *endpoint, const char *peer_principal, int nth, struct error *err)
{
    char key[KEY_TEXT];
    zsock_t *socket;

    if (!mesh.handler) {
        fail (err, ERROR_BUG, NULL, "mesh: not open");
        return NULL;
    }
    if (key_of_peer (peer_principal, nth, key, err) < 0)
        return NULL;
    socket = new_client (socket_type, &mesh.own, key);
    if (socket && zsock_connect (socket, "%s", endpoint) == 0)
        return socket;
    fail (err, ERROR_BUG, NULL, "mesh: cannot connect to %s: %s", endpoint, zmq_strerror (zmq_errno ()));
    zsock_destroy (&socket);
    return NULL;
}

struct _zsock_t *mesh_connect (int socket_type, const char *endpoint, const char *peer_principal, struct error *err)
{
    return mesh_connect_nth (socket_type, endpoint, peer_principal, 0, err);
}

/* ---- the canary -------------------------------------------------------------------------------------------------------------------- */

enum outcome { NO_ANSWER, REFUSED, ACCEPTED };

static enum outcome outcome_of (unsigned event)
{
    if (event & ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
        return ACCEPTED;
    if (event & (ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
                 | ZMQ_EVENT_DISCONNECTED))
        return REFUSED;
    return NO_ANSWER;
}

static enum outcome wait_outcome (zsock_t *monitor)
{
    int64_t until = clock_monotonic_us () + (int64_t) CANARY_MS * 1000;
    enum outcome outcome = NO_ANSWER;
    zpoller_t *poller = zpoller_new (monitor, NULL);

    while (outcome == NO_ANSWER && clock_monotonic_us () < until) {
        int left = (int) ((until - clock_monotonic_us ()) / 1000) + 1;
        zmsg_t *message = zpoller_wait (poller, left) ? zmsg_recv (monitor) : NULL;
        zframe_t *event = message ? zmsg_first (message) : NULL;
        uint16_t number = 0;

        if (event && zframe_size (event) >= sizeof number)
            memcpy (&number, zframe_data (event), sizeof number);
        outcome = outcome_of (number);
        zmsg_destroy (&message);
    }
    zpoller_destroy (&poller);
    return outcome;
}

static enum outcome try_handshake (const char *endpoint, const struct key_pair *as, const char *peer_key)
{
    static _Atomic unsigned serial;
    char address[64];
    enum outcome outcome = NO_ANSWER;
    zsock_t *socket = new_client (ZMQ_DEALER, as, peer_key), *monitor;

    if (!socket)
        return NO_ANSWER;
    snprintf (address, sizeof address, "inproc://mesh-canary-%u", ++serial);
    zsock_set_linger (socket, 0);
    if (zmq_socket_monitor (zsock_resolve (socket), address, ZMQ_EVENT_ALL) == 0) {
        monitor = zsock_new (ZMQ_PAIR);
        if (monitor && zsock_connect (monitor, "%s", address) == 0 && zsock_connect (socket, "%s", endpoint) == 0)
            outcome = wait_outcome (monitor);
        zmq_socket_monitor (zsock_resolve (socket), NULL, 0);
        zsock_destroy (&monitor);
    }
    zsock_destroy (&socket);
    return outcome;
}

int mesh_canary (const char *endpoint, const char *own_principal, struct error *err)
{
    struct key_pair stranger;
    char key[KEY_TEXT];

    if (!mesh.handler || !mesh_is_allowed (own_principal))
        return fail (err, ERROR_BUG, NULL, "mesh: the handler has stopped, or %s is not in the allow-list", own_principal);
    if (zmq_curve_keypair (stranger.public_key, stranger.secret_key) != 0)
        return fail (err, ERROR_BUG, NULL, "mesh: no CURVE");
    memcpy (key, mesh.own.public_key, sizeof key);
    if (try_handshake (endpoint, &stranger, key) != REFUSED)
        return fail (err, ERROR_BUG, NULL, "mesh: %s does not refuse strangers", endpoint);
    if (try_handshake (endpoint, &mesh.own, key) != ACCEPTED)
        return fail (err, ERROR_BUG, NULL, "mesh: %s does not accept us", endpoint);
    return 0;
}
