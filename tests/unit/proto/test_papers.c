/* What openapi.json and asyncapi.json say of a message is what the codec does: every sample the codec writes fits its schema, the fields
 * and requirements are the same, and whatever the schema refuses the codec refuses too, at the same place.  Run from the top of the tree.
 */
#include <cjson/cJSON.h>
#include <regex.h>
#include "codec_value.h"
#include "messages.h"
#include "sample.h"
#include "tap.h"

static cJSON *schemas;
static struct arena arena;

static cJSON *read_schemas (const char *path)
{
    FILE *file = fopen (path, "r");
    static char text[2000000];
    cJSON *paper, *found;

    if (!file)
        return NULL;
    text[fread (text, 1, sizeof text - 1, file)] = '\0';
    fclose (file);
    paper = cJSON_Parse (text);
    found = cJSON_DetachItemFromObject (cJSON_GetObjectItem (paper, "components"), "schemas");
    cJSON_Delete (paper);
    return found;
}

/* ---- as much of JSON Schema as the papers use; anything else is trouble ------------------------------------------------------------- */

static const char *fits (const cJSON *schema, const cJSON *value);

static bool matches (const char *pattern, const char *text)
{
    regex_t compiled;
    bool found;

    if (regcomp (&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    found = regexec (&compiled, text, 0, NULL, 0) == 0;
    regfree (&compiled);
    return found;
}

static const char *fits_format (const char *format, const char *text)
{
    static const struct { const char *format, *pattern; } rows[] = {
        { "uuid", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }, { "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        { "date-time", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$" },
    };

    for (size_t i = 0; i < 3; i++)
        if (strcmp (format, rows[i].format) == 0)
            return matches (rows[i].pattern, text) ? NULL : format;
    return "unknown format";
}

static size_t characters_in (const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char) *text & 0xC0) != 0x80;
    return count;
}

static const char *fits_enum (const cJSON *choices, const char *text)
{
    const cJSON *choice;

    cJSON_ArrayForEach (choice, choices)
        if (strcmp (choice->valuestring, text) == 0)
            return NULL;
    return "not one of the choices";
}

