#include "fairness_load.h"
#include "clock.h"
#include "report_store.h"
#include "shift_cache_store.h"

enum { YEAR_DAYS = 52 * 7 };

int fairness_load (struct db *db, struct arena *arena, const char *municipality, int64_t first, int64_t next,
                   struct fairness_result *ret, struct error *err)
{
    const struct shift_source source = { NULL, shift_cache_shifts };       /* Redis holds days to come, not a year that has passed */
    const int64_t since = next - YEAR_DAYS < first ? next - YEAR_DAYS : first;
    struct duty_lines lines;
    struct rotation_list_of rotations;
    struct duty_figures_list figures;
    struct staff_list staff;
    struct fairness_input input = { .lines = &lines, .rotations = &rotations, .figures = &figures, .staff = &staff,
        .from = tokyo_instant (first, 0), .to = tokyo_instant (next, 0), .since_52 = tokyo_instant (next - YEAR_DAYS, 0) };

    if (duty_load (db, arena, &source, municipality, tokyo_instant (since, 0), input.to, &lines, err) < 0
        || roster_rotations (db, arena, municipality, &rotations, err) < 0
        || report_figures (db, arena, municipality, input.from, input.to, &figures, err) < 0
        || report_staff (db, arena, municipality, &staff, err) < 0)
        return -1;
    fairness_count (arena, &input, ret);
    return 0;
}
