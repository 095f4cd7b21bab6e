/* adapter_file.c - a provider attached by a file, at work: what is sent and what answers mean; see adapter_file.h. */
#include "adapter_file.h"
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include "clock.h"
#include "message_text.h"
#include "sender.h"
#include "text.h"

static const char *const channel_words[] = { "", "app", "email", "webhook", "voice", "sms", "fax", "push" };

/* ---- filling in ----------------------------------------------------------------------------------------------------------------------- */

static const char *digits_of (struct arena *arena, const char *phone)
{
    char *out = arena_text (arena, text_narrow (arena, phone ? phone : "")), *to = out;

    for (const char *c = out; *c; c++)
        if ((*c >= '0' && *c <= '9') || (*c == '+' && to == out))
            *to++ = *c;
    *to = '\0';
    return out;
}

/* Japanese numbers in the international form; others as they are. */
static const char *e164_of (struct arena *arena, const char *phone)
{
    const char *digits = digits_of (arena, phone);

    return *digits == '0' ? arena_print (arena, "+81%s", digits + 1) : digits;
}

/* The sheet as PDF in base64; "" for what is not a FAX. */
static const char *page_of (struct arena *arena, const struct claimed *claim)
{
    struct error err = { 0 };
    struct bytes pdf;
    char *text;

    if (claim->kind != CONTACT_KIND_FAX || fax_print (arena, claim, &pdf, &err) < 0)
        return "";
    text = arena_alloc (arena, pdf.size * 4 / 3 + 8);
    EVP_EncodeBlock ((unsigned char *) text, pdf.data, (int) pdf.size);
    return text;
}

static const char *value_of (struct arena *arena, const struct adapter_file *file, const struct claimed *claim, const char *name, size_t size)
{
    const struct { const char *name, *value; } values[] = {
        { "id", claim->delivery_id }, { "channel", channel_words[claim->kind] }, { "to", claim->address },
        { "to_digits", digits_of (arena, claim->address) }, { "to_e164", e164_of (arena, claim->address) }, { "subject", claim->subject },
        { "text", claim->text }, { "number", claim->alert_id ? message_number (arena, claim->alert_id) : "" },
        { "code", claim->code }, { "attempt", arena_print (arena, "%lld", (long long) claim->attempts) },
        { "deadline", arena_print (arena, "%d", HAND_OVER_SECONDS) },
        { "possible_duplicate", claim->possible_duplicate ? "true" : "false" }, { "secret", file->secret }, { "secret_2", file->secret_2 },
    };

    if (size == 4 && strncmp (name, "page", 4) == 0)
        return page_of (arena, claim);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strlen (values[i].name) == size && strncmp (values[i].name, name, size) == 0)
            return values[i].value ? values[i].value : "";
    return NULL;
}

static const char *encoded (struct arena *arena, const char *value, enum filling filling)
{
    char *out, *to;

    if (filling == FILL_PLAIN)
        return value;
    to = out = arena_alloc (arena, strlen (value) * 3 + 4);
    for (const unsigned char *c = (const unsigned char *) value; *c; c++)
        if (filling == FILL_HEADER)
            *to++ = (char) (*c < ' ' || *c == 0x7f ? ' ' : *c);
        else if (strchr ("-._~", *c) || (*c >= '0' && *c <= '9') || ((*c | 32) >= 'a' && (*c | 32) <= 'z'))
            *to++ = (char) *c;
        else
            to += snprintf (to, 4, "%%%02X", *c);
    return out;
}

const char *adapter_fill (struct arena *arena, const struct adapter_file *file, const struct claimed *claim, const char *text,
                          enum filling filling)
{
    const char *out = "";

    while (*text) {
        size_t plain = strcspn (text, "{"), size = text[plain] ? strcspn (text + plain + 1, "}") : 0;
        const char *value = text[plain] && text[plain + 1 + size] ? value_of (arena, file, claim, text + plain + 1, size) : NULL;

        if (!text[plain])
            return arena_print (arena, "%s%s", out, text);
        if (value)
            out = arena_print (arena, "%s%.*s%s", out, (int) plain, text, encoded (arena, value, filling));
        else
            out = arena_print (arena, "%s%.*s", out, (int) plain + 1, text);
        text += value ? plain + size + 2 : plain + 1;
    }
    return out;
}

static void fill_strings (struct arena *arena, const struct adapter_file *file, const struct claimed *claim, cJSON *json)
{
    for (cJSON *child = json->child; child; child = child->next)
        fill_strings (arena, file, claim, child);
    if (cJSON_IsString (json))
        cJSON_SetValuestring (json, adapter_fill (arena, file, claim, json->valuestring, FILL_PLAIN));
}

static const char *form_of (struct arena *arena, const struct adapter_file *file, const struct claimed *claim)
{
    const char *out = "";

    for (const cJSON *field = file->form->child; field; field = field->next)
        if (cJSON_IsString (field))
            out = arena_print (arena, "%s%s%s=%s", out, *out ? "&" : "", encoded (arena, field->string, FILL_URL),
                               encoded (arena, adapter_fill (arena, file, claim, field->valuestring, FILL_PLAIN), FILL_URL));
    return out;
}

const char *adapter_body (struct arena *arena, const struct adapter_file *file, const struct claimed *claim)
{
    cJSON *copy;
    char *printed;
    const char *out;

    if (file->form)
        return form_of (arena, file, claim);
    if (!file->body || !(copy = cJSON_Duplicate (file->body, true)))
        return "";
    fill_strings (arena, file, claim, copy);
    printed = cJSON_PrintUnformatted (copy);
    out = arena_text (arena, printed ? printed : "");
    cJSON_free (printed);
    cJSON_Delete (copy);
    return out;
}

