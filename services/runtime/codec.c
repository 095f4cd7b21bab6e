/* codec.c - what both forms share: names, presence, single texts.  See codec_msgpack.c, codec_json.c for the two forms. */
#include "codec.h"
#include "codec_value.h"

const char *enum_name (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].name;
    return NULL;
}

int enum_number (const struct enum_type *type, const char *name)
{
    for (size_t i = 0; i < type->count; i++)
        if (strcmp (type->values[i].name, name) == 0)
            return type->values[i].number;
    return 0;
}

const struct message_field *codec_field (const struct message_type *type, const char *name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strcmp (type->fields[i].name, name) == 0)
            return &type->fields[i];
    return NULL;
}

bool codec_is_present (const struct message_field *field, const void *message)
{
    const void *value = slot_of (message, field);

    if (field->max_items)
        return ((const struct any_list *) value)->items != NULL;
    if (field->has_offset != SIZE_MAX)
        return *(const bool *) ((const char *) message + field->has_offset);
    switch (field->type) {
    case FIELD_BOOL:
    case FIELD_I64:
    case FIELD_TIME:
        return true;
    case FIELD_ENUM:
        return *(const int *) value != 0;
    case FIELD_BYTES:
        return ((const struct bytes *) value)->data != NULL;
    default:
        return *(const void *const *) value != NULL;
    }
}

const char *codec_text_of (const struct message_field *field, const void *message, char buffer[64])
{
    const void *value = slot_of (message, field);

    if (field->max_items || !codec_is_present (field, message))
        return NULL;
    switch (field->type) {
    case FIELD_BOOL:
        return *(const bool *) value ? "true" : "false";
    case FIELD_I64:
        snprintf (buffer, 64, "%lld", (long long) *(const int64_t *) value);
        return buffer;
    case FIELD_TIME:
        time_to_text (*(const int64_t *) value, buffer);
        return buffer;
    case FIELD_ENUM:
        return enum_name (field->choices, *(const int *) value);
    case FIELD_BYTES:
    case FIELD_RECORD:
        return NULL;
    default:
        return *(const char *const *) value;
    }
}

int codec_set_text (const struct message_type *type, const struct message_field *field, const char *text, struct arena *arena,
                    void *message, struct error *err)
{
    struct place here = { NULL, field->name, 0 };

    memset (err, 0, sizeof *err);
    if (field->max_items || field->type == FIELD_RECORD || field->type == FIELD_BYTES)
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, &here);
    if (value_from_text (type, field, text, strlen (text), arena, slot (message, field), &here, err) < 0)
        return -1;
    set_present (message, field);
    return 0;
}

int codec_check_required (const struct message_type *type, const void *message, struct error *err)
{
    uint64_t seen = 0;

    memset (err, 0, sizeof *err);
    for (size_t i = 0; i < type->field_count; i++)
        if (codec_is_present (&type->fields[i], message))
            seen |= (uint64_t) 1 << i;
    return check_seen (type, seen, false, NULL, err);
}
