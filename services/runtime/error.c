#include <stdarg.h>
#include "error.h"

static void set_pointer (char ret[120], const char *pointer)
{
    snprintf (ret, 120, "%s", pointer);
}

/* Text that had to be cut ends with a whole character: half of one would make the reply that carries it unreadable. */
static void print_whole (char *ret, size_t room, const char *fmt, va_list args) __attribute__ ((format (printf, 3, 0)));
static void print_whole (char *ret, size_t room, const char *fmt, va_list args)
{
    int wanted = vsnprintf (ret, room, fmt, args);
    size_t end = room - 1, begin = end;

    if (wanted < 0 || (size_t) wanted < room)
        return;
    while (begin > 0 && ((unsigned char) ret[begin - 1] & 0xC0) == 0x80)
        begin--;
    if (begin > 0 && (unsigned char) ret[begin - 1] >= 0xC0) {
        unsigned char first = (unsigned char) ret[--begin];

        if (end - begin < (first < 0xE0 ? 2u : first < 0xF0 ? 3u : 4u))
            ret[begin] = '\0';
    }
}

int fail (struct error *err, enum error_key key, const char *pointer, const char *fmt, ...)
{
    va_list args;

    memset (err, 0, sizeof *err);
    err->key = key;
    va_start (args, fmt);
    print_whole (err->detail, sizeof err->detail, fmt, args);
    va_end (args);
    if (pointer)
        fail_field (err, key, pointer);
    return -1;
}

int fail_param (struct error *err, const char *name, const char *fmt, ...)
{
    va_list args;

    if (err->param_count == ERROR_PARAM_MAX)
        return -1;
    snprintf (err->params[err->param_count].name, sizeof err->params[0].name, "%s", name);
    va_start (args, fmt);
    print_whole (err->params[err->param_count].value, sizeof err->params[0].value, fmt, args);
    va_end (args);
    err->param_count++;
    return -1;
}

int fail_range (struct error *err, const char *pointer, int64_t least, int64_t most)
{
    fail (err, ERROR_FIELD_OUT_OF_RANGE, pointer, "not within %lld to %lld", (long long) least, (long long) most);
    fail_param (err, "least", "%lld", (long long) least);
    return fail_param (err, "most", "%lld", (long long) most);
}

void fail_field (struct error *err, enum error_key key, const char *pointer)
{
    if (err->field_count == ERROR_FIELD_MAX)
        return;
    err->fields[err->field_count].key = key;
    set_pointer (err->fields[err->field_count].pointer, pointer);
    err->field_count++;
}

static const struct error_words *words_of (const struct error *err)
{
    int key = (int) err->key;

    return &error_table[key > 0 && key < error_table_count ? key : 0];
}

enum error_kind error_kind_of (const struct error *err)
{
    return words_of (err)->kind;
}

const char *error_name_of (const struct error *err)
{
    const char *name = words_of (err)->name;

    return name ? name : "";
}
