/* test_import.c - a file is checked, run, run again; what is left in the database after each, and after every refusal. */
#include "import_files.h"

#define HEADER                                                                                                                            \
    "\xEF\xBB\xBF都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,緯度,経度,電話番号,FAX番号,事業所番号,"    \
    "利用可能曜日,定員,URL\r\n"
#define ROW_A "011011,0170103378,北海道,札幌市中央区,見本訪問看護ステーション,ミホンホウモンカンゴ,訪問看護,札幌市中央区南1条,43.05,141.33,011‐518-5501,,0170103378,\"平日,祝日\",0,\r\n"
#define ROW_B "104281,1070600927,群馬県,高山村,高山訪問入浴,タカヤマホウモンニュウヨク,訪問入浴介護,高山村中山,36.6,138.9,0279-63-2111,,1070600927,平日,3,\r\n"
#define ROW_B_MOVED "104281,1070600927,群馬県,高山村,高山訪問入浴,タカヤマホウモンニュウヨク,訪問入浴介護,高山村尻高,36.6,138.9,0279-63-2111,,1070600927,平日,3,\r\n"
#define ROW_C "104281,1070600935,群馬県,高山村,高山訪問入浴二号,タカヤマホウモンニュウヨクニゴウ,訪問入浴介護,高山村中山,36.6,138.9,0279-63-21,,1070600935,平日,3,\r\n"
#define ROW_BAD "104281,107060,群馬県,高山村,番号の短い事業所,,訪問入浴介護,高山村中山,36.6,138.9,,,107060,平日,,\r\n"

static void dry_run (void)
{
    const char *import_id = check_text (HEADER ROW_A ROW_B ROW_BAD);
    struct import_report_answer report = report_of (import_id);

    is_number (report.state, IMPORT_STATE_CHECKED, "a checked file waits to be run");
    is_number (report.rows_read, 3, "...all rows were read");
    is_number (report.added, 2, "...two would be new");
    is_number (report.refused, 1, "...one is refused");
    is_number (report.counts.count, 2, "...counted per municipality");
    is (report.counts.items[1].name, "群馬県高山村", "...by name");
    is_number (report.counts.items[1].refused, 1, "...the refused row belongs to its municipality");
    is_number (report.problems.count, 1, "...and the problem is listed");
    is_number (report.problems.items[0].line, 4, "...with its line");
    is (report.problems.items[0].column, "事業所番号", "...its column");
    is (report.problems.items[0].value, "107060", "...its value");
    is (report.problems.items[0].reason, "事業所番号は英数字10桁です", "...and the reason");
    is_number (harness_number (harness, "select count(*) from facility"), 0, "nothing is written by a dry run");
    is_number (events (), 0, "...and nothing announced");
    is_number (run_import (import_id), 0, "the import is run");
    is_number (report_of (import_id).state, IMPORT_STATE_DONE, "...and done");
    is_number (harness_number (harness, "select count(*) from facility"), 2, "two facilities are there");
    is_number (events (), 2, "...with one event each");
    is_number (harness_number (harness, "select count(*) from import_row"), 0, "nothing is left in the staging table");
    is_number (run_import (import_id), 0, "running it again is no error");
    is_number (events (), 2, "...and does nothing");
}

static void what_is_kept (void)
{
    struct facility_changed event = { 0 };

    is (harness_text (
            harness,
            "select phone || ' ' || phone_doubtful || ' ' || coalesce (capacity::text, '-') from facility where number = '0170103378'"),
        "011-518-5501 false -", "values are normalised");
    is (harness_text (harness, "select provenance -> 'phone' ->> 'raw' from facility where number = '0170103378'"), "011‐518-5501",
        "the raw value is kept");
    is (harness_text (harness, "select (provenance -> '*' ->> 'source_date') || ' ' || (provenance -> '*' ->> 'line') from facility where "
                               "number = '0170103378'"),
        "2025-12-31 2", "...with date and line of the source");
    is (harness_text (harness, "select located_in || ' ' || municipality from facility where number = '0170103378'"), "011011 011002",
        "a facility in a ward is looked after by the city of the region");
    is_number (harness_last_event (harness, &facility_changed_message, &event), 0, "the event can be read");
    is (event.service, "訪問入浴介護", "...and says the kind of service");
    is_number (harness_number (harness, "select count(*) from event_log e join subject s on s.id = e.subject and s.version = e.version"), 2,
               "subjects have the version of their event");
}

