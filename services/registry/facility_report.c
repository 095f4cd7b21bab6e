/* facility_report.c - see facility_report.h. */
#include "facility_report.h"

#include "ids.h"

bool report_is_blank (const char *text)
{
    return !text || !text[strspn (text, " \t\r\n")];
}

int facility_report_make (struct request *request, struct facility_report *report, struct error *err)
{
    struct facility_reported event = { .facility_id = report->facility_id, .by = report->by_name ? NULL : request->actor->person_id };
    char id[UUID_TEXT];

    uuid_new (id);
    report->report_id = event.report_id = arena_text (request->arena, id);
    if (facility_report_store_registrars (request, report->facility_id, &event.people, err) < 0
        || facility_report_store_add (request, report, err) < 0)
        return -1;
    return announce (request, &facility_reported_message, &event, report->keeper, err);
}
