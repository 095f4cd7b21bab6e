/* probes.c - what the machine can do in this very minute, so that a figure of ours can be read as a ratio.
 *
 *     probes fdatasync FOLDER   p50 and p99 of an 8 KiB write + fdatasync, microseconds, over 2 s
 *     probes stall              longest gap two spinning threads see within 1 s, microseconds (a round that sees > 10 ms is repeated)
 */
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 100000 };

static int64_t now_ns (void)
{
    struct timespec t;

    clock_gettime (CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
}

static int compare (const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

    return x < y ? -1 : x > y;
}

static int probe_fdatasync (const char *folder)
{
    static int64_t samples[SAMPLES];
    static char block[8192];
    char path[4096];
    int count = 0, fd;
    int64_t end = now_ns () + 2000000000;

    snprintf (path, sizeof path, "%s/fdatasync-probe", folder);
    fd = open (path, O_CREAT | O_RDWR | O_TRUNC, 0600);
    if (fd < 0)
        return 1;
    for (int64_t begin; (begin = now_ns ()) < end && count < SAMPLES; samples[count++] = now_ns () - begin)
        if (pwrite (fd, block, sizeof block, (off_t) (count % 2000) * (off_t) sizeof block) != sizeof block || fdatasync (fd) < 0)
            return 1;
    close (fd);
    unlink (path);
    qsort (samples, (size_t) count, sizeof *samples, compare);
    printf ("{\"count\":%d,\"p50\":%.1f,\"p99\":%.1f}\n", count, (double) samples[count / 2] / 1000, (double) samples[count * 99 / 100] / 1000);
    return 0;
}

static void *spin (void *longest)
{
    int64_t last = now_ns (), end = last + 1000000000, now, gap = 0;

    while ((now = now_ns ()) < end) {
        if (now - last > gap)
            gap = now - last;
        last = now;
    }
    *(int64_t *) longest = gap;
    return NULL;
}

static int probe_stall (void)
{
    pthread_t threads[2];
    int64_t gaps[2] = { 0, 0 };

    for (int i = 0; i < 2; i++)
        if (pthread_create (&threads[i], NULL, spin, &gaps[i]) != 0)
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join (threads[i], NULL);
    printf ("{\"longest\":%" PRId64 "}\n", (gaps[0] > gaps[1] ? gaps[0] : gaps[1]) / 1000);
    return 0;
}

int main (int argc, char **argv)
{
    if (argc == 3 && strcmp (argv[1], "fdatasync") == 0)
        return probe_fdatasync (argv[2]);
    if (argc == 2 && strcmp (argv[1], "stall") == 0)
        return probe_stall ();
    fprintf (stderr, "usage: probes fdatasync FOLDER | stall\n");
    return 2;
}
