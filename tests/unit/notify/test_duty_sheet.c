/* N-32: a month's duty as rows and on paper says what the lines say: each night under the day it starts, every gap with words. */
#define _GNU_SOURCE
#include <unistd.h>
#include "clock.h"
#include "duty_sheet.h"
#include "tap.h"

#define ID(n) "00000000-0000-7000-8000-0000000000" n

static struct arena arena;

static int64_t at (int day, int minute)                         /* of December 2026 */
{
    return tokyo_instant (day_number_of (2026, 12, 1) + day - 1, minute);
}

static struct duty_line line_of (const char *rotation_id, const char *rotation, int day, int from, int to, const char *person_id,
                                 const char *name)
{
    return (struct duty_line) { .rotation_id = rotation_id, .rotation = rotation, .municipality = "011002", .from = at (day, from),
                                .to = at (day, to), .person_id = person_id, .name = name, .office = name ? "青葉クリニック" : NULL,
                                .phone = name ? "011-000-0013" : NULL, .gap = !person_id };
}

static const char *paper_says (struct bytes pdf, const char *program)
{
    char path[] = "/tmp/renkei-sheet-XXXXXX";
    char *said = arena_alloc (&arena, 200000);
    int descriptor = mkstemp (path);
    FILE *file;

    if (descriptor < 0 || write (descriptor, pdf.data, pdf.size) != (ssize_t) pdf.size || close (descriptor) < 0
        || !(file = popen (arena_print (&arena, "%s %s -", program, path), "r")))
        abort ();
    said[fread (said, 1, 199999, file)] = '\0';
    pclose (file);
    unlink (path);
    return said;
}

static void months (void)
{
    static const char *const wrong[] = { "2026-13", "2026-00", "2026-1", "26-12", "2026/12", "2026-12-01", "", "1999-12", "2100-01",
                                         "2026-+1", " 026-12" };
    struct duty_month month;

    ok (duty_month_read ("2026-12", &month) && month.year == 2026 && month.month == 12, "a month is read");
    is_number (month.next_first_day - month.first_day, 31, "…with its days, also December");
    ok (duty_month_read ("2028-02", &month) && month.next_first_day - month.first_day == 29, "…and February of a leap year");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ok (!duty_month_read (wrong[i], &month), arena_print (&arena, "\"%s\" is no month", wrong[i]));
}

static struct duty_line_list december (const char *rotation_id)
{
    struct duty_line items[] = {
        line_of (ID ("32"), "外科当番", 3, 1080, 1950, ID ("03"), "青葉 三郎"),
        line_of (ID ("31"), "内科当番", 31, 1080, 1950, ID ("04"), "若葉 四郎"), line_of (ID ("31"), "内科当番", 1, 1080, 1950, ID ("03"), "青葉 三郎"),
        line_of (ID ("31"), "内科当番", 29, 510, 1080, NULL, NULL), line_of (ID ("31"), "内科当番", 0, 1080, 1950, ID ("04"), "若葉 四郎"),
        line_of (ID ("31"), "内科当番", 32, 0, 510, ID ("04"), "若葉 四郎"), line_of (ID ("31"), "内科当番", 25, 1440, 1950, ID ("04"), "若葉 四郎"),
    };
    struct duty_lines lines = { items, sizeof items / sizeof *items };
    struct duty_month month;
    struct duty_line_list ret;

    items[6].day = "2026-12-25";                    /* taken over at midnight */
    items[6].day_class = DAY_CLASS_LOCAL;
    duty_month_read ("2026-12", &month);
    duty_month_lines (&arena, &lines, &month, rotation_id, &ret);
    return ret;
}

static void rows (void)
{
    struct duty_line_list all = december (NULL), one = december (ID ("31"));

    is_number ((int64_t) all.count, 5, "N-32: what begins on a day of the month belongs to it: 30 November's night and 1 January do not");
    ok (strcmp (all.items[0].rotation, "内科当番") == 0 && all.items[0].from == at (1, 1080) && all.items[3].from == at (31, 1080)
            && strcmp (all.items[4].rotation, "外科当番") == 0, "…rotation by rotation, by start");
    is_number ((int64_t) one.count, 4, "one rotation alone");
}

static void on_paper (void)
{
    struct duty_sheet_head head = { .municipality = "中央市", .as_of = at (-7, 540) };
    struct duty_line_list lines = december (NULL);
    struct bytes pdf, again;
    struct error err = { 0 };
    const char *text;

    duty_month_read ("2026-12", &head.month);
    is_number (duty_sheet_print (&arena, &head, &lines, &pdf, &err), 0, "N-32: the monthly duty sheet is printed");
    text = paper_says (pdf, "pdftotext -layout -enc UTF-8");
    ok (strstr (text, "中央市 往診当番表 2026年12月"), "…with its month");
    ok (strstr (text, "18:00–翌8:30 若葉 四郎"), "…the night of the 31st under the 31st");
    ok (strstr (text, "8:30–18:00 【空き】"), "…a gap in words");
    ok (strstr (text, "25日（金） 休業日") && strstr (text, "翌0:00–翌8:30 若葉 四郎"),
        "N-22: who takes a night over at midnight stands under the day it began");
    ok (strstr (text, "29日（火） 年末") && strstr (text, "31日（木） 年末") && strstr (text, "6日（日）"), "…every day with its weekday and class");
    ok (strstr (text, "011-000-0013") && strstr (text, "連絡先"), "…and whom to call by which number");
    ok (strstr (text, "発行 2026年11月23日 9:00"), "…and when this was true");
    duty_sheet_print (&arena, &head, &lines, &again, &err);
    ok (again.size == pdf.size && memcmp (again.data, pdf.data, pdf.size) == 0, "the same lines give the same bytes");
    lines.count = 0;
    duty_sheet_print (&arena, &head, &lines, &pdf, &err);
    ok (strstr (paper_says (pdf, "pdftotext -enc UTF-8"), "登録されていません"), "a month without duty says so");
}

/* More rotations than fit side by side. */
static void many_rotations (void)
{
    struct duty_sheet_head head = { .municipality = "中央市", .as_of = at (-7, 540) };
    struct duty_line items[12];
    struct duty_line_list lines = { items, 12 };
    struct bytes pdf;
    struct error err = { 0 };
    const char *text;

    duty_month_read ("2026-12", &head.month);
    for (int i = 0; i < 12; i++)
        items[i] = line_of (arena_print (&arena, ID ("%02d"), 40 + i), arena_print (&arena, "輪番その%d", i + 1), 5, 0, 1440, ID ("03"),
                            "青葉 三郎");
    duty_sheet_print (&arena, &head, &lines, &pdf, &err);
    text = paper_says (pdf, "pdftotext -layout -enc UTF-8");
    ok (strstr (text, "輪番その1 ") && strstr (text, "輪番その12"), "twelve rotations: table after table, none left out");
    ok (strstr (text, "0:00–24:00"), "…a whole day ends at 24:00");
}

int main (void)
{
    months ();
    rows ();
    on_paper ();
    many_rotations ();
    arena_done (&arena);
    return done ();
}
