/* The sockets of a running region, as somebody who should not be there (security §2.4, S-13, F-40): strangers, a revoked key, and principals
 * that ask for more than is theirs.  RUN and KEYS name the region's folders. */
#include "bus_client.h"
#include "clock.h"
#include "keys.h"
#include "mesh.h"
#include "tap.h"
#include "zeromq.h"

#define PERSON "01900000-0000-7000-8000-000000000001"
#define OFFICE "01900000-0000-7000-8000-000000000002"
#define CONTEXT "v1|" PERSON "|" OFFICE "|990019|990019|care|9999999999999999|" \
    "0000000000000000000000000000000000000000000000000000000000000000"

static const char *const services[] = { "registry", "sharing", "notify" };
enum { SERVICES = 3, WAIT_MS = 1000, PATIENCE_MS = 20000 };      /* for what must not come, and for what must */
static const char *run_dir, *keys_dir;
static struct error err;

__attribute__ ((format (printf, 2, 3)))
static void check (bool good, const char *format, ...)
{
    char name[200];
    va_list words;

    va_start (words, format);
    vsnprintf (name, sizeof name, format, words);
    va_end (words);
    ok (good, name);
}

static const char *endpoint_of (const char *service, const char *suffix)
{
    static char text[300];

    snprintf (text, sizeof text, "ipc://%s/%s%s", run_dir, service, suffix);
    return text;
}

/* ---- without the mesh's own client: sockets as an attacker makes them ---------------------------------------------------------------- */

static struct bytes question (struct arena *arena, const struct request_header *header)
{
    struct bytes body = { 0 };

    codec_pack (&request_header_message, header, arena, &body, &err);
    return body;
}

/* Sends service_status and says whether anything at all came back. */
static bool is_answered (zsock_t *socket, int wait_ms)
{
    const struct request_header header = { .message = "service_status", .version = 1 };
    ARENA (arena);
    struct bytes packed = question (&arena, &header), body;
    zmsg_t *request = zmsg_new (), *answer;
    bool answered;

    codec_pack (&service_status_message, &(struct service_status) { 0 }, &arena, &body, &err);
    zmsg_addmem (request, "12345678", 8);
    zmsg_addmem (request, packed.data, packed.size);
    zmsg_addmem (request, body.data, body.size);
    zsock_set_rcvtimeo (socket, wait_ms);
    zsock_set_sndtimeo (socket, 200);
    zmsg_send (&request, socket);
    zmsg_destroy (&request);
    answer = zmsg_recv (socket);
    answered = answer != NULL;
    zmsg_destroy (&answer);
    return answered;
}

static zsock_t *attacker (int type, const struct key_pair *own, const char *server_key, const char *endpoint)
{
    zsock_t *socket = zsock_new (type);

    zsock_set_linger (socket, 0);
    if (own) {
        zsock_set_curve_publickey (socket, own->public_key);
        zsock_set_curve_secretkey (socket, own->secret_key);
        zsock_set_curve_serverkey (socket, server_key);
    }
    if (type == ZMQ_SUB)
        zsock_set_subscribe (socket, "");
    zsock_connect (socket, "%s", endpoint);
    return socket;
}

static bool asked_as (const struct key_pair *own, const char *server_key, const char *service, int wait_ms)
{
    zsock_t *socket = attacker (ZMQ_DEALER, own, server_key, endpoint_of (service, ".sock"));
    bool answered = is_answered (socket, wait_ms);

    zsock_destroy (&socket);
    return answered;
}

static struct key_pair pair_of (const char *principal)
{
    struct key_pair pair = { 0 };

    if (keys_read_pair (keys_dir, principal, &pair, &err) < 0)
        note ("%s: %s", principal, err.detail);
    return pair;
}

static void strangers (void)
{
    struct key_pair stranger, gateway = pair_of ("gateway"), mixed = gateway;
    char name[40];

    zmq_curve_keypair (stranger.public_key, stranger.secret_key);
    memcpy (mixed.secret_key, stranger.secret_key, sizeof mixed.secret_key);
    for (int i = 0; i < SERVICES; i++) {
        struct key_pair service;

        snprintf (name, sizeof name, "svc:%s", services[i]);
        service = pair_of (name);
        check (asked_as (&gateway, service.public_key, services[i], PATIENCE_MS), "S-13 %s: a known key is answered", services[i]);
        check (!asked_as (NULL, NULL, services[i], WAIT_MS), "S-13 %s: without CURVE nothing is answered", services[i]);
        check (!asked_as (&stranger, service.public_key, services[i], WAIT_MS), "S-13 %s: an unknown key is not answered", services[i]);
        check (!asked_as (&mixed, service.public_key, services[i], WAIT_MS), "S-13 %s: a known public key without its secret is not answered", services[i]);
        check (!asked_as (&gateway, stranger.public_key, services[i], WAIT_MS), "S-13 %s: who does not know the service's key is not answered", services[i]);
    }
}