static void second_time (void)
{
    const char *import_id = check_text (HEADER ROW_A ROW_B ROW_BAD);
    struct import_report_answer report = report_of (import_id);

    is_number (report.unchanged, 2, "the same file again: all unchanged");
    is_number (report.added + report.changed, 0, "...nothing new or changed");
    harness_sql (harness, "create table before_it as select * from facility");
    is_number (run_import (import_id), 0, "...it runs");
    is_number (harness_number (harness, "select count(*) from (select * from facility except select * from before_it) x"), 0, "...no row differs");
    is_number (events (), 2, "...and no event is announced");
    harness_sql (harness, "drop table before_it");

    import_id = check_text (HEADER ROW_B ROW_A);
    is_number (report_of (import_id).unchanged, 2, "other lines, same content: unchanged");
}

static void change_and_absence (void)
{
    const char *import_id = check_text (HEADER ROW_A ROW_B_MOVED ROW_C);
    struct import_report_answer report = report_of (import_id);

    ok (report.changed == 1 && report.added == 1 && report.unchanged == 1, "one moved, one new, one unchanged");
    is_number (report.doubtful, 1, "a cut telephone is doubtful");
    run_import (import_id);
    is_number (events (), 4, "one event for each real change");
    is (harness_text (harness, "select address from facility where number = '1070600927'"), "高山村尻高", "the new address is there");

    import_id = check_text (HEADER ROW_A ROW_C);
    is_number (report_of (import_id).absent, 1, "a facility missing though its municipality and kind are covered is told");
    run_import (import_id);
    is (harness_text (harness, "select not_in_latest::text from facility where number = '1070600927'"), "2025-12-31", "...marked with the date, not deleted");
    is_number (events (), 5, "...with one event");
    import_id = check_text (HEADER ROW_A);
    is_number (report_of (import_id).absent, 0, "what lies in a municipality the file does not cover is not missing");
    run_import (import_id);
    is_number (harness_number (harness, "select count(*) from facility where not_in_latest is not null"), 1, "...and not marked");
    import_id = check_text (HEADER ROW_A ROW_B_MOVED ROW_C);
    is_number (report_of (import_id).changed, 1, "a facility that comes back is changed");
    run_import (import_id);
    is_number (harness_number (harness, "select count(*) from facility where not_in_latest is not null"), 0, "...and no longer missing");
}

static void two_services (void)
{
    const char *both = HEADER ROW_A ROW_B_MOVED ROW_C
        "104281,1070600927,群馬県,高山村,高山訪問看護,タカヤマホウモンカンゴ,訪問看護,高山村中山,36.6,138.9,,,1070600927,平日,3,\r\n" ROW_A;
    const char *import_id = check_text (both);
    struct import_report_answer report = report_of (import_id);

    is_number (report.added, 1, "the same office number with another service is another facility");
    is_number (report.refused, 1, "the same number and service a second time is refused");
    ok (report.problems.count && strcmp (report.problems.items[report.problems.count - 1].reason, "同じ事業所番号とサービスの行が前にあります") == 0,
        "...with the reason");
}

static void refused_file (const char *text, size_t size, const char *part_of_why, const char *name)
{
    int64_t facilities = harness_number (harness, "select count(*) from facility");
    const char *import_id = check_upload (send_sized (text, size, 1000), false);
    struct import_report_answer report = report_of (import_id);

    ok (report.state == IMPORT_STATE_REFUSED && report.why && strstr (report.why, part_of_why), name);
    ok (run_import (import_id) < 0 && err.key == ERROR_IMPORT_NOT_CHECKED, "...and cannot be run");
    is_number (harness_number (harness, "select count(*) from facility"), facilities, "...nothing is written");
}

static void refused_files (void)
{
    static const char lost[] = "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\r\n11011,190100271,甲,訪問看護\r\n11011,190100289,乙,訪問看護\r\n"
                               "11011,190100297,丙,訪問看護\r\n131016,1311111111,丁,訪問看護\r\n";
    static const char phone[] = "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類,電話番号\n011011,0170103378,甲,訪問看護,0170103378\n";
    static const char nothing[] = "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\n";
    static const char open[] = "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\n011011,0170103378,\"甲,訪問看護\n";
    static const char other[] = "name,address\nx,y\n";
    static const char zip[] = "PK\x03\x04rest of it";
    static const char wide[] = "\xFF\xFEx\0y\0";

    refused_file (lost, sizeof lost - 1, "先頭の0", "a file whose numbers lost their zeros is refused");
    refused_file (phone, sizeof phone - 1, "電話番号の列", "a file whose telephone column repeats the numbers is refused");
    refused_file (nothing, sizeof nothing - 1, "データの行がありません", "a header alone is refused");
    refused_file (open, sizeof open - 1, "引用符が閉じていません", "an unclosed quote is refused");
    refused_file (other, sizeof other - 1, "がありません", "another file's header is refused");
    refused_file (zip, sizeof zip - 1, "zip", "a zip that calls itself csv is refused");
    refused_file (wide, sizeof wide - 1, "UTF-16", "UTF-16 is refused");
}

