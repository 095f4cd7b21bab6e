/* test_text.c - text as people write it becomes comparable, and nothing else is joined (data-formats.md §3 item 8, design.md §5). */
#include "tap.h"
#include "text.h"

static struct arena arena;

static void same (const char *a, const char *b, const char *name)
{
    is (text_fold (&arena, a), text_fold (&arena, b), name);
}

static void differ (const char *a, const char *b, const char *name)
{
    ok (strcmp (text_fold (&arena, a), text_fold (&arena, b)) != 0, name);
}

static void folding (void)
{
    is (text_fold (&arena, ""), "", "nothing folds to nothing");
    is (text_fold (&arena, " 　・"), "", "spaces and middle dots count for nothing");
    differ ("ｶﾝｺﾞ", "看護", "kana are not turned into kanji");
}

static void kana (void)
{
    is (text_fold (&arena, "ｶﾝｺﾞ"), "カンゴ", "half-width kana become wide, the sound mark is joined");
    is (text_fold (&arena, "かんご"), "カンゴ", "hiragana become katakana");
    is (text_fold (&arena, "カ\u3099"), "ガ", "a decomposed sound mark (NFD) is joined");
    same ("フクショウグ", "フクシヨウグ", "small kana equal large kana, as old lists write them");
    same ("霞ヶ関", "霞ケ関", "small ke equals large ke");
    is (text_fold (&arena, "デイサービス"), "デイサービス", "the long-vowel mark stays behind kana");
    is (text_fold (&arena, "ﾃﾞｲｻｰﾋﾞｽ"), "デイサービス", "...also from half width");
}

static void kanji (void)
{
    same ("髙橋", "高橋", "髙 equals 高");
    same ("山﨑", "山崎", "﨑 equals 崎");
    same ("渡邉", "渡辺", "邉 equals 辺");
    same ("渡邊", "渡辺", "邊 equals 辺");
    same ("𠮷田", "吉田", "a character outside the basic plane: 𠮷 equals 吉");
    same ("斎藤", "斉藤", "斎 equals 斉");
    same ("齋藤", "齊藤", "齋 equals 齊");
    same ("濵口", "浜口", "濵 equals 浜");
    same ("廣澤", "広沢", "old forms equal new forms");
    same ("慶應義塾", "慶応義塾", "應 equals 応");
    same ("葛\U000E0100飾", "葛飾", "a variation selector counts for nothing");
    same ("神\uFE00", "神", "...nor does a short one");
    same ("\uFA19社", "神社", "a compatibility ideograph equals its character");
    differ ("太田", "大田", "different characters stay different");
    differ ("坂本", "阪本", "names that differ by law stay different");
}

static void signs (void)
{
    is (text_fold (&arena, "ＡＢＣ"), "abc", "full-width letters become small half-width letters");
    is (text_fold (&arena, "１２３"), "123", "full-width digits become digits");
    is (text_fold (&arena, "㈱"), "(株)", "a ligature is taken apart");
    is (text_fold (&arena, "看護 小規模　多機能"), "看護小規模多機能", "spaces inside go");
    is (text_fold (&arena, "ブルー・ケア"), "ブルーケア", "middle dots go");
    same ("1-2-3", "1‐2−3", "U+2010 and U+2212 are hyphens");
    same ("1-2", "1－2", "U+FF0D is a hyphen");
    same ("1-2", "1ー2", "U+30FC between digits is a hyphen");
    same ("1-2", "1ｰ2", "U+FF70 between digits is a hyphen");
    same ("1-2", "1⁻2", "U+207B is a hyphen");
    same ("1-2", "1₋2", "U+208B is a hyphen");
    same ("1-2", "1―2", "U+2015 is a hyphen");
    same ("1-2", "1–2", "U+2013 is a hyphen");
    is (text_fold (&arena, text_fold (&arena, "㈱髙﨑ｻｰﾋﾞｽ・１−２")), text_fold (&arena, "㈱髙﨑ｻｰﾋﾞｽ・１−２"), "folding twice is folding once");
}

/* Every row of the table: sorted, and never leading to another row. */
static void table (void)
{
    static const struct { int from, to; } rows[] = {
#define VARIANT(from, to) { from, to },
#include "text_variants.def"
#undef VARIANT
    };
    size_t count = sizeof rows / sizeof *rows, unsorted = 0, chains = 0;

    for (size_t i = 0; i < count; i++) {
        unsorted += i && rows[i - 1].from >= rows[i].from;
        for (size_t j = 0; j < count; j++)
            chains += rows[i].to == rows[j].from;
    }
    ok (count > 100, "the table of variants holds more than a hundred pairs");
    is_number (unsorted, 0, "...in the order of their code points");
    is_number (chains, 0, "...and no variant leads to another variant");
}

