/* Every type a field can have, at and over its limits, in both forms: what is refused, under which key, and where (JSON Pointer).
 *
 * The message is made by hand here, so that each type stands once as a value and once as a list, independent of what proto/ declares.
 */
#include "codec_value.h"
#include "tap.h"

struct inner { const char *word; bool has_n; int64_t n; };
struct inner_list { const struct inner *items; size_t count; };

struct every {
    bool flag;
    bool has_maybe;
    bool maybe;
    bool has_number;
    int64_t number;
    bool has_at;
    int64_t at;
    const char *text, *id, *day, *exact;
    struct bytes raw;
    int choice;
    const struct inner *one;
    struct text_list texts, ids, days;
    struct i64_list numbers, times;
    struct enum_list choices;
    struct inner_list many;
};

static const struct enum_value colours[] = { { "red", 1, "赤", "red" }, { "dark_red", 2, "暗赤", "dark red" }, { "blue", 7, "青", "blue" } };
static const struct enum_type colour = { "colour", colours, 3 };

#define PLAIN SIZE_MAX
#define AT(member) offsetof (struct every, member)
static const struct message_field inner_fields[] = {
    { "word", FIELD_TEXT, offsetof (struct inner, word), PLAIN, 3, 0, FROM_BODY, IS_REQUIRED, NULL, NULL },
    { "n", FIELD_I64, offsetof (struct inner, n), offsetof (struct inner, has_n), 0, 0, FROM_BODY, 0, NULL, NULL },
};
static const struct message_type inner_type = { "inner", "test", 1, sizeof (struct inner), inner_fields, 2, 0, NULL };
static const struct message_field fields[] = {
    { "flag", FIELD_BOOL, AT (flag), PLAIN, 0, 0, FROM_BODY, IS_REQUIRED, NULL, NULL },
    { "maybe", FIELD_BOOL, AT (maybe), AT (has_maybe), 0, 0, FROM_BODY, 0, NULL, NULL },
    { "number", FIELD_I64, AT (number), AT (has_number), 0, 0, FROM_BODY, 0, NULL, NULL },
    { "at", FIELD_TIME, AT (at), AT (has_at), 0, 0, FROM_BODY, 0, NULL, NULL },
    { "text", FIELD_TEXT, AT (text), PLAIN, 6, 0, FROM_BODY, 0, NULL, NULL },
    { "id", FIELD_UUID, AT (id), PLAIN, 0, 0, FROM_BODY, 0, NULL, NULL },
    { "day", FIELD_DATE, AT (day), PLAIN, 0, 0, FROM_BODY, 0, NULL, NULL },
    { "exact", FIELD_DECIMAL, AT (exact), PLAIN, 0, 0, FROM_BODY, 0, NULL, NULL },
    { "raw", FIELD_BYTES, AT (raw), PLAIN, 4, 0, FROM_BODY, 0, NULL, NULL },
    { "choice", FIELD_ENUM, AT (choice), PLAIN, 0, 0, FROM_BODY, 0, &colour, NULL },
    { "one", FIELD_RECORD, AT (one), PLAIN, 0, 0, FROM_BODY, 0, NULL, &inner_type },
    { "texts", FIELD_TEXT, AT (texts), PLAIN, 6, 2, FROM_BODY, 0, NULL, NULL },
    { "ids", FIELD_UUID, AT (ids), PLAIN, 0, 2, FROM_BODY, 0, NULL, NULL },
    { "days", FIELD_DATE, AT (days), PLAIN, 0, 2, FROM_BODY, 0, NULL, NULL },
    { "numbers", FIELD_I64, AT (numbers), PLAIN, 0, 3, FROM_BODY, 0, NULL, NULL },
    { "times", FIELD_TIME, AT (times), PLAIN, 0, 2, FROM_BODY, 0, NULL, NULL },
    { "choices", FIELD_ENUM, AT (choices), PLAIN, 0, 2, FROM_BODY, 0, &colour, NULL },
    { "many", FIELD_RECORD, AT (many), PLAIN, 0, 2, FROM_BODY, 0, NULL, &inner_type },
};
static const struct message_type every_type = { "every", "test", 1, sizeof (struct every), fields, 18, 0, NULL };

static struct arena arena;
static struct error last;

#define BYTES(text) { (const unsigned char *) text, sizeof text - 1 }

