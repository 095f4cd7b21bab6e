/* EMS-20: 支援情報 in both encodings: what a character outside CP932 becomes, where it is listed, and nothing medical. */
#include "../../../services/dispatch/support_csv.h"
#include "tap.h"
#include "text.h"

static const struct ems_export_row rows[] = {
    { .patient_id = "0190a3b4-0000-7000-8000-000000000001", .municipality = "011002", .phone = "0990-11-2222", .address = "みずき市\"本町\"1-2-3",
      .name_kana = "=ウミノ ハナ", .birth_date = "1940-03-02", .number = "AR-1" },
    { .patient_id = "0190a3b4-0000-7000-8000-000000000002", .municipality = "011002", .removed = true },
    { .patient_id = "0190a3b4-0000-7000-8000-000000000003", .municipality = "011002", .address = "𠮷野町髙台1", .name_kana = "ヨシノ" },
};

static const char *const phones[] = { "0990-00-2000", "0990-00-2000", "0990-00-3000" };

static const char *text_of (struct arena *arena, struct bytes bytes)
{
    return arena_copy (arena, (const char *) bytes.data, bytes.size);
}

static void test_utf8 (struct arena *arena)
{
    struct support_rows all = { rows, 3, phones, true, false };
    const char *text = text_of (arena, support_csv (arena, &all));

    ok (strncmp (text, "\xef\xbb\xbf\"管理番号\"", strlen ("\xef\xbb\xbf\"管理番号\"")) == 0, "EMS-20: UTF-8 begins with its mark and titles");
    ok (strstr (text, "\"みずき市\"\"本町\"\"1-2-3\"") != NULL, "RFC 4180: quotes are doubled");
    ok (strstr (text, "\"'=ウミノ ハナ\"") != NULL, "what a spreadsheet would compute is disarmed");
    ok (strstr (text, "\"登録\"") && strstr (text, "\"在宅医療登録あり\",\"0990-00-2000\""), "a registered person with the last resort's number");
    ok (strstr (text, "\"在宅医療登録あり\",\"0990-00-3000\"") != NULL, "EMS-20: ...of the own municipality, where a fire organisation covers several");
    ok (strstr (text, "000002\",\"削除\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n") != NULL,
        "EMS-20: who withdrew is a row that says so, and nothing else");
    ok (strstr (text, "𠮷野町髙台1") != NULL, "UTF-8 replaces nothing");
    all.head = false;
    text = text_of (arena, support_csv (arena, &all));
    ok (strncmp (text, "\"0190a3b4", 9) == 0, "the next piece has no titles again");
    all.count = 0;
    is_number (support_csv (arena, &all).size, 0, "an empty piece is empty");
}

static void test_cp932 (struct arena *arena)
{
    struct support_rows all = { rows, 3, phones, true, true };
    struct bytes csv = support_csv (arena, &all), back;
    const char *text, *replaced;

    is_number (text_from_cp932 (arena, csv, &back), 0, "EMS-20: every byte of the CP932 file is CP932");
    text = text_of (arena, back);
    ok (strncmp (text, "\"管理番号\"", strlen ("\"管理番号\"")) == 0, "...without a mark");
    ok (strstr (text, "〓野町髙台1") != NULL, "EMS-20: what CP932 lacks is 〓; 髙 it has");
    ok (strstr (text, "\"U+20BB7\"\r\n") != NULL, "EMS-20: ...and is listed in its row");
    is_number (text_to_cp932 (arena, "😀😀", &replaced).size, 4, "two of them are two 〓");
    is (replaced, "U+1F600 U+1F600", "...and both are listed");
    is_number (text_to_cp932 (arena, "", &replaced).size, 0, "nothing is nothing");
}

int main (void)
{
    ARENA (arena);

    test_utf8 (&arena);
    test_cp932 (&arena);
    return done ();
}
