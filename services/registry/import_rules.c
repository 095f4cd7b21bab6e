/* import_rules.c - one row of a file: see import_rules.h. */
#include "import_rules.h"
#include "ids.h"
#include "import_place.h"
#include "import_reading.h"
#include "import_values.h"
#include "japan.h"
#include "text.h"

#define MEMBER(name) offsetof (struct facility_row, name)
static const struct { size_t offset; struct value (*read) (struct arena *, const char *); } readers[FACILITY_FIELD_COUNT] = {
    [FACILITY_LOCATED_IN] = { MEMBER (located_in), value_code },
    [FACILITY_NUMBER] = { MEMBER (number), value_number },
    [FACILITY_PREFECTURE_NAME] = { MEMBER (prefecture_name), value_short },
    [FACILITY_CITY_NAME] = { MEMBER (city_name), value_short },
    [FACILITY_NAME] = { MEMBER (name), value_name },
    [FACILITY_NAME_KANA] = { MEMBER (name_kana), value_short },
    [FACILITY_SERVICE] = { MEMBER (service), value_service },
    [FACILITY_POSTAL_CODE] = { MEMBER (postal_code), value_postal_code },
    [FACILITY_VALID] = { MEMBER (valid), value_period },
    [FACILITY_ADDRESS] = { MEMBER (address), value_address },
    [FACILITY_BUILDING] = { MEMBER (building), value_address },
    [FACILITY_LATITUDE] = { MEMBER (latitude), value_coordinate },
    [FACILITY_LONGITUDE] = { MEMBER (longitude), value_coordinate },
    [FACILITY_PHONE] = { MEMBER (phone), value_phone },
    [FACILITY_FAX] = { MEMBER (fax), value_phone },
    [FACILITY_CORPORATION_NUMBER] = { MEMBER (corporation_number), value_corporation },
    [FACILITY_CORPORATION_NAME] = { MEMBER (corporation_name), value_short },
    [FACILITY_DAYS] = { MEMBER (days), value_days },
    [FACILITY_DAYS_NOTE] = { MEMBER (days_note), value_long },
    [FACILITY_CAPACITY] = { MEMBER (capacity), value_capacity },
    [FACILITY_URL] = { MEMBER (url), value_url },
    [FACILITY_SHARED_SERVICE] = { MEMBER (shared_service), value_short },
    [FACILITY_CARE_STANDARD] = { MEMBER (care_standard), value_short },
    [FACILITY_DISABILITY_STANDARD] = { MEMBER (disability_standard), value_short },
    [FACILITY_REMARK] = { MEMBER (remark), value_long },
};

void row_problem (struct row_reading *reading, const char *column, const char *value, const char *reason, bool refused)
{
    struct facility_row *row = reading->row;

    if (refused)
        row->refused = true;
    else
        row->doubtful = true;
    if (row->problem_count < ROW_PROBLEMS_MAX)
        row->problems[row->problem_count++] = (struct row_problem) { column, text_cut (reading->arena, value, 400), reason, refused };
}

static const char **member_of (struct facility_row *row, enum facility_field field)
{
    return (const char **) ((char *) row + readers[field].offset);
}

static void keep_raw (struct row_reading *reading, enum facility_field field, bool doubtful)
{
    struct json_text *raw = &reading->raw;

    if (raw->size)
        json_put (raw, ",");
    json_string (raw, facility_field_name (field));
    json_put (raw, ":{\"raw\":");
    json_string (raw, reading->cells[field]);
    json_put (raw, doubtful ? ",\"doubtful\":true}" : "}");
}

/* What the service column may say is told by the profile: 機関区分 1 is 病院. */
static struct value read_service (struct row_reading *reading, const char *cell)
{
    const struct import_profile *profile = reading->map->profile;
    const char *folded = text_fold (reading->arena, cell);

