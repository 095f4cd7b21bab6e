/* http.c - the operator's HTTP: see http.h. */
#include "http.h"
#include <curl/curl.h>
#include <termios.h>
#include <unistd.h>
#include "clock.h"
#include "ids.h"
#include "one_time_code.h"

enum { ANSWER_MOST = 8 * 1024 * 1024 };

struct http {
    CURL *curl;
    char base[300], cookie[400];
    long status;                            /* of the last answer */
    char *answer;
    size_t size;
};

/* "https://a.example/" is the same place as without the slash. */
static size_t length_without_slashes (const char *base)
{
    size_t size = strlen (base);

    while (size && base[size - 1] == '/')
        size--;
    return size;
}

struct http *http_open (const char *base, struct error *err)
{
    struct http *http = calloc (1, sizeof *http);

    if (!http || curl_global_init (CURL_GLOBAL_DEFAULT) || !(http->curl = curl_easy_init ())) {
        fail (err, ERROR_BUG, NULL, "curl cannot be started");
        free (http);
        return NULL;
    }
    snprintf (http->base, sizeof http->base, "%.*s/api/v1", (int) length_without_slashes (base), base);
    return http;
}

static size_t take_answer (char *bytes, size_t one, size_t count, void *arg)
{
    struct http *http = arg;
    char *larger;

    if (http->size + count > ANSWER_MOST || !(larger = realloc (http->answer, http->size + count + 1)))
        return 0;
    memcpy (larger + http->size, bytes, count);
    http->answer = larger;
    http->size += count;
    http->answer[http->size] = 0;
    return one * count;
}

/* The session's cookie is kept as it is, also where curl would not send a Secure one back over plain HTTP to this machine. */
static size_t take_header (char *line, size_t one, size_t count, void *arg)
{
    struct http *http = arg;

    if (count > 11 && strncasecmp (line, "set-cookie:", 11) == 0) {
        const char *value = line + 11 + strspn (line + 11, " ");

        snprintf (http->cookie, sizeof http->cookie, "%.*s", (int) strcspn (value, ";\r\n"), value);
    }
    return one * count;
}

static struct curl_slist *headers_of (const struct http *http, const char *method, const char *type)
{
    char line[500], key[UUID_TEXT];
    struct curl_slist *list = curl_slist_append (NULL, "Renkei-Client: renkei");

    snprintf (line, sizeof line, "Content-Type: %s", type);
    list = curl_slist_append (list, line);
    list = curl_slist_append (list, "Expect:");
    if (*http->cookie) {
        snprintf (line, sizeof line, "Cookie: %s", http->cookie);
        list = curl_slist_append (list, line);
    }
    if (strcmp (method, "POST") == 0) {
        uuid_new (key);
        snprintf (line, sizeof line, "Idempotency-Key: %s", key);
        list = curl_slist_append (list, line);
    }
    return list;
}

/* The server's own words for a refusal (problem+json), and the first field it is about. */
static int refused (const struct http *http, long status, struct error *err)
{
    cJSON *problem = cJSON_Parse (http->answer ? http->answer : ""),
          *field = cJSON_GetArrayItem (cJSON_GetObjectItem (problem, "errors"), 0);
    const char *title = cJSON_GetStringValue (cJSON_GetObjectItem (problem, "title")),
               *pointer = cJSON_GetStringValue (cJSON_GetObjectItem (field, "pointer"));

    fail (err, 0, NULL, "%s%s%s (HTTP %ld)", title ? title : "", pointer && *pointer ? "  " : "", pointer ? pointer : "", status);
    cJSON_Delete (problem);
    return -1;
}

static int exchange (struct http *http, const char *method, const char *path, const char *type, const void *body, size_t size, long seconds,
                     struct error *err)
{
    struct curl_slist *headers = headers_of (http, method, type);
    char url[800];
    long status = 0;
    CURLcode code;

