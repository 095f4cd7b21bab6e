/* callback_read.c - see callback_read.h. */
#include "callback_read.h"
#include <cjson/cJSON.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include "clock.h"
#include "ids.h"
#include "text.h"

enum { DIGEST_BYTES = 32 };

static bool same (const char *one, const char *other)
{
    return one && other && strlen (one) == strlen (other) && CRYPTO_memcmp (one, other, strlen (one)) == 0;
}

static const char *sign (struct arena *arena, const char *secret, const char *t, struct bytes body)
{
    unsigned char digest[DIGEST_BYTES], *text = arena_alloc (arena, strlen (t) + 1 + body.size);
    char *hex = arena_alloc (arena, DIGEST_BYTES * 2 + 1);
    unsigned size = sizeof digest;

    memcpy (text, t, strlen (t));
    text[strlen (t)] = '.';
    memcpy (text + strlen (t) + 1, body.data, body.size);
    HMAC (EVP_sha256 (), secret, (int) strlen (secret), text, strlen (t) + 1 + body.size, digest, &size);
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        snprintf (hex + i * 2, 3, "%02x", digest[i]);
    return hex;
}

bool callback_is_genuine (struct arena *arena, const struct adapter_file *file, const char *bearer, struct bytes body, int64_t real_now)
{
    size_t seconds = bearer ? strspn (bearer, "0123456789") : 0;
    const char *t;

    if (file->callback_bearer)
        return same (file->callback_bearer, bearer);
    if (!file->callback_secret || seconds == 0 || seconds > 12 || bearer[seconds] != '.')
        return false;
    t = arena_copy (arena, bearer, seconds);
    if (llabs (real_now / SECOND_US - strtoll (t, NULL, 10)) > CALLBACK_SKEW_SECONDS)
        return false;
    return same (sign (arena, file->callback_secret, t, body), bearer + seconds + 1);
}

/* ---- the body ----------------------------------------------------------------------------------------------------------------------------- */

static int hex_of (char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static char *decoded (struct arena *arena, const char *text, size_t size)
{
    char *out = arena_alloc (arena, size + 1), *to = out;

    for (size_t i = 0; i < size; i++)
        if (text[i] == '%' && i + 2 < size && hex_of (text[i + 1]) >= 0 && hex_of (text[i + 2]) >= 0) {
            *to++ = (char) (hex_of (text[i + 1]) * 16 + hex_of (text[i + 2]));
            i += 2;
        }
        else
            *to++ = text[i] == '+' ? ' ' : text[i];
    return out;
}

static cJSON *form_of (struct arena *arena, const char *text)
{
    cJSON *json = cJSON_CreateObject ();

    while (*text) {
        size_t size = strcspn (text, "&"), name = strcspn (text, "=&");
        const char *value = name < size ? decoded (arena, text + name + 1, size - name - 1) : "";

        if (text_is_utf8 (value, strlen (value)))
            cJSON_AddStringToObject (json, decoded (arena, text, name), value);
        text += size + (text[size] == '&');
    }
    return json;
}

static int receipt_of (const struct adapter_file *file, const char *word)
{
    for (size_t i = 0; word && i < file->status_count; i++)
        if (strcmp (file->statuses[i].from, word) == 0)
            return file->statuses[i].to;
    return 0;
}

static const char *at (struct arena *arena, const cJSON *json, const char *pointer)
{
    const char *text = pointer ? adapter_pointed (arena, json, pointer) : NULL;

    return text && *text && strlen (text) <= 1000 ? text : NULL;
}

bool callback_read (struct arena *arena, const struct adapter_file *file, struct bytes body, struct callback *ret)
{
    const char *text = arena_copy (arena, (const char *) body.data, body.size), *sequence, *end;
    cJSON *json;

    *ret = (struct callback) { 0 };
    if (!text_is_utf8 (text, body.size))
        return false;
    json = *text == '{' ? cJSON_Parse (text) : form_of (arena, text);
    if (!cJSON_IsObject (json)) {
        cJSON_Delete (json);
        return false;
    }
    ret->provider_id = at (arena, json, file->receipt_id_at);
    ret->message_id = at (arena, json, file->receipt_message_at);
    ret->message_id = ret->message_id && uuid_is_valid (ret->message_id) ? ret->message_id : NULL;
    ret->receipt = receipt_of (file, at (arena, json, file->receipt_status_at));
    sequence = at (arena, json, file->receipt_sequence_at);
    ret->sequence = sequence ? strtoll (sequence, (char **) &end, 10) : 0;
    ret->has_sequence = sequence && !*end;
    ret->digits = at (arena, json, file->digits_at);
    ret->from = at (arena, json, file->from_at);
    ret->text = at (arena, json, file->text_at);
    cJSON_Delete (json);
    return true;
}
