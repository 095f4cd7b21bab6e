/* Addresses and cookies are read once, in one way. */
#include "target.h"
#include "tap.h"

static bool reads (const char *raw)
{
    ARENA (arena);
    struct target target;

    return target_read (raw, &arena, &target);
}

static void addresses_are_split (void)
{
    ARENA (arena);
    struct target target;

    ok (target_read ("/api/v1/patients/%E5%B1%B1?text=%E8%A8%AA+%E5%95%8F&mine=true&empty=", &arena, &target), "an address is read");
    is_number ((int64_t) target.segment_count, 4, "its segments are counted");
    is (target.segments[3], "山", "...and decoded");
    is (target_value (&target, "text"), "訪 問", "a value is decoded, + is a blank");
    is (target_value (&target, "empty"), "", "an empty value is there");
    ok (!target_value (&target, "other"), "another is not");
    is (target.path, "/api/v1/patients/%E5%B1%B1", "the path stays as sent");
    ok (target_read ("/", &arena, &target) && target.segment_count == 0, "/ has no segments");
    ok (target_read ("/a/", &arena, &target) && target.segment_count == 2 && !*target.segments[1], "a slash at the end makes an empty one");
    ok (target_read ("/a?b", &arena, &target) && strcmp (target_value (&target, "b"), "") == 0, "a name alone has an empty value");
}

static void odd_addresses_are_refused (void)
{
    static const char *const odd[] = {
        "",          "a",        "*",        "http://a/",  "//a/../b", "/a/../b",    "/a/./b",
        "/%2e%2e/b", "/a%2fb",   "/a%5cb",   "/a\\b",      "/a#b",     "/%",         "/%4",
        "/%zz",      "/%00",     "/a%0ab",   "/a%7f",      "/%c0%af",  "/%ed%a0%80", "/%ff",
        "/a?b=%",    "/a?b=%00", "/a?b=%ff", "/a?b=1&b=2", "/a?=1",    "/a?b=1#c",   "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17",
    };

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (!ok (!reads (odd[i]), "an odd address is refused"))
            note ("%s", odd[i]);
}

static void long_ones_are_refused (void)
{
    char raw[3000] = "/";

    memset (raw + 1, 'a', TARGET_BYTES_MAX);
    ok (!reads (raw), "more than 2048 bytes are refused");
    raw[TARGET_BYTES_MAX] = '\0';
    ok (reads (raw), "2048 are read");
}

static void too_many_pairs_are_refused (void)
{
    char raw[400] = "/a?";

    for (int i = 0; i < TARGET_PAIR_MAX; i++)
        snprintf (raw + strlen (raw), 20, "k%d=1&", i);
    ok (reads (raw), "32 pairs are read");
    snprintf (raw + strlen (raw), 10, "more=1");
    ok (!reads (raw), "33 are not");
}

static void cookies_are_found (void)
{
    ARENA (arena);

    is (cookie_value (&arena, "a=1; renkei=secret; b=2", "renkei"), "secret", "a cookie among others");
    is (cookie_value (&arena, "renkei=", "renkei"), "", "an empty one");
    ok (!cookie_value (&arena, "xrenkei=1; renkeix=2", "renkei"), "a name that only looks like it");
    ok (!cookie_value (&arena, "renkei=a; renkei=b", "renkei"), "one that is there twice is none");
    ok (!cookie_value (&arena, "__Host-renkei=a", "renkei"), "another prefix");
    ok (!cookie_value (&arena, NULL, "renkei"), "no header");
    ok (!cookie_value (&arena, ";;; ;=;", "renkei"), "an odd header");
}

int main (void)
{
    addresses_are_split ();
    odd_addresses_are_refused ();
    long_ones_are_refused ();
    too_many_pairs_are_refused ();
    cookies_are_found ();
    return done ();
}
