/* import_report: counts of an import per municipality, and its problems by line, a page at a time.
 *
 * Takes:     the import, the last problem shown, how many.
 * Refuses:   not_for_you when it is not there or another municipality's; session_locked.
 * Publishes: nothing.  Facilities, no person: no ledger row is due.
 * Repeats:   reads only.
 */
#include "import_list_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_import_report (struct registry *self, struct request *request, const struct import_report *message,
                                   struct import_report_answer *answer, struct error *err)
{
    int64_t limit = message->has_limit && message->limit >= 1 && message->limit <= 200 ? message->limit : 100;
    bool found;

    (void) self;
    if (session_must_be_open (request, err) < 0
        || import_list_store_report (request->db, request->arena, message->import_id, &found, answer, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such import");
    return import_list_store_problems (request->db, request->arena, message->import_id, message->after, limit, &answer->problems,
                                       &answer->next, err);
}
