/* Web Push: the example of RFC 8291, what browsers send that is no key, and who signs.
 *
 * With words, for tests/interop: `encrypt P256DH AUTH TEXT` prints the body, `authorize ENDPOINT SUBJECT EXPIRES` the header,
 * `webhook SECRET ID TIMESTAMP BODY` the signature. */
#include <string.h>
#include "push_crypt.h"
#include "tap.h"
#include "webhook_sign.h"

#define BROWSER "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define AUTH "BTBZMqHH6r4Tts7J_aSIgg"

static struct push_pair pair_of (const char *text)
{
    unsigned char bytes[PUSH_PRIVATE];
    struct push_pair pair = { 0 };

    if (!push_read (text, bytes, sizeof bytes) || !push_pair_of (bytes, &pair))
        note ("no pair");
    return pair;
}

static void test_example (struct arena *arena)
{
    struct push_pair pair = pair_of ("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    unsigned char salt[PUSH_SALT];
    struct bytes body;

    is (push_write (arena, pair.public_key, PUSH_PUBLIC),
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", "a public key follows from the private one");
    ok (push_read ("DGv6ra1nlYgDCS1FRnbzlw", salt, sizeof salt), "the salt is read");
    body = push_encrypt (arena, BROWSER, AUTH, "When I grow up, I want to be a watermelon", &pair, salt);
    is (push_write (arena, body.data, body.size),
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4M"
        "qgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
        "the example of RFC 8291 comes out byte for byte");
    ok (push_encrypt (arena, BROWSER, AUTH, "x", NULL, NULL).data != NULL, "keys and salt are made new otherwise");
    ok (strcmp (push_write (arena, push_encrypt (arena, BROWSER, AUTH, "x", NULL, NULL).data, 30),
                push_write (arena, push_encrypt (arena, BROWSER, AUTH, "x", NULL, NULL).data, 30)) != 0, "...for every message");
}

static void test_refused (struct arena *arena)
{
    static const struct { const char *p256dh, *auth, *says; } rows[] = {
        { "", AUTH, "no key" }, { "BCVxsr7N", AUTH, "half a key" }, { BROWSER "AA", AUTH, "a key and more" },
        { "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", AUTH, "zeros" },
        { "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE", AUTH, "a point off the curve" },
        { BROWSER, "BTBZ", "a short secret" }, { BROWSER, "not base64!!!!!!!!!!!!", "a secret that is none" } };
    unsigned char zero[PUSH_PRIVATE] = { 0 }, most[PUSH_PRIVATE];
    struct push_pair pair;
    char *longest = arena_alloc (arena, PUSH_TEXT_MOST + 10);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ok (push_encrypt (arena, rows[i].p256dh, rows[i].auth, "x", NULL, NULL).data == NULL, arena_print (arena, "%s is refused", rows[i].says));
    memset (longest, 'x', PUSH_TEXT_MOST);
    ok (push_encrypt (arena, BROWSER, AUTH, longest, NULL, NULL).data == NULL, "a text that does not fit is refused");
    memset (most, 0xff, sizeof most);
    ok (!push_pair_of (zero, &pair) && !push_pair_of (most, &pair), "zero, and more than the order, are no private keys");
}

static void test_authorization (struct arena *arena)
{
    struct push_pair pair = pair_of ("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    const char *text = push_authorization (arena, &pair, "https://push.example/a/b?c", "mailto:a@b.example", 1900000000);

    ok (text && strncmp (text, "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.", 45) == 0, "the proof is a JWT of ES256");
    ok (text && strstr (text, ", k=BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"), "...with the public key");
    ok (!push_authorization (arena, &pair, "no address", "mailto:a@b.example", 1), "an endpoint without an origin gets none");
    ok (!push_authorization (arena, &pair, "https://x\"y/", "mailto:a@b.example", 1), "...nor one that breaks out of JSON");
}

/* For tests/interop. */
static int speak (struct arena *arena, char **words)
{
    struct push_pair pair = pair_of ("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    const char *text = NULL;

    if (strcmp (words[1], "encrypt") == 0) {
        struct bytes body = push_encrypt (arena, words[2], words[3], words[4], NULL, NULL);

        text = body.data ? push_write (arena, body.data, body.size) : NULL;
    }
    else if (strcmp (words[1], "authorize") == 0)
        text = push_authorization (arena, &pair, words[2], words[3], strtoll (words[4], NULL, 10));
    else if (strcmp (words[1], "webhook") == 0)
        text = webhook_signature (arena, words[2], words[3], strtoll (words[4], NULL, 10), words[5]);
    puts (text ? text : "nothing");
    return text ? 0 : 1;
}

int main (int argc, char **argv)
{
    ARENA (arena);

    if (argc > 4)
        return speak (&arena, argv);
    test_example (&arena);
    test_refused (&arena);
    test_authorization (&arena);
    return done ();
}
