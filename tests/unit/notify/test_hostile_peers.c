/* What the adapters make of partners that hang, drip, lie, talk for ever or send elsewhere: an outcome, soon enough that the claim of half
 * a minute outlives it, without following anybody.  All peers at once, each on a port of its own. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include "clock.h"
#include "sender.h"
#include "tap.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define BODY "{\"type\":\"jp.renkei.emergency_reported\"}"

enum { BUFFER = 65536 };

static atomic_bool over;
static atomic_int strayed;              /* connections to the address somebody was sent on to */
static int stray_port;

/* says: what the peer does, for the test's name. */
struct way { const char *says; void (*serve) (int fd); enum contact_kind kind; enum sent wanted; int most_seconds; };

struct peer {
    const struct way *way;
    int listener, port;
    pthread_t server, client;
    enum sent got;
    const char *error;
    int64_t took_us;
};

/* ---- how peers behave ---------------------------------------------------------------------------------------------------------------- */

static void put (int fd, const char *text)
{
    if (send (fd, text, strlen (text), MSG_NOSIGNAL) < 0)
        return;
}

static void take_request (int fd)
{
    char buffer[BUFFER];
    size_t size = 0;
    ssize_t got;

    while (size + 1 < sizeof buffer && (got = recv (fd, buffer + size, sizeof buffer - size - 1, 0)) > 0) {
        size += (size_t) got;
        buffer[size] = '\0';
        if (strstr (buffer, BODY) || strstr (buffer, "\"number\""))
            return;
    }
}

static void hang (int fd)
{
    char byte;

    while (!atomic_load (&over) && recv (fd, &byte, 1, MSG_DONTWAIT) != 0)
        usleep (20000);
}

static void refuse (int fd) { (void) fd; }
static void answer (int fd, const char *text) { take_request (fd); put (fd, text); }
static void say_204 (int fd) { answer (fd, "HTTP/1.1 204 x\r\n\r\n"); }
static void say_200 (int fd) { answer (fd, "HTTP/1.1 200 x\r\nContent-Length: 5\r\n\r\nnever"); }
static void say_404 (int fd) { answer (fd, "HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"); }
static void say_500 (int fd) { answer (fd, "HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n"); }
static void say_429 (int fd) { answer (fd, "HTTP/1.1 429 x\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n"); }
static void say_nonsense (int fd) { answer (fd, "\x16\x03\x01\x02garbage\r\n\r\n\xff\xff"); }
static void say_half (int fd) { answer (fd, "HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\nhalf"); }
static void say_strange_status (int fd) { answer (fd, "HTTP/1.1 99999999999999999999 x\r\n\r\n"); }
static void hang_after_reading (int fd) { take_request (fd); hang (fd); }
static void continue_and_hang (int fd) { answer (fd, "HTTP/1.1 100 Continue\r\n\r\n"); hang (fd); }

static void send_elsewhere (int fd, int status)
{
    char text[160];

    snprintf (text, sizeof text, "HTTP/1.1 %d x\r\nLocation: http://127.0.0.1:%d/stolen\r\nContent-Length: 0\r\n\r\n", status, stray_port);
    answer (fd, text);
}
static void say_301 (int fd) { send_elsewhere (fd, 301); }
static void say_307 (int fd) { send_elsewhere (fd, 307); }

static void drip (int fd)
{
    take_request (fd);
    put (fd, "HTTP/1.1 200 x\r\n");
    while (!atomic_load (&over)) {
        put (fd, "X");
        usleep (200000);
    }
}

static void pour (int fd, size_t most)
{
    static const char block[BUFFER];

    answer (fd, "HTTP/1.1 200 x\r\nConnection: close\r\n\r\n");
    for (size_t sent = 0; sent < most && !atomic_load (&over); sent += sizeof block)
        if (send (fd, block, sizeof block, MSG_NOSIGNAL) < 0)
            return;
}
static void pour_much (int fd) { pour (fd, 200u << 20); }
static void drip_body (int fd)
{
    answer (fd, "HTTP/1.1 200 x\r\nContent-Length: 1000000\r\n\r\n");
    while (!atomic_load (&over)) {
        put (fd, "x");
        usleep (200000);
    }
}

