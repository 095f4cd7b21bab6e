/* renkei_watch.c - a second pair of eyes: asks the database every few seconds whether the alerts go as they should, and raises an alarm by
 * a way of its own when they do not (N-60).  Best run on another machine than notify.
 *
 *     renkei-watch --database=CONNINFO [--alarm-url=URL] [--alarm-command=PROGRAM] [--alarm-patience=SECONDS] [--heartbeat-url=URL]
 *                  [--every=SECONDS] [--patience=SECONDS] [--rounds=N]
 *
 * --database       as role renkei_notify_engine
 * --alarm-url      gets {"what": "engine", "since": "…"} by POST; one of these two at least
 * --alarm-command  is run with what is wrong as its only argument: another mail server, a GSM modem, a siren
 * --alarm-patience 30, at most 300: a command that has not ended by then has told nobody.  It and what it started (its process group) get
 *                  SIGTERM and, when it has ended or two seconds later, SIGKILL; at the next round it is run again.  Nobody looks meanwhile
 * --heartbeat-url  is fetched once after every self-test of the whole way that succeeded (N-62): whoever expects it raises the alarm when
 *                  it stays away, also when this program has died
 * --every          5; trouble counts when it is seen twice, so an engine that stops is reported in less than 30 seconds
 * --patience       5, at most 10: a database that has not answered by then is away, be it stopped, frozen, or behind a line that swallows
 *                  everything.  For connecting, a connect_timeout in CONNINFO goes before it; libpq makes one second two
 * --rounds         0: for ever; for tests
 *
 * The alarm is repeated every five minutes while the trouble lasts, and its end is told once ("well").  A database that does not answer is
 * trouble as well ("database").
 */
#include <curl/curl.h>
#include <errno.h>
#include <getopt.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPEAT_SECONDS = 300, HTTP_SECONDS = 5, TERM_SECONDS = 2, WHAT_MOST = 200 };

struct settings { const char *database, *alarm_url, *alarm_command, *heartbeat_url; int every, patience, alarm_patience, rounds; };

struct watch {
    const struct settings *settings;
    PGconn *db;
    char seen[WHAT_MOST];               /* trouble of the last look; "" when there was none */
    char told[WHAT_MOST];               /* what the last alarm said; "" after "well" */
    int64_t told_at_ms;
    char test[64];                      /* of the last heartbeat */
};

