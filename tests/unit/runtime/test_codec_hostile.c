/* Properties that hold for every message of proto/ and for bytes nobody wrote: what decodes encodes to what decodes the same, a longer form
 * means the same as the shortest, and no refusal ever repeats what somebody had written.
 */
#include "messages.h"
#include "sample.h"
#include "tap.h"

static uint64_t state = 88172645463325252ull;       /* xorshift: the same bytes every time */

static unsigned random_below (unsigned n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned) (state % n);
}

static bool same (struct bytes a, struct bytes b)
{
    return a.size == b.size && memcmp (a.data, b.data, a.size) == 0;
}

static struct bytes sample_bytes (const struct message_type *type, struct arena *arena)
{
    struct bytes bytes = { NULL, 0 };
    struct error err;

    codec_pack (type, sample_message (type, true, arena), arena, &bytes, &err);
    return bytes;
}

/* Decoded, it must encode; encoded, it must decode to what encodes to the same bytes. */
static bool is_settled (const struct message_type *type, struct bytes in, bool *ret_accepted)
{
    ARENA (arena);
    void *first = arena_alloc (&arena, type->size), *second = arena_alloc (&arena, type->size);
    struct bytes once, twice;
    struct error err;

    *ret_accepted = codec_unpack (type, in, &arena, first, &err) == 0;
    if (!*ret_accepted)
        return err.key != 0 && err.key != ERROR_BUG;
    return codec_pack (type, first, &arena, &once, &err) == 0 && codec_unpack (type, once, &arena, second, &err) == 0
           && codec_pack (type, second, &arena, &twice, &err) == 0 && same (once, twice);
}

static void damaged_messages (void)
{
    int unsettled = 0, accepted = 0, refused = 0;

    for (size_t i = 0; i < all_message_count; i++) {
        ARENA (arena);
        struct bytes sample = sample_bytes (all_messages[i], &arena);

        for (int round = 0; round < 200; round++) {
            unsigned char *bytes = malloc (sample.size);     /* its own block: a read behind the end is seen by AddressSanitizer */
            bool taken;

            memcpy (bytes, sample.data, sample.size);
            for (unsigned n = 1 + random_below (3); n > 0; n--)
                bytes[random_below ((unsigned) sample.size)] = (unsigned char) random_below (256);
            unsettled += !is_settled (all_messages[i], (struct bytes) { bytes, sample.size }, &taken);
            accepted += taken;
            refused += !taken;
            free (bytes);
        }
    }
    note ("%d accepted, %d refused", accepted, refused);
    is_number (unsettled, 0, "what a damaged message decodes to encodes, and decodes to the same");
    ok (accepted > 100 && refused > 100, "...and both ends were met");
}

/* ---- longer forms ------------------------------------------------------------------------------------------------------------------ */

struct writer { unsigned char *bytes; size_t size; };

static void put (struct writer *out, unsigned char first, uint64_t number, int size)
{
    out->bytes[out->size++] = first;
    while (size-- > 0)
        out->bytes[out->size++] = (unsigned char) (number >> (8 * size));
}

static void put_bytes (struct writer *out, const unsigned char **at, uint64_t count)
{
    memcpy (out->bytes + out->size, *at, count);
    out->size += count;
    *at += count;
}

static uint64_t take (const unsigned char **at, int size)
{
    uint64_t number = 0;

    while (size-- > 0)
        number = number << 8 | *(*at)++;
    return number;
}

/* Writes every text, list, map and number in its longest form. */
static void lengthen (const unsigned char *at, const unsigned char *end, struct writer *out)
{
    static const struct { unsigned char first, longest; int size; bool carries; } forms[] = {
        { 0xd9, 0xdb, 1, true }, { 0xda, 0xdb, 2, true }, { 0xdb, 0xdb, 4, true }, { 0xc4, 0xc6, 1, true }, { 0xc5, 0xc6, 2, true },
        { 0xc6, 0xc6, 4, true }, { 0xdc, 0xdd, 2, false }, { 0xdd, 0xdd, 4, false }, { 0xde, 0xdf, 2, false }, { 0xdf, 0xdf, 4, false },
    };

    while (at < end) {
        unsigned char first = *at++;
        uint64_t number;
        size_t i = 0;

        if (first < 0x80)
            put (out, 0xd3, first, 8);
        else if (first >= 0xe0)
            put (out, 0xd3, (uint64_t) (int64_t) (signed char) first, 8);
        else if (first < 0xa0)
            put (out, first < 0x90 ? 0xdf : 0xdd, first & 15, 4);
        else if (first < 0xc0) {
            put (out, 0xdb, first & 31, 4);
            put_bytes (out, &at, first & 31);
        }
        else if (first <= 0xc3)
            put (out, first, 0, 0);
        else if (first >= 0xcc && first <= 0xcf)
            put (out, 0xcf, take (&at, 1 << (first - 0xcc)), 8);
        else if (first >= 0xd0 && first <= 0xd3) {
            int size = 1 << (first - 0xd0);
            uint64_t sign = 1ull << (8 * size - 1);

            put (out, 0xd3, (take (&at, size) ^ sign) - sign, 8);
        }
        else {
            while (forms[i].first != first)
                i++;
            number = take (&at, forms[i].size);
            put (out, forms[i].longest, number, 4);
            if (forms[i].carries)
                put_bytes (out, &at, number);
        }
    }
}