/* SMTP: answers every line by `lines` in turn; the text after DATA is taken whole, in however many pieces it comes. */
static void talk (int fd, const char *banner, const char *const *lines)
{
    char buffer[BUFFER];
    size_t size = 0;
    bool data = false;
    ssize_t got;

    put (fd, banner);
    while (*lines && (got = recv (fd, buffer + size, sizeof buffer - 1 - size, 0)) > 0) {
        size += (size_t) got;
        buffer[size] = '\0';
        if (!strstr (buffer, data ? "\r\n.\r\n" : "\r\n"))
            continue;
        data = !data && strncmp (buffer, "DATA", 4) == 0 && strncmp (*lines, "354", 3) == 0;
        size = 0;
        put (fd, *lines++);
    }
}

#define TALK(name, banner, ...) \
    static void name (int fd) { talk (fd, banner, (const char *const[]) { __VA_ARGS__, NULL }); }
TALK (mail_taken, "220 a\r\n", "250 a\r\n", "250 b\r\n", "250 c\r\n", "354 d\r\n", "250 e\r\n", "221 f\r\n")
TALK (mail_no_such_person, "220 a\r\n", "250 a\r\n", "250 b\r\n", "550 c\r\n", "221 f\r\n")
TALK (mail_try_later, "220 a\r\n", "250 a\r\n", "250 b\r\n", "451 c\r\n", "221 f\r\n")
TALK (mail_shuts_down, "220 a\r\n", "250 a\r\n", "421 b\r\n")
TALK (mail_too_big, "220 a\r\n", "250 a\r\n", "250 b\r\n", "250 c\r\n", "354 d\r\n", "552 e\r\n", "221 f\r\n")
TALK (mail_full, "220 a\r\n", "250 a\r\n", "250 b\r\n", "250 c\r\n", "354 d\r\n", "452 e\r\n", "221 f\r\n")
TALK (mail_lost_at_end, "220 a\r\n", "250 a\r\n", "250 b\r\n", "250 c\r\n", "354 d\r\n")
TALK (mail_nonsense, "HTTP/1.1 200 OK\r\n\r\n", "<html>\r\n")

static void mail_hangs_at_quit (int fd)
{
    talk (fd, "220 a\r\n", (const char *const[]) { "250 a\r\n", "250 b\r\n", "250 c\r\n", "354 d\r\n", "250 e\r\n", NULL });
    hang (fd);
}

static void mail_banner_for_ever (int fd)
{
    while (!atomic_load (&over)) {
        put (fd, "220-welcome\r\n");
        usleep (1000);
    }
}

/* ---- one of each --------------------------------------------------------------------------------------------------------------------- */

#define HTTP CONTACT_KIND_WEBHOOK
#define MAIL CONTACT_KIND_EMAIL
#define CALL CONTACT_KIND_VOICE

