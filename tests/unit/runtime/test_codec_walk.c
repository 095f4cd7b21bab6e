/* The bounded walk over raw msgpack: the corpus of bad input (F-70, security §5).  Source of the cases: msgpack specification, RFC 3629. */
#include "messages.h"
#include "tap.h"

static enum error_key check_bytes (const void *data, size_t size)
{
    struct error err = { 0 };
    unsigned char *exact = malloc (size + 1);       /* its own block: a read behind the end is seen by AddressSanitizer */
    int rc;

    memcpy (exact, data, size);
    rc = codec_check ((struct bytes) { exact, size }, &err);
    free (exact);
    return rc < 0 ? err.key : 0;
}

#define refuses(bytes, wanted, name) is_number (check_bytes (bytes, sizeof bytes - 1), wanted, name)
#define accepts(bytes, name) is_number (check_bytes (bytes, sizeof bytes - 1), 0, name)

/* A first byte alone is a whole message only when it is a small number, nil, a boolean, or an empty text, list or map. */
static bool may_stand_alone (unsigned first)
{
    return first <= 0x80 || first == 0x90 || first == 0xa0 || first == 0xc0 || first == 0xc2 || first == 0xc3 || first >= 0xe0;
}

static void every_first_byte_alone (void)
{
    int wrong = 0;

    for (unsigned first = 0; first < 256; first++) {
        unsigned char byte = (unsigned char) first;

        wrong += (check_bytes (&byte, 1) == 0) != may_stand_alone (first);
    }
    is_number (wrong, 0, "each of the 256 first bytes alone is accepted or refused as the specification says");
    is_number (check_bytes ("", 0), ERROR_MALFORMED, "nothing at all is refused");
}

static void claims_are_not_believed (void)
{
    refuses ("\xdd\x05\x00\x00\x00", ERROR_MALFORMED, "F-70: the 5 bytes that make msgpack-c reserve 2 GB are refused");
    refuses ("\xdd\xff\xff\xff\xff", ERROR_MALFORMED, "a list of 2^32 - 1 items in 5 bytes is refused");
    refuses ("\xdf\x0f\xff\xff\xff", ERROR_MALFORMED, "a map of 2^28 pairs in 5 bytes is refused");
    refuses ("\xdf\xff\xff\xff\xff\xa1" "a\x01", ERROR_MALFORMED, "twice 2^32 - 1 does not wrap around");
    refuses ("\xdc\xff\xff\x01", ERROR_MALFORMED, "list 16 with too few items is refused");
    refuses ("\xde\x00\x02\xa1" "a\x01", ERROR_MALFORMED, "map 16 with one pair too few is refused");
    refuses ("\xd9\xff" "abc", ERROR_MALFORMED, "text 8 with too few bytes is refused");
    refuses ("\xda\xff\xff" "abc", ERROR_MALFORMED, "text 16 with too few bytes is refused");
    refuses ("\xdb\xff\xff\xff\xff" "abc", ERROR_MALFORMED, "text 32 with too few bytes is refused");
    refuses ("\xc4\xff" "abc", ERROR_MALFORMED, "bytes 8 with too few bytes is refused");
    refuses ("\xc6\x7f\xff\xff\xff" "abc", ERROR_MALFORMED, "bytes 32 with too few bytes is refused");
    refuses ("\x81\xa1" "a", ERROR_MALFORMED, "a map with an odd number of values is refused");
    refuses ("\x92\x01", ERROR_MALFORMED, "a list cut off is refused");
    refuses ("\xcd\x01", ERROR_MALFORMED, "a number cut off is refused");
}

static void nested (unsigned char *ret, int depth, bool full)
{
    memset (ret, 0x91, (size_t) depth);
    ret[depth - 1] = full ? 0x91 : 0x90;
    ret[depth] = 0x01;
}

static void depth_is_bounded (void)
{
    static const int depths[] = { 9, 15, 16, 17, 32, 33, 100000 };
    unsigned char *bytes = malloc (100001);

    nested (bytes, 8, true);
    is_number (check_bytes (bytes, 9), 0, "8 levels are accepted");
    nested (bytes, 9, false);
    is_number (check_bytes (bytes, 9), ERROR_TOO_DEEP, "an empty 9th level is refused");
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        char name[60];

        nested (bytes, depths[i], true);
        snprintf (name, sizeof name, "%d levels are refused", depths[i]);
        is_number (check_bytes (bytes, (size_t) depths[i] + 1), ERROR_TOO_DEEP, name);
    }
    free (bytes);
    accepts ("\x92\x91\x91\x01\x91\x91\x01", "levels that were closed do not count");
}

