/* test_import_lists.c - what an import of a list with items, hours and refused rows leaves behind: survey and own edits win, refused rows come
 * back as a file, a part of a list is no absence, a prefecture is covered for itself. */
#include "import_files.h"

static struct arena self_arena;

#define CLINICS "都道府県コード又は市区町村コード,名称,医療機関の種類,住所,電話番号,医療機関コード,診療曜日,診療開始時間,診療終了時間,時間外における対応,診療科目\n"
#define CLINIC_A "011011,見本医院,無床診療所,札幌市中央区見本1,011-000-0001,0110000011,月～金,09:00,18:00,電話で相談,内科;小児科\n"
#define CLINIC_B "011011,見本病院,病院,札幌市中央区見本2,011-000-0002,0110000012,月～金,09:00,17:00,なし,外科\n"
#define CLINIC_A_NEW "011011,見本医院,無床診療所,札幌市中央区見本1,011-000-0001,0110000011,月～土,09:00,18:00,電話で相談,内科;皮膚科\n"

static const char *check_list (const char *profile, const char *text, const char *date)
{
    return check_as (profile, send_sized (text, strlen (text), 262144), date, false);
}

static struct import_report_answer import_list_text (const char *profile, const char *text)
{
    const char *import_id = check_list (profile, text, "2026-01-31");

    run_import (import_id);
    return report_of (import_id);
}

static const char *item_of (const char *number, int item)
{
    return harness_text (harness, "select i.source || ' ' || i.answer || ' ' || coalesce (i.text, '-') || ' ' || i.shown_to from facility_item i join facility f"
                                  " using (facility_id) where f.number = '%s' and i.item = %d and not i.notified and i.until_at is null", number, item);
}

static void items (void)
{
    struct import_report_answer report = import_list_text ("suisho-medical", CLINICS CLINIC_A CLINIC_B);

    ok (report.state == IMPORT_STATE_DONE && report.added == 2, "a list with items and hours is imported");
    is (item_of ("0110000011", FACILITY_ITEM_DEPARTMENTS), "1 1 内科、小児科 3", "departments are an item, published, for administration and professionals");
    is (item_of ("0110000012", FACILITY_ITEM_OUT_OF_HOURS), "1 2 - 3", "なし is the answer no");
    is (harness_text (harness, "select words from facility_hours h join facility f using (facility_id) where f.number = '0110000011' and until_at is null"),
        "月〜金 9:00–18:00、土・日 休み", "days and hours are hours that can be asked for");
    is (item_of ("0110000011", FACILITY_ITEM_HOURS), "1 1 月〜金 9:00–18:00、土・日 休み 3", "...and the item in words");
    report = import_list_text ("suisho-medical", CLINICS CLINIC_A CLINIC_B);
    ok (report.unchanged == 2 && report.conflicts == 0, "the same again changes nothing");
    is_number (harness_number (harness, "select count(*) from facility_item"), 6, "...and writes no item anew");
    import_list_text ("suisho-medical", CLINICS CLINIC_A_NEW CLINIC_B);
    is (item_of ("0110000011", FACILITY_ITEM_DEPARTMENTS), "1 1 内科、皮膚科 3", "another list's words end the ones before");
    is_number (harness_number (harness, "select count(*) from facility_item where item = 18 and until_at is not null"), 1, "...which stay readable as of their day");
}

/* what was asked or said by the facility itself is never overwritten. */
static void survey_wins (void)
{
    struct import_report_answer report;
    const char *import_id;

    harness_sql (harness, "update facility_item i set until_at = since from facility f where f.facility_id = i.facility_id and f.number = '0110000011'"
                          "   and i.item = 18 and i.until_at is null");
    harness_sql (harness, "insert into facility_item (facility_id, item, notified, since, answer, text, source, changed_at, shown_to, keeper, set_by)"
                          " select f.facility_id, s.item, false, guard.now (), 1, s.text, 2, guard.now (), 0, f.municipality, '" OFFICER_PERSON "'"
                          "   from facility f, (values (18, '内科'), (15, '011-999-0001')) s (item, text) where f.number = '0110000011'");
    import_id = check_list ("suisho-medical", CLINICS CLINIC_A CLINIC_B, "2026-01-31");
    report = report_of (import_id);
    is_number (report.conflicts, 2, "a list that says otherwise is told so in the dry run");
    ok (report.problems.count == 2 && strstr (report.problems.items[0].reason, "調査・自己更新などの内容") && !report.problems.items[0].refused,
        "...with the line, what it says and what stands");
    run_import (import_id);
    is (item_of ("0110000011", FACILITY_ITEM_DEPARTMENTS), "2 1 内科 0", "...and the survey's answer stays");
    is (item_of ("0110000011", FACILITY_ITEM_PHONE), "2 1 011-999-0001 0", "...the telephone too");
    is_number (report_of (check_list ("suisho-medical", CLINICS CLINIC_A CLINIC_B, "2026-01-31")).conflicts, 2, "the same file again lists them again");
}

/* PR-03: the prefecture's table 1 is a source of its own, beside what was known. */
static void prefecture (void)
{
    static const char file[] = "名称,種類,住所,医療機関コード,往診,在宅ターミナルケアの対応\n見本医院,診療所,北海道札幌市中央区見本1,0110000011,○,×\n";
    struct import_report_answer report = import_list_text ("hyou1-prefecture", file);

    ok (report.state == IMPORT_STATE_DONE && report.added == 1, "PR-03: a list the prefecture delivers is imported");
    is (item_of ("0110000011", FACILITY_ITEM_HOUSE_CALLS), "4 1 - 0", "...as the source 都道府県, shown as the facility allows");
    is_number (harness_number (harness, "select count(*) from facility where number = '0110000011'"), 2, "A-27: what two sources say stays two records; a person decides");
}

