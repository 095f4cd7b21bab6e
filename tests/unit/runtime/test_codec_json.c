/* JSON at the front door: the grammar (a table in the manner of JSONTestSuite: y_ must be accepted, n_ must be refused), then our fields.
 */
#include "messages.h"
#include "tap.h"

#define PATIENT "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061"

static struct error last;

/* Reads `json` as feed_read, which has one field: position.  Unknown members are refused after the grammar, with another key. */
static enum error_key read_feed (const char *json, size_t size, int64_t *ret)
{
    ARENA (arena);
    struct feed_read got = { 0 };
    unsigned char *exact = malloc (size + 1);
    int rc;

    memcpy (exact, json, size);
    rc = codec_json_read (&feed_read_message, (struct bytes) { exact, size }, &arena, &got, &last);
    free (exact);
    *ret = got.position;
    return rc < 0 ? last.key : 0;
}

static bool is_grammar (enum error_key key)
{
    return key == ERROR_MALFORMED || key == ERROR_FIELD_NOT_UTF8 || key == ERROR_TOO_DEEP || key == ERROR_FIELD_TWICE
           || key == ERROR_TOO_LARGE;
}

#define SAMPLE(text) { text, sizeof text - 1 }
struct sample { const char *text; size_t size; };

/* Each stands as the value of an unknown member: {"x":…}; well formed ones get as far as being unknown. */
static const struct sample well_formed[] = {
    SAMPLE ("null"),
    SAMPLE ("true"),
    SAMPLE ("false"),
    SAMPLE ("0"),
    SAMPLE ("-0"),
    SAMPLE ("-1"),
    SAMPLE ("123"),
    SAMPLE ("1.5"),
    SAMPLE ("1e2"),
    SAMPLE ("1E+2"),
    SAMPLE ("1e-2"),
    SAMPLE ("0e1"),
    SAMPLE ("-0.1"),
    SAMPLE ("123.456e78"),
    SAMPLE ("\"\""),
    SAMPLE ("\"a\""),
    SAMPLE ("\"\\n\\\"\\\\\\/\\b\\f\\r\\t\""),
    SAMPLE ("\"\\u0060\""),
    SAMPLE ("\"\\uD801\\uDC37\""),
    SAMPLE ("\"\\u00e9\""),
    SAMPLE ("\"\xe6\x97\xa5\""),
    SAMPLE ("\"\xf0\xa0\xae\xb7\""),
    SAMPLE ("\"\x7f\""),
    SAMPLE ("[]"),
    SAMPLE ("[ ]"),
    SAMPLE ("{}"),
    SAMPLE ("{ }"),
    SAMPLE ("[1,2]"),
    SAMPLE ("[1 ,\n2\t]"),
    SAMPLE ("{\"a\":{},\"b\":[]}"),
    SAMPLE ("[[[[[[[]]]]]]]"),
    SAMPLE (" 1 "),
    SAMPLE ("\"\\\\u0000\""),
    SAMPLE ("\"/* no comment */\""),
    SAMPLE ("\"\xef\xbf\xbf\""),
    SAMPLE ("[{\"a\":1},{\"a\":2}]"),
};

