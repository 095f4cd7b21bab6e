#define DEFINE_HTTP_ROUTES
#include "http_routes.h"
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include "exchange.h"
#include "log.h"
#include "mesh.h"
#include "metrics.h"
#include "stream.h"

static const struct option own_options[] = {
    { "config", OPTION_PATH, "", 0, 0, "File with settings." },
    { "run-dir", OPTION_PATH, NULL, 0, 0, "Folder of the region's sockets." },
    { "keys-dir", OPTION_PATH, NULL, 0, 0, "Folder of the mesh's keys." },
    { "database", OPTION_TEXT, NULL, 0, 0, "libpq connection string of the role renkei_gateway." },
    { "listen", OPTION_TEXT, "127.0.0.1:8080", 0, 0, "Address and port; one that is not loopback needs behind-tls." },
    { "behind-tls", OPTION_FLAG, "no", 0, 1, "TLS ends at a proxy in front, which sets X-Real-IP." },
    { "secure-cookie", OPTION_FLAG, "no", 0, 1, "The cookie is sent over TLS only (__Host-renkei)." },
    { "static-dir", OPTION_PATH, "", 0, 0, "Folder of the pages; empty: no pages." },
    { "demo-mode", OPTION_FLAG, "no", 0, 1, "Tell the invented accounts of demo-file to everybody." },
    { "demo-file", OPTION_PATH, "", 0, 0, "Accounts of a demo region, JSON." },
    { "log-level", OPTION_TEXT, "info", 0, 0, "debug, info, warning or error." },
    { NULL, OPTION_TEXT, NULL, 0, 0, NULL },
};

static enum log_level level_of (const char *name)
{
    static const char *const names[] = { "debug", "info", "warning", "error" };

    for (int i = 0; i < 4; i++)
        if (strcmp (name, names[i]) == 0)
            return (enum log_level) i;
    return LOG_LEVEL_INFO;
}

static void read_settings (struct gateway *gateway, const struct options *options)
{
    const char *demo_file = option_text (options, "demo-file");

    gateway->options = options;
    gateway->secure_cookie = option_number (options, "secure-cookie") != 0;
    gateway->cookie_name = gateway->secure_cookie ? "__Host-renkei" : "renkei";
    gateway->terminal_cookie = gateway->secure_cookie ? "__Host-renkei-terminal" : "renkei-terminal";
    gateway->behind_tls = option_number (options, "behind-tls") != 0;
    gateway->static_dir = option_text (options, "static-dir");
    gateway->demo_file = option_number (options, "demo-mode") && *demo_file ? demo_file : NULL;
    gateway->metrics.requests = metric_counter ("gateway_requests_total", "status", "HTTP answers by status.");
    gateway->metrics.seconds = metric_seconds ("gateway_request_seconds", NULL, "From the request line to the last byte of the answer.");
    gateway->metrics.streams = metric_gauge ("gateway_streams", NULL, "Live streams that are open.");
}

/* Signals are taken by the loop's signalfd only. */
static void block_signals (void)
{
    sigset_t set;

    sigemptyset (&set);
    sigaddset (&set, SIGTERM);
    sigaddset (&set, SIGINT);
    pthread_sigmask (SIG_BLOCK, &set, NULL);
    signal (SIGPIPE, SIG_IGN);
}

static int start (struct gateway *gateway, struct error *err)
{
    const struct options *options = gateway->options;

    if (mesh_open (option_text (options, "keys-dir"), "gateway", err) < 0)
        return -1;
    gateway->bus = bus_client_open (option_text (options, "run-dir"), err);
    if (!gateway->bus)
        return -1;
    gateway->sessions = sessions_open (option_text (options, "database"));
    gateway->streams = streams_open (gateway, err);
    if (!gateway->streams)
        return -1;
    gateway->daemon = http_start (gateway, option_text (options, "listen"), err);
    return gateway->daemon ? 0 : -1;
}

static void stop (struct gateway *gateway)
{
    if (gateway->bus)
        bus_client_close (&gateway->bus);
    if (gateway->sessions)
        sessions_close (&gateway->sessions);
    if (gateway->daemon)
        MHD_stop_daemon (gateway->daemon);
    streams_close (&gateway->streams);
    mesh_close ();
}

int main (int argc, char **argv)
{
    const struct option *const tables[] = { own_options, NULL };
    static struct gateway gateway = { .routes = http_routes, .route_count = HTTP_ROUTE_COUNT };
    struct options *options;
    struct error err = { 0 };
    int status = 1;

    block_signals ();
    options = options_read ("gateway", tables, argc, argv, &err);
    if (!options) {
        fprintf (stderr, "renkei-gateway: %s\n", err.detail);
        return 2;
    }
    log_open ("gateway", level_of (option_text (options, "log-level")));
    read_settings (&gateway, options);
    if (start (&gateway, &err) == 0) {
        log_event (LOG_LEVEL_INFO, "serving", "listen", option_text (options, "listen"), NULL);
        status = gateway_run (&gateway);
    }
    else
        log_event (LOG_LEVEL_ERROR, "not started", "detail", err.detail, NULL);
    stop (&gateway);
    options_done (&options);
    return status;
}