static void bigrams (void)
{
    struct text_list pairs = text_bigrams (&arena, "看護看護師");

    is_number (pairs.count, 3, "neighbours are paired, without repeats");
    pairs = text_bigrams (&arena, "看護");
    is_number (pairs.count, 1, "two characters are one pair");
    is (pairs.items[0], "看護", "...themselves");
    pairs = text_bigrams (&arena, "𠮷");
    is_number (pairs.count, 1, "a single character stands alone");
    is (pairs.items[0], "𠮷", "...whole, also of four bytes");
    is_number (text_bigrams (&arena, "").count, 0, "nothing has no pairs");
}

static void trimming (void)
{
    is (text_trim (&arena, "　看護 ステーション \t\r\n"), "看護 ステーション", "white space at both ends goes, inside it stays");
    is (text_trim (&arena, " 　 "), "", "white space alone is empty");
    is (text_trim (&arena, "葛"), "葛", "text without white space stays");
    is (text_trim (&arena, "\xE3"), "\xE3", "a cut character at the end is not read beyond");
}

static void cutting (void)
{
    is (text_cut (&arena, "看護", 5), "看", "text is cut between characters");
    is (text_cut (&arena, "看護", 6), "看護", "...and not when it fits");
    is (text_cut (&arena, "護", 2), "", "...to nothing when no character fits");
    ok (text_cut (&arena, NULL, 5) == NULL, "nothing stays nothing");
    is (text_narrow (&arena, "０１Ａ　ｶﾞ"), "01A ガ", "narrowing changes width only");
}

static void phone (const char *written, const char *wanted, bool doubtful, const char *name)
{
    bool got = false;

    is (text_phone (&arena, written, &got), wanted, name);
    is_number (got, doubtful, doubtful ? "...and is doubtful" : "...and is not doubtful");
}

static void phones (void)
{
    bool doubtful = false;

    phone ("011‐518-5501", "011-518-5501", false, "U+2010 becomes a hyphen");
    phone ("０１１−３５１−２７２５", "011-351-2725", false, "full-width digits and U+2212");
    phone ("（０５６７）６８ー７２３１", "0567-68-7231", false, "brackets part the digits");
    phone ("0154-53-5513（", "0154-53-5513", false, "a bracket cut off leaves a whole number");
    phone ("（直通）0225-98-4", "0225-98-4", true, "a number cut by the source");
    phone ("(0567)-68-723", "0567-68-723", true, "...with brackets too");
    phone ("242-8123", "242-8123", true, "a number without area code");
    phone ("9012345678", "9012345678", true, "a number that lost its first zero");
    phone ("090‐1234‐5678", "090-1234-5678", false, "eleven digits are fine");
    ok (text_phone (&arena, "なし", &doubtful) == NULL, "no digits, no number");
    ok (text_phone (&arena, "", &doubtful) == NULL, "nothing, no number");
}

static void encodings (void)
{
    static const unsigned char names[] = { 0xFB, 0xFC, 0xED, 0x95, 0x87, 0x40, 0x87, 0x8A, 0x5C, 0xB6 };   /* 髙﨑①㈱\ｶ */
    static const unsigned char cut[] = { 0x95 };
    struct bytes utf8;

    ok (text_from_cp932 (&arena, (struct bytes) { names, sizeof names }, &utf8) == 0, "CP932 with vendor characters is read");
    is ((const char *) utf8.data, "髙﨑①㈱\\ｶ", "...as what Windows shows, and 0x5C stays a backslash");
    ok (text_from_cp932 (&arena, (struct bytes) { cut, 1 }, &utf8) < 0, "half a character is refused");
    ok (text_is_utf8 ("看護𠮷", 10), "well-formed UTF-8 is accepted");
    ok (!text_is_utf8 ("a\0b", 3), "NUL is refused");
    ok (!text_is_utf8 ("\xED\xA0\x80", 3), "a surrogate is refused");
    ok (!text_is_utf8 ("\xC0\xAF", 2), "an overlong form is refused");
    ok (!text_is_utf8 ("\xE7\x9C", 2), "half a character is refused");
}

int main (void)
{
    folding ();
    kana ();
    kanji ();
    signs ();
    table ();
    bigrams ();
    trimming ();
    cutting ();
    phones ();
    encodings ();
    arena_done (&arena);
    return done ();
}