static const struct sample broken[] = {
    SAMPLE (""),
    SAMPLE ("nul"),
    SAMPLE ("True"),
    SAMPLE ("nan"),
    SAMPLE ("NaN"),
    SAMPLE ("Infinity"),
    SAMPLE ("-"),
    SAMPLE ("-a"),
    SAMPLE ("01"),
    SAMPLE ("-01"),
    SAMPLE ("1."),
    SAMPLE (".1"),
    SAMPLE ("-.1"),
    SAMPLE ("1.e1"),
    SAMPLE ("1e"),
    SAMPLE ("1e+"),
    SAMPLE ("1eE2"),
    SAMPLE ("+1"),
    SAMPLE ("0x1"),
    SAMPLE ("1 2"),
    SAMPLE ("1_000"),
    SAMPLE ("\xef\xbc\x91"),
    SAMPLE ("0.1.2"),
    SAMPLE ("--1"),
    SAMPLE ("1+2"),
    SAMPLE ("2.e3"),
    SAMPLE ("12345678901234567890123456789012345678901"),
    SAMPLE ("\""),
    SAMPLE ("\"a"),
    SAMPLE ("'a'"),
    SAMPLE ("a"),
    SAMPLE ("\"\\x00\""),
    SAMPLE ("\"\\a\""),
    SAMPLE ("\"\\\""),
    SAMPLE ("\"\\u00\""),
    SAMPLE ("\"\\u00g0\""),
    SAMPLE ("\"\\U0060\""),
    SAMPLE ("\"\\u0000\""),
    SAMPLE ("\"\\uD800\""),
    SAMPLE ("\"\\uDC00\""),
    SAMPLE ("\"\\uD800\\n\""),
    SAMPLE ("\"\\uD800\\uD800\""),
    SAMPLE ("\"\\uD800a\""),
    SAMPLE ("\"\n\""),
    SAMPLE ("\"\t\""),
    SAMPLE ("\"a\0b\""),
    SAMPLE ("\"\xff\""),
    SAMPLE ("\"\xc0\xaf\""),
    SAMPLE ("\"\xed\xa0\x80\""),
    SAMPLE ("\"\xe6\x97\""),
    SAMPLE ("\"\\\xe6\x97\xa5\""),
    SAMPLE ("["),
    SAMPLE ("]"),
    SAMPLE ("[1"),
    SAMPLE ("[1,"),
    SAMPLE ("[1,]"),
    SAMPLE ("[,1]"),
    SAMPLE ("[1,,2]"),
    SAMPLE ("[1}"),
    SAMPLE ("[1:2]"),
    SAMPLE ("[1 true]"),
    SAMPLE ("{"),
    SAMPLE ("{1:1}"),
    SAMPLE ("{a:1}"),
    SAMPLE ("{\"a\"}"),
    SAMPLE ("{\"a\":}"),
    SAMPLE ("{\"a\" 1}"),
    SAMPLE ("{\"a\"::1}"),
    SAMPLE ("{\"a\":1,}"),
    SAMPLE ("{\"a\":1,,\"b\":2}"),
    SAMPLE ("{\"a\":1 \"b\":2}"),
    SAMPLE ("{,\"a\":1}"),
    SAMPLE ("{\"a\":1]"),
    SAMPLE ("{\"a\":1,\"a\":1}"),
    SAMPLE ("{\"\\u0061\":1}"),
    SAMPLE ("{\"a\":1}}"),
    SAMPLE ("[[[[[[[[]]]]]]]]"),
    SAMPLE ("[[[[[[[1]]]]]]]]"),
    SAMPLE ("// a\n1"),
    SAMPLE ("/* a */ 1"),
    SAMPLE ("1 // a"),
    SAMPLE ("\v1"),
    SAMPLE ("\f1"),
    SAMPLE ("\xc2\xa0"
            "1"),
    SAMPLE ("\xef\xbb\xbf"
            "1"),
    SAMPLE ("\xe2\x80\xa8"
            "1"),
    SAMPLE ("<a>"),
    SAMPLE ("undefined"),
    SAMPLE ("1;"),
    SAMPLE ("\\u0031"),
    SAMPLE ("*"),
    SAMPLE ("@"),
    SAMPLE ("#"),
};

static enum error_key read_wrapped (const struct sample *sample)
{
    char json[200] = "{\"x\":";
    int64_t position;

    memcpy (json + 5, sample->text, sample->size);
    json[5 + sample->size] = '}';
    return read_feed (json, sample->size + 6, &position);
}

