/* test_import_lists.c - lists of medical facilities, a city's own and the recommended forms: every quirk counted in a SOURCE.md, on a few
 * invented lines (A-08, A-27, PR-03; data-formats.md §2.2 - §2.7). */
#include "import_dates.h"
#include "import_hours.h"
#include "import_rules.h"
#include "import_values.h"
#include "japan_places.h"
#include "messages.h"
#include "tap.h"
#include "text.h"

static struct arena arena;
static struct facility_row row;
static struct error err;

static struct csv_record *record_of (const char *line)
{
    struct csv_record *record = arena_alloc (&arena, sizeof *record);
    struct csv csv;

    csv_begin (&csv, line, strlen (line), 2, true);
    csv_next (&csv, &arena, record, &err);
    return record;
}

static bool read_by (const struct import_profile *profile, const char *header, const char *line)
{
    struct profile_map map;

    if (!profile || profile_map (profile, &arena, header ? record_of (header) : profile->header, &map, &err) < 0) {
        printf ("# %s\n", profile ? err.params[0].value : "no profile");
        return false;
    }
    import_row_read (&map, &arena, record_of (line), &row);
    return true;
}

static bool read_as (const char *profile, const char *header, const char *line)
{
    return read_by (profile_find (&arena, profile), header, line);
}

static const char *reason (void)
{
    return row.problem_count ? row.problems[0].reason : "";
}

#define HOSPITAL "ID,正式名称,機関区分,都道府県コード,市区町村コード,所在地,所在地座標（緯度）,所在地座標（経度）,案内用ホームページアドレス"
#define A_HOSPITAL "431199900013,見本病院,1,43,101,熊本県熊本市中央区見本町1,32.79,130.72,"

/* One more column beside a hospital that is right. */
static const char *with (const char *header, const char *cell)
{
    read_as ("iryo-hospital", arena_print (&arena, HOSPITAL ",%s", header), arena_print (&arena, A_HOSPITAL ",%s", cell));
    return row.hours ? row.hours : "";
}

static void hospitals (void)
{
    read_as ("iryo-hospital", HOSPITAL, A_HOSPITAL);
    ok (!row.refused && !row.doubtful, "a hospital of 医療情報ネット is taken without doubt");
    is (row.service, "病院", "機関区分 1 is a hospital");
    is (row.located_in, "431010", "都道府県コード and 市区町村コード become six digits");
    is (row.city_name, "熊本市中央区", "...with the name the file does not have");
    ok (!row.phone && !row.fax, "no telephone and no FAX are known from it");
    read_as ("iryo-hospital", HOSPITAL, "12345,見本病院,1,43,101,,0.0,0.0,www.example.jp");
    ok (!row.refused && strcmp (row.number, "12345") == 0, "an ID of five digits is one");
    ok (!row.latitude && row.doubtful, "coordinates 0.0 are missing");
    is (row.url, "http://www.example.jp", "a URL without scheme gets one");
    read_as ("iryo-hospital", HOSPITAL, "1234567890,見本病院,1,43,101,,,,");
    is (row.number, "ID-1234567890", "an ID of ten digits never reads like an office's number");
    read_as ("iryo-hospital", HOSPITAL, "4.31E+11,見本病院,1,43,101,,,,");
    ok (row.refused && row.lost_zeros, "an ID that a spreadsheet made a number is refused");
    read_as ("iryo-hospital", HOSPITAL, "431199900013,見本病院,1,1,11,,,,");
    ok (row.refused && row.lost_zeros, "...and so are codes without their zeros");
    read_as ("iryo-hospital", HOSPITAL, "431199900013,見本医院,2,43,101,,,,");
    is (reason (), "この一覧で取り込む種類ではありません", "a clinic in the hospitals' file is refused, not made a hospital");
    read_as ("iryo-hospital", HOSPITAL, "431199900013,見本病院,1,48,101,,,,");
    is (reason (), "その番号の都道府県はありません", "a prefecture there is not");
    read_as ("iryo-hospital", HOSPITAL ",合計病床数,一般病床,療養病床", A_HOSPITAL ",120,100,19");
    is (reason (), "内訳の合計と違います", "合計病床数 that is not the sum of its parts is doubtful");
    ok (!row.refused && strstr (row.extra, "\"合計病床数\":\"120\""), "...and kept as it is");
    read_as ("iryo-hospital", HOSPITAL ",合計病床数,一般病床,療養病床", A_HOSPITAL ",119,100,19");
    ok (!row.doubtful, "...one that is, is not");
}

