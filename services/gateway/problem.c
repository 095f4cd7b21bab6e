#include "problem.h"
#include <cjson/cJSON.h>
#include <strings.h>

/* ---- language --------------------------------------------------------------------------------------------------------------------- */

/* The q of one range, in thousandths. */
static int weight_of (const char *range, size_t size)
{
    const char *q = strstr (range, "q=");
    double weight = q && q < range + size ? strtod (q + 2, NULL) : 1;

    return weight > 0 && weight <= 1 ? (int) (weight * 1000) : 0;
}

enum language language_of (const char *accept_language)
{
    int japanese = 0, english = 0;

    for (const char *at = accept_language; at && *at;) {
        size_t size;

        at += strspn (at, " \t");
        size = strcspn (at, ",");
        if (strncasecmp (at, "ja", 2) == 0 && weight_of (at, size) > japanese)
            japanese = weight_of (at, size);
        if (strncasecmp (at, "en", 2) == 0 && weight_of (at, size) > english)
            english = weight_of (at, size);
        at += size + (at[size] == ',');
    }
    return english > japanese ? ENGLISH : JAPANESE;
}

/* ---- words ------------------------------------------------------------------------------------------------------------------------ */

static const struct error_words *words_of (const char *key)
{
    for (int i = 1; key && i < error_table_count; i++)
        if (strcmp (error_table[i].name, key) == 0)
            return &error_table[i];
    return &error_table[ERROR_BUG];
}

static const char *value_of (const struct reply_header *refusal, const char *name, size_t size, const char *trace)
{
    if (size == 5 && memcmp (name, "trace", 5) == 0)
        return trace;
    for (size_t i = 0; i < refusal->params.count; i++)
        if (strlen (refusal->params.items[i].name) == size && memcmp (refusal->params.items[i].name, name, size) == 0)
            return refusal->params.items[i].value;
    return "…";
}

/* Puts the parameters in: "あと{minutes}分" */
static const char *fill (struct arena *arena, const char *words, const struct reply_header *refusal, const char *trace)
{
    const char *text = "";

    while (*words) {
        size_t plain = strcspn (words, "{"), name = words[plain] ? strcspn (words + plain + 1, "}") : 0;

        if (!words[plain])
            return arena_print (arena, "%s%s", text, words);
        text = arena_print (arena, "%s%.*s%s", text, (int) plain, words, value_of (refusal, words + plain + 1, name, trace));
        words += plain + 1 + name + (words[plain + 1 + name] == '}');
    }
    return text;
}

static const char *words_in (struct arena *arena, const char *key, enum language language, const struct reply_header *refusal,
                             const char *trace)
{
    const struct error_words *words = words_of (key);

    return fill (arena, language == ENGLISH ? words->en : words->ja, refusal, trace);
}

const char *problem_words (struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace)
{
    return words_in (arena, refusal->key ? refusal->key : "bug", language, refusal, trace);
}

/* ---- status ----------------------------------------------------------------------------------------------------------------------- */

int problem_status (const struct reply_header *refusal, bool has_if_match)
{
    static const int statuses[] = {
        [ERROR_KIND_INVALID] = 400, [ERROR_KIND_FORBIDDEN] = 403, [ERROR_KIND_NOT_FOUND] = 404, [ERROR_KIND_CONFLICT] = 409,
        [ERROR_KIND_UNAVAILABLE] = 503, [ERROR_KIND_UNKNOWN] = 504, [ERROR_KIND_INTERNAL] = 500, [ERROR_KIND_UNAUTHENTICATED] = 401,
        [ERROR_KIND_TOO_MANY] = 429, [ERROR_KIND_PRECONDITION] = 428, [ERROR_KIND_REUSED] = 422, [ERROR_KIND_RUNNING] = 409,
    };
    size_t kind = (size_t) refusal->kind;
    bool moved_on = refusal->conflict || (refusal->key && strcmp (refusal->key, "moved_on") == 0);

    if (kind == 0 || kind >= sizeof statuses / sizeof *statuses)
        return 500;
    if (kind == ERROR_KIND_CONFLICT && has_if_match && moved_on)
        return 412;
    if (refusal->key && strcmp (refusal->key, "too_large") == 0)
        return 413;
    if (refusal->key && strcmp (refusal->key, "media_type") == 0)
        return 415;
    return statuses[kind];
}