    snprintf (url, sizeof url, "%s%s", http->base, path);
    free (http->answer);
    http->answer = NULL;
    http->size = 0;
    curl_easy_reset (http->curl);
    curl_easy_setopt (http->curl, CURLOPT_URL, url);
    curl_easy_setopt (http->curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt (http->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt (http->curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt (http->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (http->curl, CURLOPT_PROXY, "");
    curl_easy_setopt (http->curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt (http->curl, CURLOPT_WRITEDATA, http);
    curl_easy_setopt (http->curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt (http->curl, CURLOPT_HEADERDATA, http);
    if (body) {
        curl_easy_setopt (http->curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt (http->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) size);
    }
    code = curl_easy_perform (http->curl);
    curl_easy_getinfo (http->curl, CURLINFO_RESPONSE_CODE, &status);
    http->status = status;
    curl_slist_free_all (headers);
    if (code != CURLE_OK)
        return fail (err, ERROR_TRY_LATER, NULL, "%s: %s", http->base, curl_easy_strerror (code));
    return status >= 200 && status < 300 ? 0 : refused (http, status, err);
}

int http_call (struct http *http, const char *method, const char *path, cJSON *body, cJSON **ret, struct error *err)
{
    bool writes = strcmp (method, "GET") != 0 && strcmp (method, "DELETE") != 0;
    char *text = body ? cJSON_PrintUnformatted (body) : NULL;
    int status = exchange (http, method, path, "application/json", text ? text : writes ? "{}" : NULL, text ? strlen (text) : 2, 30, err);

    free (text);
    cJSON_Delete (body);
    if (status == 0 && ret)
        *ret = cJSON_Parse (http->answer ? http->answer : "{}");
    return status;
}

int http_send_file (struct http *http, const char *path, const void *bytes, size_t size, struct error *err)
{
    return exchange (http, "PUT", path, "application/octet-stream", bytes, size, 600, err);
}

void http_close (struct http **http)
{
    struct error ignored = { 0 };

    if (!*http)
        return;
    if (*(*http)->cookie)
        http_call (*http, "POST", "/logout", NULL, NULL, &ignored);
    curl_easy_cleanup ((*http)->curl);
    free ((*http)->answer);
    free (*http);
    *http = NULL;
}

/* ---- log-in ------------------------------------------------------------------------------------------------------------------------- */

static const char *ask (struct operator *self, const char *setting, const char *words, bool hidden)
{
    const char *given = setting ? option_text (self->options, setting) : "";
    struct termios before, silent;
    char line[300];

    if (*given)
        return given;
    fprintf (stderr, "%s: ", words);
    if (hidden && tcgetattr (STDIN_FILENO, &before) == 0) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t) ECHO;
        tcsetattr (STDIN_FILENO, TCSANOW, &silent);
    } else
        hidden = false;
    if (!fgets (line, sizeof line, stdin))
        *line = 0;
    if (hidden) {
        tcsetattr (STDIN_FILENO, TCSANOW, &before);
        fputc ('\n', stderr);
    }
    line[strcspn (line, "\r\n")] = 0;
    return arena_text (&self->arena, line);
}

static int second_factor (struct http *http, struct operator *self, const char *ticket, struct error *err)
{
    const char *secret = option_text (self->options, "totp-secret");
    cJSON *body = cJSON_CreateObject ();
    char code[7];

    if (!*secret)
        snprintf (code, sizeof code, "%s", ask (self, NULL, "確認コード（6桁）", false));
    else if (!one_time_code (secret, clock_real_us () / SECOND_US, code)) {
        cJSON_Delete (body);
        return fail (err, ERROR_MALFORMED, NULL, "totp-secret is not base32");
    }
    cJSON_AddStringToObject (body, "ticket", ticket);
    cJSON_AddStringToObject (body, "code", code);
    return http_call (http, "POST", "/login/totp", body, NULL, err);
}

/* A code works once: where the secret is known, the next one is waited for. */
static void wait_for_next_code (void)
{
    int64_t into = clock_real_us () % (30 * SECOND_US);

    fputs ("次の確認コードを待っています…\n", stderr);
    usleep ((useconds_t) (30 * SECOND_US - into + 200000));
}

static int log_in_once (struct http *http, struct operator *self, const char *login, const char *password, struct error *err)
{
    cJSON *body = cJSON_CreateObject (), *started = NULL;
    int status;

    cJSON_AddStringToObject (body, "login", login);
    cJSON_AddStringToObject (body, "password", password);
    if (http_call (http, "POST", "/login", body, &started, err) < 0)
        return -1;
    body = cJSON_GetObjectItem (started, "ticket");
    status = cJSON_IsString (body) ? second_factor (http, self, body->valuestring, err) : fail (err, ERROR_BUG, NULL, "no ticket");
    cJSON_Delete (started);
    return status;
}

int http_login (struct http *http, struct operator *self, struct error *err)
{
    const char *login = ask (self, "login", "ログイン名", false), *password = ask (self, "password", "パスワード", true);

    if (log_in_once (http, self, login, password, err) == 0)
        return 0;
    if (!*option_text (self->options, "totp-secret") || err->key || http->status != 401)
        return -1;                          /* only a refused log-in may be one whose code was used before */
    wait_for_next_code ();
    return log_in_once (http, self, login, password, err);
}
