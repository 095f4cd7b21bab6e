/* door.h - the gateway in this process: its real HTTP side, with bus and sessions played by the test.
 *
 * What http.c, command.c, upload.c, files.c and pages.c need of the bus and of session.c is defined here, so the linker leaves the real ones
 * out.  ask () sends one request over a socket and turns libmicrohttpd until the connection is closed; sent[] holds what would have gone to
 * a service, replies[] what the services say to it, in order (the last one again and again).  Nothing waits for real time.
 */
#ifndef TEST_DOOR_H
#define TEST_DOOR_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include "clock.h"
#include "exchange.h"
#include "metrics.h"
#include "sample.h"
#include "stream.h"
#include "tap.h"

#define DEFINE_HTTP_ROUTES
#include "http_routes.h"

enum { SENT_MAX = 64, PATIENCE_US = 10000000 };

#define PERSON "0190a3b4-0000-7000-8000-00000000a001"
#define OFFICE "0190a3b4-0000-7000-8000-00000000b001"
#define SESSION "0190a3b4-0000-7000-8000-00000000d001"
#define PATIENT "0190a3b4-0000-7000-8000-00000000e001"

static struct gateway gateway;
static struct arena door_arena;         /* of everything a test looks at afterwards */

/* ---- the bus ----------------------------------------------------------------------------------------------------------------------- */

struct sent { const char *service, *message; struct request_header header; bool is_command; struct bytes body; int timeout_ms; };
struct reply { struct reply_header header; const struct message_type *type; const void *record; struct bytes raw; };
struct open_request { bus_answered done; void *arg; };

static struct sent sent[SENT_MAX];
static struct reply replies[SENT_MAX];
static struct open_request open_requests[SENT_MAX];
static size_t sent_count, reply_count, answered_count;
static bool bus_is_full;

int bus_client_send (struct bus_client *client, const char *service, const struct request_header *header, bool is_command,
                     struct bytes body, int timeout_ms, bus_answered answered, void *arg, struct error *err)
{
    struct sent *now = &sent[sent_count];
    const char **texts[] = { &now->header.key, &now->header.person_id, &now->header.session_id, &now->header.office_id,
                             &now->header.municipality, &now->header.context, &now->header.purpose, &now->header.trace,
                             &now->header.source, &now->header.device };

    (void) client;
    if (bus_is_full || sent_count == SENT_MAX)
        return fail (err, ERROR_TRY_LATER, NULL, "too many requests are open");
    *now = (struct sent) { arena_text (&door_arena, service), arena_text (&door_arena, header->message), *header, is_command,
                           { (unsigned char *) arena_copy (&door_arena, (const char *) body.data, body.size), body.size }, timeout_ms };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_text (&door_arena, *texts[i]);
    now->header.terminal.data = (unsigned char *) arena_copy (&door_arena, (const char *) header->terminal.data, header->terminal.size);
    open_requests[sent_count++] = (struct open_request) { answered, arg };
    return 0;
}

/* The answer declared for a message; NULL when it has no address. */
static const struct message_type *answer_type_of (const char *message)
{
    for (size_t i = 0; i < gateway.route_count; i++)
        if (strcmp (gateway.routes[i].message->name, message) == 0)
            return gateway.routes[i].answer;
    return NULL;
}

/* Answers what is open, as the bus would in one of its rounds; said to be done without more, the answer is made up. */
static void answer_open (void)
{
    while (answered_count < sent_count) {
        struct reply *reply = &replies[answered_count < reply_count ? answered_count : reply_count - 1];
        const struct message_type *type = reply->type;
        const void *record = reply->record;
        struct open_request *open = &open_requests[answered_count];
        struct bytes body = reply->raw;
        struct error err;

        if (reply->header.ok && !type && !body.size && (type = answer_type_of (sent[answered_count].message)) != NULL)
            record = sample_message (type, false, &door_arena);
        answered_count++;
        if (type && codec_pack (type, record, &door_arena, &body, &err) < 0) {
            printf ("Bail out! the reply cannot be packed: %s\n", err.detail);
            exit (255);
        }
        open->done (open->arg, &reply->header, body);
    }
}

/* What the services will say, from the next request on. */
static void reply_with (const struct reply_header *header, const struct message_type *type, const void *record)
{
    replies[0] = (struct reply) { *header, type, record, { (const unsigned char *) "", 0 } };
    reply_count = 1;
}

static void reply_done (void)
{
    reply_with (&(struct reply_header) { .ok = true }, NULL, NULL);
}

static inline void refuse_with (enum error_kind kind, const char *key)
{
    reply_with (&(struct reply_header) { .kind = kind, .key = key }, NULL, NULL);
}

