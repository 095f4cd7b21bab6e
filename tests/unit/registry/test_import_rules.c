/* test_import_rules.c - every quirk counted on the real files has its named test (data-formats.md §2.1, §3; security §5 CSV corpus). */
#include "import_rules.h"
#include "import_values.h"
#include "japan.h"
#include "tap.h"

static struct arena arena;
static struct facility_row row;
static struct error err;

static const char standard_header[] =
    "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書（ビル名等）,緯度,経度,電話番号,FAX番号,"
    "法人番号,法人の名称,事業所番号,利用可能曜日,利用可能曜日特記事項,定員,URL,高齢者の方と障害者の方が同時一体的に利用できるサービス,"
    "介護保険の通常の指定基準を満たしている,障害福祉の通常の指定基準を満たしている,備考";

static struct csv_record *record_of (const char *line)
{
    struct csv_record *record = arena_alloc (&arena, sizeof *record);
    struct csv csv;

    csv_begin (&csv, line, strlen (line), 2, true);
    csv_next (&csv, &arena, record, &err);
    return record;
}

static int map_header (const char *header, struct profile_map *ret)
{
    return profile_map (profile_find (&arena, "kaigo-jigyosho"), &arena, record_of (header), ret, &err);
}

static void read_under (const char *header, const char *line)
{
    struct profile_map map;

    if (map_header (header, &map) < 0)
        printf ("# header refused: %s\n", err.params[0].value);
    import_row_read (&map, &arena, record_of (line), &row);
}

/* One cell under its header, beside a row that is otherwise right. */
static void cell (const char *header, const char *text)
{
    char *head = arena_print (&arena, "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類,%s", header);
    char *line = arena_print (&arena, "011011,0170103378,見本事業所,訪問看護,%s", text);

    read_under (head, line);
}

/* The row with one of its required cells replaced. */
static void required (const char *code, const char *number, const char *name, const char *service)
{
    read_under ("都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類", arena_print (&arena, "%s,%s,%s,%s", code, number, name, service));
}

static const char *reason (void)
{
    return row.problem_count ? row.problems[0].reason : "";
}

static bool raw_has (const char *text)
{
    return strstr (row.raw, text) != NULL;
}

static void whole_row (void)
{
    read_under (standard_header, "011011,0170103378,北海道,札幌市中央区,福祉用具レンタル小鳥,フクシヨウグレンタルコトリ,特定福祉用具販売,"
        "札幌市中央区南７条西１６丁目３番１４,カーサ,43.049268253002516,141.333007528921300,011‐518-5501,011‐351‐2725,,株式会社　見本,"
        "0170103378,\"平日,祝日\",,,,,,,");
    ok (!row.refused && !row.doubtful, "a row of the real file is taken without doubt");
    is (row.number, "0170103378", "the office number is text, its first zero stays");
    is (row.phone, "011-518-5501", "the telephone is digits and hyphens");
    ok (raw_has ("\"phone\":{\"raw\":\"011‐518-5501\"}"), "...and what the source wrote is kept");
    is (row.days, "平日,祝日", "the days stay as listed");
    is (row.latitude, "43.049268253002516", "the point stays as published");
    is (row.corporation_name, "株式会社　見本", "a name stays as written, full-width space too");
    ok (!row.corporation_number && !row.url, "what the source leaves blank is not stated");
    is_number (row.line, 2, "the row knows its line");
}

