/* fuzz_ems_keys.c - whatever a dispatch desk sends as a name, a telephone, an address or a card, a key is sound text or there is none. */
#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include "ems_keys.h"
#include "text.h"

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);

static void insist (int condition)
{
    if (!condition)
        abort ();
}

static void sound (const char *key)
{
    insist (!key || (*key && text_is_utf8 (key, strlen (key))));
}

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
    enum { TEXT_MOST = 400 };
    ARENA (arena);
    const char *text, *phone, *card, *area;

    if (size > TEXT_MOST || !text_is_utf8 ((const char *) bytes, size))
        return 0;
    text = arena_copy (&arena, (const char *) bytes, size);
    phone = ems_phone_key (&arena, text);
    card = ems_card_key (&arena, text);
    area = ems_area (&arena, text);
    insist (!phone || (strspn (phone, "0123456789") == strlen (phone) && strlen (phone) >= 9 && strlen (phone) <= 15));
    insist (!card || strspn (card, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == strlen (card));
    insist (area && text_is_utf8 (area, strlen (area)) && strlen (area) <= 120);
    sound (ems_name_key (&arena, text));
    sound (ems_kana_birth_key (&arena, text, "1940-02-03"));
    sound (ems_address_key (&arena, text, NULL));
    sound (ems_address_key (&arena, text, "長野県須坂市"));
    sound (ems_address_key (&arena, "長野県須坂市大字須坂１丁目２番３号", text));
    return 0;
}
