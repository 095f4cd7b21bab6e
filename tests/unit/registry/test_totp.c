/* One-time codes: RFC 6238 appendix B (last six digits of the SHA-1 column), and who is refused. */
#include "totp.h"

#include "tap.h"
#include "text_codes.h"

static const unsigned char secret[] = "12345678901234567890";
static const int64_t second = 1000000;

static void vectors (void)
{
    static const struct { int64_t seconds; const char *code; } table[] = {
        { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" },
        { 20000000000, "353130" },
    };
    char code[7], name[80];

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        totp_code (secret, 20, table[i].seconds / 30, code);
        snprintf (name, sizeof name, "RFC 6238 at %lld s", (long long) table[i].seconds);
        is (code, table[i].code, name);
        is_number (totp_match (secret, 20, table[i].seconds * second, table[i].code), table[i].seconds / 30, "…is accepted with its step");
    }
}

static void steps (void)
{
    is_number (totp_match (secret, 20, 60 * second, "287082"), 1, "the code before is accepted when the step has just begun");
    is_number (totp_match (secret, 20, 64 * second + 999999, "287082"), 1, "…for five seconds");
    is_number (totp_match (secret, 20, 65 * second, "287082"), -1, "…and not longer");
    is_number (totp_match (secret, 20, 29 * second, "287082"), -1, "a code of the next step is refused");
    is_number (totp_match (secret, 20, 90 * second, "287082"), -1, "a code of two steps ago is refused");
}

static void odd_codes (void)
{
    ok (totp_match (secret, 20, 59 * second, "") < 0, "an empty code is refused");
    ok (totp_match (secret, 20, 59 * second, "28708") < 0, "five digits are refused");
    ok (totp_match (secret, 20, 59 * second, "2870820") < 0, "seven digits are refused");
    ok (totp_match (secret, 20, 59 * second, " 87082") < 0, "a space is no digit");
    ok (totp_match (secret, 20, 59 * second, "２８") < 0, "full-width digits are refused");
    ok (totp_match (secret, 20, 59 * second, "٢٨٧") < 0, "Arabic digits are refused");
    ok (totp_match (secret, 20, 59 * second, "+87082") < 0 && totp_match (secret, 20, 59 * second, "0x7082") < 0,
        "signs and hexadecimal are refused");
}

static void base32 (void)
{
    unsigned char bytes[40];
    size_t size;

    ok (base32_read ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", bytes, sizeof bytes, &size) && size == 20 && memcmp (bytes, secret, 20) == 0,
        "base32 of the RFC's secret");
    ok (base32_read ("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", bytes, sizeof bytes, &size) && size == 20, "as people type it");
    ok (base32_read ("MZXW6YQ=", bytes, sizeof bytes, &size) && size == 4 && memcmp (bytes, "foob", 4) == 0, "RFC 4648: foob");
    ok (!base32_read ("MZXW6YR=", bytes, sizeof bytes, &size), "left-over bits that are not zero are refused");
    ok (!base32_read ("MZXW1", bytes, sizeof bytes, &size) && !base32_read ("MZ=XW", bytes, sizeof bytes, &size),
        "1 and = in the middle are refused");
    ok (!base32_read ("GEZDGNBVGY3TQOJQ", bytes, 9, &size), "more than fits is refused");
}

static void base64url (void)
{
    static const char *const texts[] = { "", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy" };
    unsigned char bytes[16];
    char text[20];
    size_t size;

    for (size_t i = 0; i < 7; i++) {
        base64url_write ("foobar", i, text);
        is (text, texts[i], "RFC 4648 vector, written");
        ok (base64url_read (texts[i], bytes, sizeof bytes, &size) && size == i && memcmp (bytes, "foobar", i) == 0, "…and read");
    }
    ok (!base64url_read ("Zg==", bytes, sizeof bytes, &size) && !base64url_read ("Z+/v", bytes, sizeof bytes, &size),
        "padding and base64 letters are refused");
    ok (!base64url_read ("Zh", bytes, sizeof bytes, &size) && !base64url_read ("Z", bytes, sizeof bytes, &size),
        "a second spelling of the same bytes is refused");
}

int main (void)
{
    vectors ();
    steps ();
    odd_codes ();
    base32 ();
    base64url ();
    return done ();
}
