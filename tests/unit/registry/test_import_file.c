/* The beginning of a file and the profiles: encodings, headers, what is no CSV at all, and what an operator writes wrong. */
#include <sys/stat.h>
#include <unistd.h>
#include "import_file.h"
#include "import_profile.h"
#include "tap.h"

static struct arena arena;
static struct error err;
static struct file_head head;

#define BYTES(text) (struct bytes) { (const unsigned char *) (text), sizeof (text) - 1 }
#define MARK "\xEF\xBB\xBF"
#define KAIGO_932 "\x96\xBC\x8F\xCC"             /* 名称 in CP932 */

static void begin (struct bytes piece, const char *wanted)
{
    import_file_begin (&arena, piece, true, wanted, NULL, &head);
}

static void encodings (void)
{
    struct csv_record record;

    begin (BYTES (MARK "名称,No\r\n小鳥,1\r\n"), NULL);
    ok (!head.why && strcmp (head.encoding, "utf-8") == 0, "UTF-8 with a mark");
    is (head.header, "\"名称\",\"No\"", "…which is no part of the first name");
    is_number (head.consumed, 3 + strlen ("名称,No\r\n"), "…the rows begin behind the header");
    is_number (head.line, 2, "…on line 2");
    begin (BYTES ("名称\n小鳥\n"), NULL);
    is (head.encoding, "utf-8", "UTF-8 without a mark");
    begin (BYTES (KAIGO_932 ",No\n"), NULL);
    ok (!head.why && strcmp (head.encoding, "cp932") == 0, "CP932 is found out");
    is (head.header, "\"名称\",\"No\"", "…and its header becomes UTF-8");
    begin (BYTES (MARK "名称\n"), "cp932");
    is (head.encoding, "utf-8", "a mark outweighs what the curator said");
    begin (BYTES ("name,no\n"), "cp932");
    is (head.encoding, "cp932", "…without one the curator's word counts");
    begin (BYTES ("\x96\xBC\n"), "utf-8");
    is (head.why, "見出しを読み取れません（文字コードを確認してください）", "…and when it is wrong it is told");
    begin (BYTES ("\xFF\xFF\xFD\n"), NULL);
    is (head.why, "文字コードを判別できません（UTF-8 または CP932 にしてください）", "bytes of no encoding");
    begin (BYTES ("名称,\"改\r\n行\",\"二\"\"重\"\r\n1,2,3"), NULL);
    ok (!head.why && head.line == 3, "a header of two lines");
    ok (import_file_header (&arena, head.header, &record, &err) == 0 && record.count == 3
        && strcmp (record.fields[1].text, "改\r\n行") == 0 && strcmp (record.fields[2].text, "二\"重") == 0, "…is kept so that it reads the same");
    ok (import_file_header (&arena, "", &record, &err) < 0, "an empty kept header is a bug, not a header");
}

