/* loop.c - one loop around libmicrohttpd, the bus client and the session thread; and a graceful end.
 *
 * libmicrohttpd 0.9.75: MHD_run may leave work that no descriptor announces, so MHD_get_timeout is asked after each run and 0 means again;
 * MHD_stop_daemon aborts the process while a connection is suspended, so all are resumed first.
 */
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "clock.h"
#include "gateway.h"
#include "log.h"
#include "stream.h"

enum { GRACE_MS = 11000, ROUNDS_MAX = 64 };

static void watch (int epoll, int file)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = file };

    if (epoll_ctl (epoll, EPOLL_CTL_ADD, file, &event) < 0)
        abort ();
}

static int signals_fd (void)
{
    sigset_t set;

    sigemptyset (&set);
    sigaddset (&set, SIGTERM);
    sigaddset (&set, SIGINT);
    return signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);     /* main () has blocked them before the first thread */
}

/* How long nothing is due, ms. */
static int idle_ms (struct gateway *gateway, int64_t next_tick_us)
{
    int64_t tick = (next_tick_us - clock_monotonic_us ()) / 1000 + 1;
    int bus = bus_client_timeout (gateway->bus);
    MHD_UNSIGNED_LONG_LONG http;
    int64_t least = tick < 0 ? 0 : tick;

    if (bus >= 0 && bus < least)
        least = bus;
    if (MHD_get_timeout (gateway->daemon, &http) == MHD_YES && (int64_t) http < least)
        least = (int64_t) http;
    return (int) least;
}

static void run_http (struct gateway *gateway)
{
    MHD_UNSIGNED_LONG_LONG timeout = 0;

    for (int round = 0; round < ROUNDS_MAX; round++) {
        MHD_run (gateway->daemon);
        if (MHD_get_timeout (gateway->daemon, &timeout) != MHD_YES || timeout > 0)
            return;
    }
}

static void work (struct gateway *gateway)
{
    sessions_work (gateway->sessions);
    bus_client_work (gateway->bus);
    streams_work (gateway->streams);
    run_http (gateway);
    bus_client_work (gateway->bus);         /* hands over what the round has sent */
}

static void tick (struct gateway *gateway, int64_t *next_us)
{
    if (clock_monotonic_us () < *next_us)
        return;
    *next_us = clock_monotonic_us () + SECOND_US;
    sessions_tidy (gateway->sessions);
    streams_tick (gateway->streams);
}

static bool was_told_to_stop (int signals)
{
    struct signalfd_siginfo info;

    return read (signals, &info, sizeof info) == sizeof info;
}

/* No new connections; what is under way may end, then everybody who still waits is answered by the closing bus client. */
static void stop (struct gateway *gateway, int epoll)
{
    int64_t until = clock_monotonic_us () + (int64_t) GRACE_MS * 1000, next = clock_monotonic_us () + SECOND_US;
    struct epoll_event events[8];
    int listening = MHD_quiesce_daemon (gateway->daemon);

    gateway->stopping = true;
    streams_end (gateway->streams);
    while ((gateway->waiting > 0 || streams_count (gateway->streams) > 0) && clock_monotonic_us () < until) {
        (void) epoll_wait (epoll, events, 8, idle_ms (gateway, next) < 100 ? idle_ms (gateway, next) : 100);
        next = clock_monotonic_us () + SECOND_US;
        work (gateway);
    }
    bus_client_close (&gateway->bus);
    sessions_close (&gateway->sessions);
    run_http (gateway);
    if (listening >= 0)
        close (listening);
}

int gateway_run (struct gateway *gateway)
{
    int epoll = epoll_create1 (EPOLL_CLOEXEC), signals = signals_fd ();
    const union MHD_DaemonInfo *info = MHD_get_daemon_info (gateway->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    int64_t next_tick_us = clock_monotonic_us () + SECOND_US;
    struct epoll_event events[8];

    if (epoll < 0 || signals < 0 || !info)
        abort ();
    watch (epoll, signals);
    watch (epoll, info->epoll_fd);
    watch (epoll, bus_client_fd (gateway->bus));
    watch (epoll, sessions_fd (gateway->sessions));
    while (!was_told_to_stop (signals)) {
        if (epoll_wait (epoll, events, 8, idle_ms (gateway, next_tick_us)) < 0 && errno != EINTR)
            abort ();
        work (gateway);
        tick (gateway, &next_tick_us);
    }
    log_event (LOG_LEVEL_INFO, "stopping", NULL);
    stop (gateway, epoll);
    close (epoll);
    close (signals);
    return 0;
}
