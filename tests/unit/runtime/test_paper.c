/* Sheets on paper, as a reader of PDF sees them (poppler): words, pages, heads of tables, sizes; the same calls give the same bytes. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>
#include "clock.h"
#include "paper.h"
#include "tap.h"

static struct arena arena;
static char folder[] = "/tmp/renkei-paper-XXXXXX";

static const int64_t ISSUED = 1795392720ll * SECOND_US;         /* 2026-11-23 09:12 in Japan */

static struct paper new_paper (void)
{
    return (struct paper) { .arena = &arena, .title = "見本の表", .owner = "中央市", .issued_at = ISSUED };
}

/* What a program of poppler says of the bytes. */
static const char *poppler (struct bytes pdf, const char *program, const char *options)
{
    const char *path = arena_print (&arena, "%s/sheet.pdf", folder);
    const char *command = arena_print (&arena, "%s %s %s%s 2>&1", program, options, path, strcmp (program, "pdftotext") == 0 ? " -" : "");
    char *said = arena_alloc (&arena, 400000);
    FILE *file = fopen (path, "w");

    if (!file || fwrite (pdf.data, 1, pdf.size, file) != pdf.size || fclose (file) != 0 || !(file = popen (command, "r")))
        abort ();
    said[fread (said, 1, 399999, file)] = '\0';
    pclose (file);
    return said;
}

static struct bytes print (const struct paper *paper, int *ret_pages)
{
    struct bytes pdf = { 0 };
    struct error err = { 0 };