/* A doorbell rings whenever somebody writes; a stranger hears none while a known one does. */
static void listeners (void)
{
    struct key_pair stranger, gateway = pair_of ("gateway"), registry = pair_of ("svc:registry");
    const char *bell = endpoint_of ("registry", ".bell.sock");
    zsock_t *known = attacker (ZMQ_SUB, &gateway, registry.public_key, bell), *unknown, *plain;
    const char *ring = getenv ("RING");
    zmsg_t *heard;

    zmq_curve_keypair (stranger.public_key, stranger.secret_key);
    unknown = attacker (ZMQ_SUB, &stranger, registry.public_key, bell);
    plain = attacker (ZMQ_SUB, NULL, NULL, bell);
    zclock_sleep (700);
    if (ring && system (ring) != 0)
        note ("ringing failed");
    zsock_set_rcvtimeo (known, PATIENCE_MS);
    zsock_set_rcvtimeo (unknown, 500);
    zsock_set_rcvtimeo (plain, 500);
    heard = zmsg_recv (known);
    ok (heard != NULL, "S-13 a known key hears a doorbell");
    zmsg_destroy (&heard);
    heard = zmsg_recv (unknown);
    ok (heard == NULL, "S-13 an unknown key hears none");
    zmsg_destroy (&heard);
    heard = zmsg_recv (plain);
    ok (heard == NULL, "S-13 nor does a socket without CURVE");
    zmsg_destroy (&heard);
    zsock_destroy (&known);
    zsock_destroy (&unknown);
    zsock_destroy (&plain);
}

/* ---- known principals that ask for too much --------------------------------------------------------------------------------------------- */

static struct bus_client *client;

static int call (const char *service, struct request_header header, const struct message_type *type, const void *message,
                 const struct message_type *answer)
{
    static char space[4096];
    ARENA (arena);

    if (answer->size > sizeof space)
        return note ("answer too large"), -1;
    err = (struct error) { 0 };
    header.message = type->name;
    header.version = type->version;
    if (type->flags & IS_COMMAND)
        header.key = "bus-test";
    return bus_client_call (client, service, &header, type, message, answer, space, 5000, &arena, &err);
}

static void refused (const char *who, const char *service, struct request_header header, const struct message_type *type, const void *message,
                     const struct message_type *answer)
{
    int rc = call (service, header, type, message, answer);

    check (rc < 0 && (err.key == ERROR_NOT_FOR_ROLE || err.key == ERROR_LOG_IN_FIRST), "%s may not send %s to %s", who, type->name, service);
    if (rc == 0 || (err.key != ERROR_NOT_FOR_ROLE && err.key != ERROR_LOG_IN_FIRST))
        note ("%s: rc %d, %s (%s)", type->name, rc, error_table[err.key].name, err.detail);
}

static bool become (const char *principal)
{
    bool done_so = false;

    for (int tries = 0; !done_so && tries < 10; tries++) {
        bus_client_close (&client);
        mesh_close ();
        done_so = mesh_open (keys_dir, principal, &err) == 0 && (client = bus_client_open (run_dir, &err)) != NULL;
        if (!done_so) {
            note ("%s: %s", principal, err.detail);
            zclock_sleep (500);
        }
    }
    check (done_so, "%s joins the mesh", principal);
    if (!done_so)
        note ("%s", err.detail);
    return done_so;
}

/* What only services may send. */
static void service_messages (const char *who)
{
    const struct request_header nobody = { 0 };
    const struct event_position from = { 0 };
    const struct events_after after = { .after = &from, .limit = 10 };
    const struct events_of of = { .subject = PERSON };
    const struct snapshot_read snapshot = { .event = "contact_point_changed", .limit = 10 };
    const struct event_envelope event = { .id = PERSON, .source = "sharing", .type = "jp.renkei.sharing.patient_changed.v1", .subject = PERSON,
                                          .subjectversion = 1, .time = 1, .data = { (const unsigned char *) "\x80", 1 } };
    const struct direct_event direct = { .event = &event };

    for (int i = 0; i < SERVICES; i++) {
        refused (who, services[i], nobody, &events_after_message, &after, &event_page_message);
        refused (who, services[i], nobody, &events_of_message, &of, &event_page_message);
        refused (who, services[i], nobody, &snapshot_read_message, &snapshot, &snapshot_page_message);
        refused (who, services[i], nobody, &direct_event_message, &direct, &done_message);
    }
}

static const int administrator[] = { ROLE_ADMINISTRATOR, ROLE_OPERATOR, ROLE_VISITING_NURSE, ROLE_CARE_MANAGER };