static void flags (void)
{
    is (with ("毎週決まった曜日に休診（月）", "1"), "{\"slots\":[[1,31,0,0]],\"closed\":0}", "「休診（月）」 1 means OPEN on Mondays");
    is (with ("毎週決まった曜日に休診（日）", "0"), "{\"slots\":[],\"closed\":64}", "...and 0 closed");
    is (with ("毎週決まった曜日に休診（月）", ""), "", "...and blank nothing at all");
    is (with ("祝日に休診", "0"), "{\"slots\":[],\"closed\":128}", "holidays alike");
    is (with ("毎週決まった曜日に休診（土）,決まった週に休診（定期週）第2週（土）,決まった週に休診（定期週）第4週（土）", "1,0,0"),
        "{\"slots\":[[6,21,0,0]],\"closed\":0}", "open on Saturdays but the second and the fourth");
    is (with ("毎週決まった曜日に休診（土）,決まった週に休診（定期週）第1週（土）", "0,1"), "{\"slots\":[[6,1,0,0]],\"closed\":0}",
        "closed on Saturdays but the first");
    is (with ("毎週決まった曜日に休診（日）,決まった週に休診（定期週）第1週（日）,決まった週に休診（定期週）第2週（日）,決まった週に休診（定期週）第3週（日）,"
              "決まった週に休診（定期週）第4週（日）,決まった週に休診（定期週）第5週（日）", "0,1,1,1,1,1"), "{\"slots\":[],\"closed\":64}",
        "1 in all five weeks beside a weekly 0 is how some fill the form: closed");
    is (with ("その他の休診日（gw、お盆等）", "１２月３０日午後（改行）１２月３１日～１月３日"),
        "{\"slots\":[],\"closed\":0,\"words\":\"１２月３０日午後\\u000a１２月３１日～１月３日\"}", "（gw… of the file is （GW… of the definition, （改行） a line break");
    with ("毎週決まった曜日に休診（月）", "休");
    ok (row.doubtful && !row.refused, "anything but 0 and 1 is doubtful");
}

#define PHARMACY "ID,名称,機関区分,都道府県コード,市区町村コード"
#define A_PHARMACY "4351999000135,見本薬局,5,43,101"

static const char *pharmacy (const char *header, const char *cells)
{
    read_as ("iryo-pharmacy", arena_print (&arena, PHARMACY ",%s", header), arena_print (&arena, A_PHARMACY ",%s", cells));
    return row.hours ? row.hours : "";
}

static void pharmacies (void)
{
    is (pharmacy ("定期閉店第２週（水）,営業日（水）", "0,1"), "{\"slots\":[[3,29,0,0]],\"closed\":0}", "full-width 第２週 is the second week, 営業日 1 is open");
    is (row.service, "薬局", "名称 is the name here, 機関区分 5 a pharmacy");
    is (pharmacy ("月_開店時間帯1_開始時間,月_開店時間帯1_終了時間,月_開店時間帯4_開始時間,月_開店時間帯4_終了時間", "09:00,12:30,20:00,2:00"),
        "{\"slots\":[[1,31,540,750],[1,31,1200,1560]],\"closed\":0}", "four bands a day, one of them past midnight");
    pharmacy ("営業日（水）,定期閉店毎週（水）", "1,0");
    ok (row.doubtful && !row.hours, "a day said to be open here and closed there is not known");
    pharmacy ("営業日（水）,水_開店時間帯1_開始時間,水_開店時間帯1_終了時間", "0,9:00,18:00");
    ok (row.doubtful && strcmp (row.hours, "{\"slots\":[],\"closed\":4}") == 0, "hours of a closed day are doubtful, and it stays closed");
    pharmacy ("水_開店時間帯1_開始時間,水_開店時間帯1_終了時間", "9時,18:00");
    is (reason (), "時刻として読み取れません", "what is no time is told");
    pharmacy ("水_開店時間帯1_開始時間,水_開店時間帯1_終了時間", "00:00,00:00");
    ok (!row.hours && !row.doubtful, "0:00 to 0:00 is a way to say nothing");
    read_as ("iryo-maternity", "ID,正式名称,機関区分,都道府県コード,市区町村コード,毎週決まった曜日に休業（火）,火_就業時間帯3_開始時間,火_就業時間帯3_終了時間,"
             "火_外来受付時間帯1_開始時間", "4341999000135,見本助産院,4,43,101,1,9:00,17:00,8:30");
    is (row.hours, "{\"slots\":[[2,31,540,1020]],\"closed\":0}", "a maternity home says 休業 and 就業");
    ok (!row.extra, "...hours of reception are not its hours");
    read_as ("iryo-dental", HOSPITAL, "4331999000135,見本歯科,3,43,101,,,,");
    is (row.service, "歯科診療所", "a dentist");
    read_as ("iryo-clinic", HOSPITAL, "4321999000135,見本医院,2,43,101,,,,");
    is (row.service, "診療所", "a clinic");
}

