/* idle.c - what connected but silent people cost: opens COUNT live streams with the headers of a real Chromium and keeps them open.
 *
 *     idle PORT COOKIE COUNT GATEWAY_PID     prints {"opened":…, "kib":…, "seconds":…}; exit 0 when all were answered with 200
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char headers[] =
    "GET /api/v1/stream HTTP/1.1\r\n"
    "Host: 127.0.0.1:%d\r\n"
    "Connection: keep-alive\r\n"
    "sec-ch-ua: \"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\"\r\n"
    "sec-ch-ua-mobile: ?0\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r\n"
    "sec-ch-ua-platform: \"Linux\"\r\n"
    "Accept: text/event-stream\r\n"
    "Cache-Control: no-cache\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: cors\r\n"
    "Sec-Fetch-Dest: empty\r\n"
    "Referer: http://127.0.0.1:%d/\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: ja,en-US;q=0.9,en;q=0.8\r\n"
    "Cookie: %s\r\n\r\n";

static long resident_kib (const char *pid)
{
    char path[64], line[200];
    long kib = 0;
    FILE *in;

    snprintf (path, sizeof path, "/proc/%.20s/status", pid);
    in = fopen (path, "r");
    while (in && fgets (line, sizeof line, in))
        if (strncmp (line, "VmRSS:", 6) == 0)
            kib = strtol (line + 6, NULL, 10);
    if (in)
        fclose (in);
    return kib;
}

static int open_stream (int port, const char *request, size_t size)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    int fd = socket (AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || connect (fd, (struct sockaddr *) &to, sizeof to) < 0 || write (fd, request, size) != (ssize_t) size)
        return -1;
    return fd;
}

static int is_answered (int fd)
{
    const struct timeval patience = { .tv_sec = 10 };
    char in[4096];
    ssize_t got;

    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    got = read (fd, in, sizeof in);
    return got > 12 && strncmp (in, "HTTP/1.1 200", 12) == 0;
}

int main (int argc, char **argv)
{
    int port, count, opened = 0;
    struct timespec begin, end;
    struct rlimit files;
    char request[2000];
    size_t size;
    long before;
    int *fds;

    if (argc != 5)
        return 2;
    port = (int) strtol (argv[1], NULL, 10);
    count = (int) strtol (argv[3], NULL, 10);
    files = (struct rlimit) { (rlim_t) count + 100, (rlim_t) count + 100 };
    if (setrlimit (RLIMIT_NOFILE, &files) < 0) {
        perror ("RLIMIT_NOFILE");
        return 2;
    }
    fds = calloc ((size_t) count, sizeof *fds);
    size = (size_t) snprintf (request, sizeof request, headers, port, port, argv[2]);
    before = resident_kib (argv[4]);
    clock_gettime (CLOCK_MONOTONIC, &begin);
    for (int i = 0; fds && i < count; i++)
        fds[i] = open_stream (port, request, size);
    for (int i = 0; fds && i < count; i++)
        opened += fds[i] >= 0 && is_answered (fds[i]);
    clock_gettime (CLOCK_MONOTONIC, &end);
    sleep (3);
    printf ("{\"opened\":%d,\"kib\":%ld,\"seconds\":%.1f}\n", opened, resident_kib (argv[4]) - before,
            (double) (end.tv_sec - begin.tv_sec) + (double) (end.tv_nsec - begin.tv_nsec) / 1e9);
    return opened == count ? 0 : 1;
}
