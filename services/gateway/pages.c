/* pages.c - what machines ask of the gateway itself: health, metrics, version, the API's description, the demo accounts. */
#include <cjson/cJSON.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api_paper.h"
#include "exchange.h"
#include "metrics.h"
#include "stream.h"

#ifndef RENKEI_VERSION
#define RENKEI_VERSION "0.1"
#endif

enum { STATUS_TIMEOUT_MS = 1000, DEMO_BYTES_MAX = 256 * 1024 };

static const char *const services[] = { "registry", "sharing", "notify", "dispatch" };
enum { SERVICE_COUNT = sizeof services / sizeof *services };

static void answer_text (struct exchange *exchange, int status, const char *type, const char *text)
{
    exchange_answer (exchange, status, type, (struct bytes) { (const unsigned char *) text, strlen (text) });
}

static void not_there (struct exchange *exchange)
{
    struct error err;

    fail (&err, ERROR_NO_SUCH_MESSAGE, NULL, "no such page");
    exchange_refuse (exchange, &err);
}

/* ---- readiness -------------------------------------------------------------------------------------------------------------------- */

struct readiness;

struct asked { struct readiness *all; const char *service; };

struct readiness {                          /* lives in the exchange's arena */
    struct exchange *exchange;
    cJSON *document, *list;
    bool ready;
    int open;
    struct asked asked[SERVICE_COUNT];
};

static void finish (struct readiness *all)
{
    struct exchange *exchange = all->exchange;
    char *text;

    cJSON_AddBoolToObject (all->document, "ready", all->ready);
    text = cJSON_PrintUnformatted (all->document);
    cJSON_Delete (all->document);
    if (!text)
        abort ();
    answer_text (exchange, all->ready ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE, "application/json",
                 arena_text (&exchange->arena, text));
    cJSON_free (text);
    exchange_resume (exchange);
}

/* Names of what is not ready; values stay inside. */
static void add_line (struct readiness *all, const char *service, bool ready, const struct service_status_answer *status)
{
    cJSON *line = cJSON_CreateObject (), *missing = cJSON_CreateArray ();

    all->ready &= ready;
    for (size_t i = 0; status && i < status->facts.count; i++)
        if (!status->facts.items[i].ready)
            cJSON_AddItemToArray (missing, cJSON_CreateString (status->facts.items[i].name));
    cJSON_AddStringToObject (line, "service", service);
    cJSON_AddBoolToObject (line, "ready", ready);
    cJSON_AddItemToObject (line, "missing", missing);
    cJSON_AddItemToArray (all->list, line);
}

static void on_status (void *arg, const struct reply_header *header, struct bytes body)
{
    struct asked *asked = arg;
    struct service_status_answer status;
    struct error err;

    if (header->ok && codec_unpack (&service_status_answer_message, body, &asked->all->exchange->arena, &status, &err) == 0)
        add_line (asked->all, asked->service, status.ready, &status);
    else
        add_line (asked->all, asked->service, false, NULL);
    if (--asked->all->open == 0)
        finish (asked->all);
}

static bool ask_service (struct readiness *all, int i)
{
    const struct request_header header = { .message = service_status_message.name, .version = service_status_message.version };
    const struct service_status question = { 0 };
    struct bytes body;
    struct error err;

    all->asked[i] = (struct asked) { all, services[i] };
    return codec_pack (&service_status_message, &question, &all->exchange->arena, &body, &err) == 0
           && bus_client_send (all->exchange->gateway->bus, services[i], &header, false, body, STATUS_TIMEOUT_MS, on_status, &all->asked[i],
                               &err)
                  == 0;
}

static void answer_ready (struct exchange *exchange)
{
    struct readiness *all = arena_alloc (&exchange->arena, sizeof *all);

    all->exchange = exchange;
    all->document = cJSON_CreateObject ();
    all->list = cJSON_AddArrayToObject (all->document, "services");
    all->ready = true;
    add_line (all, "gateway", !exchange->gateway->stopping && sessions_are_there (exchange->gateway->sessions), NULL);
    exchange_wait (exchange, READY);
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (ask_service (all, i))
            all->open++;
        else
            add_line (all, services[i], false, NULL);
    if (all->open == 0)
        finish (all);
}

/* ---- texts ------------------------------------------------------------------------------------------------------------------------ */

static void answer_version (struct exchange *exchange)
{
    answer_text (exchange, MHD_HTTP_OK, "application/json", "{\"name\":\"renkei\",\"version\":\"" RENKEI_VERSION "\"}");
}

static void answer_metrics (struct exchange *exchange)
{
    answer_text (exchange, MHD_HTTP_OK, "text/plain; version=0.0.4", metrics_print (&exchange->arena));
}

static void answer_paper (struct exchange *exchange)
{
    exchange_answer (exchange, MHD_HTTP_OK, "application/json", (struct bytes) { api_paper, sizeof api_paper - 1 });
}

/* The invented accounts of a demo region, as the program that filled it wrote them; read anew, because they come after the gateway. */
static void answer_demo (struct exchange *exchange)
{
    const char *path = exchange->gateway->demo_file;
    int file = path ? open (path, O_RDONLY | O_CLOEXEC) : -1;
    char *text = arena_alloc (&exchange->arena, DEMO_BYTES_MAX);
    ssize_t size = file >= 0 ? read (file, text, DEMO_BYTES_MAX) : -1;

    if (file >= 0)
        close (file);
    if (size <= 0)
        not_there (exchange);
    else
        exchange_answer (exchange, MHD_HTTP_OK, "application/json", (struct bytes) { (unsigned char *) text, (size_t) size });
}

/* ---- addresses -------------------------------------------------------------------------------------------------------------------- */

static void answer_live (struct exchange *exchange)
{
    answer_text (exchange, MHD_HTTP_OK, "text/plain", "alive\n");
}

static const struct { const char *path; void (*answer) (struct exchange *); } pages[] = {
    { "/livez", answer_live }, { "/readyz", answer_ready }, { "/metrics", answer_metrics }, { "/version", answer_version },
    { "/api/v1/openapi.json", answer_paper }, { "/api/v1/demo", answer_demo },
};

/* HEAD as GET, so that nobody who watches /readyz by it takes the page of the same address for health. */
bool pages_answer (struct exchange *exchange)
{
    if (strcmp (exchange->method, "GET") != 0 && strcmp (exchange->method, "HEAD") != 0)
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp (exchange->target->path, pages[i].path) == 0) {
            pages[i].answer (exchange);
            return true;
        }
    return false;
}
