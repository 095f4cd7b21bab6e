/* The machine watches itself: the test it makes every quarter of an hour, and the second program that raises the alarm. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "region.h"

static int64_t offset_us;
static char folder[200];

static void ahead (struct region *region, int64_t seconds)
{
    offset_us += seconds * SECOND_US;
    harness_clock (region->harness, offset_us);
}

static void run_test (struct region *region)
{
    region->err = (struct error) { 0 };
    if (harness_job (region->harness, "self_test", &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static void test_self_test (struct region *region)
{
    int64_t feeds;

    run_test (region);
    is_number (number (region, "select count(*) from self_test"), 0, "N-62 without a number of its own the machine tests nothing");
    region->self.self_test_phone = "050-0000-0000";
    feeds = number (region, "select count(*) from feed");
    run_test (region);
    is_number (number (region, "select count(*) from alert where synthetic and state = 1"), 1, "N-62 an alert of the machine's own begins");
    is_number (number (region, "select count(*) from delivery where address = '050-0000-0000' and kind = 4 and state = 1"), 1,
               "N-62 ...and calls its number by the adapter that calls doctors");
    is_number (number (region, "select count(*) from delivery where alert_id in (select alert_id from alert where synthetic)"), 1, "N-62 ...nobody else");
    is_number (number (region, "select count(*) from feed"), feeds, "N-62 ...and no person hears of it");
    run_test (region);
    is_number (number (region, "select count(*) from self_test where done_at is null"), 1, "N-62 until the provider has taken it nothing is proved");
    harness_sql (region->harness, "update delivery set state = 3 where address = '050-0000-0000'");
    run_test (region);
    is_number (number (region, "select count(*) from self_test where ok"), 1, "N-62 then it is");
    is_number (number (region, "select count(*) from alert where synthetic and state <> 3"), 0, "N-62 ...answered and ended");
    ahead (region, 12 * 60);
    run_test (region);
    is_number (number (region, "select count(*) from self_test"), 1, "N-62 not more often than every quarter of an hour");
    ahead (region, 181);
    run_test (region);
    is_number (number (region, "select count(*) from self_test"), 2, "N-62 ...but then");
    ahead (region, 121);
    run_engine (region);
    add_person (region, ID ("5b"), ROTA_CLERK, "管理 十一", ROTA_OFFICE, TOWN, ROLE_ADMINISTRATOR);
    run_test (region);
    is_number (number (region, "select count(*) from self_test where ok is false"), 1, "N-62 a call that nobody took in two minutes has failed");
    is_number (number (region, "select count(*) from feed where kind = 23 and person_id = '" ROTA_CLERK "'"), 1, "N-62 ...and somebody is told");
    harness_as (region->harness, NULL);
    as_nurse (region);
    struct alert_list_answer list;
    call (region, "alert_list", &(struct alert_list) { 0 }, &list);
    is_number ((int64_t) list.alerts.count, 0, "N-62 nobody's list shows it");
}

static const char *trouble (struct region *region)
{
    return harness_text (region->harness, "select coalesce (string_agg (what, ',' order by what), '') from trouble ()");
}

static void lease (struct region *region, int seconds)
{
    harness_sql (region->harness,
                 "insert into lease (name, holder, fence, expires) values ('job:alert_engine', 'test', 1, guard.real_now () + interval '%d seconds')"
                 " on conflict (name) do update set expires = excluded.expires", seconds);
}

static void test_trouble (struct region *region)
{
    harness_sql (region->harness, "truncate self_test");
    harness_sql (region->harness, "delete from delivery");
    lease (region, 600);
    is (trouble (region), "", "N-60 a machine that works is in no trouble");
    lease (region, -4);
    is (trouble (region), "", "N-60 ...a lease that has just run out is none yet");
    lease (region, -11);
    is (trouble (region), "engine", "N-60 an engine nobody has run for ten seconds is");
    lease (region, 600);
    report (region, ALERT ("01"));
    ahead (region, 180 + 31);
    harness_sql (region->harness, "update delivery set attempts = 1");
    is (trouble (region), "overdue", "N-60 ...an alert that waits for half a minute");
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null; update delivery set attempts = 0, state = 1");
    is (trouble (region), "sender", "N-60 ...a call that has not left for a minute");
    harness_sql (region->harness, "delete from delivery");
    harness_sql (region->harness, "insert into self_test (located_in, alert_id, started_at, done_at, ok) values ('" TOWN "', '" ALERT ("02") "',"
                 " guard.now (), guard.now (), true)");
    is (trouble (region), "", "N-62 a test that succeeded is none");
    ahead (region, 21 * 60);
    is (trouble (region), "self_test", "N-62 ...twenty minutes without one is");
    harness_sql (region->harness, "truncate self_test");
}

/* What stands in a file of the folder; "" when there is none. */
static const char *written (const char *name)
{
    static char said[2000];
    char path[300];
    FILE *file;
    size_t size;

    snprintf (path, sizeof path, "%s/%s", folder, name);
    file = fopen (path, "r");
    size = file ? fread (said, 1, sizeof said - 1, file) : 0;
    said[size] = '\0';
    if (file)
        fclose (file);
    return said;
}

/* The alarm's command: a shell's script in the folder, which it can write to. */
static void set_teller (const char *script, char *ret_path, size_t size)
{
    char told[300];
    FILE *file;

    snprintf (told, sizeof told, "%s/told", folder);
    unlink (told);
    snprintf (ret_path, size, "%s/alarm", folder);
    file = fopen (ret_path, "w");
    fprintf (file, "#!/bin/sh\ncd '%s' || exit 1\n%s\n", folder, script);
    fclose (file);
    chmod (ret_path, 0755);
}

