/* http.c - libmicrohttpd's side: a request's stages, the body as it comes in, the answer as it goes out. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include "clock.h"
#include "command.h"
#include "ids.h"
#include "log.h"
#include "metrics.h"

enum { CONNECTIONS_MAX = 12000, POOL_BYTES = 4096, IDLE_SECONDS = 60 };

/* What is thrown away of the body of a refused request before the connection is closed: as much as anybody may send, so that who sends a file
 * hears why it was refused. */
enum { THROW_AWAY_MAX = UPLOAD_MAX };

/* ---- arriving --------------------------------------------------------------------------------------------------------------------- */

/* Called with the target as sent, before the headers are read; what it returns is this request's from here on. */
static void *on_target (void *cls, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = calloc (1, sizeof *exchange);

    if (!exchange)
        abort ();
    exchange->gateway = cls;
    exchange->connection = connection;
    exchange->began_us = clock_monotonic_us ();
    exchange->raw = arena_text (&exchange->arena, target);
    return exchange;
}

static enum MHD_Result on_line (void *cls, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *value,
                                size_t value_size)
{
    struct head *head = cls;

    (void) kind;
    guard_line (head, name, value ? value : "");
    head->odd |= strlen (name) != name_size || (value && strlen (value) != value_size);     /* NUL */
    return MHD_YES;
}

static bool is_hex (const char *text, size_t size)
{
    return strspn (text, "0123456789abcdef") >= size;
}

/* The caller's traceparent when it is one (W3C Trace Context), else a new one. */
static void set_trace (struct exchange *exchange)
{
    const char *given = exchange_line (exchange, "traceparent");
    unsigned char random[24];

    if (given && strlen (given) == 55 && strncmp (given, "00-", 3) == 0 && is_hex (given + 3, 32) && given[35] == '-'
        && is_hex (given + 36, 16) && given[52] == '-' && is_hex (given + 53, 2)) {
        snprintf (exchange->trace, sizeof exchange->trace, "%s", given);
        return;
    }
    random_fill (random, sizeof random);
    memcpy (exchange->trace, "00-", 4);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf (exchange->trace + strlen (exchange->trace), 4, i == 15 ? "%02x-" : "%02x", random[i]);
    memcpy (exchange->trace + 52, "-01", 4);
}

static void refuse_frames (struct exchange *exchange)
{
    struct error err;

    fail (&err, ERROR_MALFORMED, NULL, "framing");
    exchange_refuse (exchange, &err);
    exchange_close (exchange);
}

static void begin (struct exchange *exchange, const char *method, const char *version)
{
    exchange->method = arena_text (&exchange->arena, method);
    exchange->head = arena_alloc (&exchange->arena, sizeof *exchange->head);
    exchange->target = arena_alloc (&exchange->arena, sizeof *exchange->target);
    exchange->stage = READING;
    MHD_get_connection_values_n (exchange->connection, MHD_HEADER_KIND, on_line, exchange->head);
    exchange->language = language_of (exchange_line (exchange, "Accept-Language"));
    set_trace (exchange);
    if (!guard_frames (exchange->head, method, version) || !target_read (exchange->raw, &exchange->arena, exchange->target))
        refuse_frames (exchange);
    else if (exchange->target->segment_count >= 2 && strcmp (exchange->target->segments[0], "api") == 0
             && strcmp (exchange->target->segments[1], "v1") == 0)
        command_begin (exchange);
    else if (!pages_answer (exchange))
        files_answer (exchange);
    if (exchange->stage == READY && !exchange->close && exchange->head->length > THROW_AWAY_MAX)
        exchange_close (exchange);
}

/* ---- the body --------------------------------------------------------------------------------------------------------------------- */