static void headers (void)
{
    struct profile_map map;

    ok (map_header (standard_header, &map) == 0, "the published header is known");
    ok (map_header ("No,サービスの種類,事業所名,事業所番号,都道府県コード又は市区町村コード", &map) == 0, "any order, 市区町村 as well as 市町村");
    ok (map_header ("実施サービス,介護サービス事業所名称,事業所番号,都道府県コード又は市区町村コード", &map) == 0, "the recommended data set's names are known");
    ok (map_header ("_id,サービスの種類, 事業所名 ,事業所番号,都道府県コード又は市町村コード,ＦＡＸ番号", &map) == 0 && map.field_at[5] == FACILITY_FAX,
        "width and spaces in headers do not matter, _id in front neither");
    ok (map_header ("サービスの種類,事業所名,都道府県コード又は市町村コード", &map) < 0, "a missing required column refuses the file");
    is (err.params[0].value, "見出しに「事業所番号」がありません", "...naming the column");
    ok (map_header ("サービスの種類,事業所名,事業所名,事業所番号,都道府県コード又は市町村コード", &map) < 0, "a column that comes twice refuses the file");
    ok (map_header ("name;service;id", &map) < 0, "another file's header is refused");
    cell ("管理者氏名", "見本太郎");
    ok (!row.extra && !strstr (row.raw, "見本太郎"), "a column of personal names is never taken");
    cell ("駐車場", "あり");
    is (row.extra, "{\"駐車場\":\"あり\"}", "an unknown column is kept as it is");
    ok (profile_find (&arena, "nothing") == NULL, "an unknown profile is none");
    ok (profile_read (&arena, "column nothing required \"x\"\n", 28) == NULL, "a profile with an unknown field is broken");
}

static void numbers (void)
{
    required ("011011", "01B1400014", "名", "介護医療院");
    ok (!row.refused && strcmp (row.number, "01B1400014") == 0, "quirk: an office number with a letter is taken");
    required ("011011", "０１７０１０３３７８", "名", "訪問看護");
    ok (!row.refused && strcmp (row.number, "0170103378") == 0, "full-width digits become digits");
    required ("011011", "190100271", "名", "訪問看護");
    ok (row.refused && row.lost_zeros && !row.number, "quirk: nine digits have lost a zero and are never stored");
    is (reason (), "先頭の0が失われています（表計算ソフトで保存し直した可能性）", "...with the reason");
    required ("011011", "1.70E+09", "名", "訪問看護");
    ok (row.refused && row.lost_zeros, "a number turned into 1.70E+09 is refused");
    required ("011011", "", "名", "訪問看護");
    ok (row.refused && strcmp (reason (), "空欄です") == 0, "an empty office number is refused");
    required ("11011", "0170103378", "名", "訪問看護");
    ok (row.refused && row.lost_zeros, "quirk: a code of five digits has lost its zero");
    required ("011012", "0170103378", "名", "訪問看護");
    ok (row.refused && strcmp (reason (), "都道府県番号か検査数字が合いません") == 0, "a code with a wrong check digit is refused");
    required ("011011", "0170103378", "", "");
    is_number (row.problem_count, 2, "a refused row tells every reason");
    is (row.problems[1].column, "サービスの種類", "...with its column");
}

static void telephones (void)
{
    cell ("電話番号", "（直通）0225-98-4");
    ok (!row.refused && row.phone_doubtful && strcmp (row.phone, "0225-98-4") == 0,
        "quirk: a telephone cut at 13 characters is taken and doubtful");
    ok (raw_has ("\"doubtful\":true"), "...and marked so beside its raw value");
    cell ("電話番号", "242-8123");
    ok (row.phone_doubtful, "quirk: a telephone without area code is doubtful");
    cell ("電話番号", "０５６７−６８−７２３１");
    ok (!row.phone_doubtful && strcmp (row.phone, "0567-68-7231") == 0, "quirk: full-width digits and U+2212");
    cell ("電話番号", "なし");
    ok (!row.phone && row.doubtful, "words instead of a telephone are left out, doubtful");
    cell ("FAX番号", "");
    ok (!row.fax && !row.doubtful, "no FAX is no doubt");
    cell ("電話番号", "0170103378");
    ok (row.phone_is_number, "a telephone column that repeats the office number is noticed");
}

static void point (const char *latitude, const char *longitude)
{
    cell ("緯度,経度", arena_print (&arena, "%s,%s", latitude, longitude));
}

