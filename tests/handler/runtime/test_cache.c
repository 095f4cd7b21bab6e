/* The cache beside a real redis-server that is fresh, stale, stopped, hanging, flushed, or no redis-server at all (F-20). */
#include "tap.h"
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cache.h"
#include "clock.h"

static char dir[] = "/tmp/renkei-cache.XXXXXX";
static char path[64];

static struct bytes bytes_of (const char *text)
{
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

static pid_t start_server (void)
{
    pid_t child = fork ();

    if (child == 0) {
        if (!freopen ("/dev/null", "w", stdout))
            _exit (1);
        execlp ("redis-server", "redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir", dir, (char *) NULL);
        _exit (127);
    }
    return child;
}

static void stop_server (pid_t server)
{
    kill (server, SIGKILL);
    waitpid (server, NULL, 0);
    unlink (path);
}

static bool is_there (struct cache *cache, const char *key, int64_t version, const char *wanted)
{
    ARENA (arena);
    struct bytes got = { 0 };

    if (!cache_get (cache, key, version, &arena, &got))
        return wanted == NULL;
    return wanted && got.size == strlen (wanted) && memcmp (got.data, wanted, got.size) == 0;
}

/* On a busy machine 50 ms may pass before it has come: a miss, after which nobody asks for a second. */
static bool goes_there_and_back (struct cache *cache, const char *key, const char *value)
{
    for (int i = 0; i < 8; i++, usleep (1100000)) {
        cache_put (cache, key, 1, bytes_of (value), 60);
        if (is_there (cache, key, 1, value))
            return true;
    }
    return false;
}

static bool wait_for_server (struct cache *cache)
{
    for (int i = 0; i < 60; i++, usleep (100000)) {
        cache_put (cache, "ready", i + 1, bytes_of ("yes"), 60);
        if (is_there (cache, "ready", i + 1, "yes"))
            return true;
    }
    return false;
}

static void versions (struct cache *cache)
{
    static char big[900000];

    ok (is_there (cache, "rotation:1", 1, NULL), "F-20: an empty cache misses");
    cache_put (cache, "rotation:1", 5, bytes_of ("five"), 60);
    ok (is_there (cache, "rotation:1", 5, "five"), "a value is found under its version");
    ok (is_there (cache, "rotation:1", 4, NULL) && is_there (cache, "rotation:1", 6, NULL),
        "F-20: ...and under no other: yesterday's is a miss");
    cache_put (cache, "rotation:1", 4, bytes_of ("four"), 60);
    ok (is_there (cache, "rotation:1", 5, "five") && is_there (cache, "rotation:1", 4, NULL), "F-22: a late older write changes nothing");
    cache_put (cache, "rotation:1", 5, bytes_of ("other five"), 60);
    ok (is_there (cache, "rotation:1", 5, "five"), "...nor does another one of the same version");
    cache_put (cache, "rotation:1", 255, bytes_of ("255"), 60);
    cache_put (cache, "rotation:1", 256, bytes_of ("256"), 60);
    cache_put (cache, "rotation:1", 255, bytes_of ("255"), 60);
    ok (is_there (cache, "rotation:1", 256, "256"), "versions are compared as numbers");
    cache_put (cache, "empty", 1, bytes_of (""), 60);
    ok (is_there (cache, "empty", 1, ""), "an empty value is a value");
    cache_put (cache, "with space and \r\n", 1, bytes_of ("x"), 60);
    ok (is_there (cache, "with space and \r\n", 1, "x") && is_there (cache, "with", 1, NULL), "a key is one word whatever it holds");
    memset (big, 'b', sizeof big - 1);
    ok (goes_there_and_back (cache, "big", big), "a value of 900 kB comes back whole");
    cache_put (cache, "short-lived", 1, bytes_of ("x"), 1);
    usleep (1100000);
    ok (is_there (cache, "short-lived", 1, NULL), "a value ends with its time");
}

static void hanging (struct cache *cache, pid_t server)
{
    int64_t before;
    long took;

    kill (server, SIGSTOP);
    before = clock_monotonic_us ();
    ok (is_there (cache, "rotation:1", 256, NULL), "F-20: a server that hangs is a miss");
    took = (long) (clock_monotonic_us () - before) / 1000;
    ok (took < 150, "...after 50 ms");
    before = clock_monotonic_us ();
    for (int i = 0; i < 1000; i++)
        is_there (cache, "rotation:1", 256, NULL);
    ok (clock_monotonic_us () - before < 50000, "...and for a second nobody asks again");
    kill (server, SIGCONT);
    usleep (1200000);
    ok (is_there (cache, "rotation:1", 256, "256"), "when it goes on, so does the cache");
}

static void stopped (struct cache *cache, pid_t *server)
{
    int64_t before = clock_monotonic_us ();

    stop_server (*server);
    ok (is_there (cache, "rotation:1", 256, NULL), "F-20: a stopped server is a miss");
    cache_put (cache, "rotation:1", 257, bytes_of ("x"), 60);
    ok (clock_monotonic_us () - before < 300000, "...and holds nobody up");
    *server = start_server ();
    ok (wait_for_server (cache), "a new server is found again");
    ok (is_there (cache, "rotation:1", 256, NULL), "...empty");
}

/* ---- liars --------------------------------------------------------------------------------------------------------------------------- */

struct liar { const char *name, *reply; size_t size; };
static const struct liar *_Atomic liar;
static int liar_socket;

static void *lie (void *arg)
{
    char asked[4096];

    for (int client; (client = accept (liar_socket, NULL, NULL)) >= 0; close (client)) {
        const struct liar *now = liar;

        if (read (client, asked, sizeof asked) <= 0)
            continue;
        for (int i = 0; i < (now->reply[0] == 'f' ? 2000 : 1); i++)
            if (send (client, now->reply, now->size, MSG_NOSIGNAL) < 0)
                break;
        usleep (20000);
    }
    return arg;
}

#define LIAR(name, reply) { name, reply, sizeof (reply) - 1 }

static void liars (void)
{
    static const struct liar all[] = {
        LIAR ("silence and a closed door", ""),
        LIAR ("an array", "*2\r\n$1\r\na\r\n$1\r\nb\r\n"),
        LIAR ("an array of 2^31", "*2147483647\r\n"),
        LIAR ("a bulk of 2^32", "$4294967296\r\n"),
        LIAR ("a bulk of -7", "$-7\r\n"),
        LIAR ("half a bulk", "$100\r\nhalf"),
        LIAR ("an error", "-ERR no\r\n"),
        LIAR ("a number", ":5\r\n"),
        LIAR ("too short a value", "$3\r\nabc\r\n"),
        LIAR ("another version", "$9\r\n\0\0\0\0\0\0\0\x09x\r\n"),
        LIAR ("bytes", "\x00\xff\x17\x03"),
        LIAR ("a flood", "flood flood flood flood flood flood flood"),
        LIAR ("deep arrays", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"),
        LIAR ("a bulk without an end", "$8\r\n\0\0\0\0\0\0\0\1"),
    };
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    pthread_t thread;

    snprintf (address.sun_path, sizeof address.sun_path, "%s", path);
    liar_socket = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind (liar_socket, (struct sockaddr *) &address, sizeof address) < 0 || listen (liar_socket, 8) < 0)
        return;
    liar = &all[0];
    pthread_create (&thread, NULL, lie, NULL);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char name[100];
        struct cache *cache = cache_open (path);
        int64_t before = clock_monotonic_us ();

        liar = &all[i];
        snprintf (name, sizeof name, "F-20: %s instead of a value is a miss", all[i].name);
        ok (is_there (cache, "k", 1, NULL) && clock_monotonic_us () - before < 400000, name);
        cache_close (&cache);
    }
    shutdown (liar_socket, SHUT_RDWR);
    pthread_join (thread, NULL);
    close (liar_socket);
}

int main (void)
{
    struct cache *cache;
    pid_t server;
    char command[64];

    if (!mkdtemp (dir))
        return 1;
    signal (SIGPIPE, SIG_IGN);
    snprintf (path, sizeof path, "%s/redis.sock", dir);
    cache = cache_open (path);
    ok (is_there (cache, "k", 1, NULL), "without a server everything is a miss");
    server = start_server ();
    ok (wait_for_server (cache), "a server that comes later is found");
    versions (cache);
    hanging (cache, server);
    stopped (cache, &server);
    stop_server (server);
    cache_close (&cache);
    liars ();
    snprintf (command, sizeof command, "rm -rf %s", dir);
    return system (command) != 0 || done ();
}
