/* test_real_lists.c - lists of medical facilities as they are published, byte for byte: 医療情報ネット (three prefectures), the bureaus' codes (two
 * dates, in both orders), a city's own list (both variants).  Figures are those of each SOURCE.md; what it does not count is counted by cut
 * and sort, independent of the reader under test.  Where ../shared is missing the test says so and passes.
 */
#include <unistd.h>
#include "import_files.h"

#define DATA "../shared/data/"
#define NAVII DATA "iryo-joho-net/01-1_hospital_facility_info_20250601_"

static struct arena self_arena;

static void empty (void)
{
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
}

static const char *check_path (const char *profile, const char *path, const char *date, bool force)
{
    FILE *in = fopen (path, "re");
    char *bytes = malloc (4 << 20);
    size_t size = in ? fread (bytes, 1, 4 << 20, in) : 0;
    const char *import_id;

    if (in)
        fclose (in);
    import_id = check_as (profile, send_sized (bytes, size, 262144), date, force);
    free (bytes);
    return import_id;
}

static struct import_report_answer import_path (const char *profile, const char *path, const char *date)
{
    const char *import_id = check_path (profile, path, date, false);
    struct import_report_answer report = report_of (import_id);

    if (report.state != IMPORT_STATE_CHECKED)
        note ("%s: %s", path, report.why ? report.why : "");
    run_import (import_id);
    return report_of (import_id);
}

static int64_t count (const char *where)
{
    return harness_number (harness, "select count(*) from facility f where %s", where);
}

static void hospitals (void)
{
    static const struct { const char *file; int64_t rows, cities; } files[] = {
        { "pref43_kumamoto.csv", 199, 35 }, { "pref12_chiba.csv", 266, 52 }, { "pref18_fukui.csv", 67, 13 },
    };

    for (int i = 0; i < 3; i++) {
        struct import_report_answer report = import_path ("iryo-hospital", arena_print (&self_arena, NAVII "%s", files[i].file), "2025-06-01");

        is_number (report.rows_read, files[i].rows, "a prefecture's hospitals are read (SOURCE.md: 199, 266, 67)");
        ok (report.state == IMPORT_STATE_DONE && report.added == files[i].rows && report.refused == 0, "...and all of them taken");
        is_number (report.counts.count, files[i].cities, "...counted per municipality");
        is_number (report.absent, 0, "...and no other prefecture's hospital counts as missing");
    }
    is_number (events (), 532, "one event for each");
    for (int i = 0; i < 3; i++) {
        struct import_report_answer report = import_path ("iryo-hospital", arena_print (&self_arena, NAVII "%s", files[i].file), "2025-06-01");

        ok (report.unchanged == files[i].rows && report.added + report.changed + report.absent == 0, "the same file again changes nothing");
    }
    is_number (events (), 532, "...and no event is announced");
}

static void hospital_quirks (void)
{
    is_number (count ("scheme = 'navii' and service = '病院' and number ~ '^[0-9]{12,13}$'"), 532, "an ID of 12 or 13 digits is a number of its own scheme");
    is_number (count ("located_in = '431010' and name = '伊井産婦人科'"), 1, "都道府県コード and 市区町村コード are joined and get their check digit");
    is_number (count ("located_in !~ '^(12|18|43)'"), 0, "...each in its prefecture");
    is_number (count ("latitude is null and provenance -> 'latitude' ->> 'raw' = '0.0'"), 1, "coordinates 0.0 are not known (one hospital of Chiba)");
    is_number (count ("url is not null and provenance -> 'url' ->> 'doubtful' = 'true'"), 14, "a URL without scheme gets one and is doubtful (5 + 2 + 7)");
    is_number (harness_number (harness, "select count(distinct line) from import_problem where reason = '内訳の合計と違います'"), 3,
               "合計病床数 that differs from its parts is doubtful (1 + 0 + 2)");
    is_number (count ("phone is not null or fax is not null"), 0, "there is no telephone and no FAX in these files");
}

