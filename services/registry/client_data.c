/* client_data.c - clientDataJSON of WebAuthn; see webauthn.h. */
#include "webauthn.h"

#include <cjson/cJSON.h>

enum { CLIENT_DATA_MOST = 2000, MEMBERS_MOST = 32 };

/* cJSON keeps the first of two equal names and ends a text at \u0000: neither may decide here. */
static bool has_hidden_parts (const cJSON *object)
{
    int count = 0;

    for (const cJSON *a = object->child; a; a = a->next) {
        if (++count > MEMBERS_MOST)
            return true;
        for (const cJSON *b = a->next; b; b = b->next)
            if (strcmp (a->string, b->string) == 0)
                return true;
    }
    return false;
}

static bool has_nul (struct bytes json)
{
    for (size_t i = 0; i < json.size; i++)
        if (json.data[i] == 0 || (json.size - i >= 6 && memcmp (json.data + i, "\\u0000", 6) == 0))
            return true;
    return false;
}

static const char *text_of (const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, name));

    return text ? text : "";
}

static bool is_listed (const struct text_list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp (list->items[i], text) == 0)
            return true;
    return false;
}

static const char *what_is_wrong (const cJSON *object, const char *type, const char *challenge, const struct relying_party *party)
{
    const cJSON *cross = cJSON_GetObjectItemCaseSensitive (object, "crossOrigin");

    if (!cJSON_IsObject (object) || has_hidden_parts (object))
        return "client data is not a plain object";
    if (strcmp (text_of (object, "type"), type) != 0)
        return "client data is of another type";
    if (!*challenge || strcmp (text_of (object, "challenge"), challenge) != 0)
        return "another challenge";
    if (!is_listed (&party->origins, text_of (object, "origin")))
        return "another origin";
    if (cross && !cJSON_IsFalse (cross))
        return "made inside a foreign page";
    return NULL;
}

bool client_data_is_good (struct bytes json, const char *type, const char *challenge, const struct relying_party *party,
                          const char **ret_why)
{
    const char *end = NULL;
    cJSON *object;

    *ret_why = "client data cannot be read";
    if (json.size > CLIENT_DATA_MOST || has_nul (json))
        return false;
    object = cJSON_ParseWithLengthOpts ((const char *) json.data, json.size, &end, false);
    if (!object)
        return false;
    if (end == (const char *) json.data + json.size)
        *ret_why = what_is_wrong (object, type, challenge, party);
    cJSON_Delete (object);
    return *ret_why == NULL;
}
