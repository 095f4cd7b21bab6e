/* handle_night_visit_report_read.c - the attending or a deputy doctor has read a report of a visit (U-33).
 *
 * Takes:      night_visit_report_read
 * Refuses:    not_for_you    the record is not open to the actor, or there is no such report
 *             only_attending a doctor without the seat of the attending or a deputy doctor
 * Publishes:  night_visit_read, the first time
 * Repeats:    changes nothing
 */
#include "night_news.h"

int sharing_handle_night_visit_report_read (struct sharing *self, struct request *request, const struct night_visit_report_read *message,
                                            struct done *answer, struct error *err)
{
    const struct night_visit_read event = { .patient_id = message->patient_id, .visit_id = message->visit_id,
                                            .by = request->actor->person_id };
    struct record patient;
    bool found, first;

    (void) self;
    (void) answer;
    if (patient_store_lock (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || night_check_attending (request, &patient, message->patient_id, err) < 0
        || night_store_read (request, patient.municipality, message, &found, &first, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such report");
    return first ? announce (request, &night_visit_read_message, &event, patient.municipality, err) : 0;
}
