/* Whatever bytes arrive, a message either decodes completely or not at all; what is refused is named. */
#include <msgpack.h>
#include "messages.h"
#include "sample.h"
#include "tap.h"

#define PATIENT "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061"

static const struct sheet_section_update sample = {
    .patient_id = PATIENT, .section = SHEET_SECTION_CONDITION, .base_version = 3,
    .entries = { (const struct sheet_entry[]) {
        { .item = SHEET_ITEM_MEDICATION_TAKING, .text = "朝食後に変更", .recorded_on = "2026-11-22" },
        { .item = SHEET_ITEM_CONDITION_NOW, .text = "" } }, 2 },
    .has_urgent = true, .urgent = false,
};

static void every_field_survives (void)
{
    ARENA (arena);
    struct sheet_section_update got;
    struct bytes bytes;
    struct error err;

    is_number (codec_pack (&sheet_section_update_message, &sample, &arena, &bytes, &err), 0, "it encodes");
    is_number (codec_unpack (&sheet_section_update_message, bytes, &arena, &got, &err), 0, "it decodes");
    is (got.patient_id, PATIENT, "a uuid survives");
    is_number (got.section, SHEET_SECTION_CONDITION, "an enum survives");
    is_number (got.base_version, 3, "a number survives");
    is_number ((int64_t) got.entries.count, 2, "a list of records survives");
    is (got.entries.items[0].text, "朝食後に変更", "...with its Japanese text");
    is (got.entries.items[0].recorded_on, "2026-11-22", "...and date");
    is (got.entries.items[1].text, "", "an empty text is not an absent one");
    ok (!got.entries.items[1].heard_by, "an absent text stays absent");
    ok (got.has_urgent && !got.urgent, "an optional false is not an absent one");
}

static void no_shorter_message_decodes (void)
{
    ARENA (arena);
    struct bytes bytes;
    struct error err;
    int accepted = 0;

    codec_pack (&sheet_section_update_message, &sample, &arena, &bytes, &err);
    for (size_t cut = 0; cut < bytes.size; cut++) {
        struct sheet_section_update got;
        unsigned char *piece = malloc (cut + 1);

        memcpy (piece, bytes.data, cut);
        accepted += codec_unpack (&sheet_section_update_message, (struct bytes) { piece, cut }, &arena, &got, &err) == 0;
        free (piece);
    }
    is_number (accepted, 0, "no cut-off message is accepted");
}

/* Packs, with `change` made, and says where the encoder refused; "" when it did not. */
static const char *refused_at (const struct sheet_section_update *message, enum error_key *ret_key)
{
    static struct error err;
    ARENA (arena);
    struct bytes bytes;

    if (codec_pack (&sheet_section_update_message, message, &arena, &bytes, &err) == 0)
        return "";
    *ret_key = err.key;
    return err.fields[0].pointer;
}

static void the_encoder_checks_too (void)
{
    static char long_text[2002];
    struct sheet_entry entry = { .item = SHEET_ITEM_MEAL };
    struct sheet_section_update wrong = sample;
    enum error_key key = 0;

    wrong.patient_id = "0190A3B4-5c6d-7e8f-9a0b-1c2d3e4f5061";
    is (refused_at (&wrong, &key), "/patient_id", "a uuid in capitals is refused");
    wrong = sample;
    wrong.section = (enum sheet_section) 99;
    is (refused_at (&wrong, &key), "/section", "an unknown choice is refused");
    is_number (key, ERROR_FIELD_UNKNOWN_CHOICE, "...as such");
    wrong = sample;
    wrong.patient_id = NULL;
    is (refused_at (&wrong, &key), "/patient_id", "a missing field is refused");
    is_number (key, ERROR_FIELD_MISSING, "...as such");
    wrong = sample;
    wrong.entries.items = &entry;
    wrong.entries.count = 1;
    memset (long_text, 'a', 2001);
    entry.text = long_text;
    is (refused_at (&wrong, &key), "/entries/0/text", "a text of 2001 bytes is refused, by its place");
    is_number (key, ERROR_FIELD_TOO_LONG, "...as such");
    entry.text = "a\xff";
    is (refused_at (&wrong, &key), "/entries/0/text", "text that is not UTF-8 is refused");
    entry = (struct sheet_entry) { .item = SHEET_ITEM_MEAL, .recorded_on = "2026-02-29" };
    is (refused_at (&wrong, &key), "/entries/0/recorded_on", "the 29th of February 2026 is refused");
    wrong.entries.items = NULL;
    is (refused_at (&wrong, &key), "", "a required list that was left out goes as an empty one");
}

/* ---- hand-made maps ---------------------------------------------------------------------------------------------------------------- */

/* {"position": VALUE}, decoded as feed_read. */
static enum error_key position_of (const char *value, size_t size, int64_t *ret)
{
    ARENA (arena);
    unsigned char bytes[64] = "\x81\xa8position";
    struct feed_read got = { 0 };
    struct error err;

    memcpy (bytes + 10, value, size);
    if (codec_unpack (&feed_read_message, (struct bytes) { bytes, size + 10 }, &arena, &got, &err) < 0)
        return err.key;
    *ret = got.position;
    return 0;
}

#define position(value, ret) position_of (value, sizeof value - 1, ret)

