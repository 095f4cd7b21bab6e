/* facility_csv.c - see facility_csv.h. */
#include "facility_csv.h"

#include "csv_out.h"
#include "facility_words.h"

enum { FIXED = 11, PAGE_BYTES = 160 * 1024 };

static const char *const fixed_titles[FIXED] = {
    "名称", "名称カナ", "サービスの種類", "事業所番号", "市区町村コード", "市区町村", "住所", "電話番号", "電話番号の確認", "FAX番号", "公表情報",
};

/* A column for every item of table 1 but the two numbers, which have their own. */
static size_t titles_of (struct arena *arena, const char *const **ret)
{
    const char **titles = arena_alloc (arena, (FIXED + facility_item_type.count) * sizeof *titles);
    size_t count = FIXED;

    memcpy (titles, fixed_titles, sizeof fixed_titles);
    for (size_t i = 0; i < facility_item_type.count; i++)
        if (!item_is_number (facility_item_type.values[i].number))
            titles[count++] = facility_item_type.values[i].ja;
    *ret = titles;
    return count;
}

static void put_line (struct csv_out *out, const struct facility_line *line, const struct known_items *items)
{
    const char **cells = arena_alloc (out->arena, out->columns * sizeof *cells);
    size_t count = FIXED;

    cells[0] = line->name;
    cells[1] = line->name_kana;
    cells[2] = line->service;
    cells[3] = line->number;
    cells[4] = line->municipality;
    cells[5] = line->municipality_name;
    cells[6] = line->address;
    cells[7] = line->phone ? line->phone : item_text (items, FACILITY_ITEM_PHONE);
    cells[8] = line->phone && line->has_phone_doubtful && line->phone_doubtful ? "要確認" : NULL;
    cells[9] = line->fax ? line->fax : item_text (items, FACILITY_ITEM_FAX);
    cells[10] = line->has_not_in_latest && line->not_in_latest ? "最新の公表情報にありません" : NULL;
    for (size_t i = 0; i < facility_item_type.count; i++)
        if (!item_is_number (facility_item_type.values[i].number))
            cells[count++] = words_of_item (out->arena, items, facility_item_type.values[i].number);
    csv_out_row (out, cells);
}

struct bytes facility_csv_write (struct arena *arena, const struct facility_csv *csv, size_t *ret_taken)
{
    struct csv_out out = { .arena = arena, .cp932 = csv->cp932 };
    size_t i;

    out.columns = titles_of (arena, &out.titles);
    if (csv->first)
        csv_out_head (&out);
    for (i = 0; i < csv->count && out.size < PAGE_BYTES; i++)
        put_line (&out, &csv->lines[i], &csv->items[i]);
    *ret_taken = i;
    return csv_out_page (&out);
}
