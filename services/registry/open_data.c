/* open_data.c - see open_data.h. */
#include "open_data.h"

#include <inttypes.h>
#include "calendar.h"
#include "csv_out.h"
#include "facility_words.h"
#include "json_text.h"

enum { MEDICAL_COLUMNS = 26, CARE_COLUMNS = 22 };

static const struct { const char *file; enum open_data_set set; const char *media_type; } sets[] = {
    { "medical.csv", OPEN_DATA_MEDICAL, "text/csv; charset=utf-8" },
    { "care.csv", OPEN_DATA_CARE, "text/csv; charset=utf-8" },
    { "facilities.geojson", OPEN_DATA_GEOJSON, "application/geo+json" },
};

enum open_data_set open_data_set_of (const char *file)
{
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp (sets[i].file, file) == 0)
            return sets[i].set;
    return OPEN_DATA_NONE;
}

const char *open_data_media_type (enum open_data_set set)
{
    return sets[set - 1].media_type;
}

static const char *phone_of (const struct open_facility *facility)
{
    return facility->phone ? facility->phone : item_text (&facility->items, FACILITY_ITEM_PHONE);
}

/* The building again is not wanted where the address ends with it. */
static const char *building_of (const struct open_facility *facility)
{
    return facility->building && !(facility->address && strstr (facility->address, facility->building)) ? facility->building : NULL;
}

/* ---- 推奨データセット ------------------------------------------------------------------------------------------------------------------ */

static const char *const medical_titles[MEDICAL_COLUMNS] = {
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "医療機関の種類", "住所", "方書", "緯度", "経度",
    "電話番号", "内線番号", "FAX番号", "法人番号", "法人の名称", "医療機関コード", "診療曜日", "診療開始時間", "診療終了時間", "診療日時特記事項",
    "時間外における対応", "診療科目", "病床数", "URL", "備考",
};
static const char *const care_titles[CARE_COLUMNS] = {
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "介護サービス事業所名称", "介護サービス事業所名称_カナ", "実施サービス",
    "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "FAX番号", "法人番号", "法人の名称", "事業所番号", "利用可能曜日",
    "利用可能曜日特記事項", "定員", "URL", "備考",
};

static bool is_pharmacy (const struct open_facility *facility)
{
    return strstr (facility->service, "薬局") || strstr (facility->service, "助産所");
}

static bool belongs (const struct open_facility *facility, enum open_data_set set)
{
    bool medical = facility_kind_of (facility->service) == FACILITY_KIND_HOME_MEDICINE;

    return set == OPEN_DATA_GEOJSON || (set == OPEN_DATA_CARE ? !medical : medical && !is_pharmacy (facility));
}

/* NULL: the dataset has no word for it. */
static const char *kind_of (const char *service)
{
    if (strstr (service, "有床"))
        return "有床診療所";
    if (strstr (service, "無床"))
        return "無床診療所";
    return strstr (service, "病院") ? "病院" : NULL;
}

/* Departments are parted by commas of all kinds or spaces where somebody typed them; a middle dot stands within a name. */
static const char *with_semicolons (struct arena *arena, const char *text)
{
    static const char *const marks[] = { "、", "，", "　", "；", "／", ",", " ", "\n" };
    char *copy = arena_alloc (arena, text ? strlen (text) + 1 : 1), *to = copy;

    for (const char *at = text ? text : ""; *at;) {
        size_t size = 0;

        for (size_t i = 0; i < sizeof marks / sizeof *marks && !size; i++)
            size = strncmp (at, marks[i], strlen (marks[i])) == 0 ? strlen (marks[i]) : 0;
        if (!size)
            *to++ = *at++;
        else if (at += size, to > copy && to[-1] != ';')
            *to++ = ';';
    }
    if (to > copy && to[-1] == ';')
        *--to = '\0';
    return copy;
}

