/* cbor_walk.c - see cbor_walk.h. */
#include "cbor_walk.h"

enum { DEPTH_MAX = 4 };
enum { UNSIGNED, NEGATIVE, BYTE_STRING, TEXT_STRING, ARRAY, MAP, TAG, SIMPLE };

/* Reads one head; false when it is cut off or of an indefinite length. */
static bool read_head (struct bytes *at, unsigned *ret_kind, uint64_t *ret_value)
{
    size_t size;

    if (at->size == 0)
        return false;
    *ret_kind = at->data[0] >> 5;
    *ret_value = at->data[0] & 31u;
    if (*ret_value > 27)
        return false;
    size = *ret_value < 24 ? 0 : (size_t) 1 << (*ret_value - 24);
    if (at->size < 1 + size)
        return false;
    for (size_t i = 0; i < size; i++)
        *ret_value = (i == 0 ? 0 : *ret_value << 8) | at->data[1 + i];
    *at = (struct bytes) { at->data + 1 + size, at->size - 1 - size };
    return true;
}

static bool walk (struct bytes *at, int depth)
{
    uint64_t value, items;
    unsigned kind;

    if (!read_head (at, &kind, &value))
        return false;
    if (kind == UNSIGNED || kind == NEGATIVE)
        return true;
    if (kind == SIMPLE)
        return value < 24;
    if (kind == TAG || value > at->size)
        return false;
    if (kind == BYTE_STRING || kind == TEXT_STRING) {
        *at = (struct bytes) { at->data + value, at->size - (size_t) value };
        return true;
    }
    items = kind == MAP ? 2 * value : value;
    if (depth == DEPTH_MAX || items > at->size)
        return false;
    while (items-- > 0)
        if (!walk (at, depth + 1))
            return false;
    return true;
}

bool cbor_are_values (struct bytes in, int count)
{
    while (count-- > 0)
        if (!walk (&in, 1))
            return false;
    return in.size == 0;
}
