/* Any bytes as the JSON body of any message: refused, or read and written to JSON that reads to the same message.
 * The first byte chooses the message type; the rest is the body. */
#include "messages.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Only types whose every field comes from the body and goes into JSON. */
static bool is_plain (const struct message_type *type)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].source != FROM_BODY || (type->fields[i].flags & IS_COOKIE))
            return false;
    return true;
}

static void try_type (const struct message_type *type, struct bytes in)
{
    ARENA (arena);
    struct bytes first, second;
    struct error err;
    void *message = arena_alloc (&arena, type->size), *again = arena_alloc (&arena, type->size);

    if (codec_json_read (type, in, &arena, message, &err) < 0) {
        if (err.key == 0 || err.field_count > ERROR_FIELD_MAX)
            abort ();
        return;
    }
    if (!is_plain (type))
        return;
    if (codec_json_write (type, message, &arena, &first, &err) < 0)
        abort ();
    if (codec_json_read (type, first, &arena, again, &err) < 0 || codec_json_write (type, again, &arena, &second, &err) < 0)
        abort ();
    if (first.size != second.size || memcmp (first.data, second.data, first.size) != 0)
        abort ();
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size > 0)
        try_type (all_messages[data[0] % all_message_count], (struct bytes) { data + 1, size - 1 });
    return 0;
}
