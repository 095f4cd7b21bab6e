/* own_redis.h - a Redis of the test's own on a socket, and a way to make it say anything: cache_put () never replaces a value of the same
 * version, so what lies is written past it. */
#ifndef TEST_OWN_REDIS_H
#define TEST_OWN_REDIS_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct own_redis { pid_t process; char socket[100]; };

static inline bool own_redis_start (struct own_redis *redis)
{
    snprintf (redis->socket, sizeof redis->socket, "%s/redis-%d.sock", getenv ("RENKEI_TEST_DIR"), (int) getpid ());
    redis->process = fork ();
    if (redis->process == 0) {
        if (!freopen ("/dev/null", "w", stdout))
            _exit (126);
        execlp ("redis-server", "redis-server", "--port", "0", "--unixsocket", redis->socket, "--save", "", "--appendonly", "no",
                (char *)NULL);
        _exit (127);
    }
    for (int i = 0; i < 100 && access (redis->socket, F_OK) != 0; i++)
        usleep (50000);
    return access (redis->socket, F_OK) == 0;
}

static inline void own_redis_stop (struct own_redis *redis)
{
    kill (redis->process, SIGKILL);
    waitpid (redis->process, NULL, 0);
}

/* SET, as any program could: the bytes behind a version that is right.  False when Redis did not take it. */
static inline bool own_redis_plant (const struct own_redis *redis, const char *key, int64_t version, const char *bytes, size_t size)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    char head[200], framed[8], reply[8] = "";
    int fd = socket (AF_UNIX, SOCK_STREAM, 0);
    int head_size = snprintf (head, sizeof head, "*3\r\n$3\r\nSET\r\n$%zu\r\n%s\r\n$%zu\r\n", strlen (key), key, size + sizeof framed);
    bool taken;

    for (int i = 0; i < 8; i++)
        framed[i] = (char) (version >> (56 - 8 * i));
    snprintf (address.sun_path, sizeof address.sun_path, "%s", redis->socket);
    taken = connect (fd, (struct sockaddr *)&address, sizeof address) == 0 && write (fd, head, (size_t)head_size) == head_size
            && write (fd, framed, sizeof framed) == sizeof framed && (size == 0 || write (fd, bytes, size) == (ssize_t)size)
            && write (fd, "\r\n", 2) == 2 && read (fd, reply, 5) == 5 && memcmp (reply, "+OK\r\n", 5) == 0;
    close (fd);
    return taken;
}

#endif
