/* handover.c - from an emergency accepted to its first hand-over to an adapter: reports at a rate over HTTP, and the provider's side of the voice and
 * SMS adapter, which notes when each alert's first call came.  The provider can be slow: so many a second and not one more.
 *
 *     handover PORT COOKIE IDS SINK RATE SECONDS [SKIP]        reports: a person each from the file IDS, one line a person's id, over again
 *     handover PORT - - SINK LIMIT SECONDS COUNT               provider only: answers LIMIT a second until COUNT messages have come
 *
 * Prints one JSON object; times in microseconds, from the scheduled moment and from the answer that said accepted.  Loopback only.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "wire.h"

enum { REPORT_MAX = 10000, POSTERS = 16, CALLERS = 256, CONNECTIONS = POSTERS + CALLERS + 1, LISTENER = POSTERS + CALLERS, BUFFER = 16384, ID = 36, NUMBER = 6 };

struct report { char alert_id[40]; int64_t scheduled, accepted, handed; };
struct connection { int fd, report; size_t used; bool waiting; int64_t answer_at; char in[BUFFER]; };

static struct report reports[REPORT_MAX];
static struct connection connections[CONNECTIONS];
static struct samples from_scheduled, from_accepted;
static int report_count, answered, refused, handed, poller, port, strays;
static int64_t every, next_slot, first_message, last_answer;

static void new_id (char ret[40])
{
    FILE *in = fopen ("/proc/sys/kernel/random/uuid", "r");

    if (!in || fscanf (in, "%39s", ret) != 1)
        exit (1);
    fclose (in);
}

static void watch (int number)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = (uint32_t) number };

    epoll_ctl (poller, EPOLL_CTL_ADD, connections[number].fd, &event);
}

static void drop (struct connection *connection)
{
    close (connection->fd);
    *connection = (struct connection) { .fd = -1, .report = -1 };
}

/* ---- reports ------------------------------------------------------------------------------------------------------------------------ */

static bool send_report (const char *cookie, const char *patient, int64_t scheduled)
{
    struct report *report = &reports[report_count];
    char body[500], request[1200], at[40];
    time_t now = time (NULL);
    int poster = 0, size;

    while (poster < POSTERS && connections[poster].report >= 0)
        poster++;
    if (poster == POSTERS)
        return false;
    new_id (report->alert_id);
    report->scheduled = scheduled;
    strftime (at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime (&now));
    size = snprintf (body, sizeof body, "{\"alert_id\":\"%s\",\"patient_id\":\"%s\",\"urgency\":\"urgent\",\"tag\":\"breathing\",\"happened\":\"呼吸が苦しい\",\"observed_at\":\"%s\"}",
                     report->alert_id, patient, at);
    size = snprintf (request, sizeof request, "POST /api/v1/emergencies HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nRenkei-Client: load\r\nIdempotency-Key: %s\r\n"
                     "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", port, cookie, report->alert_id, size, body);
    connections[poster].report = report_count++;
    return write (connections[poster].fd, request, (size_t) size) == size;
}

/* The length of a whole message in the buffer; 0 while it is not whole. */
static size_t whole (const struct connection *connection)
{
    const char *end = strstr (connection->in, "\r\n\r\n"), *length = strcasestr (connection->in, "content-length:");
    size_t size = end ? (size_t) (end - connection->in) + 4 + (length && length < end ? strtoul (length + 15, NULL, 10) : 0) : 0;

    return size && connection->used >= size ? size : 0;
}

static void on_answer (struct connection *connection)
{
    if (connection->report < 0)
        return;
    if (strncmp (connection->in, "HTTP/1.1 20", 11) == 0) {
        reports[connection->report].accepted = now_us ();
        answered++;
    }
    else {
        if (refused++ < 3)
            fprintf (stderr, "%.600s\n", connection->in);
    }
    connection->report = -1;
    connection->used = 0;
}

