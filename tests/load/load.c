/* load.c - open-loop load on a running region: changes of sheet sections over HTTP, and the notices they cause on one live stream.
 *
 *     load PORT WRITER_COOKIE READER_COOKIE TARGETS CONNECTIONS RATE SECONDS
 *
 * TARGETS: lines "patient_id section item version"; one change at a time per line (a section's version must be known to change it).
 * RATE 0: closed loop (every connection sends as soon as it has its answer); else arrivals are Poisson at RATE a second and latency counts from
 * the *scheduled* time, so that a stalled server pays for its queue.  Prints one JSON object; times in microseconds.  Loopback only.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>
#include "wire.h"

enum { CONNECTION_MAX = 1024, TARGET_MAX = 20000, BUFFER = 16384, STREAM = CONNECTION_MAX, BUCKETS = 4096 };

struct target { char patient[40], section[32], item[32]; long version; bool busy; int64_t scheduled; long pushed; int next; };
struct connection { int fd; int target; size_t used; char in[BUFFER]; };

static struct target targets[TARGET_MAX];
static struct connection connections[CONNECTION_MAX + 1];
static int of_patient[BUCKETS], target_count, connection_count, idle[CONNECTION_MAX], idle_count, next_target;
static struct samples posts, pushes;
static long sent, failed, answered, pushed, resyncs;
static char writer[200], reader[200];
static int port, poller;
static struct framing framing;
static uint64_t random_state = 88172645463325252u;

static double random_unit (void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double) (random_state >> 11) / 9007199254740992.0 + 1e-12;
}

static void watch (int number)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = (uint32_t) number };

    epoll_ctl (poller, EPOLL_CTL_ADD, connections[number].fd, &event);
}

static void read_targets (const char *path)
{
    FILE *in = fopen (path, "r");

    if (!in) {
        perror (path);
        exit (1);
    }
    while (target_count < TARGET_MAX
           && fscanf (in, "%39s %31s %31s %ld", targets[target_count].patient, targets[target_count].section, targets[target_count].item,
                      &targets[target_count].version) == 4)
        target_count++;
    fclose (in);
}

/* The next section nobody is changing; -1 when all are busy. */
static int free_target (void)
{
    for (int tried = 0; tried < target_count; tried++) {
        int number = next_target++ % target_count;

        if (!targets[number].busy)
            return number;
    }
    return -1;
}

static bool send_change (int64_t scheduled)
{
    char body[600], request[1400];
    int number = idle_count ? free_target () : -1, size;
    struct target *target;

    if (number < 0)
        return false;
    target = &targets[number];
    size = snprintf (body, sizeof body, "{\"entries\":[{\"item\":\"%s\",\"text\":\"負荷試験の記録 %ld。血圧 128/74、食欲あり。夜間の咳は減った。浮腫なし、体重は変わらず。"
                     "次回の訪問で再度確認する。\"}]}", target->item, target->version + 1);
    size = snprintf (request, sizeof request, "PUT /api/v1/patients/%s/sheet/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nRenkei-Client: load\r\n"
                     "If-Match: \"%ld\"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", target->patient, target->section, port, writer,
                     target->version, size, body);
    target->busy = true;
    target->scheduled = scheduled;
    connections[idle[--idle_count]].target = number;
    sent++;
    return write (connections[idle[idle_count]].fd, request, (size_t) size) == size;
}

/* An answer is whole in the buffer: note its latency and free connection and section. */
static void finish (struct connection *connection, int number)
{
    struct target *target = &targets[connection->target];

    if (strncmp (connection->in, "HTTP/1.1 200", 12) == 0 || strncmp (connection->in, "HTTP/1.1 201", 12) == 0) {
        target->version++;
        answered++;
        keep (&posts, now_us () - target->scheduled);
    }
    else {
        if (failed++ < 3)
            fprintf (stderr, "%.400s\n", connection->in);
    }
    if (target->pushed >= target->version)
        target->busy = false;
    else
        target->busy = strncmp (connection->in, "HTTP/1.1 20", 11) == 0;
    idle[idle_count++] = number;
}