/* Runs the program for so many rounds; what its alarm's command has written. */
static const char *watched_by (const char *script, const char *alarm_patience, const char *rounds, const char *database, int *ret_status)
{
    char program[300], teller[300], errors[300], arguments[4][400];
    const char *migrate = getenv ("MIGRATE");
    pid_t child;

    set_teller (script, teller, sizeof teller);
    snprintf (program, sizeof program, "%.*srenkei-watch", (int) (strrchr (migrate, '/') - migrate + 1), migrate);
    snprintf (errors, sizeof errors, "%s/errors", folder);
    snprintf (arguments[0], sizeof arguments[0], "--database=%s", database);
    snprintf (arguments[1], sizeof arguments[1], "--alarm-command=%s", teller);
    snprintf (arguments[2], sizeof arguments[2], "--rounds=%s", rounds);
    snprintf (arguments[3], sizeof arguments[3], "--alarm-patience=%s", alarm_patience);
    child = fork ();
    if (child == 0) {
        if (!freopen (errors, "w", stderr))
            _exit (126);
        alarm (60);                                     /* of a program that waits for ever the test need not */
        execl (program, program, arguments[0], arguments[1], arguments[2], arguments[3], "--every=0", "--patience=1", (char *) NULL);
        _exit (127);
    }
    waitpid (child, ret_status, 0);
    return written ("told");
}

/* What the alarm was told, one word a line. */
static const char *watched (const char *rounds, const char *database, int *ret_status)
{
    return watched_by ("echo \"$1\" >>told", "30", rounds, database, ret_status);
}

/* A server that lets one client in and then stands still: the next one's connection is made by the kernel, and nobody says a word. */
static pid_t frozen_server (void)
{
    static const unsigned char come_in[] = { 'R', 0, 0, 0, 8, 0, 0, 0, 0, 'Z', 0, 0, 0, 5, 'I' };
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int hears = socket (AF_UNIX, SOCK_STREAM, 0);
    char first[1000];
    pid_t child;

    if (snprintf (address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder) >= (int) sizeof address.sun_path
        || bind (hears, (struct sockaddr *) &address, sizeof address) != 0 || listen (hears, 8) != 0)
        note ("no socket in %s", folder);
    child = fork ();
    if (child == 0) {
        int client = accept (hears, NULL, NULL);

        if (read (client, first, sizeof first) > 0 && write (client, come_in, sizeof come_in) > 0)
            pause ();
        _exit (1);
    }
    close (hears);
    return child;
}

static void test_frozen_database (void)
{
    pid_t server = frozen_server ();
    char database[300];
    int status;

    snprintf (database, sizeof database, "host=%s port=5432 dbname=none user=nobody", folder);
    is (watched ("2", database, &status), "database\n", "N-60 a database that takes the question, or the connection, and says nothing is away");
    ok (WIFEXITED (status) && WEXITSTATUS (status) == 1, "...and the program goes on");
    kill (server, SIGKILL);
    waitpid (server, NULL, 0);
}

static void test_watch (struct region *region)
{
    char database[300];
    int status;

    snprintf (folder, sizeof folder, "%s/watch-%d", getenv ("RENKEI_TEST_DIR"), (int) getpid ());
    if (mkdir (folder, 0755) != 0)
        snprintf (folder, sizeof folder, "%s", getenv ("RENKEI_TEST_DIR"));
    snprintf (database, sizeof database, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    lease (region, 600);
    is (watched ("3", database, &status), "", "N-60 the second program says nothing while all is well");
    is_number (WEXITSTATUS (status), 0, "...and ends well");
    lease (region, -11);
    is (watched ("1", database, &status), "", "N-60 trouble seen once is not told yet");
    is (watched ("4", database, &status), "engine\n", "N-60 seen twice it is, once, by a way of its own");
    is_number (WEXITSTATUS (status), 1, "...and the exit status says so");
    is (watched ("2", "host=/nowhere dbname=none connect_timeout=2", &status), "database\n", "N-60 a database that does not answer is trouble as well");
    lease (region, 600);
}

/* The first time the command hangs, with a child that does not hear SIGTERM; what it started holds the pipe as long as it lives. */
static void test_hanging_alarm (struct region *region)
{
    static const char hangs_once[] = "if mkdir hung; then\n"
                                     "  trap 'echo asked to end >>told; exit 0' TERM\n"
                                     "  (trap '' TERM; exec sleep 100) &\n"
                                     "  wait\n"
                                     "fi\n"
                                     "echo \"$1\" >>told";
    char database[300];
    struct pollfd theirs = { 0 };
    int held[2], status;

    snprintf (database, sizeof database, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    if (pipe (held) != 0)
        note ("no pipe");
    theirs.fd = held[0];
    lease (region, -11);
    is (watched_by (hangs_once, "1", "5", database, &status), "asked to end\nengine\n",
        "N-60 a command that hangs is ended, has told nobody, and is run again");
    ok (WIFEXITED (status) && WEXITSTATUS (status) == 1, "...and the program goes on");
    ok (strstr (written ("errors"), "has not ended after 1 seconds and is killed"), "...and says so");
    close (held[1]);
    ok (poll (&theirs, 1, 5000) == 1 && theirs.revents & POLLHUP, "...and what the command had started is gone too");
    close (held[0]);
    is (watched_by ("echo \"$1\" >>told; exit 1", "1", "4", database, &status), "engine\nengine\nengine\n",
        "N-60 a command that fails has told nobody either");
    lease (region, 600);
}

int main (void)
{
    struct region *region = region_open ();

    harness_empty (region->harness, "self_test");
    test_self_test (region);
    test_trouble (region);
    test_watch (region);
    test_hanging_alarm (region);
    test_frozen_database ();
    harness_close (&region->harness);
    return done ();
}