static void keys_are_texts_and_differ (void)
{
    refuses ("\x82\xa1" "a\x01\xa1" "a\x02", ERROR_FIELD_TWICE, "a key that occurs twice is refused");
    refuses ("\x82\xa1" "a\x01\xd9\x01" "a\x02", ERROR_FIELD_TWICE, "...also when its length is written differently");
    accepts ("\x82\xa1" "a\x81\xa1" "a\x01\xa1" "b\x02", "the same key in an inner map is accepted");
    accepts ("\x92\x81\xa1" "a\x01\x81\xa1" "a\x02", "the same key in two maps of a list is accepted");
    refuses ("\x81\x01\x01", ERROR_MALFORMED, "a number as key is refused");
    refuses ("\x81\xc0\x01", ERROR_MALFORMED, "nil as key is refused");
    refuses ("\x81\xc4\x01" "a\x01", ERROR_MALFORMED, "bytes as key are refused");
    refuses ("\x81\x90\x01", ERROR_MALFORMED, "a list as key is refused");
    refuses ("\x81\x81\xa1" "a\x01\x01", ERROR_MALFORMED, "a map as key is refused");
}

static size_t map_of_keys (unsigned char *ret, unsigned count)
{
    size_t size = 3;

    ret[0] = 0xde;
    ret[1] = (unsigned char) (count >> 8);
    ret[2] = (unsigned char) count;
    for (unsigned i = 0; i < count; i++) {
        ret[size++] = 0xa2;
        ret[size++] = (unsigned char) ('a' + i / 20);
        ret[size++] = (unsigned char) ('a' + i % 20);
        ret[size++] = 1;
    }
    return size;
}

static void keys_are_counted (void)
{
    unsigned char bytes[1000];

    is_number (check_bytes (bytes, map_of_keys (bytes, 128)), 0, "128 different keys are accepted");
    is_number (check_bytes (bytes, map_of_keys (bytes, 129)), ERROR_FIELD_TWICE, "129 keys are refused");
}

static void text_is_utf8 (void)
{
    accepts ("\xa4\xf0\xa0\xae\xb7", "a character of four bytes (U+20BB7) is accepted");
    accepts ("\xa3\xef\xbf\xbf", "an unassigned character is accepted");
    refuses ("\xa3" "a\0b", ERROR_FIELD_NOT_UTF8, "NUL in text is refused");
    refuses ("\xa2\xc0\x80", ERROR_FIELD_NOT_UTF8, "an overlong NUL is refused");
    refuses ("\xa3\xe0\x80\xaf", ERROR_FIELD_NOT_UTF8, "an overlong slash is refused");
    refuses ("\xa3\xed\xa0\x80", ERROR_FIELD_NOT_UTF8, "a surrogate is refused");
    refuses ("\xa4\xf4\x90\x80\x80", ERROR_FIELD_NOT_UTF8, "a character beyond U+10FFFF is refused");
    refuses ("\xa1\x80", ERROR_FIELD_NOT_UTF8, "a byte of the middle alone is refused");
    refuses ("\xa2\xe6\x97", ERROR_FIELD_NOT_UTF8, "a character cut off is refused");
    refuses ("\x81\xa1\xff\x01", ERROR_FIELD_NOT_UTF8, "a key that is not UTF-8 is refused");
    accepts ("\xc4\x02\xff\x00", "bytes may be anything");
}

static void the_rest_of_the_format (void)
{
    refuses ("\xc1", ERROR_MALFORMED, "the reserved byte c1 is refused");
    refuses ("\xd6\xff\x00\x00\x00\x00", ERROR_MALFORMED, "timestamp 32 is refused");
    refuses ("\xd7\xff\x00\x00\x00\x00\x00\x00\x00\x00", ERROR_MALFORMED, "timestamp 64 is refused");
    refuses ("\xc7\x0c\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", ERROR_MALFORMED, "timestamp 96 is refused");
    refuses ("\xd4\x05\x00", ERROR_MALFORMED, "an extension of an application is refused");
    refuses ("\xc9\xff\xff\xff\xff\x01", ERROR_MALFORMED, "an extension of 2^32 - 1 bytes is refused");
    refuses ("\x01\x01", ERROR_MALFORMED, "two values are refused");
    refuses ("\x80\x00", ERROR_MALFORMED, "a byte behind the message is refused");
    accepts ("\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", "NaN under an unknown key harms nobody");
    accepts ("\xcf\xff\xff\xff\xff\xff\xff\xff\xff", "2^64 - 1 is well formed (fields refuse it)");
    accepts ("\xd3\x80\x00\x00\x00\x00\x00\x00\x00", "-2^63 is well formed");
}

static void size_is_bounded (void)
{
    unsigned char *bytes = calloc (1, CODEC_MESSAGE_MAX + 1);

    bytes[0] = 0xc6;
    bytes[2] = 0x0f;
    bytes[3] = 0xff;
    bytes[4] = 0xfb;
    is_number (check_bytes (bytes, CODEC_MESSAGE_MAX), 0, "1 MiB is accepted");
    is_number (check_bytes (bytes, CODEC_MESSAGE_MAX + 1), ERROR_TOO_LARGE, "one byte more is refused");
    free (bytes);
}

int main (void)
{
    every_first_byte_alone ();
    claims_are_not_believed ();
    depth_is_bounded ();
    keys_are_texts_and_differ ();
    keys_are_counted ();
    text_is_utf8 ();
    the_rest_of_the_format ();
    size_is_bounded ();
    return done ();
}