/* What both lists begin with; `at` is the column of the address. */
static void fill (struct arena *arena, const struct open_data_page *page, const struct open_facility *facility, const char **cells, int at)
{
    cells[0] = page->municipality;
    cells[1] = arena_print (arena, "%" PRId64, page->written + 1);
    cells[2] = page->place.prefecture;
    cells[3] = page->place.name;
    cells[4] = facility->name;
    cells[5] = facility->name_kana;
    cells[at] = facility->address;
    cells[at + 1] = building_of (facility);
    cells[at + 2] = facility->longitude ? facility->latitude : NULL;
    cells[at + 3] = facility->latitude ? facility->longitude : NULL;
    cells[at + 4] = phone_of (facility);
    cells[at + 6] = item_text (&facility->items, FACILITY_ITEM_FAX);
    cells[at + 9] = facility->number;
}

/* 「月火水金」 */
static const char *days_of (struct arena *arena, const struct opening_hours *hours)
{
    const char *days = "";

    for (int day = 1; day <= OPENING_HOLIDAY; day++)
        for (size_t i = 0; i < hours->count; i++)
            if (hours->slots[i].day == day) {
                days = arena_print (arena, "%s%s", days, day == OPENING_HOLIDAY ? "祝" : calendar_weekday_ja (day));
                break;
            }
    return days;
}

/* First and last minute of a day; false: not known of it. */
static bool span_of (const struct opening_hours *hours, int day, int *ret_from, int *ret_to)
{
    *ret_from = *ret_to = 0;
    for (size_t i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        if (slot->day != day || slot->to == 0)
            continue;
        *ret_from = *ret_to == 0 || slot->from < *ret_from ? slot->from : *ret_from;
        *ret_to = slot->to > *ret_to ? slot->to : *ret_to;
    }
    return *ret_to > 0;
}

/* Where the days differ, or go beyond midnight, the words alone say when. */
static void put_times (struct arena *arena, const struct opening_hours *hours, const char **cells)
{
    int from = 0, to = 0, one_from, one_to;

    for (size_t i = 0; i < hours->count; i++) {
        if (!span_of (hours, hours->slots[i].day, &one_from, &one_to) || (to && (from != one_from || to != one_to)))
            return;
        from = one_from;
        to = one_to;
    }
    if (to == 0 || to > 24 * 60)
        return;
    cells[0] = arena_print (arena, "%02d:%02d", from / 60, from % 60);
    cells[1] = arena_print (arena, "%02d:%02d", to / 60, to % 60);
}

static const char *remark_of (struct arena *arena, const struct open_facility *facility, const char *before)
{
    return arena_print (arena, "%s%s%s", before, *before && !facility->proofed ? "。" : "", facility->proofed ? "" : EXPORT_UNPROOFED);
}

static void medical_row (struct arena *arena, const struct open_data_page *page, const struct open_facility *facility, const char **cells)
{
    const struct known_items *items = &facility->items;

    fill (arena, page, facility, cells, 7);
    cells[6] = kind_of (facility->service);
    cells[17] = days_of (arena, &facility->hours);
    put_times (arena, &facility->hours, cells + 18);
    cells[20] = item_text (items, FACILITY_ITEM_HOURS);
    cells[21] = words_of_item (arena, items, FACILITY_ITEM_OUT_OF_HOURS);
    cells[22] = with_semicolons (arena, item_text (items, FACILITY_ITEM_DEPARTMENTS));
    cells[24] = facility->url;
    cells[25] = remark_of (arena, facility, cells[6] ? "" : facility->service);
}

static void care_row (struct arena *arena, const struct open_data_page *page, const struct open_facility *facility, const char **cells)
{
    fill (arena, page, facility, cells, 7);
    cells[6] = facility->service;
    cells[17] = days_of (arena, &facility->hours);
    cells[18] = item_text (&facility->items, FACILITY_ITEM_HOURS);
    cells[20] = facility->url;
    cells[21] = remark_of (arena, facility, "");
}

