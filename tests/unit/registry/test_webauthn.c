/* Passkeys: what an authenticator made is accepted as it is, and nothing else (security §2.5). */
#include "webauthn.h"

#include "authenticator.h"
#include "tap.h"

#define PERSON "0190a3b4-0000-7000-8000-000000000001"
#define CHALLENGE "qZz3kX1dS0m8rT5vW2yB7nC4eF6gH9jK1lM3oP5qR7s"

static const char *const origins[] = { "https://renkei.example", "http://localhost:8080" };
static const struct relying_party party = { "localhost", { origins, 2 } };

static struct arena arena;

static struct signed_assertion assertion_of (const struct authenticator_answer *answer)
{
    return (struct signed_assertion) { answer->credential_id, answer->client_data, answer->authenticator_data, answer->signature, NULL };
}

static bool registers (const struct authenticator *authenticator, struct passkey *ret)
{
    struct authenticator_answer made = authenticator_create (authenticator, CHALLENGE, &arena);
    struct error err = { 0 };

    return webauthn_register (&party, CHALLENGE, made.client_data, made.attestation, &arena, ret, &err) == 0;
}

static bool verifies (const struct passkey *passkey, const struct signed_assertion *assertion)
{
    struct error err = { 0 };
    int64_t count;

    return webauthn_verify (&party, CHALLENGE, passkey, PERSON, assertion, &arena, &count, &err) == 0;
}

static bool logs_in (struct authenticator *authenticator, const struct passkey *passkey)
{
    struct authenticator_answer answer = authenticator_get (authenticator, CHALLENGE, &arena);
    struct signed_assertion assertion = assertion_of (&answer);

    return verifies (passkey, &assertion);
}

static void algorithms (void)
{
    static const int known[] = { AUTHENTICATOR_ES256, AUTHENTICATOR_EDDSA, AUTHENTICATOR_RS256 };
    static const char *const names[] = { "ES256", "EdDSA", "RS256" };

    for (int i = 0; i < 3; i++) {
        struct authenticator authenticator = authenticator_new (known[i], 7);
        struct passkey passkey = { 0 };
        char name[100];

        snprintf (name, sizeof name, "a passkey with %s registers", names[i]);
        ok (registers (&authenticator, &passkey) && passkey.algorithm == known[i], name);
        snprintf (name, sizeof name, "…and %s logs in", names[i]);
        authenticator.count = 1;
        ok (logs_in (&authenticator, &passkey), name);
        authenticator_done (&authenticator);
    }
}

/* Flips every bit of part `which` of an answer; returns how many flips were accepted. */
static int flips_accepted (const struct passkey *passkey, const struct authenticator_answer *answer, int which)
{
    const char *part[4] = { answer->credential_id, answer->client_data, answer->authenticator_data, answer->signature };
    unsigned char bytes[1024];
    int accepted = 0;
    size_t size;

    base64url_read (part[which], bytes, sizeof bytes, &size);
    for (size_t bit = 0; bit < size * 8; bit++) {
        struct signed_assertion assertion;

        bytes[bit / 8] ^= (unsigned char) (1 << bit % 8);
        part[which] = authenticator_text (&arena, bytes, size);
        assertion = (struct signed_assertion) { part[0], part[1], part[2], part[3], NULL };
        accepted += verifies (passkey, &assertion);
        bytes[bit / 8] ^= (unsigned char) (1 << bit % 8);
    }
    return accepted;
}

static void bit_flips (void)
{
    static const char *const names[] = { "credential id", "client data", "authenticator data", "signature" };
    struct authenticator authenticator = authenticator_new (AUTHENTICATOR_ES256, 9);
    struct passkey passkey = { 0 };
    struct authenticator_answer answer;
    char name[100];

    registers (&authenticator, &passkey);
    authenticator.count = 1;
    answer = authenticator_get (&authenticator, CHALLENGE, &arena);
    for (int i = 0; i < 4; i++) {
        snprintf (name, sizeof name, "no single bit of the %s may differ", names[i]);
        is_number (flips_accepted (&passkey, &answer, i), 0, name);
    }
    authenticator_done (&authenticator);
}

static void wrong_on_purpose (void)
{
    struct authenticator good = authenticator_new (AUTHENTICATOR_ES256, 3), other = authenticator_new (AUTHENTICATOR_ES256, 3), bad;
    struct passkey passkey = { 0 };

    ok (registers (&good, &passkey), "a passkey registers");
    good.count = 5;
    ok (logs_in (&good, &passkey), "…and logs in");
    bad = good;
    bad.flags = 1;
    ok (!logs_in (&bad, &passkey), "without user verification it is refused");
    bad.flags = 4;
    ok (!logs_in (&bad, &passkey), "without user presence it is refused");
    bad = good;
    bad.origin = "http://localhost:8081";
    ok (!logs_in (&bad, &passkey), "another port is another origin");
    bad.origin = "http://localhost:8080.evil.example";
    ok (!logs_in (&bad, &passkey), "an origin that only begins alike is refused");
    bad.origin = "https://renkei.example";
    ok (logs_in (&bad, &passkey), "every listed origin is accepted");
    bad = good;
    bad.relying_party = "evil.example";
    ok (!logs_in (&bad, &passkey), "another relying party is refused");
    other.count = 6;
    ok (!logs_in (&other, &passkey), "another key under the same credential id is refused");
    passkey.sign_count = 5;
    ok (!logs_in (&good, &passkey), "a signature counter that does not rise is refused");
    passkey.algorithm = AUTHENTICATOR_RS256;
    passkey.sign_count = 0;
    ok (!logs_in (&good, &passkey), "a key is not read as one of another algorithm");
    authenticator_done (&good);
    authenticator_done (&other);
}