static void points (void)
{
    point ("0.000000000000000", "0.000000000000000");
    ok (!row.latitude && row.doubtful, "quirk: 0,0 is not a place");
    ok (raw_has ("0.000000000000000"), "...and what the source wrote is kept");
    point ("53.41291", "-8.24389");
    ok (!row.latitude && row.doubtful, "quirk: a geocoder's Ireland is not a place");
    point ("43.77", "-218.04");
    ok (!row.latitude && row.doubtful, "quirk: a longitude of -218 is not used");
    point ("35.6", "139.7");
    ok (row.latitude && row.doubtful, "quirk: a point far from its prefecture is kept and doubtful");
    point ("43.1", "abc");
    ok (!row.latitude && !row.longitude && row.doubtful, "half a point is none");
    point ("43.1", "");
    ok (!row.latitude && row.doubtful && raw_has ("\"latitude\":{\"raw\":\"43.1\",\"doubtful\":true}"), "...told, and kept as the source wrote it");
    is (reason (), "緯度と経度の片方だけでは使えません", "...with the reason");
    point ("", "");
    ok (!row.doubtful && !*row.raw, "no point at all is no doubt");
    point ("43.1", "141.3");
    ok (row.latitude && !row.doubtful, "a point in its prefecture is fine");
}

static void other_values (void)
{
    cell ("定員", "0");
    ok (!row.capacity && !row.doubtful && raw_has ("\"raw\":\"0\""), "quirk: 定員 0 means not stated, without doubt, raw kept");
    cell ("定員", "２９");
    is (row.capacity, "29", "定員 in full-width digits");
    cell ("定員", "29名");
    ok (!row.capacity && row.doubtful, "定員 in words is doubtful");
    cell ("利用可能曜日特記事項", "年末年始は休み（改行）要相談");
    is (row.days_note, "年末年始は休み\n要相談", "quirk: （改行） becomes a line break");
    cell ("利用可能曜日", "\"平日,月\"");
    ok (row.days && row.doubtful, "an unknown day is kept and doubtful");
    cell ("法人番号", "5080001018392");
    ok (row.corporation_number && !row.doubtful, "a 法人番号 with the right check digit");
    cell ("法人番号", "5080001018393");
    ok (row.corporation_number && row.doubtful, "quirk: a wrong check digit of 法人番号 is doubtful");
    cell ("法人番号", "");
    ok (!row.corporation_number && !row.doubtful, "quirk: a blank 法人番号 is not stated");
    cell ("事業所名カナ", "=HYPERLINK(x)");
    is (row.name_kana, "=HYPERLINK(x)", "a formula is text and stays text");
    cell ("事業所名カナ", "ミホン\xEE\x80\x80");
    ok (row.doubtful, "a private character (外字) is doubtful");
    cell ("事業所名カナ", "葛\U000E0100飾");
    is (row.name_kana, "葛\U000E0100飾", "a variation selector stays as written");
}

static void web (const char *text, const char *url, const char *email, bool doubtful, const char *name)
{
    cell ("URL", text);
    ok ((url ? row.url && strcmp (row.url, url) == 0 : !row.url) && (email ? row.email && strcmp (row.email, email) == 0 : !row.email)
        && row.doubtful == doubtful && !row.refused, name);
}

static void addresses (void)
{
    web ("https://example.jp/a?b=1", "https://example.jp/a?b=1", NULL, false, "a web address stays");
    web ("info@example.jp", NULL, "info@example.jp", true, "quirk: an e-mail in the URL column is moved");
    web ("https：//example.jp", "https://example.jp", NULL, false, "quirk: https：// with a full-width colon");
    web ("http//example.jp", "http://example.jp", NULL, true, "quirk: http// is mended");
    web ("www.example.jp", "http://www.example.jp", NULL, true, "quirk: a bare host name gets its scheme");
    web ("javascript:alert(1)", NULL, NULL, true, "javascript: is not a web address");
    web ("http://見本 事業所", NULL, NULL, true, "words with spaces are not a web address");
    web ("", NULL, NULL, false, "no URL is no doubt");
    web ("a@b@c.jp", NULL, NULL, true, "two @ are no e-mail");
}