static const char *fits_string (const cJSON *schema, const cJSON *value)
{
    const cJSON *word;

    cJSON_ArrayForEach (word, schema) {
        const char *wrong = NULL;

        if (strcmp (word->string, "maxLength") == 0)
            wrong = characters_in (value->valuestring) > (size_t) word->valuedouble ? "too long" : NULL;
        else if (strcmp (word->string, "pattern") == 0)
            wrong = matches (word->valuestring, value->valuestring) ? NULL : "does not match";
        else if (strcmp (word->string, "format") == 0)
            wrong = fits_format (word->valuestring, value->valuestring);
        else if (strcmp (word->string, "enum") == 0)
            wrong = fits_enum (word, value->valuestring);
        else if (strcmp (word->string, "contentEncoding") != 0 && strcmp (word->string, "description") != 0
                 && strcmp (word->string, "type") != 0 && strncmp (word->string, "x-", 2) != 0)
            wrong = "a word of schemas this test does not know";
        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *fits_list (const cJSON *schema, const cJSON *value)
{
    const cJSON *item;

    if (cJSON_GetArraySize (value) > cJSON_GetObjectItem (schema, "maxItems")->valuedouble)
        return "too many items";
    cJSON_ArrayForEach (item, value) {
        const char *wrong = fits (cJSON_GetObjectItem (schema, "items"), item);

        if (wrong)
            return wrong;
    }
    return NULL;
}

static const char *fits_object (const cJSON *schema, const cJSON *value)
{
    const cJSON *properties = cJSON_GetObjectItem (schema, "properties"), *name, *member;

    cJSON_ArrayForEach (name, cJSON_GetObjectItem (schema, "required"))
        if (!cJSON_GetObjectItemCaseSensitive (value, name->valuestring))
            return name->valuestring;
    cJSON_ArrayForEach (member, value) {
        const cJSON *property = cJSON_GetObjectItemCaseSensitive (properties, member->string);
        const char *wrong = property ? fits (property, member) : "a member nobody declared";

        if (wrong)
            return wrong;
    }
    return NULL;
}

/* NULL, or what is wrong. */
static const char *fits (const cJSON *schema, const cJSON *value)
{
    const cJSON *reference = cJSON_GetObjectItem (schema, "$ref");
    const char *type;

    if (reference) {
        schema = cJSON_GetObjectItemCaseSensitive (schemas, strrchr (reference->valuestring, '/') + 1);
        if (!schema)
            return "a reference that leads nowhere";
    }
    type = cJSON_GetObjectItem (schema, "type")->valuestring;
    if (strcmp (type, "object") == 0)
        return cJSON_IsObject (value) ? fits_object (schema, value) : "not an object";
    if (strcmp (type, "array") == 0)
        return cJSON_IsArray (value) ? fits_list (schema, value) : "not a list";
    if (strcmp (type, "string") == 0)
        return cJSON_IsString (value) ? fits_string (schema, value) : "not a string";
    if (strcmp (type, "boolean") == 0)
        return cJSON_IsBool (value) ? NULL : "not a boolean";
    return strcmp (type, "integer") == 0 && cJSON_IsNumber (value) ? NULL : "not an integer";
}

/* ---- one message -------------------------------------------------------------------------------------------------------------------- */

static bool is_of_body (const struct message_field *field)
{
    return field->source == FROM_BODY && !(field->flags & IS_COOKIE);
}

/* What of the message goes over HTTP as JSON. */
static cJSON *body_of (const struct message_type *type, bool complete)
{
    struct bytes json;
    struct error err;
    cJSON *tree;

    if (codec_json_write (type, sample_message (type, complete, &arena), &arena, &json, &err) < 0)
        return NULL;
    tree = cJSON_Parse ((const char *) json.data);
    for (size_t i = 0; i < type->field_count; i++)
        if (!is_of_body (&type->fields[i]))
            cJSON_DeleteItemFromObjectCaseSensitive (tree, type->fields[i].name);
    return tree;
}

/* The pointer of the first refusal; "" when the message was read. */
static const char *refusal_of (const struct message_type *type, const cJSON *tree)
{
    static struct error err;
    char *text = cJSON_PrintUnformatted (tree);
    int rc = codec_json_read (type, (struct bytes){ (const unsigned char *)text, strlen (text) }, &arena, arena_alloc (&arena, type->size),
                              &err);

    free (text);
    return rc == 0 ? "" : err.field_count ? err.fields[0].pointer : "?";
}

static bool requires (const cJSON *schema, const char *name)
{
    const cJSON *word;

    cJSON_ArrayForEach (word, cJSON_GetObjectItem (schema, "required"))
        if (strcmp (word->valuestring, name) == 0)
            return true;
    return false;
}

static int differing_fields (const struct message_type *type, const cJSON *schema)
{
    const cJSON *properties = cJSON_GetObjectItem (schema, "properties");
    int wanted = 0, wrong = 0;

    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];

        if (!is_of_body (field))
            continue;
        wanted++;
        wrong += !cJSON_GetObjectItemCaseSensitive (properties, field->name)
                 || requires (schema, field->name) != ((field->flags & IS_REQUIRED) != 0);
    }
    return wrong + (cJSON_GetArraySize (properties) != wanted);
}

/* One slip made in a whole message: the schema refuses it, and so must the codec, at that field. */
static int unseen (const struct message_type *type, const cJSON *schema, cJSON *broken, const char *name)
{
    char *pointer = arena_print (&arena, "/%s", name);
    const char *said = refusal_of (type, broken);
    bool both = fits (schema, broken) && strncmp (said, pointer, strlen (pointer)) == 0;

    if (!both)
        note ("%s%s: the schema says \"%s\", the codec \"%s\"", type->name, pointer, fits (schema, broken) ? fits (schema, broken) : "fine",
              said);
    cJSON_Delete (broken);
    return !both;
}

static cJSON *with (const cJSON *whole, const char *name, cJSON *value)
{
    cJSON *changed = cJSON_Duplicate (whole, true);

    cJSON_DeleteItemFromObjectCaseSensitive (changed, name);
    if (value)
        cJSON_AddItemToObject (changed, name, value);
    return changed;
}

