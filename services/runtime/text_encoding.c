/* text_encoding.c - what Japanese Windows programs write, turned into UTF-8, and back: see text.h.
 *
 * glibc's CP932 knows ①, ㈱, 髙 and the vendor rows that its SHIFT_JIS lacks; 0x5C stays a backslash.
 */
#include "text.h"
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

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

static const char geta[] = "\x81\xac";          /* 〓 in CP932 */

struct bytes text_to_cp932 (struct arena *arena, const char *text, const char **ret_replaced)
{
    size_t left = strlen (text), room = 2 * left + 2;
    char *target = arena_alloc (arena, room + 1), *end = target, *source = (char *) text;
    iconv_t to = iconv_open ("CP932", "UTF-8");
    const char *replaced = "";

    if (to == (iconv_t) -1)
        abort ();                               /* glibc always has it */
    while (left) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size;

        if (iconv (to, &source, &left, &end, &room) != (size_t) -1)
            break;
        size = utf8proc_iterate ((const utf8proc_uint8_t *) source, (utf8proc_ssize_t) left, &character);
        if (size <= 0)
            break;
        memcpy (end, geta, 2);
        end += 2;
        room -= 2;
        replaced = arena_print (arena, "%s%sU+%04X", replaced, *replaced ? " " : "", (unsigned) character);
        source += size;
        left -= (size_t) size;
    }
    iconv_close (to);
    *ret_replaced = replaced;
    return (struct bytes) { (unsigned char *) target, (size_t) (end - target) };
}
