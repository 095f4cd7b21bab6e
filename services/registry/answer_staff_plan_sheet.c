/* staff_plan_sheet: who joins, leaves or changes between two days, to be printed.
 *
 * Takes:     two days, one office or all one looks after.
 * Refuses:   as staff_plans; too_large beyond 60 pages.
 * Publishes: nothing.  Staff, no patient: no ledger row is due.
 * Repeats:   prints what is planned then.
 */
#include "plans.h"
#include "registry.h"
#include "registry_routes.h"

int registry_handle_staff_plan_sheet (struct registry *self, struct request *request, const struct staff_plan_sheet *message,
                                      struct file_answer *answer, struct error *err)
{
    const struct plan_wish wish = { .from = message->from, .to = message->to, .office_id = message->office_id };
    struct staff_plan_list plans;

    if (plans_read (request, &wish, &plans, err) < 0
        || plans_print (&plans, &wish, self->region_name, request->now, request->arena, &answer->body, err) < 0)
        return -1;
    answer->media_type = "application/pdf";
    answer->file_name = arena_print (request->arena, "異動一覧_%s_%s.pdf", message->from, message->to);
    return 0;
}
