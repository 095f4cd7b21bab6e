/* command.c - declared messages: from an HTTP request to a message on the bus, and from its reply to an HTTP answer.
 *
 * Nothing here knows a single message: the routes, the fields and where each comes from are tables (proto/gen).
 */
#include <netinet/in.h>
#include <arpa/inet.h>
#include "clock.h"
#include "command.h"
#include "failpoint.h"
#include "fhir_outcome.h"
#include "text.h"

enum { KEY_MAX = 80, PREFIX_SEGMENTS = 2, TERMINAL_TOKEN = 43, LASTING_SECONDS = 400 * 86400 };     /* longer no browser keeps a cookie */

/* ---- what the headers say --------------------------------------------------------------------------------------------------------- */

static void refuse (struct exchange *exchange, enum error_key key, const char *detail)
{
    struct error err;

    fail (&err, key, NULL, "%s", detail);
    exchange_refuse (exchange, &err);
}

static void refuse_method (struct exchange *exchange)
{
    exchange_status (exchange, MHD_HTTP_METHOD_NOT_ALLOWED);
    refuse (exchange, ERROR_NO_SUCH_MESSAGE, "method");
    exchange_header (exchange, "Allow", exchange->match->allowed);
}

static bool is_key (const char *key)
{
    size_t size = strlen (key);

    if (size == 0 || size > KEY_MAX)
        return false;
    for (; *key; key++)
        if (*key <= 0x20 || *key >= 0x7f)
            return false;
    return true;
}

/* A message that a partner's key opens comes from no page: it needs no Renkei-Client, and its service knows repeats by what is in it. */
static bool is_partners (const struct http_route *route)
{
    return partner_field (route) != NULL;
}

static bool has_type (struct exchange *exchange, const char *wanted)
{
    const char *type = exchange_line (exchange, "Content-Type");
    size_t size = strlen (wanted);

    return type && strncasecmp (type, wanted, size) == 0 && (type[size] == '\0' || type[size] == ';' || type[size] == ' ');
}

/* The body's size and type.  True when it may come. */
static bool check_body (struct exchange *exchange)
{
    const struct http_route *route = exchange->match->route;
    bool stream = route->message->flags & IS_STREAM, body = exchange->head->chunked || exchange->head->length > 0;

    exchange->body_limit = stream ? UPLOAD_MAX : route->message->flags & IS_RAW ? raw_limit (route->message) : BODY_MAX;
    if (exchange->head->length > exchange->body_limit) {
        refuse (exchange, ERROR_TOO_LARGE, "Content-Length");
        if (exchange->head->length > BODY_CLOSE)
            exchange_close (exchange);
        return false;
    }
    if (body && (strcmp (route->method, "GET") == 0 || strcmp (route->method, "DELETE") == 0)) {
        refuse (exchange, ERROR_MALFORMED, "a body where none belongs");
        exchange_close (exchange);
        return false;
    }
    if (route->message->flags & IS_RAW)
        return raw_check (exchange);
    if (body && !has_type (exchange, stream ? "application/octet-stream" : "application/json")) {
        exchange_status (exchange, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE);
        refuse (exchange, ERROR_MALFORMED, "Content-Type");
        return false;
    }
    return true;
}

/* True when the headers of a declared message are as they must be. */
static bool check_headers (struct exchange *exchange)
{
    const struct http_route *route = exchange->match->route;
    const char *key = exchange_line (exchange, "Idempotency-Key");

    if (is_partners (route) && !partner_key (exchange)) {
        refuse (exchange, ERROR_BEARER_MISSING, "Authorization");
        return false;
    }
    if (strcmp (route->method, "GET") != 0 && !is_partners (route) && !guard_is_ours (exchange->head)) {
        refuse (exchange, ERROR_NOT_FOR_ROLE, "not from our own pages");
        return false;
    }
    if ((key && !is_key (key)) || (!key && !is_partners (route) && strcmp (route->method, "POST") == 0)) {
        refuse (exchange, ERROR_KEY_MISSING, "Idempotency-Key");
        return false;
    }
    if (route_if_match (route) && !exchange_line (exchange, "If-Match")) {
        refuse (exchange, ERROR_VERSION_MISSING, "If-Match");
        return false;
    }
    return check_body (exchange);
}