static void numbers_keep_their_range (void)
{
    int64_t got = 0;

    ok (position ("\x07", &got) == 0 && got == 7, "a small number");
    ok (position ("\xd3\x80\x00\x00\x00\x00\x00\x00\x00", &got) == 0 && got == INT64_MIN, "the least i64");
    ok (position ("\xcf\x7f\xff\xff\xff\xff\xff\xff\xff", &got) == 0 && got == INT64_MAX, "the largest i64");
    is_number (position ("\xcf\x80\x00\x00\x00\x00\x00\x00\x00", &got), ERROR_FIELD_OUT_OF_RANGE, "2^63 is refused");
    is_number (position ("\xcf\xff\xff\xff\xff\xff\xff\xff\xff", &got), ERROR_FIELD_OUT_OF_RANGE, "2^64 - 1 is refused");
    is_number (position ("\xca\x3f\x80\x00\x00", &got), ERROR_FIELD_WRONG_TYPE, "a float is refused, even 1.0");
    is_number (position ("\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", &got), ERROR_FIELD_WRONG_TYPE, "infinity is refused");
    is_number (position ("\xa1\x37", &got), ERROR_FIELD_WRONG_TYPE, "a text is refused");
    is_number (position ("\xc3", &got), ERROR_FIELD_WRONG_TYPE, "a boolean is refused");
    is_number (position ("\xc0", &got), ERROR_FIELD_WRONG_TYPE, "nil is refused");
    is_number (position ("\x91\x07", &got), ERROR_FIELD_WRONG_TYPE, "a list is refused");
}

static int unpack (const struct message_type *type, const char *data, size_t size, void *ret, struct error *err)
{
    ARENA (arena);

    return codec_unpack (type, (struct bytes) { (const unsigned char *) data, size }, &arena, ret, err);
}

static void unknown_keys_are_ignored (void)
{
    static const char newer[] = "\x83\xa5newer\x81\xa1" "a\x93\x01\x02\x03\xa8position\x07\xa6newest\xcb\x40\x09\x21\xfb\x54\x44\x2d\x18";
    static const char none[] = "\x81\xa5newer\x01";
    struct feed_read got;
    struct error err;

    is_number (unpack (&feed_read_message, newer, sizeof newer - 1, &got, &err), 0, "keys of a newer version are ignored");
    is_number (got.position, 7, "...the known one is read");
    is_number (unpack (&feed_read_message, none, sizeof none - 1, &got, &err), -1, "a message without its required field is refused");
    is (err.fields[0].pointer, "/position", "...and named");
    is_number (err.key, ERROR_FIELD_MISSING, "...as missing");
    is_number (unpack (&feed_read_message, "\x91\x01", 2, &got, &err), -1, "a list instead of a message is refused");
}

static void lists_and_bytes_have_limits (void)
{
    ARENA (arena);
    const char *uuids[61];
    struct bytes bytes;
    struct error err;
    struct rotation_put many = *(const struct rotation_put *) sample_message (&rotation_put_message, true, &arena);
    struct upload_part part = { .upload_id = PATIENT, .bytes = { (const unsigned char *) "", 0 } }, got;

    for (int i = 0; i < 61; i++)
        uuids[i] = PATIENT;
    many.members = (struct text_list) { uuids, 60 };
    is_number (codec_pack (&rotation_put_message, &many, &arena, &bytes, &err), 0, "60 of at most 60 items are accepted");
    many.members.count = 61;
    is_number (codec_pack (&rotation_put_message, &many, &arena, &bytes, &err), -1, "61 are refused");
    is_number (err.key, ERROR_LIST_TOO_LONG, "...as too many");
    is (err.params[0].value, "60", "...with the limit");
    is_number (codec_pack (&upload_part_message, &part, &arena, &bytes, &err), 0, "no bytes are bytes");
    is_number (codec_unpack (&upload_part_message, bytes, &arena, &got, &err), 0, "...and come back");
    ok (got.bytes.data && got.bytes.size == 0, "...as none, but present");
    part.bytes = (struct bytes) { arena_alloc (&arena, 262145), 262145 };
    is_number (codec_pack (&upload_part_message, &part, &arena, &bytes, &err), -1, "one byte more than declared is refused");
}

static void every_message_survives_every_cut (void)
{
    int wrong = 0;

    for (size_t i = 0; i < all_message_count; i++) {
        ARENA (arena);
        struct bytes bytes;
        struct error err;
        void *got = arena_alloc (&arena, all_messages[i]->size);

        if (codec_pack (all_messages[i], sample_message (all_messages[i], true, &arena), &arena, &bytes, &err) < 0)
            wrong++;
        for (size_t cut = 0; cut < bytes.size; cut += 1 + cut / 64)
            wrong += codec_unpack (all_messages[i], (struct bytes) { bytes.data, cut }, &arena, got, &err) == 0;
    }
    is_number (wrong, 0, "no message of any type is accepted when cut off");
}

int main (void)
{
    every_field_survives ();
    no_shorter_message_decodes ();
    the_encoder_checks_too ();
    numbers_keep_their_range ();
    unknown_keys_are_ignored ();
    lists_and_bytes_have_limits ();
    every_message_survives_every_cut ();
    return done ();
}
