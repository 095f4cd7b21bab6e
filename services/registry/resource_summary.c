/* resource_summary.c - see resource_summary.h. */
#include "resource_summary.h"

enum { KINDS = FACILITY_KIND_CARE, ITEMS = FACILITY_ITEMS_MAX };

struct tally { int64_t yes[KINDS + 1][ITEMS + 1], no[KINDS + 1][ITEMS + 1]; };

static void take (struct tally *tally, const struct resource_count *count)
{
    int kind = (int) facility_kind_of (count->service);

    if (kind < 1 || kind > KINDS || count->item < 0 || count->item > ITEMS)
        return;
    tally->yes[kind][count->item] += count->yes;
    tally->no[kind][count->item] += count->no;
}

/* Words (telephone, hours …) are no capability. */
static bool is_counted (int item)
{
    return item < FACILITY_ITEM_PHONE || item > FACILITY_ITEM_DEPARTMENTS;
}

static size_t write_kind (const struct tally *tally, const char *area, int kind, struct summary_row *rows)
{
    const int64_t all = tally->yes[kind][0];
    const struct enum_list items = facility_items_of (kind);
    size_t count = 0;

    if (all == 0)
        return 0;
    rows[count++] = (struct summary_row) { .area = area, .kind = kind, .facilities = all, .yes = all };
    for (size_t i = 0; i < items.count; i++) {
        int item = items.items[i];

        if (is_counted (item))
            rows[count++] = (struct summary_row) { .area = area, .kind = kind, .item = item, .facilities = all, .yes = tally->yes[kind][item],
                .no = tally->no[kind][item], .unknown = all - tally->yes[kind][item] - tally->no[kind][item] };
    }
    return count;
}

static struct summary_row row_of_service (const struct resource_count *count)
{
    return (struct summary_row) { .area = count->area, .kind = facility_kind_of (count->service), .service = count->service,
                                  .facilities = count->yes, .yes = count->yes };
}

struct summary_row_list resource_summary_rows (const struct resource_counts *counts, struct arena *arena)
{
    size_t areas = 0, count = 0;
    struct summary_row *rows;

    for (size_t i = 0; i < counts->count; i++)
        areas += i == 0 || strcmp (counts->items[i].area, counts->items[i - 1].area) != 0;
    rows = arena_alloc (arena, sizeof *rows * (areas * KINDS * (ITEMS + 1) + counts->count + 1));
    for (size_t i = 0; i < counts->count;) {
        const char *area = counts->items[i].area;
        struct tally *tally = arena_alloc (arena, sizeof *tally);

        *tally = (struct tally) { 0 };
        for (; i < counts->count && strcmp (counts->items[i].area, area) == 0; i++) {
            take (tally, &counts->items[i]);
            if (counts->items[i].item == 0)
                rows[count++] = row_of_service (&counts->items[i]);
        }
        for (int kind = 1; kind <= KINDS; kind++)
            count += write_kind (tally, area, kind, rows + count);
    }
    return (struct summary_row_list) { rows, count };
}
