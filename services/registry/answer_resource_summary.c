/* resource_summary: resources counted by kind, item of table 1 and area, with the people of 75 and older there.
 *
 * Takes:     by which areas.
 * Refuses:   log_in_first, session_locked; too_large for more than about sixty areas.
 * Publishes: nothing.  No person is shown: no ledger row is due.  What the reader may not see of a facility counts as unknown, by row-level
 *            security.
 * Repeats:   reads only.
 */
#include "region_store.h"
#include "registry_routes.h"
#include "sessions.h"

enum { ROWS_MOST = 3000 };              /* as many as a message holds: about sixty areas */

int registry_handle_resource_summary (struct registry *self, struct request *request, const struct resource_summary *message,
                                      struct resource_summary_answer *answer, struct error *err)
{
    const enum summary_by by = message->by ? message->by : SUMMARY_BY_MUNICIPALITY;
    struct resource_counts counts;

    (void) self;
    if (session_must_be_open (request, err) < 0 || region_store_areas (request, by, &answer->areas, err) < 0
        || region_store_counts (request, by, &counts, err) < 0)
        return -1;
    answer->by = by;
    answer->rows = resource_summary_rows (&counts, request->arena);
    return answer->rows.count <= ROWS_MOST ? 0 : fail (err, ERROR_TOO_LARGE, "/by", "%zu rows", answer->rows.count);
}
