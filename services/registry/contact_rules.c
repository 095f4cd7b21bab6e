/* contact_rules.c - see contact_rules.h. */
#include "contact_rules.h"
#include <openssl/evp.h>
#include "ids.h"
#include "put_rules.h"
#include "text.h"

enum { VERSION_AT = 14 };               /* of a uuid's text: the digit of its version */

int contact_check (const struct contact_put *put, struct arena *arena, const char **ret_address, struct error *err)
{
    bool doubtful;

    /* ids made from names (version 8) are those of what the office entered, also for other people */
    if (put->contact_point_id[VERSION_AT] == '8')
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/contact_point_id", "an id of the office's own contacts");
    if (put->kind == CONTACT_KIND_EMAIL) {
        *ret_address = text_trim (arena, put->address);
        return email_is_plausible (*ret_address) ? 0 : fail (err, ERROR_FIELD_WRONG_TYPE, "/address", "no e-mail address");
    }
    if (put->kind != CONTACT_KIND_VOICE && put->kind != CONTACT_KIND_SMS && put->kind != CONTACT_KIND_FAX)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/kind", "not a channel with an address");
    *ret_address = text_phone (arena, put->address, &doubtful);
    return *ret_address && !doubtful ? 0 : fail (err, ERROR_PHONE_INVALID, "/address", "no telephone number");
}

void contact_code_new (char ret[CODE_DIGITS + 1])
{
    unsigned number;

    do
        random_fill (&number, sizeof number);
    while (number >= 4294000000u);                  /* the rest would make small codes likelier */
    snprintf (ret, CODE_DIGITS + 1, "%06u", number % 1000000u);
}

void contact_code_hash (struct arena *arena, const char *contact_point_id, const char *code, unsigned char ret[CODE_HASH_BYTES])
{
    const char *narrow = text_narrow (arena, code);
    char *digits = arena_alloc (arena, strlen (narrow) + 1), *to = digits;
    const char *text;

    for (const char *c = narrow; *c; c++)
        if (*c != ' ' && *c != '-')
            *to++ = *c;
    text = arena_print (arena, "%s %s", contact_point_id, digits);
    EVP_Digest (text, strlen (text), ret, NULL, EVP_sha256 (), NULL);
}
