/* dispatch_service.c - what dispatch is made of: routes, jobs, statements, settings. */
#define DEFINE_ROUTES
#include "dispatch.h"
#include <curl/curl.h>
#include <libxml/parser.h>
#include "courier.h"
#include "incident_store.h"
#include "lookup_store.h"
#include "partner_store.h"
#include "reply_store.h"

static const struct db_statement *const statements[] = { partner_statements, incident_statements, reply_statements, lookup_statements,
                                                         NULL };

static const struct job jobs[] = {
    { "incident", 1000, dispatch_job_incident },
    { "reply", 1000, dispatch_job_reply },
    { "file_drop", 2000, dispatch_job_file_drop },
    { "last_resort", 5000, dispatch_job_last_resort },
};

const struct option dispatch_options[] = {
    { "webhook-allow", OPTION_TEXT, "", 0, 0, "Addresses replies may be sent to: comma-separated prefixes ending in /." },
    { "drop-dir", OPTION_TEXT, "", 0, 0, "Folder with one folder a partner (its id) for messages as files; empty: none." },
    { "ask-timeout", OPTION_MILLISECONDS, "1000", 50, 5000, "How long sharing and notify are waited for in one reply, in milliseconds." },
    { 0 },
};

const struct service dispatch_service = {
    .name = "dispatch",
    .routes = dispatch_routes, .route_count = DISPATCH_ROUTE_COUNT,
    .heard = dispatch_heard, .heard_count = DISPATCH_HEARD_COUNT,
    .jobs = jobs, .job_count = sizeof jobs / sizeof *jobs,
    .statements = statements,
    .options = dispatch_options,
    .start = dispatch_start,
    .stop = dispatch_stop,
};

int dispatch_start (void *service, struct error *err)
{
    struct dispatch *self = service;

    (void) err;
    xmlInitParser ();
    curl_global_init (CURL_GLOBAL_DEFAULT);
    self->webhook_allow = option_text (service_options (), "webhook-allow");
    self->drop_dir = option_text (service_options (), "drop-dir");
    self->ask_ms = (int) option_number (service_options (), "ask-timeout");
    return 0;
}

void dispatch_stop (void *service)
{
    courier_close (&((struct dispatch *) service)->courier);
}
