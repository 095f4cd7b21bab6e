/* gateway.h - the one door: HTTP in, messages out.
 *
 * One thread runs one loop: libmicrohttpd's epoll descriptor, the bus client's and the session thread's lie in one epoll set.  Nothing in
 * the loop waits: a request that needs an answer is suspended until it is there.  The gateway owns no data and decides nothing that a
 * service does not decide again.
 */
#ifndef GATEWAY_H
#define GATEWAY_H

#include <stdbool.h>
#include <stdint.h>
#include "bus_client.h"
#include "options.h"
#include "session.h"

enum { ANSWER_TIMEOUT_MS = 10000, BODY_MAX = 1024 * 1024, BODY_CLOSE = 4 * BODY_MAX,
       UPLOAD_MAX = 64 * 1024 * 1024, UPLOAD_PART = 256 * 1024 };

struct MHD_Daemon;
struct http_route;
struct streams;
struct metric;

struct gateway {
    const struct options *options;
    struct MHD_Daemon *daemon;
    struct bus_client *bus;
    struct sessions *sessions;
    struct streams *streams;
    const struct http_route *routes;        /* which address is which message */
    size_t route_count;
    const char *cookie_name;                /* renkei; __Host-renkei when it is Secure */
    const char *terminal_cookie;            /* the same with -terminal */
    const char *static_dir, *demo_file;     /* "" and NULL: none */
    bool secure_cookie, behind_tls;
    bool stopping;                          /* no new work */
    size_t waiting;                         /* exchanges that wait for somebody */
    struct { struct metric *requests, *seconds, *streams; } metrics;
};

/* loop.c: runs until SIGTERM or SIGINT, then lets what is under way end (at most 10 s). */
int gateway_run (struct gateway *gateway);

#endif
