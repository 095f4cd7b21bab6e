/* Single values of a file: tables of what stands in the cell and what is kept of it.  The quirks themselves are in test_import_rules.c. */
#include "import_values.h"
#include "japan.h"
#include "prefectures.h"
#include "tap.h"

static struct arena arena;

enum verdict { TAKEN, DOUBTFUL, REFUSED };

struct sample { const char *cell, *text; enum verdict verdict; };

static void read_all (const char *what, struct value (*read) (struct arena *, const char *), const struct sample *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct value value = read (&arena, table[i].cell);
        enum verdict verdict = value.refusal ? REFUSED : value.doubt ? DOUBTFUL : TAKEN;
        bool same = value.text && table[i].text ? strcmp (value.text, table[i].text) == 0 : value.text == table[i].text;

        ok (same && verdict == table[i].verdict, arena_print (&arena, "%s: \"%.40s\"", what, table[i].cell));
        if (!same || verdict != table[i].verdict)
            note ("got %s, %s%s", value.text ? value.text : "nothing", value.refusal ? value.refusal : "", value.doubt ? value.doubt : "");
    }
}

#define READ_ALL(what, read, ...) \
    do { static const struct sample table[] = { __VA_ARGS__ }; read_all (what, read, table, sizeof table / sizeof *table); } while (0)

static void identities (void)
{
    READ_ALL ("number", value_number, { "0170103378", "0170103378", TAKEN }, { "01b1400014", "01B1400014", TAKEN }, { "170103378", NULL, REFUSED },
              { "1.70103E+9", NULL, REFUSED }, { "01701033789", NULL, REFUSED }, { "01701-3378", NULL, REFUSED }, { "0170103378 ", NULL, REFUSED },
              { "０１７０１０３３７８", "0170103378", TAKEN }, { "", NULL, REFUSED });
    READ_ALL ("code", value_code, { "011011", "011011", TAKEN }, { "０１１０１１", "011011", TAKEN }, { "11011", NULL, REFUSED }, { "01101", NULL, REFUSED },
              { "011012", NULL, REFUSED }, { "481009", NULL, REFUSED }, { "札幌市", NULL, REFUSED }, { "", NULL, REFUSED });
    ok (value_code (&arena, "11011").lost_zeros && !value_code (&arena, "011012").lost_zeros, "only a code that lacks its zero has lost one");
    READ_ALL ("corporation", value_corporation, { "2430005000636", "2430005000636", TAKEN }, { "2430005000637", "2430005000637", DOUBTFUL },
              { "243000500063", NULL, DOUBTFUL }, { "なし", NULL, DOUBTFUL }, { "", NULL, TAKEN });
}

static void coordinates (void)
{
    READ_ALL ("coordinate", value_coordinate, { "43.0492", "43.0492", TAKEN }, { "４３．０４", "43.04", TAKEN }, { "-8.24", "-8.24", TAKEN },
              { "", NULL, TAKEN }, { "43,04", NULL, DOUBTFUL }, { "43.0.1", NULL, DOUBTFUL }, { "4e1", NULL, DOUBTFUL }, { "nan", NULL, DOUBTFUL },
              { "inf", NULL, DOUBTFUL }, { "0x2B", NULL, DOUBTFUL }, { "-", NULL, DOUBTFUL }, { ".", NULL, DOUBTFUL }, { "43 ", NULL, DOUBTFUL },
              { "43.04926825300251600000001", NULL, DOUBTFUL }, { "北緯43度", NULL, DOUBTFUL });
}

static void telephones (void)
{
    READ_ALL ("telephone", value_phone, { "011-222-3333", "011-222-3333", TAKEN }, { "０１１ー２２２ー３３３３", "011-222-3333", TAKEN },
              { "011‐222−3333", "011-222-3333", TAKEN }, { "0112223333", "0112223333", TAKEN }, { "08012345678", "08012345678", TAKEN },
              { "", NULL, TAKEN }, { "なし", NULL, DOUBTFUL }, { "-", NULL, DOUBTFUL });
    ok (value_phone (&arena, "011-222-333").doubt != NULL, "telephone: nine digits are doubtful");
    ok (value_phone (&arena, "011-222-3333 011-222-4444").doubt != NULL, "telephone: two in one cell are doubtful");
    ok (!value_phone (&arena, "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1").text, "telephone: what is too long to be one is not kept");
}

static void numbers_of_persons (void)
{
    READ_ALL ("capacity", value_capacity, { "29", "29", TAKEN }, { "029", "29", TAKEN }, { "0", NULL, TAKEN }, { "000", NULL, TAKEN }, { "", NULL, TAKEN },
              { "２９", "29", TAKEN }, { "29人", NULL, DOUBTFUL }, { "-1", NULL, DOUBTFUL }, { "1.5", NULL, DOUBTFUL }, { "1000000", NULL, DOUBTFUL });
    READ_ALL ("days", value_days, { "平日", "平日", TAKEN }, { "平日,土曜日,日曜日,祝日", "平日,土曜日,日曜日,祝日", TAKEN }, { "平日, 祝日", "平日, 祝日", TAKEN },
              { "", NULL, TAKEN }, { "毎日", "毎日", DOUBTFUL }, { "平日,", "平日,", DOUBTFUL }, { "平日、土曜日", "平日、土曜日", DOUBTFUL });
}

