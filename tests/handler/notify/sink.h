/* sink.h - a tiny HTTP and SMTP server for tests: one connection at a time on 127.0.0.1, keeps what it was sent, answers what it is told.
 */
#ifndef TEST_SINK_H
#define TEST_SINK_H

#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { SINK_ROOM = 65536 };

struct sink {
    int listener, port;
    bool smtp;
    _Atomic int status;                /* HTTP: 200, 500 …; SMTP: 250, 450, 550 for the recipient */
    _Atomic int connections;
    _Atomic bool stopping;
    char got[SINK_ROOM];
    pthread_mutex_t lock;
    pthread_t thread;
};

static inline void sink_keep (struct sink *sink, const char *bytes, ssize_t size)
{
    size_t used;

    pthread_mutex_lock (&sink->lock);
    used = strlen (sink->got);
    if (used + (size_t) size < SINK_ROOM) {
        memcpy (sink->got + used, bytes, (size_t) size);
        sink->got[used + (size_t) size] = '\0';
    }
    pthread_mutex_unlock (&sink->lock);
}

/* A request is searched for names when the test is over (own-database, N-58); a mail's text is searched in the table it comes from. */
static inline void sink_left (const char *body)
{
    const char *path = getenv ("RENKEI_TEST_OUTGOING");
    FILE *file = path ? fopen (path, "a") : NULL;

    for (; file && *body; body++)
        fputc (*body == '\n' || *body == '\r' ? ' ' : *body, file);
    if (file) {
        fputc ('\n', file);
        fclose (file);
    }
}

static inline void sink_say (int fd, const char *text)
{
    if (send (fd, text, strlen (text), MSG_NOSIGNAL) < 0)
        return;
}

static inline void sink_http (struct sink *sink, int fd)
{
    char buffer[32768] = "", reply[120], *body = NULL, *length;
    size_t size = 0;
    ssize_t got;

    while (size + 1 < sizeof buffer && (got = recv (fd, buffer + size, sizeof buffer - size - 1, 0)) > 0) {
        size += (size_t) got;
        buffer[size] = '\0';
        body = strstr (buffer, "\r\n\r\n");
        length = strstr (buffer, "Content-Length: ");
        if (body && length && strlen (body + 4) >= strtoul (length + 16, NULL, 10))
            break;
    }
    sink_keep (sink, buffer, (ssize_t) size);
    if (!strstr (buffer, "aes128gcm"))                  /* a push message is sealed */
        sink_left (body ? body : buffer);
    snprintf (reply, sizeof reply, "HTTP/1.1 %d x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", sink->status);
    sink_say (fd, reply);
}

static inline void sink_mail (struct sink *sink, int fd)
{
    char buffer[32768];
    bool data = false;
    ssize_t got;

    sink_say (fd, "220 sink\r\n");
    while ((got = recv (fd, buffer, sizeof buffer - 1, 0)) > 0) {
        buffer[got] = '\0';
        sink_keep (sink, buffer, got);
        if (data) {
            size_t size = strlen (sink->got);

            if (size < 5 || strcmp (sink->got + size - 5, "\r\n.\r\n") != 0)
                continue;
            data = false;
            sink_say (fd, "250 kept\r\n");
        }
        else if (strncmp (buffer, "DATA", 4) == 0) {
            data = true;
            sink_say (fd, "354 go\r\n");
        }
        else if (strncmp (buffer, "RCPT", 4) == 0 && sink->status != 250)
            sink_say (fd, sink->status == 550 ? "550 no\r\n" : "450 later\r\n");
        else if (strncmp (buffer, "QUIT", 4) == 0) {
            sink_say (fd, "221 bye\r\n");
            break;
        }
        else
            sink_say (fd, "250 ok\r\n");
    }
}

static inline void *sink_run (void *arg)
{
    struct sink *sink = arg;

    while (!sink->stopping) {
        int fd = accept (sink->listener, NULL, NULL);

        if (fd < 0)
            break;
        setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval) { .tv_sec = 5 }, sizeof (struct timeval));
        sink->connections++;
        if (!sink->stopping) {
            if (sink->smtp)
                sink_mail (sink, fd);
            else
                sink_http (sink, fd);
        }
        close (fd);
    }
    return NULL;
}

static inline void sink_open (struct sink *sink, int port, bool smtp)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port),
        .sin_addr = { .s_addr = htonl (INADDR_LOOPBACK) } };
    socklen_t size = sizeof address;
    int one = 1;

    *sink = (struct sink) { .smtp = smtp };
    sink->status = smtp ? 250 : 200;
    pthread_mutex_init (&sink->lock, NULL);
    sink->listener = socket (AF_INET, SOCK_STREAM, 0);
    setsockopt (sink->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind (sink->listener, (struct sockaddr *) &address, size) < 0 || listen (sink->listener, 8) < 0
        || getsockname (sink->listener, (struct sockaddr *) &address, &size) < 0) {
        printf ("Bail out! no port for the sink\n");
        exit (1);
    }
    sink->port = ntohs (address.sin_port);
    pthread_create (&sink->thread, NULL, sink_run, sink);
}

static inline void sink_close (struct sink *sink)
{
    sink->stopping = true;
    shutdown (sink->listener, SHUT_RDWR);
    pthread_join (sink->thread, NULL);
    close (sink->listener);
}

static inline void sink_forget (struct sink *sink)
{
    pthread_mutex_lock (&sink->lock);
    sink->got[0] = '\0';
    sink->connections = 0;
    pthread_mutex_unlock (&sink->lock);
}

#endif
