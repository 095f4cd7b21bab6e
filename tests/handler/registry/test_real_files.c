/* test_real_files.c - the nine published files of care offices, byte for byte: dry run, import, and again without a single change or event.
 *
 * The files are not part of this tree; where ../shared/data/kaigo-jigyosho is missing the test says so and passes.  Expected counts are
 * taken by cut and sort from the unpacked files, independent of the reader under test.
 */
#include "import_files.h"
#include <glob.h>

enum { COUNTED_MOST = 1000 };   /* behind that a search says only that there are more */

static const char folder[] = "../shared/data/kaigo-jigyosho";

static char *read_all (FILE *in, size_t *ret_size)
{
    size_t room = 1 << 20, size = 0, got;
    char *bytes = malloc (room);

    while ((got = fread (bytes + size, 1, room - size, in)) > 0) {
        size += got;
        if (size == room)
            bytes = realloc (bytes, room *= 2);
    }
    *ret_size = size;
    return bytes;
}

static int64_t number_of (const char *command, const char *path)
{
    char line[600];
    long long number = -1;
    FILE *in;

    snprintf (line, sizeof line, "xz -dc %s | %s", path, command);
    in = popen (line, "r");
    if (!in || fscanf (in, "%lld", &number) != 1)
        number = -1;
    if (in)
        pclose (in);
    return number;
}

static const char *check_file (const char *path)
{
    char command[600];
    const char *upload_id, *import_id;
    size_t size;
    char *bytes;
    FILE *in;

    snprintf (command, sizeof command, "xz -dc %s", path);
    in = popen (command, "r");
    bytes = read_all (in, &size);
    pclose (in);
    upload_id = send_sized (bytes, size, 262144);
    free (bytes);
    import_id = check_upload (upload_id, false);
    return import_id;
}

static void first_time (const char *path, int64_t *total)
{
    /* the code is six digits at the beginning of a line, which no continued line of a quoted field is */
    int64_t lines = number_of ("tail -n +2 | grep -c '^[0-9]\\{6\\},'", path);
    int64_t municipalities = number_of ("tail -n +2 | grep -o '^[0-9]\\{6\\},' | sort -u | wc -l", path);
    const char *import_id = check_file (path);
    struct import_report_answer report = report_of (import_id);

    note ("%s: %lld rows, %lld doubtful", strrchr (path, '/') + 1, (long long) report.rows_read, (long long) report.doubtful);
    is_number (report.state, IMPORT_STATE_CHECKED, "a published file is taken");
    is_number (report.rows_read, lines, "...all its rows are read");
    is_number (report.added, lines, "...every row is a new facility");
    is_number (report.counts.count, municipalities < 2000 ? municipalities : 2000, "...counted for each municipality");
    is_number (run_import (import_id), 0, "...and imported");
    *total += lines;
}

static void second_time (const char *path)
{
    const char *import_id = check_file (path);
    struct import_report_answer report = report_of (import_id);

    ok (report.added == 0 && report.changed == 0 && report.absent == 0 && report.unchanged == report.rows_read,
        "a second import changes nothing");
    run_import (import_id);
}

static void quirks (void)
{
    is_number (harness_number (harness, "select count(*) from facility where number ~ '[A-Z]'"), 1100,
               "office numbers with letters are kept (facts.tsv)");
    is_number (harness_number (harness, "select count(*) from facility where latitude is null"), 40, "points at 0,0 or abroad are not kept (facts.tsv)");
    is_number (harness_number (harness, "select count(*) from facility where corporation_number is null and not provenance ? 'corporation_number'"), 671,
               "blank 法人番号 (facts.tsv)");
    is_number (harness_number (harness, "select count(*) from facility where capacity is null and provenance -> 'capacity' ->> 'raw' = '0'"), 8269,
               "定員 0 is not stated (facts.tsv)");
    ok (harness_number (harness, "select count(*) from facility where located_in in ('221384', '221392', '221406')") > 0, "the wards of 2024 are known");
}

static void found (const char *text, const char *service_part)
{
    struct facility_search query = { .text = text };
    struct facility_search_answer answer = { 0 };
    int64_t wanted = harness_number (harness, "select count(*) from facility where service like '%%%s%%' or name like '%%%s%%'", service_part, service_part);

    harness_call (harness, "facility_search", &query, &answer, &err);
    ok (answer.count >= (wanted < COUNTED_MOST ? wanted : COUNTED_MOST) && answer.count > 0, text);
}

/* The same data after a spreadsheet took its numbers for numbers. */
static void mangled (void)
{
    static const char path[] = "../shared/data/kaigo-jigyosho-excel-mangled/710_night_home_help_20250601.csv.xz";
    struct import_report_answer report = report_of (check_file (path));

    is_number (report.state, IMPORT_STATE_REFUSED, "a file whose numbers lost their zeros in a spreadsheet is refused");
    ok (report.why && strstr (report.why, "先頭の0が失われています"), "...and told why");
    is_number (harness_number (harness, "select count(*) from facility where length (number) <> 10"), 0, "...and no short number is stored");
}

int main (void)
{
    glob_t files;
    char pattern[200];
    int64_t total = 0;

    snprintf (pattern, sizeof pattern, "%s/jigyosho_*.csv.xz", folder);
    if (glob (pattern, 0, NULL, &files) != 0) {
        printf ("1..0 # SKIP %s is not here\n", folder);
        return 0;
    }
    open_region ();
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
    for (size_t i = 0; i < files.gl_pathc; i++)
        first_time (files.gl_pathv[i], &total);
    is_number (harness_number (harness, "select count(*) from facility"), total, "every row of every file is a facility");
    is_number (total, 14717, "...14,717 in all");
    is_number (events (), total, "...with one event each");
    quirks ();
    harness_sql (harness, "create table before_it as select * from facility");
    for (size_t i = 0; i < files.gl_pathc; i++)
        second_time (files.gl_pathv[i]);
    is_number (events (), total, "no event is announced by the second import");
    is_number (harness_number (harness, "select count(*) from (select * from facility except select * from before_it) x"), 0, "...and no row differs");
    harness_sql (harness, "drop table before_it");
    found ("看護小規模多機能", "看護小規模多機能");
    found ("訪問入浴", "訪問入浴");
    mangled ();
    globfree (&files);
    harness_close (&harness);
    return done ();
}