int problem_retry_after (const struct reply_header *refusal)
{
    for (size_t i = 0; i < refusal->params.count; i++)
        if (strcmp (refusal->params.items[i].name, "minutes") == 0)
            return 60 * (int) strtol (refusal->params.items[i].value, NULL, 10);
    return refusal->kind == ERROR_KIND_UNAVAILABLE || refusal->kind == ERROR_KIND_UNKNOWN || refusal->kind == ERROR_KIND_RUNNING ? 2
         : refusal->kind == ERROR_KIND_TOO_MANY ? 10 : 0;
}

/* ---- document --------------------------------------------------------------------------------------------------------------------- */

static void add_fields (cJSON *document, struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace)
{
    cJSON *list = cJSON_AddArrayToObject (document, "errors");

    for (size_t i = 0; i < refusal->fields.count; i++) {
        const struct field_error *field = &refusal->fields.items[i];
        cJSON *entry = cJSON_CreateObject ();

        cJSON_AddStringToObject (entry, "pointer", field->pointer);
        cJSON_AddStringToObject (entry, "key", field->key);
        cJSON_AddStringToObject (entry, "title", words_in (arena, field->key, language, refusal, trace));
        cJSON_AddItemToArray (list, entry);
    }
}

static cJSON *document_of (struct arena *arena, const struct reply_header *refusal, int status, enum language language, const char *trace,
                           const char *conflict)
{
    const char *key = refusal->key ? refusal->key : "bug";
    cJSON *document = cJSON_CreateObject ();

    cJSON_AddStringToObject (document, "type", arena_print (arena, "https://renkei.invalid/problems/%s", key));
    cJSON_AddStringToObject (document, "title", problem_words (arena, refusal, language, trace));
    cJSON_AddNumberToObject (document, "status", status);
    cJSON_AddStringToObject (document, "key", key);
    cJSON_AddStringToObject (document, "traceId", trace);
    if (refusal->fields.count)
        add_fields (document, arena, refusal, language, trace);
    if (conflict)
        cJSON_AddRawToObject (document, "conflict", conflict);
    return document;
}

struct bytes problem_render (struct arena *arena, const struct reply_header *refusal, int status, enum language language, const char *trace,
                             const char *conflict)
{
    cJSON *document = document_of (arena, refusal, status, language, trace, conflict);
    char *text = cJSON_PrintUnformatted (document);
    struct bytes bytes;

    if (!text)
        abort ();
    bytes = (struct bytes) { (unsigned char *) arena_text (arena, text), strlen (text) };
    cJSON_free (text);
    cJSON_Delete (document);
    return bytes;
}

struct reply_header refusal_of (struct arena *arena, const struct error *err)
{
    struct error_param *params = arena_alloc (arena, sizeof *params * (size_t) err->param_count + 1);
    struct field_error *fields = arena_alloc (arena, sizeof *fields * (size_t) err->field_count + 1);

    for (int i = 0; i < err->param_count; i++)
        params[i] = (struct error_param) { arena_text (arena, err->params[i].name), arena_text (arena, err->params[i].value) };
    for (int i = 0; i < err->field_count; i++)
        fields[i] = (struct field_error) { arena_text (arena, err->fields[i].pointer), error_table[err->fields[i].key].name };
    return (struct reply_header) {
        .kind = error_kind_of (err), .key = error_name_of (err),
        .params = { params, (size_t) err->param_count }, .fields = { fields, (size_t) err->field_count },
    };
}
