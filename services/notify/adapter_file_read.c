/* adapter_file_read.c - the file of a provider into a struct; every mistake is named; see adapter_file.h. */
#include "adapter_file.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include "receipt_rules.h"

enum { FILE_MOST = 64 * 1024, SECRET_MOST = 400 };

struct reading { struct arena *arena; const char *folder; struct adapter_file *file; struct error *err; };

static int wrong (struct reading *reading, const char *what)
{
    return fail (reading->err, ERROR_FILE_SHAPE, NULL, "adapter file %s: %s", reading->file->name ? reading->file->name : "(no name)", what);
}

const char *adapter_file_load (struct arena *arena, const char *path)
{
    FILE *in = fopen (path, "re");
    char *text = arena_alloc (arena, FILE_MOST + 1);
    size_t size;

    if (!in)
        return NULL;
    size = fread (text, 1, FILE_MOST, in);
    fclose (in);
    return size && size < FILE_MOST ? text : NULL;
}

static const char *text_at (struct reading *reading, const cJSON *json, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive (json, name);

    return cJSON_IsString (value) ? arena_text (reading->arena, value->valuestring) : NULL;
}

/* The first line of a file beside this one. */
static int secret_at (struct reading *reading, const cJSON *json, const char *name, const char **ret)
{
    const char *path = text_at (reading, json, name), *text;

    *ret = NULL;
    if (!path)
        return 0;
    text = adapter_file_load (reading->arena, *path == '/' ? path : arena_print (reading->arena, "%s/%s", reading->folder, path));
    if (!text || strcspn (text, "\r\n") == 0 || strcspn (text, "\r\n") > SECRET_MOST)
        return wrong (reading, arena_print (reading->arena, "%s cannot be read", name));
    *ret = arena_copy (reading->arena, text, strcspn (text, "\r\n"));
    return 0;
}

static int channels_of (struct reading *reading, const cJSON *json, unsigned *ret)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive (json, "channels"), *one;

    *ret = 0;
    cJSON_ArrayForEach (one, list) {
        int kind = cJSON_IsString (one) ? enum_number (&contact_kind_type, one->valuestring) : 0;

        if (kind != CONTACT_KIND_VOICE && kind != CONTACT_KIND_SMS && kind != CONTACT_KIND_FAX && kind != CONTACT_KIND_EMAIL)
            return wrong (reading, "channels: voice, sms, fax or email");
        *ret |= 1u << (kind - 1);
    }
    return *ret ? 0 : wrong (reading, "no channels");
}

static void numbers_of (const cJSON *list, int *ret, size_t *ret_count)
{
    const cJSON *one;

    cJSON_ArrayForEach (one, list)
        if (cJSON_IsNumber (one) && *ret_count < CODES_MOST)
            ret[(*ret_count)++] = one->valueint;
}

static int headers_of (struct reading *reading, const cJSON *json)
{
    const cJSON *one;

    cJSON_ArrayForEach (one, cJSON_GetObjectItemCaseSensitive (json, "headers")) {
        if (!cJSON_IsString (one) || strpbrk (one->string, ":\r\n") || reading->file->header_count == HEADERS_MOST)
            return wrong (reading, "headers: names and texts");
        reading->file->headers[reading->file->header_count++] = arena_print (reading->arena, "%s: %s", one->string, one->valuestring);
    }
    return 0;
}

static void answers_of (struct reading *reading, const cJSON *json)
{
    const cJSON *accepted = cJSON_GetObjectItemCaseSensitive (json, "accepted");
    const cJSON *permanent = cJSON_GetObjectItemCaseSensitive (json, "permanent"), *one;
    struct adapter_file *file = reading->file;

    numbers_of (cJSON_GetObjectItemCaseSensitive (accepted, "status"), file->accepted, &file->accepted_count);
    file->id_at = text_at (reading, accepted, "id");
    numbers_of (cJSON_GetObjectItemCaseSensitive (permanent, "status"), file->permanent, &file->permanent_count);
    file->code_at = text_at (reading, permanent, "code");
    cJSON_ArrayForEach (one, cJSON_GetObjectItemCaseSensitive (permanent, "codes"))
        if (file->permanent_code_count < CODES_MOST && (cJSON_IsString (one) || cJSON_IsNumber (one)))
            file->permanent_codes[file->permanent_code_count++] = cJSON_IsString (one)
                ? arena_text (reading->arena, one->valuestring) : arena_print (reading->arena, "%.0f", one->valuedouble);
}