static void codes (void)
{
    ok (read_as ("kouseikyoku-codes", NULL, "439999017,9999017,医療法人 見本医院,8600000,熊本市中央区見本町１‐２") && !row.refused, "a line of a file without header");
    is (row.number, "4319999017", "the code of nine digits gets the 点数表コード of 医科");
    is (row.located_in, "431010", "the municipality is read from an address without prefecture");
    is (row.postal_code, "860-0000", "seven digits are a postal code");
    is (row.service, "病院・診療所", "what it is, the profile says");
    read_as ("kouseikyoku-codes", NULL, "19999017,9999017,見本医院,0600000,札幌市中央区見本町");
    ok (row.refused && row.lost_zeros, "a code of eight digits has lost its zero");
    read_as ("kouseikyoku-codes", NULL, "129999017,9999017,見本医院,2830000,山武郡九十九里町見本");
    is (row.located_in, "124036", "a 郡 before the town does not matter");
    read_as ("kouseikyoku-codes", NULL, "129999017,9999017,見本医院,2730000,鎌ヶ谷市見本");
    is (row.located_in, "122246", "...nor ヶ for ケ");
    read_as ("kouseikyoku-codes", NULL, "129999017,9999017,見本医院,2730000,どこかの町");
    is (reason (), "市区町村が分かりません（住所から読み取れません）", "a place that cannot be told is refused, with the column");
    is (row.problems[0].column, "住所", "...住所");
    read_as ("kouseikyoku-codes", NULL, "9999017,129999017,見本医院,2730000,鎌ケ谷市見本");
    is (reason (), "医療機関コードは数字9桁です", "swapped columns are refused row by row");
    is (import_judge_rows (&(struct file_tally) { .rows = 20, .refused = 11 }, true, &arena),
        "20行のうち11行を読み取れません（列の並びやファイルの種類が違う可能性）", "...and then the file as a whole");
}

static void city (void)
{
    static const char header[] = "業務種別,許可番号,名称,所在地,開設者氏名,有効期間";

    read_as ("kumamoto-yakkyoku", header, "薬局,351,見本薬局,熊本県熊本市東区見本1丁目,見本 花子,令和元年5月1日～令和7年4月30日");
    ok (!row.refused && !row.doubtful, "a pharmacy of 熊本市's own list");
    is (row.located_in, "431028", "所在地 with the prefecture");
    is (row.valid, "2019-05-01/2025-04-30", "有効期間 in Japanese years, 元年 too");
    ok (!row.extra && !row.corporation_name && !strstr (row.raw, "見本 花子"), "開設者氏名 is kept nowhere");
    read_as ("kumamoto-yakkyoku", "_id,業務種別,許可番号,名称,所在地,開設者氏名,有効期間", "7,薬局,352,見本薬局,熊本市西区見本,見本,");
    ok (!row.refused && strcmp (row.located_in, "431036") == 0 && !row.extra, "the form with _id, 所在地 without the prefecture");
    read_as ("kumamoto-yakkyoku", header, "薬局,,見本薬局,熊本市西区見本,,");
    ok (!row.refused && strlen (row.number) == 13 && row.number[0] == 'N', "without a number it is known by name and address");
    read_as ("kumamoto-yakkyoku", header, "薬局,351,見本薬局,熊本市西区見本,,いつまでも");
    is (reason (), "期間として読み取れません", "a period that is none is doubtful");
}

static void recommended (void)
{
    static const char header[] = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,医療機関の種類,住所,電話番号,医療機関コード,診療曜日,診療開始時間,"
                                 "診療終了時間,診療日時特記事項,時間外における対応,診療科目,病床数";

    read_as ("suisho-medical", header, "431001,1,熊本県,熊本市,見本医院,ミホンイイン,無床診療所,熊本市中央区見本1,096-000-0000,4310000011,月～金,09:00,18:00,水曜は午前のみ,"
             "電話で相談を受ける,内科;小児科;,0");
    ok (!row.refused && !row.doubtful, "the recommended form of clinics");
    ok (row.item_count == 2 && row.items[0].item == FACILITY_ITEM_OUT_OF_HOURS && row.items[0].answer == ITEM_ANSWER_YES, "時間外における対応 is an item of table 1");
    is (row.items[0].text, "電話で相談を受ける", "...in its words");
    is (row.items[1].text, "内科、小児科", "診療科目 parted by ; are departments");
    is (row.hours, "{\"slots\":[[1,31,540,1080],[2,31,540,1080],[3,31,540,1080],[4,31,540,1080],[5,31,540,1080]],\"closed\":96,\"words\":\"水曜は午前のみ\"}",
        "診療曜日 with its hours; other weekdays are closed, holidays not known");
    is (import_items_json (&row, &arena), "{\"5\":[1,\"電話で相談を受ける\"],\"18\":[1,\"内科、小児科\"]}", "...as the staging table takes them");
    read_as ("suisho-medical", header, "430005,1,熊本県,,見本医院,,病院,熊本市北区見本1,,,隔週の月,,,,なし,,");
    is (row.located_in, "431052", "the prefecture's own code is no place: the address tells");
    ok (row.items[0].answer == ITEM_ANSWER_NO && !row.items[0].text, "なし is no");
    ok (row.doubtful && strstr (row.hours, "隔週の月"), "days that cannot be taken apart stand as they are written");
    read_as ("suisho-care", "都道府県コード又は市区町村コード,NO,介護サービス事業所名称,実施サービス,方書,住所,事業所番号",
             "431010,1,見本ケア,訪問介護,見本ビル,熊本市中央区見本,4370100001");
    ok (!row.refused && strcmp (row.service, "訪問介護") == 0 && strcmp (row.building, "見本ビル") == 0, "the recommended form of care offices: its own words for the same columns");
    read_as ("hyou1-prefecture", "名称,種類,住所,在宅患者訪問診療,往診,時間外における対応,看取りの対応", "見本医院,診療所,長野県上高井郡高山村見本,○,×,－,");
    ok (row.item_count == 2 && row.items[0].answer == ITEM_ANSWER_YES && row.items[1].answer == ITEM_ANSWER_NO, "PR-03: the prefecture's table 1: ○ and ×, a dash and blank are not known");
    is (row.located_in, "205435", "...the 高山村 of 長野県");
    is_number (profile_find (&arena, "hyou1-prefecture")->gives, ITEM_SOURCE_PREFECTURE, "...from the source 都道府県");
}

