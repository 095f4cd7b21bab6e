/* What reaches the log is one JSON object per line, whatever the values hold. */
#include <unistd.h>
#include "tap.h"
#include <cjson/cJSON.h>
#include <pthread.h>
#include "codec_value.h"
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

/* The value of `name` in the one line that was written; NULL when the line is no JSON object with it. */
static const char *logged (const char *line, const char *name)
{
    static char value[5000];
    struct error err = { 0 };
    cJSON *tree = NULL;
    const cJSON *member;
    size_t size = strlen (line);

    *value = '\0';
    if (size == 0 || line[size - 1] != '\n' || memchr (line, '\n', size - 1)
        || json_check ((struct bytes) { (const unsigned char *) line, size }, &err) < 0 || !(tree = cJSON_Parse (line)))
        return NULL;
    member = cJSON_GetObjectItem (tree, name);
    if (cJSON_IsString (member))
        snprintf (value, sizeof value, "%s", member->valuestring);
    cJSON_Delete (tree);
    return member ? value : NULL;
}

static const char *log_one (const char *value)
{
    int saved, ends[2];

    capture_begin (&saved, ends);
    log_event (LOG_LEVEL_ERROR, "odd", "value", value, "behind", "here", NULL);
    return capture_end (saved, ends);
}

/* Whatever a value holds, it must not end its quotes, its line or its object (a forged line would be believed). */
static void no_value_breaks_out (void)
{
    static const struct { const char *value, *wanted, *name; } rows[] = {
        { "\xc3\"", "?\"", "a lead byte does not swallow the quote behind it" },
        { "\xe6\x97\",\"level\":\"info", "??\",\"level\":\"info", "...nor do two of three bytes" },
        { "\x80\\", "?\\", "a tail byte alone is replaced" },
        { "\xf8\x88\x80\x80\x80", "?????", "five bytes that were a character once are none" },
        { "\xed\xa0\x80", "???", "a surrogate is none" },
        { "\xc0\xaf", "??", "an overlong slash is none" },
        { "日\xe6\x9c", "日??", "a character cut off at the end is replaced" },
        { "a\nb\rc\td", "a\nb\rc\td", "line ends come through as escapes" },
        { "\x7f\x1b[31m", "\x7f\x1b[31m", "control characters come through as escapes" },
        { "\xe2\x80\xa8", "\xe2\x80\xa8", "U+2028 is a character like others" },
        { "𠮷野", "𠮷野", "four bytes are a character" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *line = log_one (rows[i].value);

        is (logged (line, "value"), rows[i].wanted, rows[i].name);
        is (logged (line, "behind"), "here", "...and what follows is still there");
        ok (!strpbrk (line, "\r\x1b\x7f\t"), "...with no raw control character in the line");
    }
}

static void every_pair_of_bytes (void)
{
    int wrong = 0;

    for (unsigned first = 1; first < 256; first++)
        for (unsigned second = 1; second < 256; second += second < 0x22 ? 1 : 7) {
            char value[3] = { (char) first, (char) second, '\0' };
            const char *line = log_one (value);

            wrong += !logged (line, "behind") || strcmp (logged (line, "behind"), "here") != 0;
        }
    is_number (wrong, 0, "no pair of bytes breaks the line");
}

/* Near the limit: wherever the value stops, the line is whole and not over 4096 bytes. */
static void every_length (void)
{
    static char value[4300];
    int wrong = 0, longest = 0;

    for (size_t size = 3800; size < sizeof value - 1; size++) {
        const char *line;

        memset (value, 'a', size);
        memcpy (value + size - 4, "\"\\\x01\"", 4);
        value[size] = '\0';
        line = log_one (value);
        wrong += !logged (line, "value") || strlen (line) > 4096;
        longest = (int) strlen (line) > longest ? (int) strlen (line) : longest;
    }
    is_number (wrong, 0, "a value of any length around the limit gives a whole line");
    ok (longest > 4000, "...and uses the room there is");
}

enum { THREADS = 6, LINES = 300 };

static void *log_many (void *arg)
{
    char big[1500];

    memset (big, 'a' + (int) (intptr_t) arg, sizeof big - 1);
    big[sizeof big - 1] = '\0';
    for (int i = 0; i < LINES; i++)
        log_event (LOG_LEVEL_INFO, "many", "big", big, NULL);
    return NULL;
}

static void threads_do_not_mix (void)
{
    pthread_t threads[THREADS];
    char path[] = "/tmp/renkei-log-XXXXXX", line[5000];
    int file = mkstemp (path), saved = dup (2), lines = 0, mixed = 0;
    FILE *in;

    dup2 (file, 2);
    for (intptr_t i = 0; i < THREADS; i++)
        pthread_create (&threads[i], NULL, log_many, (void *) i);
    for (int i = 0; i < THREADS; i++)
        pthread_join (threads[i], NULL);
    dup2 (saved, 2);
    close (saved);
    in = fdopen (file, "r");
    rewind (in);
    for (; fgets (line, sizeof line, in); lines++) {
        const char *big = logged (line, "big");

        mixed += !big || strlen (big) != 1499 || strspn (big, (char[]) { *big, '\0' }) != 1499;
    }
    fclose (in);
    unlink (path);
    is_number (lines, THREADS * LINES, "six threads' lines are all there");
    is_number (mixed, 0, "...and none holds another's piece");
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
    no_value_breaks_out ();
    every_pair_of_bytes ();
    every_length ();
    threads_do_not_mix ();
    return done ();
}
