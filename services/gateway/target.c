#include "target.h"
#include "text.h"

static int hex_digit (char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

static bool is_clean (const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char) text[i] < 0x20 || text[i] == 0x7f)
            return false;
    return text_is_utf8 (text, size);
}

/* Percent-decoded into the arena; NULL when it is refused.  In a query + is a blank. */
static const char *decode (struct arena *arena, const char *raw, size_t size, bool is_query)
{
    char *text = arena_alloc (arena, size + 1);
    size_t used = 0;

    for (size_t i = 0; i < size; i++) {
        int high, low;

        if (raw[i] != '%') {
            text[used++] = is_query && raw[i] == '+' ? ' ' : raw[i];
            continue;
        }
        high = size - i > 2 ? hex_digit (raw[i + 1]) : -1;
        low = size - i > 2 ? hex_digit (raw[i + 2]) : -1;
        if (high < 0 || low < 0)
            return NULL;
        text[used++] = (char) (high * 16 + low);
        i += 2;
    }
    return is_clean (text, used) ? text : NULL;
}

static bool add_segment (struct target *target, struct arena *arena, const char *raw, size_t size)
{
    const char *text = decode (arena, raw, size, false);

    if (!text || target->segment_count == TARGET_SEGMENT_MAX || strpbrk (text, "/\\") || strcmp (text, ".") == 0
        || strcmp (text, "..") == 0)
        return false;
    target->segments[target->segment_count++] = text;
    return true;
}

static bool read_path (struct target *target, struct arena *arena, const char *raw, size_t size)
{
    const char *end = raw + size;

    if (size == 1)
        return true;
    while (raw < end) {
        const char *next = memchr (raw + 1, '/', (size_t) (end - raw - 1));

        if (!next)
            next = end;
        if (!add_segment (target, arena, raw + 1, (size_t) (next - raw - 1)))
            return false;
        raw = next;
    }
    return true;
}

static bool add_pair (struct target *target, struct arena *arena, const char *raw, size_t size)
{
    const char *equal = memchr (raw, '=', size), *name, *value;
    size_t name_size = equal ? (size_t) (equal - raw) : size;

    name = decode (arena, raw, name_size, true);
    value = equal ? decode (arena, equal + 1, size - name_size - 1, true) : "";
    if (!name || !value || !*name || target->pair_count == TARGET_PAIR_MAX || target_value (target, name))
        return false;
    target->pairs[target->pair_count].name = name;
    target->pairs[target->pair_count++].value = value;
    return true;
}

static bool read_query (struct target *target, struct arena *arena, const char *raw)
{
    while (*raw) {
        size_t size = strcspn (raw, "&");

        if (size && !add_pair (target, arena, raw, size))
            return false;
        raw += size + (raw[size] == '&');
    }
    return true;
}

bool target_read (const char *raw, struct arena *arena, struct target *ret)
{
    size_t size = strcspn (raw, "?");

    memset (ret, 0, sizeof *ret);
    if (raw[0] != '/' || strlen (raw) > TARGET_BYTES_MAX || strpbrk (raw, "#\\"))
        return false;
    ret->path = arena_copy (arena, raw, size);
    return read_path (ret, arena, raw, size) && read_query (ret, arena, raw + size + (raw[size] == '?'));
}

const char *target_value (const struct target *target, const char *name)
{
    for (size_t i = 0; i < target->pair_count; i++)
        if (strcmp (target->pairs[i].name, name) == 0)
            return target->pairs[i].value;
    return NULL;
}

const char *cookie_value (struct arena *arena, const char *header, const char *name)
{
    const char *found = NULL;
    size_t size = strlen (name);

    while (header && *header) {
        header += strspn (header, " \t;");
        if (strncmp (header, name, size) == 0 && header[size] == '=') {
            if (found)
                return NULL;
            found = arena_copy (arena, header + size + 1, strcspn (header + size + 1, "; \t"));
        }
        header += strcspn (header, ";");
    }
    return found;
}