    if (!profile->service_count)
        return value_service (reading->arena, cell);
    for (int i = 0; i < profile->service_count; i++)
        if (strcmp (profile->services[i].said, folded) == 0)
            return (struct value) { .text = profile->services[i].means, .same = true };
    return (struct value) { .refusal = *cell ? "この一覧で取り込む種類ではありません" : "空欄です" };
}

static struct value value_of (struct row_reading *reading, enum facility_field field)
{
    if (field == FACILITY_SERVICE)
        return read_service (reading, reading->cells[field]);
    if (field == FACILITY_NUMBER)
        return value_number_of (reading->arena, reading->map->profile->number, reading->cells[field]);
    return readers[field].read (reading->arena, reading->cells[field]);
}

static void read_value (struct row_reading *reading, enum facility_field field)
{
    const char *cell = reading->cells[field], **member = member_of (reading->row, field);
    struct value value = value_of (reading, field);

    *member = value.text;
    reading->row->lost_zeros |= value.lost_zeros;
    if (value.refusal)
        row_problem (reading, reading->titles[field], cell, value.refusal, true);
    if (value.doubt)
        row_problem (reading, reading->titles[field], cell, value.doubt, false);
    if (value.doubt || (!value.same && strcmp (value.text ? value.text : "", cell) != 0))
        keep_raw (reading, field, value.doubt != NULL);
    if (field == FACILITY_PHONE)
        reading->row->phone_doubtful = value.doubt != NULL;
}

/* One coordinate alone is no place; it is not lost without a word. */
static void half_point (struct row_reading *reading, enum facility_field field)
{
    if (!*member_of (reading->row, field))
        return;
    row_problem (reading, reading->titles[field], reading->cells[field], "緯度と経度の片方だけでは使えません", false);
    keep_raw (reading, field, true);
}

/* The point as a whole: 0,0 is a way to say nothing; a point abroad is a geocoder's mistake and not kept. */
static void check_point (struct row_reading *reading)
{
    struct facility_row *row = reading->row;
    double latitude = row->latitude ? strtod (row->latitude, NULL) : 0, longitude = row->longitude ? strtod (row->longitude, NULL) : 0;
    const char *why = NULL, *said;

    if (!row->latitude || !row->longitude) {
        half_point (reading, row->latitude ? FACILITY_LATITUDE : FACILITY_LONGITUDE);
        row->latitude = row->longitude = NULL;
        return;
    }
    if (latitude == 0 || longitude == 0)
        why = "座標が0です（未入力として扱います）";
    else if (!japan_has_point (latitude, longitude))
        why = "座標が国内にありません（使いません）";
    else if (row->located_in && !japan_point_fits (row->located_in, latitude, longitude))
        why = "座標がその都道府県から離れています";
    if (!why)
        return;
    said = arena_print (reading->arena, "%s, %s", reading->cells[FACILITY_LATITUDE], reading->cells[FACILITY_LONGITUDE]);
    row_problem (reading, reading->titles[FACILITY_LATITUDE], said, why, false);
    keep_raw (reading, FACILITY_LATITUDE, true);
    keep_raw (reading, FACILITY_LONGITUDE, true);
    if (latitude == 0 || longitude == 0 || !japan_has_point (latitude, longitude))
        row->latitude = row->longitude = NULL;
}

/* True when the row can be read at all. */
static bool check_record (struct row_reading *reading, const struct profile_map *map, const struct csv_record *record)
{
    if (record->count != map->count)
        row_problem (reading, map->titles[0], NULL, arena_print (reading->arena, "列の数が見出しと違います（見出し%d列、この行%d列）",
                                                             (int) map->count, (int) record->count), true);
    else if (record->misquoted)
        row_problem (reading, map->titles[0], NULL, "引用符の後に余分な文字があります", true);
    for (size_t i = 0; i < record->count && i < map->count; i++)
        if (!text_is_utf8 (record->fields[i].text, record->fields[i].size))
            row_problem (reading, map->titles[i], NULL, "読み取れない文字が含まれています", true);
    return !reading->row->refused;
}

