#include "feed_text.h"
#include <inttypes.h>

static bool number_of (const char *text, size_t size, int64_t *ret)
{
    *ret = 0;
    if (size == 0 || size > 18)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *ret = *ret * 10 + text[i] - '0';
    }
    return true;
}

void feed_position_read (const char *text, int64_t *ret_incarnation, int64_t *ret_position)
{
    const char *dash = text ? strchr (text, '-') : NULL;

    if (dash && number_of (text, (size_t) (dash - text), ret_incarnation) && number_of (dash + 1, strlen (dash + 1), ret_position))
        return;
    *ret_incarnation = *ret_position = 0;
}

const char *feed_event (struct arena *arena, int64_t incarnation, const struct feed_item *item)
{
    struct bytes json;
    struct error err;

    if (codec_json_write (&feed_item_message, item, arena, &json, &err) < 0)
        return NULL;
    return arena_print (arena, "id: %" PRId64 "-%" PRId64 "\nevent: notice\ndata: %s\n\n", incarnation, item->position,
                        (const char *)json.data);
}