static struct bytes bytes_of (const char *text)
{
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

/* ---- JSON: {"flag":true,…} -------------------------------------------------------------------------------------------------------- */

static int read_json (const char *rest, struct every *ret)
{
    *ret = (struct every) { 0 };
    return codec_json_read (&every_type, bytes_of (arena_print (&arena, "{\"flag\":true,%s}", rest)), &arena, ret, &last);
}

#define ID "0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061"

static const struct { const char *json, *again; } good[] = {            /* again: what is written; NULL: the same */
    { "\"maybe\":false", NULL },
    { "\"number\":0", NULL },
    { "\"number\":-9007199254740991", NULL },
    { "\"number\":1e3", "\"number\":1000" },
    { "\"at\":\"1970-01-01T00:00:00Z\"", NULL },
    { "\"at\":\"2026-11-22T09:00:00.5+09:00\"", "\"at\":\"2026-11-22T00:00:00.500000Z\"" },
    { "\"at\":\"0001-01-01T00:00:00Z\"", NULL },
    { "\"at\":\"9999-12-31T23:59:59.999999Z\"", NULL },
    { "\"text\":\"\"", NULL },
    { "\"text\":\"看護\"", NULL },
    { "\"text\":\"\\ud842\\udfb7ab\"", "\"text\":\"𠮷ab\"" },
    { "\"text\":\"a\\u0001\\\"\\/\"", "\"text\":\"a\\u0001\\\"/\"" },
    { "\"id\":\"" ID "\"", NULL },
    { "\"day\":\"2024-02-29\"", NULL },
    { "\"day\":\"0001-01-01\"", NULL },
    { "\"exact\":\"-0.00\"", NULL },
    { "\"exact\":\"1234567890123456789012345678901234567890\"", NULL },
    { "\"raw\":\"\"", NULL },
    { "\"raw\":\"AP+A/w==\"", NULL },
    { "\"choice\":\"dark_red\"", NULL },
    { "\"one\":{\"word\":\"abc\",\"n\":0}", NULL },
    { "\"one\":{\"word\":\"\"}", NULL },
    { "\"texts\":[]", NULL },
    { "\"texts\":[\"\",\"看護\"]", NULL },
    { "\"ids\":[\"" ID "\"]", NULL },
    { "\"days\":[\"2026-01-01\",\"2026-01-01\"]", NULL },
    { "\"numbers\":[1,-1,9007199254740991]", NULL },
    { "\"times\":[\"1969-12-31T23:59:59.999999Z\"]", NULL },
    { "\"choices\":[\"blue\",\"blue\"]", NULL },
    { "\"many\":[{\"word\":\"a\"},{\"word\":\"b\",\"n\":2}]", NULL },
    { "\"text\":null,\"many\":null,\"choice\":null,\"number\":null", "" },
};

static void what_is_read_is_written (void)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const char *again = good[i].again ? good[i].again : good[i].json;
        struct bytes out, packed, json;
        struct every got, back;

        if (!ok (read_json (good[i].json, &got) == 0, good[i].json)) {
            note ("%s", last.detail);
            continue;
        }
        codec_json_write (&every_type, &got, &arena, &out, &last);
        is ((const char *) out.data, arena_print (&arena, "{\"flag\":true%s%s}", *again ? "," : "", again), "...is written as it was read");
        ok (codec_pack (&every_type, &got, &arena, &packed, &last) == 0 && codec_unpack (&every_type, packed, &arena, &back, &last) == 0
                && codec_json_write (&every_type, &back, &arena, &json, &last) == 0
                && strcmp ((const char *)json.data, (const char *)out.data) == 0,
            "...and comes through msgpack unchanged");
    }
}