static void keep_body (struct exchange *exchange, const char *data, size_t size)
{
    struct error err;

    if (exchange->body_size + size > exchange->body_limit) {
        fail (&err, ERROR_TOO_LARGE, NULL, "body");
        exchange_refuse (exchange, &err);
        return;
    }
    if (exchange->body_room - exchange->body_size < size) {
        size_t room = 2 * exchange->body_room + size;

        exchange->body = realloc (exchange->body, room);
        if (!exchange->body)
            abort ();
        exchange->body_room = room;
    }
    memcpy (exchange->body + exchange->body_size, data, size);
    exchange->body_size += size;
}

/* True when the connection may go on. */
static bool take_body (struct exchange *exchange, const char *data, size_t *size)
{
    if (exchange->stage == READY) {
        exchange->thrown_away += *size;
        *size = 0;
        return exchange->thrown_away <= THROW_AWAY_MAX;
    }
    if (exchange->upload) {
        *size -= upload_take (exchange, data, *size);
        return true;
    }
    keep_body (exchange, data, *size);
    *size = 0;
    return true;
}

/* ---- the answer ------------------------------------------------------------------------------------------------------------------- */

/* A browser shows a PDF by a page of its own making, which has a style and an <embed>; nothing else is allowed anything. */
static const char *policy_of (const struct exchange *exchange)
{
    return content_is_shown (exchange->type) ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
                                             : "default-src 'none'; frame-ancestors 'none'";
}

static void add_headers (struct exchange *exchange, struct MHD_Response *response)
{
    if (exchange->type)
        MHD_add_response_header (response, "Content-Type", exchange->type);
    for (size_t i = 0; i < exchange->header_count; i++)
        MHD_add_response_header (response, exchange->headers[i].name, exchange->headers[i].value);
    MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
    if (!exchange->response || exchange->stream || exchange->document)
        MHD_add_response_header (response, "Cache-Control", "no-store");
    if (exchange->stream)
        return;                             /* kept as long as the stream: no more than it needs */
    MHD_add_response_header (response, "Referrer-Policy", "no-referrer");
    if (!exchange->response || exchange->document)
        MHD_add_response_header (response, "Content-Security-Policy", policy_of (exchange));
}

static enum MHD_Result send_answer (struct exchange *exchange)
{
    struct MHD_Response *response = exchange->response;
    enum MHD_Result result;
    char status[8];

    if (!response)
        response = MHD_create_response_from_buffer (exchange->answer.size, (void *) exchange->answer.data, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_headers (exchange, response);
    result = MHD_queue_response (exchange->connection, (unsigned) exchange->status, response);
    MHD_destroy_response (response);
    exchange->response = NULL;
    exchange->stage = exchange->stream ? STREAMING : READY;
    snprintf (status, sizeof status, "%d", exchange->status);
    metric_add (exchange->gateway->metrics.requests, status, 1);
    return result;
}

/* Everything is there. */
static void act (struct exchange *exchange)
{
    if (exchange->upload)
        upload_end (exchange);
    else
        command_act (exchange);
}

static enum MHD_Result on_request (void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                   const char *data, size_t *size, void **context)
{
    struct exchange *exchange = *context;
    bool had_data = *size > 0;

    (void) cls;
    (void) url;
    if (exchange->stage == ARRIVED) {
        /* libmicrohttpd closes a connection whose answer is queued before the body was asked for: so only when it shall be closed */
        begin (exchange, method, version);
        return exchange->close ? send_answer (exchange) : MHD_YES;
    }
    if (exchange->stage != WAITING && *size && !take_body (exchange, data, size))
        return MHD_NO;
    if (exchange->stage == READING && !had_data)
        act (exchange);
    if (exchange->stage == WAITING) {
        exchange->suspended = true;
        MHD_suspend_connection (connection);
        return MHD_YES;
    }
    return exchange->stage == READY && !had_data ? send_answer (exchange) : MHD_YES;
}

static void on_completed (void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *context;

    (void) cls;
    (void) connection;
    (void) code;
    if (!exchange)
        return;
    *context = NULL;
    if (exchange->document)
        content_gone (exchange);
    if (exchange->stream)
        stream_gone (exchange);
    else
        metric_observe (exchange->gateway->metrics.seconds, NULL, (double) (clock_monotonic_us () - exchange->began_us) / SECOND_US);
    upload_free (&exchange->upload);
    session_drop (&exchange->session);
    free (exchange->body);
    arena_done (&exchange->arena);
    free (exchange);
}

/* ---- listening -------------------------------------------------------------------------------------------------------------------- */

/* "127.0.0.1:8080" or "[::1]:8080" */
static int read_address (const char *text, struct sockaddr_storage *ret, struct error *err)
{
    const char *colon = strrchr (text, ':');
    struct sockaddr_in *four = (struct sockaddr_in *) ret;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *) ret;
    char host[64] = "", *end = NULL;
    long port = colon ? strtol (colon + 1, &end, 10) : 0;