static struct bytes write_csv (struct arena *arena, struct open_data_page *page, const struct open_facilities *facilities, size_t *ret_taken)
{
    bool medical = page->set == OPEN_DATA_MEDICAL;
    struct csv_out out = { .arena = arena, .titles = medical ? medical_titles : care_titles,
                           .columns = medical ? MEDICAL_COLUMNS : CARE_COLUMNS };
    size_t i;

    if (page->first)
        csv_out_head (&out);
    for (i = 0; i < facilities->count && out.size < OPEN_DATA_PAGE_BYTES; i++) {
        const char **cells = arena_alloc (arena, MEDICAL_COLUMNS * sizeof *cells);

        if (!belongs (&facilities->items[i], page->set))
            continue;
        (medical ? medical_row : care_row) (arena, page, &facilities->items[i], cells);
        csv_out_row (&out, cells);
        page->written++;
    }
    *ret_taken = i;
    return csv_out_page (&out);
}

/* ---- GeoJSON ------------------------------------------------------------------------------------------------------------------------ */

static void put_items (struct json_text *json, struct arena *arena, const struct known_items *items)
{
    const char *before = "";

    json_put (json, ",\"items\":{");
    for (size_t i = 0; i < facility_item_type.count; i++) {
        const char *words = words_of_item (arena, items, facility_item_type.values[i].number);

        if (!words || item_is_number (facility_item_type.values[i].number))
            continue;
        json_put (json, before);
        json_string (json, facility_item_type.values[i].ja);
        json_put (json, ":");
        json_string (json, words);
        before = ",";
    }
    json_put (json, "}");
}

static void put_feature (struct json_text *json, struct arena *arena, const struct open_facility *facility)
{
    json_put (json, "{\"type\":\"Feature\",\"id\":");
    json_string (json, facility->facility_id);
    json_put (json, ",\"geometry\":");
    json_put (json, facility->latitude && facility->longitude
                        ? arena_print (arena, "{\"type\":\"Point\",\"coordinates\":[%s,%s]}", facility->longitude, facility->latitude)
                        : "null");
    json_put (json, ",\"properties\":{\"name\":");
    json_string (json, facility->name);
    json_optional (json, "name_kana", facility->name_kana);
    json_member (json, "kind", words_of (&facility_kind_type, (int) facility_kind_of (facility->service)));
    json_member (json, "service", facility->service);
    json_member (json, "number", facility->number);
    json_member (json, "municipality_code", facility->located_in);
    json_member (json, "municipality", arena_print (arena, "%s%s", facility->prefecture, facility->city));
    json_optional (json, "address", facility->address);
    json_optional (json, "building", building_of (facility));
    json_optional (json, "phone", phone_of (facility));
    json_optional (json, "fax", item_text (&facility->items, FACILITY_ITEM_FAX));
    json_optional (json, "url", facility->url);
    json_put (json, facility->proofed ? ",\"proofed\":true" : ",\"proofed\":false");
    put_items (json, arena, &facility->items);
    json_put (json, "}}");
}

static struct bytes write_geojson (struct arena *arena, struct open_data_page *page, const struct open_facilities *facilities,
                                   size_t *ret_taken)
{
    struct json_text json = { .arena = arena };
    size_t i;

    if (page->first)
        json_put (&json, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (i = 0; i < facilities->count && json.size < OPEN_DATA_PAGE_BYTES; i++) {
        json_put (&json, page->written++ ? ",\n" : "\n");
        put_feature (&json, arena, &facilities->items[i]);
    }
    *ret_taken = i;
    if (page->last && i == facilities->count)
        json_put (&json, "\n]}\n");
    return (struct bytes) { (const unsigned char *) json.text, json.size };
}

struct bytes open_data_write (struct arena *arena, struct open_data_page *page, const struct open_facilities *facilities, size_t *ret_taken)
{
    return (page->set == OPEN_DATA_GEOJSON ? write_geojson : write_csv) (arena, page, facilities, ret_taken);
}