static void on_answer (int number)
{
    struct connection *connection = &connections[number];
    ssize_t got = read (connection->fd, connection->in + connection->used, BUFFER - 1 - connection->used);
    char *end, *length;

    if (got <= 0) {
        fprintf (stderr, "connection closed by the server\n");
        exit (1);
    }
    connection->used += (size_t) got;
    connection->in[connection->used] = '\0';
    if (!(end = strstr (connection->in, "\r\n\r\n")))
        return;
    length = strcasestr (connection->in, "content-length:");
    if (connection->used < (size_t) (end - connection->in) + 4 + (length ? strtoul (length + 15, NULL, 10) : 0))
        return;
    connection->used = 0;
    finish (connection, number);
}

static unsigned bucket_of (const char *patient)
{
    unsigned hash = 0;

    for (int i = 0; i < 36; i++)
        hash = hash * 31 + (unsigned char) patient[i];
    return hash % BUCKETS;
}

static void index_targets (void)
{
    memset (of_patient, -1, sizeof of_patient);
    for (int i = 0; i < target_count; i++) {
        targets[i].next = of_patient[bucket_of (targets[i].patient)];
        of_patient[bucket_of (targets[i].patient)] = i;
    }
}

static struct target *target_of (const char *patient, const char *section)
{
    for (int i = of_patient[bucket_of (patient)]; i >= 0; i = targets[i].next)
        if (strncmp (targets[i].patient, patient, 36) == 0 && strncmp (targets[i].section, section, strlen (targets[i].section)) == 0)
            return &targets[i];
    return NULL;
}

static void on_notice (const char *line)
{
    const char *patient = strstr (line, "\"patient_id\":\""), *section = strstr (line, "\"section\":\""), *version = strstr (line, "\"version\":");
    struct target *target;

    if (!patient || !section || !version || !(target = target_of (patient + 14, section + 11)))
        return;
    target->pushed = strtol (version + 10, NULL, 10);
    pushed++;
    keep (&pushes, now_us () - target->scheduled);
    if (target->version >= target->pushed)
        target->busy = false;
}

static void on_stream (void)
{
    struct connection *stream = &connections[STREAM];
    ssize_t got = read (stream->fd, stream->in + stream->used, BUFFER - 1 - stream->used);
    char *line = stream->in, *end;

    if (got <= 0) {
        fprintf (stderr, "stream closed by the server\n");
        exit (1);
    }
    stream->used += without_framing (&framing, stream->in + stream->used, (size_t) got);
    stream->in[stream->used] = '\0';
    while ((end = strchr (line, '\n'))) {
        *end = '\0';
        if (strncmp (line, "event: resync", 13) == 0)
            resyncs++;
        else if (strncmp (line, "data:", 5) == 0)
            on_notice (line);
        line = end + 1;
    }
    stream->used -= (size_t) (line - stream->in);
    memmove (stream->in, line, stream->used);
}

static void open_stream (void)
{
    char request[500];
    int size = snprintf (request, sizeof request, "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n", port, reader);

    connections[STREAM].fd = open_connection (port);
    if (write (connections[STREAM].fd, request, (size_t) size) != size)
        exit (1);
    watch (STREAM);
}

/* To the microsecond: one that spins through the last millisecond takes the processor from what it measures. */
static void wait_for_news (int64_t timeout_us)
{
    struct epoll_event events[256];
    const struct timespec timeout = { timeout_us / 1000000, timeout_us % 1000000 * 1000 };
    int count = epoll_pwait2 (poller, events, 256, &timeout, NULL);

    for (int i = 0; i < count; i++)
        if (events[i].data.u32 == STREAM)
            on_stream ();
        else
            on_answer ((int) events[i].data.u32);
}

/* A stream without a position begins with a resync: what comes after it is missed no more. */
static void begin_stream (void)
{
    int64_t end = now_us () + 10000000;

    open_stream ();
    while (resyncs == 0 && now_us () < end)
        wait_for_news (100000);
    resyncs--;
}