static void dates (void)
{
    static const struct { const char *said, *day; } table[] = {
        { "令和6年1月1日", "2024-01-01" }, { "平成 14年01月01日", "2002-01-01" }, { "S22.4.1", "1947-04-01" }, { "昭36. 4. 1", "1961-04-01" },
        { "2024/2/29", "2024-02-29" }, { "2023-2-29", NULL }, { "令和元年5月1日", "2019-05-01" }, { "令和6年13月1日", NULL }, { "R6", NULL }, { "", NULL },
    };
    const char *rest, *from, *until;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *day = import_date (&arena, text_narrow (&arena, table[i].said), &rest);

        ok (table[i].day ? day && strcmp (day, table[i].day) == 0 : !day, arena_print (&arena, "a day as lists write it: %s", table[i].said));
    }
    ok (import_period (&arena, "令和6年1月1日から", &from, &until) && !until, "a period may be open");
    ok (!import_period (&arena, "令和6年1月1日～令和5年1月1日", &from, &until), "...but not end before it begins");
}

static void days (void)
{
    static const struct { const char *said; int open; } table[] = {
        { "月,火,木", 0x0B }, { "月～金", 0x1F }, { "月曜日・水曜日", 0x05 }, { "土日祝", 0xE0 }, { "平日", 0x1F }, { "毎日", 0x7F }, { "祝日", 0x80 }, { "不定", 0 },
        { "月火水木金土", 0x3F }, { "月から土、祝日", 0xBF },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct hours_said said;
        int open = 0;

        hours_nothing (&said);
        hours_take_days (&said, &arena, table[i].said, "", "");
        for (int day = 1; day <= HOURS_DAYS; day++)
            open |= said.weekly[day] == 1 ? 1 << (day - 1) : 0;
        is_number (open, table[i].open, arena_print (&arena, "days as people write them: %s", table[i].said));
    }
    ok (hours_minute (&arena, "24:00") == 1440 && hours_minute (&arena, "翌2:00") == 1560 && hours_minute (&arena, "９：３０") == 570
        && hours_minute (&arena, "25:00") == -1 && hours_minute (&arena, "9:60") == -1, "times of day");
}

static void profiles (void)
{
    const struct import_profile *all[20];
    size_t count = profile_list (&arena, NULL, all, 20);

    is_number (count, 11, "eleven forms are built in");
    for (size_t i = 0; i < count; i++)
        ok (all[i] && all[i]->about && profile_find (&arena, all[i]->name), all[i] ? all[i]->name : "a built-in profile is broken");
    ok (!profile_read (&arena, "profile x\nsource y\nnumber z\n", 29) && !profile_read (&arena, "profile x\nsource y\nprefecture 4\n", 32)
        && !profile_read (&arena, "profile x\nsource y\nvalues \"1\"\n", 30) && !profile_read (&arena, "profile x\nsource y\nitem cooking \"料理\"\n", 42)
        && !profile_read (&arena, "profile x\nsource y\nopen weekly \"月\"\n", 37) && !profile_read (&arena, "profile x\nsource y\ngives survey\n", 32),
        "what an operator writes wrong makes no profile");
}

int main (void)
{
    hospitals ();
    flags ();
    pharmacies ();
    codes ();
    city ();
    recommended ();
    dates ();
    days ();
    profiles ();
    arena_done (&arena);
    return done ();
}
