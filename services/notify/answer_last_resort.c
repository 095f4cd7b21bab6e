/* answer_last_resort.c - the last resort of a municipality and how its monthly test calls went.
 *
 * Takes:      last_resort                    (proto/notify/last_resort.query)
 * Refuses:    not_for_role   another municipality
 * Publishes:  nothing; no patient is named, so no ledger row is due
 * Repeats:    reads again
 */
#include "desk_store.h"
#include "notify.h"
#include "roster_rules.h"
#include "roster_store.h"

int notify_handle_last_resort (struct notify *self, struct request *request, const struct last_resort *message,
                               struct last_resort_answer *answer, struct error *err)
{
    struct desk desk;

    (void) self;
    if (roster_decide (request->actor, message->municipality, err) < 0
        || roster_desk (request->db, request->arena, message->municipality, &desk, err) < 0
        || desk_calls (request->db, request->arena, message->municipality, &answer->tests, err) < 0)
        return -1;
    answer->office_id = desk.office_id;
    answer->name = desk.name;
    answer->phone = desk.phone;
    answer->tested = desk_is_tested (&answer->tests, desk.phone, request->now);
    return 0;
}
