#include "codec_value.h"

/* Grows by doubling; the finished text moves into the arena. */
struct out { char *text; size_t size, room; };

static void free_out (struct out *out)
{
    free (out->text);
}

static void put (struct out *out, const char *bytes, size_t size)
{
    if (out->room - out->size < size) {
        size_t room = out->room ? 2 * out->room : 1024;

        while (room - out->size < size)
            room *= 2;
        out->text = realloc (out->text, room);
        if (!out->text)
            abort ();
        out->room = room;
    }
    memcpy (out->text + out->size, bytes, size);
    out->size += size;
}

static void put_plain (struct out *out, const char *text)
{
    put (out, text, strlen (text));
}

/* Quoted; escaped as RFC 8259 §7 asks for. */
static void put_text (struct out *out, const char *text)
{
    const char *begin = text;

    put (out, "\"", 1);
    for (; *text; text++) {
        char escape[8];

        if ((unsigned char) *text >= 0x20 && *text != '"' && *text != '\\')
            continue;
        put (out, begin, (size_t) (text - begin));
        begin = text + 1;
        if (*text == '\n')
            put_plain (out, "\\n");
        else if ((unsigned char) *text >= 0x20)
            put (out, (char[]) { '\\', *text }, 2);
        else {
            snprintf (escape, sizeof escape, "\\u%04x", (unsigned char) *text);
            put_plain (out, escape);
        }
    }
    put (out, begin, (size_t) (text - begin));
    put (out, "\"", 1);
}

static int write_message (const struct message_type *type, const void *message, struct out *out, struct arena *arena,
                          const struct place *place, struct error *err);

static int write_scalar (const struct message_type *type, const struct message_field *field, const void *at, struct out *out,
                         const struct place *place, struct error *err)
{
    const char *name;
    char text[40];

    switch (field->type) {
    case FIELD_BOOL:
        put_plain (out, *(const bool *) at ? "true" : "false");
        return 0;
    case FIELD_I64:
        snprintf (text, sizeof text, "%lld", (long long) *(const int64_t *) at);
        put_plain (out, text);
        return 0;
    case FIELD_TIME:
        if (check_time (type, *(const int64_t *) at, place, err) < 0)
            return -1;
        time_to_text (*(const int64_t *) at, text);
        put_text (out, text);
        return 0;
    case FIELD_ENUM:
        if (!(name = enum_name (field->choices, *(const int *) at)))
            return refuse (err, ERROR_FIELD_UNKNOWN_CHOICE, type, place);
        put_text (out, name);
        return 0;
    default:
        if (!*(const char *const *) at)
            return refuse (err, ERROR_FIELD_MISSING, type, place);
        put_text (out, *(const char *const *) at);
        return 0;
    }
}

static int write_value (const struct message_type *type, const struct message_field *field, const void *at, struct out *out,
                        struct arena *arena, const struct place *place, struct error *err)
{
    if (field->type == FIELD_RECORD)
        return write_message (field->record, field->max_items ? at : *(const void *const *) at, out, arena, place, err);
    if (field->type == FIELD_BYTES) {
        put_text (out, base64_from (arena, *(const struct bytes *) at));
        return 0;
    }
    return write_scalar (type, field, at, out, place, err);
}

static int write_list (const struct message_type *type, const struct message_field *field, const struct any_list *list, struct out *out,
                       struct arena *arena, const struct place *place, struct error *err)
{
    put (out, "[", 1);
    for (size_t i = 0; list->items && i < list->count; i++) {
        struct place here = { place, NULL, i };

        if (i > 0)
            put (out, ",", 1);
        if (write_value (type, field, (const char *) list->items + i * item_size (field), out, arena, &here, err) < 0)
            return -1;
    }
    put (out, "]", 1);
    return 0;
}

/* Required lists always go out; cookies never do. */
static bool goes_out (const struct message_field *field, const void *message)
{
    if (field->flags & IS_COOKIE)
        return false;
    return codec_is_present (field, message) || (field->max_items && (field->flags & IS_REQUIRED));
}

static int write_message (const struct message_type *type, const void *message, struct out *out, struct arena *arena,
                          const struct place *place, struct error *err)
{
    bool first = true;

    put (out, "{", 1);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        struct place here = { place, field->name, 0 };

        if (!goes_out (field, message)) {
            if ((field->flags & (IS_REQUIRED | IS_COOKIE)) == IS_REQUIRED)
                return refuse (err, ERROR_FIELD_MISSING, type, &here);
            continue;
        }
        if (!first)
            put (out, ",", 1);
        first = false;
        put_text (out, field->name);
        put (out, ":", 1);
        if (field->max_items ? write_list (type, field, slot_of (message, field), out, arena, &here, err) < 0
                             : write_value (type, field, slot_of (message, field), out, arena, &here, err) < 0)
            return -1;
    }
    put (out, "}", 1);
    return 0;
}

int codec_json_write (const struct message_type *type, const void *message, struct arena *arena, struct bytes *ret, struct error *err)
{
    __attribute__ ((cleanup (free_out))) struct out out = { 0 };

    memset (err, 0, sizeof *err);
    if (write_message (type, message, &out, arena, NULL, err) < 0)
        return -1;
    *ret = (struct bytes) { (unsigned char *) arena_copy (arena, out.text, out.size), out.size };
    return 0;
}
