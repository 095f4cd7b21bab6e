/* Fail points are compiled into this test whatever the build says. */
#define RENKEI_FAILPOINTS 1
#undef RUNTIME_FAILPOINT_H
#include "../../../services/runtime/failpoint.c"
#include "tap.h"
#include <sys/wait.h>
#include "clock.h"

static int status_of_three_passages (const char *points, const char *log)
{
    int status = 0;
    pid_t child = fork ();

    if (child == 0) {
        setenv ("RENKEI_FAILPOINTS", points, 1);
        setenv ("RENKEI_FAILPOINT_LOG", log, 1);
        failpoint ("other");
        for (int i = 0; i < 3; i++)
            failpoint ("after_store");
        _exit (0);
    }
    waitpid (child, &status, 0);
    return status;
}

static long bytes_of (const char *path)
{
    FILE *file = fopen (path, "r");
    long size;

    if (!file)
        return -1;
    fseek (file, 0, SEEK_END);
    size = ftell (file);
    fclose (file);
    return size;
}

/* Passes with place_set, then with sheet, then with nothing. */
static int passage_that_ends (const char *points)
{
    int status = 0;
    pid_t child = fork ();

    if (child == 0) {
        setenv ("RENKEI_FAILPOINTS", points, 1);
        unsetenv ("RENKEI_FAILPOINT_LOG");
        failpoint_about ("place_set");
        failpoint ("after_commit");
        failpoint_forget ();
        failpoint_about ("sheet");
        failpoint ("after_commit");
        failpoint_forget ();
        failpoint ("after_commit");
        _exit (0);
    }
    waitpid (child, &status, 0);
    return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* What a program writes down that is at work on one message, on two, and then on none. */
static const char *lines_about (const char *log)
{
    static char lines[200];
    size_t size = 0;
    pid_t child = fork ();
    FILE *file;

    if (child == 0) {
        unsetenv ("RENKEI_FAILPOINTS");
        setenv ("RENKEI_FAILPOINT_LOG", log, 1);
        failpoint_about ("place_set");
        failpoint ("after_store");
        failpoint_about ("sheet");
        failpoint_about ("place_set");
        failpoint ("after_commit");
        failpoint_forget ();
        failpoint ("before_reply");
        _exit (0);
    }
    waitpid (child, NULL, 0);
    file = fopen (log, "r");
    if (file) {
        size = fread (lines, 1, sizeof lines - 1, file);
        fclose (file);
    }
    lines[size] = '\0';
    return lines;
}

/* A running program meets the order of the arming file once. */
static int status_when_armed (const char *dir, const char *order)
{
    char path[256];
    int status = 0;
    pid_t child = fork ();
    FILE *file;

    if (child == 0) {
        unsetenv ("RENKEI_FAILPOINTS");
        unsetenv ("RENKEI_FAILPOINT_LOG");
        setenv ("RENKEI_FAILPOINT_DIR", dir, 1);
        failpoint ("after_store");
        snprintf (path, sizeof path, "%s/%s.arm", dir, program_invocation_short_name);
        file = fopen (path, "w");
        if (!file || fputs (order, file) < 0 || fclose (file) != 0)
            _exit (1);
        for (int i = 0; i < 3; i++)
            failpoint ("after_store");
        _exit (access (path, F_OK) == 0 ? 2 : 0);
    }
    waitpid (child, &status, 0);
    return status;
}

int main (void)
{
    char dir[] = "/tmp/failpoints.XXXXXX";
    char log[] = "/tmp/failpoint.XXXXXX";
    int64_t before;
    int status;

    if (mkstemp (log) < 0)
        return 1;
    ok (status_of_three_passages ("", log) == 0, "without orders nothing happens");
    ok (bytes_of (log) == 6 + 3 * 12, "...but every passage is written down");
    status = status_of_three_passages ("nowhere:1:kill,after_store:2:kill", log);
    ok (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL, "the second passage kills");
    ok (bytes_of (log) == 2 * 6 + 5 * 12, "...and not an earlier one");
    status = status_of_three_passages ("after_store:3:exit", log);
    ok (WIFEXITED (status) && WEXITSTATUS (status) == 70, "the third passage exits");
    before = clock_monotonic_us ();
    ok (status_of_three_passages ("after_store:1:sleep60", log) == 0 && clock_monotonic_us () - before >= 60000,
        "a passage can be delayed");
    ok (status_of_three_passages (":::,after_store,after_store:x:kill,,", log) == 0, "nonsense is ignored");
    if (truncate (log, 0) < 0)
        return 1;
    is (lines_about (log), "after_store place_set\nafter_commit place_set sheet\nbefore_reply\n",
        "with each passage stands what the thread is at work on, once each, until it forgets");
    ok (passage_that_ends ("after_commit@sheet:1:exit") == 70, "an order may be for one message");
    ok (passage_that_ends ("after_commit@sheet:2:exit,after_commit@shee:1:exit,after@sheet:1:exit,after_commit@:1:exit") == 0,
        "...and is not met by another one, nor twice by one passage");
    unlink (log);
    if (!mkdtemp (dir))
        return 1;
    status = status_when_armed (dir, "after_store:2:kill");
    ok (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL, "a running program is armed by a file");
    ok (status_when_armed (dir, "elsewhere:1:kill") == 0, "...which is taken away when it is read");
    ok (rmdir (dir) == 0, "...and nothing else is left");
    return done ();
}
