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
    same ("か゛", "ガ", "a full-width sound mark typed behind its kana is joined");
    same ("ハ゜ーキンソン", "パーキンソン", "...so is a round one, as old CP932 lists have it");
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

/* ---- the whole of Unicode, and the whole of CP932 ---------------------------------------------------------------------------------- */

static char *character (int c, char ret[8])
{
    char *end = ret;

    if (c < 0x80)
        *end++ = (char) c;
    else if (c < 0x800)
        *end++ = (char) (0xC0 | c >> 6);
    else if (c < 0x10000)
        *end++ = (char) (0xE0 | c >> 12);
    else
        *end++ = (char) (0xF0 | c >> 18);
    if (c >= 0x10000)
        *end++ = (char) (0x80 | (c >> 12 & 0x3F));
    if (c >= 0x800)
        *end++ = (char) (0x80 | (c >> 6 & 0x3F));
    if (c >= 0x80)
        *end++ = (char) (0x80 | (c & 0x3F));
    *end = '\0';
    return ret;
}

/* A search folds what was stored folded: behind kana, behind a digit and alone. */
static void folding_is_stable (void)
{
    static const char *const before[] = { "", "カ", "1" };
    int changed = 0, broken = 0;
    char one[8];

    for (int c = 1; c < 0x30000; c++)
        for (size_t i = 0; i < 3 && (c < 0xD800 || c > 0xDFFF); i++) {
            ARENA (own);
            const char *once = text_fold (&own, arena_print (&own, "%s%sイ", before[i], character (c, one)));

            changed += strcmp (text_fold (&own, once), once) != 0;
            broken += !text_is_utf8 (once, strlen (once));
        }
    is_number (changed, 0, "folding twice is folding once, for every character of the first three planes");
    is_number (broken, 0, "...and gives well-formed text");
}

static void half_width_kana (void)
{
    static const char wide[] = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    const char *at = wide;
    int wrong = 0;

    for (int c = 0xFF61; c <= 0xFF9D; c++, at += 3) {
        char half[8], full[4] = { at[0], at[1], at[2] };

        wrong += strcmp (text_fold (&arena, character (c, half)), text_fold (&arena, full)) != 0;
    }
    is_number (wrong, 0, "each of the 61 half-width signs and kana folds like its full-width form");
    same ("ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｶﾞｻﾞﾀﾞｳﾞ", "バビブベボパピプペポガザダヴ", "half-width sound marks are joined to what they follow");
    is (text_fold (&arena, "ﾞ"), text_fold (&arena, "゛"), "a sound mark alone stays one");
}

static void dashes_of_two_worlds (void)
{
    same ("月〜金", "月～金", "the wave dash of UTF-8 equals the full-width tilde CP932 makes of the same byte pair");
    same ("月~金", "月～金", "...and the half-width tilde");
    same ("１−２", "１－２", "the minus of UTF-8 equals the full-width hyphen of CP932");
    same ("─", "―", "a ruled line equals a dash");
    same ("Ａ—Ｂ", "a-b", "U+2014 too, which CP932 has as U+2015");
    differ ("サービス", "サ-ビス", "a hyphen typed for the long-vowel mark does not become one");
}

/* Every byte pair: what is read is well formed, never more than three bytes a character, and what is not read is refused as a whole. */
static void every_pair_of_cp932 (void)
{
    int read = 0, wrong = 0, gaiji = 0;

    for (unsigned lead = 0x81; lead <= 0xFC; lead++)
        for (unsigned trail = 0x40; trail <= 0xFC; trail++) {
            ARENA (own);
            unsigned char pair[2] = { (unsigned char) lead, (unsigned char) trail };
            struct bytes utf8 = { NULL, 0 };

            if ((lead >= 0xA0 && lead <= 0xDF) || text_from_cp932 (&own, (struct bytes) { pair, 2 }, &utf8) < 0)
                continue;
            read++;
            gaiji += utf8.size == 3 && utf8.data[0] == 0xEE && lead >= 0xF0 && lead <= 0xF9;
            wrong += utf8.size < 2 || utf8.size > 3 || !text_is_utf8 ((const char *) utf8.data, utf8.size);
        }
    ok (read > 9000, "more than nine thousand pairs of CP932 are characters");
    is_number (wrong, 0, "...each a well-formed one of two or three bytes");
    ok (gaiji > 700, "...the private ones of old programs (gaiji) among them, as private characters");
}

