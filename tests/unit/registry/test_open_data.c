/* 推奨データセット, GeoJSON and the list's CSV: columns, order, pages; and that the list and its CSV have the same filters. */
#include "csv_out.h"
#include "facility_csv.h"
#include "facility_words.h"
#include "open_data.h"
#include "tap.h"

static struct arena arena;

static const struct known_item clinic_items[] = {
    { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_YES, .text = "16キロ以内" },
    { .item = FACILITY_ITEM_HOUSE_CALLS, .notified = true, .answer = ITEM_ANSWER_NO, .performed = PERFORMED_UNKNOWN },
    { .item = FACILITY_ITEM_OUT_OF_HOURS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "当番医" },
    { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "0123-45-6780" },
    { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "月〜金 9時〜17時" },
    { .item = FACILITY_ITEM_DEPARTMENTS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "内科、消化器・肝臓内科 小児科、" },
};
static const struct opening_slot slots[] = { { 1, 31, 540, 720 }, { 1, 31, 840, 1020 }, { 3, 31, 540, 1020 }, { 8, 31, 540, 1020 } };
static struct open_facility some[] = {
    { "0190a3b4-0000-7000-8000-00000000f001", "0112345678", "診療所", "kouseikyoku", "011002", "北海道", "札幌市", "見本診療所", "ミホン", "見本市1-2 見本ビル",
      "見本ビル", "0123-45-6789", "https://clinic.example", "43.1", "141.3", true, { clinic_items, 6 }, { slots, 4, 0, false, 0, NULL } },
    { "0190a3b4-0000-7000-8000-00000000f002", "0160100001", "訪問看護", "kaigo", "011002", "北海道", "札幌市", "=見本\"訪問\"看護", NULL, NULL, "二階",
      NULL, NULL, NULL, "141.3", false, { NULL, 0 }, { slots, 3, 0, false, 0, NULL } },
    { "0190a3b4-0000-7000-8000-00000000f003", "1", "薬局", "navii", "011002", "北海道", "札幌市", "見本薬局", NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, { NULL, 0 }, { NULL, 0, 0, false, 0, NULL } },
    { "0190a3b4-0000-7000-8000-00000000f004", "2", "病院", "navii", "011002", "北海道", "札幌市", "見本病院", NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, { NULL, 0 }, { NULL, 0, 0, false, 0, NULL } },
};

static const char *write_page (enum open_data_set set, bool first, bool last, size_t count, int64_t *written)
{
    struct open_data_page page = { .set = set, .municipality = "011002", .place = { "北海道", "札幌市", NULL }, .first = first, .last = last,
                                   .written = written ? *written : 0 };
    struct open_facilities facilities = { some, count };
    size_t taken;
    struct bytes bytes = open_data_write (&arena, &page, &facilities, &taken);

    if (written)
        *written = page.written;
    is_number (taken, count, "all of them are taken");
    return arena_copy (&arena, (const char *) bytes.data, bytes.size);
}

static void names (void)
{
    is_number (open_data_set_of ("care.csv"), OPEN_DATA_CARE, "a file has a name");
    is_number (open_data_set_of ("../care.csv"), OPEN_DATA_NONE, "another has none");
    is (open_data_media_type (OPEN_DATA_GEOJSON), "application/geo+json", "RFC 7946: its media type");
}