/* Sorts the cells of a record to the fields they are. */
static void take_cells (struct row_reading *reading, const struct profile_map *map, const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        const char *cell = text_trim (reading->arena, record->fields[i].text);
        int field = map->field_at[i];

        if (map->sum_at[i])
            row_take_part (reading, i, cell);
        if (field >= MAP_ITEM)
            row_take_item (reading, i, cell);
        else if (field >= MAP_TIME)
            row_take_time (reading, i, cell);
        else if (field >= 0) {
            reading->cells[field] = cell;
            reading->titles[field] = map->titles[i];
        } else if (field == MAP_EXTRA && *cell && reading->extra.size < 16384) {
            json_put (&reading->extra, reading->extra.size ? "" : "{");
            json_member (&reading->extra, map->titles[i], cell);
        }
    }
    if (reading->extra.size)
        json_put (&reading->extra, "}");
}

static void check_columns (struct row_reading *reading)
{
    const char *phone = reading->cells[FACILITY_PHONE], *number = reading->cells[FACILITY_NUMBER], *url = reading->cells[FACILITY_URL];

    reading->row->phone_is_number = phone && number && *phone && strcmp (phone, number) == 0;
    if (url && !reading->row->url)
        reading->row->email = value_email (reading->arena, url);
}

/* A row of a list without numbers is known by where it is and what it is called; another name is another facility. */
static const char *number_of_name (struct arena *arena, const struct facility_row *row)
{
    char id[UUID_TEXT], *number;
    int used = 1;

    uuid_from_name ("facility without number", arena_print (arena, "%s/%s/%s", row->located_in, text_fold (arena, row->name),
                                                            text_fold (arena, row->address ? row->address : "")), id);
    number = arena_text (arena, "N            ");
    for (const char *p = id; used < 13; p++)
        if (*p != '-')
            number[used++] = (char) (*p >= 'a' ? *p - 'a' + 'A' : *p);
    return number;
}

/* What the file leaves to its profile, and what no facility can be without. */
static void complete (struct row_reading *reading)
{
    const struct import_profile *profile = reading->map->profile;
    struct facility_row *row = reading->row;
    struct value place;

    if (!row->service && !row->refused)
        row->service = profile->service;
    place = import_place (profile, reading->arena, reading->cells[FACILITY_PREFECTURE_CODE] ? reading->cells[FACILITY_PREFECTURE_CODE] : "",
                          reading->cells[FACILITY_CITY_CODE] ? reading->cells[FACILITY_CITY_CODE] : "", row);
    row->lost_zeros |= place.lost_zeros;
    if (place.refusal && !row->refused)
        row_problem (reading, reading->titles[FACILITY_CITY_CODE] ? reading->titles[FACILITY_CITY_CODE]
                     : reading->titles[FACILITY_ADDRESS] ? reading->titles[FACILITY_ADDRESS] : "市区町村",
                     reading->titles[FACILITY_CITY_CODE] ? reading->cells[FACILITY_CITY_CODE] : row->address, place.refusal, true);
    if (row->refused)
        return;
    if (!row->name || !row->service)
        row_problem (reading, row->name ? "種類" : "名称", NULL, "この一覧では分かりません（対応表を確認してください）", true);
    else if (!row->number)
        row->number = number_of_name (reading->arena, row);
}

static void read_fields (struct row_reading *reading)
{
    for (int field = 0; field < FACILITY_FIELD_COUNT; field++)
        if (reading->cells[field] && readers[field].read)
            read_value (reading, (enum facility_field) field);
}

void import_row_read (const struct profile_map *map, struct arena *arena, const struct csv_record *record, struct facility_row *ret)
{
    struct row_reading reading = { .arena = arena, .map = map, .row = ret, .raw = { .arena = arena }, .extra = { .arena = arena },
                                   .sum = -1, .parts = -1 };

    *ret = (struct facility_row) { .line = record->line, .raw = "" };
    if (!check_record (&reading, map, record))
        return;
    hours_nothing (&reading.hours);
    take_cells (&reading, map, record);
    read_fields (&reading);
    complete (&reading);
    check_columns (&reading);
    check_point (&reading);
    row_finish_more (&reading);
    ret->raw = reading.raw.size ? reading.raw.text : "";
    ret->extra = reading.extra.size ? reading.extra.text : NULL;
}