    memset (ret, 0, sizeof *ret);
    if (colon && (size_t) (colon - text) < sizeof host)
        memcpy (host, text, (size_t) (colon - text));
    if (port < 1 || port > 65535 || *end || colon[1] < '0' || colon[1] > '9')
        return fail (err, ERROR_MALFORMED, NULL, "listen: %s is not ADDRESS:PORT", text);
    if (inet_pton (AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons ((uint16_t) port);
        return 0;
    }
    if (host[0] == '[' && host[strlen (host) - 1] == ']') {
        host[strlen (host) - 1] = '\0';
        if (inet_pton (AF_INET6, host + 1, &six->sin6_addr) == 1) {
            six->sin6_family = AF_INET6;
            six->sin6_port = htons ((uint16_t) port);
            return 0;
        }
    }
    return fail (err, ERROR_MALFORMED, NULL, "listen: %s is not ADDRESS:PORT", text);
}

static bool is_loopback (const struct sockaddr_storage *address)
{
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *) address;

    if (address->ss_family == AF_INET)
        return ntohl (((const struct sockaddr_in *) address)->sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK (&six->sin6_addr);
}

static void on_library_error (void *cls, const char *fmt, va_list args) __attribute__ ((format (printf, 2, 0)));
static void on_library_error (void *cls, const char *fmt, va_list args)
{
    char text[300];

    (void) cls;
    vsnprintf (text, sizeof text, fmt, args);
    text[strcspn (text, "\r\n")] = '\0';
    log_event (LOG_LEVEL_DEBUG, "libmicrohttpd", "detail", text, NULL);
}

/* Targets and values are decoded by target.c, once. */
static size_t leave_as_it_is (void *cls, struct MHD_Connection *connection, char *text)
{
    (void) cls;
    (void) connection;
    return strlen (text);
}

struct MHD_Daemon *http_start (struct gateway *gateway, const char *listen, struct error *err)
{
    struct sockaddr_storage address;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_Daemon *daemon;

    if (read_address (listen, &address, err) < 0)
        return NULL;
    if (!is_loopback (&address) && !gateway->behind_tls) {
        fail (err, ERROR_MALFORMED, NULL, "listen: %s can be reached from outside; say --behind-tls when TLS ends in front of it", listen);
        return NULL;
    }
    if (address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    daemon = MHD_start_daemon (flags, 0, NULL, NULL, on_request, gateway,
                               MHD_OPTION_EXTERNAL_LOGGER, on_library_error, NULL,
                               MHD_OPTION_SOCK_ADDR, &address,
                               MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
                               MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
                               MHD_OPTION_CONNECTION_LIMIT, (unsigned) CONNECTIONS_MAX,
                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) POOL_BYTES,
                               MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t) 1024,
                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) IDLE_SECONDS,
                               MHD_OPTION_STRICT_FOR_CLIENT, 1,
                               MHD_OPTION_UNESCAPE_CALLBACK, leave_as_it_is, NULL,
                               MHD_OPTION_URI_LOG_CALLBACK, on_target, gateway,
                               MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                               MHD_OPTION_END);
    if (!daemon)
        fail (err, ERROR_TRY_LATER, NULL, "cannot listen on %s", listen);
    return daemon;
}
