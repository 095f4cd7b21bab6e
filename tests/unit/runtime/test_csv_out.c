/* CSV for spreadsheets: quoting, formulas, both encodings, and what CP932 lacks. */
#include "csv_out.h"
#include "tap.h"

static struct arena arena;
static const char *const titles[] = { "名称", "住所" };

static const char *row (bool cp932, const char *one, const char *other)
{
    struct csv_out out = { .arena = &arena, .titles = titles, .columns = 2, .cp932 = cp932 };

    csv_out_row (&out, (const char *[]) { one, other });
    return arena_copy (&arena, (const char *) csv_out_page (&out).data, csv_out_page (&out).size);
}

static void cells (void)
{
    is (row (false, "a", NULL), "\"a\",\"\"\r\n", "every cell is quoted, nothing is an empty one");
    is (row (false, "a\"b", "c,d"), "\"a\"\"b\",\"c,d\"\r\n", "RFC 4180: quotes are doubled, commas stay");
    is (row (false, "一\r\n二", "\t三"), "\"一 二\",\"' 三\"\r\n", "a line break or tab is a space");
    is (row (false, "=1+1", "-2"), "\"'=1+1\",\"'-2\"\r\n", "a formula is disarmed");
    is (row (false, "@x", "+81"), "\"'@x\",\"'+81\"\r\n", "...however it begins");
    is (row (false, "＝1", "－2"), "\"'＝1\",\"'－2\"\r\n", "...also full-width");
    is (row (false, "a=1", "1-2"), "\"a=1\",\"1-2\"\r\n", "a sign within is none");
}

static void encodings (void)
{
    struct csv_out out = { .arena = &arena, .titles = titles, .columns = 2 };

    is_number (csv_out_page (&out).size, 0, "an empty page is empty");
    csv_out_head (&out);
    csv_out_row (&out, titles);
    is (arena_copy (&arena, (const char *) csv_out_page (&out).data, csv_out_page (&out).size),
        "\xef\xbb\xbf\"名称\",\"住所\"\r\n\"名称\",\"住所\"\r\n", "UTF-8 begins with its mark and the titles");
    is (row (true, "a", "b"), "\"a\",\"b\",\"\"\r\n", "CP932: a column more, empty when nothing was replaced");
    is (row (true, "\xe4\xba\x9c", "b"), "\"\x88\x9f\",\"b\",\"\"\r\n", "...in CP932");
    is (row (true, "𠮷", "😀😀"), "\"\x81\xac\",\"\x81\xac\x81\xac\",\"\x96\xbc\x8f\xcc U+20BB7; \x8f\x5a\x8f\x8a U+1F600 U+1F600\"\r\n",
        "...where and which: 名称 U+20BB7; 住所 U+1F600 U+1F600");
    is (row (true, "=𠮷", "b"), "\"'=\x81\xac\",\"b\",\"\x96\xbc\x8f\xcc U+20BB7\"\r\n", "a formula is disarmed there, too");
}

static void many (void)
{
    struct csv_out out = { .arena = &arena, .titles = titles, .columns = 2 };

    for (int i = 0; i < 5000; i++)
        csv_out_row (&out, (const char *[]) { "見本診療所", "見本市一条通" });
    is_number (csv_out_page (&out).size, 5000 * (int64_t) strlen ("\"見本診療所\",\"見本市一条通\"\r\n"), "a page grows as long as rows come");
}

int main (void)
{
    cells ();
    encodings ();
    many ();
    arena_done (&arena);
    return done ();
}
