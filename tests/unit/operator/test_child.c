/* Other programs: their status, their output, their limits; never through a shell. */
#include "child.h"
#include <stdlib.h>
#include "tap.h"

static int read_of (char *const argv[], size_t most, char **ret, size_t *ret_size)
{
    *ret = NULL;
    *ret_size = 0;
    return child_read (argv, most, ret, ret_size);
}

static void running (void)
{
    ok (child_run ((char *[]) { "true", NULL }) == 0, "a program that is content");
    is_number (child_run ((char *[]) { "sh", "-c", "exit 7", NULL }), 7, "one that is not says why by its status");
    is_number (child_run ((char *[]) { "sh", "-c", "kill -KILL $$", NULL }), -1, "one that was killed");
    is_number (child_run ((char *[]) { "no-such-program-anywhere", NULL }), -1, "one there is not");
    is_number (child_run ((char *[]) { "test", "a; exit 0 #", "=", "a; exit 0 #", NULL }), 0, "words are words: no shell reads them");
    is_number (child_run ((char *[]) { "test", "$HOME `id`", "=", "$HOME `id`", NULL }), 0, "…nor what stands for something else in one");
}

static void reading (void)
{
    size_t size;
    char *text;

    is_number (read_of ((char *[]) { "printf", "abc", NULL }, 10, &text, &size), 0, "what a program prints is read");
    ok (size == 3 && memcmp (text, "abc", 3) == 0, "…as it is");
    free (text);
    is_number (read_of ((char *[]) { "true", NULL }, 10, &text, &size), 0, "a program that prints nothing");
    is_number (size, 0, "…gives nothing");
    free (text);
    is_number (read_of ((char *[]) { "sh", "-c", "printf half; exit 3", NULL }, 10, &text, &size), 3, "one that fails half-way is not taken for whole");
    free (text);
    is_number (read_of ((char *[]) { "head", "-c", "3000000", "/dev/zero", NULL }, 3000000, &text, &size), 0, "three megabytes, at the limit");
    is_number (size, 3000000, "…are read whole");
    free (text);
    is_number (read_of ((char *[]) { "head", "-c", "3000001", "/dev/zero", NULL }, 3000000, &text, &size), -1, "a byte more is too much");
    free (text);
    is_number (read_of ((char *[]) { "cat", "/dev/zero", NULL }, 100000, &text, &size), -1, "what never ends is stopped at the limit");
    free (text);
    is_number (read_of ((char *[]) { "no-such-program-anywhere", NULL }, 10, &text, &size), -1, "a program there is not");
    free (text);
}

static void beside (void)
{
    char path[40];

    is (child_beside ("/usr/bin/renkei", "renkei-keys", path, sizeof path), "/usr/bin/renkei-keys", "the program beside this one");
    is (child_beside ("bin/renkei", "renkei-keys", path, sizeof path), "bin/renkei-keys", "…also by a path from here");
    is (child_beside ("renkei", "renkei-keys", path, sizeof path), "renkei-keys", "…and by PATH when this one was");
}

int main (void)
{
    running ();
    reading ();
    beside ();
    return done ();
}