/* The next run goes on with the versions this one has reached. */
static void write_targets (const char *path)
{
    FILE *out = fopen (path, "w");

    for (int i = 0; out && i < target_count; i++)
        fprintf (out, "%s %s %s %ld\n", targets[i].patient, targets[i].section, targets[i].item, targets[i].version);
    if (!out || fclose (out) != 0)
        perror (path);
}

static void run (double rate, double seconds)
{
    int64_t begin = now_us (), end = begin + (int64_t) (seconds * 1e6);
    double next = (double) begin;

    while (now_us () < end) {
        int64_t now = now_us ();

        if (rate <= 0)
            while (send_change (now_us ()))
                ;
        else
            while (next <= (double) now && send_change ((int64_t) next))
                next += -log (random_unit ()) * 1e6 / rate;
        wait_for_news (rate > 0 && next > (double) now ? (int64_t) (next - (double) now) : 1000);
    }
    end = now_us () + 5000000;
    while ((answered + failed < sent || pushed < answered) && now_us () < end)
        wait_for_news (10000);
}

/* Median of a quarter of the samples, while they are still in the order in which they came. */
static int64_t quarter (const struct samples *of, int which)
{
    size_t count = of->count / 4;
    struct samples part = { malloc ((count + 1) * sizeof (int64_t)), count };
    int64_t median;

    if (!part.values)
        exit (1);
    memcpy (part.values, of->values + (size_t) which * count, count * sizeof (int64_t));
    qsort (part.values, count, sizeof (int64_t), compare);
    median = at_rank (&part, .5);
    free (part.values);
    return median;
}

static void report (double rate, double seconds)
{
    int64_t first = quarter (&pushes, 0), last = quarter (&pushes, 3);

    qsort (posts.values, posts.count, sizeof *posts.values, compare);
    qsort (pushes.values, pushes.count, sizeof *pushes.values, compare);
    printf ("{\"rate\":%.0f,\"sent\":%ld,\"answered\":%ld,\"failed\":%ld,\"pushed\":%ld,\"lost\":%ld,\"resyncs\":%ld,\"per_second\":%.0f,\"post_p50\":%" PRId64
            ",\"post_p99\":%" PRId64 ",\"push_p50\":%" PRId64 ",\"push_p99\":%" PRId64
            ",\"first_quarter\":%" PRId64 ",\"last_quarter\":%" PRId64 "}\n", rate, sent, answered, failed, pushed, answered - pushed, resyncs,
            (double) answered / seconds, at_rank (&posts, .5), at_rank (&posts, .99), at_rank (&pushes, .5), at_rank (&pushes, .99), first, last);
}

int main (int argc, char **argv)
{
    if (argc != 8) {
        fprintf (stderr, "usage: load PORT WRITER_COOKIE READER_COOKIE TARGETS CONNECTIONS RATE SECONDS\n");
        return 2;
    }
    port = (int) strtol (argv[1], NULL, 10);
    snprintf (writer, sizeof writer, "%s", argv[2]);
    snprintf (reader, sizeof reader, "%s", argv[3]);
    read_targets (argv[4]);
    connection_count = (int) strtol (argv[5], NULL, 10);
    if (connection_count < 1 || connection_count > CONNECTION_MAX || target_count == 0)
        return 2;
    posts.values = malloc (SAMPLE_MAX * sizeof (int64_t));
    pushes.values = malloc (SAMPLE_MAX * sizeof (int64_t));
    poller = epoll_create1 (0);
    if (!posts.values || !pushes.values || poller < 0)
        return 1;
    index_targets ();
    begin_stream ();
    for (int i = 0; i < connection_count; i++) {
        connections[i].fd = open_connection (port);
        watch (i);
        idle[idle_count++] = i;
    }
    run (strtod (argv[6], NULL), strtod (argv[7], NULL));
    report (strtod (argv[6], NULL), strtod (argv[7], NULL));
    write_targets (argv[4]);
    return failed > 0;
}
