/* facility_past_store.h - a facility as it was known on a day, and what changed. */
#ifndef REGISTRY_FACILITY_PAST_STORE_H
#define REGISTRY_FACILITY_PAST_STORE_H

#include "facility_item_rules.h"

extern const struct db_statement facility_past_statements[];

/* until: the first moment behind the day.  *ret_since: the day the facility became known here. */
int facility_past_fields (struct request *request, const char *facility_id, int64_t until, const char **ret_since,
                          struct facility_past_field_list *ret, struct error *err);
int facility_past_items (struct request *request, const char *facility_id, int64_t until, struct known_items *ret, struct error *err);
int facility_past_changes (struct request *request, const char *facility_id, struct facility_past_change_list *ret, struct error *err);

#endif