static const struct refusal { const char *json, *pointer; enum error_key key; const char *param; } bad_json[] = {
    { "\"maybe\":0", "/maybe", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"maybe\":\"true\"", "/maybe", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"number\":0.5", "/number", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"number\":\"1\"", "/number", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"number\":-9007199254740992", "/number", ERROR_FIELD_OUT_OF_RANGE, "-9007199254740991" },
    { "\"number\":1e300", "/number", ERROR_FIELD_OUT_OF_RANGE, "-9007199254740991" },
    { "\"at\":0", "/at", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"at\":\"2026-11-22T00:00:00\"", "/at", ERROR_DATE_INVALID, NULL },
    { "\"at\":\"10000-01-01T00:00:00Z\"", "/at", ERROR_DATE_INVALID, NULL },
    { "\"at\":\"\"", "/at", ERROR_DATE_INVALID, NULL },
    { "\"text\":\"1234567\"", "/text", ERROR_FIELD_TOO_LONG, "6" },
    { "\"text\":\"看護a\"", "/text", ERROR_FIELD_TOO_LONG, "6" },
    { "\"text\":7", "/text", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"text\":[\"a\"]", "/text", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"id\":\"0190A3B4-5C6D-7E8F-9A0B-1C2D3E4F5061\"", "/id", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"id\":\"{0190a3b4-5c6d-7e8f-9a0b-1c2d3e4f506}\"", "/id", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"id\":\"0190a3b45c6d-7e8f-9a0b-1c2d3e4f5061-\"", "/id", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"id\":\"\"", "/id", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"day\":\"2026-02-29\"", "/day", ERROR_DATE_INVALID, NULL },
    { "\"day\":\"2026-2-28\"", "/day", ERROR_DATE_INVALID, NULL },
    { "\"day\":\"2026-02-28T00:00:00Z\"", "/day", ERROR_DATE_INVALID, NULL },
    { "\"day\":\"0000-01-01\"", "/day", ERROR_DATE_INVALID, NULL },
    { "\"day\":20260228", "/day", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":1.5", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"-\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"01\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"1.\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\".5\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"1e5\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"+1\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"NaN\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"1,5\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"１\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"exact\":\"12345678901234567890123456789012345678901\"", "/exact", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"raw\":\"AAAAAAA=\"", "/raw", ERROR_FIELD_TOO_LONG, "4" },
    { "\"raw\":\"AA\"", "/raw", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"raw\":\"_-8=\"", "/raw", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"raw\":[0,1]", "/raw", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"choice\":\"green\"", "/choice", ERROR_FIELD_UNKNOWN_CHOICE, NULL },
    { "\"choice\":\"dark\"", "/choice", ERROR_FIELD_UNKNOWN_CHOICE, NULL },
    { "\"choice\":\"RED\"", "/choice", ERROR_FIELD_UNKNOWN_CHOICE, NULL },
    { "\"choice\":\"\"", "/choice", ERROR_FIELD_UNKNOWN_CHOICE, NULL },
    { "\"choice\":1", "/choice", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"one\":[]", "/one", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"one\":{}", "/one/word", ERROR_FIELD_MISSING, NULL },
    { "\"one\":{\"word\":null}", "/one/word", ERROR_FIELD_MISSING, NULL },
    { "\"one\":{\"word\":\"abcd\"}", "/one/word", ERROR_FIELD_TOO_LONG, "3" },
    { "\"one\":{\"word\":\"a\",\"m\":1}", "/one/m", ERROR_FIELD_UNKNOWN, NULL },
    { "\"texts\":\"a\"", "/texts", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"texts\":{}", "/texts", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"texts\":[\"a\",\"b\",\"c\"]", "/texts", ERROR_LIST_TOO_LONG, "2" },
    { "\"texts\":[\"a\",null]", "/texts/1", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"texts\":[\"a\",\"1234567\"]", "/texts/1", ERROR_FIELD_TOO_LONG, "6" },
    { "\"ids\":[\"x\"]", "/ids/0", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"days\":[\"2026-01-01\",\"2026-13-01\"]", "/days/1", ERROR_DATE_INVALID, NULL },
    { "\"numbers\":[1,2,0.1]", "/numbers/2", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"times\":[\"now\"]", "/times/0", ERROR_DATE_INVALID, NULL },
    { "\"choices\":[\"red\",\"\"]", "/choices/1", ERROR_FIELD_UNKNOWN_CHOICE, NULL },
    { "\"many\":[{\"word\":\"a\"},{\"n\":1}]", "/many/1/word", ERROR_FIELD_MISSING, NULL },
    { "\"many\":[{\"word\":\"a\",\"n\":1e99}]", "/many/0/n", ERROR_FIELD_OUT_OF_RANGE, "-9007199254740991" },
    { "\"many\":[[]]", "/many/0", ERROR_FIELD_WRONG_TYPE, NULL },
    { "\"flag2\":true", "/flag2", ERROR_FIELD_UNKNOWN, NULL },
    { "\"has_maybe\":true", "/has_maybe", ERROR_FIELD_UNKNOWN, NULL },
};