static struct file_page refused_of (const char *import_id)
{
    struct file_page page = { 0 };

    if (harness_call (harness, "import_refused", &(struct import_refused) { .import_id = import_id }, &page, &err) < 0)
        note ("%s", err.detail);
    return page;
}

static void refused_rows (void)
{
    const char *import_id = check_list ("suisho-medical", CLINICS CLINIC_A "011011,\"見本,診療所\",無床診療所,札幌市中央区見本3,,01100,,,,,\n" CLINIC_B, "2026-01-31");
    struct file_page page;
    char *text, *corrected;

    run_import (import_id);
    page = refused_of (import_id);
    text = arena_copy (&self_arena, (const char *) page.body.data, page.body.size);
    ok (strstr (text, ",受け付けられない理由\"\r\n") || strstr (text, ",\"受け付けられない理由\"\r\n"), "refused rows come as CSV, their reasons in a last column");
    ok (strstr (text, "011011,\"見本,診療所\",無床診療所,札幌市中央区見本3,,01100,,,,,,\"医療機関コード：医療機関コード・事業所番号は英数字10桁です\"\r\n") != NULL,
        "...each as the file has it");
    ok (!strstr (text, "見本病院"), "...and no row that was taken");
    corrected = arena_print (&self_arena, "%.*s,0110000013%s", (int) (strstr (text, ",01100,") - text), text, strstr (text, ",01100,") + 6);
    import_id = check_list ("suisho-medical", corrected, "2026-01-31");
    ok (report_of (import_id).partial && report_of (import_id).added == 1 && report_of (import_id).absent == 0,
        "corrected and sent again it is a part of its list: one new, nobody missing");
    run_import (import_id);
    is_number (harness_number (harness, "select count(*) from facility where not_in_latest is not null"), 0, "...and nobody is marked");
    is (harness_text (harness, "select name from facility where number = '0110000013'"), "見本,診療所", "...the row is there now");
    as_officer ("104281", OTHER_PERSON);
    ok (harness_call (harness, "import_refused", &(struct import_refused) { .import_id = import_id }, &page, &err) < 0 && err.key == ERROR_NOT_FOR_YOU,
        "another municipality does not get it");
    is_number (harness_sees (harness, "select count(*) from import_refused"), 0, "...nor at database level");
    as_officer ("011002", OFFICER_PERSON);
}

static void without_header (void)
{
    const char *import_id = check_list ("kouseikyoku-codes", "439999017,9999017,見本医院,8600000,熊本市中央区見本\n4399990,9999018,短い医院,8600000,熊本市中央区見本\n", NULL);
    struct file_page page = refused_of (import_id);

    ok (page.body.size && memcmp (page.body.data, "\xEF\xBB\xBF" "4399990,", 11) == 0 && page.body.data[page.body.size - 3] != '"',
        "rows of a file without header come back without header and reasons");
    is_number (report_of (import_id).problems.items[0].line, 2, "...its first row is line 1");
}

/* Each prefecture's file is whole for itself. */
static void prefectures (void)
{
    char file[2][2000];
    int used[2] = { 0 };
    struct import_report_answer report;

    for (int i = 0; i < 2; i++)
        for (int at = 0; at < 5; at++)
            used[i] += snprintf (file[i] + used[i], sizeof file[i] - (size_t) used[i], "%s99990%d%d,9999%d%d,見本%d,8600000,%s見本\n", i ? "43" : "12", at, i, at, i, at,
                                 i ? "熊本市中央区" : at < 3 ? "千葉市中央区" : "銚子市");
    import_list_text ("kouseikyoku-codes", file[0]);
    report = report_of (check_list ("kouseikyoku-codes", file[1], NULL));
    ok (report.state == IMPORT_STATE_CHECKED && report.absent == 0, "one prefecture's file after another's is not a file that lacks the other");
    ok (report.problems.count == 0, "...and no place of the other is named as missing");
}

static void forms (void)
{
    struct import_profile_list_answer answer = { 0 };

    is_number (harness_call (harness, "import_profile_list", &(struct import_profile_list) { 0 }, &answer, &err), 0, "curators see the forms of files");
    ok (answer.profiles.count == 11 && strcmp (answer.profiles.items[0].name, "kaigo-jigyosho") == 0, "...the built-in ones");
    harness_as (harness, &(struct harness_actor) { .person = OTHER_PERSON, .office = OFFICER_OFFICE, .municipality = "011002",
                                                   .roles = ROLE_BIT (ROLE_VISITING_NURSE) });
    ok (harness_call (harness, "import_profile_list", &(struct import_profile_list) { 0 }, &answer, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE, "a nurse does not");
    as_officer ("011002", OFFICER_PERSON);
}

int main (void)
{
    open_region ();
    harness_empty (harness, "facility, facility_place, facility_service, facility_item, facility_hours, facility_open, import, import_row, upload, subject,"
                            " event_log");
    items ();
    survey_wins ();
    prefecture ();
    refused_rows ();
    without_header ();
    prefectures ();
    forms ();
    arena_done (&self_arena);
    harness_close (&harness);
    return done ();
}
