/* words.c - see words.h. */
#include "words.h"
#include "calendar.h"
#include "clock.h"

const char *words_of (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return "";
}

const char *words_clip (struct arena *arena, const char *text, size_t bytes)
{
    size_t size = text ? strlen (text) : 0;

    if (size <= bytes)
        return text;
    while (bytes > 0 && ((unsigned char) text[bytes] & 0xC0) == 0x80)
        bytes--;
    return arena_copy (arena, text, bytes);
}

const char *words_time (struct arena *arena, int64_t us)
{
    struct tokyo t = tokyo_of (us);

    return arena_print (arena, "%d月%d日（%s）%d:%02d", t.month, t.day, calendar_weekday_ja (t.weekday), t.minute / 60, t.minute % 60);
}
