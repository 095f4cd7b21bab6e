/* answer_duty_sheet_rows.c - the same month as rows.
 *
 * Takes:      duty_sheet_rows                (proto/notify/duty_sheet_rows.query)
 * Refuses:    date_invalid  not a month
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    reads again
 */
#include "duty_sheet_load.h"
#include "notify.h"

enum { ROWS_MOST = 1000 };                             /* what fits into one answer; one rotation's month always does */

int notify_handle_duty_sheet_rows (struct notify *self, struct request *request, const struct duty_sheet_rows *message,
                                   struct duty_sheet_rows_answer *answer, struct error *err)
{
    struct duty_sheet_head head = { .as_of = request->now };

    if (duty_sheet_load (self, request, message->municipality, message->month, message->rotation_id, &head, &answer->lines, err) < 0)
        return -1;
    if (answer->lines.count > ROWS_MOST)
        answer->lines.count = ROWS_MOST;
    answer->municipality = head.municipality;
    answer->as_of = head.as_of;
    return 0;
}
