#include "failpoint.h"

#ifdef RENKEI_FAILPOINTS
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

enum { POINTS_MAX = 32, NAME_MAX_BYTES = 64, PATH_BYTES = 256, LIST_BYTES = 1024, ABOUT_MAX = 64, LINE_BYTES = 4096 };

extern char *program_invocation_short_name;         /* glibc; <errno.h> declares it with _GNU_SOURCE only */

struct point { char name[NAME_MAX_BYTES]; char action[16]; long nth, passed; };

/* The process's fail points: from the environment or the arming file, counted by all threads. */
static struct {
    struct point points[POINTS_MAX];
    int count, log;
    char arming[PATH_BYTES];
    pthread_mutex_t lock;
} state = { .log = -1, .lock = PTHREAD_MUTEX_INITIALIZER };

/* What this thread is at work on. */
static _Thread_local struct { const char *messages[ABOUT_MAX]; int count; } about;

void failpoint_about (const char *message)
{
    for (int i = 0; i < about.count; i++)
        if (strcmp (about.messages[i], message) == 0)
            return;
    if (about.count < ABOUT_MAX)
        about.messages[about.count++] = message;
}

void failpoint_forget (void)
{
    about.count = 0;
}

static void read_point (const char *from, size_t size)
{
    struct point *point = &state.points[state.count];
    char text[96];

    if (size >= sizeof text || state.count == POINTS_MAX)
        return;
    memcpy (text, from, size);
    text[size] = '\0';
    if (sscanf (text, "%63[^:]:%ld:%15[a-z0-9]", point->name, &point->nth, point->action) == 3)
        state.count++;
}

static void read_list (const char *list)
{
    for (size_t size; *list; list += size + (list[size] == ',')) {
        size = strcspn (list, ",");
        read_point (list, size);
    }
}

/* DIR/PROGRAM.passed takes the names if it is there; DIR/PROGRAM.arm is looked for at every passage. */
static void read_folder (const char *dir)
{
    char passed[PATH_BYTES];

    snprintf (state.arming, sizeof state.arming, "%s/%s.arm", dir, program_invocation_short_name);
    snprintf (passed, sizeof passed, "%s/%s.passed", dir, program_invocation_short_name);
    state.log = open (passed, O_WRONLY | O_APPEND | O_CLOEXEC);
}

static void read_environment (void)
{
    const char *list = getenv ("RENKEI_FAILPOINTS"), *log = getenv ("RENKEI_FAILPOINT_LOG"), *dir = getenv ("RENKEI_FAILPOINT_DIR");

    if (list)
        read_list (list);
    if (dir)
        read_folder (dir);
    if (log)
        state.log = open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* What the file says counts from here on; it is taken away, so that the program that is started next does not meet it. */
static void read_arming (void)
{
    char list[LIST_BYTES];
    ssize_t size;
    int file = *state.arming ? open (state.arming, O_RDONLY | O_CLOEXEC) : -1;

    if (file < 0)
        return;
    size = read (file, list, sizeof list - 1);
    close (file);
    if (size <= 0)
        return;
    list[size] = '\0';
    unlink (state.arming);
    state.count = 0;
    read_list (list);
}

static void act (const char *action)
{
    if (strcmp (action, "kill") == 0)
        kill (getpid (), SIGKILL);
    else if (strcmp (action, "stop") == 0)
        kill (getpid (), SIGSTOP);
    else if (strcmp (action, "exit") == 0)
        _exit (70);
    else if (strncmp (action, "sleep", 5) == 0)
        usleep ((useconds_t) strtol (action + 5, NULL, 10) * 1000);
}

static void note (const char *name)
{
    char line[LINE_BYTES];
    size_t size = (size_t) snprintf (line, NAME_MAX_BYTES, "%s", name);

    for (int i = 0; i < about.count && size + NAME_MAX_BYTES + 2 < sizeof line; i++)
        size += (size_t) snprintf (line + size, NAME_MAX_BYTES, " %.62s", about.messages[i]);
    line[size++] = '\n';
    if (state.log >= 0 && write (state.log, line, size) < 0)
        state.log = -1;
}

/* "after_commit", or "after_commit@place_set": only while the thread is at work on that message. */
static bool is_meant (const char *wanted, const char *name)
{
    size_t size = strcspn (wanted, "@");

    if (strlen (name) != size || strncmp (wanted, name, size) != 0)
        return false;
    for (int i = 0; wanted[size] && i < about.count; i++)
        if (strcmp (wanted + size + 1, about.messages[i]) == 0)
            return true;
    return wanted[size] == '\0';
}

void failpoint (const char *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char action[16] = "";

    pthread_once (&once, read_environment);
    pthread_mutex_lock (&state.lock);
    read_arming ();
    note (name);
    for (int i = 0; i < state.count; i++)
        if (is_meant (state.points[i].name, name) && ++state.points[i].passed == state.points[i].nth)
            memcpy (action, state.points[i].action, sizeof action);
    pthread_mutex_unlock (&state.lock);
    act (action);
}
#endif
