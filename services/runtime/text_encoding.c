/* text_encoding.c - what Japanese Windows programs write, turned into UTF-8: see text.h.
 *
 * glibc's CP932 knows ①, ㈱, 髙 and the vendor rows that its SHIFT_JIS lacks; 0x5C stays a backslash.
 */
#include "text.h"
#include <errno.h>
#include <iconv.h>

static int convert (iconv_t from, struct arena *arena, struct bytes in, struct bytes *ret)
{
    size_t left = in.size, room = 3 * in.size;         /* two bytes become at most three, one (half-width kana) three */
    char *source = (char *) in.data;
    char *target = arena_alloc (arena, room + 1), *end = target;

    if (iconv (from, &source, &left, &end, &room) == (size_t) -1 || left)
        return -1;
    *ret = (struct bytes) { (unsigned char *) target, (size_t) (end - target) };
    return 0;
}

int text_from_cp932 (struct arena *arena, struct bytes in, struct bytes *ret)
{
    iconv_t from = iconv_open ("UTF-8", "CP932");
    int result;

    if (from == (iconv_t) -1)
        return -1;
    result = convert (from, arena, in, ret);
    iconv_close (from);
    return result;
}