/* Both dates, forwards: openings, closings, renames and moves of eleven months. */
static void codes_forwards (void)
{
    struct import_report_answer report = import_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202409_med_inst_cd_pref12_18_43.csv", "2024-09-13");

    is_number (report.rows_read, 5659, "the list of 2024-09 has 5,659 rows, the first one too: there is no header");
    is_number (report.refused, 101, "...101 of them lines that stand there twice");
    is_number (report.added, 5558, "...the rest are new");
    is_number (count ("located_in ~ '^(12|18|43)' and scheme = 'kouseikyoku'"), 5558, "each municipality is read from an address without prefecture");
    is_number (count ("number ~ '^(12|18|43)1[0-9]{7}$'"), 5558, "the 点数表コード of 医科 is put in: ten digits");
    is_number (count ("postal_code ~ '^[0-9]{3}-[0-9]{4}$'"), 5558, "each postal code is kept");
    report = import_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202508_med_inst_cd_pref12_18_43.csv", "2025-08-09");
    ok (report.rows_read == 5675 && report.refused == 102, "the list of 2025-08 has 5,675 rows, 102 of them twice");
    ok (report.added == 233 && report.changed == 42 && report.absent == 218, "233 have opened, 42 changed, 218 are gone");
    is_number (events (), 5558 + 233 + 42 + 218, "one event for each of them");
    report = import_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202508_med_inst_cd_pref12_18_43.csv", "2025-08-09");
    ok (report.added + report.changed + report.absent == 0 && events () == 5558 + 233 + 42 + 218, "the same list again: 0 changes, 0 events");
}

static void codes_backwards (void)
{
    struct import_report_answer report;
    const char *older;

    import_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202508_med_inst_cd_pref12_18_43.csv", "2025-08-09");
    older = check_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202409_med_inst_cd_pref12_18_43.csv", "2024-09-13", false);
    is_number (report_of (older).state, IMPORT_STATE_REFUSED, "the older list after the newer one is refused");
    older = check_path ("kouseikyoku-codes", DATA "kouseikyoku-codes/202409_med_inst_cd_pref12_18_43.csv", "2024-09-13", true);
    report = report_of (older);
    ok (report.added == 218 && report.changed == 42 && report.absent == 233, "who insists sees the eleven months the other way round");
}

static void city (void)
{
    struct import_report_answer report = import_path ("kumamoto-yakkyoku", DATA "kumamoto-city/yakkyoku_list_org.csv", "2025-04-25");

    ok (report.rows_read == 400 && report.added == 400 && report.refused == 0, "熊本市's 400 pharmacies go through its mapping file");
    ok (count ("municipality = '431001'") == 0 && count ("located_in between '431001' and '431060'") == 400, "...each in its ward");
    is_number (count ("located_in = '431010'"), 139, "...139 of them in 中央区, whether 所在地 begins with 熊本県 or 熊本市");
    is_number (count ("valid_from >= '2019-05-01' and valid_until > valid_from"), 400, "有効期間 in Japanese years is a period");
    is_number (count ("valid_from between '2019-05-01' and '2019-12-31'"), 19, "...令和元年 19 times");
    is_number (harness_number (harness, "select count(*) from facility where facility::text like '%%三笠薬品%%'"), 0, "開設者氏名 is kept nowhere");
    report = import_path ("kumamoto-yakkyoku", DATA "kumamoto-city/yakkyoku_list_bom_id.csv", "2025-04-25");
    ok (report.unchanged == 400 && report.added + report.changed + report.refused + report.absent == 0,
        "...the variant with BOM and _id is the same list: 0 changes");
    is_number (events (), 400, "...and no event");
}

int main (void)
{
    if (access (DATA "kouseikyoku-codes/SOURCE.md", R_OK) < 0) {
        printf ("1..0 # SKIP " DATA " is not here\n");
        return 0;
    }
    open_region ();
    empty ();
    hospitals ();
    hospital_quirks ();
    empty ();
    codes_forwards ();
    empty ();
    codes_backwards ();
    empty ();
    city ();
    empty ();
    arena_done (&self_arena);
    harness_close (&harness);
    return done ();
}
