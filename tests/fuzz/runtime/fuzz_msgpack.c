/* Any bytes as any message: refused, or decoded and encoded to bytes that decode to the same.  Seeds: proto/golden.
 * The first byte chooses the message type; the rest is the message. */
#include "messages.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static bool same (struct bytes a, struct bytes b)
{
    return a.size == b.size && memcmp (a.data, b.data, a.size) == 0;
}

static void try_type (const struct message_type *type, struct bytes in)
{
    ARENA (arena);
    struct bytes first, second, json;
    struct error err;
    void *message = arena_alloc (&arena, type->size), *again = arena_alloc (&arena, type->size);

    if (codec_unpack (type, in, &arena, message, &err) < 0)
        return;
    if (codec_check (in, &err) < 0)
        abort ();                       /* the decoder took what the walk refuses */
    if (codec_pack (type, message, &arena, &first, &err) < 0)
        abort ();                       /* what came in must be able to go out */
    if (codec_unpack (type, first, &arena, again, &err) < 0 || codec_pack (type, again, &arena, &second, &err) < 0)
        abort ();
    if (!same (first, second) || codec_json_write (type, message, &arena, &json, &err) < 0)
        abort ();
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    if (size > 0)
        try_type (all_messages[data[0] % all_message_count], (struct bytes) { data + 1, size - 1 });
    return 0;
}