static void what_is_refused_is_named (void)
{
    struct every got;

    for (size_t i = 0; i < sizeof bad_json / sizeof *bad_json; i++) {
        const struct refusal *row = &bad_json[i];
        bool named = read_json (row->json, &got) < 0 && last.key == row->key && last.field_count == 1
                     && strcmp (last.fields[0].pointer, row->pointer) == 0 && last.fields[0].key == row->key
                     && (row->param ? last.param_count > 0 && strcmp (last.params[0].value, row->param) == 0 : last.param_count == 0);

        if (!ok (named, row->json))
            note ("%s %s (%s)", error_name_of (&last), last.field_count ? last.fields[0].pointer : "-", last.detail);
    }
}

static void only_eight_slips_are_told (void)
{
    struct every got;

    read_json ("\"a1\":1,\"a2\":1,\"a3\":1,\"a4\":1,\"a5\":1,\"a6\":1,\"a7\":1,\"a8\":1,\"a9\":1", &got);
    is_number (last.field_count, ERROR_FIELD_MAX, "of nine slips eight are told");
    read_json ("\"text\":\"1234567\",\"texts\":[1,2,3],\"choice\":\"green\"", &got);
    is_number (last.field_count, 2, "of two refusals with a limit one is told, since an error has one set of parameters");
    is (last.params[0].value, "6", "...the first, with its limit");
}

/* ---- msgpack ----------------------------------------------------------------------------------------------------------------------- */

/* A map of flag and one more pair. */
static int read_pair (const char *name, struct bytes value, struct every *ret)
{
    unsigned char message[100] = "\x82\xa4" "flag\xc3";
    size_t size = 7;

    message[size++] = (unsigned char) (0xa0 | strlen (name));
    memcpy (message + size, name, strlen (name));
    size += strlen (name);
    memcpy (message + size, value.data, value.size);
    size += value.size;
    return codec_unpack (&every_type, (struct bytes) { message, size }, &arena, ret, &last);
}

static const struct { const char *field; struct bytes value; const char *pointer; enum error_key key; } bad_msgpack[] = {
    { "maybe", BYTES ("\x01"), "/maybe", ERROR_FIELD_WRONG_TYPE },
    { "maybe", BYTES ("\xc0"), "/maybe", ERROR_FIELD_WRONG_TYPE },
    { "number", BYTES ("\xc2"), "/number", ERROR_FIELD_WRONG_TYPE },
    { "at", BYTES ("\xd3\xff\x23\x40\x01\x00\xd4\x3f\xff"), "/at", ERROR_FIELD_OUT_OF_RANGE },      /* before year 1 */
    { "at", BYTES ("\xcf\x7f\xff\xff\xff\xff\xff\xff\xff"), "/at", ERROR_FIELD_OUT_OF_RANGE },
    { "at", BYTES ("\xb4" "1970-01-01T00:00:00Z"), "/at", ERROR_FIELD_WRONG_TYPE },
    { "text", BYTES ("\xa7" "1234567"), "/text", ERROR_FIELD_TOO_LONG },
    { "text", BYTES ("\xc4\x01" "a"), "/text", ERROR_FIELD_WRONG_TYPE },
    { "id", BYTES ("\xa1x"), "/id", ERROR_FIELD_WRONG_TYPE },
    { "id", BYTES ("\xc4\x10" "0123456789abcdef"), "/id", ERROR_FIELD_WRONG_TYPE },
    { "day", BYTES ("\xaa" "2026-02-29"), "/day", ERROR_DATE_INVALID },
    { "exact", BYTES ("\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00"), "/exact", ERROR_FIELD_WRONG_TYPE },
    { "raw", BYTES ("\xa1x"), "/raw", ERROR_FIELD_WRONG_TYPE },
    { "raw", BYTES ("\xc4\x05" "12345"), "/raw", ERROR_FIELD_TOO_LONG },
    { "choice", BYTES ("\x01"), "/choice", ERROR_FIELD_WRONG_TYPE },
    { "choice", BYTES ("\xa5green"), "/choice", ERROR_FIELD_UNKNOWN_CHOICE },
    { "one", BYTES ("\x90"), "/one", ERROR_FIELD_WRONG_TYPE },
    { "one", BYTES ("\x80"), "/one/word", ERROR_FIELD_MISSING },
    { "one", BYTES ("\x81\xa4word\xc0"), "/one/word", ERROR_FIELD_WRONG_TYPE },
    { "texts", BYTES ("\x80"), "/texts", ERROR_FIELD_WRONG_TYPE },
    { "texts", BYTES ("\x93\xa0\xa0\xa0"), "/texts", ERROR_LIST_TOO_LONG },
    { "texts", BYTES ("\x92\xa0\xc0"), "/texts/1", ERROR_FIELD_WRONG_TYPE },
    { "numbers", BYTES ("\x92\x01\xca\x00\x00\x00\x00"), "/numbers/1", ERROR_FIELD_WRONG_TYPE },
    { "times", BYTES ("\x91\xd3\x80\x00\x00\x00\x00\x00\x00\x00"), "/times/0", ERROR_FIELD_OUT_OF_RANGE },
    { "many", BYTES ("\x92\x81\xa4word\xa0\xc0"), "/many/1", ERROR_FIELD_WRONG_TYPE },
    { "many", BYTES ("\x92\x81\xa4word\xa0\x81\xa4word\xa4" "abcd"), "/many/1/word", ERROR_FIELD_TOO_LONG },
};

