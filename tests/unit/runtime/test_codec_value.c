/* Single values: dates, times, uuids, numbers, decimals, base64, and texts from path, query and If-Match. */
#include "codec_value.h"
#include "messages.h"
#include "tap.h"

static void times_are_read (void)
{
    static const struct { const char *text; int64_t us;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "1970-01-01T09:00:00+09:00", 0 },
        { "1969-12-31T23:59:59.999999Z", -1 },
        { "2026-11-22T17:48:09.123456Z", 1795369689123456 },
        { "2026-11-23T02:48:09.123456+09:00", 1795369689123456 },
        { "2026-11-22t17:48:09z", 1795369689000000 },
        { "2024-02-29T23:59:59-00:30", 1709252999000000 },
        { "2026-11-22T17:48:09.1234567Z", 1795369689123456 },
        { "0001-01-01T00:00:00Z", TIME_LEAST },
        { "9999-12-31T23:59:59.999999Z", TIME_MOST },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = 1;

        ok (time_from_text (cases[i].text, strlen (cases[i].text), &got), cases[i].text);
        is_number (got, cases[i].us, "...is the right instant");
    }
}

static void odd_times_are_refused (void)
{
    static const char *const cases[] = {
        "",
        "2026-11-22",
        "2026-11-22T17:48:09",
        "2026-11-22 17:48:09Z",
        "2026-11-22T17:48Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T23:60:00Z",
        "2026-11-22T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-13-10T00:00:00Z",
        "2026-11-31T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "26-11-22T00:00:00Z",
        "2026-11-22T17:48:09+09",
        "2026-11-22T17:48:09+0900",
        "2026-11-22T17:48:09+99:00",
        "2026-11-22T17:48:09+09:60",
        "2026-11-22T17:48:09.Z",
        "2026-11-22T17:48:09.1234567890Z",
        "2026-11-22T17:48:09ZZ",
        " 2026-11-22T17:48:09Z",
        "2026-11-22T17:48:09Z ",
        "2026-11-22T1a:48:09Z",
        "+2026-11-22T17:48:09Z",
        "9999-12-31T23:59:59-01:00",
        "0001-01-01T00:00:00+09:00",
        "２０２６-11-22T17:48:09Z",
        "R8-11-22T17:48:09Z",
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got;

        if (!ok (!time_from_text (cases[i], strlen (cases[i]), &got), "an odd time is refused"))
            note ("%s", cases[i]);
    }
}

static void times_go_back_and_forth (void)
{
    static const int64_t cases[] = { 0, -1, 1, TIME_LEAST, TIME_MOST, 1795369689123456, 951782400000000, -62135596799999999 };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[40];
        int64_t got = 7;

        time_to_text (cases[i], text);
        ok (time_from_text (text, strlen (text), &got) && got == cases[i], "a written time reads as itself");
    }
}

static int set (const struct message_type *type, const char *field, const char *text, void *message, struct error *err)
{
    static struct arena arena;
    int rc;

    arena_reset (&arena);
    rc = codec_set_text (type, codec_field (type, field), text, &arena, message, err);
    return rc < 0 ? (int) err->key : 0;
}