static void web_addresses (void)
{
    READ_ALL ("URL", value_url, { "https://a.example/x?y=z#w", "https://a.example/x?y=z#w", TAKEN }, { "ｈｔｔｐ：//a.example", "http://a.example", TAKEN },
              { "", NULL, TAKEN }, { "ttp://a.example", "http://a.example", DOUBTFUL }, { "ttps://a.example", "https://a.example", DOUBTFUL },
              { "https//a.example", "https://a.example", DOUBTFUL }, { "http:/a.example", "http://a.example", DOUBTFUL },
              { "https:/a.example", "https://a.example", DOUBTFUL }, { "http;//a.example", "http://a.example", DOUBTFUL },
              { "https;//a.example", "https://a.example", DOUBTFUL }, { "http:////a.example", "http://a.example", DOUBTFUL },
              { "a.example", "http://a.example", DOUBTFUL }, { "www.a.example/x", "http://www.a.example/x", DOUBTFUL }, { "http://", NULL, DOUBTFUL },
              { "http://localhost", NULL, DOUBTFUL }, { "ftp://a.example", NULL, DOUBTFUL }, { "javascript:alert(1)", NULL, DOUBTFUL },
              { "data:text/html,x.y", NULL, DOUBTFUL }, { "http://a.example/\"><script>", NULL, DOUBTFUL }, { "http://a.example, http://b.example", NULL, DOUBTFUL },
              { "準備中", NULL, DOUBTFUL }, { "a@b.example", NULL, DOUBTFUL });
    ok (value_url (&arena, arena_print (&arena, "http://a.example/%01000d", 1)).doubt != NULL, "URL: more than 1000 bytes are doubtful");
}

static void emails (void)
{
    static const struct { const char *cell, *address; } table[] = {
        { "a@b.example", "a@b.example" }, { "mailto:a@b.example", "a@b.example" }, { "ａ＠b.example", "a@b.example" }, { "mailto:@b.example", NULL },
        { "a@b", NULL }, { "a@b@c.example", NULL }, { "http://a@b.example", NULL }, { "a b@c.example", NULL }, { "<a@b.example>", NULL },
        { "a@b.example\nx", NULL }, { "https://a.example", NULL }, { "", NULL },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        is (value_email (&arena, table[i].cell), table[i].address, arena_print (&arena, "e-mail: case %zu", i));
}

/* At most so many bytes, cut between characters; private characters and U+FFFD are told. */
static void limits (void)
{
    const char *long_name = arena_print (&arena, "%s%s", "ア", arena_print (&arena, "%0300d", 0));
    struct value value = value_name (&arena, long_name);

    ok (strlen (value.text) == 300 && value.doubt, "a name of 303 bytes is cut to 300, with a doubt");
    value = value_address (&arena, arena_print (&arena, "%0399d住", 0));
    ok (strlen (value.text) == 399 && value.doubt, "…never inside of a character");
    ok (value_service (&arena, arena_print (&arena, "%0121d", 0)).refusal != NULL, "a kind of service that long is none");
    READ_ALL ("name", value_name, { "", NULL, REFUSED }, { "髙橋", "髙橋", TAKEN }, { "\xEE\x80\x80", "\xEE\x80\x80", DOUBTFUL },
              { "\xEF\xA3\xBF", "\xEF\xA3\xBF", DOUBTFUL }, { "\xEF\xA4\x80", "\xEF\xA4\x80", TAKEN }, { "\xEF\xBF\xBD", "\xEF\xBF\xBD", DOUBTFUL },
              { "\xEF\xBF\xA5", "\xEF\xBF\xA5", TAKEN });
    READ_ALL ("note", value_long, { "", NULL, TAKEN }, { "（改行）", "\n", TAKEN }, { "一（改行）（改行）二", "一\n\n二", TAKEN }, { "（改 行）", "（改 行）", TAKEN });
}

static void points (void)
{
    static const struct { const char *code; double latitude, longitude; bool fits; } table[] = {
        { "011011", 43.06, 141.35, true }, { "131016", 35.69, 139.75, true }, { "131016", 27.1, 142.2, true }, { "472018", 26.2, 127.7, true },
        { "011011", 35.69, 139.75, false }, { "131016", 43.06, 141.35, false }, { "472018", 35.69, 139.75, false },
    };
    static const struct { double latitude, longitude; bool inside; } land[] = {
        { 20, 122, true }, { 46, 154, true }, { 19.99, 140, false }, { 46.01, 140, false }, { 36, 121.99, false }, { 36, 154.01, false },
        { 139.7, 35.6, false }, { 53.41, -8.24, false },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        is_number (japan_point_fits (table[i].code, table[i].latitude, table[i].longitude), table[i].fits, "a point belongs to its prefecture, or not");
    for (size_t i = 0; i < sizeof land / sizeof *land; i++)
        is_number (japan_has_point (land[i].latitude, land[i].longitude), land[i].inside, "a point lies in Japan, or not");
    is (prefecture_of ("011002"), "北海道", "the first prefecture");
    is (prefecture_of ("472018"), "沖縄県", "…the last");
    is (prefecture_of ("480011"), "", "there is none after it");
    is (prefecture_of ("000000"), "", "…nor before");
    is (prefecture_of ("x1"), "", "letters are none");
}

int main (void)
{
    identities ();
    coordinates ();
    telephones ();
    numbers_of_persons ();
    web_addresses ();
    emails ();
    limits ();
    points ();
    arena_done (&arena);
    return done ();
}