/* ---- who sends it ----------------------------------------------------------------------------------------------------------------- */

bool command_token (struct exchange *exchange, unsigned char ret[TOKEN_HASH_BYTES])
{
    const char *token = cookie_value (&exchange->arena, exchange_line (exchange, "Cookie"), exchange->gateway->cookie_name);

    if (!token || !*token || strlen (token) > 100)
        return false;
    token_hash (token, ret);
    return true;
}

/* The database is away: for what is declared so, a session that was good a short while before will do (docs/decisions/0006). */
static struct session *remember (struct exchange *exchange)
{
    const struct http_route *route = exchange->match ? exchange->match->route : NULL;
    unsigned char hash[TOKEN_HASH_BYTES];
    struct session *session = NULL;

    if (route && (route->message->flags & IS_AWAY_TOO) && command_token (exchange, hash))
        session = sessions_remembered (exchange->gateway->sessions, hash);
    exchange->remembered = session;
    return session;
}

/* For a declared message, or (route NULL) a live stream. */
static void check_session (struct exchange *exchange, struct session *session)
{
    const struct http_route *route = exchange->match ? exchange->match->route : NULL;

    if (!session)
        session = remember (exchange);
    if (!session)
        refuse (exchange, ERROR_TRY_LATER, "sessions cannot be looked up");
    else if (!session->known)
        refuse (exchange, ERROR_LOG_IN_FIRST, "no such session");
    else if (session->locked && !(route && (route->message->flags & IS_LOCKED_TOO)))
        refuse (exchange, ERROR_SESSION_LOCKED, "locked");
    else if (route && !(route->roles & session->roles))
        refuse (exchange, ERROR_NOT_FOR_ROLE, "role");
    else
        exchange->session = session_hold (session);
}

static void on_session (void *arg, struct session *session)
{
    struct exchange *exchange = arg;

    check_session (exchange, session);
    exchange_resume (exchange);
}

/* Looks the session up; the exchange goes on, waits, or is refused. */
static void find_session (struct exchange *exchange)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    struct session *session;

    if (!command_token (exchange, hash)) {
        refuse (exchange, ERROR_LOG_IN_FIRST, "no cookie");
        return;
    }
    session = sessions_find (exchange->gateway->sessions, hash, on_session, exchange);
    if (session)
        check_session (exchange, session);
    else
        exchange_wait (exchange, READING);
}

/* ---- beginning -------------------------------------------------------------------------------------------------------------------- */

static bool is_stream (const struct exchange *exchange)
{
    return exchange->target->segment_count == 3 && strcmp (exchange->target->segments[2], "stream") == 0;
}

void command_begin (struct exchange *exchange)
{
    if (is_stream (exchange) && strcmp (exchange->method, "GET") == 0) {
        find_session (exchange);
        return;
    }
    if (pages_answer (exchange))
        return;
    exchange->match = arena_alloc (&exchange->arena, sizeof *exchange->match);
    route_match (exchange->gateway->routes, exchange->gateway->route_count, exchange->method, exchange->target, PREFIX_SEGMENTS,
                 exchange->match);
    if (!exchange->match->route && exchange->match->allowed[0])
        refuse_method (exchange);
    else if (!exchange->match->route)
        refuse (exchange, ERROR_NO_SUCH_MESSAGE, "no such address");
    else if (check_headers (exchange)) {
        if (exchange->match->route->message->flags & IS_STREAM)
            upload_begin (exchange);
        if (!exchange->match->route->anyone)
            find_session (exchange);
    }
}

/* ---- the message ------------------------------------------------------------------------------------------------------------------ */

