/* answer_duty_sheet.c - a municipality's duty of one month, to be printed.
 *
 * Takes:      duty_sheet                     (proto/notify/duty_sheet.query)
 * Refuses:    date_invalid  not a month
 *             too_large     more rotations than fit on 60 pages
 * Publishes:  nothing; no ledger row is due: it shows staff, no person in care
 * Repeats:    prints what is true then
 */
#include "duty_sheet_load.h"
#include "notify.h"

int notify_handle_duty_sheet (struct notify *self, struct request *request, const struct duty_sheet *message, struct file_answer *answer,
                              struct error *err)
{
    struct duty_sheet_head head = { .as_of = request->now };
    struct duty_line_list lines;

    if (duty_sheet_load (self, request, message->municipality, message->month, message->rotation_id, &head, &lines, err) < 0
        || duty_sheet_print (request->arena, &head, &lines, &answer->body, err) < 0)
        return -1;
    answer->media_type = "application/pdf";
    answer->file_name = arena_print (request->arena, "往診当番表_%s_%s.pdf", head.municipality, message->month);
    return 0;
}