/* What went to the service, decoded. */
static inline void *sent_message (size_t i, const struct message_type *type)
{
    void *message = arena_alloc (&door_arena, type->size);
    struct error err;

    if (i >= sent_count || strcmp (sent[i].message, type->name) != 0
        || codec_unpack (type, sent[i].body, &door_arena, message, &err) < 0) {
        printf ("Bail out! no %s was sent\n", type->name);
        exit (255);
    }
    return message;
}

/* ---- sessions ---------------------------------------------------------------------------------------------------------------------- */

/* The cookie's text chooses: "nurse", "officer", "admin", "locked"; "later-nurse" is found only in the next round; "away": no database. */
static struct session door_session;
static session_found waiting_found;
static void *waiting_arg;
static bool waiting;
static int forgotten;
static bool sessions_there = true, sessions_ended;   /* ended: nobody is known any more */
static const char *remembered_as;       /* whom "away" is remembered as; NULL: nobody */
static char waiting_for[40];

void token_hash (const char *token, unsigned char ret[TOKEN_HASH_BYTES])
{
    memset (ret, 0, TOKEN_HASH_BYTES);
    memcpy (ret, token, strnlen (token, TOKEN_HASH_BYTES - 1));
}

static struct session *session_of (const char *name)
{
    static const int nurse[] = { ROLE_VISITING_NURSE }, officer[] = { ROLE_MUNICIPAL_OFFICER }, admin[] = { ROLE_ADMINISTRATOR };
    const int *role = strcmp (name, "officer") == 0 ? officer : strcmp (name, "admin") == 0 ? admin : nurse;
    bool known = !sessions_ended && (strcmp (name, "nurse") == 0 || role != nurse || strcmp (name, "locked") == 0);

    door_session = (struct session) { .references = 1, .known = known };
    if (!known)
        return &door_session;
    door_session.locked = strcmp (name, "locked") == 0;
    door_session.roles = 1ull << (*role - 1);
    door_session.role_list = (struct enum_list) { role, 1 };
    door_session.strength = door_session.locked ? SESSION_STRENGTH_LOCKED : SESSION_STRENGTH_TOTP;
    door_session.person_id = PERSON;
    door_session.session_id = SESSION;
    door_session.office_id = OFFICE;
    door_session.municipality = "011002";
    door_session.context = door_session.locked ? NULL : "v1|signed";
    return &door_session;
}

struct session *sessions_find (struct sessions *sessions, const unsigned char hash[TOKEN_HASH_BYTES], session_found found, void *arg)
{
    const char *name = (const char *) hash;
    bool later = strncmp (name, "later-", 6) == 0;

    (void) sessions;
    if (!later && strcmp (name, "away") != 0)
        return session_of (name);
    waiting_found = found;
    waiting_arg = arg;
    waiting = true;
    snprintf (waiting_for, sizeof waiting_for, "%s", later ? name + 6 : name);
    return NULL;
}

static void find_waiting (void)
{
    if (!waiting)
        return;
    waiting = false;
    waiting_found (waiting_arg, strcmp (waiting_for, "away") == 0 ? NULL : session_of (waiting_for));
}

struct session *session_hold (struct session *session) { session->references++; return session; }
void session_drop (struct session **session) { if (*session) (*session)->references--; *session = NULL; }
bool sessions_are_there (const struct sessions *sessions) { (void) sessions; return sessions_there; }

struct session *sessions_remembered (struct sessions *sessions, const unsigned char hash[TOKEN_HASH_BYTES])
{
    (void) sessions;
    (void) hash;
    return remembered_as ? session_of (remembered_as) : NULL;
}

void sessions_forget (struct sessions *sessions, const char *session_id)
{
    (void) sessions;
    forgotten += strcmp (session_id, SESSION) == 0;
}

void stream_begin (struct exchange *exchange)
{
    exchange_answer (exchange, 200, "text/event-stream", (struct bytes) { (const unsigned char *) "", 0 });
}

void stream_gone (struct exchange *exchange) { (void) exchange; }

/* ---- one request ------------------------------------------------------------------------------------------------------------------- */

struct response { int status; const char *head, *body; size_t body_size; };

static int door_port;

static void open_door (void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int probe = socket (AF_INET, SOCK_STREAM, 0);
    struct error err = { 0 };
    char listen[40];

    if (bind (probe, (struct sockaddr *) &address, size) < 0 || getsockname (probe, (struct sockaddr *) &address, &size) < 0)
        abort ();
    close (probe);
    door_port = ntohs (address.sin_port);
    snprintf (listen, sizeof listen, "127.0.0.1:%d", door_port);
    gateway.routes = http_routes;
    gateway.route_count = HTTP_ROUTE_COUNT;
    gateway.cookie_name = "renkei";
    gateway.terminal_cookie = "renkei-terminal";
    gateway.static_dir = "";
    gateway.metrics.requests = metric_counter ("door_requests", "status", "Answers.");
    gateway.metrics.seconds = metric_seconds ("door_seconds", NULL, "Time.");
    gateway.daemon = http_start (&gateway, listen, &err);
    if (!gateway.daemon) {
        printf ("Bail out! %s\n", err.detail);
        exit (255);
    }
    reply_done ();
}

