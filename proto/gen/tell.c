#include <ctype.h>
#include <stdarg.h>
#include "gen.h"

void stop (const char *file, int line, const char *fmt, ...)
{
    va_list args;

    fprintf (stderr, "%s:%d: ", file, line);
    va_start (args, fmt);
    vfprintf (stderr, fmt, args);
    va_end (args);
    fputc ('\n', stderr);
    exit (1);
}

bool is_message (const struct declaration *d)
{
    return d->kind == RECORD || d->kind == COMMAND || d->kind == QUERY || d->kind == ANSWER || d->kind == EVENT;
}

bool has_bearer (const struct declaration *d)
{
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == BEARER)
            return true;
    return false;
}

bool has_word (char **words, const char *word)
{
    for (; words && *words; words++)
        if (strcmp (*words, word) == 0)
            return true;
    return false;
}

const char *kind_name (const struct declaration *d)
{
    static const char *const names[] = { "enum", "group", "record", "errors", "command", "query", "answer", "event" };

    return names[d->kind];
}

static char *next_buffer (void)
{
    static char buffers[8][128];
    static int last;

    last = (last + 1) % 8;
    return buffers[last];
}

const char *upper (const char *name)
{
    char *out = next_buffer ();
    size_t i = 0;

    for (; name[i] && i < 127; i++)
        out[i] = (char) toupper ((unsigned char) name[i]);
    out[i] = '\0';
    return out;
}

const char *camel (const char *name)
{
    char *out = next_buffer ();
    size_t size = 0;
    bool raise = true;

    for (; *name && size < 127; name++) {
        if (*name != '_')
            out[size++] = raise ? (char) toupper ((unsigned char) *name) : *name;
        raise = *name == '_';
    }
    out[size] = '\0';
    return out;
}

bool needs_has (const struct field *f)
{
    return f->optional && !f->list && (strcmp (f->type, "bool") == 0 || strcmp (f->type, "i64") == 0 || strcmp (f->type, "time") == 0);
}

const struct declaration *errors_declaration (void)
{
    for (int i = 0; i < declaration_count; i++)
        if (declarations[i].kind == ERRORS)
            return &declarations[i];
    return NULL;
}

void put_string (FILE *out, const char *text)
{
    fputc ('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc ('\\', out);
        fputc (*text, out);
    }
    fputc ('"', out);
}

static bool is_listed (const char *const list[], int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp (list[i], word) == 0)
            return true;
    return false;
}

static int by_name (const void *a, const void *b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int services_of (const char *ret[], int most)
{
    int count = 0;

    for (int i = 0; i < declaration_count; i++)
        for (char **to = declarations[i].to; to && *to; to++)
            if (strcmp (*to, "none") != 0 && !is_listed (ret, count, *to) && count < most)
                ret[count++] = *to;
    qsort (ret, (size_t) count, sizeof *ret, by_name);
    return count;
}