static cJSON *long_text (size_t size)
{
    char *text = arena_alloc (&arena, size + 1);

    memset (text, 'a', size);
    return cJSON_CreateString (text);
}

static int slips_in (const struct message_type *type, const cJSON *schema, const cJSON *whole, const struct message_field *field)
{
    const cJSON *property = cJSON_GetObjectItem (cJSON_GetObjectItem (schema, "properties"), field->name);
    const cJSON *most = cJSON_GetObjectItem (property, "maxItems"), *length = cJSON_GetObjectItem (property, "maxLength");
    int missed = 0;

    if (field->flags & IS_REQUIRED)
        missed += unseen (type, schema, with (whole, field->name, NULL), field->name);
    missed +=
        unseen (type, schema,
                with (whole, field->name, field->type == FIELD_BOOL && !field->max_items ? cJSON_CreateNumber (1) : cJSON_CreateTrue ()),
                field->name);
    if (most) {
        cJSON *list = cJSON_CreateArray (), *item = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (whole, field->name), 0);

        for (int i = 0; i <= most->valueint; i++)
            cJSON_AddItemToArray (list, cJSON_Duplicate (item, true));
        missed += unseen (type, schema, with (whole, field->name, list), field->name);
    }
    if (length)
        missed += unseen (type, schema, with (whole, field->name, long_text ((size_t) length->valuedouble + 1)), field->name);
    if (!field->max_items
        && (field->type == FIELD_ENUM || field->type == FIELD_UUID || field->type == FIELD_DATE || field->type == FIELD_TIME
            || field->type == FIELD_DECIMAL))
        missed += unseen (type, schema, with (whole, field->name, cJSON_CreateString ("no such thing")), field->name);
    return missed;
}

/* An answer with a cookie leaves without it, so that it cannot be read again. */
static bool has_cookie (const struct message_type *type)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].flags & IS_COOKIE)
            return true;
    return false;
}

static void paper_and_codec_agree (const struct message_type *type, const cJSON *schema)
{
    cJSON *whole = body_of (type, true), *least = body_of (type, false), *strange = cJSON_Duplicate (whole, true);
    const char *wrong = whole && least ? fits (schema, whole) : "is not written";
    int missed = 0;

    if (!ok (!wrong && !(wrong = fits (schema, least)), arena_print (&arena, "%s as the codec writes it fits its schema", type->name)))
        note ("%s", wrong);
    is_number (differing_fields (type, schema), 0, "...which has the same fields, required alike");
    cJSON_AddTrueToObject (strange, "strange");
    missed += strcmp (refusal_of (type, strange), "/strange") != 0;
    if (type->flags & IS_COMMAND)
        missed += !cJSON_IsFalse (cJSON_GetObjectItem (schema, "additionalProperties"));
    for (size_t i = 0; i < type->field_count; i++)
        if (is_of_body (&type->fields[i]) && !has_cookie (type))
            missed += slips_in (type, schema, whole, &type->fields[i]);
    is_number (missed, 0, "...and what the schema refuses the codec refuses at the same place");
    cJSON_Delete (whole);
    cJSON_Delete (least);
    cJSON_Delete (strange);
    arena_reset (&arena);
}

static int compare_all (const char *path, unsigned kinds)
{
    int compared = 0;

    schemas = read_schemas (path);
    ok (cJSON_IsObject (schemas), path);
    for (size_t i = 0; i < all_message_count; i++) {
        const cJSON *schema = cJSON_GetObjectItemCaseSensitive (schemas, all_messages[i]->name);

        if (schema && (!kinds || (all_messages[i]->flags & kinds))) {
            paper_and_codec_agree (all_messages[i], schema);
            compared++;
        }
    }
    cJSON_Delete (schemas);
    return compared;
}

int main (void)
{
    int events = 0;

    for (size_t i = 0; i < all_message_count; i++)
        events += (all_messages[i]->flags & IS_EVENT) != 0;
    ok (compare_all ("proto/openapi.json", 0) > 100, "more than a hundred messages were compared");
    is_number (compare_all ("proto/asyncapi.json", IS_EVENT), events, "every event was compared");
    arena_done (&arena);
    return done ();
}
