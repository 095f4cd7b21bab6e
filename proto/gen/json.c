#include <stdarg.h>
#include "gen.h"

static void begin_value (struct json *json, const char *name)
{
    if (json->follows)
        fputc (',', json->out);
    if (json->depth)
        fprintf (json->out, "\n%*s", 2 * json->depth, "");
    if (name) {
        put_string (json->out, name);
        fputs (": ", json->out);
    }
    json->follows = true;
}

void json_open (struct json *json, const char *name, char bracket)
{
    begin_value (json, name);
    fputc (bracket, json->out);
    json->depth++;
    json->follows = false;
}

void json_close (struct json *json, char bracket)
{
    json->depth--;
    if (json->follows)
        fprintf (json->out, "\n%*s", 2 * json->depth, "");
    fputc (bracket, json->out);
    if (json->depth == 0)
        fputc ('\n', json->out);
    json->follows = true;
}

void json_text (struct json *json, const char *name, const char *text)
{
    begin_value (json, name);
    put_string (json->out, text);
}

void json_format (struct json *json, const char *name, const char *fmt, ...)
{
    char text[400];
    va_list args;

    va_start (args, fmt);
    vsnprintf (text, sizeof text, fmt, args);
    va_end (args);
    json_text (json, name, text);
}

void json_number (struct json *json, const char *name, long long number)
{
    begin_value (json, name);
    fprintf (json->out, "%lld", number);
}

void json_flag (struct json *json, const char *name, bool flag)
{
    begin_value (json, name);
    fputs (flag ? "true" : "false", json->out);
}
