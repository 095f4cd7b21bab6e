/* test_facility_search.c - offices are found as people type them: two kanji, kana, half-width, kind of service, municipality; in pages. */
#include "import_files.h"

static const char file[] =
    "都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,方書,電話番号,事業所番号,利用可能曜日特記事項,駐車場\n"
    "011011,北海道,札幌市中央区,看護小規模多機能ホーム　みほん,カンゴショウキボタキノウホームミホン,看護小規模多機能型居宅介護（複合型サービス）,中央区1,,011-111-1111,0190100001,月曜（改行）火曜,あり\n"
    "011029,北海道,札幌市北区,髙橋訪問入浴,タカハシホウモンニユウヨク,訪問入浴介護,北区2,,011-222-2222,0190100002,,\n"
    "012025,北海道,函館市,山﨑クリニック訪問看護,ヤマザキクリニックホウモンカンゴ,訪問看護,函館市3,,0138-33-3333,0190100003,,\n"
    "104281,群馬県,高山村,デイサービス葛,デイサービスクズ,通所介護,高山村4,別館,0279-44-4444,1090100004,,\n"
    "205435,長野県,高山村,渡邉医院,ワタナベイイン,訪問看護,高山村5,,026-555-5555,2090100005,,\n"
    "231011,愛知県,名古屋市千種区,ブルー・ケア,ブルーケア,訪問介護,千種区6,,052-666-6666,2390100006,,\n"
    "231169,愛知県,名古屋市天白区,天白の家,テンパクノイエ,訪問介護,天白区7,,052-777-7777,2390100007,,\n"
    "221309,静岡県,浜松市,浜松の家,ハママツノイエ,訪問介護,浜松市8,,053-888-8888,2290100008,,\n"
    "221384,静岡県,浜松市中央区,浜松中央の家,ハママツチュウオウノイエ,訪問介護,中央区9,,053-999-9999,2290100009,,\n";

static struct facility_search_answer found;

static void find (const char *text, const char *service, const char *municipality)
{
    struct facility_search query = { .text = text, .service = service, .municipality = municipality };

    found = (struct facility_search_answer) { 0 };
    if (harness_call (harness, "facility_search", &query, &found, &err) < 0)
        note ("search: %s", err.detail);
}

static void finds_one (const char *text, const char *name_part, const char *name)
{
    find (text, NULL, NULL);
    if (!ok (found.count == 1 && found.facilities.count == 1 && strstr (found.facilities.items[0].name, name_part), name))
        note ("%lld found", (long long) found.count);
}

static void words (void)
{
    finds_one ("みほん", "みほん", "by hiragana");
    finds_one ("ﾐﾎﾝ", "みほん", "by half-width kana");
    finds_one ("高橋", "髙橋", "two kanji are enough, 高 finds 髙");
    finds_one ("山崎", "山﨑", "崎 finds 﨑");
    finds_one ("渡辺", "渡邉", "辺 finds 邉");
    finds_one ("わたなべ", "渡邉", "by the reading");
    finds_one ("ブルーケア", "ブルー・ケア", "middle dots do not matter");
    finds_one ("クリニック訪問", "山﨑", "a longer part of the name");
    finds_one ("サービス葛\U000E0100", "葛", "a variation selector does not matter");
    finds_one ("渡", "渡邉", "one character finds names that begin with it");
    finds_one ("0190100002", "髙橋", "by office number");
    finds_one ("0190100002 橋訪", "髙橋", "...and a part of its name");
    find ("0190100002 山崎", NULL, NULL);
    is_number (found.count, 0, "...and not by one that is another's");
    find ("橋", NULL, NULL);
    is_number (found.count, 0, "...and not names that hold it elsewhere");
    find ("橋高", NULL, NULL);
    is_number (found.count, 0, "characters in another order find nothing");
    find ("看看護護", NULL, NULL);
    is_number (found.count, 0, "pairs alone are not enough: the word itself must be there");
    finds_one ("訪問 山崎", "山﨑", "two words must both be there");
    finds_one ("訪問　ヤマザキ", "山﨑", "...also parted by a full-width space");
    find ("' or 1=1 -- % _ {}\"\\", NULL, NULL);
    is_number (found.count, 0, "signs of SQL are only text");
}