static const struct way ways[] = {
    { "answers 204", say_204, HTTP, SENT_DELIVERED, 15 },
    { "answers 200 with words", say_200, CALL, SENT_DELIVERED, 15 },
    { "answers 404", say_404, HTTP, SENT_PERMANENT, 10 },
    { "answers 500", say_500, HTTP, SENT_TEMPORARY, 10 },
    { "answers 500 to a call", say_500, CALL, SENT_TEMPORARY, 10 },
    { "answers 429 until tomorrow", say_429, HTTP, SENT_TEMPORARY, 10 },
    { "closes at once", refuse, HTTP, SENT_TEMPORARY, 10 },
    { "answers garbage", say_nonsense, HTTP, SENT_TEMPORARY, 10 },
    { "answers a status that is no number", say_strange_status, HTTP, SENT_TEMPORARY, 25 },
    { "promises more than it sends", say_half, HTTP, SENT_TEMPORARY, 10 },
    { "sends on by 301", say_301, HTTP, SENT_TEMPORARY, 10 },
    { "sends a call on by 307", say_307, CALL, SENT_TEMPORARY, 10 },
    { "never answers", hang_after_reading, HTTP, SENT_TEMPORARY, 25 },
    { "never reads", hang, HTTP, SENT_TEMPORARY, 25 },
    { "says 100 and nothing more", continue_and_hang, HTTP, SENT_TEMPORARY, 25 },
    { "drips its head", drip, HTTP, SENT_TEMPORARY, 25 },
    { "drips its body", drip_body, HTTP, SENT_TEMPORARY, 25 },
    { "answers with two hundred megabytes", pour_much, HTTP, SENT_DELIVERED, 25 },
    { "is not there", NULL, HTTP, SENT_TEMPORARY, 10 },
    { "takes the mail", mail_taken, MAIL, SENT_DELIVERED, 15 },
    { "knows no such reader", mail_no_such_person, MAIL, SENT_PERMANENT, 15 },
    { "wants the mail later", mail_try_later, MAIL, SENT_TEMPORARY, 15 },
    { "shuts down in between", mail_shuts_down, MAIL, SENT_TEMPORARY, 15 },
    { "finds the mail too big", mail_too_big, MAIL, SENT_PERMANENT, 15 },
    { "has no room now", mail_full, MAIL, SENT_TEMPORARY, 15 },
    { "is lost before its last word", mail_lost_at_end, MAIL, SENT_TEMPORARY, 15 },
    { "is no mail server", mail_nonsense, MAIL, SENT_TEMPORARY, 25 },
    { "never greets", hang, MAIL, SENT_TEMPORARY, 25 },
    { "takes the mail and never says good-bye", mail_hangs_at_quit, MAIL, SENT_DELIVERED, 15 },
    { "greets for ever", mail_banner_for_ever, MAIL, SENT_TEMPORARY, 25 },
    { "closes before it greets", refuse, MAIL, SENT_TEMPORARY, 15 },
};
enum { PEERS = sizeof ways / sizeof *ways };

static struct peer peers[PEERS];

static int listen_somewhere (int *ret_port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { .s_addr = htonl (INADDR_LOOPBACK) } };
    socklen_t size = sizeof address;
    int fd = socket (AF_INET, SOCK_STREAM, 0);

    if (bind (fd, (struct sockaddr *)&address, size) < 0 || listen (fd, 4) < 0
        || getsockname (fd, (struct sockaddr *)&address, &size) < 0) {
        printf ("Bail out! no port\n");
        exit (1);
    }
    *ret_port = ntohs (address.sin_port);
    return fd;
}

static void *serve (void *arg)
{
    struct peer *peer = arg;
    int fd = accept (peer->listener, NULL, NULL);

    if (fd >= 0) {
        peer->way->serve (fd);
        close (fd);
    }
    return NULL;
}

static void *stray (void *arg)
{
    while (!atomic_load (&over)) {
        int fd = accept (*(int *) arg, NULL, NULL);

        if (fd < 0)
            break;
        if (!atomic_load (&over))
            atomic_fetch_add (&strayed, 1);
        close (fd);
    }
    return NULL;
}

static enum sent hand_over (struct arena *arena, const struct sender_settings *settings, const struct claimed *claim, const char **ret_error)
{
    struct adapters adapters;
    struct adapter_answer answer;
    struct error err = { 0 };

    if (adapters_of_settings (arena, settings, &adapters, &err) < 0)
        return 0;
    answer = hand_over_now (arena, adapters_choose (&adapters, claim->kind, 1), claim);
    *ret_error = answer.words ? answer.words : "";
    return answer.sent;
}

static void *send_to (void *arg)
{
    struct peer *peer = arg;
    char url[60], smtp[60];
    const struct sender_settings settings = { .smtp_url = smtp, .mail_from = "r@example.invalid", .voice_url = url, .webhook_allow = url };
    struct claimed claim = { .municipality = "011002",
                             .delivery_id = "00000000-0000-7000-8000-000000000001",
                             .kind = peer->way->kind,
                             .address = peer->way->kind == MAIL   ? "a@example.invalid"
                                        : peer->way->kind == CALL ? "090-0000-0001"
                                                                  : url,
                             .secret = SECRET,
                             .subject = "件名",
                             .text = BODY,
                             .alert_id = "00000000-0000-7000-9000-000000000001",
                             .attempts = 1 };
    int64_t start = clock_monotonic_us ();
    const char *error = NULL;
    ARENA (arena);

    snprintf (url, sizeof url, "http://127.0.0.1:%d/", peer->port);
    snprintf (smtp, sizeof smtp, "smtp://127.0.0.1:%d", peer->port);
    peer->got = hand_over (&arena, &settings, &claim, &error);
    peer->took_us = clock_monotonic_us () - start;
    peer->error = error && !strstr (error, "127.0.0.1") && !strstr (error, "example") && !strstr (error, "090") ? "says nothing" : "tells";
    return NULL;
}