const char *import_items_json (const struct facility_row *row, struct arena *arena)
{
    struct json_text json = { .arena = arena };

    if (row->item_count == 0)
        return NULL;
    json_put (&json, "{");
    for (int i = 0; i < row->item_count; i++) {
        json_put (&json, arena_print (arena, "%s\"%d\":[%d,", i ? "," : "", row->items[i].item, row->items[i].answer));
        if (row->items[i].text)
            json_string (&json, row->items[i].text);
        else
            json_put (&json, "null");
        json_put (&json, "]");
    }
    json_put (&json, "}");
    return json.text;
}

const char *import_judge_rows (const struct file_tally *tally, bool complete, struct arena *arena)
{
    if (complete && tally->rows == 0)
        return "データの行がありません";
    if (tally->lost_zeros >= (complete ? 3 : 20) || (complete && tally->lost_zeros * 100 > tally->rows))
        return arena_print (arena, "番号の先頭の0が失われています（%lld行）。表計算ソフトで保存し直さず、公表されたままのファイルを使ってください",
                            (long long) tally->lost_zeros);
    if ((complete || tally->rows >= 100) && tally->phone_is_number * 2 > tally->rows)
        return "電話番号の列が事業所番号と同じです";
    if (complete && tally->rows >= 10 && tally->refused * 2 > tally->rows)
        return arena_print (arena, "%lld行のうち%lld行を読み取れません（列の並びやファイルの種類が違う可能性）", (long long) tally->rows,
                            (long long) tally->refused);
    return NULL;
}

const char *import_judge_coverage (int64_t known, int64_t missing, struct arena *arena)
{
    const int64_t enough = 4;                   /* with fewer there is no pattern to miss */

    if (known < enough || missing * 2 < known)
        return NULL;
    return arena_print (arena, "前回までの%lld市区町村のうち%lldがこのファイルにありません（一部だけのファイルの可能性）", (long long) known, (long long) missing);
}

const char *import_judge_date (const char *source_date, const char *newest, struct arena *arena)
{
    if (!source_date || !newest || strcmp (newest, source_date) <= 0)
        return NULL;
    return arena_print (arena, "%s時点のファイルです。すでに%s時点のデータがあり、取り込むと古い内容に戻ります", source_date, newest);
}

char *import_provenance (const struct facility_row *row, const char *source, const char *source_date, struct arena *arena)
{
    struct json_text json = { .arena = arena };

    json_put (&json, "{\"*\":{");
    json_member (&json, "source", source);
    if (source_date)
        json_member (&json, "source_date", source_date);
    json_put (&json, arena_print (arena, ",\"line\":%lld}", (long long) row->line));
    if (*row->raw) {
        json_put (&json, ",");
        json_put (&json, row->raw);
    }
    json_put (&json, "}");
    return json.text;
}

void import_fingerprint (const struct facility_row *row, struct arena *arena, char ret[37])
{
    struct json_text all = { .arena = arena };

    for (int field = 0; field < FACILITY_FIELD_COUNT; field++)
        if (readers[field].read) {
            const char *text = *member_of ((struct facility_row *) row, (enum facility_field) field);

            /* fields that were added later leave the fingerprint of what does not say them as it was */
            if (!text && field > FACILITY_UNUSED)
                continue;
            json_put (&all, text ? text : "\x02");
            json_add (&all, "\x1f", 1);
        }
    json_put (&all, row->hours ? row->hours : "");
    json_put (&all, row->item_count ? import_items_json (row, arena) : "");
    json_put (&all, row->extra ? row->extra : "");
    json_add (&all, "\x1f", 1);
    json_put (&all, row->raw);
    uuid_from_name ("facility content", all.text, ret);
}