static void msgpack_is_as_strict (void)
{
    struct every got;

    for (size_t i = 0; i < sizeof bad_msgpack / sizeof *bad_msgpack; i++) {
        int rc = read_pair (bad_msgpack[i].field, bad_msgpack[i].value, &got);
        char name[80];

        snprintf (name, sizeof name, "msgpack case %zu is refused at %s", i, bad_msgpack[i].pointer);
        if (!ok (rc < 0 && last.key == bad_msgpack[i].key && strcmp (last.fields[0].pointer, bad_msgpack[i].pointer) == 0, name))
            note ("%s %s", error_name_of (&last), last.fields[0].pointer);
    }
}

/* The same number or text in every length the format has: 7 as one byte, as u8 … u64, as i8 … i64; "red" as fixstr, str 8, 16, 32. */
static void longer_forms_mean_the_same (void)
{
    static const struct bytes sevens[] = { BYTES ("\x07"), BYTES ("\xcc\x07"), BYTES ("\xcd\x00\x07"), BYTES ("\xce\x00\x00\x00\x07"),
                                           BYTES ("\xcf\x00\x00\x00\x00\x00\x00\x00\x07"), BYTES ("\xd0\x07"), BYTES ("\xd1\x00\x07"),
                                           BYTES ("\xd2\x00\x00\x00\x07"), BYTES ("\xd3\x00\x00\x00\x00\x00\x00\x00\x07") };
    static const struct bytes reds[] = { BYTES ("\xa3red"), BYTES ("\xd9\x03red"), BYTES ("\xda\x00\x03red"),
                                         BYTES ("\xdb\x00\x00\x00\x03red") };
    static const struct bytes lists[] = { BYTES ("\x92\x07\x07"), BYTES ("\xdc\x00\x02\x07\x07"), BYTES ("\xdd\x00\x00\x00\x02\x07\x07") };
    static const struct bytes maps[] = { BYTES ("\x81\xa4word\xa1" "a"), BYTES ("\xde\x00\x01\xd9\x04word\xa1" "a"),
                                         BYTES ("\xdf\x00\x00\x00\x01\xa4word\xda\x00\x01" "a") };
    static const struct bytes raws[] = { BYTES ("\xc4\x01\xff"), BYTES ("\xc5\x00\x01\xff"), BYTES ("\xc6\x00\x00\x00\x01\xff") };
    struct every got;
    int wrong = 0;

    for (size_t i = 0; i < 9; i++)
        wrong += read_pair ("number", sevens[i], &got) < 0 || !got.has_number || got.number != 7;
    for (size_t i = 0; i < 4; i++)
        wrong += read_pair ("choice", reds[i], &got) < 0 || got.choice != 1;
    for (size_t i = 0; i < 3; i++) {
        wrong += read_pair ("numbers", lists[i], &got) < 0 || got.numbers.count != 2 || got.numbers.items[1] != 7;
        wrong += read_pair ("one", maps[i], &got) < 0 || !got.one || strcmp (got.one->word, "a") != 0;
        wrong += read_pair ("raw", raws[i], &got) < 0 || got.raw.size != 1 || *got.raw.data != 0xff;
    }
    is_number (wrong, 0, "every length in which a value may be written reads as that value");
    is_number (read_pair ("flag", (struct bytes) BYTES ("\xc2"), &got), -1, "a field that comes twice is refused");
    is_number (last.key, ERROR_FIELD_TWICE, "...as such");
}