static int64_t monotonic_ms (void)
{
    struct timespec now;

    clock_gettime (CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- looking ------------------------------------------------------------------------------------------------------------------------ */

static void let_go (struct watch *watch)
{
    PQfinish (watch->db);
    watch->db = NULL;
}

/* Waits for bytes from the server; false: none by the deadline, or the connection is gone. */
static bool more_came (PGconn *db, int64_t deadline_ms)
{
    struct pollfd socket = { .fd = PQsocket (db), .events = POLLIN };
    int64_t left = deadline_ms - monotonic_ms ();
    int found = left > 0 ? poll (&socket, 1, (int) left) : 0;

    if (found < 0 && errno == EINTR)
        return true;
    return found > 0 && PQconsumeInput (db);
}

/* PQexec would wait for ever: a server that stands still closes nothing, and on a socket of the machine no TCP gives up either.  NULL: no
 * answer within the patience; the connection is let go, since what it still says would answer an older question. */
static PGresult *answered (struct watch *watch, const char *sql)
{
    int64_t deadline_ms = monotonic_ms () + watch->settings->patience * INT64_C (1000);
    PGresult *last = NULL, *one;

    if (!PQsendQuery (watch->db, sql)) {
        let_go (watch);
        return NULL;
    }
    for (;;) {
        while (PQisBusy (watch->db))
            if (!more_came (watch->db, deadline_ms)) {
                PQclear (last);
                let_go (watch);
                return NULL;
            }
        one = PQgetResult (watch->db);
        if (!one)
            return last;
        PQclear (last);
        last = one;
    }
}

static bool connected (struct watch *watch)
{
    char patience[20];
    const char *names[] = { "connect_timeout", "dbname", NULL }, *values[] = { patience, watch->settings->database, NULL };
    PGresult *set;
    bool fine;

    if (watch->db && PQstatus (watch->db) == CONNECTION_OK)
        return true;
    snprintf (patience, sizeof patience, "%d", watch->settings->patience);
    let_go (watch);
    watch->db = PQconnectdbParams (names, values, 1);
    if (PQstatus (watch->db) != CONNECTION_OK) {
        let_go (watch);
        return false;
    }
    set = answered (watch, "set statement_timeout = '3s'; set application_name = 'renkei-watch'");              /* `renkei doctor` looks for it */
    fine = set != NULL;
    PQclear (set);
    return fine;
}

/* First column, rows joined by commas; false: the database did not answer. */
static bool ask (struct watch *watch, const char *sql, char *ret, size_t size)
{
    PGresult *rows;
    bool fine;

    ret[0] = '\0';
    if (!connected (watch))
        return false;
    rows = answered (watch, sql);
    fine = PQresultStatus (rows) == PGRES_TUPLES_OK;
    for (int i = 0; fine && i < PQntuples (rows); i++) {
        size_t used = strlen (ret);

        if (!PQgetisnull (rows, i, 0))
            snprintf (ret + used, size - used, "%s%s", used ? "," : "", PQgetvalue (rows, i, 0));
    }
    PQclear (rows);
    return fine;
}

static void look (struct watch *watch, char *ret, size_t size)
{
    if (!ask (watch, "select what from notify.trouble ()", ret, size))
        snprintf (ret, size, "database");
}

/* ---- telling ------------------------------------------------------------------------------------------------------------------------ */

static size_t swallow (char *data, size_t size, size_t count, void *with)
{
    (void) data;
    (void) with;
    return size * count;
}

static bool fetch (const char *url, const char *body)
{
    CURL *curl = curl_easy_init ();
    struct curl_slist *headers = curl_slist_append (NULL, "Content-Type: application/json");
    long status = 0;
    bool fine;

    curl_easy_setopt (curl, CURLOPT_URL, url);
    curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) HTTP_SECONDS);
    curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, swallow);
    if (body) {
        curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
    }
    fine = curl_easy_perform (curl) == CURLE_OK;
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all (headers);
    curl_easy_cleanup (curl);
    return fine && status >= 200 && status < 300;
}