/* ---- the provider ------------------------------------------------------------------------------------------------------------------- */

static void note_message (const char *text)
{
    const char *number = strchr (text, '#');
    int64_t now = now_us ();

    first_message = first_message ? first_message : now;
    while (number && strspn (number + 1, "0123456789ABCDEF") != NUMBER)
        number = strchr (number + 1, '#');
    for (int i = report_count - 1; number && i >= 0; i--)
        if (strncasecmp (reports[i].alert_id + ID - NUMBER, number + 1, NUMBER) == 0) {
            handed += reports[i].handed == 0;
            reports[i].handed = reports[i].handed ? reports[i].handed : now;
            return;
        }
    strays++;
}

static void answer_call (struct connection *connection)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"received\":true}";

    if (write (connection->fd, answer, sizeof answer - 1) < 0) {
        drop (connection);
        return;
    }
    connection->waiting = false;
    connection->used = 0;
    last_answer = now_us ();
}

/* With a limit, answers leave one slot after the other, never in a burst. */
static void on_call (struct connection *connection)
{
    int64_t now = now_us ();

    if (connection->waiting)
        return;
    note_message (connection->in);
    if (every == 0) {
        answer_call (connection);
        return;
    }
    next_slot = (next_slot > now ? next_slot : now) + every;
    connection->waiting = true;
    connection->answer_at = next_slot;
}

static int64_t answer_due_calls (void)
{
    int64_t now = now_us (), soonest = now + 50000;

    for (int i = POSTERS; i < LISTENER; i++) {
        if (connections[i].waiting && connections[i].answer_at <= now)
            answer_call (&connections[i]);
        if (connections[i].waiting && connections[i].answer_at < soonest)
            soonest = connections[i].answer_at;
    }
    return soonest - now;
}

static void on_caller (void)
{
    int fd = accept4 (connections[LISTENER].fd, NULL, NULL, SOCK_CLOEXEC), number = POSTERS, on = 1;

    while (number < LISTENER && connections[number].fd >= 0)
        number++;
    if (fd < 0 || number == LISTENER) {
        close (fd);
        return;
    }
    setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections[number].fd = fd;
    watch (number);
}

static void listen_as_provider (int sink)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) sink), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

    setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || bind (fd, (struct sockaddr *) &at, sizeof at) < 0 || listen (fd, 128) < 0) {
        perror ("listen");
        exit (1);
    }
    connections[LISTENER].fd = fd;
    watch (LISTENER);
}

/* The next person; after the last the first again. */
static bool next_person (FILE *ids, char ret[64])
{
    if (fscanf (ids, "%63s", ret) == 1)
        return true;
    rewind (ids);
    return fscanf (ids, "%63s", ret) == 1;
}

/* ---- both --------------------------------------------------------------------------------------------------------------------------- */

static void on_bytes (int number)
{
    struct connection *connection = &connections[number];
    ssize_t got = read (connection->fd, connection->in + connection->used, BUFFER - 1 - connection->used);

    if (got <= 0) {
        if (number < POSTERS && connection->report < 0) {       /* it has idled: the gateway closes such */
            close (connection->fd);
            *connection = (struct connection) { .fd = open_connection (port), .report = -1 };
            watch (number);
            return;
        }
        if (number < POSTERS) {
            fprintf (stderr, "connection closed by the region\n");
            exit (1);
        }
        drop (connection);
        return;
    }
    connection->used += (size_t) got;
    connection->in[connection->used] = '\0';
    /* curl waits for leave to send a large body */
    if (number >= POSTERS && strcasestr (connection->in, "expect: 100-continue") && connection->in[connection->used - 1] == '\n'
        && write (connection->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25) != 25)
        exit (1);
    if (whole (connection))
        number < POSTERS ? on_answer (connection) : on_call (connection);
}

