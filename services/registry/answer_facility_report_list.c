/* facility_report_list: reports that information differs.
 *
 * Takes:     open or settled, only the own ones, page key.
 * Refuses:   session_locked.
 * Publishes: nothing.  Row-level security shows who looks after facilities those about them, everybody the own ones.  Names are of staff: no
 *            ledger row is due.
 * Repeats:   reads only.
 */
#include "facility_report_store.h"
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"

enum { LIMIT_STANDARD = 50, LIMIT_MOST = 200 };

int registry_handle_facility_report_list (struct registry *self, struct request *request, const struct facility_report_list *message,
                                          struct facility_report_list_answer *answer, struct error *err)
{
    struct facility_report_wanted wanted = { .settled = message->has_settled && message->settled, .mine = message->has_mine && message->mine,
        .after = message->after,
        .limit = !message->has_limit || message->limit < 1 ? LIMIT_STANDARD : message->limit > LIMIT_MOST ? LIMIT_MOST : message->limit };

    (void) self;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    if (session_must_be_open (request, err) < 0 || facility_report_store_list (request, &wanted, &answer->reports, err) < 0
        || facility_report_store_open (request, wanted.mine, &answer->open, err) < 0)
        return -1;
    if (answer->reports.count == (size_t) wanted.limit)
        answer->next = answer->reports.items[wanted.limit - 1].report_id;
    return 0;
}