static void the_grammar_is_kept (void)
{
    for (size_t i = 0; i < sizeof well_formed / sizeof *well_formed; i++) {
        enum error_key key = read_wrapped (&well_formed[i]);

        if (!ok (key != 0 && !is_grammar (key), "a well-formed value is read"))
            note ("well formed: %s", well_formed[i].text);
    }
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        if (!ok (is_grammar (read_wrapped (&broken[i])), "a broken value is refused"))
            note ("broken: %s", broken[i].text);
}

static void the_whole_text_is_one_object (void)
{
    static const struct sample wrong[] = {
        SAMPLE (""),
        SAMPLE (" "),
        SAMPLE ("{\"position\":1}{}"),
        SAMPLE ("{\"position\":1} x"),
        SAMPLE ("{\"position\":1}\0"),
        SAMPLE ("\xef\xbb\xbf{\"position\":1}"),
        SAMPLE ("{\0\"\0p\0"),
        SAMPLE ("{\"position\":1},"),
        SAMPLE ("[1]"),
        SAMPLE ("1"),
        SAMPLE ("\"a\""),
        SAMPLE ("null"),
        SAMPLE ("{\"position\":1,\"position\":1}"),
    };
    int64_t position;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ok (read_feed (wrong[i].text, wrong[i].size, &position) != 0, "anything but one object is refused");
    ok (read_feed (" {\t\"position\" :\r\n1 } ", 21, &position) == 0 && position == 1, "white space around and inside is accepted");
}

