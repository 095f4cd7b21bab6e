/* answer_closure_list.c - local closures, and until when the statutory holidays are settled.
 *
 * Takes:      closure_list                   (proto/notify/closure_list.query)
 * Refuses:    date_invalid  not a date
 * Publishes:  nothing; no ledger row is due: it shows no person
 * Repeats:    reads again
 */
#include "clock.h"
#include "duty_change_store.h"
#include "notify.h"

int notify_handle_closure_list (struct notify *self, struct request *request, const struct closure_list *message,
                                struct closure_list_answer *answer, struct error *err)
{
    (void) self;
    if (message->from && day_number_of_text (message->from) == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/from", "not a date");
    answer->settled_until = arena_print (request->arena, "%d-12-31", CALENDAR_SETTLED_YEAR);
    return closure_lines (request->db, request->arena, message->municipality, message->from, &answer->closures, err);
}