static void encodings (void)
{
    /* 都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類 / 011011,0199999999,髙﨑ソ,訪問看護 in CP932 ("ソ" ends with 0x5C) */
    static const char header[] = "\x93\x73\x93\xB9\x95\x7B\x8C\xA7\x83\x52\x81\x5B\x83\x68\x96\x94\x82\xCD\x8E\x73\x92\xAC\x91\xBA\x83\x52\x81\x5B\x83\x68,"
        "\x8E\x96\x8B\xC6\x8F\x8A\x94\xD4\x8D\x86,\x8E\x96\x8B\xC6\x8F\x8A\x96\xBC,\x83\x54\x81\x5B\x83\x72\x83\x58\x82\xCC\x8E\xED\x97\xDE\r\n";
    static const char row[] = "011011,0199999999,\xFB\xFC\xED\x95\x83\x5C,\x96\x4B\x96\xE2\x8A\xC5\x8C\xEC\r\n";
    char file[400];

    snprintf (file, sizeof file, "%s%s", header, row);
    run_import (check_text (file));
    is (harness_text (harness, "select name from facility where number = '0199999999'"), "髙﨑ソ", "CP932 is found out and read");
}

static void coverage (void)
{
    char file[4000];
    const char *import_id;
    int used = snprintf (file, sizeof file, "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\n");
    static const char *const codes[] = { "231011", "231029", "231037", "231045", "231053", "231061" };

    for (int i = 0; i < 6; i++)
        used += snprintf (file + used, sizeof file - (size_t) used, "%s,239999990%d,名古屋%d,見本サービス\n", codes[i], i, i);
    run_import (check_text (file));
    snprintf (file, sizeof file, "都道府県コード又は市町村コード,事業所番号,事業所名,サービスの種類\n231011,2399999900,名古屋0,見本サービス\n");
    import_id = check_text (file);
    ok (report_of (import_id).state == IMPORT_STATE_REFUSED, "a file that lacks half the municipalities known is refused");
    import_id = check_upload (send_sized (file, strlen (file), 999), true);
    ok (report_of (import_id).state == IMPORT_STATE_CHECKED, "...unless the curator insists");
    is_number (report_of (import_id).absent, 0, "...and even then nothing of theirs counts as missing");
    is_number (report_of (import_id).problems.count, 5, "...but the municipalities are named");
}

static void rights (void)
{
    const char *import_id = check_text (HEADER ROW_A);
    struct import_list_answer list = { 0 };

    as_officer ("104281", OTHER_PERSON);
    ok (harness_call (harness, "import_report", &(struct import_report) { .import_id = import_id }, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU,
        "another municipality's import is not found");
    ok (harness_call (harness, "import_run", &(struct import_run) { .import_id = import_id }, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU,
        "...and cannot be run");
    harness_call (harness, "import_list", &(struct import_list) { 0 }, &list, &err);
    is_number (list.imports.count, 0, "...nor listed");
    is_number (harness_sees (harness, "select count(*) from import"), 0, "...nor seen at database level");
    is_number (harness_sees (harness, "select count(*) from upload_part"), 0, "...nor its bytes");
    harness_as (harness, &(struct harness_actor) { .person = OTHER_PERSON, .office = OFFICER_OFFICE, .municipality = "011002",
                                                   .roles = ROLE_BIT (ROLE_VISITING_NURSE) });
    ok (harness_call (harness, "import_list", &(struct import_list) { 0 }, &list, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE, "a nurse imports nothing");
    ok (harness_sees (harness, "select count(*) from facility") > 0, "...but sees facilities of the whole region");
    as_officer ("011002", OFFICER_PERSON);
    harness_call (harness, "import_list", &(struct import_list) { 0 }, &list, &err);
    ok (list.imports.count > 3 && strcmp (list.imports.items[0].started_by, "見本 花子") == 0, "the own list tells who began each");
}

static void uploads (void)
{
    struct upload_begin_answer begun = { 0 };
    struct upload_part part = { .offset = 0, .bytes = { (const unsigned char *) "abc", 3 } };

    ok (harness_call (harness, "upload_begin", &(struct upload_begin) { .name = "x", .size = 0 }, &begun, &err) < 0, "an empty upload is refused");
    ok (harness_call (harness, "upload_begin", &(struct upload_begin) { .name = "x", .size = 65ll << 20 }, &begun, &err) < 0, "65 MiB are refused");
    harness_call (harness, "upload_begin", &(struct upload_begin) { .name = "x", .size = 5 }, &begun, &err);
    part.upload_id = begun.upload_id;
    is_number (harness_call (harness, "upload_part", &part, NULL, &err), 0, "a part is taken");
    is_number (harness_call (harness, "upload_part", &part, NULL, &err), 0, "...and taken again");
    ok (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id }, NULL, &err) < 0 && err.key == ERROR_FILE_SHAPE,
        "an upload with a part missing cannot be finished");
    ok (!check_upload (begun.upload_id, false) && err.key == ERROR_NOT_FOR_YOU, "...nor imported");
    part.offset = 3;
    ok (harness_call (harness, "upload_part", &part, NULL, &err) < 0 && err.key == ERROR_FIELD_OUT_OF_RANGE, "a part beyond the size is refused");
    part.bytes.size = 2;
    harness_call (harness, "upload_part", &part, NULL, &err);
    ok (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id, .sha256 = "00" }, NULL, &err) < 0, "another digest is refused");
    is_number (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id,
        .sha256 = "38b2f9343de308bc2bd7be4ddda3e8b44e55f0c7848996ea10694b758cbb4967" }, NULL, &err), 0, "whole and with its digest, it is finished");
    is_number (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id }, NULL, &err), 0, "...once more, too");
    is_number (harness_call (harness, "upload_finish", &(struct upload_finish) { .upload_id = begun.upload_id }, NULL, &err), 0, "...and stays so");
    ok (harness_call (harness, "upload_part", &part, NULL, &err) < 0 && err.key == ERROR_ALREADY_ENDED, "a finished upload takes no more parts");
    as_officer ("104281", OTHER_PERSON);
    ok (harness_call (harness, "upload_part", &part, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "another municipality's upload is not found");
    as_officer ("011002", OFFICER_PERSON);
}