static int set_field (struct exchange *exchange, const struct message_field *field, const char *text, void *message, struct error *err)
{
    return codec_set_text (exchange->match->route->message, field, text, &exchange->arena, message, err);
}

static int read_path (struct exchange *exchange, void *message, struct error *err)
{
    const struct match *match = exchange->match;

    for (size_t i = 0; i < match->value_count; i++) {
        const char *name = arena_copy (&exchange->arena, match->names[i], strcspn (match->names[i], "}"));

        if (set_field (exchange, codec_field (match->route->message, name),
                       arena_copy (&exchange->arena, match->values[i], match->sizes[i]), message, err) < 0)
            return -1;
    }
    return 0;
}

static int read_query (struct exchange *exchange, void *message, struct error *err)
{
    const struct message_type *type = exchange->match->route->message;
    const struct target *target = exchange->target;

    for (size_t i = 0; i < target->pair_count; i++) {
        const char *name = target->pairs[i].name;
        const struct message_field *field = codec_field (type, fhir_is_asked (target) ? fhir_parameter (&exchange->arena, name) : name);

        if (!field || field->source != FROM_QUERY)
            return fail (err, ERROR_FIELD_UNKNOWN, "", "an unknown parameter");
        if (*target->pairs[i].value && set_field (exchange, field, target->pairs[i].value, message, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        const char *value = field->source == FROM_QUERY ? target_value (target, field->name) : NULL;

        if (field->source == FROM_QUERY && (field->flags & IS_REQUIRED) && (!value || !*value))
            return fail (err, ERROR_FIELD_MISSING, arena_print (&exchange->arena, "/%s", field->name), "a parameter is missing");
    }
    return 0;
}

/* "12", "\"12\"" or W/"12": the version the sender was looking at.  One version: a list of them or * names none. */
static int read_if_match (struct exchange *exchange, void *message, struct error *err)
{
    const struct message_field *field = route_if_match (exchange->match->route);
    const char *line = field ? exchange_line (exchange, "If-Match") : NULL;
    size_t skip, size, end;

    if (!field)
        return 0;
    skip = strncmp (line, "W/\"", 3) == 0 ? 3 : *line == '"' ? 1 : 0;
    size = strcspn (line + skip, "\"");
    end = skip + size + (skip && line[skip + size]);
    if ((skip && line[skip + size] != '"') || line[end + strspn (line + end, " \t")])
        return fail (err, ERROR_FIELD_WRONG_TYPE, "", "If-Match is not one version");
    return set_field (exchange, field, arena_copy (&exchange->arena, line + skip, size), message, err);
}

static int read_body (struct exchange *exchange, void *message, struct error *err)
{
    const struct http_route *route = exchange->match->route;
    struct bytes body = { (const unsigned char *) exchange->body, exchange->body_size };

    if (route->message->flags & IS_STREAM)
        return 0;
    if (route->message->flags & IS_RAW)
        return raw_read (exchange, body, message, err);
    if (body.size == 0)
        body = (struct bytes) { (const unsigned char *) "{}", 2 };
    return codec_json_read (route->message, body, &exchange->arena, message, err);
}

void *command_message (struct exchange *exchange, struct error *err)
{
    void *message = arena_alloc (&exchange->arena, exchange->match->route->message->size);

    if (read_path (exchange, message, err) < 0 || read_query (exchange, message, err) < 0 || read_if_match (exchange, message, err) < 0
        || partner_read (exchange, message, err) < 0 || read_body (exchange, message, err) < 0)
        return NULL;
    return message;
}

/* ---- the request's header --------------------------------------------------------------------------------------------------------- */

/* Where a request comes from: the peer, or what the proxy in front says of its own peer. */
static const char *source_of (struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const char *told = exchange->gateway->behind_tls ? exchange_line (exchange, "X-Real-IP") : NULL;
    char text[64] = "unknown";

    if (told && strlen (told) < sizeof text && told[strspn (told, "0123456789abcdefABCDEF.:")] == '\0')
        return arena_text (&exchange->arena, told);
    if (info && info->client_addr->sa_family == AF_INET)
        inet_ntop (AF_INET, &((const struct sockaddr_in *) info->client_addr)->sin_addr, text, sizeof text);
    else if (info && info->client_addr->sa_family == AF_INET6)
        inet_ntop (AF_INET6, &((const struct sockaddr_in6 *) info->client_addr)->sin6_addr, text, sizeof text);
    return arena_text (&exchange->arena, text);
}

static const char *device_of (struct exchange *exchange)
{
    const char *agent = exchange_line (exchange, "User-Agent");
    size_t size = agent ? strnlen (agent, 200) : 0;

    return agent && text_is_utf8 (agent, size) ? arena_copy (&exchange->arena, agent, size) : NULL;
}

void command_sign (const struct session *session, bool remembered, struct request_header *header)
{
    if (!session)
        return;
    header->person_id = session->person_id;
    header->session_id = session->session_id;
    header->office_id = session->office_id;
    header->municipality = session->municipality;
    header->roles = session->role_list;
    header->strength = (enum session_strength) session->strength;
    header->context = remembered ? NULL : session->context;
    header->has_remembered = header->remembered = remembered;
    header->purpose = "care";
}

/* The token of a registered terminal as this device says it; registry decides whether it is one.  NULL: none, or none of ours. */
static const char *terminal_of (struct exchange *exchange)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *token = cookie_value (&exchange->arena, exchange_line (exchange, "Cookie"), exchange->gateway->terminal_cookie);

    return token && strlen (token) == TERMINAL_TOKEN && token[strspn (token, letters)] == '\0' ? token : NULL;
}

static struct bytes terminal_digest (struct exchange *exchange)
{
    const char *token = strcmp (exchange->match->route->service, "registry") == 0 ? terminal_of (exchange) : NULL;
    unsigned char *digest = arena_alloc (&exchange->arena, TOKEN_HASH_BYTES);

    if (!token)
        return (struct bytes) { NULL, 0 };
    token_hash (token, digest);
    return (struct bytes) { digest, TOKEN_HASH_BYTES };
}

struct request_header command_header (struct exchange *exchange)
{
    const struct message_type *type = exchange->match->route->message;
    const char *key = exchange_line (exchange, "Idempotency-Key");
    struct request_header header = {
        .message = type->name,
        .version = type->version,
        .trace = exchange->trace,
        .source = source_of (exchange),
        .device = device_of (exchange),
        .terminal = terminal_digest (exchange),
        .key = key ? arena_text (&exchange->arena, key) : NULL,
    };

    command_sign (exchange->session, exchange->remembered, &header);
    return header;
}

void command_pass (const struct exchange *exchange, const char *point)
{
    failpoint_forget ();
    failpoint_about (exchange->match->route->message->name);
    failpoint (point);
}

/* ---- the reply -------------------------------------------------------------------------------------------------------------------- */

static void set_cookie (struct exchange *exchange, const char *name, const char *token, const char *age)
{
    exchange_header (exchange, "Set-Cookie", arena_print (&exchange->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", name, token,
                                                          exchange->gateway->secure_cookie ? "; Secure" : "", age));
}

static void set_terminal (struct exchange *exchange, const char *token)
{
    set_cookie (exchange, exchange->gateway->terminal_cookie, token, arena_print (&exchange->arena, "; Max-Age=%d", LASTING_SECONDS));
}

/* Of the session.  Each log-in at a terminal lets the terminal's cookie last anew. */
static void set_session (struct exchange *exchange, const char *token)
{
    const char *terminal = *token ? terminal_of (exchange) : NULL;

    set_cookie (exchange, exchange->gateway->cookie_name, token, *token ? "" : "; Max-Age=0");
    if (terminal)
        set_terminal (exchange, terminal);
}

/* Fields of the answer that become headers. */
static void set_headers (struct exchange *exchange, const struct message_type *type, const void *answer)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        char buffer[64];
        const char *text = field->flags & (IS_ETAG | IS_COOKIE) ? codec_text_of (field, answer, buffer) : NULL;

        if (text && (field->flags & IS_LASTING))
            set_terminal (exchange, text);
        else if (text && (field->flags & IS_COOKIE))
            set_session (exchange, text);
        else if (text)
            exchange_header (exchange, "ETag", arena_print (&exchange->arena, "\"%s\"", text));
    }
}

