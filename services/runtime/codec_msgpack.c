#include <msgpack.h>
#include "codec_value.h"
#include "text.h"

/* ---- encode ----------------------------------------------------------------------------------------------------------------------- */

static int pack_message (const struct message_type *type, const void *message, msgpack_packer *out, const struct place *place,
                         struct error *err);

static void pack_text (msgpack_packer *out, const char *text)
{
    size_t size = strlen (text);

    msgpack_pack_str (out, size);
    msgpack_pack_str_body (out, text, size);
}

static int pack_checked_text (const struct message_type *type, const struct message_field *field, const char *text, msgpack_packer *out,
                              const struct place *place, struct error *err)
{
    if (!text)
        return refuse (err, ERROR_FIELD_MISSING, type, place);
    if (check_text (type, field, text, strlen (text), place, err) < 0)
        return -1;
    pack_text (out, text);
    return 0;
}

static int pack_choice (const struct message_type *type, const struct message_field *field, int number, msgpack_packer *out,
                        const struct place *place, struct error *err)
{
    const char *name = enum_name (field->choices, number);

    if (!name)
        return refuse (err, ERROR_FIELD_UNKNOWN_CHOICE, type, place);
    pack_text (out, name);
    return 0;
}

static int pack_bytes (const struct message_type *type, const struct message_field *field, const struct bytes *bytes, msgpack_packer *out,
                       const struct place *place, struct error *err)
{
    if (bytes->size > field->max_bytes)
        return refuse_most (err, ERROR_FIELD_TOO_LONG, type, place, field->max_bytes);
    msgpack_pack_bin (out, bytes->size);
    msgpack_pack_bin_body (out, bytes->data, bytes->size);
    return 0;
}

/* One value; at points to the member or the list's item. */
static int pack_value (const struct message_type *type, const struct message_field *field, const void *at, msgpack_packer *out,
                       const struct place *place, struct error *err)
{
    switch (field->type) {
    case FIELD_BOOL:
        *(const bool *) at ? msgpack_pack_true (out) : msgpack_pack_false (out);
        return 0;
    case FIELD_TIME:
        if (check_time (type, *(const int64_t *) at, place, err) < 0)
            return -1;
        msgpack_pack_int64 (out, *(const int64_t *) at);
        return 0;
    case FIELD_I64:
        msgpack_pack_int64 (out, *(const int64_t *) at);
        return 0;
    case FIELD_ENUM:
        return pack_choice (type, field, *(const int *) at, out, place, err);
    case FIELD_BYTES:
        return pack_bytes (type, field, at, out, place, err);
    case FIELD_RECORD:
        return pack_message (field->record, field->max_items ? at : *(const void *const *) at, out, place, err);
    default:
        return pack_checked_text (type, field, *(const char *const *) at, out, place, err);
    }
}

static int pack_list (const struct message_type *type, const struct message_field *field, const struct any_list *list, msgpack_packer *out,
                      const struct place *place, struct error *err)
{
    size_t count = list->items ? list->count : 0;

    if (check_list_size (type, field, count, place, err) < 0)
        return -1;
    msgpack_pack_array (out, count);
    for (size_t i = 0; i < count; i++) {
        struct place here = { place, NULL, i };

        if (pack_value (type, field, (const char *) list->items + i * item_size (field), out, &here, err) < 0)
            return -1;
    }
    return 0;
}

static bool goes_out (const struct message_field *field, const void *message)
{
    return codec_is_present (field, message) || (field->max_items && (field->flags & IS_REQUIRED));
}

static int pack_message (const struct message_type *type, const void *message, msgpack_packer *out, const struct place *place,
                         struct error *err)
{
    size_t count = 0;

    for (size_t i = 0; i < type->field_count; i++)
        count += goes_out (&type->fields[i], message);
    msgpack_pack_map (out, count);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        struct place here = { place, field->name, 0 };

        if (!goes_out (field, message)) {
            if (field->flags & IS_REQUIRED)
                return refuse (err, ERROR_FIELD_MISSING, type, &here);
            continue;
        }
        pack_text (out, field->name);
        if (field->max_items ? pack_list (type, field, slot_of (message, field), out, &here, err) < 0
                             : pack_value (type, field, slot_of (message, field), out, &here, err) < 0)
            return -1;
    }
    return 0;
}

int codec_pack (const struct message_type *type, const void *message, struct arena *arena, struct bytes *ret, struct error *err)
{
    __attribute__ ((cleanup (msgpack_sbuffer_destroy))) msgpack_sbuffer buffer;
    msgpack_packer out;

    memset (err, 0, sizeof *err);
    msgpack_sbuffer_init (&buffer);
    msgpack_packer_init (&out, &buffer, msgpack_sbuffer_write);
    if (pack_message (type, message, &out, NULL, err) < 0)
        return -1;
    if (buffer.size > CODEC_MESSAGE_MAX)
        return fail (err, ERROR_TOO_LARGE, NULL, "%s: %zu bytes", type->name, buffer.size);
    *ret = (struct bytes) { (unsigned char *) arena_copy (arena, buffer.data, buffer.size), buffer.size };
    return 0;
}

/* ---- decode ----------------------------------------------------------------------------------------------------------------------- */

static int read_map (const struct message_type *type, const msgpack_object *in, struct arena *arena, void *message,
                     const struct place *place, struct error *err);

