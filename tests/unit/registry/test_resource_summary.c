/* Figures of resources: kinds of service come together by kind, and nothing that is not known counts as no. */
#include "resource_summary.h"
#include "tap.h"

static struct arena arena;

static const struct summary_row *row_of (const struct summary_row_list *rows, const char *area, int kind, int item)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp (rows->items[i].area, area) == 0 && (int) rows->items[i].kind == kind && (int) rows->items[i].item == item
            && !rows->items[i].service)
            return &rows->items[i];
    return NULL;
}

int main (void)
{
    static const struct resource_count given[] = {
        { "011002", "病院", 0, 2, 0 }, { "011002", "診療所", 0, 8, 0 }, { "011002", "訪問介護", 0, 5, 0 },
        { "011002", "病院", FACILITY_ITEM_HOUSE_CALLS, 1, 1 }, { "011002", "診療所", FACILITY_ITEM_HOUSE_CALLS, 3, 2 },
        { "011002", "診療所", FACILITY_ITEM_PHONE, 8, 0 },
        { "012025", "訪問看護", 0, 1, 0 },
    };
    const struct resource_counts counts = { given, sizeof given / sizeof *given };
    struct summary_row_list rows = resource_summary_rows (&counts, &arena);
    const struct summary_row *calls = row_of (&rows, "011002", FACILITY_KIND_HOME_MEDICINE, FACILITY_ITEM_HOUSE_CALLS);
    const struct summary_row *respirators = row_of (&rows, "011002", FACILITY_KIND_HOME_MEDICINE, FACILITY_ITEM_RESPIRATOR);
    const struct summary_row *all = row_of (&rows, "011002", FACILITY_KIND_HOME_MEDICINE, 0);

    ok (all && all->facilities == 10 && all->yes == 10, "A-31 hospitals and clinics are home medicine together");
    ok (calls && calls->facilities == 10 && calls->yes == 4 && calls->no == 3 && calls->unknown == 3,
        "A-31 house calls: yes, no, and those that nobody asked are unknown");
    ok (respirators && respirators->yes == 0 && respirators->no == 0 && respirators->unknown == 10,
        "A-31 an item nobody answered is unknown of all, not no");
    ok (!row_of (&rows, "011002", FACILITY_KIND_HOME_MEDICINE, FACILITY_ITEM_PHONE), "a telephone is no capability");
    ok (row_of (&rows, "011002", FACILITY_KIND_CARE, 0)->facilities == 5 && !row_of (&rows, "011002", FACILITY_KIND_HOME_NURSING, 0),
        "A-31 care offices; a kind that is not there has no line");
    ok (row_of (&rows, "012025", FACILITY_KIND_HOME_NURSING, FACILITY_ITEM_END_OF_LIFE_NURSING)->unknown == 1, "A-31 the next area by itself");
    is (rows.items[0].service, "病院", "A-31 each kind of service by itself, too");
    is_number ((int64_t) resource_summary_rows (&(struct resource_counts) { given, 0 }, &arena).count, 0, "nothing of nothing");
    arena_done (&arena);
    return done ();
}
