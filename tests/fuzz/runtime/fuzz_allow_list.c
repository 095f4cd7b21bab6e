/* Any lines between heading and signature, rightly signed: refused, or read and printed to what reads to the same list.  And any bytes at
 * all without a right signature: refused, and nothing taken. */
#include <sodium.h>
#include "allow_list.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static unsigned char region[REGION_PUBLIC_BYTES], secret[REGION_SECRET_BYTES];

static void make_key (void)
{
    static const unsigned char seed[crypto_sign_SEEDBYTES] = "the same key in every run";

    if (sodium_init () < 0 || crypto_sign_seed_keypair (region, secret, seed) < 0)
        abort ();
}

static void must (bool holds)
{
    if (!holds)
        abort ();
}

static char *signed_text (const uint8_t *data, size_t size)
{
    static const char heading[] = "renkei allow-list 1\nversion 1\n";
    unsigned char signature[crypto_sign_BYTES];
    char *text = calloc (1, sizeof heading + size + 2 * sizeof signature + 20), *end = text;

    memcpy (end, heading, sizeof heading - 1);
    end += sizeof heading - 1;
    for (size_t i = 0; i < size; i++)
        *end++ = data[i] ? (char) data[i] : '0';
    if (end[-1] != '\n')
        *end++ = '\n';
    crypto_sign_detached (signature, NULL, (const unsigned char *) text, (unsigned long long) (end - text), secret);
    memcpy (end, "signature ", 10);
    sodium_bin2hex (end + 10, 2 * sizeof signature + 1, signature, sizeof signature);
    memcpy (end + 10 + 2 * sizeof signature, "\n", 2);
    return text;
}

static void try_signed (const uint8_t *data, size_t size)
{
    static struct allow_list list, again;
    struct error err = { 0 };
    char *text = signed_text (data, size), *printed;

    memset (&list, 0, sizeof list);
    memset (&again, 0, sizeof again);
    if (allow_list_parse (text, strlen (text), region, &list, &err) == 0) {
        must (list.count <= ALLOWED_KEYS_MAX && list.version >= 1);
        for (size_t i = 0; i < list.count; i++)
            must (principal_is_valid (list.keys[i].principal) && strlen (list.keys[i].key) == KEY_TEXT - 1);
        printed = allow_list_print (&list, secret);
        must (allow_list_parse (printed, strlen (printed), region, &again, &err) == 0 && memcmp (&list, &again, sizeof list) == 0);
        free (printed);
    }
    else
        must (err.key != 0 && list.count == 0 && list.version == 0);
    free (text);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static struct allow_list list;
    struct error err = { 0 };

    if (!*region && !*secret)
        make_key ();
    if (size > 20000)
        return 0;
    must (allow_list_parse ((const char *) data, size, region, &list, &err) < 0 && list.count == 0);
    try_signed (data, size);
    return 0;
}