static void numbers_are_whole_and_exact (void)
{
    static const struct { const char *json; enum error_key key; int64_t value;
    } cases[] = {
        { "{\"position\":9007199254740991}", 0, 9007199254740991 },
        { "{\"position\":-9007199254740991}", 0, -9007199254740991 },
        { "{\"position\":9007199254740992}", ERROR_FIELD_OUT_OF_RANGE, 0 },
        { "{\"position\":9223372036854775807}", ERROR_FIELD_OUT_OF_RANGE, 0 },
        { "{\"position\":18446744073709551616}", ERROR_FIELD_OUT_OF_RANGE, 0 },
        { "{\"position\":1e400}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{\"position\":1.5}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{\"position\":1.0}", 0, 1 },
        { "{\"position\":12e1}", 0, 120 },
        { "{\"position\":-0}", 0, 0 },
        { "{\"position\":\"1\"}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{\"position\":true}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{\"position\":null}", ERROR_FIELD_MISSING, 0 },
        { "{\"position\":[1]}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{\"position\":{}}", ERROR_FIELD_WRONG_TYPE, 0 },
        { "{}", ERROR_FIELD_MISSING, 0 },
        { "{\"Position\":1}", ERROR_FIELD_UNKNOWN, 0 },
        { "{\"__proto__\":1,\"position\":1}", ERROR_FIELD_UNKNOWN, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t position;
        enum error_key key = read_feed (cases[i].json, strlen (cases[i].json), &position);

        if (!ok (key == cases[i].key && (key || position == cases[i].value), "a number is read exactly or refused"))
            note ("%s gave %d", cases[i].json, (int) key);
    }
}

static void a_size_limit (void)
{
    size_t size = CODEC_MESSAGE_MAX;
    char *json = malloc (size + 1);
    int64_t position;

    memset (json, ' ', size + 1);
    memcpy (json, "{\"position\":1}", 14);
    is_number (read_feed (json, size, &position), 0, "1 MiB is accepted");
    is_number (read_feed (json, size + 1, &position), ERROR_TOO_LARGE, "one byte more is refused");
    free (json);
}

/* ---- fields ----------------------------------------------------------------------------------------------------------------------- */

static int read_section (const char *json, struct arena *arena, struct sheet_section_update *ret)
{
    memset (ret, 0, sizeof *ret);
    return codec_json_read (&sheet_section_update_message, (struct bytes){ (const unsigned char *)json, strlen (json) }, arena, ret, &last);
}

static void fields_of_the_body_are_read (void)
{
    ARENA (arena);
    struct sheet_section_update got;

    is_number (
        read_section ("{\"entries\":[{\"item\":\"meal\",\"text\":\"\\u304a\\u304b\\u3086\\uD842\\uDFB7\",\"level\":null}],\"urgent\":true}",
                      &arena, &got),
        0, "the body is read");
    is (got.entries.items[0].text, "おかゆ𠮷", "escapes become characters");
    ok (got.has_urgent && got.urgent, "an optional field is there");
    is_number (got.entries.items[0].level, 0, "null is the same as absent");
    ok (!got.patient_id, "fields of the path are left alone");
    is_number (read_section ("{\"entries\":[],\"patient_id\":\"" PATIENT "\"}", &arena, &got), -1,
               "a field of the path is refused in the body");
    is (last.fields[0].pointer, "/patient_id", "...by name");
    is_number (last.key, ERROR_FIELD_UNKNOWN, "...as unknown there");
}

static void all_slips_are_told_at_once (void)
{
    ARENA (arena);
    struct sheet_section_update got;

    is_number (read_section ("{\"entries\":[{\"item\":\"soup\"},{\"text\":1},{\"item\":\"meal\",\"recorded_on\":\"2026-13-01\"}],"
                             "\"urgent\":\"yes\",\"extra\":1}",
                             &arena, &got),
               -1, "slips are refused");
    is_number (last.field_count, 6, "all six are told");
    is (last.fields[0].pointer, "/entries/0/item", "an unknown choice");
    is (last.fields[1].pointer, "/entries/1/text", "a number for a text");
    is (last.fields[2].pointer, "/entries/1/item", "a missing item");
    is (last.fields[3].pointer, "/entries/2/recorded_on", "a month that is none");
    is (last.fields[4].pointer, "/urgent", "a text for a boolean");
    is (last.fields[5].pointer, "/extra", "a member nobody knows");
    is_number (last.fields[3].key, ERROR_DATE_INVALID, "each with its own reason");
}

static void a_strange_name_is_not_repeated (void)
{
    ARENA (arena);
    struct sheet_section_update got;

    read_section ("{\"entries\":[],\"\xe4\xbd\x90\xe8\x97\xa4\":1}", &arena, &got);
    is (last.fields[0].pointer, "", "a member named by somebody's data is not echoed");
}

static void json_is_written (void)
{
    static const struct session_opened opened = {
        .session_token = "secret", .session_id = PATIENT, .person_id = PATIENT, .name = "\"川\\\n\x01", .idle_minutes = 15
    };
    static const struct emergency_report_answer answer = {
        .alert_id = PATIENT, .informed = INT64_MAX, .has_next_at = true, .next_at = 1767225599123456ll
    };
    ARENA (arena);
    struct bytes out;

    is_number (codec_json_write (&session_opened_message, &opened, &arena, &out, &last), 0, "an answer is written");
    is ((const char *)out.data,
        "{\"session_id\":\"" PATIENT "\",\"person_id\":\"" PATIENT "\",\"name\":\"\\\"川\\\\\\n\\u0001\",\"idle_minutes\":15}",
        "the cookie stays out, text is escaped, order is the declaration's");
    codec_json_write (&emergency_report_answer_message, &answer, &arena, &out, &last);
    is ((const char *)out.data,
        "{\"alert_id\":\"" PATIENT
        "\",\"asked\":[],\"informed\":9223372036854775807,\"next_at\":\"2025-12-31T23:59:59.123456Z\",\"incomplete\":[]}",
        "every digit is kept, required lists are there though empty, time is RFC 3339");
}

int main (void)
{
    the_grammar_is_kept ();
    the_whole_text_is_one_object ();
    numbers_are_whole_and_exact ();
    a_size_limit ();
    fields_of_the_body_are_read ();
    all_slips_are_told_at_once ();
    a_strange_name_is_not_repeated ();
    json_is_written ();
    return done ();
}
