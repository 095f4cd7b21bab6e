/* Base32 of one-time secrets, base64url of tokens and passkeys, JSON for jsonb columns: the standards' own examples, and what is refused. */
#include "json_text.h"
#include "session_rules.h"
#include "tap.h"
#include "text_codes.h"

static struct arena arena;

static void base32 (void)
{
    /* RFC 4648 §10 */
    static const struct { const char *text, *bytes; } good[] = {
        { "", "" }, { "MY======", "f" }, { "MZXQ====", "fo" }, { "MZXW6===", "foo" }, { "MZXW6YQ=", "foob" }, { "MZXW6YTB", "fooba" },
        { "MZXW6YTBOI======", "foobar" }, { "mzxw6ytboi", "foobar" }, { "MZXW 6YTB OI", "foobar" },
    };
    static const char *const bad[] = { "M", "MZX", "MZXW6Y", "MZ", "MZXW6YTB1", "MZXW6YTB0", "MZXW6YTB8", "MZ=XW6YTB", "MZXW-6YTB", "日本" };
    unsigned char bytes[8];
    size_t size;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ok (base32_read (good[i].text, bytes, sizeof bytes, &size) && size == strlen (good[i].bytes)
            && memcmp (bytes, good[i].bytes, size) == 0, arena_print (&arena, "base32: \"%s\"", good[i].text));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok (!base32_read (bad[i], bytes, sizeof bytes, &size), arena_print (&arena, "base32: \"%s\" is refused", bad[i]));
    ok (!base32_read ("MZXW6YTBOJRGC4TC", bytes, 8, &size) && !base32_read ("MZXW6YTBOI", bytes, 5, &size),
        "base32: more than there is room for is refused, not cut");
}

static void base64url (void)
{
    static const struct { const char *text; size_t size; } good[] = { { "", 0 }, { "Zg", 1 }, { "Zm8", 2 }, { "Zm9v", 3 }, { "_-A", 2 } };
    static const char *const bad[] = { "Z", "Zm9vY", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm\n9v", "鍵" };
    unsigned char bytes[64];
    size_t size;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ok (base64url_read (good[i].text, bytes, sizeof bytes, &size) && size == good[i].size,
            arena_print (&arena, "base64url: \"%s\"", good[i].text));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok (!base64url_read (bad[i], bytes, sizeof bytes, &size),
            arena_print (&arena, "base64url: case %zu is refused: one text stands for one value", i));
    ok (!base64url_read ("Zm9v", bytes, 2, &size), "base64url: more than there is room for is refused");
}

/* Whatever is written is read back, at every length. */
static void round_trips (void)
{
    unsigned char in[80], out[80];
    char text[BASE64URL_TEXT (80)];
    bool same = true, short_enough = true;

    for (size_t size = 0; size <= sizeof in; size++) {
        size_t got = 0;

        for (size_t i = 0; i < size; i++)
            in[i] = (unsigned char) (i * 37 + size * 11 + 200);
        base64url_write (in, size, text);
        short_enough &= strlen (text) < BASE64URL_TEXT (size);
        same &= base64url_read (text, out, sizeof out, &got) && got == size && memcmp (in, out, size) == 0;
    }
    ok (same, "base64url: what is written is read, at every length to 80");
    ok (short_enough, "…and fits its buffer");
}

static void tokens (void)
{
    char one[TOKEN_TEXT], two[TOKEN_TEXT];
    unsigned char digest[32], again[32], bytes[40];
    size_t size;

    token_new (one, digest);
    token_new (two, again);
    ok (strcmp (one, two) != 0 && memcmp (digest, again, 32) != 0, "no token comes twice");
    ok (base64url_read (one, bytes, sizeof bytes, &size) && size == 32, "a token is 256 bits");
    token_digest (one, again);
    ok (memcmp (digest, again, 32) == 0, "its digest is that of its text");
}

static void desks (void)
{
    static const struct { const char *roles[3]; size_t count; bool locks; const char *name; } table[] = {
        { { "dispatch_desk" }, 1, false, "S-07: a dispatch desk stays open at its terminal" },
        { { "last_resort" }, 1, false, "S-07: the last resort does" },
        { { "dispatch_desk", "last_resort" }, 2, false, "…and who is both" },
        { { "dispatch_desk", "visiting_nurse" }, 2, true, "…but not who sees patients as well" },
        { { "operator" }, 1, true, "S-07: an operator locks" },
        { { NULL }, 0, true, "S-07: nobody in particular locks" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct text_list roles = { table[i].roles, table[i].count };

        is_number (session_locks_idle (roles, true), table[i].locks, table[i].name);
        ok (session_locks_idle (roles, false), "…and away from a registered terminal everybody locks");
        is_number (is_desk (roles), !table[i].locks, "…the desks are those two roles alone");
    }
}

static void json (void)
{
    struct json_text text = { .arena = &arena };

    json_put (&text, "{");
    json_member (&text, "a\"b", "c\\d");
    json_member (&text, "行", "一\n二\t\x01");
    json_member (&text, "", "");
    json_put (&text, "}");
    is (text.text, "{\"a\\\"b\":\"c\\\\d\",\"行\":\"一\\u000a二\\u0009\\u0001\",\"\":\"\"}", "JSON: quotes, backslashes and controls are escaped");
    text = (struct json_text) { .arena = &arena };
    for (int i = 0; i < 3000; i++)
        json_string (&text, "x");
    is_number (text.size, 9000, "JSON: it grows as it must");
    is_number (strlen (text.text), 9000, "…and stays a text");
}

int main (void)
{
    base32 ();
    base64url ();
    round_trips ();
    tokens ();
    desks ();
    json ();
    arena_done (&arena);
    return done ();
}