static void owners_and_challenges (void)
{
    struct authenticator authenticator = authenticator_new (AUTHENTICATOR_EDDSA, 4);
    struct passkey passkey = { 0 };
    struct authenticator_answer answer, created;
    struct signed_assertion assertion;
    struct error err = { 0 };
    int64_t count;

    registers (&authenticator, &passkey);
    authenticator.count = 1;
    answer = authenticator_get (&authenticator, CHALLENGE, &arena);
    assertion = assertion_of (&answer);
    assertion.user_handle = authenticator_text (&arena, PERSON, strlen (PERSON));
    ok (verifies (&passkey, &assertion), "the owner's user handle is accepted");
    assertion.user_handle = authenticator_text (&arena, "somebody else", 13);
    ok (!verifies (&passkey, &assertion), "somebody else's user handle is refused");
    assertion.user_handle = NULL;
    ok (webauthn_verify (&party, "AAAA", &passkey, PERSON, &assertion, &arena, &count, &err) < 0, "another challenge is refused");
    ok (webauthn_verify (&party, "", &passkey, PERSON, &assertion, &arena, &count, &err) < 0, "…and no challenge as well");
    created = authenticator_create (&authenticator, CHALLENGE, &arena);
    assertion.client_data = created.client_data;
    ok (!verifies (&passkey, &assertion), "client data of a registration is no log-in");
    ok (webauthn_register (&party, CHALLENGE, answer.client_data, created.attestation, &arena, &passkey, &err) < 0,
        "client data of a log-in is no registration");
    authenticator_done (&authenticator);
}

static void registrations (void)
{
    struct authenticator authenticator = authenticator_new (AUTHENTICATOR_ES256, 5), bad;
    struct authenticator_answer made = authenticator_create (&authenticator, CHALLENGE, &arena);
    unsigned char object[1024];
    struct passkey passkey;
    struct error err = { 0 };
    int accepted = 0;
    size_t size;

    bad = authenticator;
    bad.flags = 1;
    ok (!registers (&bad, &passkey), "a registration without user verification is refused");
    bad = authenticator;
    bad.relying_party = "evil.example";
    ok (!registers (&bad, &passkey), "a registration for another relying party is refused");
    base64url_read (made.attestation, object, sizeof object, &size);
    for (size_t cut = 0; cut < size; cut++)
        accepted += webauthn_register (&party, CHALLENGE, made.client_data, authenticator_text (&arena, object, cut), &arena, &passkey,
                                       &err) == 0;
    is_number (accepted, 0, "a cut-off attestation object is refused, wherever it is cut");
    object[size] = 0;
    ok (webauthn_register (&party, CHALLENGE, made.client_data, authenticator_text (&arena, object, size + 1), &arena, &passkey, &err) < 0,
        "a byte behind it is refused");
    object[9] = 'x';
    ok (webauthn_register (&party, CHALLENGE, made.client_data, authenticator_text (&arena, object, size), &arena, &passkey, &err) < 0,
        "another attestation format is refused");
    is_number (err.key, ERROR_LOGIN_WRONG, "refusals say only that log-in failed");
    authenticator_done (&authenticator);
}

static bool client_data (const char *json)
{
    const char *why;

    return client_data_is_good ((struct bytes) { (const unsigned char *) json, strlen (json) }, "webauthn.get", "abc", &party, &why);
}

static void client_data_tricks (void)
{
#define HEAD "{\"type\":\"webauthn.get\",\"challenge\":\"abc\",\"origin\":\"http://localhost:8080\""
    ok (client_data (HEAD "}"), "crossOrigin may be absent");
    ok (client_data (HEAD ",\"other_keys_can_be_added_here\":\"x\"}"), "unknown members are passed over, as the standard asks");
    ok (!client_data (HEAD ",\"crossOrigin\":true}"), "made inside a foreign page: refused");
    ok (!client_data (HEAD ",\"crossOrigin\":\"false\"}"), "crossOrigin must be a boolean");
    ok (!client_data (HEAD ",\"origin\":\"http://localhost:8080\"}"), "the same member twice is refused");
    ok (!client_data (HEAD "} x"), "text behind the object is refused");
    ok (!client_data ("{\"type\":\"webauthn.get\\u0000\",\"challenge\":\"abc\",\"origin\":\"http://localhost:8080\"}"),
        "a NUL does not end a text early");
    ok (!client_data ("{\"Type\":\"webauthn.get\",\"challenge\":\"abc\",\"origin\":\"http://localhost:8080\"}"), "names are exact");
    ok (!client_data ("[]"), "a list is refused");
    ok (!client_data (""), "nothing is refused");
}

static void counters (void)
{
    ok (sign_count_is_good (0, 0), "an authenticator without a counter stays at 0");
    ok (sign_count_is_good (3, 4), "a counter rises");
    ok (!sign_count_is_good (3, 3) && !sign_count_is_good (3, 0), "…and never stands still or falls");
}

int main (void)
{
    algorithms ();
    bit_flips ();
    wrong_on_purpose ();
    owners_and_challenges ();
    registrations ();
    client_data_tricks ();
    counters ();
    arena_done (&arena);
    return done ();
}
