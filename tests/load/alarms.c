/* alarms.c - how fast an emergency reaches a doctor: reports one after the other for different persons, each timed until it stands on the
 * doctor's live stream.  Meant to run beside load.c.
 *
 *     alarms PORT NURSE_COOKIE DOCTOR_COOKIE IDS PER_SECOND SECONDS [SKIP]     IDS: file, one person's id a line; SKIP: how many to pass over
 *
 * Prints one JSON object; times in microseconds, from the scheduled moment.
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include "wire.h"

enum { REPORT_MAX = 5000, BUFFER = 65536 };

struct report { char alert_id[40]; int64_t scheduled; bool seen; };

static struct report reports[REPORT_MAX];
static int report_count, refused, seen, port;
static struct samples samples;
static struct framing framing;
static bool ready;

static void new_id (char ret[40])
{
    FILE *in = fopen ("/proc/sys/kernel/random/uuid", "r");

    if (!in || fscanf (in, "%39s", ret) != 1)
        exit (1);
    fclose (in);
}

static void send_report (int fd, const char *cookie, const char *patient, int64_t scheduled)
{
    struct report *report = &reports[report_count++];
    char body[500], request[1200], at[40];
    time_t now = time (NULL);
    int size;

    new_id (report->alert_id);
    report->scheduled = scheduled;
    strftime (at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime (&now));
    size = snprintf (body, sizeof body, "{\"alert_id\":\"%s\",\"patient_id\":\"%s\",\"urgency\":\"urgent\",\"tag\":\"breathing\",\"happened\":\"呼吸が苦しい\","
                     "\"observed_at\":\"%s\"}", report->alert_id, patient, at);
    size = snprintf (request, sizeof request, "POST /api/v1/emergencies HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nRenkei-Client: load\r\n"
                     "Idempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", port, cookie, report->alert_id, size, body);
    if (write (fd, request, (size_t) size) != size)
        exit (1);
}

static void on_line (const char *line)
{
    const char *id = strstr (line, "\"alert_id\":\"");

    ready |= strncmp (line, "event: resync", 13) == 0;
    for (int i = report_count - 1; id && i >= 0; i--)
        if (!reports[i].seen && strncmp (reports[i].alert_id, id + 12, 36) == 0) {
            reports[i].seen = true;
            seen++;
            keep (&samples, now_us () - reports[i].scheduled);
        }
}

static void on_stream (int fd)
{
    static char in[BUFFER];
    static size_t used;
    ssize_t got = read (fd, in + used, BUFFER - 1 - used);
    char *line = in, *end;

    if (got <= 0)
        exit (1);
    used += without_framing (&framing, in + used, (size_t) got);
    in[used] = '\0';
    while ((end = strchr (line, '\n'))) {
        *end = '\0';
        on_line (line);
        line = end + 1;
    }
    used -= (size_t) (line - in);
    memmove (in, line, used);
}

static void on_answer (int fd)
{
    char in[BUFFER];
    ssize_t got = read (fd, in, sizeof in - 1);

    if (got <= 0)
        exit (1);
    in[got] = '\0';
    if (strstr (in, "HTTP/1.1 4") || strstr (in, "HTTP/1.1 5")) {
        if (refused++ == 0)
            fprintf (stderr, "%.600s\n", in);
    }
}

static void wait_for_news (struct pollfd fds[2], int ms)
{
    if (poll (fds, 2, ms) <= 0)
        return;
    if (fds[0].revents)
        on_stream (fds[0].fd);
    if (fds[1].revents)
        on_answer (fds[1].fd);
}

static void open_stream (int fd, const char *cookie)
{
    if (dprintf (fd, "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n", port, cookie) < 0)
        exit (1);
}

int main (int argc, char **argv)
{
    struct pollfd fds[2];
    char patient[64];
    double every;
    int64_t next, end;
    FILE *ids;

    if (argc < 7 || !(ids = fopen (argv[4], "r")))
        return 2;
    port = (int) strtol (argv[1], NULL, 10);
    every = 1e6 / strtod (argv[5], NULL);
    samples.values = malloc (REPORT_MAX * sizeof (int64_t));
    for (long skip = argc > 7 ? strtol (argv[7], NULL, 10) : 0; skip > 0 && fscanf (ids, "%63s", patient) == 1; skip--)
        ;
    fds[0] = (struct pollfd) { open_connection (port), POLLIN, 0 };
    fds[1] = (struct pollfd) { open_connection (port), POLLIN, 0 };
    open_stream (fds[0].fd, argv[3]);
    for (end = now_us () + 5000000; !ready && now_us () < end;)
        wait_for_news (fds, 100);
    next = now_us ();
    end = next + (int64_t) (strtod (argv[6], NULL) * 1e6);
    while (now_us () < end && report_count < REPORT_MAX) {
        if (now_us () >= next && fscanf (ids, "%63s", patient) == 1) {
            send_report (fds[1].fd, argv[2], patient, next);
            next += (int64_t) every;
        }
        wait_for_news (fds, next > now_us () ? (int) ((next - now_us ()) / 1000) + 1 : 1);
    }
    for (end = now_us () + 5000000; seen + refused < report_count && now_us () < end;)
        wait_for_news (fds, 50);
    for (int i = 0; i < report_count; i++)
        if (!reports[i].seen)
            fprintf (stderr, "report %d of %d was not seen: alert %s\n", i + 1, report_count, reports[i].alert_id);
    qsort (samples.values, samples.count, sizeof *samples.values, compare);
    printf ("{\"reports\":%d,\"refused\":%d,\"seen\":%d,\"p50\":%" PRId64 ",\"p99\":%" PRId64 "}\n", report_count, refused, seen, at_rank (&samples, .5),
            at_rank (&samples, .99));
    return seen != report_count;
}
