/* sample.h - a message of any type with something in every field, made from its table: golden bytes, seeds of the fuzzers, round trips.
 *
 * The same type always gives the same message.  complete: false leaves optional fields out and lists empty.  Owned by the arena.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "codec.h"

static void *sample_message (const struct message_type *type, bool complete, struct arena *arena);

static inline const char *sample_text (const struct message_field *field, struct arena *arena)
{
    static const char japanese[] = "訪問看護の記録";

    switch (field->type) {
    case FIELD_UUID:
        return "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061";
    case FIELD_DATE:
        return "2026-02-28";
    case FIELD_DECIMAL:
        return "43.0621";
    default:
        return field->max_bytes >= sizeof japanese - 1
                   ? japanese
                   : arena_copy (arena, "123456789012345678", field->max_bytes < 18 ? field->max_bytes : 18);
    }
}

static inline void sample_value (const struct message_field *field, bool complete, size_t i, struct arena *arena, void *at)
{
    switch (field->type) {
    case FIELD_BOOL:
        *(bool *) at = true;
        return;
    case FIELD_I64:
        *(int64_t *) at = i ? -1 - (int64_t) i : 4102444800;
        return;
    case FIELD_TIME:
        *(int64_t *) at = 1767225599123456ll + (int64_t) i;
        return;
    case FIELD_ENUM:
        *(int *) at = field->choices->values[i % field->choices->count].number;
        return;
    case FIELD_BYTES:
        *(struct bytes *) at = (struct bytes) { (const unsigned char *) "\x00\xff\x80 bytes", 9 };
        return;
    case FIELD_RECORD:
        if (field->max_items) {
            void *record = sample_message (field->record, complete, arena);

            memcpy (at, record, field->record->size);
        }
        else
            *(const void **) at = sample_message (field->record, complete, arena);
        return;
    default:
        *(const char **) at = sample_text (field, arena);
    }
}

static inline size_t sample_item_size (const struct message_field *field)
{
    return field->type == FIELD_RECORD ? field->record->size : field->type == FIELD_ENUM ? sizeof (int) : sizeof (int64_t);
}

static inline void sample_list (const struct message_field *field, bool complete, struct arena *arena, void *at)
{
    struct { const void *items; size_t count; } *list = at;
    size_t count = !complete ? 0 : field->max_items < 2 ? field->max_items : 2;
    char *items = arena_alloc (arena, count * sample_item_size (field) + 1);

    for (size_t i = 0; i < count; i++)
        sample_value (field, complete, i, arena, items + i * sample_item_size (field));
    list->items = items;
    list->count = count;
}

static void *sample_message (const struct message_type *type, bool complete, struct arena *arena)
{
    char *message = arena_alloc (arena, type->size);

    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];

        if (!complete && !(field->flags & IS_REQUIRED))
            continue;
        if (field->has_offset != SIZE_MAX)
            *(bool *) (message + field->has_offset) = true;
        if (field->max_items)
            sample_list (field, complete, arena, message + field->offset);
        else
            sample_value (field, complete, 0, arena, message + field->offset);
    }
    return message;
}

#endif