/* Commands and queries of people: without one, with a made-up one, and with a made-up context. */
static void human_messages (const char *who)
{
    const struct request_header nobody = { 0 }, anybody = { .roles = { administrator, 4 } },
        person = { .person_id = PERSON, .office_id = OFFICE, .municipality = "990019", .roles = { administrator, 4 }, .purpose = "care" };
    struct request_header forged = person;
    const struct person_put put = { .person_id = PERSON, .name = "侵入 者", .name_kana = "シンニュウ シャ" };
    const struct sheet sheet = { .patient_id = PERSON };
    const struct emergency_report report = { .alert_id = PERSON, .patient_id = PERSON, .urgency = URGENCY_URGENT, .tag = CONDITION_TAG_FALL, .observed_at = 1 };
    const struct outbound_release release = { 0 };
    const struct request_header *const headers[] = { &nobody, &anybody, &person, &forged };

    forged.context = CONTEXT;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        refused (who, "registry", *headers[i], &person_put_message, &put, &done_message);
        refused (who, "sharing", *headers[i], &sheet_message, &sheet, &sheet_answer_message);
        refused (who, "notify", *headers[i], &emergency_report_message, &report, &emergency_report_answer_message);
        refused (who, "notify", *headers[i], &outbound_release_message, &release, &done_message);
    }
}

static void gateway (void)
{
    const struct request_header nobody = { 0 };
    const struct feed_since feeds = { { NULL, 0 } };

    if (!become ("gateway"))
        return;
    ok (call ("notify", nobody, &feed_since_message, &feeds, &feed_since_answer_message) == 0, "the gateway asks for feeds");
    ok (call ("sharing", nobody, &service_status_message, &(struct service_status) { 0 }, &service_status_answer_message) == 0, "the gateway asks for the status");
    service_messages ("the gateway");
    human_messages ("the gateway alone");
}

static void operator_principal (void)
{
    const struct request_header nobody = { 0 };

    if (!become ("operator"))
        return;
    ok (call ("sharing", nobody, &service_status_message, &(struct service_status) { 0 }, &service_status_answer_message) == 0, "the operator asks for the status");
    service_messages ("the operator");
    human_messages ("the operator");
    refused ("the operator", "notify", nobody, &feed_since_message, &(struct feed_since) { { NULL, 0 } }, &feed_since_answer_message);
}

static void service_principal (void)
{
    struct request_header asked = { .person_id = PERSON, .office_id = OFFICE, .municipality = "990019", .roles = { administrator, 4 }, .asked_by = "sharing" };
    const struct event_envelope event = { .id = PERSON, .source = "registry", .type = "jp.renkei.registry.membership_changed.v1", .subject = PERSON,
                                          .subjectversion = 1, .time = 1, .data = { (const unsigned char *) "\x80", 1 } };
    const struct sheet sheet = { .patient_id = PERSON };

    if (!become ("svc:notify"))
        return;
    human_messages ("svc:notify");
    refused ("svc:notify as asked by another", "sharing", asked, &sheet_message, &sheet, &sheet_answer_message);
    asked.context = CONTEXT;
    refused ("svc:notify with a forged context", "sharing", asked, &sheet_message, &sheet, &sheet_answer_message);
    refused ("svc:notify in registry's name", "sharing", (struct request_header) { 0 }, &direct_event_message, &(struct direct_event) { .event = &event }, &done_message);
    refused ("svc:notify", "notify", (struct request_header) { 0 }, &feed_since_message, &(struct feed_since) { { NULL, 0 } }, &feed_since_answer_message);
}

/* ---- a key that was taken back --------------------------------------------------------------------------------------------------------- */

static void revoked (void)
{
    struct key_pair thief, sharing = pair_of ("svc:sharing");
    zsock_t *open, *later;
    int64_t from;

    if (system ("$KEYS_AS $RENKEI_KEYS add $KEYS svc:thief >/dev/null") != 0)
        note ("renkei-keys add failed");
    thief = pair_of ("svc:thief");
    zclock_sleep (2500);
    open = attacker (ZMQ_DEALER, &thief, sharing.public_key, endpoint_of ("sharing", ".sock"));
    ok (is_answered (open, PATIENCE_MS), "F-40 a key that was added is answered");
    if (system ("$KEYS_AS $RENKEI_KEYS revoke $KEYS svc:thief >/dev/null") != 0)
        note ("renkei-keys revoke failed");
    from = clock_monotonic_us ();
    while (is_answered (open, WAIT_MS) && clock_monotonic_us () - from < 60 * SECOND_US)
        zclock_sleep (200);
    ok (clock_monotonic_us () - from < 10 * SECOND_US, "F-40 once it is revoked its open connection is answered no more within seconds");
    later = attacker (ZMQ_DEALER, &thief, sharing.public_key, endpoint_of ("sharing", ".sock"));
    ok (!is_answered (later, WAIT_MS), "F-40 and a new connection is refused");
    zsock_destroy (&open);
    zsock_destroy (&later);
}

int main (void)
{
    run_dir = getenv ("RUN");
    keys_dir = getenv ("KEYS");
    if (!run_dir || !keys_dir) {
        puts ("1..0 # skip needs tests/lib/with-region");
        return 0;
    }
    zsys_handler_set (NULL);
    strangers ();
    listeners ();
    revoked ();
    gateway ();
    operator_principal ();
    service_principal ();
    bus_client_close (&client);
    mesh_close ();
    return done ();
}