static void start (struct peer *peer)
{
    peer->listener = listen_somewhere (&peer->port);
    if (peer->way->serve)
        pthread_create (&peer->server, NULL, serve, peer);
    else
        close (peer->listener);
    pthread_create (&peer->client, NULL, send_to, peer);
}

static void report (const struct peer *peer)
{
    char name[160];

    snprintf (name, sizeof name, "N-54 a partner that %s: %s", peer->way->says,
              peer->way->wanted == SENT_DELIVERED ? "delivered" : peer->way->wanted == SENT_TEMPORARY ? "tried again" : "given up");
    is_number (peer->got, peer->way->wanted, name);
    if (peer->took_us > peer->way->most_seconds * (int64_t) SECOND_US || peer->way->most_seconds >= CLAIM_SECONDS)
        ok (false, "...within the claim");
    if (strcmp (peer->error, "says nothing") != 0)
        ok (false, "...and its words for the course hold no address");
}

/* What is refused before anything is sent. */
static void test_never_sent (void)
{
    const struct sender_settings settings = { .smtp_url = "smtp://127.0.0.1:1", .mail_from = "r@example.invalid", .voice_url = "",
                                              .webhook_allow = "http://127.0.0.1:1/" };
    static char huge[21 * 1024];
    static const struct { const char *address, *secret; bool is_huge; const char *says; } rows[] = {
        { "http://127.0.0.1:2/", SECRET, false, "an address that is no longer allowed" },
        { "http://127.0.0.1:1/", NULL, false, "a subscription whose secret has gone" },
        { "http://127.0.0.1:1/", "whsec_short", false, "...or was never one" },
        { "http://127.0.0.1:1/", SECRET, true, "a body of more than 20 KB" }, { "file:///etc/passwd", SECRET, false, "a file" } };
    const char *error;
    ARENA (arena);

    memset (huge, ' ', sizeof huge - 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct claimed claim = {
            .delivery_id = "d", .kind = HTTP, .address = rows[i].address, .secret = rows[i].secret, .text = rows[i].is_huge ? huge : BODY
        };
        char name[120];

        snprintf (name, sizeof name, "%s is given up without a connection", rows[i].says);
        is_number (hand_over (&arena, &settings, &claim, &error), SENT_PERMANENT, name);
    }
    is_number (hand_over (&arena, &settings, &(struct claimed) { .kind = MAIL, .address = "x\r\nRCPT TO:<y@z>", .text = "t" }, &error), SENT_PERMANENT,
               "an address that would add a line to SMTP is given up");
}

int main (void)
{
    struct rusage before, after;
    pthread_t straying;
    int stray_listener;

    curl_global_init (CURL_GLOBAL_DEFAULT);
    stray_listener = listen_somewhere (&stray_port);
    pthread_create (&straying, NULL, stray, &stray_listener);
    getrusage (RUSAGE_SELF, &before);
    for (int i = 0; i < PEERS; i++) {
        peers[i].way = &ways[i];
        start (&peers[i]);
    }
    for (int i = 0; i < PEERS; i++)
        pthread_join (peers[i].client, NULL);
    getrusage (RUSAGE_SELF, &after);
    is_number (atomic_load (&strayed), 0, "nobody who was sent on went there");
    atomic_store (&over, true);
    for (int i = 0; i < PEERS; i++) {
        if (ways[i].serve) {
            shutdown (peers[i].listener, SHUT_RDWR);
            pthread_join (peers[i].server, NULL);
            close (peers[i].listener);
        }
        report (&peers[i]);
    }
    shutdown (stray_listener, SHUT_RDWR);
    pthread_join (straying, NULL);
#ifndef __SANITIZE_THREAD__             /* which keeps more than that for its own book-keeping */
    ok (after.ru_maxrss - before.ru_maxrss < 100 * 1024, "two hundred megabytes of answer are not kept");
#endif
    test_never_sent ();
    curl_global_cleanup ();
    return done ();
}