    if (paper_print (paper, &pdf, ret_pages, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    return pdf;
}

static const char *words_of_paper (const struct paper *paper)
{
    return poppler (print (paper, NULL), "pdftotext", "-layout -enc UTF-8");
}

static void add_number (char *text, int i)
{
    size_t used = strlen (text);

    snprintf (text + used, 30, "第%d回", i);
}

static int count (const char *text, const char *word)
{
    int found = 0;

    for (; (text = strstr (text, word)) != NULL; text += strlen (word))
        found++;
    return found;
}

/* Without what a line's end puts between the characters. */
static const char *joined (const char *text)
{
    char *all = arena_alloc (&arena, strlen (text) + 1), *end = all;

    for (; *text; text++)
        if (!strchr (" \n\r\f", *text))
            *end++ = *text;
    return all;
}

static void words (void)
{
    struct paper paper = new_paper ();
    const char *text;

    paper_heading (&paper, 1, "救急情報提供書");
    paper_text (&paper, "髙橋 﨑子（やまざき）様の情報です。１２３ ABC ｶﾅ 〜 ① ㈱ 鷗");
    paper_box (&paper, "救急隊は通常の手順を開始し、医師に直接確認すること");
    paper_small (&paper, "小さな注意書き");
    text = words_of_paper (&paper);
    ok (strstr (text, "救急情報提供書") && strstr (text, "小さな注意書き"), "headings and small print are on the paper");
    ok (strstr (text, "髙橋 﨑子") && strstr (text, "鷗"), "…names keep their own characters");
    ok (strstr (text, "救急隊は通常の手順を開始し、医師に直接確認すること"), "…and the box its sentence");
    ok (strstr (text, "発行 2026年11月23日 9:12"), "…the day and time of issue");
    ok (strstr (text, "1/1ページ") && strstr (text, "中央市"), "…the page, of how many, and whose sheet it is");
}

static void the_same_again (void)
{
    struct paper paper = new_paper ();
    struct bytes first, second;

    paper_text (&paper, "おなじもの");
    paper_qr (&paper, "renkei:1", 25, "登録番号 1");
    first = print (&paper, NULL);
    second = print (&paper, NULL);
    ok (first.size > 1000 && first.size == second.size && memcmp (first.data, second.data, first.size) == 0,
        "the same calls give the same bytes");
    ok (memcmp (first.data, "%PDF-1.", 7) == 0, "…of a PDF");
    paper.issued_at += 60 * (int64_t) SECOND_US;
    second = print (&paper, NULL);
    ok (first.size != second.size || memcmp (first.data, second.data, first.size) != 0, "…another minute of issue gives others");
    ok (first.size < 100000, "only the letters that are used are in the file");
}

static void long_text (void)
{
    struct paper paper = new_paper ();
    char *text = arena_alloc (&arena, 40000);
    const char *got;
    int pages;

    for (int i = 0; i < 2400; i++)
        add_number (text, i);
    paper_text (&paper, text);
    got = joined (poppler (print (&paper, &pages), "pdftotext", "-enc UTF-8"));
    ok (pages > 1, "a long paragraph goes on on the next page");
    ok (strstr (got, "第0回第1回第2回") && strstr (got, "第2398回第2399回"), "…from its first word to its last");
    ok (count (got, "見本の表") == pages - 1, "…and every further page says which sheet it belongs to");
}

static void tables (void)
{
    static const struct paper_column columns[] = { { .title = "日付の欄", .share = 1 }, { .title = "当番", .share = 3, .centred = true } };
    struct paper paper = new_paper ();
    const char *text;
    int pages;

    paper_table (&paper, columns, 2);
    for (int i = 1; i <= 120; i++) {
        const char **cells = arena_alloc (&arena, 2 * sizeof *cells);

        cells[0] = arena_print (&arena, "行%d", i);
        cells[1] = i == 60 ? "とても長い名前の診療所がひとつの欄に入りきらないときは折り返して書かれて、行の高さがそれに合わせて伸びることになっている" : NULL;
        paper_row (&paper, i % 7 == 0 ? PAPER_SHADED : PAPER_PLAIN, cells);
    }
    text = poppler (print (&paper, &pages), "pdftotext", "-layout -enc UTF-8");
    ok (pages >= 3, "120 rows need several pages");
    is_number (count (text, "日付の欄"), pages, "the head of the table stands on each of them");
    ok (strstr (text, "行1 ") || strstr (text, "行1\n"), "the first row is there");
    ok (strstr (text, "行120"), "…and the last");
    ok (strstr (joined (text), "伸びることになっている"), "a long cell is wrapped, not cut");
    ok (strstr (text, arena_print (&arena, "%d/%dページ", pages, pages)), "the last page knows that it is the last");
}

/* What does not fit on a page by itself is shortened, and says so. */
static void a_row_higher_than_a_page (void)
{
    static const struct paper_column columns[] = { { .share = 1, .label = true }, { .share = 1 } };
    struct paper paper = new_paper ();
    char *text = arena_alloc (&arena, 100000);
    const char *cells[] = { "名", text }, *got;
    int pages;

    for (int i = 0; i < 3000; i++)
        add_number (text, i);
    paper_table (&paper, columns, 2);
    paper_row (&paper, PAPER_STRONG, cells);
    paper_row (&paper, PAPER_PLAIN, (const char *[]) { "次", "次の行" });
    got = joined (poppler (print (&paper, &pages), "pdftotext", "-enc UTF-8"));
    ok (pages <= 3, "a cell longer than a page does not run over the sheet");
    ok (strstr (got, "…") && !strstr (got, "第2999回"), "…it is shortened and shows it");
    ok (strstr (got, "次の行"), "…and the next row follows");
}

static void sizes (void)
{
    struct paper paper = new_paper ();

    paper_text (&paper, "縦");
    ok (strstr (poppler (print (&paper, NULL), "pdfinfo", ""), "595.276 x 841.89 pts (A4)"), "a sheet is A4");
    paper.landscape = true;
    ok (strstr (poppler (print (&paper, NULL), "pdfinfo", ""), "841.89 x 595.276 pts (A4)"), "…or A4 on its side");
    ok (strstr (poppler (print (&paper, NULL), "pdfinfo", ""), "見本の表"), "…and its file has the title");
    ok (strstr (poppler (print (&paper, NULL), "pdffonts", ""), "yes yes yes"), "fonts are in the file, as subsets, with their characters");
}

static void empty_and_too_long (void)
{
    struct paper paper = new_paper ();
    struct bytes pdf;
    struct error err = { 0 };
    int pages;

    print (&paper, &pages);
    is_number (pages, 1, "a sheet on which nothing stands is one page");
    for (int i = 0; i < PAPER_PAGES_MAX - 1; i++)
        paper_new_page (&paper);
    print (&paper, &pages);
    is_number (pages, PAPER_PAGES_MAX, "60 pages are printed");
    paper_new_page (&paper);
    ok (paper_print (&paper, &pdf, NULL, &err) < 0 && err.key == ERROR_TOO_LARGE, "…61 are not");
}

static void codes (void)
{
    struct paper paper = new_paper ();
    char *text = arena_alloc (&arena, 3001);
    struct bytes pdf;
    struct error err = { 0 };

    paper_qr (&paper, "renkei:0190a3b4-0000-7000-8000-00000000e001", 28, "登録番号 0123");
    paper_text (&paper, "左に書かれる文");
    ok (strstr (words_of_paper (&paper), "登録番号 0123") && strstr (words_of_paper (&paper), "左に書かれる文"),
        "EMS-21: words stand beside and under a QR code");
    memset (text, 'x', 3000);
    paper_qr (&paper, text, 28, NULL);
    ok (paper_print (&paper, &pdf, NULL, &err) < 0 && err.key == ERROR_BUG, "what no QR code can hold is refused, not left out");
}

/* A month of a big municipality is printed by another thread, over and over. */
static _Atomic bool enough;
static _Atomic int long_sheets;

static void *print_long_sheets (void *arg)
{
    while (!enough) {
        struct arena own = { 0 };
        struct paper paper = { .arena = &own, .title = "長い表", .issued_at = ISSUED };
        struct bytes pdf;
        struct error err = { 0 };

        for (int i = 0; i < PAPER_PAGES_MAX - 1; i++) {
            paper_text (&paper, "当番の一日");
            paper_new_page (&paper);
        }
        long_sheets += paper_print (&paper, &pdf, NULL, &err) == 0;
        arena_done (&own);
    }
    return arg;
}

static void a_short_sheet_does_not_wait_for_a_long_one (void)
{
    enum { SHORT_SHEETS = 20 };
    struct paper paper = new_paper ();
    pthread_t thread;
    int before, good = 0;

    paper_text (&paper, "往診をお願いします");
    pthread_create (&thread, NULL, print_long_sheets, NULL);
    while (long_sheets == 0)
        sched_yield ();
    before = long_sheets;
    for (int i = 0; i < SHORT_SHEETS; i++)
        good += print (&paper, NULL).size > 0;
    ok (good == SHORT_SHEETS && long_sheets - before < SHORT_SHEETS / 4,
        "a page for the FAX waits for a page of a month's sheet, not for all sixty");
    note ("%d long sheets meanwhile", long_sheets - before);
    enough = true;
    pthread_join (thread, NULL);
}

int main (void)
{
    if (!mkdtemp (folder))
        abort ();
    words ();
    the_same_again ();
    long_text ();
    tables ();
    a_row_higher_than_a_page ();
    sizes ();
    empty_and_too_long ();
    codes ();
    a_short_sheet_does_not_wait_for_a_long_one ();
    unlink (arena_print (&arena, "%s/sheet.pdf", folder));
    rmdir (folder);
    arena_done (&arena);
    return done ();
}