/* Left unreaped: until then its number, which is its group's, is nobody else's. */
static bool ends_within (pid_t child, int seconds)
{
    int64_t deadline_ms = monotonic_ms () + seconds * INT64_C (1000);
    siginfo_t ended = { 0 };

    for (;;) {
        if (waitid (P_PID, (id_t) child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == child)
            return true;
        if (monotonic_ms () >= deadline_ms)
            return false;
        nanosleep (&(struct timespec) { .tv_nsec = 20 * 1000000 }, NULL);
    }
}

/* Not even one that no signal reaches (it waits for a dead disk) is waited for without end. */
static void end_group (pid_t child, int seconds)
{
    fprintf (stderr, "renkei-watch: the alarm's command has not ended after %d seconds and is killed\n", seconds);
    kill (-child, SIGTERM);
    ends_within (child, TERM_SECONDS);
    kill (-child, SIGKILL);
    ends_within (child, TERM_SECONDS);
}

/* No shell: what is wrong is an argument. */
static bool run (const char *program, const char *what, int seconds)
{
    pid_t child = fork ();
    bool ended;
    int status;

    if (child == 0) {
        setpgid (0, 0);
        execlp (program, program, what, (char *) NULL);
        _exit (127);
    }
    if (child < 0)
        return false;
    setpgid (child, child);                             /* whichever of the two comes first */
    ended = ends_within (child, seconds);
    if (!ended)
        end_group (child, seconds);
    return waitpid (child, &status, WNOHANG) == child && ended && WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static bool alarm_all (const struct settings *settings, const char *what)
{
    char body[WHAT_MOST + 100], since[40];
    struct timespec real;
    struct tm parts;
    bool told = false;

    clock_gettime (CLOCK_REALTIME, &real);
    gmtime_r (&real.tv_sec, &parts);
    strftime (since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &parts);
    snprintf (body, sizeof body, "{\"what\":\"%s\",\"at\":\"%s\"}", what, since);
    if (settings->alarm_url)
        told |= fetch (settings->alarm_url, body);
    if (settings->alarm_command)
        told |= run (settings->alarm_command, what, settings->alarm_patience);
    fprintf (stderr, "renkei-watch: %s %s%s\n", since, what, told ? "" : " (nobody could be told)");
    return told;
}

/* ---- one round ---------------------------------------------------------------------------------------------------------------------- */

static void tell (struct watch *watch, const char *what)
{
    bool same = strcmp (what, watch->told) == 0;

    if (same && (!*what || monotonic_ms () - watch->told_at_ms < REPEAT_SECONDS * 1000))
        return;
    if (!alarm_all (watch->settings, *what ? what : "well"))
        return;                                         /* tried again at the next round */
    snprintf (watch->told, sizeof watch->told, "%s", what);
    watch->told_at_ms = monotonic_ms ();
}

static void beat (struct watch *watch)
{
    char test[sizeof watch->test];

    if (!watch->db || !watch->settings->heartbeat_url || !ask (watch, "select notify.self_test_done ()::text", test, sizeof test))
        return;
    if (*test && strcmp (test, watch->test) != 0 && fetch (watch->settings->heartbeat_url, NULL))
        snprintf (watch->test, sizeof watch->test, "%s", test);
}

static void round_once (struct watch *watch)
{
    char what[WHAT_MOST];

    look (watch, what, sizeof what);
    if (!*what || strcmp (what, watch->seen) == 0)
        tell (watch, what);
    snprintf (watch->seen, sizeof watch->seen, "%s", what);
    beat (watch);
}

static int usage (void)
{
    fputs ("renkei-watch --database=CONNINFO (--alarm-url=URL | --alarm-command=PROGRAM) [--alarm-patience=30] [--heartbeat-url=URL]"
           " [--every=5] [--patience=5] [--rounds=0]\n", stderr);
    return 2;
}

int main (int argc, char **argv)
{
    static const struct option options[] = { { "database", required_argument, NULL, 'd' }, { "alarm-url", required_argument, NULL, 'a' },
        { "alarm-command", required_argument, NULL, 'c' }, { "alarm-patience", required_argument, NULL, 't' },
        { "heartbeat-url", required_argument, NULL, 'h' }, { "every", required_argument, NULL, 'e' },
        { "patience", required_argument, NULL, 'p' }, { "rounds", required_argument, NULL, 'r' }, { 0 } };
    struct settings settings = { .every = 5, .patience = 5, .alarm_patience = 30 };
    struct watch watch = { .settings = &settings };
    int option;

    while ((option = getopt_long (argc, argv, "", options, NULL)) != -1)
        switch (option) {
        case 'd': settings.database = optarg; break;
        case 'a': settings.alarm_url = optarg; break;
        case 'c': settings.alarm_command = optarg; break;
        case 't': settings.alarm_patience = (int) strtol (optarg, NULL, 10); break;
        case 'h': settings.heartbeat_url = optarg; break;
        case 'e': settings.every = (int) strtol (optarg, NULL, 10); break;
        case 'p': settings.patience = (int) strtol (optarg, NULL, 10); break;
        case 'r': settings.rounds = (int) strtol (optarg, NULL, 10); break;
        default: return usage ();
        }
    if (!settings.database || (!settings.alarm_url && !settings.alarm_command) || settings.every < 0 || settings.every > 10
        || settings.patience < 1 || settings.patience > 10 || settings.alarm_patience < 1 || settings.alarm_patience > 300)
        return usage ();
    curl_global_init (CURL_GLOBAL_DEFAULT);
    for (int i = 0; settings.rounds == 0 || i < settings.rounds; i++) {
        if (i)
            sleep ((unsigned) settings.every);
        round_once (&watch);
    }
    PQfinish (watch.db);
    return *watch.told != '\0';
}