static void shapes (void)
{
    struct file_tally tally = { .rows = 205, .refused = 40, .lost_zeros = 40 };

    read_under ("都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類", "011011,0170103378,名");
    ok (row.refused && strstr (reason (), "列の数"), "a row with another number of columns is refused");
    required ("011011", "0170103378", "名\xFF", "訪問看護");
    ok (row.refused && !row.problems[0].value, "bytes that are no text are refused and not repeated");
    ok (import_judge_rows (&tally, true, &arena) != NULL, "a file whose numbers lost their zeros is refused");
    ok (import_judge_rows (&tally, false, &arena) != NULL, "...at once, before all of it is read");
    tally = (struct file_tally) { .rows = 1000, .refused = 2, .lost_zeros = 2 };
    ok (import_judge_rows (&tally, true, &arena) == NULL, "two short numbers in a thousand rows are two refused rows");
    tally = (struct file_tally) { .rows = 100, .phone_is_number = 100 };
    ok (import_judge_rows (&tally, true, &arena) != NULL, "a telephone column equal to the number column refuses the file");
    tally = (struct file_tally) { 0 };
    ok (import_judge_rows (&tally, true, &arena) != NULL, "a file without rows is refused");
    ok (import_judge_coverage (40, 20, &arena) != NULL, "half the known municipalities missing refuses the file");
    ok (import_judge_coverage (40, 19, &arena) == NULL, "...less than half does not");
    ok (import_judge_coverage (3, 3, &arena) == NULL, "...and a handful makes no rule");
}

static void fingerprints (void)
{
    char one[37], two[37];

    required ("011011", "0170103378", "名", "訪問看護");
    import_fingerprint (&row, &arena, one);
    row.line = 99;
    import_fingerprint (&row, &arena, two);
    is (one, two, "the same content on another line is the same content");
    is (import_provenance (&row, "S", "2025-12-31", &arena), "{\"*\":{\"source\":\"S\",\"source_date\":\"2025-12-31\",\"line\":99}}",
        "provenance tells source, date and line");
    required ("011011", "0170103378", "名前", "訪問看護");
    import_fingerprint (&row, &arena, two);
    ok (strcmp (one, two) != 0, "another name is another content");
    cell ("電話番号", "011-518-5501");
    import_fingerprint (&row, &arena, one);
    cell ("電話番号", "011‐518-5501");
    import_fingerprint (&row, &arena, two);
    ok (strcmp (one, two) != 0, "the same number written otherwise is told apart, since the raw value is kept");
    cell ("電話番号", "=\"0\"\t1");
    ok (strstr (import_provenance (&row, "S", NULL, &arena), "\\\"0\\\"\\u00091"), "quotes and tabs are escaped in provenance");
}

static void codes (void)
{
    char low[7], high[7];

    ok (japan_code_is_valid ("221384"), "a ward of 2024 has a valid code without any list");
    ok (!japan_code_is_valid ("000000") && !japan_code_is_valid ("480011"), "no prefecture 00 or 48");
    ok (japan_code_is_valid ("990019") && !japan_code_is_valid ("990018"), "an invented prefecture has check digits, too");
    is (japan_city_of ("231011"), "231002", "a ward of Nagoya rolls up to the city");
    is (japan_city_of ("221384"), "221309", "...a new ward of Hamamatsu too");
    is (japan_city_of ("221015"), "221007", "...and a ward of Shizuoka to Shizuoka");
    is (japan_city_of ("131016"), "131016", "a special ward of Tokyo stands for itself");
    japan_code_range ("231002", low, high);
    ok (strcmp (low, "231011") < 0 && strcmp (high, "231169") > 0, "a designated city's range covers its wards");
    japan_code_range ("104281", low, high);
    is (high, "104281", "another municipality's range is itself");
    ok (japan_corporation_is_valid ("2430005000636") && !japan_corporation_is_valid ("243000500063"), "法人番号 has 13 digits");
}

int main (void)
{
    whole_row ();
    headers ();
    numbers ();
    telephones ();
    points ();
    other_values ();
    addresses ();
    shapes ();
    fingerprints ();
    codes ();
    arena_done (&arena);
    return done ();
}
