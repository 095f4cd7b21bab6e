/* test_csv.c - what cities and spreadsheets write is read; what is broken is told with its line (security §5, CSV corpus). */
#include "csv.h"
#include "tap.h"

static struct arena arena;
static struct csv_record record;
static struct csv csv;
static struct error err;

static int first (const char *text)
{
    csv_begin (&csv, text, strlen (text), 1, true);
    return csv_next (&csv, &arena, &record, &err);
}

static int again (void)
{
    return csv_next (&csv, &arena, &record, &err);
}

static const char *why (void)
{
    return err.param_count ? err.params[0].value : "";
}

static void plain (void)
{
    ok (first ("a,b,c\r\nd,e,f\r\n") == 1 && record.count == 3, "a record has its fields");
    is (record.fields[2].text, "c", "...without the line end");
    ok (again () == 1 && record.line == 2, "the second record begins at line 2");
    ok (again () == 0, "a line end at the end makes no record");
    ok (first ("a,b") == 1 && record.count == 2 && again () == 0, "no line end at the end");
    ok (first ("a,") == 1 && record.count == 2 && record.fields[1].size == 0, "an empty last field counts");
    ok (first ("") == 0, "an empty file has no record");
    ok (first ("a;b\tc") == 1 && record.count == 1, "semicolons and tabs do not part fields");
}

static void line_ends (void)
{
    ok (first ("a\rb\nc\r\nd") == 1, "CR, LF and CRLF mixed");
    again ();
    is (record.fields[0].text, "b", "...CR ends a record");
    again ();
    ok (record.line == 3 && again () == 1 && record.line == 4, "...and every kind counts as one line");
    ok (first ("\n\r\n\na") == 1 && record.line == 4, "empty lines are passed over but counted");
}

static void quotes (void)
{
    ok (first ("\"平日,土曜日\",x") == 1 && record.count == 2, "a comma inside quotes parts nothing");
    is (record.fields[0].text, "平日,土曜日", "...and stays");
    first ("\"a \"\"b\"\" c\"");
    is (record.fields[0].text, "a \"b\" c", "doubled quotes become one");
    first ("\"one\r\ntwo\nthree\",x\r\ny");
    is (record.fields[0].text, "one\r\ntwo\nthree", "line breaks inside quotes stay");
    ok (again () == 1 && record.line == 4, "...and are counted");
    first ("ab\"c,d");
    is (record.fields[0].text, "ab\"c", "a quote inside an unquoted field stands for itself");
    ok (first ("\"a\"b,c\n") == 1 && record.misquoted, "text behind a closing quote is told");
    is (record.fields[1].text, "c", "...and the next field is read");
    ok (first ("\"\"") == 1 && record.fields[0].size == 0 && !record.misquoted, "an empty quoted field");
    ok (first ("a\nb,\"open\nc\nd") == 1 && again () < 0, "an unclosed quote is refused");
    is (why (), "2行目：引用符が閉じていません", "...with the line where it opened");
}

static char *repeat (const char *unit, size_t times)
{
    size_t size = strlen (unit);
    char *text = arena_alloc (&arena, size * times + 3);

    for (size_t i = 0; i < times; i++)
        memcpy (text + i * size, unit, size);
    return text;
}

static void limits (void)
{
    char *open;

    ok (first (repeat ("x", CSV_FIELD_MAX)) == 1, "a field of 64 KiB is read");
    ok (first (repeat ("x", CSV_FIELD_MAX + 1)) < 0, "a longer one is refused");
    ok (strstr (why (), "64KiB") != NULL, "...with the reason");
    open = repeat ("x", 1024 * 1024);
    open[0] = '"';
    csv_begin (&csv, open, 1024 * 1024, 7, false);
    ok (again () < 0, "an unclosed quote ends the reading after 128 KiB, not after the file");
    ok (strstr (why (), "7行目") != NULL, "...with its line");
    ok (first (repeat (",", CSV_FIELDS_MAX - 1)) == 1 && record.count == CSV_FIELDS_MAX, "200 columns are read");
    ok (first (repeat (",", 10000)) < 0, "10,000 columns are refused");
    open = repeat ("\"\"", CSV_FIELD_MAX + 1);
    csv_begin (&csv, open, 2 * CSV_FIELD_MAX + 2, 1, true);
    ok (again () < 0 || record.misquoted || record.count == 1, "a field of quotes alone ends");
}

/* The same text cut into two pieces at every byte gives the same records. */
static void pieces (void)
{
    static const char text[] = "\xE9\xA0\xAD,b\r\n\"x,\"\"y\"\"\r\nz\",2\r\r\n\n3,\"\"\nlast";
    size_t size = sizeof text - 1, wrong = 0;

    for (size_t cut = 0; cut <= size; cut++) {
        char joined[200] = "", whole[200] = "";
        struct error ignored = { 0 };
        size_t begin = 0;
        int64_t line = 1;

        for (int last = 0; last < 2; last++) {
            csv_begin (&csv, text + begin, (last ? size : cut) - begin, line, last);
            while (csv_next (&csv, &arena, &record, &ignored) == 1)
                for (size_t i = 0; i < record.count; i++)
                    snprintf (joined + strlen (joined), sizeof joined - strlen (joined), "%d[%s]", (int)record.line, record.fields[i].text);
            begin += csv_consumed (&csv);
            line = csv.line;
        }
        csv_begin (&csv, text, size, 1, true);
        while (csv_next (&csv, &arena, &record, &ignored) == 1)
            for (size_t i = 0; i < record.count; i++)
                snprintf (whole + strlen (whole), sizeof whole - strlen (whole), "%d[%s]", (int) record.line, record.fields[i].text);
        wrong += strcmp (joined, whole) != 0;
    }
    is_number (wrong, 0, "a file cut into pieces anywhere gives the same records and lines");
}

int main (void)
{
    plain ();
    line_ends ();
    quotes ();
    limits ();
    pieces ();
    arena_done (&arena);
    return done ();
}
