/* facility_report_put: what is known of a facility differs.
 *
 * Takes:     the facility, what is different.
 * Refuses:   text_empty; not_for_you: no such facility; session_locked.
 * Publishes: facility_reported, to its registrars.
 * Repeats:   a second report is a second task (the same idempotency key is the same report).
 */
#include "facility_item_store.h"
#include "facility_report.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility_report_put (struct registry *self, struct request *request, const struct facility_report_put *message,
                                         struct done *answer, struct error *err)
{
    struct facility_report report = { .facility_id = message->facility_id, .what = message->what };
    struct facility_kept kept;

    (void) self;
    (void) answer;
    if (report_is_blank (message->what))
        return fail (err, ERROR_TEXT_EMPTY, "/what", "nothing is said");
    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, message->facility_id, &kept, err) < 0)
        return -1;
    report.keeper = kept.keeper;
    return facility_report_make (request, &report, err);
}