static void wait_for_news (int64_t timeout_us)
{
    struct epoll_event events[64];
    int64_t due = answer_due_calls ();
    const struct timespec timeout = { 0, (timeout_us < due ? timeout_us : due) * 1000 };
    int count = epoll_pwait2 (poller, events, 64, &timeout, NULL);

    for (int i = 0; i < count; i++)
        events[i].data.u32 == LISTENER ? on_caller () : on_bytes ((int) events[i].data.u32);
}

static void run_reports (const char *cookie, FILE *ids, double rate, double seconds)
{
    char patient[64] = "";
    int64_t next = now_us (), end = next + (int64_t) (seconds * 1e6), step = (int64_t) (1e6 / rate);

    for (int i = 0; i < POSTERS; i++) {
        connections[i].fd = open_connection (port);
        watch (i);
    }
    while (now_us () < end && report_count < REPORT_MAX) {
        if (now_us () >= next && (*patient || next_person (ids, patient)) && send_report (cookie, patient, next)) {
            *patient = '\0';
            next += step;
        }
        wait_for_news (next > now_us () ? next - now_us () : 200);
    }
    for (end = now_us () + 10000000; handed + refused < report_count && now_us () < end;)
        wait_for_news (20000);
}

static void run_provider (double seconds, int count)
{
    int64_t end = now_us () + (int64_t) (seconds * 1e6);

    while (strays < count && now_us () < end)
        wait_for_news (20000);
    while (answer_due_calls () < 50000 && now_us () < end)
        wait_for_news (20000);
}

static void tell (void)
{
    for (int i = 0; i < report_count; i++) {
        if (!reports[i].handed || !reports[i].accepted)
            continue;
        keep (&from_scheduled, reports[i].handed - reports[i].scheduled);
        keep (&from_accepted, reports[i].handed > reports[i].accepted ? reports[i].handed - reports[i].accepted : 0);
    }
    qsort (from_scheduled.values, from_scheduled.count, sizeof (int64_t), compare);
    qsort (from_accepted.values, from_accepted.count, sizeof (int64_t), compare);
    printf ("{\"reports\":%d,\"answered\":%d,\"refused\":%d,\"handed\":%d,\"messages\":%d,\"first_to_last\":%" PRId64 ",\"scheduled_p50\":%" PRId64 ",\"scheduled_p99\":%" PRId64
            ",\"accepted_p50\":%" PRId64 ",\"accepted_p99\":%" PRId64 ",\"accepted_max\":%" PRId64 "}\n", report_count, answered, refused, handed, strays, last_answer - first_message,
            at_rank (&from_scheduled, .5), at_rank (&from_scheduled, .99), at_rank (&from_accepted, .5), at_rank (&from_accepted, .99),
            at_rank (&from_accepted, 1));
}

int main (int argc, char **argv)
{
    FILE *ids = NULL;
    char patient[64];

    if (argc < 7 || (argv[2][0] != '-' && !(ids = fopen (argv[3], "r"))))
        return 2;
    port = (int) strtol (argv[1], NULL, 10);
    from_scheduled.values = malloc (REPORT_MAX * sizeof (int64_t));
    from_accepted.values = malloc (REPORT_MAX * sizeof (int64_t));
    poller = epoll_create1 (EPOLL_CLOEXEC);
    for (int i = 0; i < CONNECTIONS; i++)
        connections[i] = (struct connection) { .fd = -1, .report = -1 };
    listen_as_provider ((int) strtol (argv[4], NULL, 10));
    if (ids) {
        for (long skip = argc > 7 ? strtol (argv[7], NULL, 10) : 0; skip > 0 && fscanf (ids, "%63s", patient) == 1; skip--)
            ;
        run_reports (argv[2], ids, strtod (argv[5], NULL), strtod (argv[6], NULL));
    }
    else {
        every = (int64_t) (1e6 / strtod (argv[5], NULL));
        run_provider (strtod (argv[6], NULL), argc > 7 ? (int) strtol (argv[7], NULL, 10) : 1);
    }
    tell ();
    return ids && handed != report_count;
}
