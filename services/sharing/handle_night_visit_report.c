/* handle_night_visit_report.c - whoever visited at night or on a holiday reports to the attending doctor (U-33).
 *
 * Takes:      night_visit_report
 * Refuses:    not_for_you    neither entrusted to the actor's office, nor its own report to correct, nor open to the actor
 *             visit_time, period_reversed, text_empty
 *             visit_not_entrusted  entrusted, but not at that time
 *             already_there  a report of this id, or that report has been corrected
 * Publishes:  night_visit_reported
 * Repeats:    a second time is refused as already_there
 *
 * A report may be written when the duty is over and the record has closed again: it only adds.
 */
#include "night_store.h"
#include "patient_store.h"

/* By the report that is corrected, by the entrustment, or because the record is open: to the team, or to who was asked in an emergency. */
static int find_place (struct request *request, const struct night_visit_report *message, const char **ret_municipality, struct error *err)
{
    struct record patient;

    if (message->corrects)
        return night_store_own_report (request, message->patient_id, message->corrects, ret_municipality, err);
    if (message->entrust_id)
        return night_store_entrusted_to_us (request, message, ret_municipality, err);
    if (patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0)
        return -1;
    *ret_municipality = patient.municipality;
    return 0;
}

int sharing_handle_night_visit_report (struct sharing *self, struct request *request, const struct night_visit_report *message,
                                       struct done *answer, struct error *err)
{
    const struct night_visit_reported event = { .patient_id = message->patient_id, .visit_id = message->visit_id,
                                                .office_id = request->actor->office_id, .by = request->actor->person_id,
                                                .corrects = message->corrects, .reported_at = request->now };
    const char *municipality;

    (void) self;
    (void) answer;
    if (night_check_report (message, request->now, err) < 0 || find_place (request, message, &municipality, err) < 0)
        return -1;
    if (!municipality)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not entrusted, or not the office's own report");
    if (night_store_report (request, municipality, message, err) < 0)
        return -1;
    return announce (request, &night_visit_reported_message, &event, municipality, err);
}
