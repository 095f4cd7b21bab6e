/* facility_report.h - a report that information differs is written down and told to who looks after the facility: what the command and a
 * proof that asks for a correction share. */
#ifndef REGISTRY_FACILITY_REPORT_H
#define REGISTRY_FACILITY_REPORT_H

#include "facility_report_store.h"

/* report->report_id is made here. */
int facility_report_make (struct request *request, struct facility_report *report, struct error *err);
/* Nothing but white space. */
bool report_is_blank (const char *text);

#endif
