/* codec_json_check.c - the whole grammar of RFC 8259 over raw bytes, before cJSON sees them.
 *
 * cJSON 1.7.15 takes more than JSON ("01", "1.", text behind the value when told to), cuts numbers at 63 characters and text at \u0000, and
 * lets names repeat.  This walk keeps no heap and never recurses.  Limits: CODEC_DEPTH_MAX levels, numbers of 40 characters, 128 names in
 * one object.  Names with escapes are refused: no field needs them, and "a" and "\u0061" must not pass as two names.
 */
#include "codec_value.h"
#include "text.h"

struct level { bool is_object; struct name_set names; };

struct reader {
    const unsigned char *p, *end;
    int depth;
    struct level levels[CODEC_DEPTH_MAX];
    struct error *err;
};

enum { NUMBER_MAX = 40 };

static int bad (struct reader *r, const char *why)
{
    return fail (r->err, ERROR_MALFORMED, NULL, "JSON: %s", why);
}

static int peek (const struct reader *r)
{
    return r->p < r->end ? *r->p : -1;
}

static void skip_space (struct reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static bool is_digit (int c)
{
    return c >= '0' && c <= '9';
}

/* Four hex digits; -1 when they are not. */
static int hex4 (struct reader *r)
{
    int n = 0;

    if (r->end - r->p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int c = *r->p++, low = c | 0x20;

        if (!is_digit (c) && !(low >= 'a' && low <= 'f'))
            return -1;
        n = n * 16 + (is_digit (c) ? c - '0' : low - 'a' + 10);
    }
    return n;
}

/* Behind the backslash. */
static int check_escape (struct reader *r)
{
    int c = peek (r), unit;

    r->p++;
    if (c < 0 || (c != 'u' && !strchr ("\"\\/bfnrt", c)) || c == 0)
        return bad (r, "unknown escape");
    if (c != 'u')
        return 0;
    unit = hex4 (r);
    if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return bad (r, "\\u with no character behind it");
    if (unit < 0xd800 || unit > 0xdbff)
        return 0;
    if (r->end - r->p < 6 || r->p[0] != '\\' || r->p[1] != 'u')
        return bad (r, "half a surrogate pair");
    r->p += 2;
    unit = hex4 (r);
    return unit >= 0xdc00 && unit <= 0xdfff ? 0 : bad (r, "half a surrogate pair");
}

static int check_string (struct reader *r)
{
    for (r->p++; peek (r) != '"';) {
        int c = peek (r);

        if (c < 0x20)
            return bad (r, "a text is not closed or holds a control character");
        r->p++;
        if (c == '\\' && check_escape (r) < 0)
            return -1;
    }
    r->p++;
    return 0;
}

static int count_digits (struct reader *r)
{
    int count = 0;

    for (; is_digit (peek (r)); r->p++)
        count++;
    return count;
}

static int check_number (struct reader *r)
{
    const unsigned char *begin = r->p;

    if (peek (r) == '-')
        r->p++;
    if (peek (r) == '0')
        r->p++;
    else if (count_digits (r) == 0)
        return bad (r, "a number without digits");
    if (is_digit (peek (r)))
        return bad (r, "a number that begins with 0");
    if (peek (r) == '.') {
        r->p++;
        if (count_digits (r) == 0)
            return bad (r, "no digits behind the point");
    }
    if (peek (r) == 'e' || peek (r) == 'E') {
        r->p++;
        if (peek (r) == '+' || peek (r) == '-')
            r->p++;
        if (count_digits (r) == 0)
            return bad (r, "no digits in the exponent");
    }
    return r->p - begin <= NUMBER_MAX ? 0 : bad (r, "a number with too many digits");
}

static int check_word (struct reader *r, const char *word)
{
    size_t size = strlen (word);

    if ((size_t) (r->end - r->p) < size || memcmp (r->p, word, size) != 0)
        return bad (r, "no value where one must be");
    r->p += size;
    return 0;
}

/* "name" : */
static int check_name (struct reader *r)
{
    const unsigned char *begin;
    size_t size;

    skip_space (r);
    begin = r->p + 1;
    if (peek (r) != '"')
        return bad (r, "no name where one must be");
    if (check_string (r) < 0)
        return -1;
    size = (size_t) (r->p - begin - 1);
    if (memchr (begin, '\\', size))
        return bad (r, "a name with an escape");
    if (!name_add (&r->levels[r->depth - 1].names, begin, size))
        return fail (r->err, ERROR_FIELD_TWICE, NULL, "JSON: a name occurs twice, or an object has more than %d", NAME_MAX_COUNT);
    skip_space (r);
    if (peek (r) != ':')
        return bad (r, "no colon behind a name");
    r->p++;
    return 0;
}

/* Behind { or [: 1 when it is closed at once, 0 when a value follows. */
static int check_open (struct reader *r)
{
    bool is_object = peek (r) == '{';

    if (r->depth == CODEC_DEPTH_MAX)
        return fail (r->err, ERROR_TOO_DEEP, NULL, "JSON: more than %d levels", CODEC_DEPTH_MAX);
    r->p++;
    r->levels[r->depth].is_object = is_object;
    r->levels[r->depth++].names.count = 0;
    skip_space (r);
    if (peek (r) == (is_object ? '}' : ']')) {
        r->p++;
        r->depth--;
        return 1;
    }
    return is_object ? check_name (r) : 0;
}

/* One value, or the beginning of one: 1 when it is complete, 0 when its first part follows. */
static int check_value (struct reader *r)
{
    int c;

    skip_space (r);
    c = peek (r);
    if (c == '{' || c == '[')
        return check_open (r);
    if (c == '"')
        return check_string (r) < 0 ? -1 : 1;
    if (c == '-' || is_digit (c))
        return check_number (r) < 0 ? -1 : 1;
    return check_word (r, c == 't' ? "true" : c == 'f' ? "false" : "null") < 0 ? -1 : 1;
}

/* Behind a complete value: closes what ends here.  1 when everything is complete, 0 when another value follows. */
static int check_behind (struct reader *r)
{
    while (r->depth > 0) {
        bool is_object = r->levels[r->depth - 1].is_object;

        skip_space (r);
        if (peek (r) == ',') {
            r->p++;
            return is_object ? check_name (r) : 0;
        }
        if (peek (r) != (is_object ? '}' : ']'))
            return bad (r, "neither comma nor closing bracket");
        r->p++;
        r->depth--;
    }
    return 1;
}

int json_check (struct bytes in, struct error *err)
{
    struct reader r;
    int rc = 0;

    if (in.size > CODEC_MESSAGE_MAX)
        return fail (err, ERROR_TOO_LARGE, NULL, "JSON: %zu bytes", in.size);
    if (!text_is_utf8 ((const char *) in.data, in.size))
        return fail (err, ERROR_FIELD_NOT_UTF8, NULL, "JSON: not UTF-8, or NUL");
    r.p = in.data;
    r.end = in.data + in.size;
    r.depth = 0;
    r.err = err;
    while (rc == 0) {
        rc = check_value (&r);
        if (rc == 1)
            rc = check_behind (&r);
    }
    if (rc < 0)
        return -1;
    skip_space (&r);
    return r.p == r.end ? 0 : bad (&r, "something behind the value");
}
