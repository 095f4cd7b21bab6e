/* EMS-21: the sheet a crew takes along says what the reply says, as a reader of PDF sees it; EMS-09: facts and the fixed sentence, no
 * more. */
#define _GNU_SOURCE
#include <unistd.h>
#include "clock.h"
#include "sheet.h"
#include "tap.h"

static struct arena arena;

static const int64_t ISSUED = 1795392720ll * SECOND_US;         /* 2026-11-23 09:12 in Japan */

static const struct ems_contact contacts[] = {
    { .order = 1, .target = TARGET_KIND_PERSON, .role = "在宅主治医", .name = "青葉 三郎", .office = "青葉クリニック", .phone = "0990-11-0003",
      .state = EMS_CONTACT_STATE_ACCEPTED, .eta = EMS_ETA_LE45M },
    { .order = 2, .target = TARGET_KIND_LAST_RESORT, .role = "最終連絡先", .name = "夜間連絡センター", .office = "夜間連絡センター",
      .phone = "0990-11-0009", .state = EMS_CONTACT_STATE_ALWAYS },
};

static const struct ems_record_answer *record (void)
{
    static const struct ems_acp acp = { .status = ACP_STATUS_RECORDED, .kind = WISH_KIND_ACP, .written_on = "2026-04-01",
        .issuer = WISH_ISSUER_PERSON, .assumed_condition = "心肺停止", .paper_at = "冷蔵庫の扉", .terminal_phase = true,
        .terminal_since = "2026-10-01", .note = "" };
    static const struct ems_hospital hospital = { .name = "中央病院", .phone = "0990-12-0000", .night_phone = "0990-12-0001", .agreed = true };
    static const struct ems_words drugs = { .item = 1, .text = "アムロジピン 5mg 朝", .written_on = "2026-11-01" };
    static const struct emergency_contact relatives[] = { { "見本 花子", "長女", "0990-13-0001" } };
    static const struct ems_team_member team[] = { { .seat = TEAM_SEAT_CARE_MANAGER, .name = "介護 二子", .office = "ひまわり居宅介護支援",
                                                     .phone = "0990-14-0001" } };
    static const struct ems_record_answer ret = { .patient_id = "0190a3b4-0000-7000-8000-00000000e001", .municipality = "011002",
                                                  .at = 1795389120ll * SECOND_US,
        .name = "髙橋 一郎", .name_kana = "タカハシ イチロウ", .has_age = true, .age = 86, .care_level = CARE_LEVEL_CARE_3,
        .contacts = { relatives, 1 }, .team = { team, 1 }, .drugs = &drugs, .allergies = "ペニシリン", .hospital = &hospital, .acp = &acp,
        .place = PLACE_KIND_HOME };

    return &ret;
}

static struct sheet_facts full (void)
{
    return (struct sheet_facts) { .partner_name = "中央消防局", .number = "2026-1123-7", .unit = "救急3", .complaint = "呼吸困難",
        .registration = "K-0123", .issued_at = ISSUED,
        .contacts = contacts, .contact_count = 2, .record = record () };
}

static const char *printed (const struct sheet_facts *sheet, const char *program)
{
    char path[] = "/tmp/renkei-ems-XXXXXX";
    char *said = arena_alloc (&arena, 60000);
    int descriptor = mkstemp (path);
    struct bytes pdf = { 0 };
    struct error err = { 0 };
    FILE *file;

    if (sheet_print (&arena, sheet, &pdf, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    if (descriptor < 0 || write (descriptor, pdf.data, pdf.size) != (ssize_t) pdf.size || close (descriptor) < 0
        || !(file = popen (arena_print (&arena, "%s %s %s", program, path, strcmp (program, "pdfinfo") == 0 ? "" : "-"), "r")))
        abort ();
    said[fread (said, 1, 59999, file)] = '\0';
    pclose (file);
    unlink (path);
    return said;
}

static void everything (void)
{
    static const char *const wanted[] = { "情報提供書（救急）", "髙橋 一郎", "タカハシ イチロウ", "86歳", "要介護3", "登録番号", "K-0123", "中央消防局", "救急3",
        "2026-1123-7", "呼吸困難", "青葉 三郎", "0990-11-0003", "引き受けた", "45分以内", "夜間連絡センター", "0990-11-0009", "中央病院", "0990-12-0001",
        "入院を約束するものではありません", "記録あり", "2026-04-01", "冷蔵庫の扉", "アムロジピン", "ペニシリン", "見本 花子", "介護 二子",
        "最終更新 2026年11月23日 8:12", "発行 2026年11月23日 9:12" };
    struct sheet_facts sheet = full ();
    const char *text = printed (&sheet, "pdftotext -layout -enc UTF-8");

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ok (strstr (text, wanted[i]), arena_print (&arena, "EMS-21: the sheet holds %s", wanted[i]));
    ok (strstr (text, "救急隊は通常の手順を開始し、医師に直接確認すること"), "EMS-09: …and the fixed sentence");
    ok (strstr (printed (&sheet, "pdfinfo"), "A4") && strstr (printed (&sheet, "pdfinfo"), "Pages:           1\n"),
        "EMS-21: it is one page of A4");
}

static void no_instruction (void)
{
    static const char *const never[] = { "蘇生しない", "DNAR", "心肺蘇生を行わない", "搬送しない", "中止" };
    struct sheet_facts sheet = full ();
    const char *text = printed (&sheet, "pdftotext -layout -enc UTF-8");
    int found = 0;

    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        found += strstr (text, never[i]) != NULL;
    is_number (found, 0, "EMS-09: no words that tell a crew to withhold treatment");
}

static void nobody_found (void)
{
    struct sheet_facts sheet = full ();
    const char *text;

    sheet.record = NULL;
    sheet.registration = NULL;
    text = printed (&sheet, "pdftotext -layout -enc UTF-8");
    ok (!strstr (text, "髙橋") && strstr (text, "本人の情報は提供されていません"), "EMS-19: without a record the sheet names nobody");
    ok (strstr (text, "夜間連絡センター") && strstr (text, "0990-11-0009"), "…and still says whom to call");
}

static void exercises (void)
{
    struct sheet_facts sheet = full ();

    sheet.exercise = true;
    ok (strstr (printed (&sheet, "pdftotext -enc UTF-8"), "【訓練】"), "V-06: a drill's sheet says so");
}

int main (void)
{
    everything ();
    no_instruction ();
    nobody_found ();
    exercises ();
    arena_done (&arena);
    return done ();
}
