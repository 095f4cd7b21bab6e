/* facility_report_settle: what came of a report that information differs.
 *
 * Takes:     the report, the outcome, words for who reported.
 * Refuses:   not_for_you: no such report, one about a facility that another municipality looks after, or one that is settled already.
 * Publishes: facility_reported with the outcome, to who reported; a proof by its link has nobody to tell.
 * Repeats:   a second time is refused.
 */
#include "facility_report_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_facility_report_settle (struct registry *self, struct request *request, const struct facility_report_settle *message,
                                            struct done *answer, struct error *err)
{
    struct facility_report_open report;
    struct facility_reported event = { .report_id = message->report_id, .outcome = message->outcome, .by = request->actor->person_id };

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || facility_report_store_one (request, message->report_id, &report, err) < 0)
        return -1;
    if (!report.report_id || !report.may_settle || report.settled)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no open report of one's own");
    event.facility_id = report.facility_id;
    event.people = (struct text_list) { &report.by_person, report.by_person != NULL };
    if (facility_report_store_settle (request, message, err) < 0)
        return -1;
    return announce (request, &facility_reported_message, &event, report.keeper, err);
}