static void not_csv (void)
{
    static const struct { struct bytes piece; const char *why; } table[] = {
        { { (const unsigned char *) "", 0 }, "ファイルが空です" },
        { { (const unsigned char *) "PK\x03\x04....", 8 }, "zipまたはExcelのファイルです。CSVを取り出してください" },
        { { (const unsigned char *) "\xD0\xCF\x11\xE0....", 8 }, "CSVではないファイルです" },
        { { (const unsigned char *) "%PDF-1.7", 8 }, "CSVではないファイルです" },
        { { (const unsigned char *) "\xFF\xFE" "a\0", 4 }, "文字コードがUTF-16です。UTF-8で保存してください" },
        { { (const unsigned char *) "\xFE\xFF\0a", 4 }, "文字コードがUTF-16です。UTF-8で保存してください" },
        { { (const unsigned char *) "a\0b,c\n", 6 }, "文字コードを判別できません（UTF-8 または CP932 にしてください）" },
        { { (const unsigned char *) MARK, 3 }, "見出しの行がありません" },
        { { (const unsigned char *) "\r\n\r\n", 4 }, "見出しの行がありません" },
        { { (const unsigned char *) "\"open", 5 }, "1行目：引用符が閉じていません" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        begin (table[i].piece, NULL);
        is (head.why, table[i].why, arena_print (&arena, "what is no table is told: case %zu", i));
    }
}

/* A character must not be taken for broken because the sample ends inside of it. */
static void long_files (void)
{
    enum { SIZE = 70 * 1024 };
    char *text = arena_alloc (&arena, SIZE + 100), *end = text + snprintf (text, SIZE, "名称\n");

    while (end < text + SIZE)
        end += snprintf (end, 100, "訪問看護ステーション小鳥の家,あ\n");
    import_file_begin (&arena, (struct bytes) { (unsigned char *) text, (size_t) (end - text) }, false, NULL, NULL, &head);
    is (head.encoding, "utf-8", "a sample is cut at a line, not inside of a character");
    memset (text + 7, 'x', SIZE);
    import_file_begin (&arena, (struct bytes) { (unsigned char *) text, SIZE }, false, NULL, NULL, &head);
    ok (!head.why, "a line longer than the sample is still looked at");
}

static void decoding (void)
{
    struct csv_record record = { .count = 3 };

    record.fields[0] = (struct csv_field) { "abc", 3 };
    record.fields[1] = (struct csv_field) { KAIGO_932, 4 };
    record.fields[2] = (struct csv_field) { "\x96", 1 };
    import_file_decode (&arena, "cp932", &record);
    is (record.fields[0].text, "abc", "ASCII stays");
    ok (strcmp (record.fields[1].text, "名称") == 0 && record.fields[1].size == strlen ("名称"), "CP932 becomes UTF-8");
    ok (record.fields[2].size == 1 && (unsigned char) record.fields[2].text[0] == 0x96, "half a character stays as it is, for the rules to refuse");
    record.fields[1] = (struct csv_field) { KAIGO_932, 4 };
    import_file_decode (&arena, "utf-8", &record);
    is_number (record.fields[1].size, 4, "UTF-8 is not turned");
}

static const struct import_profile *profile (const char *text)
{
    return profile_read (&arena, text, strlen (text));
}

static void profiles (void)
{
    static const struct { const char *text, *name; } broken[] = {
        { "", "nothing" },
        { "profile x\n", "a profile without its source" },
        { "source y\n", "…without its name" },
        { "profile x\nsource y\ncolumn nothing required \"a\"\n", "a field there is not" },
        { "profile x\nsource y\ncolumn name\n", "a column without its header" },
        { "profile x\nsource y\ncolumn name required\n", "…with a need, but no header" },
        { "profile x\nsource y\ncolumn name required \"a\"\ncolumn name optional \"b\"\n", "a field that comes twice" },
        { "profile x\nsource y\ncolumn name required \"a\" \"b\" \"c\" \"d\" \"e\"\n", "more names than four" },
        { "profile x\nsource y\ndrop a b c d e f g h i\n", "more to drop than eight" },
        { "profile x\nsource y\nnonsense z\n", "a word there is not" },
        { "profile x\nsource\n", "a word without its text" },
    };
    const struct import_profile *good = profile ("# of a city\nprofile city # its name\nabout \"市の 一覧\"\nsource 見本市\n"
                                                 "column name required \"名　称\" \"事業所名\"\n\ncolumn phone optional \"電話\"\ndrop \"氏名\"");

    ok (good && strcmp (good->name, "city") == 0 && strcmp (good->about, "市の 一覧") == 0, "a profile with comments, quotes and an empty line");
    ok (good->columns[FACILITY_NAME].required && !good->columns[FACILITY_PHONE].required && !good->columns[FACILITY_FAX].title,
        "…says which columns must be there");
    is (good->columns[FACILITY_NAME].title, "名　称", "…and what they are called to people");
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ok (!profile (broken[i].text), arena_print (&arena, "a broken profile is none: %s", broken[i].name));
}

static void mapping (void)
{
    const struct import_profile *city = profile ("profile city\nsource s\ncolumn name required \"名称\"\ncolumn unused optional \"No\"\ndrop \"氏名\"\n");
    struct csv_record header = { .count = 6 };
    struct profile_map map;
    static const char *const titles[] = { " No ", "Ｎｏ", "名　称", "管理者の氏名", "メモ", "" };

    for (size_t i = 0; i < 6; i++)
        header.fields[i] = (struct csv_field) { titles[i], strlen (titles[i]) };
    is_number (profile_map (city, &arena, &header, &map, &err), 0, "columns are found by their names, whatever their width");
    ok (map.field_at[0] == FACILITY_UNUSED && map.field_at[1] == FACILITY_UNUSED, "columns of no use may come twice");
    is_number (map.field_at[2], FACILITY_NAME, "a blank inside of a name does not matter");
    is_number (map.field_at[3], MAP_DROPPED, "a column of personal names is dropped");
    is_number (map.field_at[4], MAP_EXTRA, "one nobody knows is kept");
    is (map.titles[0], "No", "…titles without their blanks");
    header.count = 2;
    ok (profile_map (city, &arena, &header, &map, &err) < 0 && strcmp (err.params[0].value, "見出しに「名称」がありません") == 0,
        "a missing column is named");
}

static void files (void)
{
    char folder[] = "/tmp/renkei-profiles-XXXXXX", *path;
    FILE *out;

    if (!mkdtemp (folder))
        abort ();
    path = arena_print (&arena, "%s/city-list.profile", folder);
    out = fopen (path, "w");
    fputs ("profile city-list\nsource s\n", out);
    fclose (out);
    ok (profile_open (&arena, folder, "city-list") != NULL, "an operator's profile is read from its folder");
    ok (profile_open (&arena, folder, "kaigo-jigyosho") != NULL && profile_open (&arena, NULL, "kaigo-jigyosho") != NULL,
        "…the built-in one needs none");
    ok (!profile_open (&arena, folder, "other") && !profile_open (&arena, "", "city-list") && !profile_open (&arena, NULL, "city-list"),
        "one that is not there is none");
    ok (!profile_open (&arena, folder, "../city-list") && !profile_open (&arena, folder, "CITY-LIST") && !profile_open (&arena, folder, ""),
        "a name is no way out of the folder");
    out = fopen (path, "w");
    fputs ("profile city-list\nsource s\n#", out);
    for (int i = 0; i < 65536; i++)
        fputc ('x', out);
    fclose (out);
    ok (!profile_open (&arena, folder, "city-list"), "a file of more than 64 KiB is not read in part");
    unlink (path);
    rmdir (folder);
}

int main (void)
{
    encodings ();
    not_csv ();
    long_files ();
    decoding ();
    profiles ();
    mapping ();
    files ();
    arena_done (&arena);
    return done ();
}
