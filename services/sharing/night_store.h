/* night_store.h - entrusted visits and their reports in the database.
 *
 * Handlers run under row-level security (schema/0030_night_visits.sql); the job as the engine role.  Writes are queued.
 */
#ifndef SHARING_NIGHT_STORE_H
#define SHARING_NIGHT_STORE_H

#include "night.h"
#include "sharing.h"

extern const struct db_statement night_statements[];

struct night_entrust_list { struct night_entrust_view *items; size_t count; };
struct night_visit_list { struct night_visit_view *items; size_t count; };
struct night_duty_list { struct night_duty_line *items; size_t count; };
struct night_report_list { struct night_report_line *items; size_t count; };

enum { NIGHT_LIST_MOST = 20, NIGHT_DUTY_MOST = 60, NIGHT_REPORTS_MOST = 30 };

/* Newest first.  The windows are those of the row; views are complete. */
int night_store_entrusts (struct request *request, const char *municipality, const char *patient_id, struct night_entrust_list *ret,
                          struct error *err);
int night_store_visits (struct request *request, const char *municipality, const char *patient_id, struct night_visit_list *ret,
                        struct error *err);
/* The state event: what has neither ended nor passed, at most 10. */
int night_store_summary (struct db *db, struct arena *arena, const char *municipality, const char *patient_id,
                         struct night_entrust_changed *ret, struct error *err);
/* Does anybody who visits belong to that office? */
int night_store_visits_from (struct request *request, const char *office_id, bool *ret, struct error *err);

/* already_there when the id is taken. */
int night_store_add (struct request *request, const char *municipality, const struct night_visit_entrust *message,
                     struct night_window window, struct error *err);
int night_store_end (struct request *request, const char *municipality, const struct night_visit_entrust_end *message, struct error *err);
/* Brings the entrusted office's access in line with the row. */
int night_store_open (struct db *db, const char *municipality, const char *patient_id, const char *entrust_id, struct error *err);

/* An entrustment to the acting office; *ret_municipality NULL: none.  ERROR_VISIT_NOT_ENTRUSTED if it did not hold at the time of the visit. */
int night_store_entrusted_to_us (struct request *request, const struct night_visit_report *message, const char **ret_municipality,
                                 struct error *err);
/* May the acting office correct that report?  It is its own, and nobody has corrected it; *ret_municipality NULL: no. */
int night_store_own_report (struct request *request, const char *patient_id, const char *visit_id, const char **ret_municipality,
                            struct error *err);
int night_store_report (struct request *request, const char *municipality, const struct night_visit_report *message, struct error *err);
/* *ret_first: the actor had not read it; *ret_found: there is such a report. */
int night_store_read (struct request *request, const char *municipality, const struct night_visit_report_read *message, bool *ret_found,
                      bool *ret_first, struct error *err);

/* Everybody whose duty is open to the acting office now. */
int night_store_duty (struct request *request, struct night_duty_list *ret, struct error *err);
/* For the acting doctor. */
int night_store_reports (struct request *request, struct night_report_list *ret, struct error *err);

/* ---- job ---- */
struct night_turn { const char *municipality, *patient_id, *entrust_id; struct night_time time; };
struct night_turn_list { struct night_turn *items; size_t count; };
int night_store_due (struct db *db, struct arena *arena, int64_t now, int64_t most, struct night_turn_list *ret, struct error *err);
int night_store_turn (struct db *db, const struct night_turn *turn, struct night_window window, struct error *err);

#endif