static void medical (void)
{
    const char *text = write_page (OPEN_DATA_MEDICAL, true, true, 4, NULL);

    is (arena_copy (&arena, text, strcspn (text, "\r")),
        "\xef\xbb\xbf\"都道府県コード又は市区町村コード\",\"NO\",\"都道府県名\",\"市区町村名\",\"名称\",\"名称_カナ\",\"医療機関の種類\",\"住所\",\"方書\",\"緯度\","
        "\"経度\",\"電話番号\",\"内線番号\",\"FAX番号\",\"法人番号\",\"法人の名称\",\"医療機関コード\",\"診療曜日\",\"診療開始時間\",\"診療終了時間\","
        "\"診療日時特記事項\",\"時間外における対応\",\"診療科目\",\"病床数\",\"URL\",\"備考\"", "data-formats §2.5: the columns of 医療機関一覧");
    ok (strstr (text, "\"011002\",\"1\",\"北海道\",\"札幌市\",\"見本診療所\",\"ミホン\",\"\",\"見本市1-2 見本ビル\",\"\",\"43.1\",\"141.3\",\"0123-45-6789\",\"\","
                      "\"0123-45-6780\",\"\",\"\",\"0112345678\",\"月水祝\",\"09:00\",\"17:00\",\"月〜金 9時〜17時\",\"あり・対応可 当番医\",\"内科;消化器・肝臓内科;小児科\",\"\","
                      "\"https://clinic.example\",\"診療所\"\r\n"), "...a clinic, whose beds are not known");
    ok (strstr (text, "\"011002\",\"2\",\"北海道\",\"札幌市\",\"見本病院\",\"\",\"病院\""), "...a hospital");
    ok (!strstr (text, "薬局") && !strstr (text, "看護"), "...no pharmacy, no office of care");
    ok (strstr (text, "\"見本病院\"") && strstr (strstr (text, "\"見本病院\""), "\"" EXPORT_UNPROOFED "\"\r\n"), "A-17 ...and what is not confirmed says so");
}

static void care (void)
{
    const char *text = write_page (OPEN_DATA_CARE, true, true, 4, NULL);

    is (arena_copy (&arena, text, strcspn (text, "\r")),
        "\xef\xbb\xbf\"都道府県コード又は市区町村コード\",\"NO\",\"都道府県名\",\"市区町村名\",\"介護サービス事業所名称\",\"介護サービス事業所名称_カナ\",\"実施サービス\","
        "\"住所\",\"方書\",\"緯度\",\"経度\",\"電話番号\",\"内線番号\",\"FAX番号\",\"法人番号\",\"法人の名称\",\"事業所番号\",\"利用可能曜日\","
        "\"利用可能曜日特記事項\",\"定員\",\"URL\",\"備考\"", "data-formats §2.5: the columns of 介護サービス事業所一覧");
    ok (strstr (text, "\r\n\"011002\",\"1\",\"北海道\",\"札幌市\",\"'=見本\"\"訪問\"\"看護\",\"\",\"訪問看護\",\"\",\"二階\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"0160100001\","),
        "...a station; half a point is none");
    ok (strstr (text, "\"0160100001\",\"月水\",\"\",\"\",\"\",\"" EXPORT_UNPROOFED "\""), "...with the days it comes, and that it is not confirmed (A-17)");
}

static void geojson (void)
{
    int64_t written = 0;
    const char *first = write_page (OPEN_DATA_GEOJSON, true, false, 2, &written), *last = write_page (OPEN_DATA_GEOJSON, false, true, 1, &written);

    is_number (written, 3, "features are counted over the pages");
    ok (strncmp (first, "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\"", 50) == 0, "RFC 7946: a FeatureCollection");
    ok (strstr (first, "{\"type\":\"Point\",\"coordinates\":[141.3,43.1]}"), "RFC 7946 §3.1.1: longitude first");
    ok (strstr (first, "\"geometry\":null,\"properties\":{\"name\":\"=見本\\\"訪問\\\"看護\",\"kind\":\"訪問看護\""), "RFC 7946 §3.2: without a place, null");
    ok (strstr (first, "\"items\":{\"往診\":\"あり・対応可（実績あり） 16キロ以内／届出：なし\""), "what it can do, in words");
    ok (strncmp (last, ",\n{", 3) == 0 && strcmp (last + strlen (last) - 4, "\n]}\n") == 0, "pages put together are one document");
    is (write_page (OPEN_DATA_GEOJSON, true, true, 0, NULL), "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n", "...also of nothing");
}

