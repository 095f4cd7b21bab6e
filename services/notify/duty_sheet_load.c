#include "duty_sheet_load.h"
#include "clock.h"
#include "notify.h"
#include "report_store.h"
#include "shift_cache_store.h"

int duty_sheet_load (struct notify *self, struct request *request, const char *municipality, const char *month, const char *rotation_id,
                     struct duty_sheet_head *ret_head, struct duty_line_list *ret, struct error *err)
{
    const struct shift_source source = { self->shifts, shift_cache_shifts };
    struct duty_lines lines;

    if (!duty_month_read (month, &ret_head->month))
        return fail (err, ERROR_DATE_INVALID, "/month", "not a month");
    if (report_municipality (request->db, request->arena, municipality, &ret_head->municipality, err) < 0
        || duty_load (request->db, request->arena, &source, municipality, tokyo_instant (ret_head->month.first_day, 0),
                      tokyo_instant (ret_head->month.next_first_day + 1, 0), &lines, err) < 0)
        return -1;
    duty_month_lines (request->arena, &lines, &ret_head->month, rotation_id, ret);
    return 0;
}
