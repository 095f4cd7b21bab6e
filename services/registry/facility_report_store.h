/* facility_report_store.h - reports that what is known of a facility differs.  Everything returned lives in the arena of the request. */
#ifndef REGISTRY_FACILITY_REPORT_STORE_H
#define REGISTRY_FACILITY_REPORT_STORE_H

#include "messages.h"
#include "service.h"

extern const struct db_statement facility_report_statements[];

struct facility_report {
    const char *report_id, *facility_id, *keeper, *what;
    const char *by_name;                /* who answered a proof for the office; NULL: the request's actor reports */
};
int facility_report_store_add (struct request *request, const struct facility_report *report, struct error *err);
/* Who hears of a new one. */
int facility_report_store_registrars (struct request *request, const char *facility_id, struct text_list *ret, struct error *err);

/* One that the asker may settle; report_id NULL: none. */
struct facility_report_open { const char *report_id, *facility_id, *keeper, *by_person; bool settled, may_settle; };
int facility_report_store_one (struct request *request, const char *report_id, struct facility_report_open *ret, struct error *err);
int facility_report_store_settle (struct request *request, const struct facility_report_settle *settle, struct error *err);

struct facility_report_wanted { bool settled, mine; const char *after; int64_t limit; };
int facility_report_store_list (struct request *request, const struct facility_report_wanted *wanted, struct facility_report_line_list *ret,
                                struct error *err);
int facility_report_store_open (struct request *request, bool mine, int64_t *ret, struct error *err);

#endif
