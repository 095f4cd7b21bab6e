#include "codec_value.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_from (struct arena *arena, struct bytes in)
{
    char *text = arena_alloc (arena, (in.size + 2) / 3 * 4 + 1), *out = text;

    for (size_t i = 0; i < in.size; i += 3) {
        size_t left = in.size - i;
        unsigned n = (unsigned) in.data[i] << 16 | (left > 1 ? (unsigned) in.data[i + 1] << 8 : 0) | (left > 2 ? in.data[i + 2] : 0u);

        *out++ = alphabet[n >> 18];
        *out++ = alphabet[n >> 12 & 63];
        *out++ = left > 1 ? alphabet[n >> 6 & 63] : '=';
        *out++ = left > 2 ? alphabet[n & 63] : '=';
    }
    return text;
}

static int sextet (char c)
{
    const char *at = c ? strchr (alphabet, c) : NULL;

    return at ? (int) (at - alphabet) : -1;
}

bool base64_to (struct arena *arena, const char *text, size_t size, struct bytes *ret)
{
    size_t padding = size >= 1 && text[size - 1] == '=' ? (size >= 2 && text[size - 2] == '=' ? 2 : 1) : 0, used = 0;
    unsigned char *out = arena_alloc (arena, size / 4 * 3 + 1);
    unsigned n = 0;

    if (size % 4)
        return false;
    for (size_t i = 0; i < size; i++) {
        int bits = i >= size - padding ? 0 : sextet (text[i]);

        if (bits < 0)
            return false;
        n = n << 6 | (unsigned) bits;
        if (i % 4 == 3) {
            out[used++] = (unsigned char) (n >> 16);
            out[used++] = (unsigned char) (n >> 8);
            out[used++] = (unsigned char) n;
            n = 0;
        }
    }
    /* bits behind the last byte must be zero, so that one value has one text */
    if (padding && (out[used - padding] != 0 || (padding == 2 && out[used - 1] != 0)))
        return false;
    *ret = (struct bytes) { out, used - padding };
    return true;
}
