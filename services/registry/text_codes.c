/* text_codes.c - see text_codes.h. */
#include "text_codes.h"

#include <stdint.h>

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static int value32 (char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    if (c >= '2' && c <= '7')
        return c - '2' + 26;
    return -1;
}

static int value64 (char c)
{
    const char *at = c ? strchr (base64url, c) : NULL;

    return at ? (int) (at - base64url) : -1;
}

/* Bits wait in `bits` until there are eight. */
struct reader {
    unsigned char *to;
    size_t most, size;
    uint32_t bits;
    int count;
};

static bool take (struct reader *reader, int value, int width)
{
    reader->bits = reader->bits << width | (uint32_t) value;
    reader->count += width;
    if (reader->count < 8)
        return true;
    if (reader->size == reader->most)
        return false;
    reader->count -= 8;
    reader->to[reader->size++] = (unsigned char) (reader->bits >> reader->count);
    reader->bits &= (1u << reader->count) - 1;
    return true;
}

static bool finish (const struct reader *reader, int width, size_t *ret_size)
{
    *ret_size = reader->size;
    return reader->count < width && reader->bits == 0;
}

bool base32_read (const char *text, unsigned char *ret, size_t most, size_t *ret_size)
{
    struct reader reader = { .to = ret, .most = most };
    bool ended = false;

    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (*text == '=') {
            ended = true;
            continue;
        }
        if (ended || value32 (*text) < 0 || !take (&reader, value32 (*text), 5))
            return false;
    }
    return finish (&reader, 5, ret_size);
}

bool base64url_read (const char *text, unsigned char *ret, size_t most, size_t *ret_size)
{
    struct reader reader = { .to = ret, .most = most };

    for (; *text; text++)
        if (value64 (*text) < 0 || !take (&reader, value64 (*text), 6))
            return false;
    return finish (&reader, 6, ret_size);
}

void base64url_write (const void *bytes, size_t size, char *ret)
{
    const unsigned char *from = bytes;
    uint32_t bits = 0;
    int count = 0;

    for (size_t i = 0; i < size; i++) {
        bits = bits << 8 | from[i];
        for (count += 8; count >= 6; count -= 6)
            *ret++ = base64url[bits >> (count - 6) & 63];
    }
    if (count > 0)
        *ret++ = base64url[bits << (6 - count) & 63];
    *ret = 0;
}
