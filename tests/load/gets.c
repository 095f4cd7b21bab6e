/* gets.c - how long a page's question takes: GETs one after the other over one connection.
 *
 *     gets PORT COOKIE PATHS SECONDS [PER_SECOND]     PATHS: file, one path a line, asked in turn; PER_SECOND 0 or absent: as fast as they are answered
 *
 * Prints one JSON object; times in microseconds.  Loopback only.
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include "wire.h"

enum { PATH_MAX_COUNT = 5000, BUFFER = 1 << 18 };

static char *paths[PATH_MAX_COUNT], in[BUFFER];
static int path_count, failed;
static struct samples samples;

/* Reads one whole answer; true when it is 200. */
static bool read_answer (int fd)
{
    size_t used = 0;
    char *end = NULL, *length;

    for (;;) {
        ssize_t got = read (fd, in + used, BUFFER - 1 - used);

        if (got <= 0)
            exit (1);
        used += (size_t) got;
        in[used] = '\0';
        if (!end && !(end = strstr (in, "\r\n\r\n")))
            continue;
        length = strcasestr (in, "content-length:");
        if (length && length < end ? used >= (size_t) (end - in) + 4 + strtoul (length + 15, NULL, 10) : used >= 5 && memcmp (in + used - 5, "0\r\n\r\n", 5) == 0)
            return strncmp (in, "HTTP/1.1 200", 12) == 0;
    }
}

static void ask (int fd, const char *port, const char *cookie, const char *path)
{
    int64_t from = now_us ();

    if (dprintf (fd, "GET /api/v1%s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nCookie: %s\r\nRenkei-Client: load\r\n\r\n", path, port, cookie) < 0)
        exit (1);
    if (!read_answer (fd) && failed++ < 3)
        fprintf (stderr, "%s\n%.300s\n", path, in);
    keep (&samples, now_us () - from);
}

int main (int argc, char **argv)
{
    char line[512];
    int64_t next, end, every;
    FILE *file;
    int fd;

    if (argc < 5 || !(file = fopen (argv[3], "r")))
        return 2;
    while (path_count < PATH_MAX_COUNT && fscanf (file, "%511s", line) == 1)
        paths[path_count++] = strdup (line);
    samples.values = malloc (SAMPLE_MAX * sizeof (int64_t));
    if (!samples.values || path_count == 0)
        return 1;
    fd = open_connection ((int) strtol (argv[1], NULL, 10));
    every = argc > 5 && strtod (argv[5], NULL) > 0 ? (int64_t) (1e6 / strtod (argv[5], NULL)) : 0;
    next = now_us ();
    end = next + (int64_t) (strtod (argv[4], NULL) * 1e6);
    for (int i = 0; now_us () < end; i++, next += every) {
        ask (fd, argv[1], argv[2], paths[i % path_count]);
        if (every && next + every > now_us ())
            usleep ((useconds_t) (next + every - now_us ()));
    }
    qsort (samples.values, samples.count, sizeof (int64_t), compare);
    printf ("{\"asked\":%zu,\"failed\":%d,\"p50\":%" PRId64 ",\"p99\":%" PRId64 "}\n", samples.count, failed, at_rank (&samples, .5), at_rank (&samples, .99));
    return failed > 0;
}
