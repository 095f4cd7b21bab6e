/* answer_night_reports.c - what was reported of visits at night to the doctor who asks, unread ones first: the morning's list.
 *
 * Takes:      night_reports
 * Refuses:    nothing; who attends nobody gets an empty list
 * Publishes:  nothing; writes the ledger when it shows somebody
 * Repeats:    every reading has its own ledger row
 */
#include "night_store.h"
#include "standing.h"

int sharing_handle_night_reports (struct sharing *self, struct request *request, const struct night_reports *message,
                                  struct night_reports_answer *answer, struct error *err)
{
    struct night_report_list reports;
    const char **subjects;

    (void) self;
    (void) message;
    if (night_store_reports (request, &reports, err) < 0)
        return -1;
    answer->reports.items = reports.items;
    answer->reports.count = reports.count;
    if (reports.count == 0)
        return 0;
    subjects = arena_alloc (request->arena, reports.count * sizeof *subjects);
    for (size_t i = 0; i < reports.count; i++)
        subjects[i] = reports.items[i].patient_id;
    return disclose (request, (struct text_list) { subjects, reports.count }, "night reports", ground_name (GROUND_CARE_TEAM), err);
}