static void answer_with (struct exchange *exchange, const struct reply_header *header, struct bytes body)
{
    const struct message_type *type = exchange->match->route->answer;
    void *answer = arena_alloc (&exchange->arena, type->size);
    bool document = content_field (type) != NULL;
    struct bytes json;
    struct error err;

    if (codec_unpack (type, body, &exchange->arena, answer, &err) < 0
        || (!document && codec_json_write (type, answer, &exchange->arena, &json, &err) < 0)) {
        refuse (exchange, ERROR_BUG, "a service's answer cannot be read");
        return;
    }
    set_headers (exchange, type, answer);
    if (header->has_replayed && header->replayed)
        exchange_header (exchange, "Idempotency-Replayed", "true");
    if (document)
        content_answer (exchange, answer);
    else
        exchange_answer (exchange, MHD_HTTP_OK, "application/json", json);
}

/* The conflict record as JSON; NULL when there is none. */
static const char *conflict_json (struct exchange *exchange, const struct reply_header *header, struct bytes body)
{
    const struct message_type *type = exchange->match->route->conflict;
    void *record = type ? arena_alloc (&exchange->arena, type->size) : NULL;
    struct bytes json;
    struct error err;

    if (!record || !header->has_conflict || !header->conflict || codec_unpack (type, body, &exchange->arena, record, &err) < 0
        || codec_json_write (type, record, &exchange->arena, &json, &err) < 0)
        return NULL;
    return (const char *) json.data;
}

