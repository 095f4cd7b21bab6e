/* What reaches the log is one JSON object per line, whatever the values hold. */
#include "tap.h"
#include <unistd.h>
#include "log.h"

static char captured[16384];

static void capture_begin (int *saved, int ends[2])
{
    fflush (stderr);
    *saved = dup (2);
    if (pipe (ends) < 0 || dup2 (ends[1], 2) < 0)
        abort ();
}

static const char *capture_end (int saved, int ends[2])
{
    ssize_t got;

    dup2 (saved, 2);
    close (saved);
    close (ends[1]);
    got = read (ends[0], captured, sizeof captured - 1);
    close (ends[0]);
    captured[got < 0 ? 0 : got] = '\0';
    return captured;
}

int main (void)
{
    static char big[10000];
    int saved, ends[2];
    const char *line;

    log_open ("registry", LOG_LEVEL_INFO);
    capture_begin (&saved, ends);
    log_event (LOG_LEVEL_WARNING, "refused", "key", "say \"no\"\\\n\x01", "empty", "", "name", "連携", NULL);
    line = capture_end (saved, ends);
    ok (strncmp (line, "{\"time\":\"20", 11) == 0, "a line begins with its time");
    ok (strstr (line, "\"level\":\"warning\",\"service\":\"registry\",\"event\":\"refused\"") != NULL, "...then level, service and event");
    ok (strstr (line, "\"key\":\"say \\\"no\\\"\\\\\\u000a\\u0001\",\"empty\":\"\",\"name\":\"連携\"}\n") != NULL, "values are escaped");

    capture_begin (&saved, ends);
    log_event (LOG_LEVEL_DEBUG, "quiet", NULL);
    is (capture_end (saved, ends), "", "below the level nothing is written");

    for (size_t i = 0; i + 3 < sizeof big; i += 3)
        memcpy (big + i, "連", 3);
    capture_begin (&saved, ends);
    log_event (LOG_LEVEL_ERROR, "big", "value", big, "after", "x", NULL);
    line = capture_end (saved, ends);
    ok (strlen (line) <= 4096 && line[strlen (line) - 1] == '\n' && line[strlen (line) - 2] == '}',
        "a huge value is cut, the line stays whole");
    ok (strchr (line, '\n') == line + strlen (line) - 1, "...and is one line");
    return done ();
}
