#include "log.h"
#include <stdarg.h>
#include <unistd.h>
#include "clock.h"
#include "text.h"

enum { LINE_MAX_BYTES = 4096 };         /* one write, so that lines of several threads never mix */

struct line { char text[LINE_MAX_BYTES]; size_t used; };

static struct { char service[32]; enum log_level least; } state = { "renkei", LOG_LEVEL_INFO };    /* set once, before threads start */

void log_open (const char *service, enum log_level least)
{
    snprintf (state.service, sizeof state.service, "%s", service);
    state.least = least;
}

static void put (struct line *line, const char *bytes, size_t size)
{
    if (line->used + size > sizeof line->text - 4)      /* keeps room for the closing quote, brace and newline */
        return;
    memcpy (line->text + line->used, bytes, size);
    line->used += size;
}

/* Bytes of the character at `at`; 0 when it is none: such a byte must not take a quote behind it for its tail. */
static size_t character_size (const char *at)
{
    unsigned char c = (unsigned char) *at;
    size_t size = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

    return strnlen (at, size) == size && text_is_utf8 (at, size) ? size : 0;
}

/* A truncated value stays valid UTF-8 and JSON because whole characters or escapes are put or left out. */
static void put_string (struct line *line, const char *value)
{
    put (line, "\"", 1);
    for (const char *at = value; *at;) {
        unsigned char c = (unsigned char) *at;
        size_t size = character_size (at);
        char escape[8];

        if (line->used + 8 > sizeof line->text - 4)
            break;
        if (size == 0) {
            put (line, "?", 1);
            at++;
            continue;
        }
        if (c == '"' || c == '\\')
            put (line, escape, (size_t) snprintf (escape, sizeof escape, "\\%c", c));
        else if (c < 0x20 || c == 0x7f)
            put (line, escape, (size_t) snprintf (escape, sizeof escape, "\\u%04x", c));
        else
            put (line, at, size);
        at += size;
    }
    line->text[line->used++] = '"';
}

static void put_pair (struct line *line, const char *name, const char *value)
{
    if (line->used + strlen (name) + 16 > sizeof line->text - 4)
        return;
    put (line, line->used > 1 ? "," : "", line->used > 1);
    put_string (line, name);
    put (line, ":", 1);
    put_string (line, value ? value : "");
}

static void put_time (struct line *line)
{
    int64_t now = clock_real_us ();
    time_t seconds = (time_t) (now / SECOND_US);
    struct tm parts;
    char date[32], text[48];

    gmtime_r (&seconds, &parts);
    strftime (date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf (text, sizeof text, "%s.%06lldZ", date, (long long) (now % SECOND_US));
    put_pair (line, "time", text);
}

void log_event (enum log_level level, const char *event, ...)
{
    static const char *const names[] = { "debug", "info", "warning", "error" };
    struct line line = { .text = "{", .used = 1 };
    va_list pairs;

    if (level < state.least)
        return;
    put_time (&line);
    put_pair (&line, "level", names[level]);
    put_pair (&line, "service", state.service);
    put_pair (&line, "event", event);
    va_start (pairs, event);
    for (const char *name; (name = va_arg (pairs, const char *)) != NULL;)
        put_pair (&line, name, va_arg (pairs, const char *));
    va_end (pairs);
    line.text[line.used++] = '}';
    line.text[line.used++] = '\n';
    if (write (STDERR_FILENO, line.text, line.used) < 0)
        return;                         /* nowhere left to tell */
}
