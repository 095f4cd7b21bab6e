/* facility: one facility, and for every field where its value came from.
 *
 * Takes:     the facility.
 * Refuses:   not_for_you when there is none; session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "facility_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility (struct registry *self, struct request *request, const struct facility *message,
                              struct facility_answer *answer, struct error *err)
{
    struct facility_detail *detail = arena_alloc (request->arena, sizeof *detail);
    bool found;

    (void) self;
    if (session_must_be_open (request, err) < 0
        || facility_store_detail (request->db, request->arena, message->facility_id, &found, detail, &answer->sources, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such facility");
    answer->facility = &detail->line;
    answer->latitude = detail->latitude;
    answer->longitude = detail->longitude;
    answer->version = detail->version;
    return 0;
}