static void cp932_quirks (void)
{
    static const struct { const char *bytes, *wanted, *name; } rows[] = {
        { "\x81\x60", "～", "8160 is the full-width tilde, as Windows has it" },
        { "\x81\x7c", "－", "817C is the full-width hyphen" },
        { "\x81\x61", "∥", "8161 is U+2225" },
        { "\x81\x91\x81\x92\x81\xca", "￠￡￢", "cent, pound and not are full-width" },
        { "\x5c\x7e", "\\~", "5C and 7E are what ASCII says" },
        { "\x87\x54\xfa\x4a", "ⅠⅠ", "NEC's and IBM's Roman numerals become the same" },
        { "\x87\x9a\xfa\x5b", "∵∵", "so do doubled signs" },
        { "\xed\x40\xfa\x5c", "纊纊", "so do NEC's copies of IBM's kanji" },
        { "\x8d\x82\xfb\xfc", "高髙", "the two kinds of 高 stay two" },
        { "\xa1\xb6\xde\xdf", "｡ｶﾞﾟ", "half-width kana are one byte each" },
        { "\x83\x5c\x95\x5c", "ソ表", "a trailing 5C is no backslash" },
        { "", "", "nothing is nothing" },
    };
    static const char *const broken[] = {
        "\x81", "a\x82", "\x81\x20", "\x81\x7f", "\x81\xfd", "\xff", "\x80\x80", "\xa0\x41", "ok\x85\x40"
    };
    struct bytes utf8;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes in = { (const unsigned char *) rows[i].bytes, strlen (rows[i].bytes) };

        is (text_from_cp932 (&arena, in, &utf8) < 0 ? "refused" : (const char *) utf8.data, rows[i].wanted, rows[i].name);
    }
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct bytes in = { (const unsigned char *) broken[i], strlen (broken[i]) };

        if (!ok (text_from_cp932 (&arena, in, &utf8) < 0, "bytes that are no CP932 are refused"))
            note ("case %zu became %s", i, (const char *) utf8.data);
    }
}

static void searching (void)
{
    static const struct { const char *typed, *stored; } found[] = {
        { "訪看", "訪看ステーション" }, { "ﾃﾞｲ", "デイサービスみずき" }, { "でい", "ﾃﾞｲｻｰﾋﾞｽ" }, { "高﨑", "髙崎医院" }, { "ａｂ", "AB薬局" },
        { "㈱み", "（株）みずき" }, { "６－７", "住吉6ー7" }, { "ｻ", "サクラ" },
    };

    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        struct text_list wanted = text_bigrams (&arena, text_fold (&arena, found[i].typed));
        struct text_list there = text_bigrams (&arena, text_fold (&arena, found[i].stored));
        const char *folded = text_fold (&arena, found[i].stored);
        size_t hits = 0;

        for (size_t w = 0; w < wanted.count; w++) {
            bool hit = strlen (wanted.items[w]) < 4 && strstr (folded, wanted.items[w]);    /* one character: looked for by its beginning */

            for (size_t t = 0; t < there.count && !hit; t++)
                hit = strcmp (wanted.items[w], there.items[t]) == 0;
            hits += hit;
        }
        if (!ok (wanted.count > 0 && hits == wanted.count, "what is typed is found in what is stored"))
            note ("%s in %s", found[i].typed, found[i].stored);
    }
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
    folding_is_stable ();
    half_width_kana ();
    dashes_of_two_worlds ();
    every_pair_of_cp932 ();
    cp932_quirks ();
    searching ();
    arena_done (&arena);
    return done ();
}