/* The staging table is unlogged: after a crash of the server it is empty. */
static void crash (void)
{
    const char *import_id = check_text (HEADER ROW_A
        "104281,1070699999,群馬県,高山村,新しい事業所,アタラシイジギョウショ,訪問入浴介護,高山村中山,36.6,138.9,,,1070699999,平日,3,\r\n" ROW_B_MOVED ROW_C);

    harness_sql (harness, "delete from import_row");
    is_number (run_import (import_id), 0, "an import whose staged rows are gone is run");
    ok (report_of (import_id).state == IMPORT_STATE_DONE && report_of (import_id).added == 1, "...by reading the file again");
    is_number (harness_number (harness, "select count(*) from facility where number = '1070699999'"), 1, "...and nothing is missing");
    import_id = check_text (HEADER ROW_A);
    harness_sql (harness, "delete from import_row");
    harness_sql (harness, "delete from upload_part");
    run_import (import_id);
    is_number (report_of (import_id).state, IMPORT_STATE_FAILED, "an import whose file is gone too stops and says so");
}

static const char *check_dated (const char *text, const char *date, bool force)
{
    return check_upload_of (send_sized (text, strlen (text), 262144), date, force);
}

/* An older file never brings back older values without being asked twice. */
static void older_file (void)
{
    const char *older, *late, *newer = check_dated (HEADER ROW_B_MOVED, "2026-06-30", false);
    struct import_report_answer report;

    late = check_dated (HEADER ROW_B, "2026-03-31", false);
    is_number (run_import (newer), 0, "a newer file is written");
    older = check_dated (HEADER ROW_B, "2026-03-31", false);
    report = report_of (older);
    is_number (report.state, IMPORT_STATE_REFUSED, "an older file is refused after a newer one");
    ok (report.why && strstr (report.why, "2026-03-31") && strstr (report.why, "2026-06-30"), "...in words that name both dates");
    is_number (run_import (late), 0, "one that was checked before the newer one was written");
    is_number (report_of (late).state, IMPORT_STATE_REFUSED, "...is refused when it is run");
    is (harness_text (harness, "select address from facility where number = '1070600927'"), "高山村尻高", "...and the newer value stays");
    is_number (report_of (check_dated (HEADER ROW_B, "2026-06-30", false)).state, IMPORT_STATE_CHECKED, "the same date is no older file");
    is_number (report_of (check_dated (HEADER ROW_B, NULL, false)).state, IMPORT_STATE_CHECKED, "without a date nobody can tell");
    is_number (report_of (check_dated (HEADER ROW_A, "2026-03-31", false)).state, IMPORT_STATE_CHECKED,
               "other services of another place are not older");
    is_number (run_import (check_dated (HEADER ROW_B, "2026-03-31", true)), 0, "who insists may go back");
    is (harness_text (harness, "select address from facility where number = '1070600927'"), "高山村中山", "...to the older value");
}

int main (void)
{
    open_region ();
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
    dry_run ();
    what_is_kept ();
    second_time ();
    change_and_absence ();
    two_services ();
    refused_files ();
    encodings ();
    coverage ();
    rights ();
    uploads ();
    crash ();
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
    older_file ();
    harness_close (&harness);
    return done ();
}
