/* test_one_time_code.c - codes as RFC 6238 appendix B gives them (last six of its eight digits), and fresh secrets. */
#include "one_time_code.h"
#include "tap.h"

static const char rfc_secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";       /* "12345678901234567890" */

static void code_at (int64_t seconds, const char *wanted)
{
    char code[7] = "";

    ok (one_time_code (rfc_secret, seconds, code) && strcmp (code, wanted) == 0, wanted);
}

int main (void)
{
    char one[TOTP_SECRET_TEXT], two[TOTP_SECRET_TEXT], password[25], code[7], again[7];

    code_at (59, "287082");
    code_at (1111111109, "081804");
    code_at (1111111111, "050471");
    code_at (1234567890, "005924");
    code_at (2000000000, "279037");
    code_at (20000000000, "353130");
    ok (one_time_code ("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 59, code) && strcmp (code, "287082") == 0, "small letters and spaces are read");
    ok (!one_time_code ("10ab", 59, code), "what is not base32 is refused");
    ok (!one_time_code ("", 59, code), "nothing is refused");
    one_time_secret (one);
    one_time_secret (two);
    ok (strlen (one) == 32 && strcmp (one, two) != 0, "a fresh secret has 160 bits and is another one each time");
    ok (one_time_code (one, 0, code) && one_time_code (one, 29, again) && strcmp (code, again) == 0, "a code holds for 30 seconds");
    random_password (password);
    ok (strlen (password) == 24 && !strpbrk (password, "0O1Il"), "a first password has 24 characters that do not look alike");
    return done ();
}