static void close_door (void)
{
    MHD_stop_daemon (gateway.daemon);
    arena_done (&door_arena);
}

static int connect_door (void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                   .sin_port = htons ((uint16_t) door_port) };
    int file = socket (AF_INET, SOCK_STREAM, 0);

    if (connect (file, (struct sockaddr *) &address, sizeof address) < 0 || fcntl (file, F_SETFL, O_NONBLOCK) < 0)
        abort ();
    return file;
}

static struct response read_response (const char *text, size_t size)
{
    struct response response = { .head = arena_copy (&door_arena, text, size) };
    char *end = strstr (response.head, "\r\n\r\n");

    if (strncmp (response.head, "HTTP/1.1 ", 9) == 0)
        response.status = (int) strtol (response.head + 9, NULL, 10);
    response.body = end ? end + 4 : response.head + size;
    response.body_size = size - (size_t) (response.body - response.head);
    if (end)
        end[2] = '\0';
    return response;
}

/* Sends the bytes and turns the gateway until it closes the connection. */
static struct response ask_raw (const char *bytes, size_t size)
{
    int file = connect_door ();
    int64_t until = clock_monotonic_us () + PATIENCE_US;
    char *got = malloc (1024 * 1024);
    size_t written = 0, used = 0;
    struct response response;
    ssize_t part = -1;

    sent_count = answered_count = 0;
    while (part != 0 && clock_monotonic_us () < until) {
        ssize_t wrote = written < size ? send (file, bytes + written, size - written, MSG_NOSIGNAL) : 0;

        written += wrote > 0 ? (size_t) wrote : 0;
        MHD_run (gateway.daemon);
        find_waiting ();
        answer_open ();
        MHD_run (gateway.daemon);
        part = recv (file, got + used, 1024 * 1024 - used, 0);
        used += part > 0 ? (size_t) part : 0;
        if (part < 0 && errno != EAGAIN)
            part = 0;
    }
    close (file);
    MHD_run (gateway.daemon);
    response = read_response (got, used);
    free (got);
    return response;
}

static bool has_line (const char *lines, const char *name)
{
    return lines && strstr (lines, name);
}

/* cookie "": none.  lines: further header lines, each with its line end; a line of them replaces the usual one of that name. */
static struct response ask_with (const char *cookie, const char *method, const char *path, const char *lines, const char *body, size_t size)
{
    bool is_post = strcmp (method, "POST") == 0;
    const char *head = arena_print (&door_arena, "%s %s HTTP/1.1\r\nConnection: close\r\n%s%s%s%s%s%s%s%s%s", method, path,
                                    has_line (lines, "Host:") ? "" : "Host: renkei.example\r\n",
                                    has_line (lines, "Renkei-Client:") ? "" : "Renkei-Client: test\r\n",
                                    has_line (lines, "Idempotency-Key:") || !is_post ? "" : "Idempotency-Key: k-1\r\n",
                                    has_line (lines, "Content-Type:") || !body ? "" : "Content-Type: application/json\r\n",
                                    *cookie ? "Cookie: renkei=" : "", cookie, *cookie ? "\r\n" : "", lines ? lines : "",
                                    body && !has_line (lines, "Transfer-Encoding:") && !has_line (lines, "Content-Length:")
                                        ? arena_print (&door_arena, "Content-Length: %zu\r\n\r\n", size) : "\r\n");
    size_t head_size = strlen (head);
    char *all = arena_alloc (&door_arena, head_size + size + 1);

    memcpy (all, head, head_size);
    if (body)
        memcpy (all + head_size, body, size);
    return ask_raw (all, head_size + (body ? size : 0));
}

static inline struct response ask (const char *cookie, const char *method, const char *path, const char *lines, const char *body)
{
    return ask_with (cookie, method, path, lines, body, body ? strlen (body) : 0);
}

/* The value of a header line of the answer; NULL when it is not there. */
static inline const char *line_of (const struct response *response, const char *name)
{
    const char *wanted = arena_print (&door_arena, "\r\n%s: ", name), *at = strstr (response->head, wanted);

    return at ? arena_copy (&door_arena, at + strlen (wanted), strcspn (at + strlen (wanted), "\r")) : NULL;
}

/* A refusal with that status and key, of which nothing went to a service. */
static inline void refused (struct response response, int status, const char *key, const char *name)
{
    const char *wanted = arena_print (&door_arena, "\"key\":\"%s\"", key);
    bool good = response.status == status && strstr (response.body, wanted) && sent_count == 0;

    ok (good, name);
    if (!good)
        note ("got %d, %zu sent: %.300s", response.status, sent_count, response.body);
}

#endif
