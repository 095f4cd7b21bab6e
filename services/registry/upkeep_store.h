/* upkeep_store.h - how current records are, what waits for approval, settings, in the database (A-23 ... A-25).  Everything returned lives in
 * the request's arena. */
#ifndef REGISTRY_UPKEEP_STORE_H
#define REGISTRY_UPKEEP_STORE_H

#include "facility_record.h"

extern const struct db_statement upkeep_statements[];

int upkeep_setting_store (struct request *request, const struct upkeep_setting_put *put, struct error *err);
/* Bits of the items on the keeper's review list. */
int upkeep_review_items (struct request *request, const char *keeper, uint64_t *ret, struct error *err);

/* Takes out of *put what has to be approved first and lets it wait. */
int upkeep_hold_back (struct request *request, const struct facility_record *record, struct facility_items_put *put, struct error *err);
/* Settles what waits; *ret_found false: nothing does. */
int upkeep_settle (struct request *request, const struct item_waiting_settle *message, bool *ret_found, struct facility_item_given *ret,
                   enum item_source *ret_source, const char **ret_source_date, struct error *err);
/* Of one facility, or (NULL) of every one the reader keeps. */
int upkeep_waiting (struct request *request, const char *facility_id, struct waiting_line_list *ret, struct error *err);

/* municipality NULL: all.  month: its first day. */
int upkeep_counts (struct request *request, const char *municipality, const char *month, struct upkeep_count_list *ret, struct error *err);
int upkeep_overdue (struct request *request, const char *municipality, struct letter_line_list *ret, struct error *err);

#endif