/* What registry has changed about a session must not be remembered otherwise. */
static void forget_session (struct exchange *exchange)
{
    const struct http_route *route = exchange->match->route;

    if (exchange->session && strcmp (route->service, "registry") == 0 && (route->message->flags & IS_COMMAND))
        sessions_forget (exchange->gateway->sessions, exchange->session->session_id);
}

void command_reply (struct exchange *exchange, const struct reply_header *header, struct bytes body)
{
    forget_session (exchange);
    if (header->ok)
        answer_with (exchange, header, body);
    else
        exchange_refuse_as (exchange, header, conflict_json (exchange, header, body));
}

static void on_reply (void *arg, const struct reply_header *header, struct bytes body)
{
    struct exchange *exchange = arg;

    command_pass (exchange, "before_answer");
    command_reply (exchange, header, body);
    exchange_resume (exchange);
}

static int send_message (struct exchange *exchange, struct error *err)
{
    const struct http_route *route = exchange->match->route;
    struct request_header header = command_header (exchange);
    void *message = command_message (exchange, err);
    struct bytes packed;

    if (!message || codec_pack (route->message, message, &exchange->arena, &packed, err) < 0)
        return -1;
    free (exchange->body);
    exchange->body = NULL;
    command_pass (exchange, "before_send");
    if (bus_client_send (exchange->gateway->bus, route->service, &header, route->message->flags & IS_COMMAND, packed, ANSWER_TIMEOUT_MS,
                         on_reply, exchange, err) < 0)
        return -1;
    command_pass (exchange, "after_send");
    return 0;
}

void command_act (struct exchange *exchange)
{
    struct error err;

    if (!exchange->match)
        stream_begin (exchange);
    else if (send_message (exchange, &err) < 0)
        exchange_refuse (exchange, &err);
    else
        exchange_wait (exchange, READY);
}
