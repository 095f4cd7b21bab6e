#include <cjson/cJSON.h>
#include <math.h>
#include "codec_value.h"

/* 2^53 - 1: the largest whole number that every reader of JSON keeps. */
#define NUMBER_MOST 9007199254740991ll

static void read_object (const struct message_type *type, const cJSON *in, bool only_body, struct arena *arena, void *message,
                         const struct place *place, struct error *err);

static int read_number (const struct message_type *type, const cJSON *in, int64_t *ret, const struct place *place, struct error *err)
{
    if (!cJSON_IsNumber (in) || !isfinite (in->valuedouble) || in->valuedouble != floor (in->valuedouble))
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    if (fabs (in->valuedouble) > (double) NUMBER_MOST)
        return refuse_range (err, type, place, -NUMBER_MOST, NUMBER_MOST);
    *ret = (int64_t) in->valuedouble;
    return 0;
}

static int read_bytes (const struct message_type *type, const struct message_field *field, const cJSON *in, struct arena *arena,
                       struct bytes *ret, const struct place *place, struct error *err)
{
    if (!cJSON_IsString (in) || !base64_to (arena, in->valuestring, strlen (in->valuestring), ret))
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    if (ret->size > field->max_bytes)
        return refuse_most (err, ERROR_FIELD_TOO_LONG, type, place, field->max_bytes);
    return 0;
}

static void read_record (const struct message_type *type, const struct message_field *field, const cJSON *in, struct arena *arena, void *at,
                         const struct place *place, struct error *err)
{
    void *record = field->max_items ? at : arena_alloc (arena, field->record->size);

    if (!field->max_items)
        *(const void **) at = record;
    if (!cJSON_IsObject (in))
        refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    else
        read_object (field->record, in, false, arena, record, place, err);
}

static void read_value (const struct message_type *type, const struct message_field *field, const cJSON *in, struct arena *arena, void *at,
                        const struct place *place, struct error *err)
{
    switch (field->type) {
    case FIELD_BOOL:
        if (cJSON_IsBool (in))
            *(bool *) at = cJSON_IsTrue (in);
        else
            refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
        return;
    case FIELD_I64:
        read_number (type, in, at, place, err);
        return;
    case FIELD_BYTES:
        read_bytes (type, field, in, arena, at, place, err);
        return;
    case FIELD_RECORD:
        read_record (type, field, in, arena, at, place, err);
        return;
    default:
        if (cJSON_IsString (in))
            value_from_text (type, field, in->valuestring, strlen (in->valuestring), arena, at, place, err);
        else
            refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    }
}

static void read_list (const struct message_type *type, const struct message_field *field, const cJSON *in, struct arena *arena,
                       struct any_list *ret, const struct place *place, struct error *err)
{
    size_t count = 0, i = 0;
    const cJSON *item;
    char *items;

    if (!cJSON_IsArray (in)) {
        refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
        return;
    }
    cJSON_ArrayForEach (item, in)
        count++;
    if (check_list_size (type, field, count, place, err) < 0)
        return;
    items = arena_alloc (arena, item_size (field) * count + 1);
    cJSON_ArrayForEach (item, in) {
        struct place here = { place, NULL, i };

        read_value (type, field, item, arena, items + i++ * item_size (field), &here, err);
    }
    *ret = (struct any_list) { items, count };
}

static void read_member (const struct message_type *type, const struct message_field *field, const cJSON *in, struct arena *arena,
                         void *message, const struct place *place, struct error *err)
{
    set_present (message, field);
    if (field->max_items)
        read_list (type, field, in, arena, slot (message, field), place, err);
    else
        read_value (type, field, in, arena, slot (message, field), place, err);
}

/* An unknown member is named in the answer only when it looks like a name; anything else might be somebody's data. */
static bool looks_like_name (const char *text)
{
    size_t size = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    return size > 0 && size <= 40 && text[size] == '\0';
}

static void read_object (const struct message_type *type, const cJSON *in, bool only_body, struct arena *arena, void *message,
                         const struct place *place, struct error *err)
{
    uint64_t seen = 0;
    const cJSON *member;

    cJSON_ArrayForEach (member, in) {
        const struct message_field *field = codec_field (type, member->string);
        struct place here = { place, field ? field->name : member->string, 0 };

        if (!field || (only_body && field->source != FROM_BODY)) {
            refuse (err, ERROR_FIELD_UNKNOWN, type, field || looks_like_name (member->string) ? &here : place);
            continue;
        }
        if (cJSON_IsNull (member))
            continue;
        seen |= (uint64_t) 1 << (field - type->fields);
        read_member (type, field, member, arena, message, &here, err);
    }
    check_seen (type, seen, only_body, place, err);
}

static void free_tree (cJSON **tree)
{
    cJSON_Delete (*tree);
}

int codec_json_read (const struct message_type *type, struct bytes in, struct arena *arena, void *message, struct error *err)
{
    __attribute__ ((cleanup (free_tree))) cJSON *tree = NULL;

    memset (err, 0, sizeof *err);
    if (json_check (in, err) < 0)
        return -1;
    tree = cJSON_ParseWithLength ((const char *) in.data, in.size);
    if (!tree)
        return fail (err, ERROR_MALFORMED, NULL, "%s: cJSON refused it", type->name);
    if (!cJSON_IsObject (tree))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "", "%s is not an object", type->name);
    read_object (type, tree, true, arena, message, NULL, err);
    return err->key ? -1 : 0;
}