static void single_texts_are_checked (void)
{
    struct sheet_section_update update = { 0 };
    struct alert_list list = { 0 };
    struct resolve resolve = { 0 };
    struct error err;

    is_number (set (&sheet_section_update_message, "section", "wishes", &update, &err), 0, "a choice by name");
    is_number (update.section, SHEET_SECTION_WISHES, "...is its number");
    is_number (set (&sheet_section_update_message, "section", "2", &update, &err), ERROR_FIELD_UNKNOWN_CHOICE,
               "a choice by number is refused");
    is (err.fields[0].pointer, "/section", "...and named");
    is_number (set (&sheet_section_update_message, "base_version", "12", &update, &err), 0, "a number");
    is_number (update.base_version, 12, "...is read");
    is_number (set (&sheet_section_update_message, "base_version", "", &update, &err), ERROR_FIELD_WRONG_TYPE, "no number is refused");
    is_number (set (&sheet_section_update_message, "base_version", "1x", &update, &err), ERROR_FIELD_WRONG_TYPE,
               "a number with a tail is refused");
    is_number (set (&sheet_section_update_message, "base_version", "+1", &update, &err), ERROR_FIELD_WRONG_TYPE, "a plus is refused");
    is_number (set (&sheet_section_update_message, "base_version", " 1", &update, &err), ERROR_FIELD_WRONG_TYPE, "a space is refused");
    is_number (set (&sheet_section_update_message, "base_version", "9223372036854775808", &update, &err), ERROR_FIELD_WRONG_TYPE,
               "2^63 is refused");
    is_number (set (&sheet_section_update_message, "patient_id", "x", &update, &err), ERROR_FIELD_WRONG_TYPE, "what is no uuid is refused");
    is_number (set (&sheet_section_update_message, "entries", "[]", &update, &err), ERROR_FIELD_WRONG_TYPE, "a list does not come as text");
    is_number (set (&alert_list_message, "open", "true", &list, &err), 0, "true");
    ok (list.has_open && list.open, "...marks the field as present");
    is_number (set (&alert_list_message, "open", "1", &list, &err), ERROR_FIELD_WRONG_TYPE, "1 is not true");
    is_number (set (&resolve_message, "at", "2026-11-22T17:48:09+09:00", &resolve, &err), 0, "an instant");
    ok (resolve.has_at && resolve.at == 1795337289000000, "...with its offset");
    is_number (set (&resolve_message, "at", "now", &resolve, &err), ERROR_DATE_INVALID, "now is no instant");
}

static void scalars_become_text (void)
{
    const struct alert_end end = { .alert_id = "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061" };
    const struct done answer = { .has_version = true, .version = -5 }, nothing = { 0 };
    char buffer[64];

    is (codec_text_of (alert_end_message.key, &end, buffer), end.alert_id, "a key is its text");
    is (codec_text_of (codec_field (&done_message, "version"), &answer, buffer), "-5", "a number is its digits");
    ok (!codec_text_of (codec_field (&done_message, "version"), &nothing, buffer), "an absent one is nothing");
}

static void required_fields_are_missed (void)
{
    const struct alert_end end = { .outcome = "" };
    struct error err;

    is_number (codec_check_required (&alert_end_message, &end, &err), -1, "a missing field is told");
    is (err.fields[0].pointer, "/alert_id", "...by name");
    is_number (err.field_count, 1, "an empty text is there");
}

static void base64_goes_back_and_forth (void)
{
    static const char *const wrong[] = { "A", "AA", "AAA", "A===", "AB==", "AAB=", "AA=A", "AA-_", "AA A", "====" };
    ARENA (arena);
    struct bytes got;
    int bad = 0;

    is (base64_from (&arena, (struct bytes) { (const unsigned char *) "f", 1 }), "Zg==", "RFC 4648: f");
    is (base64_from (&arena, (struct bytes) { (const unsigned char *) "fo", 2 }), "Zm8=", "RFC 4648: fo");
    is (base64_from (&arena, (struct bytes) { (const unsigned char *) "foobar", 6 }), "Zm9vYmFy", "RFC 4648: foobar");
    for (size_t size = 0; size < 40; size++) {
        unsigned char bytes[40];
        char *text;

        for (size_t i = 0; i < size; i++)
            bytes[i] = (unsigned char) (i * 37 + size);
        text = base64_from (&arena, (struct bytes) { bytes, size });
        bad += !base64_to (&arena, text, strlen (text), &got) || got.size != size || (size && memcmp (got.data, bytes, size) != 0);
    }
    is_number (bad, 0, "every length goes back and forth");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ok (!base64_to (&arena, wrong[i], strlen (wrong[i]), &got), "odd base64 is refused");
}

int main (void)
{
    times_are_read ();
    odd_times_are_refused ();
    times_go_back_and_forth ();
    single_texts_are_checked ();
    scalars_become_text ();
    required_fields_are_missed ();
    base64_goes_back_and_forth ();
    return done ();
}
