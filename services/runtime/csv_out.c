/* csv_out.c - see csv_out.h. */
#include "csv_out.h"
#include <string.h>
#include "text.h"

static void put (struct csv_out *out, const void *bytes, size_t size)
{
    if (out->room - out->size < size) {
        char *bigger;

        out->room = 2 * (out->size + size) + 1024;
        bigger = arena_alloc (out->arena, out->room);
        if (out->size)
            memcpy (bigger, out->bytes, out->size);
        out->bytes = bigger;
    }
    memcpy (out->bytes + out->size, bytes, size);
    out->size += size;
}

static bool is_ascii (const char *text)
{
    while (*text && !(*text & 0x80))
        text++;
    return *text == '\0';
}

static void put_text (struct csv_out *out, const char *text, const char **ret_replaced)
{
    struct bytes bytes = { (const unsigned char *) text, strlen (text) };

    *ret_replaced = "";
    if (out->cp932 && !is_ascii (text))
        bytes = text_to_cp932 (out->arena, text, ret_replaced);
    put (out, bytes.data, bytes.size);
}

static bool is_formula (const char *text)
{
    static const char *const wide[] = { "＝", "＋", "－", "＠" };

    if (strchr ("=+-@\t\r", *text))
        return *text != '\0';
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp (text, wide[i], strlen (wide[i])) == 0)
            return true;
    return false;
}

static const char *quoted (struct arena *arena, const char *text)
{
    size_t size = strlen (text);
    char *copy = arena_alloc (arena, 2 * size + 4), *to = copy;

    *to++ = '"';
    if (is_formula (text))
        *to++ = '\'';
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            *to++ = '"';
        if (*at != '\r')
            *to++ = *at == '\n' || *at == '\t' ? ' ' : *at;
    }
    *to = '"';
    return copy;
}

static void put_row (struct csv_out *out, const char *const *cells, const char *last)
{
    const char *report = "", *replaced;

    for (size_t i = 0; i < out->columns; i++) {
        if (i)
            put (out, ",", 1);
        put_text (out, quoted (out->arena, cells[i] ? cells[i] : ""), &replaced);
        if (*replaced)
            report = arena_print (out->arena, "%s%s%s %s", report, *report ? "; " : "", out->titles[i], replaced);
    }
    if (out->cp932) {
        put (out, ",", 1);
        put_text (out, quoted (out->arena, last ? last : report), &replaced);
    }
    put (out, "\r\n", 2);
}

void csv_out_head (struct csv_out *out)
{
    if (!out->cp932)
        put (out, "\xef\xbb\xbf", 3);
    put_row (out, out->titles, "置き換えた文字");
}

void csv_out_row (struct csv_out *out, const char *const *cells)
{
    put_row (out, cells, NULL);
}

struct bytes csv_out_page (const struct csv_out *out)
{
    return (struct bytes) { (const unsigned char *) (out->bytes ? out->bytes : ""), out->size };
}
