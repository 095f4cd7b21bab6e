/* child.c - other programs: see child.h. */
#include "child.h"
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int wait_for (pid_t pid)
{
    int status;

    if (waitpid (pid, &status, 0) != pid || !WIFEXITED (status))
        return -1;
    return WEXITSTATUS (status);
}

int child_run (char *const argv[])
{
    pid_t pid;

    return posix_spawnp (&pid, argv[0], NULL, NULL, argv, environ) == 0 ? wait_for (pid) : -1;
}

static int read_all (int from, size_t most, char **ret, size_t *ret_size)
{
    size_t room = 1 << 20;
    ssize_t got;

    *ret = malloc (room);
    *ret_size = 0;
    while (*ret && (got = read (from, *ret + *ret_size, room - *ret_size)) > 0) {
        *ret_size += (size_t) got;
        if (*ret_size > most)
            return -1;
        if (*ret_size == room) {
            char *larger = realloc (*ret, room *= 2);

            if (!larger)
                return -1;
            *ret = larger;
        }
    }
    return *ret ? 0 : -1;
}

int child_read (char *const argv[], size_t most, char **ret, size_t *ret_size)
{
    posix_spawn_file_actions_t actions;
    int ends[2], status, whole;
    pid_t pid;

    if (pipe (ends) < 0)
        return -1;
    posix_spawn_file_actions_init (&actions);
    posix_spawn_file_actions_adddup2 (&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose (&actions, ends[0]);
    status = posix_spawnp (&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy (&actions);
    close (ends[1]);
    if (status != 0) {
        close (ends[0]);
        return -1;
    }
    whole = read_all (ends[0], most, ret, ret_size);
    close (ends[0]);
    status = wait_for (pid);
    return whole < 0 ? -1 : status;
}

const char *child_beside (const char *program, const char *name, char *buffer, size_t size)
{
    const char *slash = strrchr (program, '/');

    if (!slash)
        return name;
    snprintf (buffer, size, "%.*s/%s", (int) (slash - program), program, name);
    return buffer;
}
