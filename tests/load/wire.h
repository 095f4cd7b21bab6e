/* wire.h - what the load programs share: the clock, a connection to the region, chunked framing, samples.  Loopback only. */
#ifndef LOAD_WIRE_H
#define LOAD_WIRE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { SAMPLE_MAX = 4000000 };

struct samples { int64_t *values; size_t count; };

static inline int64_t now_us (void)
{
    struct timespec t;

    clock_gettime (CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static inline void keep (struct samples *samples, int64_t value)
{
    if (samples->count < SAMPLE_MAX)
        samples->values[samples->count++] = value;
}

static inline int compare (const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

    return x < y ? -1 : x > y;
}

static inline int64_t at_rank (const struct samples *samples, double rank)
{
    return samples->count ? samples->values[(size_t) (rank * (double) (samples->count - 1))] : 0;
}

static inline int open_connection (int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    int fd = socket (AF_INET, SOCK_STREAM, 0), on = 1;

    if (fd < 0 || connect (fd, (struct sockaddr *) &to, sizeof to) < 0) {
        perror ("connect");
        exit (1);
    }
    setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

struct framing { enum { HEAD, LENGTH, DATA, TAIL } state; size_t left, matched; };

/* Takes the framing of "Transfer-Encoding: chunked" out of what has arrived (a piece may end in the middle of a line); returns what is left. */
static inline size_t without_framing (struct framing *framing, char *bytes, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i++)
        switch (framing->state) {
        case HEAD:
            framing->matched = bytes[i] == "\r\n\r\n"[framing->matched] ? framing->matched + 1 : bytes[i] == '\r';
            if (framing->matched == 4) {
                framing->state = LENGTH;
                framing->left = 0;
            }
            break;
        case LENGTH:
            if (bytes[i] == '\n')
                framing->state = DATA;
            else if (bytes[i] != '\r')
                framing->left = framing->left * 16 + (size_t) (bytes[i] <= '9' ? bytes[i] - '0' : (bytes[i] | 32) - 'a' + 10);
            break;
        case DATA:
            bytes[kept++] = bytes[i];
            if (--framing->left == 0)
                framing->state = TAIL;
            break;
        case TAIL:
            if (bytes[i] == '\n')
                framing->state = LENGTH;
            break;
        }
    return kept;
}

#endif