static void longer_messages (void)
{
    int wrong = 0;

    for (size_t i = 0; i < all_message_count; i++) {
        ARENA (arena);
        struct bytes sample = sample_bytes (all_messages[i], &arena), again = { NULL, 0 };
        struct writer out = { arena_alloc (&arena, 9 * sample.size), 0 };
        void *got = arena_alloc (&arena, all_messages[i]->size);
        struct error err;

        lengthen (sample.data, sample.data + sample.size, &out);
        if (codec_unpack (all_messages[i], (struct bytes) { out.bytes, out.size }, &arena, got, &err) < 0
            || codec_pack (all_messages[i], got, &arena, &again, &err) < 0 || !same (again, sample)) {
            note ("%s: %s", all_messages[i]->name, err.detail);
            wrong++;
        }
    }
    is_number (wrong, 0, "every message written in the longest forms reads as itself");
}

/* ---- JSON that nobody wrote -------------------------------------------------------------------------------------------------------- */

static void damaged_json (void)
{
    static const char signs[] = "{}[]\":,\\0123456789-+.eEu\x01\x7f\xe6\xff ntf";
    int wrong = 0, accepted = 0;

    for (size_t i = 0; i < all_message_count; i++)
        for (int round = 0; round < 60; round++) {
            ARENA (arena);
            struct bytes json, once, twice;
            void *first = arena_alloc (&arena, all_messages[i]->size), *second = arena_alloc (&arena, all_messages[i]->size);
            struct error err;
            unsigned char *bytes;

            codec_json_write (all_messages[i], sample_message (all_messages[i], true, &arena), &arena, &json, &err);
            bytes = malloc (json.size);
            memcpy (bytes, json.data, json.size);
            for (unsigned n = 1 + random_below (2); n > 0; n--)
                bytes[random_below ((unsigned) json.size)] = (unsigned char) signs[random_below (sizeof signs - 1)];
            if (codec_json_read (all_messages[i], (struct bytes) { bytes, json.size }, &arena, first, &err) == 0
                && codec_json_write (all_messages[i], first, &arena, &once, &err) == 0) {
                accepted++;
                wrong += codec_json_read (all_messages[i], once, &arena, second, &err) < 0
                         || codec_json_write (all_messages[i], second, &arena, &twice, &err) < 0 || !same (once, twice);
            }
            free (bytes);
        }
    is_number (wrong, 0, "what damaged JSON is read as is written, and read as the same");
    ok (accepted > 50, "...and some was read");
}

/* ---- refusals and privacy ---------------------------------------------------------------------------------------------------------- */

#define SECRET "秘密の山田花子"

static bool repeats (const struct error *err)
{
    bool found = strstr (err->detail, "山田") != NULL;

    for (int i = 0; i < err->field_count; i++)
        found = found || strstr (err->fields[i].pointer, "山田");
    for (int i = 0; i < err->param_count; i++)
        found = found || strstr (err->params[i].value, "山田") || strstr (err->params[i].name, "山田");
    return found;
}

/* Each field of each message gets a value it cannot take, with a name in it. */
static void a_refusal_never_repeats_the_value (void)
{
    static const char *const values[] = { "\"" SECRET "\"", "{\"" SECRET "\":\"" SECRET "\"}", "[\"" SECRET "\"]",
                                          "\"" SECRET "\\u0000\"" };
    int repeated = 0, refused = 0;

    for (size_t i = 0; i < all_message_count; i++)
        for (size_t f = 0; f < all_messages[i]->field_count; f++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                ARENA (arena);
                char *json = arena_print (&arena, "{\"%s\":%s}", all_messages[i]->fields[f].name, values[v]);
                struct error err;

                if (codec_json_read (all_messages[i], (struct bytes) { (unsigned char *) json, strlen (json) }, &arena,
                                     arena_alloc (&arena, all_messages[i]->size), &err) == 0)
                    continue;
                refused++;
                repeated += repeats (&err);
                codec_set_text (all_messages[i], &all_messages[i]->fields[f], SECRET, &arena, arena_alloc (&arena, all_messages[i]->size),
                                &err);
                repeated += repeats (&err);
            }
    ok (refused > 1000, "a wrong value in every field of every message is refused");
    is_number (repeated, 0, "...and no refusal, log detail, pointer or parameter holds what was written (no personal data in logs)");
}

/* A whole message of the largest size with the most names in it ends in time, refused or not. */
static void the_largest_message_ends_in_time (void)
{
    size_t size = CODEC_MESSAGE_MAX, at = 0;
    unsigned char *bytes = malloc (size);
    struct error err = { 0 };
    struct feed_read got;
    ARENA (arena);

    memset (bytes, 0x80, size);                     /* a list of a million empty maps */
    memcpy (bytes, "\xdd\x00\x0f\xff\xfb", 5);
    ok (codec_check ((struct bytes) { bytes, size }, &err) == 0, "a million empty maps are walked");
    is_number (codec_unpack (&feed_read_message, (struct bytes) { bytes, size }, &arena, &got, &err), -1, "...and are no message");
    for (bytes[at++] = '['; at + 3 < size; bytes[at++] = ',')
        memcpy (bytes + at, "{}", 2), at += 2;
    bytes[at - 1] = ']';
    is_number (codec_json_read (&feed_read_message, (struct bytes) { bytes, at }, &arena, &got, &err), -1, "so are they in JSON");
    is_number (err.key, ERROR_FIELD_WRONG_TYPE, "...where the walk came to its end");
    free (bytes);
}

int main (void)
{
    damaged_messages ();
    longer_messages ();
    damaged_json ();
    a_refusal_never_repeats_the_value ();
    the_largest_message_ends_in_time ();
    return done ();
}