/* ---- answers -------------------------------------------------------------------------------------------------------------------------- */

const char *adapter_pointed (struct arena *arena, const struct cJSON *json, const char *pointer)
{
    while (json && pointer && *pointer == '/') {
        size_t size = strcspn (++pointer, "/");
        char *name = arena_copy (arena, pointer, size);

        json = cJSON_IsArray (json) ? cJSON_GetArrayItem (json, (int) strtol (name, NULL, 10)) : cJSON_GetObjectItemCaseSensitive (json, name);
        pointer += size;
    }
    if (!json || !pointer || *pointer)
        return NULL;
    if (cJSON_IsString (json))
        return arena_text (arena, json->valuestring);
    return cJSON_IsNumber (json) ? arena_print (arena, "%.0f", json->valuedouble) : NULL;
}

static bool among (const int *list, size_t count, long status)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == status)
            return true;
    return false;
}

static bool is_permanent (const struct adapter_file *file, long status, const char *code)
{
    if (among (file->permanent, file->permanent_count, status))
        return true;
    for (size_t i = 0; code && i < file->permanent_code_count; i++)
        if (strcmp (file->permanent_codes[i], code) == 0)
            return true;
    return false;
}

struct adapter_answer adapter_file_judge (struct arena *arena, const struct adapter_file *file, long status, const char *got)
{
    const bool taken = file->accepted_count ? among (file->accepted, file->accepted_count, status) : status >= 200 && status < 300;
    cJSON *json = got ? cJSON_Parse (got) : NULL;
    const char *id = json && file->id_at ? adapter_pointed (arena, json, file->id_at) : NULL;
    const char *code = json && file->code_at ? adapter_pointed (arena, json, file->code_at) : NULL;

    cJSON_Delete (json);
    if (is_permanent (file, status, code))
        return (struct adapter_answer) { SENT_PERMANENT, arena_print (arena, "この宛先には届けられません（%ld）", status), NULL };
    if (!taken)
        return (struct adapter_answer) { SENT_TEMPORARY, arena_print (arena, "相手が受け付けませんでした（%ld）", status), NULL };
    if (file->id_at && (!id || !*id))
        return (struct adapter_answer) { SENT_TEMPORARY, "相手の応答を読み取れませんでした", NULL };
    return (struct adapter_answer) { file->receipts ? SENT_ACCEPTED : SENT_DELIVERED, NULL, id };
}

/* ---- handing over --------------------------------------------------------------------------------------------------------------------- */

static void file_begin (struct adapter *adapter, struct hand *hand)
{
    const struct adapter_file *file = adapter->state;
    const char *body = adapter_body (hand->arena, file, &hand->claim);

    if (!hand_open (hand, adapter_fill (hand->arena, file, &hand->claim, file->url, FILL_URL), "http,https"))
        return;
    hand_header (hand, file->form ? "Content-Type: application/x-www-form-urlencoded" : "Content-Type: application/json");
    for (size_t i = 0; i < file->header_count; i++)
        hand_header (hand, "%s", adapter_fill (hand->arena, file, &hand->claim, file->headers[i], FILL_HEADER));
    hand_post (hand, body, strlen (body));
    if (file->method)
        curl_easy_setopt (hand->easy, CURLOPT_CUSTOMREQUEST, file->method);
}

static void file_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    if (code != CURLE_OK)
        hand_answer (hand, SENT_TEMPORARY, code == CURLE_OPERATION_TIMEDOUT ? "相手から応答がありませんでした" : "相手につながりませんでした");
    else
        hand->answer = adapter_file_judge (hand->arena, adapter->state, status, hand->got);
}

const struct adapter_file *adapter_file_of (const struct adapter *adapter)
{
    return adapter->begin == file_begin ? adapter->state : NULL;
}

void adapter_forget (struct adapter *adapter)
{
    if (adapter_file_of (adapter))
        adapter_file_forget ((struct adapter_file *) adapter->state);
}

static int add_one (struct arena *arena, const char *path, struct adapters *adapters, struct error *err)
{
    struct adapter_file *file = arena_alloc (arena, sizeof *file);
    struct adapter adapter = { .begin = file_begin, .end = file_end, .state = file };
    const char *text = adapter_file_load (arena, path), *slash = strrchr (path, '/');

    if (!text)
        return fail (err, ERROR_TRY_LATER, NULL, "cannot read adapter file %s", path);
    if (adapter_file_read (arena, text, slash ? arena_copy (arena, path, (size_t) (slash - path)) : ".", file, &adapter.channels,
                           &adapter.pace.per_second, err) < 0)
        return -1;
    adapter.name = file->name;
    for (size_t i = 0; i < adapters->count; i++)
        if (strcmp (adapters->items[i].name, adapter.name) == 0)
            return fail (err, ERROR_TRY_LATER, NULL, "two adapters are named %s", adapter.name);
    if (adapters->count == ADAPTER_MOST)
        return fail (err, ERROR_TRY_LATER, NULL, "more than %d adapters", ADAPTER_MOST);
    adapters->items[adapters->count++] = adapter;
    return 0;
}

int adapter_files_add (struct arena *arena, const char *files, struct adapters *adapters, struct error *err)
{
    while (*files) {
        size_t size = strcspn (files, ",");

        if (size && add_one (arena, text_trim (arena, arena_copy (arena, files, size)), adapters, err) < 0)
            return -1;
        files += size + (files[size] == ',');
    }
    return 0;
}