static int read_number (const struct message_type *type, const msgpack_object *in, int64_t *ret, const struct place *place,
                        struct error *err)
{
    if (in->type == MSGPACK_OBJECT_NEGATIVE_INTEGER) {
        *ret = in->via.i64;
        return 0;
    }
    if (in->type != MSGPACK_OBJECT_POSITIVE_INTEGER)
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    if (in->via.u64 > INT64_MAX)
        return refuse_range (err, type, place, INT64_MIN, INT64_MAX);
    *ret = (int64_t) in->via.u64;
    return 0;
}

static int read_bytes (const struct message_type *type, const struct message_field *field, const msgpack_object *in, struct arena *arena,
                       struct bytes *ret, const struct place *place, struct error *err)
{
    if (in->type != MSGPACK_OBJECT_BIN)
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    if (in->via.bin.size > field->max_bytes)
        return refuse_most (err, ERROR_FIELD_TOO_LONG, type, place, field->max_bytes);
    *ret = (struct bytes) { (unsigned char *) arena_copy (arena, in->via.bin.ptr, in->via.bin.size), in->via.bin.size };
    return 0;
}

static int read_record (const struct message_field *field, const msgpack_object *in, struct arena *arena, void *at,
                        const struct place *place, struct error *err)
{
    void *record = field->max_items ? at : arena_alloc (arena, field->record->size);

    if (!field->max_items)
        *(const void **) at = record;
    return read_map (field->record, in, arena, record, place, err);
}

static int read_value (const struct message_type *type, const struct message_field *field, const msgpack_object *in, struct arena *arena,
                       void *at, const struct place *place, struct error *err)
{
    switch (field->type) {
    case FIELD_BOOL:
        if (in->type != MSGPACK_OBJECT_BOOLEAN)
            return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
        *(bool *) at = in->via.boolean;
        return 0;
    case FIELD_I64:
        return read_number (type, in, at, place, err);
    case FIELD_TIME:
        return read_number (type, in, at, place, err) < 0 ? -1 : check_time (type, *(int64_t *) at, place, err);
    case FIELD_BYTES:
        return read_bytes (type, field, in, arena, at, place, err);
    case FIELD_RECORD:
        return read_record (field, in, arena, at, place, err);
    default:
        if (in->type != MSGPACK_OBJECT_STR)
            return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
        return value_from_text (type, field, in->via.str.ptr, in->via.str.size, arena, at, place, err);
    }
}

static int read_list (const struct message_type *type, const struct message_field *field, const msgpack_object *in, struct arena *arena,
                      struct any_list *ret, const struct place *place, struct error *err)
{
    char *items;

    if (in->type != MSGPACK_OBJECT_ARRAY)
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    if (check_list_size (type, field, in->via.array.size, place, err) < 0)
        return -1;
    items = arena_alloc (arena, item_size (field) * in->via.array.size + 1);
    for (uint32_t i = 0; i < in->via.array.size; i++) {
        struct place here = { place, NULL, i };

        if (read_value (type, field, &in->via.array.ptr[i], arena, items + i * item_size (field), &here, err) < 0)
            return -1;
    }
    *ret = (struct any_list) { items, in->via.array.size };
    return 0;
}

/* The field of that name, looked for from `expected` on: keys mostly come in the order of the declaration. */
static size_t find_from (const struct message_type *type, const msgpack_object_str *key, size_t expected)
{
    for (size_t i = 0; i < type->field_count; i++) {
        size_t at = (expected + i) % type->field_count;
        const char *name = type->fields[at].name;

        if (strlen (name) == key->size && memcmp (name, key->ptr, key->size) == 0)
            return at;
    }
    return SIZE_MAX;
}

static int read_field (const struct message_type *type, size_t i, const msgpack_object *in, struct arena *arena, void *message,
                       const struct place *place, struct error *err)
{
    const struct message_field *field = &type->fields[i];
    struct place here = { place, field->name, 0 };

    set_present (message, field);
    if (field->max_items)
        return read_list (type, field, in, arena, slot (message, field), &here, err);
    return read_value (type, field, in, arena, slot (message, field), &here, err);
}

static int read_map (const struct message_type *type, const msgpack_object *in, struct arena *arena, void *message,
                     const struct place *place, struct error *err)
{
    uint64_t seen = 0;
    size_t expected = 0;

    if (in->type != MSGPACK_OBJECT_MAP)
        return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    memset (message, 0, type->size);
    for (uint32_t i = 0; i < in->via.map.size; i++) {
        const msgpack_object_kv *pair = &in->via.map.ptr[i];
        size_t at = find_from (type, &pair->key.via.str, expected);

        if (at == SIZE_MAX)
            continue;
        expected = at + 1;
        seen |= (uint64_t) 1 << at;
        if (read_field (type, at, &pair->val, arena, message, place, err) < 0)
            return -1;
    }
    return check_seen (type, seen, false, place, err);
}

int codec_unpack (const struct message_type *type, struct bytes in, struct arena *arena, void *ret_message, struct error *err)
{
    __attribute__ ((cleanup (msgpack_unpacked_destroy))) msgpack_unpacked unpacked;
    size_t used = 0;

    msgpack_unpacked_init (&unpacked);
    memset (err, 0, sizeof *err);
    if (codec_check (in, err) < 0)
        return -1;
    if (msgpack_unpack_next (&unpacked, (const char *) in.data, in.size, &used) != MSGPACK_UNPACK_SUCCESS)
        return fail (err, ERROR_MALFORMED, NULL, "%s: msgpack-c refused it", type->name);
    return read_map (type, &unpacked.data, arena, ret_message, NULL, err);
}
