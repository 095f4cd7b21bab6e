/* Where the gateway listens: this machine only, unless TLS ends in front of it (security §2.1: no plain HTTP on any other address). */
#include "door.h"

/* The daemon, or NULL; closed again at once. */
static bool listens (const char *listen, bool behind_tls, struct error *err)
{
    struct MHD_Daemon *daemon;

    *err = (struct error) { 0 };
    gateway.behind_tls = behind_tls;
    daemon = http_start (&gateway, listen, err);
    gateway.behind_tls = false;
    if (daemon)
        MHD_stop_daemon (daemon);
    return daemon != NULL;
}

static const char *at (const char *host)
{
    return arena_print (&door_arena, "%s:%d", host, door_port);
}

static void addresses (void)
{
    static const char *const inside[] = { "127.0.0.1", "127.0.0.2", "127.255.255.254" };
    static const char *const outside[] = { "0.0.0.0", "192.0.2.1", "128.0.0.1", "[::]", "[2001:db8::1]", "[::ffff:192.0.2.1]" };
    struct error err;

    close_door ();                          /* its port is free now */
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        ok (listens (at (inside[i]), false, &err), "an address of this machine alone needs no TLS");
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        ok (!listens (at (outside[i]), false, &err) && strstr (err.detail, "can be reached from outside"), "any other address without TLS is refused");
    ok (listens (at ("0.0.0.0"), true, &err), "…with TLS in front of it it is not");
    ok (!listens ("192.0.2.1:8080", true, &err) && strstr (err.detail, "cannot listen"), "…but must be one of this machine");
}

static void forms (void)
{
    static const char *const odd[] = {
        "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x", "127.0.0.1: 8080", "127.0.0.1:+80",
        "localhost:8080", "127.0.0.1.5:8080", "::1:8080", "[::1:8080", "[]:8080", "[::1%lo]:8080", ":8080", "127.0.0.1:99999999999999999999",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:8080",
    };
    struct error err;

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        ok (!listens (odd[i], true, &err) && err.key == ERROR_MALFORMED && strstr (err.detail, "is not ADDRESS:PORT"),
            arena_print (&door_arena, "listen: \"%.20s\" is told to be none", odd[i]));
}

static void taken (void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int other = socket (AF_INET, SOCK_STREAM, 0);
    struct error err;

    if (bind (other, (struct sockaddr *) &address, size) < 0 || listen (other, 1) < 0 || getsockname (other, (struct sockaddr *) &address, &size) < 0)
        abort ();
    ok (!listens (arena_print (&door_arena, "127.0.0.1:%d", ntohs (address.sin_port)), false, &err) && strstr (err.detail, "cannot listen"),
        "a port somebody else has is told");
    close (other);
}

int main (void)
{
    open_door ();
    addresses ();
    forms ();
    taken ();
    arena_done (&door_arena);
    return done ();
}