/* ---- presence ---------------------------------------------------------------------------------------------------------------------- */

static void absent_is_not_empty (void)
{
    struct every got;
    struct bytes out;

    read_json ("\"text\":\"\",\"raw\":\"\",\"texts\":[],\"number\":0,\"maybe\":false,\"at\":\"1970-01-01T00:00:00Z\"", &got);
    for (size_t i = 0; i < every_type.field_count; i++) {
        static const char *const there[] = { "flag", "text", "raw", "texts", "number", "maybe", "at" };
        bool wanted = false;

        for (size_t t = 0; t < sizeof there / sizeof *there; t++)
            wanted = wanted || strcmp (there[t], fields[i].name) == 0;
        ok (codec_is_present (&fields[i], &got) == wanted, wanted ? "an empty value is there" : "what was not said is absent");
    }
    got = (struct every) { .maybe = true, .number = 5, .at = 5 };
    codec_json_write (&every_type, &got, &arena, &out, &last);
    is ((const char *) out.data, "{\"flag\":false}", "without its mark an optional number, time or boolean does not go out");
}

static void the_writer_refuses_what_a_reader_would (void)
{
    static const struct inner no_word = { .word = NULL };
    static const int64_t late[] = { INT64_MAX };
    static const int none[] = { 0 };
    static const char *const hole[] = { "a", NULL };
    const struct { struct every message; const char *pointer; enum error_key key; } rows[] = {
        { { .has_at = true, .at = INT64_MAX }, "/at", ERROR_FIELD_OUT_OF_RANGE },
        { { .times = { late, 1 } }, "/times/0", ERROR_FIELD_OUT_OF_RANGE },
        { { .choice = 3 }, "/choice", ERROR_FIELD_UNKNOWN_CHOICE },
        { { .choices = { none, 1 } }, "/choices/0", ERROR_FIELD_UNKNOWN_CHOICE },
        { { .texts = { hole, 2 } }, "/texts/1", ERROR_FIELD_MISSING },
        { { .one = &no_word }, "/one/word", ERROR_FIELD_MISSING },
        { { .many = { &no_word, 1 } }, "/many/0/word", ERROR_FIELD_MISSING },
    };
    struct bytes out;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ok (codec_json_write (&every_type, &rows[i].message, &arena, &out, &last) < 0 && last.key == rows[i].key
            && strcmp (last.fields[0].pointer, rows[i].pointer) == 0, rows[i].pointer);
        ok (codec_pack (&every_type, &rows[i].message, &arena, &out, &last) < 0 && last.key == rows[i].key
            && strcmp (last.fields[0].pointer, rows[i].pointer) == 0, "...also into msgpack");
    }
}

/* A place deeper than a pointer is long is cut, never overrun. */
static void a_deep_place_is_cut (void)
{
    struct place places[20] = { { NULL, "a_name_of_some_length", 0 } };
    char pointer[120];

    for (size_t i = 1; i < 20; i++)
        places[i] = (struct place) { &places[i - 1], i % 2 ? NULL : "a_name_of_some_length", 123456 };
    place_text (&places[19], pointer);
    is_number ((int64_t) strlen (pointer), 119, "a pointer of 300 bytes is cut to its room");
    ok (strncmp (pointer, "/a_name_of_some_length/123456/a_name", 36) == 0, "...at its end");
    place_text (NULL, pointer);
    is (pointer, "", "the whole message has the empty pointer");
}

int main (void)
{
    what_is_read_is_written ();
    what_is_refused_is_named ();
    only_eight_slips_are_told ();
    msgpack_is_as_strict ();
    longer_forms_mean_the_same ();
    absent_is_not_empty ();
    the_writer_refuses_what_a_reader_would ();
    a_deep_place_is_cut ();
    arena_done (&arena);
    return done ();
}
