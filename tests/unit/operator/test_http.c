/* The operator's HTTP against a server in this process: what goes over the line, what is kept, and what a refusal becomes. */
#include "http.h"
#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>
#include "options.h"
#include "tap.h"

enum { SEEN_MAX = 40 };

/* One request as the server saw it; written by its thread, read between requests. */
struct seen { char method[8], path[200], key[60], cookie[80], client[20], type[60], body[400]; size_t size; };

static struct seen seen[SEEN_MAX];
static size_t seen_count;
static struct { int status; const char *type, *cookie, *body; size_t size; } answer;
static char base[60];
static struct error err;

static void keep (struct MHD_Connection *connection, const char *name, char *to, size_t size)
{
    const char *value = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, name);

    snprintf (to, size, "%s", value ? value : "");
}

static enum MHD_Result finish (struct MHD_Connection *connection)
{
    struct MHD_Response *response = MHD_create_response_from_buffer (answer.size ? answer.size : strlen (answer.body), (void *) answer.body,
                                                                     MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result;

    if (answer.cookie)
        MHD_add_response_header (response, "Set-Cookie", answer.cookie);
    result = MHD_queue_response (connection, (unsigned) answer.status, response);
    MHD_destroy_response (response);
    return result;
}

static enum MHD_Result serve (void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **context)
{
    struct seen *now = &seen[seen_count % SEEN_MAX];

