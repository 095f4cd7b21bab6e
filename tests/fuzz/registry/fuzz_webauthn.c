/* fuzz_webauthn.c - no bytes of a browser crash the reading of a passkey's answer; none is accepted by chance. */
#include "webauthn.h"

#include "text_codes.h"

int LLVMFuzzerTestOneInput (const unsigned char *bytes, size_t size);

static const char *encode (struct arena *arena, const unsigned char *bytes, size_t size)
{
    char *text = arena_alloc (arena, BASE64URL_TEXT (size));

    base64url_write (bytes, size, text);
    return text;
}

static void register_and_verify (const struct relying_party *party, struct bytes one, struct bytes two, struct arena *arena)
{
    struct signed_assertion assertion = { encode (arena, (const unsigned char *) "id", 2), encode (arena, one.data, one.size),
                                          encode (arena, two.data, two.size), encode (arena, one.data, one.size), NULL };
    struct passkey made = { 0 }, kept = { .credential_id = { (const unsigned char *) "id", 2 }, .algorithm = -8,
                                          .public_key = { (const unsigned char *) "12345678901234567890123456789012", 32 } };
    static const char good[] = "{\"type\":\"webauthn.create\",\"challenge\":\"abc\",\"origin\":\"x\"}";
    struct error err = { 0 };
    int64_t count;

    webauthn_register (party, "abc", encode (arena, one.data, one.size), encode (arena, two.data, two.size), arena, &made, &err);
    /* A well-formed client data, so that the attestation object is reached. */
    webauthn_register (party, "abc", encode (arena, (const unsigned char *) good, sizeof good - 1), encode (arena, two.data, two.size),
                       arena, &made, &err);
    if (webauthn_verify (party, "abc", &kept, "p", &assertion, arena, &count, &err) == 0)
        abort ();
}

/* The first byte says how much of the rest is client data; what follows is the attestation object or authenticator data. */
int LLVMFuzzerTestOneInput (const unsigned char *bytes, size_t size)
{
    static const char *const origins[] = { "x" };
    static const struct relying_party party = { "localhost", { origins, 1 } };
    size_t cut = size > 0 ? 1 + (size - 1) * bytes[0] / 255 : 0;
    unsigned char *raw;
    char *text;
    size_t length;
    ARENA (arena);

    if (size == 0 || size > 8000)
        return 0;
    register_and_verify (&party, (struct bytes) { bytes + 1, cut - 1 }, (struct bytes) { bytes + cut, size - cut }, &arena);
    text = arena_copy (&arena, (const char *) bytes, size);
    raw = arena_alloc (&arena, size + 1);
    base64url_read (text, raw, size, &length);
    base32_read (text, raw, size, &length);
    return 0;
}