static void services (void)
{
    finds_one ("訪問入浴", "髙橋", "訪問入浴 finds the kind of service");
    finds_one ("看護小規模多機能", "みほん", "看護小規模多機能 too");
    finds_one ("複合型", "みほん", "...by a word that only the kind has");
    finds_one ("訪問看護 ワタナベ", "渡邉", "kind and name together");
    find (NULL, "訪問介護", NULL);
    is_number (found.count, 4, "by kind as listed");
    is_number (found.services.count, 5, "kinds known are told");
    find ("の家", "訪問介護", "221309");
    is_number (found.count, 2, "name, kind and municipality together");
}

static void places (void)
{
    struct facility_search query = { .prefecture = "01" };

    find (NULL, NULL, "231002");
    is_number (found.count, 2, "a designated city's code covers its wards");
    find (NULL, NULL, "221309");
    is_number (found.count, 2, "...also wards made in 2024, and what is recorded for the city itself");
    find (NULL, NULL, "231169");
    is_number (found.count, 1, "a ward's code is only the ward");
    find (NULL, NULL, "104281");
    ok (found.count == 1 && strcmp (found.facilities.items[0].municipality_name, "群馬県高山村") == 0, "高山村 in Gunma is not the one in Nagano");
    is (found.facilities.items[0].address, "高山村4 別館", "the building is shown behind the address");
    harness_call (harness, "facility_search", &query, &found, &err);
    is_number (found.count, 3, "by prefecture");
}

static void pages (void)
{
    struct facility_search query = { .has_limit = true, .limit = 4 };
    char seen[2000] = "", before[400] = "";
    int count = 0, unordered = 0;

    do {
        harness_call (harness, "facility_search", &query, &found, &err);
        for (size_t i = 0; i < found.facilities.count; i++, count++) {
            const struct facility_line *line = &found.facilities.items[i];

            unordered += strstr (seen, line->facility_id) != NULL || strcmp (before, line->name_kana) > 0;
            snprintf (before, sizeof before, "%s", line->name_kana);
            snprintf (seen + strlen (seen), sizeof seen - strlen (seen), "%s ", line->facility_id);
        }
        query.after = found.next;
    } while (found.next && count < 100);
    is_number (count, 9, "pages together show every facility");
    is_number (unordered, 0, "...once, in the order of their kana");
    is_number (found.count, 9, "the count is of all that match");
    query.after = "x";
    ok (harness_call (harness, "facility_search", &query, NULL, &err) < 0 && err.key == ERROR_FIELD_WRONG_TYPE,
        "a broken page key is refused");
}

static const struct field_source *source_of (const struct facility_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->sources.count; i++)
        if (strcmp (answer->sources.items[i].name, name) == 0)
            return &answer->sources.items[i];
    return NULL;
}

static void one (void)
{
    struct facility_answer answer = { 0 };
    struct facility query;
    const struct field_source *note_source, *extra;

    finds_one ("みほん", "みほん", "a facility is opened");
    query.facility_id = found.facilities.items[0].facility_id;
    is_number (harness_call (harness, "facility", &query, &answer, &err), 0, "...by its id");
    is_number (answer.version, 1, "...in its version");
    note_source = source_of (&answer, "days_note");
    extra = source_of (&answer, "駐車場");
    ok (note_source && strcmp (note_source->value, "月曜\n火曜") == 0, "every field has its value");
    ok (note_source && strcmp (note_source->source_date, "2025-12-31") == 0 && note_source->line == 2,
        "...with date and line of the source");
    ok (note_source && strstr (note_source->source, "介護サービス情報公表システム"), "...and the source by name");
    ok (extra && strcmp (extra->value, "あり") == 0, "columns the registry does not know are shown too");
    query.facility_id = OFFICER_PERSON;
    ok (harness_call (harness, "facility", &query, &answer, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "an unknown facility is not found");
}

int main (void)
{
    open_region ();
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
    run_import (check_text (file));
    harness_as (harness, &(struct harness_actor) { .person = OTHER_PERSON, .office = OFFICER_OFFICE, .municipality = "104281",
                                                   .roles = ROLE_BIT (ROLE_CARE_MANAGER) });
    words ();
    services ();
    places ();
    pages ();
    one ();
    harness_close (&harness);
    return done ();
}