    (void) cls;
    (void) version;
    if (!*context) {
        *context = now;
        *now = (struct seen) { .size = 0 };
        snprintf (now->method, sizeof now->method, "%s", method);
        snprintf (now->path, sizeof now->path, "%s", url);
        keep (connection, "Idempotency-Key", now->key, sizeof now->key);
        keep (connection, "Cookie", now->cookie, sizeof now->cookie);
        keep (connection, "Renkei-Client", now->client, sizeof now->client);
        keep (connection, "Content-Type", now->type, sizeof now->type);
        return MHD_YES;
    }
    if (*size) {
        if (now->size + *size < sizeof now->body)
            memcpy (now->body + now->size, data, *size);
        now->size += *size;
        *size = 0;
        return MHD_YES;
    }
    seen_count++;
    return finish (connection);
}

static struct MHD_Daemon *open_server (void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    struct MHD_Daemon *daemon = MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL, 0, NULL, NULL, serve, NULL,
                                                  MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
    const union MHD_DaemonInfo *info = daemon ? MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;

    if (!info)
        abort ();
    snprintf (base, sizeof base, "http://127.0.0.1:%d", info->port);
    return daemon;
}

static void will_answer (int status, const char *body, const char *cookie)
{
    answer.status = status;
    answer.body = body;
    answer.cookie = cookie;
    answer.size = 0;
}

static const struct seen *last (void)
{
    return &seen[(seen_count - 1) % SEEN_MAX];
}

static cJSON *object (void)
{
    cJSON *body = cJSON_CreateObject ();

    cJSON_AddStringToObject (body, "name", "佐藤");
    return body;
}

static void what_goes_out (void)
{
    HTTP (http) = http_open (base, &err);
    cJSON *got = NULL;
    char key[60];

    will_answer (200, "{\"a\":1}", NULL);
    is_number (http_call (http, "POST", "/people", object (), &got, &err), 0, "a command is sent");
    ok (strcmp (last ()->path, "/api/v1/people") == 0 && strcmp (last ()->method, "POST") == 0, "…to its address");
    is (last ()->body, "{\"name\":\"佐藤\"}", "…with its body");
    is (last ()->type, "application/json", "…as JSON");
    is (last ()->client, "renkei", "…as a program that names itself");
    ok (strlen (last ()->key) == 36, "…with a key of its own");
    ok (cJSON_GetObjectItem (got, "a") && cJSON_GetObjectItem (got, "a")->valueint == 1, "the answer is read");
    cJSON_Delete (got);
    snprintf (key, sizeof key, "%s", last ()->key);
    http_call (http, "POST", "/people", NULL, NULL, &err);
    ok (strcmp (last ()->key, key) != 0, "no key comes twice");
    is (last ()->body, "{}", "no body is an empty object");
    http_call (http, "DELETE", "/people/x", NULL, NULL, &err);
    ok (strcmp (last ()->method, "DELETE") == 0 && last ()->size == 0 && !*last ()->key, "DELETE has neither");
    http_call (http, "GET", "/people", NULL, NULL, &err);
    ok (strcmp (last ()->method, "GET") == 0 && last ()->size == 0, "nor has GET");
}

static void files (void)
{
    HTTP (http) = http_open (base, &err);
    char *bytes = calloc (1, 700001);

    will_answer (200, "{}", NULL);
    is_number (http_send_file (http, "/uploads/x", bytes, 700001, &err), 0, "a file is sent");
    ok (strcmp (last ()->method, "PUT") == 0 && last ()->size == 700001, "…whole");
    is (last ()->type, "application/octet-stream", "…as octets");
    free (bytes);
}

static void cookies (void)
{
    struct http *http = http_open (base, &err);
    size_t before;

    will_answer (200, "{}", "__Host-renkei=T0ken; Path=/; Secure; HttpOnly");
    http_call (http, "POST", "/login/totp", NULL, NULL, &err);
    will_answer (200, "{}", NULL);
    http_call (http, "GET", "/session", NULL, NULL, &err);
    is (last ()->cookie, "__Host-renkei=T0ken", "the session's cookie is kept, also a Secure one on this machine");
    before = seen_count;
    http_close (&http);
    ok (http == NULL && seen_count == before + 1 && strcmp (last ()->path, "/api/v1/logout") == 0, "closing logs out");
    is (last ()->cookie, "__Host-renkei=T0ken", "…of that session");
    http_close (&http);
    http = http_open (base, &err);
    before = seen_count;
    http_close (&http);
    is_number (seen_count, before, "who never logged in does not log out");
}

static const char *refusal (int status, const char *body)
{
    HTTP (http) = http_open (base, &err);
    cJSON *got = NULL;

    will_answer (status, body, NULL);
    err = (struct error) { 0 };
    ok (http_call (http, "GET", "/x", NULL, &got, &err) < 0 && !got, "a refusal is no answer");
    return err.detail;
}

static void refusals (void)
{
    static char large[9 * 1024 * 1024];
    HTTP (http) = http_open ("http://127.0.0.1:1", &err);

    is (refusal (404, "{\"title\":\"見つかりません。\",\"key\":\"not_for_you\"}"), "見つかりません。 (HTTP 404)", "the server's own words are told");
    is (refusal (400, "{\"title\":\"入力してください。\",\"errors\":[{\"pointer\":\"/name\",\"key\":\"text_empty\"},{\"pointer\":\"/x\"}]}"),
        "入力してください。  /name (HTTP 400)", "…with the first field they are about");
    is (refusal (502, "<html>Bad gateway</html>"), " (HTTP 502)", "what is no problem document is told by its status");
    is (refusal (500, ""), " (HTTP 500)", "…as is nothing at all");
    is (refusal (303, "{}"), " (HTTP 303)", "another address is not followed");
    ok (http_call (http, "GET", "/x", NULL, NULL, &err) < 0 && err.key == ERROR_TRY_LATER, "where nobody listens it is told that nobody does");
    ok (strstr (err.detail, "http://127.0.0.1:1/api/v1") != NULL, "…and where that was");
    memset (large, ' ', sizeof large - 1);
    ok (strstr (refusal (200, large), "127.0.0.1") != NULL, "an answer of more than 8 MiB is not read to its end");
}

/* ---- log-in ---------------------------------------------------------------------------------------------------------------------------- */

static const struct option table[] = {
    { "login", OPTION_TEXT, "", 0, 0, "x" }, { "password", OPTION_TEXT, "", 0, 0, "x" }, { "totp-secret", OPTION_TEXT, "", 0, 0, "x" }, { 0 },
};

static int log_in (const char *secret)
{
    const struct option *const tables[] = { table, NULL };
    char setting[80];
    char *flags[] = { "renkei", "--login=sato", "--password=correct horse", setting, NULL };
    struct operator self = { .program = "renkei" };
    struct options *options;
    HTTP (http) = http_open (base, &err);
    int status;

    snprintf (setting, sizeof setting, "--totp-secret=%s", secret);
    self.options = options = options_read ("operator", tables, 4, flags, &err);
    err = (struct error) { 0 };
    status = http_login (http, &self, &err);
    options_done (&options);
    arena_done (&self.arena);
    return status;
}

static void log_ins (void)
{
    size_t before = seen_count;

    will_answer (200, "{\"ticket\":\"T1\"}", NULL);
    is_number (log_in ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), 0, "both factors are sent");
    is_number (seen_count, before + 2, "…in two requests");
    is (seen[before % SEEN_MAX].body, "{\"login\":\"sato\",\"password\":\"correct horse\"}", "…name and password first");
    ok (strncmp (seen[(before + 1) % SEEN_MAX].body, "{\"ticket\":\"T1\",\"code\":\"", 22) == 0 && seen[(before + 1) % SEEN_MAX].size == 31,
        "…then the ticket and six digits made from the secret");
    before = seen_count;
    is_number (log_in ("nonsense!"), -1, "a secret that is none");
    is_number (err.key, ERROR_MALFORMED, "…is told as one");
    is_number (seen_count, before + 1, "…and nothing is tried again for it");
    before = seen_count;
    will_answer (429, "{\"title\":\"15分後に\"}", NULL);
    is_number (log_in ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), -1, "too many attempts");
    is_number (seen_count, before + 1, "…are not followed by one more");
    will_answer (200, "{}", NULL);
    is_number (log_in (""), -1, "an answer without a ticket");
    is_number (err.key, ERROR_BUG, "…is the server's fault");
}

int main (void)
{
    struct MHD_Daemon *server = open_server ();

    what_goes_out ();
    files ();
    cookies ();
    refusals ();
    log_ins ();
    MHD_stop_daemon (server);
    return done ();
}
