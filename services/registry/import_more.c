/* import_more.c - opening hours, items of table 1 and sums of a row: see import_reading.h. */
#include <stdlib.h>
#include "import_reading.h"
#include "import_values.h"
#include "messages.h"
#include "text.h"

void row_take_time (struct row_reading *reading, size_t column, const char *cell)
{
    const struct profile_time *time = &reading->map->profile->times[reading->map->field_at[column] - MAP_TIME];
    const char *doubt = hours_take (&reading->hours, time, reading->arena, cell);

    if (doubt)
        row_problem (reading, reading->map->titles[column], cell, doubt, false);
}

/* 内科;外科 → 内科、外科 */
static const char *names_of (struct arena *arena, const char *cell)
{
    char *rest = arena_text (arena, cell), *name;
    const char *names = "";

    while ((name = strsep (&rest, ";")) != NULL) {
        name = text_trim (arena, name);
        if (*name)
            names = arena_print (arena, "%s%s%s", names, *names ? "、" : "", name);
    }
    return text_cut (arena, names, 400);
}

void row_take_item (struct row_reading *reading, size_t column, const char *cell)
{
    const struct profile_item *item = &reading->map->profile->items[reading->map->field_at[column] - MAP_ITEM];
    struct value value = value_item (reading->arena, item->item == FACILITY_ITEM_DEPARTMENTS ? names_of (reading->arena, cell) : cell);
    bool yes = value.text && strcmp (value.text, "yes") == 0, no = value.text && strcmp (value.text, "no") == 0;

    if (value.doubt)
        row_problem (reading, reading->map->titles[column], cell, value.doubt, false);
    if (!value.text || (yes && item->item == FACILITY_ITEM_DEPARTMENTS))
        return;
    reading->row->items[reading->row->item_count++] =
        (struct row_item) { item->item, no ? ITEM_ANSWER_NO : ITEM_ANSWER_YES, yes || no ? NULL : value.text };
}

/* Beds are counted as they come; anything but a number is kept as it is and not counted. */
void row_take_part (struct row_reading *reading, size_t column, const char *cell)
{
    const char *text = text_narrow (reading->arena, cell);
    int64_t *total = reading->map->sum_at[column] == 1 ? &reading->sum : &reading->parts;

    if (*text && strspn (text, "0123456789") == strlen (text) && strlen (text) < 8)
        *total = (*total < 0 ? 0 : *total) + strtoll (text, NULL, 10);
}

static const char *cell_of (const struct row_reading *reading, enum facility_field field)
{
    return reading->cells[field] ? reading->cells[field] : "";
}

static void take_days (struct row_reading *reading)
{
    const char *days = cell_of (reading, FACILITY_OPEN_DAYS), *note = cell_of (reading, FACILITY_OPEN_NOTE), *doubt;

    if (*note)
        reading->hours.note = value_long (reading->arena, note).text;
    if (!*days)
        return;
    doubt = hours_take_days (&reading->hours, reading->arena, days, cell_of (reading, FACILITY_OPENS), cell_of (reading, FACILITY_CLOSES));
    if (!doubt)
        return;
    row_problem (reading, reading->titles[FACILITY_OPEN_DAYS], days, doubt, false);
    /* what cannot be told apart is shown as it is written */
    reading->hours.note = arena_print (reading->arena, "%s %s〜%s%s%s", days, cell_of (reading, FACILITY_OPENS), cell_of (reading, FACILITY_CLOSES),
                                       reading->hours.note ? "\n" : "", reading->hours.note ? reading->hours.note : "");
}

void row_finish_more (struct row_reading *reading)
{
    struct error wrong = { 0 };
    struct hours_read hours;

    take_days (reading);
    hours_read (&reading->hours, &hours);
    if (hours.doubt)
        row_problem (reading, "診療・営業の曜日と時間", NULL, hours.doubt, false);
    else if (opening_check (&(struct opening_hours) { .slots = hours.slots, .count = (size_t) hours.count, .closed = hours.closed }, "", &wrong) < 0) {
        row_problem (reading, "診療・営業の曜日と時間", NULL, "時間帯が重なっているか、時刻として正しくありません（使いません）", false);
        hours.count = hours.closed = 0;
    }
    reading->row->hours = hours_json (&hours, reading->arena);
    if (reading->sum >= 0 && reading->parts >= 0 && reading->sum != reading->parts)
        row_problem (reading, "合計", arena_print (reading->arena, "%lld", (long long) reading->sum), "内訳の合計と違います", false);
}