static int receipts_of (struct reading *reading, const cJSON *json)
{
    const cJSON *receipts = cJSON_GetObjectItemCaseSensitive (json, "receipts"), *one;
    struct adapter_file *file = reading->file;

    if (!receipts)
        return 0;
    file->receipts = true;
    file->receipt_id_at = text_at (reading, receipts, "id");
    file->receipt_message_at = text_at (reading, receipts, "message");
    file->receipt_status_at = text_at (reading, receipts, "status");
    file->receipt_sequence_at = text_at (reading, receipts, "sequence");
    file->digits_at = text_at (reading, receipts, "digits");
    cJSON_ArrayForEach (one, cJSON_GetObjectItemCaseSensitive (receipts, "map")) {
        enum receipt_kind kind = cJSON_IsString (one) ? receipt_kind_of (one->valuestring) : 0;

        if (!kind || file->status_count == MAPPED_MOST)
            return wrong (reading, "receipts.map: sent, delivered, read, no_answer or failed");
        file->statuses[file->status_count++] = (struct mapped) { arena_text (reading->arena, one->string), (int) kind };
    }
    if (!file->receipt_status_at || (!file->receipt_id_at && !file->receipt_message_at))
        return wrong (reading, "receipts need status, and id or message");
    return file->receipt_id_at && !file->id_at && !file->receipt_message_at ? wrong (reading, "receipts by id need accepted.id") : 0;
}

static int keypad_of (struct reading *reading, const cJSON *json)
{
    const cJSON *keypad = cJSON_GetObjectItemCaseSensitive (json, "keypad"), *one;
    struct keypad *to = &reading->file->keypad;

    *to = keypad_standard;
    if (!keypad)
        return 0;
    *to = (struct keypad) { 0 };
    cJSON_ArrayForEach (one, keypad) {
        const char *answer = text_at (reading, one, "answer");
        struct key key = { .digit = strlen (one->string) == 1 ? *one->string : '\0',
                           .answer = answer ? (enum alert_answer_kind) enum_number (&alert_answer_kind_type, answer) : 0,
                           .minutes = (int) cJSON_GetNumberValue (cJSON_GetObjectItemCaseSensitive (one, "minutes")) };

        if (key.digit < '0' || key.digit > '9' || !key.answer || to->count == KEYS_MOST
            || (key.answer == ALERT_ANSWER_KIND_VISIT && (key.minutes < 5 || key.minutes > 720)))
            return wrong (reading, "keypad: a digit, an answer, and minutes for a visit");
        if (key.answer != ALERT_ANSWER_KIND_VISIT)
            key.minutes = 0;
        to->keys[to->count++] = key;
    }
    return 0;
}

static int callback_of (struct reading *reading, const cJSON *json)
{
    const cJSON *callback = cJSON_GetObjectItemCaseSensitive (json, "callback"), *replies = cJSON_GetObjectItemCaseSensitive (json, "replies");

    reading->file->from_at = text_at (reading, replies, "from");
    reading->file->text_at = text_at (reading, replies, "text");
    if (secret_at (reading, callback, "secret_file", &reading->file->callback_secret) < 0)
        return -1;
    return secret_at (reading, callback, "bearer_file", &reading->file->callback_bearer);
}

static int read_out (struct reading *reading, const cJSON *json)
{
    struct adapter_file *file = reading->file;

    file->url = text_at (reading, json, "url");
    file->method = text_at (reading, json, "method");
    file->body = cJSON_GetObjectItemCaseSensitive (json, "body");
    file->form = cJSON_GetObjectItemCaseSensitive (json, "form");
    if (!file->url || (strncmp (file->url, "https://", 8) != 0 && strncmp (file->url, "http://127.0.0.1:", 17) != 0))
        return wrong (reading, "url: https only");
    if (!file->body == !file->form || (file->body && !cJSON_IsObject (file->body)) || (file->form && !cJSON_IsObject (file->form)))
        return wrong (reading, "either body or form, an object");
    if (secret_at (reading, json, "secret_file", &file->secret) < 0 || secret_at (reading, json, "secret_2_file", &file->secret_2) < 0)
        return -1;
    answers_of (reading, json);
    return headers_of (reading, json);
}

static bool is_name (const char *name)
{
    return name && *name && strlen (name) <= 60 && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (name);
}

void adapter_file_forget (struct adapter_file *file)
{
    cJSON_Delete (file->json);
    file->json = NULL;
}

int adapter_file_read (struct arena *arena, const char *text, const char *folder, struct adapter_file *ret, unsigned *ret_channels,
                       double *ret_per_second, struct error *err)
{
    struct reading reading = { arena, folder, ret, err };
    cJSON *json = cJSON_Parse (text);
    const cJSON *rate = cJSON_GetObjectItemCaseSensitive (json, "per_second");

    *ret = (struct adapter_file) { .json = json };
    if (!cJSON_IsObject (json)) {
        adapter_file_forget (ret);
        return wrong (&reading, "not JSON");
    }
    ret->name = text_at (&reading, json, "name");
    *ret_per_second = cJSON_IsNumber (rate) && rate->valuedouble > 0 ? rate->valuedouble : 0;
    if ((!is_name (ret->name) && wrong (&reading, "name: small letters, digits and hyphens") < 0)
        || channels_of (&reading, json, ret_channels) < 0 || read_out (&reading, json) < 0 || receipts_of (&reading, json) < 0
        || keypad_of (&reading, json) < 0 || callback_of (&reading, json) < 0) {
        adapter_file_forget (ret);
        return -1;
    }
    return 0;
}
