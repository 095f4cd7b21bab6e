/* codec_walk.c - the bounded walk over raw msgpack, before msgpack-c sees it.
 *
 * msgpack-c 4.0.0 reserves memory for what a header claims (5 bytes, 2 GB) and accepts repeated keys and bad UTF-8 (both measured).  This
 * walk keeps no heap, never recurses, and reads each byte once.  Source: msgpack specification of 2013-04-21.
 */
#include "codec_value.h"
#include "text.h"

struct level {
    uint64_t left;                  /* values still to come, keys included */
    bool is_map;
    struct name_set keys;
};

struct walk {
    const unsigned char *p, *end;
    int depth;
    struct level levels[CODEC_DEPTH_MAX];
};

enum token_kind { TOKEN_SCALAR, TOKEN_TEXT, TOKEN_BYTES, TOKEN_LIST, TOKEN_MAP, TOKEN_BAD };

struct token { enum token_kind kind; uint64_t count; };     /* count: bytes of text and bytes, items of a list, pairs of a map */

/* c0 to df: how many bytes of number or length follow the first byte */
static const unsigned char tail_size[] = { 0, 0, 0, 0, 1, 2, 4, 0, 0, 0, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4 };

static const unsigned char tail_kind[] = {
    TOKEN_SCALAR, TOKEN_BAD, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_BYTES, TOKEN_BYTES, TOKEN_BYTES, TOKEN_BAD,
    TOKEN_BAD, TOKEN_BAD, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR,
    TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_SCALAR, TOKEN_BAD, TOKEN_BAD, TOKEN_BAD, TOKEN_BAD,
    TOKEN_BAD, TOKEN_TEXT, TOKEN_TEXT, TOKEN_TEXT, TOKEN_LIST, TOKEN_LIST, TOKEN_MAP, TOKEN_MAP,
};

static struct token long_token (struct walk *walk, unsigned char first)
{
    struct token token = { tail_kind[first - 0xc0], 0 };
    size_t size = tail_size[first - 0xc0];

    if ((size_t) (walk->end - walk->p) < size)
        return (struct token) { TOKEN_BAD, 0 };
    while (size--)
        token.count = token.count << 8 | *walk->p++;
    return token;
}

static struct token next_token (struct walk *walk)
{
    unsigned char first;

    if (walk->p == walk->end)
        return (struct token) { TOKEN_BAD, 0 };
    first = *walk->p++;
    if (first < 0x80 || first >= 0xe0)
        return (struct token) { TOKEN_SCALAR, 0 };
    if (first < 0x90)
        return (struct token) { TOKEN_MAP, first & 15u };
    if (first < 0xa0)
        return (struct token) { TOKEN_LIST, first & 15u };
    if (first < 0xc0)
        return (struct token) { TOKEN_TEXT, first & 31u };
    return long_token (walk, first);
}

static int walk_bytes (struct walk *walk, struct token token, bool is_key, struct error *err)
{
    const unsigned char *begin = walk->p;

    if (token.count > (uint64_t) (walk->end - walk->p))
        return fail (err, ERROR_MALFORMED, NULL, "msgpack: %llu bytes are claimed, fewer are there", (unsigned long long) token.count);
    walk->p += token.count;
    if (token.kind == TOKEN_TEXT && !text_is_utf8 ((const char *) begin, token.count))
        return fail (err, ERROR_FIELD_NOT_UTF8, NULL, "msgpack: text is not UTF-8 or holds NUL");
    if (is_key && !name_add (&walk->levels[walk->depth - 1].keys, begin, token.count))
        return fail (err, ERROR_FIELD_TWICE, NULL, "msgpack: a key occurs twice, or a map has more than %d keys", NAME_MAX_COUNT);
    return 0;
}

static int walk_open (struct walk *walk, struct token token, struct error *err)
{
    struct level *level = &walk->levels[walk->depth];
    uint64_t values = token.kind == TOKEN_MAP ? 2 * token.count : token.count;

    if (walk->depth == CODEC_DEPTH_MAX)
        return fail (err, ERROR_TOO_DEEP, NULL, "msgpack: more than %d levels", CODEC_DEPTH_MAX);
    if (values > (uint64_t) (walk->end - walk->p))
        return fail (err, ERROR_MALFORMED, NULL, "msgpack: %llu values are claimed, fewer bytes are there", (unsigned long long) values);
    level->left = values;
    level->is_map = token.kind == TOKEN_MAP;
    level->keys.count = 0;
    walk->depth++;
    return 0;
}

/* A whole value lies behind us: so may its list or map, and what holds that. */
static void walk_close (struct walk *walk)
{
    while (walk->depth > 0 && walk->levels[walk->depth - 1].left == 0)
        walk->depth--;
}

static int walk_value (struct walk *walk, struct error *err)
{
    struct level *level = walk->depth ? &walk->levels[walk->depth - 1] : NULL;
    bool is_key = level && level->is_map && level->left % 2 == 0;
    struct token token = next_token (walk);

    if (level)
        level->left--;
    if (token.kind == TOKEN_BAD)
        return fail (err, ERROR_MALFORMED, NULL, "msgpack: cut off, reserved byte or extension type");
    if (is_key && token.kind != TOKEN_TEXT)
        return fail (err, ERROR_MALFORMED, NULL, "msgpack: a key is not text");
    if (token.kind == TOKEN_TEXT || token.kind == TOKEN_BYTES)
        return walk_bytes (walk, token, is_key, err);
    return token.kind == TOKEN_SCALAR ? 0 : walk_open (walk, token, err);
}

int codec_check (struct bytes in, struct error *err)
{
    struct walk walk;

    if (in.size > CODEC_MESSAGE_MAX)
        return fail (err, ERROR_TOO_LARGE, NULL, "msgpack: %zu bytes", in.size);
    walk.p = in.data;
    walk.end = in.data + in.size;
    walk.depth = 0;
    do {
        if (walk_value (&walk, err) < 0)
            return -1;
        walk_close (&walk);
    } while (walk.depth > 0);
    if (walk.p != walk.end)
        return fail (err, ERROR_MALFORMED, NULL, "msgpack: bytes behind the message");
    return 0;
}