/* The dataset has one time a row: given where every day has it. */
static void times (void)
{
    static const struct opening_slot differ[] = { { 1, 31, 540, 720 }, { 2, 31, 540, 780 } }, late[] = { { 1, 31, 1080, 1500 } }, no_times[] = { { 1, 31, 0, 0 } };
    static const struct { const struct opening_slot *slots; size_t count; const char *wanted, *name; } cases[] = {
        { differ, 2, "\"月火\",\"\",\"\"", "days that differ have no time" }, { late, 1, "\"月\",\"\",\"\"", "nor has a night" },
        { no_times, 1, "\"月\",\"\",\"\"", "nor days without times" }, { slots, 2, "\"月\",\"09:00\",\"17:00\"", "morning and afternoon are one day" },
    };
    struct opening_hours kept = some[0].hours;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        some[0].hours.slots = cases[i].slots;
        some[0].hours.count = cases[i].count;
        ok (strstr (write_page (OPEN_DATA_MEDICAL, true, true, 1, NULL), cases[i].wanted), cases[i].name);
    }
    some[0].hours = kept;
}

/* What is full ends; nobody is lost. */
static void full_pages (void)
{
    struct open_facility *many = arena_alloc (&arena, 3000 * sizeof *many);
    struct open_facilities facilities = { many, 3000 };
    struct open_data_page page = { .set = OPEN_DATA_GEOJSON, .first = true };
    size_t all = 0, taken;

    for (size_t i = 0; i < 3000; i++)
        many[i] = some[0];
    while (facilities.count) {
        struct bytes bytes = open_data_write (&arena, &page, &facilities, &taken);

        if (bytes.size > 256 * 1024)
            ok (false, "a page fits into a message");
        all += taken;
        facilities = (struct open_facilities) { many + all, 3000 - all };
        page.first = false;
    }
    ok (all == 3000 && page.written == 3000, "nobody is lost between pages");
}

static void the_list (void)
{
    const struct facility_line line = { .name = "見本診療所", .service = "診療所", .number = "0112345678", .municipality = "011002", .municipality_name = "北海道札幌市",
                                        .phone = "0123-45-6789", .has_phone_doubtful = true, .phone_doubtful = true };
    const struct known_items items = { clinic_items, 6 };
    struct facility_csv csv = { &line, &items, 1, true, false };
    size_t taken;
    struct bytes bytes = facility_csv_write (&arena, &csv, &taken);
    const char *text = arena_copy (&arena, (const char *) bytes.data, bytes.size);

    ok (strstr (text, "\"0123-45-6789\",\"要確認\",\"0123-45-6780\",\"\",\"\",\"あり・対応可（実績あり） 16キロ以内／届出：なし\""),
        "A-05 what is notified stands beside what the clinic says; a FAX that is not published comes from the survey");
    ok (strstr (text, "\"在宅患者訪問診療\",\"往診\"") && !strstr (text, "\"ＦＡＸ番号\""), "a column for each item but the numbers");
    ok (strstr (text, "\"月〜金 9時〜17時\",\"内科、消化器・肝臓内科 小児科、\""), "hours and departments are words");
}

/* Whoever gives the list a filter gives it to the CSV, else the file holds others than the page.  How the map is cut up is no filter. */
static bool is_of_the_map (const char *name) { return strcmp (name, "cells") == 0 || strcmp (name, "view") == 0; }

static void same_filters (void)
{
    for (size_t i = 0; i < facility_search_message.field_count; i++) {
        const struct message_field *field = &facility_search_message.fields[i];

        if (!(field->flags & IS_PAGE_LIMIT) && !is_of_the_map (field->name))
            ok (codec_field (&facility_export_message, field->name) != NULL, arena_print (&arena, "the CSV of the list can be filtered by %s", field->name));
    }
}

int main (void)
{
    names ();
    medical ();
    care ();
    geojson ();
    times ();
    full_pages ();
    the_list ();
    same_filters ();
    arena_done (&arena);
    return done ();
}
