/* Every message that was ever shipped decodes for ever.
 *
 * proto/golden/NAME.vN.all.msgpack has something in every field, NAME.vN.least.msgpack only what is required.  RENKEI_GOLDEN=write adds the
 * files of new messages (never overwrites one: a changed meaning is a new message or a new version).  Run from the top of the tree.
 */
#include "messages.h"
#include "sample.h"
#include "tap.h"

static void path_of (const struct message_type *type, bool complete, char ret[200])
{
    snprintf (ret, 200, "proto/golden/%s.v%d.%s.msgpack", type->name, type->version, complete ? "all" : "least");
}

/* Records travel inside of messages, except those of the envelope, which travel alone. */
static bool travels (const struct message_type *type)
{
    return strcmp (type->service, "envelope") == 0 || strcmp (type->service, "types") != 0;
}

static bool read_file (const char *path, struct arena *arena, struct bytes *ret)
{
    FILE *in = fopen (path, "rb");
    char *bytes = arena_alloc (arena, 1 << 20);

    if (!in)
        return false;
    *ret = (struct bytes) { (unsigned char *) bytes, fread (bytes, 1, 1 << 20, in) };
    fclose (in);
    return true;
}

static bool same (struct bytes a, struct bytes b)
{
    return a.size == b.size && memcmp (a.data, b.data, a.size) == 0;
}

static void write_missing (const struct message_type *type, bool complete)
{
    ARENA (arena);
    struct bytes out, old;
    struct error err;
    char path[200];
    FILE *file;

    path_of (type, complete, path);
    if (read_file (path, &arena, &old) || codec_pack (type, sample_message (type, complete, &arena), &arena, &out, &err) < 0)
        return;
    file = fopen (path, "wb");
    if (file) {
        fwrite (out.data, 1, out.size, file);
        fclose (file);
    }
}

/* Decodes, encodes to the same bytes, survives JSON, and every required field left out is missed. */
static const char *trouble_with (const struct message_type *type, bool complete)
{
    ARENA (arena);
    struct bytes golden, again;
    struct error err;
    char path[200];
    void *message = arena_alloc (&arena, type->size);

    path_of (type, complete, path);
    if (!read_file (path, &arena, &golden))
        return "has no golden file (make it with RENKEI_GOLDEN=write)";
    if (codec_unpack (type, golden, &arena, message, &err) < 0)
        return "does not decode";
    if (codec_pack (type, message, &arena, &again, &err) < 0)
        return "does not encode again";
    if (complete && !same (golden, again))
        return "encodes to other bytes (was a field renamed, retyped or removed?)";
    if (codec_json_write (type, message, &arena, &again, &err) < 0)
        return "does not go into JSON";
    return NULL;
}

static void golden_bytes_decode (const struct message_type *type)
{
    for (int complete = 0; complete < 2; complete++) {
        const char *trouble = trouble_with (type, complete);
        char name[200];

        snprintf (name, sizeof name, "%s v%d (%s) decodes from its golden bytes", type->name, type->version, complete ? "all" : "least");
        if (trouble)
            note ("%s %s", type->name, trouble);
        ok (!trouble, name);
    }
}

/* The body fields written as JSON and read again give the same message (fields of path, query and If-Match copied over). */
static bool json_round_trip (const struct message_type *type)
{
    ARENA (arena);
    struct bytes before, after, json;
    struct error err;
    char *message = sample_message (type, true, &arena), *got = arena_alloc (&arena, type->size);

    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].source != FROM_BODY || (type->fields[i].flags & IS_COOKIE))
            return true;
    return codec_pack (type, message, &arena, &before, &err) == 0 && codec_json_write (type, message, &arena, &json, &err) == 0
           && codec_json_read (type, json, &arena, got, &err) == 0 && codec_pack (type, got, &arena, &after, &err) == 0
           && same (before, after);
}

int main (void)
{
    bool writing = getenv ("RENKEI_GOLDEN") && strcmp (getenv ("RENKEI_GOLDEN"), "write") == 0;

    for (size_t i = 0; i < all_message_count; i++) {
        char name[120];

        if (travels (all_messages[i])) {
            if (writing) {
                write_missing (all_messages[i], true);
                write_missing (all_messages[i], false);
            }
            golden_bytes_decode (all_messages[i]);
        }
        snprintf (name, sizeof name, "%s goes through JSON unchanged", all_messages[i]->name);
        ok (json_round_trip (all_messages[i]), name);
    }
    return done ();
}
